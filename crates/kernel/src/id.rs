//! Typed identifiers: mixing a case and a person does not compile.

use std::{cmp::Ordering, fmt, hash, marker::PhantomData, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::CodeError;

/// What an [`Id`] identifies.
pub trait Kind: 'static {
    /// Name of the kind, for messages to operators.
    const NAME: &'static str;
}

/// A UUIDv7 that identifies one thing of the kind `K`; ordered by the time of minting.
pub struct Id<K: Kind>(Uuid, PhantomData<fn() -> K>);

impl<K: Kind> Id<K> {
    /// Wraps an identifier that comes from the store or from a [`crate::Mint`].
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid, PhantomData)
    }

    /// The identifier without its kind.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl<K: Kind> Clone for Id<K> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<K: Kind> Copy for Id<K> {}
impl<K: Kind> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}
impl<K: Kind> Eq for Id<K> {}
impl<K: Kind> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl<K: Kind> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.cmp(&other.0)
    }
}
impl<K: Kind> hash::Hash for Id<K> {
    fn hash<H: hash::Hasher>(&self, state: &mut H) {
        self.0.hash(state);
    }
}
impl<K: Kind> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", K::NAME, self.0)
    }
}
impl<K: Kind> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
impl<K: Kind> FromStr for Id<K> {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        Uuid::parse_str(text).map(Self::from_uuid).map_err(|_| CodeError::Identifier)
    }
}
impl<K: Kind> Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}
impl<'de, K: Kind> Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Uuid::deserialize(deserializer).map(Self::from_uuid)
    }
}

/// Declares kinds of identifiers, one line each, wherever their things live:
/// `kernel::ids! { /// A draft. DraftId = DraftKind, "draft"; }`.
#[macro_export]
macro_rules! ids {
    ($($(#[$doc:meta])* $id:ident = $kind:ident, $name:literal;)*) => {$(
        #[doc(hidden)]
        #[derive(Debug)]
        pub enum $kind {}
        impl $crate::Kind for $kind {
            const NAME: &'static str = $name;
        }
        $(#[$doc])*
        pub type $id = $crate::Id<$kind>;
    )*};
}

ids! {
    /// A matter in hand: a dossier, later a document, a report, a complaint.
    CaseId = CaseKind, "case";
    /// One entry of the journal.
    EventId = EventKind, "event";
    /// An organisation of the state.
    AgencyId = AgencyKind, "agency";
    /// A seat in an agency.
    PostId = PostKind, "post";
    /// A human being who holds posts.
    PersonId = PersonKind, "person";
    /// A citizen or an organisation that the authority serves.
    PartyId = PartyKind, "party";
    /// An account that signs in.
    AccountId = AccountKind, "account";
    /// A signed-in session.
    SessionId = SessionKind, "session";
    /// A period in which one post acts for another.
    DelegationId = DelegationKind, "delegation";
    /// A stored file.
    BlobId = BlobKind, "blob";
}

/// Official code of a place: two digits for a province, five for a commune
/// (Decision 19/2025/QĐ-TTg).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PlaceCode(String);

impl PlaceCode {
    /// The digits.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PlaceCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let digits = matches!(text.len(), 2 | 5) && text.bytes().all(|b| b.is_ascii_digit());
        if digits { Ok(Self(text.to_owned())) } else { Err(CodeError::Place) }
    }
}
impl TryFrom<String> for PlaceCode {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}
impl From<PlaceCode> for String {
    fn from(code: PlaceCode) -> Self {
        code.0
    }
}
impl fmt::Display for PlaceCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
