//! Agencies, posts, persons, and who sits where from when to when.

use std::{fmt, str::FromStr};

use kernel::{AgencyCode, AgencyId, DelegationId, Instant, PersonId, PlaceCode, PostId};
use serde::{Deserialize, Serialize};

use crate::{Error, Handle};

/// From when to when something holds: `from` belongs to it, `to` no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// The first instant.
    pub from: Instant,
    /// The first instant at which it no longer holds; `None` while no end is known.
    pub to: Option<Instant>,
}

impl Validity {
    /// From `from` on, without a known end.
    #[must_use]
    pub fn since(from: Instant) -> Self {
        Self { from, to: None }
    }

    /// From `from` until `to`.
    ///
    /// # Errors
    /// [`Error::Period`] where `to` is not after `from`.
    pub fn between(from: Instant, to: Instant) -> Result<Self, Error> {
        if from < to { Ok(Self { from, to: Some(to) }) } else { Err(Error::Period) }
    }

    /// Whether it holds at `at`.
    #[must_use]
    pub fn covers(&self, at: Instant) -> bool {
        self.from <= at && self.to.is_none_or(|to| at < to)
    }

    /// Whether some instant belongs to both.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.to.is_none_or(|to| other.from < to) && other.to.is_none_or(|to| self.from < to)
    }
}

/// A value that is written as one word in the store and in files.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "lowercase")]
        pub enum $name { $($(#[$vdoc])* $variant,)* }

        impl $name {
            /// The word in the store and in files.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }
        impl FromStr for $name {
            type Err = Error;

            fn from_str(text: &str) -> Result<Self, Error> {
                match text {
                    $($word => Ok(Self::$variant),)*
                    other => Err(Error::Stored(format!("{} {other}", stringify!($name)))),
                }
            }
        }
    };
}

words! {
    /// On which floor of the province an agency stands.
    AgencyLevel {
        /// The people's committee of the province itself.
        Province = "province",
        /// A department or what stands beside it: sở, thanh tra, văn phòng, ban quản lý.
        Department = "department",
        /// The people's committee of a commune.
        Commune = "commune",
        /// A unit inside another agency: the one-stop centre, a division.
        Unit = "unit",
    }
}

/// An organisation of the state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agency {
    /// Which.
    pub id: AgencyId,
    /// Official identifier code (Decision 20/2020/QĐ-TTg). It stays with the agency for life;
    /// after its end another agency may be given it.
    pub code: AgencyCode,
    /// The full name of today.
    pub name: String,
    /// A name for narrow columns.
    pub short_name: String,
    /// On which floor it stands.
    pub level: AgencyLevel,
    /// The agency above it.
    pub parent: Option<AgencyId>,
    /// Where it is the authority, or where it sits.
    pub place: Option<PlaceCode>,
    /// Its own working hours, in the text form of the calendar; `None` for the usual ones.
    pub working_week: Option<String>,
    /// From when to when it exists.
    pub validity: Validity,
    /// Which agency took over its duties when it ended; where it was divided, most of them.
    pub successor: Option<AgencyId>,
    /// What it was called before, the oldest first.
    pub former_names: Vec<FormerName>,
}

impl Agency {
    /// The full name that the agency had at `at`.
    #[must_use]
    pub fn name_at(&self, at: Instant) -> &str {
        self.former_names.iter().find(|f| at < f.until).map_or(&self.name, |f| &f.name)
    }
}

/// What an agency was called until an instant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerName {
    /// The first instant of the next name.
    pub until: Instant,
    /// The full name.
    pub name: String,
    /// The short name.
    pub short_name: String,
}

/// What somebody in a post does in a workflow: `receiver`, `expert`, `deputy-head` … An open
/// list of small words; `_` is read as `-`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct RoleCode(String);

impl RoleCode {
    /// Receives applications at the desk.
    pub const RECEIVER: &str = "receiver";
    /// Examines the matter and drafts the decision.
    pub const EXPERT: &str = "expert";
    /// Answers for the agency and signs.
    pub const HEAD: &str = "head";
    /// Signs for the head in some fields.
    pub const DEPUTY_HEAD: &str = "deputy-head";
    /// Hands out results.
    pub const RETURNER: &str = "returner";
    /// Registers, numbers and seals.
    pub const CLERK: &str = "clerk";
    /// Looks after accounts and code lists.
    pub const ADMIN: &str = "admin";

    /// The word.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for RoleCode {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let word = text.replace('_', "-");
        let letters = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        let fits = (1..=40).contains(&word.len()) && word.bytes().all(letters);
        if fits { Ok(Self(word)) } else { Err(Error::Role) }
    }
}
impl TryFrom<String> for RoleCode {
    type Error = Error;

    fn try_from(text: String) -> Result<Self, Error> {
        text.parse()
    }
}
impl From<RoleCode> for String {
    fn from(role: RoleCode) -> Self {
        role.0
    }
}
impl fmt::Display for RoleCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A seat in an agency. Work is in the hands of posts, not of people: who sits there changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Post {
    /// Which.
    pub id: PostId,
    /// In which agency.
    pub agency: AgencyId,
    /// The code by which files of the office name it; no two open seats of an agency share one.
    pub code: Option<Handle>,
    /// What is on the door: "Công chức tư pháp - hộ tịch".
    pub title: String,
    /// What its holder does in a workflow.
    pub role: RoleCode,
    /// The fields of procedures that it handles; empty for all.
    pub fields: Vec<String>,
    /// Whether its holder answers for the whole agency.
    pub head: bool,
    /// From when to when it exists.
    pub validity: Validity,
    /// Which post took over its work when it ended.
    pub successor: Option<PostId>,
}

/// A human being who holds posts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Who.
    pub id: PersonId,
    /// The code by which files of the office name them.
    pub code: Option<Handle>,
    /// Full name, family name first.
    pub name: String,
    /// Anything worth saying; may be empty.
    pub note: String,
    /// From when to when the person serves.
    pub validity: Validity,
}

/// A person holds a post for a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holding {
    /// Which seat.
    pub post: PostId,
    /// Who sits there.
    pub person: PersonId,
    /// From when to when.
    pub validity: Validity,
}

/// For a time, the holder of one post acts for another post.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegation {
    /// Which.
    pub id: DelegationId,
    /// The seat that hands over.
    pub from: PostId,
    /// The seat whose holder acts.
    pub to: PostId,
    /// What is handed over, in words.
    pub scope: String,
    /// From when to when.
    pub validity: Validity,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Instant {
        kernel::from_micros(second * 1_000_000)
    }

    #[test]
    fn a_period_holds_its_beginning_and_not_its_end() {
        let period = Validity::between(at(10), at(20)).unwrap();
        assert!(period.covers(at(10)) && !period.covers(at(20)) && !period.covers(at(9)));
        assert!(matches!(Validity::between(at(10), at(10)), Err(Error::Period)));
        assert!(period.overlaps(&Validity::since(at(19))));
        assert!(!period.overlaps(&Validity::since(at(20))));
    }

    #[test]
    fn a_role_is_one_word_however_it_is_joined() {
        let role: RoleCode = "deputy_head".parse().unwrap();
        assert_eq!(role.as_str(), RoleCode::DEPUTY_HEAD);
        assert!("Phó chủ tịch".parse::<RoleCode>().is_err());
        assert!("".parse::<RoleCode>().is_err());
    }
}
