//! Where the inputs of a scorecard come from, and what makes a part better: text files that a
//! person without programming can change (`mapping/*.toml`).

use std::collections::BTreeMap;

use indicators::{Day, Period};
use jiff::civil::Date;
use scorecards::{Number, Scorecard};
use serde::Deserialize;

use crate::{Error, Result, model::Published};

/// The mapping of one scorecard.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// Of which scorecard.
    pub scorecard: String,
    /// Over which period it is usually assessed.
    pub period: Usual,
    /// Inputs that the platform counts.
    #[serde(default, rename = "input")]
    pub inputs: Vec<Counted>,
    /// What makes parts better.
    #[serde(default, rename = "part")]
    pub parts: Vec<Lever>,
}

/// A usual period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Usual {
    /// A quarter.
    Quarter,
    /// A year.
    Year,
}

/// An input that the platform counts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The input.
    pub name: String,
    /// The code of the indicator.
    pub indicator: String,
    /// Of which period.
    #[serde(default)]
    pub period: Shift,
}

/// Which period an indicator is read of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shift {
    /// That of the assessment.
    #[default]
    Same,
    /// The whole year before.
    YearBefore,
}

/// What makes a part better.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lever {
    /// The part.
    pub id: String,
    /// The input that changes.
    pub input: String,
    /// Whether it has to rise or to fall.
    #[serde(default)]
    pub way: Way,
    /// How many cases a day of work makes good, where nobody said otherwise: an estimate.
    pub a_day: Number,
    /// What is done, with `{n}` for how many.
    #[serde(rename = "do")]
    pub name: String,
    /// The same in English.
    #[serde(rename = "do_en")]
    pub name_en: String,
}

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Way {
    /// More is better.
    #[default]
    Up,
    /// Fewer is better.
    Down,
}

#[derive(Deserialize)]
struct PublishedFile {
    published: Vec<Published>,
}

/// The mappings that ship, by scorecard.
///
/// # Errors
/// [`Error::Unsound`] where one names what a scorecard or the platform does not know.
pub fn shipped(cards: &[Scorecard]) -> Result<BTreeMap<String, Mapping>> {
    let texts = [
        include_str!("../mapping/766.toml"),
        include_str!("../mapping/dti-922.toml"),
        include_str!("../mapping/agency-9.toml"),
    ];
    let read = |text: &&str| -> Result<(String, Mapping)> {
        let mapping: Mapping = toml::from_str(text).map_err(|e| Error::Unsound(e.to_string()))?;
        check(&mapping, cards)?;
        Ok((mapping.scorecard.clone(), mapping))
    };
    texts.iter().map(read).collect()
}

/// Published scores that ship: facts, each with its source.
///
/// # Errors
/// [`Error::Unsound`] where the file is not one.
pub fn published() -> Result<Vec<Published>> {
    let text = include_str!("../mapping/published.toml");
    let file: PublishedFile = toml::from_str(text).map_err(|e| Error::Unsound(e.to_string()))?;
    Ok(file.published)
}

fn check(mapping: &Mapping, cards: &[Scorecard]) -> Result<()> {
    let unsound = |what: &str, name: &str| {
        Err(Error::Unsound(format!("{}: there is no {what} {name}", mapping.scorecard)))
    };
    let Some(card) = scorecards::newest(cards, &mapping.scorecard) else {
        return unsound("scorecard", &mapping.scorecard);
    };
    let known = |name: &str| card.inputs().iter().any(|input| input.name == name);
    for name in mapping.inputs.iter().map(|i| &i.name).chain(mapping.parts.iter().map(|p| &p.input))
    {
        if !known(name) {
            return unsound("input", name);
        }
    }
    match mapping.parts.iter().find(|lever| !card.parts().iter().any(|part| part.id == lever.id)) {
        Some(lever) => unsound("part", &lever.id),
        None => Ok(()),
    }
}

impl Mapping {
    /// Whether and by which indicator the platform counts an input.
    #[must_use]
    pub fn counted(&self, input: &str) -> Option<&Counted> {
        self.inputs.iter().find(|counted| counted.name == input)
    }

    /// What makes a part better.
    #[must_use]
    pub fn lever(&self, part: &str) -> Option<&Lever> {
        self.parts.iter().find(|lever| lever.id == part)
    }

    /// The period that is assessed on a day.
    #[must_use]
    pub fn usual_period(&self, on: Date) -> Period {
        let year = on.year();
        let text = match self.period {
            Usual::Year => format!("{year:04}"),
            Usual::Quarter => format!("{year:04}-q{}", (on.month() + 2) / 3),
        };
        text.parse().unwrap_or_else(|_| Period::month(Day::from(on).month()))
    }
}

impl Shift {
    /// The period that an indicator is read of, for an assessment of `period`.
    #[must_use]
    pub fn of(self, period: Period) -> Period {
        match self {
            Self::Same => period,
            Self::YearBefore => {
                let year = period.first().date().year() - 1;
                format!("{year:04}").parse().unwrap_or(period)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ships_fits_the_scorecards_and_the_indicators() {
        let cards = scorecards::shipped().expect("scorecards");
        let mappings = shipped(&cards).expect("mappings");
        let definitions = indicators::Definitions::shipped().expect("definitions");
        for counted in mappings.values().flat_map(|mapping| &mapping.inputs) {
            let indicator = definitions.get(&counted.indicator);
            assert!(indicator.is_some(), "{}", counted.indicator);
        }
        assert_eq!(mappings.len(), 3);
        assert!(published().expect("published").iter().all(|one| !one.source.is_empty()));
    }

    #[test]
    fn the_year_before_a_quarter_is_whole() {
        let period: Period = "2026-q4".parse().expect("a period");
        assert_eq!(Shift::YearBefore.of(period).to_string(), "2025");
        assert_eq!(Shift::Same.of(period), period);
    }
}
