//! What verification found.

use std::fmt;

use kernel::{CaseId, EventId, Instant};

use crate::TreeHash;

/// The outcome of verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Every event is the one that was sealed.
    Sound {
        /// Sealed events, all of them checked.
        size: u64,
        /// The root of the tree, which is signed.
        root: TreeHash,
        /// Events that wait for the sealer.
        unsealed: u64,
    },
    /// Something is wrong; this is the first of it.
    Broken(Break),
}

/// The first thing that is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Break {
    /// Where in the journal, if it has a place there.
    pub pos: Option<u64>,
    /// Which event, as far as it can still be named.
    pub event: Option<EventId>,
    /// Whose event.
    pub case: Option<CaseId>,
    /// What was done.
    pub fault: Fault,
}

/// What was done to the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// The row is not what was sealed in this place.
    Altered,
    /// The row that was sealed in this place is gone. Where a case lacks one of its versions
    /// the break names that case.
    Removed,
    /// The row was never sealed: it was put in from outside.
    Inserted,
    /// The row was sealed in this place and now claims another, or none.
    Moved {
        /// The position that it claims now.
        to: Option<u64>,
    },
    /// Rows and tree were altered together, somewhere in these positions: the signed roots
    /// before are right, the signed root after is not.
    Rewritten {
        /// One past the last position that is in doubt; the break's position is the first.
        to: u64,
    },
    /// The events are as they were signed, but the stored tree is not; proofs would fail.
    TreeDamaged,
    /// A checkpoint that no key of this journal signed.
    CheckpointForged {
        /// The number of events that it claims.
        size: u64,
    },
    /// A case has later versions but not this one.
    Gap {
        /// The version that is not there.
        version: i64,
    },
    /// An event that should long have been sealed: the sealer does not run, or somebody took
    /// the event's place away.
    Unsealed {
        /// When it was recorded.
        since: Instant,
    },
}

/// A sentence for operators.
impl fmt::Display for Break {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(pos) = self.pos {
            write!(f, "position {pos}: ")?;
        }
        match &self.fault {
            Fault::Altered => f.write_str("the event was altered after it was sealed")?,
            Fault::Removed => f.write_str("the event that was sealed here was removed")?,
            Fault::Inserted => f.write_str("the event was inserted without being sealed")?,
            Fault::Moved { to: Some(to) } => write!(f, "the event was moved to position {to}")?,
            Fault::Moved { to: None } => f.write_str("the event lost its position")?,
            Fault::Rewritten { to } => {
                write!(f, "events and tree were rewritten here or later, before position {to}")?;
            }
            Fault::TreeDamaged => f.write_str("the events are right, the stored tree is not")?,
            Fault::CheckpointForged { size } => {
                write!(f, "the checkpoint of {size} events is forged")?;
            }
            Fault::Gap { version } => write!(f, "event {version} of the case is missing")?,
            Fault::Unsealed { since } => write!(f, "the event waits to be sealed since {since}")?,
        }
        if let Some(event) = self.event {
            write!(f, "; event {event}")?;
        }
        if let Some(case) = self.case {
            write!(f, "; case {case}")?;
        }
        Ok(())
    }
}
