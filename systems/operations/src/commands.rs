//! What can happen: rules are evaluated, incidents are worked on, texts and silences are set.

mod escalate;
mod evaluate;
mod incident;
mod silence;
mod tell;
mod texts;

pub use escalate::escalate;
pub use evaluate::{Evaluated, evaluate, settle};
pub use incident::{Cause, Closing, PROCEDURE, acknowledge, close, conclude, reopen, take_action};
pub use silence::{DAYS_MAX, Silence, silence};
pub use texts::change;

pub(crate) use incident::{Raised, acknowledged, closed, concluded, noted, open};

use casework::Stamp;
use kernel::{Actor, Instant};

/// What the program itself does.
pub(crate) fn by_itself(now: Instant) -> Stamp {
    Stamp { actor: Actor::System("operations".to_owned()), happened_at: now, recorded_at: now }
}
