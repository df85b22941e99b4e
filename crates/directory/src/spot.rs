//! Where communes are: a point of each, near where people live, and its area.

use std::{collections::BTreeMap, sync::LazyLock};

use kernel::PlaceCode;

static POINTS: &str = include_str!("../data/points.tsv");

/// The point of a commune.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    /// Degrees north (WGS 84).
    pub north: f64,
    /// Degrees east.
    pub east: f64,
    /// Its area in square kilometres.
    pub square_km: f64,
}

/// The points of all communes of the country. They are no boundaries.
#[must_use]
pub fn spots() -> &'static BTreeMap<PlaceCode, Spot> {
    static SPOTS: LazyLock<BTreeMap<PlaceCode, Spot>> = LazyLock::new(|| {
        let rows = POINTS.lines().skip(1);
        rows.filter_map(|row| {
            let mut cells = row.split('\t');
            let code = cells.next()?.parse().ok()?;
            let mut number = || cells.next()?.parse::<f64>().ok();
            Some((code, Spot { north: number()?, east: number()?, square_km: number()? }))
        })
        .collect()
    });
    &SPOTS
}
