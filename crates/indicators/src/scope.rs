//! For whom a figure is: the whole authority, an agency with what stands below it, a place.

use std::{fmt, str::FromStr};

use casework::Channel;
use kernel::{AgencyId, PlaceCode};
use serde::{Deserialize, Serialize};

use crate::catalogue::ProcedureNumber;

/// For whom a figure is. Its text form is `all`, `agency:ID`, `only:ID` or `place:CODE`, with
/// `~` behind it for a comparable one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Scope {
    /// Who.
    pub of: Of,
    /// How mergers count.
    pub roll: Roll,
}

/// Who a figure is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// The whole authority.
    All,
    /// An agency and all that stands below it.
    Agency(AgencyId),
    /// An agency alone.
    Only(AgencyId),
    /// The authorities of a place.
    Place(PlaceCode),
}

/// How mergers count.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Roll {
    /// As agencies and places were at that time: before a merger each for itself.
    #[default]
    AsItWas,
    /// With those whose duties were taken over, as if they had always been one. What was divided
    /// counts for whoever took over most of it.
    Comparable,
}

impl Scope {
    /// The whole authority.
    #[must_use]
    pub const fn all() -> Self {
        Self { of: Of::All, roll: Roll::AsItWas }
    }

    /// An agency and all that stands below it, as it was at that time.
    #[must_use]
    pub const fn agency(agency: AgencyId) -> Self {
        Self { of: Of::Agency(agency), roll: Roll::AsItWas }
    }

    /// A place, as it was at that time.
    #[must_use]
    pub const fn place(place: PlaceCode) -> Self {
        Self { of: Of::Place(place), roll: Roll::AsItWas }
    }

    /// The same with those whose duties were taken over.
    #[must_use]
    pub fn comparable(self) -> Self {
        Self { roll: Roll::Comparable, ..self }
    }
}

/// The text is no scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a figure is of all, agency:ID, only:ID or place:CODE")]
pub struct NoScope;

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.of {
            Of::All => f.write_str("all")?,
            Of::Agency(agency) => write!(f, "agency:{agency}")?,
            Of::Only(agency) => write!(f, "only:{agency}")?,
            Of::Place(place) => write!(f, "place:{place}")?,
        }
        if self.roll == Roll::Comparable { f.write_str("~") } else { Ok(()) }
    }
}
impl FromStr for Scope {
    type Err = NoScope;

    fn from_str(text: &str) -> Result<Self, NoScope> {
        let (text, roll) = match text.strip_suffix('~') {
            Some(text) => (text, Roll::Comparable),
            None => (text, Roll::AsItWas),
        };
        let of = match text.split_once(':') {
            None if text == "all" => Of::All,
            Some(("agency", id)) => Of::Agency(id.parse().map_err(|_| NoScope)?),
            Some(("only", id)) => Of::Only(id.parse().map_err(|_| NoScope)?),
            Some(("place", code)) => Of::Place(code.parse().map_err(|_| NoScope)?),
            _ => return Err(NoScope),
        };
        Ok(Self { of, roll })
    }
}
impl TryFrom<String> for Scope {
    type Error = NoScope;

    fn try_from(text: String) -> Result<Self, NoScope> {
        text.parse()
    }
}
impl From<Scope> for String {
    fn from(scope: Scope) -> Self {
        scope.to_string()
    }
}

/// A part of what a figure counts, in the dimensions of procedures and channels.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Slice {
    /// Of one channel alone.
    pub channel: Option<Channel>,
    /// Of one procedure alone.
    pub procedure: Option<ProcedureNumber>,
    /// Of one lĩnh vực alone.
    pub field: Option<String>,
}

impl Slice {
    /// Whether it is everything.
    #[must_use]
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// What a figure of this part is called, and published as: the code of the indicator, with
    /// `[channel = online, field = "Đất đai"]` where it is not of everything.
    #[must_use]
    pub fn name_of(&self, code: &str) -> String {
        if self.is_all() { code.to_owned() } else { format!("{code}[{self}]") }
    }
}

impl fmt::Display for Slice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { channel, procedure, field } = self;
        let channel = channel.map(|channel| format!("channel = {}", channel.word()));
        let procedure = procedure.and_then(ProcedureNumber::code);
        let procedure = procedure.map(|code| format!("procedure = {code}"));
        let field = field.as_ref().map(|field| format!("field = \"{field}\""));
        let filters: Vec<String> = [channel, procedure, field].into_iter().flatten().collect();
        f.write_str(&filters.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_is_read_as_it_is_written() {
        let id = "0198f4c2-0000-7000-8000-000000000001";
        let agency = format!("agency:{id}");
        let comparable = format!("only:{id}~");
        for text in ["all", "place:05665", "all~", &agency, &comparable] {
            assert_eq!(text.parse::<Scope>().unwrap().to_string(), *text);
        }
        assert!("agency:x".parse::<Scope>().is_err());
    }

    #[test]
    fn a_figure_of_a_part_has_a_name_of_its_own() {
        let online = Slice { channel: Some(Channel::Online), ..Slice::default() };
        assert_eq!(Slice::default().name_of("a.b"), "a.b");
        assert_eq!(online.name_of("a.b"), "a.b[channel = online]");
        let land = Slice { field: Some("Đất đai".to_owned()), ..online };
        assert_eq!(land.name_of("a.b"), "a.b[channel = online, field = \"Đất đai\"]");
    }
}
