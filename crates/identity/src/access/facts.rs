//! What is known when a question is decided: who asks, and about what.

use std::{fmt, str::FromStr};

use kernel::{AgencyId, CaseId, PersonId, PostId};

/// What a post is there for, as far as the policies care; the directory has an open list, of
/// which the other words give no right but that of the holder. One post may have several roles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Receives dossiers and returns results at the one-stop counter.
    Receiver,
    /// Only hands out results.
    Returner,
    /// Decides on the substance, or works on any other inner step.
    Expert,
    /// Registers, numbers and seals (văn thư).
    Clerk,
    /// Signs for the head, in some fields or all.
    DeputyHead,
    /// Answers for the agency.
    Head,
    /// Controls administrative procedures (kiểm soát thủ tục hành chính).
    Controller,
    /// Administers accounts and the directory.
    Administrator,
    /// Keeps the books (kế toán): holds statements against the money that came.
    Accountant,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 9] = [
        Self::Receiver,
        Self::Returner,
        Self::Expert,
        Self::Clerk,
        Self::DeputyHead,
        Self::Head,
        Self::Controller,
        Self::Administrator,
        Self::Accountant,
    ];

    /// Name in the policies and the directory.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Receiver => "receiver",
            Self::Returner => "returner",
            Self::Expert => "expert",
            Self::Clerk => "clerk",
            Self::DeputyHead => "deputy-head",
            Self::Head => "head",
            Self::Controller => "controller",
            Self::Administrator => "admin",
            Self::Accountant => "accountant",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The text names no [`Role`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such role")]
pub struct UnknownRole;

impl FromStr for Role {
    type Err = UnknownRole;

    fn from_str(text: &str) -> Result<Self, UnknownRole> {
        Self::ALL.into_iter().find(|role| role.name() == text).ok_or(UnknownRole)
    }
}

/// Who asks: a person, the post they chose to act in, and every post in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Officer {
    /// The human being.
    pub person: PersonId,
    /// The post chosen for this session; it is what the journal and the log name.
    pub post: PostId,
    /// Every post in force now, held or acted for; permissions come from all of them.
    pub seats: Vec<Seat>,
}

impl Officer {
    /// The seat through which this officer holds something that one of `holders` holds, the
    /// chosen post first. It says in whose name the officer acts.
    #[must_use]
    pub fn holds(&self, holders: &[PostId]) -> Option<&Seat> {
        let held = |seat: &&Seat| holders.contains(&seat.post);
        self.seats.iter().filter(held).min_by_key(|seat| (seat.post != self.post, seat.delegated))
    }
}

/// One post in force for an officer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The post.
    pub post: PostId,
    /// The agency in which it stands.
    pub agency: AgencyId,
    /// What it is there for.
    pub roles: Vec<Role>,
    /// The fields of procedures it is limited to, in any spelling that folds alike; empty means
    /// all.
    pub fields: Vec<String>,
    /// Whether the officer acts for this post under delegation.
    pub delegated: bool,
}

/// An agency and all the agencies above it, nearest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AgencyLine {
    /// The agency itself.
    pub agency: AgencyId,
    /// Those above it.
    pub above: Vec<AgencyId>,
}

/// What is asked about.
#[derive(Debug, Clone, Copy)]
pub enum Target<'a> {
    /// One dossier.
    Case(&'a CaseFacts),
    /// An agency and what belongs to it; the system as a whole is the topmost agency.
    Agency(&'a AgencyLine),
}

/// What the policies need to know of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseFacts {
    /// The dossier.
    pub id: CaseId,
    /// Where it was, or is to be, received and returned.
    pub receiving: AgencyLine,
    /// Where it is decided.
    pub deciding: AgencyLine,
    /// The field of its procedure, in any spelling that folds alike.
    pub field: String,
    /// The posts that hold it now, one for each open branch.
    pub holders: Vec<PostId>,
    /// Who accepted it.
    pub received_by: Option<PersonId>,
    /// The step in hand must not be done by the person who accepted.
    pub separate: bool,
    /// Open only to those who work on it.
    pub confidential: bool,
}
