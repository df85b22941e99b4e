//! What stands on the page of the centre: tiles, the map, charts, systems. A text file whose order
//! is that of the page.

use indicators::{Day, Definitions, Period};
use kernel::Instant;
use serde::{Deserialize, Serialize};

use super::{TEXT_MAX, TextError};

/// The layout that ships.
pub const SHIPPED_TILES: &str = include_str!("../../rules/tiles.toml");
/// Most tiles.
pub const TILES_MAX: usize = 12;

/// What stands on the page.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Working minutes without an event after which the journal is silent.
    pub quiet_minutes: u32,
    /// Figures, in their order.
    #[serde(default)]
    pub tile: Vec<Tile>,
    /// The map of communes.
    pub map: MapOf,
    /// A line over days.
    pub line: LineOf,
    /// Small lines, one for each lĩnh vực.
    pub fields: FieldsOf,
    /// Load by day.
    pub load: LoadOf,
    /// Agencies by a figure.
    pub ranking: RankingOf,
    /// Systems, each with its main figure and its pulse.
    #[serde(default)]
    pub system: Vec<SystemOf>,
}

/// A tile.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    /// Its name in addresses.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The same in English.
    #[serde(default)]
    pub name_en: String,
    /// Which indicator.
    pub indicator: String,
    /// Over what time.
    pub period: Span,
    /// What it is compared with.
    #[serde(default)]
    pub compare: Compare,
    /// The flow that shows that its source lives; none: the journal itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pulse: Option<String>,
    /// Working days without anything of it, after which it is silent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub quiet_days: u8,
}

/// Over what time a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Span {
    /// This day.
    Today,
    /// This month.
    Month,
    /// This year.
    Year,
}

/// What a figure is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Compare {
    /// Nothing.
    #[default]
    None,
    /// The end of the same weekday a week ago.
    Weekday,
    /// The period before.
    Previous,
}

impl Span {
    /// The period that runs at an instant.
    #[must_use]
    pub fn period(self, now: Instant) -> Period {
        let today = Day::of(now);
        match self {
            Self::Today => one_day(today),
            Self::Month => Period::month(today.month()),
            Self::Year => year(today.date().year().into()),
        }
    }

    /// What that period is compared with.
    #[must_use]
    pub fn compared(self, compare: Compare, now: Instant) -> Option<Period> {
        let today = Day::of(now);
        match (compare, self) {
            (Compare::None, _) => None,
            (Compare::Weekday, _) => Some(one_day(Day::from_number(today.number() - 7))),
            (Compare::Previous, Self::Today) => Some(one_day(Day::from_number(today.number() - 1))),
            (Compare::Previous, Self::Month) => Some(Period::month(today.month().before())),
            (Compare::Previous, Self::Year) => Some(year(i32::from(today.date().year()) - 1)),
        }
    }
}

/// The period of one day.
pub(crate) fn one_day(day: Day) -> Period {
    // One day is never longer than ten years.
    Period::days(day, day).unwrap_or_else(|_| Period::month(day.month()))
}

fn year(year: i32) -> Period {
    format!("{year:04}").parse().unwrap_or_else(|_| Period::month(Day::from_number(0).month()))
}

/// The map of communes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapOf {
    /// Which indicator, today.
    pub indicator: String,
    /// From which value on a commune is at risk.
    pub soon: f64,
    /// From which value on it is bad.
    pub late: f64,
}

/// A line over days.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineOf {
    /// Which indicator.
    pub indicator: String,
    /// How many days.
    pub days: u16,
}

/// Small lines, one for each lĩnh vực.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FieldsOf {
    /// Which indicator.
    pub indicator: String,
    /// How many weeks.
    pub weeks: u16,
    /// What all are held against.
    pub target: f64,
    /// Which lĩnh vực, in their order.
    pub names: Vec<String>,
}

/// Load by day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LoadOf {
    /// Which flow.
    pub indicator: String,
    /// How many weeks.
    pub weeks: u16,
}

/// Agencies by a figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RankingOf {
    /// Which indicator, today.
    pub indicator: String,
    /// How many are shown.
    pub shown: u16,
}

/// A system.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SystemOf {
    /// What people call it.
    pub name: String,
    /// The same in English.
    #[serde(default)]
    pub name_en: String,
    /// Its main figure, this month.
    pub indicator: String,
    /// What is late or wrong in it now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub late: Option<String>,
    /// The flow that shows that it lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pulse: Option<String>,
    /// Working days without anything of it, after which it is silent.
    pub quiet_days: u8,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands it over so")]
const fn is_zero(days: &u8) -> bool {
    *days == 0
}

impl Layout {
    /// Reads a text.
    ///
    /// # Errors
    /// [`TextError`] says what is wrong.
    pub fn read(text: &str, definitions: &Definitions) -> Result<Self, TextError> {
        if text.len() > TEXT_MAX {
            return Err(TextError::TooLong);
        }
        let layout: Self = toml::from_str(text).map_err(|e| TextError::Form(e.to_string()))?;
        layout.check(definitions)?;
        Ok(layout)
    }

    /// The layout as text, in the order that it has now.
    #[must_use]
    pub fn to_text(&self) -> String {
        toml::to_string(self).unwrap_or_default()
    }

    /// The same with a tile moved by one place; nothing where it cannot go there.
    #[must_use]
    pub fn moved(&self, id: &str, up: bool) -> Option<Self> {
        let from = self.tile.iter().position(|tile| tile.id == id)?;
        let to = if up { from.checked_sub(1)? } else { from + 1 };
        let mut layout = self.clone();
        (to < layout.tile.len()).then(|| layout.tile.swap(from, to))?;
        Some(layout)
    }

    fn check(&self, definitions: &Definitions) -> Result<(), TextError> {
        if self.tile.is_empty() {
            return Err(TextError::NoTile);
        }
        if self.tile.len() > TILES_MAX || self.system.len() > TILES_MAX {
            return Err(TextError::Count(TILES_MAX));
        }
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        for (at, tile) in self.tile.iter().enumerate() {
            if tile.id.is_empty() || !tile.id.chars().all(word) {
                return Err(TextError::Form(format!("id = \"{}\"", tile.id)));
            }
            if self.tile[..at].iter().any(|other| other.id == tile.id) {
                return Err(TextError::Twice(tile.id.clone()));
            }
        }
        let short = (1..=120).contains(&self.line.days)
            && (1..=26).contains(&self.fields.weeks)
            && (1..=13).contains(&self.load.weeks)
            && (1..=24).contains(&self.fields.names.len())
            && (1..=50).contains(&self.ranking.shown);
        if !short {
            return Err(TextError::Form("days, weeks, shown".to_owned()));
        }
        if self.map.late < self.map.soon {
            return Err(TextError::Band("map".to_owned()));
        }
        match self.named().find(|code| definitions.get(code).is_none()) {
            Some(code) => Err(TextError::Indicator(code.to_owned())),
            None => Ok(()),
        }
    }

    fn named(&self) -> impl Iterator<Item = &str> {
        let tiles = self.tile.iter().flat_map(|tile| [Some(&tile.indicator), tile.pulse.as_ref()]);
        let systems = self.system.iter().flat_map(|system| {
            [Some(&system.indicator), system.late.as_ref(), system.pulse.as_ref()]
        });
        let charts = [
            &self.map.indicator,
            &self.line.indicator,
            &self.fields.indicator,
            &self.load.indicator,
            &self.ranking.indicator,
        ];
        tiles.chain(systems).chain(charts.map(Some)).flatten().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tiles_are_sound_and_may_be_rearranged() {
        let definitions = Definitions::shipped().unwrap();
        let layout = Layout::read(SHIPPED_TILES, &definitions).unwrap();
        assert_eq!(layout.tile.len(), 6);
        let moved = layout.moved("dung-han", true).unwrap();
        assert_eq!(moved.tile[1].id, "dung-han");
        assert_eq!(Layout::read(&moved.to_text(), &definitions), Ok(moved.clone()));
        assert_eq!(moved.moved("dung-han", false), Some(layout.clone()));
        assert_eq!(layout.moved("nhan", true), None, "the first one is the first");
        assert_eq!(layout.moved("phan-anh", false), None);
        let bare = Layout { tile: Vec::new(), ..layout.clone() };
        assert_eq!(Layout::read(&bare.to_text(), &definitions), Err(TextError::NoTile));
        let slip = SHIPPED_TILES.replacen("dossiers.submitted", "dossiers.sent", 1);
        let wrong = Layout::read(&slip, &definitions);
        assert_eq!(wrong, Err(TextError::Indicator("dossiers.sent".into())));
        let slip = SHIPPED_TILES.replacen("id = \"nhan\"", "id = \"qua-han\"", 1);
        assert_eq!(Layout::read(&slip, &definitions), Err(TextError::Twice("qua-han".into())));
    }

    #[test]
    fn periods_run_and_have_ones_before_them() {
        let now: Instant = "2026-01-05T02:00:00Z".parse().unwrap();
        let text = |period: Option<Period>| period.map(|period| period.to_string());
        assert_eq!(Span::Today.period(now).to_string(), "2026-01-05..2026-01-05");
        assert_eq!(Span::Year.period(now).to_string(), "2026");
        assert_eq!(text(Span::Month.compared(Compare::Previous, now)), Some("2025-12".into()));
        assert_eq!(text(Span::Year.compared(Compare::Previous, now)), Some("2025".into()));
        let week = text(Span::Today.compared(Compare::Weekday, now));
        assert_eq!(week, Some("2025-12-29..2025-12-29".into()));
        assert_eq!(Span::Month.compared(Compare::None, now), None);
    }
}
