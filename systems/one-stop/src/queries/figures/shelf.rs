//! Where in the figures a dossier is looked for, and at which place of a list.

use std::{fmt, str::FromStr};

use kernel::{AgencyId, CaseId, Instant, from_micros, micros};

use super::Counted;
use crate::{
    Error,
    measures::{Ending, Reason, Standing, Verdict},
};

/// A part of the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// All of them.
    All,
    /// Taken on in the period.
    Received,
    /// Carried over from before.
    CarriedOver,
    /// On that side of item 2.1.
    Index(Verdict),
    /// So in the desk's count.
    Own(Standing),
    /// Where the counts differ, and why.
    Differs(Reason),
}

impl Shelf {
    /// Whether the dossier belongs there.
    #[must_use]
    pub fn holds(self, of: &Counted) -> bool {
        match self {
            Self::All => true,
            Self::Received => of.received_in_period,
            Self::CarriedOver => !of.received_in_period,
            Self::Index(verdict) => of.judged.verdict == verdict,
            Self::Own(standing) => of.standing == standing,
            Self::Differs(reason) => of.differs() == Some(reason),
        }
    }

    /// Whether a dossier that ended so in the period can belong there.
    pub(super) fn takes(self, ending: Ending) -> bool {
        match self {
            Self::All | Self::Received | Self::CarriedOver => true,
            Self::Index(verdict) => ending.verdict() == verdict,
            Self::Own(standing) => ending.standing() == standing,
            Self::Differs(reason) => ending.differs() == Some(reason),
        }
    }

    /// Its text in an address: `766:done_late`, `ban:early`, `khac:paused`.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Received => "received".to_owned(),
            Self::CarriedOver => "carried_over".to_owned(),
            Self::Index(verdict) => format!("766:{}", verdict.word()),
            Self::Own(standing) => format!("ban:{}", standing.word()),
            Self::Differs(reason) => format!("khac:{}", reason.word()),
        }
    }

    /// Every shelf.
    pub fn all() -> impl Iterator<Item = Self> {
        let index = Verdict::ALL.into_iter().map(Self::Index);
        let own = Standing::ALL.into_iter().map(Self::Own);
        let differs = Reason::ALL.into_iter().map(Self::Differs);
        let plain = [Self::All, Self::Received, Self::CarriedOver];
        plain.into_iter().chain(index).chain(own).chain(differs)
    }

    /// The shelf of such a text.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        Self::all().find(|shelf| shelf.text() == text)
    }
}

/// The place of a dossier in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Among what is over, of an agency and an ending, by when it ended.
    Over(AgencyId, Ending, Instant, CaseId),
    /// Among what was in hand at the end of the period.
    InHand(CaseId),
}

/// Its text in an address.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Over(agency, ending, at, id) => {
                write!(f, "{agency}.{}.{}.{id}", ending.word(), micros(*at))
            }
            Self::InHand(id) => write!(f, "{id}"),
        }
    }
}

impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let parts: Vec<&str> = text.split('.').collect();
        let id = |text: &str| text.parse().map_err(|_| Error::Cursor);
        match parts.as_slice() {
            [case] => Ok(Self::InHand(id(case)?)),
            [agency, ending, at, case] => Ok(Self::Over(
                agency.parse().map_err(|_| Error::Cursor)?,
                Ending::from_word(ending).ok_or(Error::Cursor)?,
                from_micros(at.parse().map_err(|_| Error::Cursor)?),
                id(case)?,
            )),
            _ => Err(Error::Cursor),
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::Mint;

    use super::*;

    #[test]
    fn shelves_and_places_are_read_back() {
        for shelf in Shelf::all() {
            assert_eq!(Shelf::of_text(&shelf.text()), Some(shelf));
        }
        let mint = Mint::seeded(7);
        let at: Instant = "2026-11-23T02:00:00.123456Z".parse().unwrap();
        let over = Place::Over(mint.id(at), Ending::Late, at, mint.id(at));
        for place in [over, Place::InHand(mint.id(at))] {
            assert_eq!(place.to_string().parse::<Place>().unwrap(), place);
        }
        for text in ["", "x", "1.2.3", "..."] {
            assert!(text.parse::<Place>().is_err(), "{text}");
        }
    }
}
