//! The answer, with enough in it to tell a person who could do what they may not.

use kernel::{AgencyId, PostId};

use super::{Action, Role};

/// Whether an officer may.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Decision {
    /// Yes.
    Allowed,
    /// No, and why not.
    Denied(Box<Denial>),
}

impl Decision {
    /// Whether the answer is yes.
    #[must_use]
    pub fn is_allowed(&self) -> bool {
        matches!(self, Self::Allowed)
    }

    /// `Ok`, or the denial as an error, so that a handler authorises in one line.
    ///
    /// # Errors
    /// The [`Denial`].
    pub fn check(self) -> Result<(), Box<Denial>> {
        match self {
            Self::Allowed => Ok(()),
            Self::Denied(denial) => Err(denial),
        }
    }
}

/// A refusal that explains itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{action} is refused: {}", reason.code())]
pub struct Denial {
    /// What was asked.
    pub action: Action,
    /// Why it was refused.
    pub reason: DenyReason,
    /// Who could do it.
    pub who: Vec<Who>,
    /// Names of the policies that refused; where none did, of those that would have allowed.
    pub policies: Vec<String>,
}

/// Why an officer may not; the nearest miss is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DenyReason {
    /// The person holds no post in force.
    NoPost,
    /// None of the officer's posts has the role.
    Role,
    /// The officer has the role, at another agency.
    Agency,
    /// The officer has the role at the agency, in other fields.
    Field,
    /// Another post holds the dossier.
    NotHolder,
    /// The officer received this dossier, and another person must decide.
    Separation,
    /// The dossier is confidential.
    Confidential,
    /// The policies could not be evaluated; a fault of the program, and never a permission.
    Fault,
}

impl DenyReason {
    /// Stable code for the log and the API.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::NoPost => "no_post",
            Self::Role => "role",
            Self::Agency => "agency",
            Self::Field => "field",
            Self::NotHolder => "not_holder",
            Self::Separation => "separation",
            Self::Confidential => "confidential",
            Self::Fault => "fault",
        }
    }

    /// The reason that a limiting policy names in its `@refusal`.
    pub(super) fn of_limit(code: &str) -> Option<Self> {
        [Self::Separation, Self::Confidential].into_iter().find(|reason| reason.code() == code)
    }
}

/// Someone who could do what was refused.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// Whoever sits in this post, which holds the dossier.
    Holder(PostId),
    /// Whoever has this role at this agency.
    Role(Role, AgencyId),
}
