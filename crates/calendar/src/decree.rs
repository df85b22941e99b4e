//! What the Prime Minister decides about the holidays of one year.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The decisions about the holidays of one year. Those that are known when the program is made
/// are built in; a later one comes from the configuration in the same shape.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Decree {
    /// The civil year.
    pub year: i16,
    /// How many of the days of Tết lie before the first day of the lunar year.
    pub tet_days_before: Option<i8>,
    /// Which side of 2 September is off.
    pub national_day: Option<Side>,
    /// Further days off, most of them made up on a Saturday.
    #[serde(default)]
    pub days_off: Vec<DayOff>,
    /// Where it is written.
    pub source: String,
}

/// The side of National Day on which the second day off lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// 1 September.
    Before,
    /// 3 September.
    After,
}

/// A day off by decree.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    /// The day that is off.
    pub off: Date,
    /// The day of rest that is worked instead, with the hours of a Friday.
    pub made_up_on: Option<Date>,
}

/// The decrees that are built in.
pub(crate) fn known() -> Vec<Decree> {
    vec![
        Decree {
            year: 2024,
            tet_days_before: Some(2),
            national_day: Some(Side::After),
            days_off: vec![swap("2024-04-29", "2024-05-04")],
            source: "Notice 5015/TB-BLĐTBXH; 2450/VPCP-KGVX of 12 April 2024".into(),
        },
        Decree {
            year: 2025,
            tet_days_before: Some(2),
            national_day: Some(Side::Before),
            days_off: vec![swap("2025-05-02", "2025-04-26")],
            source: "Notice 6150/TB-BLĐTBXH".into(),
        },
        Decree {
            year: 2026,
            tet_days_before: Some(1),
            national_day: Some(Side::Before),
            days_off: vec![swap("2026-01-02", "2026-01-10"), swap("2026-08-31", "2026-08-22")],
            source: "Notice of the Ministry of Home Affairs; Thanh Niên, 13 January 2026".into(),
        },
    ]
}

fn swap(off: &str, made_up_on: &str) -> DayOff {
    let date = |text: &str| text.parse().expect("the dates above are dates");
    DayOff { off: date(off), made_up_on: Some(date(made_up_on)) }
}
