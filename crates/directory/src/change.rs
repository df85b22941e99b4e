//! What was changed, as a fact that the journal can keep.

use kernel::{AgencyCode, AgencyId, DelegationId, Instant, PersonId, PlaceCode, PostId};
use serde::{Deserialize, Serialize};

use crate::{AgencyLevel, RoleCode};

/// One change of the directory. It names people by identifier only, so that it may stand in
/// the journal for ever.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case")]
#[expect(missing_docs, reason = "the fields are the identifiers that the variants speak of")]
pub enum DirectoryChange {
    /// An agency came into being.
    AgencyOpened { agency: AgencyId, code: AgencyCode, name: String, parent: Option<AgencyId> },
    /// An agency came to its end; its row and code stay.
    AgencyClosed { agency: AgencyId, code: AgencyCode, at: Instant, successor: Option<AgencyId> },
    /// An agency has another name; the former one is kept.
    AgencyRenamed { agency: AgencyId, at: Instant, from: String, to: String },
    /// An agency stands under another one.
    AgencyMoved { agency: AgencyId, from: Option<AgencyId>, to: Option<AgencyId> },
    /// An agency has another level, place or working hours.
    AgencyChanged { agency: AgencyId, at: Instant, from: AgencyFacts, to: AgencyFacts },
    /// A seat was made.
    PostOpened { post: PostId, agency: AgencyId, title: String, role: String },
    /// A seat has another title, role, fields or rank.
    PostChanged { post: PostId, at: Instant, from: PostFacts, to: PostFacts },
    /// A seat came to its end.
    PostClosed { post: PostId, at: Instant, successor: Option<PostId> },
    /// A person was entered.
    PersonAdded { person: PersonId },
    /// A person has another name.
    PersonRenamed { person: PersonId, at: Instant },
    /// Something else is remarked about a person.
    PersonAnnotated { person: PersonId },
    /// A person sits down.
    HoldingBegan { post: PostId, person: PersonId, at: Instant },
    /// A person gets up.
    HoldingEnded { post: PostId, person: PersonId, at: Instant },
    /// One post acts for another.
    Delegated { delegation: DelegationId, from: PostId, to: PostId, until: Option<Instant> },
    /// It no longer does.
    DelegationEnded { delegation: DelegationId, at: Instant },
    /// A place, or a new form of one, was recorded.
    PlaceOpened { place: PlaceCode, name: String },
    /// A place came to its end, or gave way to another form of itself.
    PlaceClosed { place: PlaceCode, successors: Vec<PlaceCode> },
    /// A reorganisation moved the open work of an agency.
    WorkMoved { plan: String, from: AgencyId, to: AgencyId, cases: u64 },
}

impl DirectoryChange {
    /// Its kind as the journal names it.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::AgencyOpened { .. } => "directory.agency_opened",
            Self::AgencyClosed { .. } => "directory.agency_closed",
            Self::AgencyRenamed { .. } => "directory.agency_renamed",
            Self::AgencyMoved { .. } => "directory.agency_moved",
            Self::AgencyChanged { .. } => "directory.agency_changed",
            Self::PostOpened { .. } => "directory.post_opened",
            Self::PostChanged { .. } => "directory.post_changed",
            Self::PostClosed { .. } => "directory.post_closed",
            Self::PersonAdded { .. } => "directory.person_added",
            Self::PersonRenamed { .. } => "directory.person_renamed",
            Self::PersonAnnotated { .. } => "directory.person_annotated",
            Self::HoldingBegan { .. } => "directory.holding_began",
            Self::HoldingEnded { .. } => "directory.holding_ended",
            Self::Delegated { .. } => "directory.delegated",
            Self::DelegationEnded { .. } => "directory.delegation_ended",
            Self::PlaceOpened { .. } => "directory.place_opened",
            Self::PlaceClosed { .. } => "directory.place_closed",
            Self::WorkMoved { .. } => "directory.work_moved",
        }
    }

    /// Since when it holds, where that is part of the fact.
    #[must_use]
    pub fn at(&self) -> Option<Instant> {
        match self {
            Self::AgencyClosed { at, .. }
            | Self::AgencyRenamed { at, .. }
            | Self::AgencyChanged { at, .. }
            | Self::PostChanged { at, .. }
            | Self::PostClosed { at, .. }
            | Self::PersonRenamed { at, .. }
            | Self::HoldingBegan { at, .. }
            | Self::HoldingEnded { at, .. }
            | Self::DelegationEnded { at, .. } => Some(*at),
            _ => None,
        }
    }
}

/// What an agency is beside its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyFacts {
    /// On which floor it stands.
    pub level: AgencyLevel,
    /// Where it is the authority, or where it sits.
    pub place: Option<PlaceCode>,
    /// Its own working hours; `None` for the usual ones.
    pub working_week: Option<String>,
}

/// What a seat is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostFacts {
    /// What is on the door.
    pub title: String,
    /// What its holder does in a workflow.
    pub role: RoleCode,
    /// The fields of procedures that it handles; empty for all.
    pub fields: Vec<String>,
    /// Whether its holder answers for the whole agency.
    pub head: bool,
}
