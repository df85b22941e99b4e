//! What can happen, each one function: checks, then the change and its event. Whether somebody may
//! is for the caller to have asked.

mod amend;
mod said;
mod setting;
mod tasks;

pub use amend::amend;
pub use said::{NewFigure, check, declare, end_override, overrule, review};
pub use setting::{Draft, add_target, add_task, draft, edit, issue, set_target};
pub use tasks::{Deed, add_evidence, run};
pub(crate) use {
    setting::{PROCEDURE, better_word},
    tasks::TAKING,
};

use casework::Stamp;
use desk::Desk;
use journal::{Data, EventKind, Happened};
use serde_json::Value;
use store::Tx;

use crate::{Result, model::Code};

/// The name under which the story of a programme stands in the journal.
#[must_use]
pub fn subject(programme: &Code) -> String {
    format!("programme {programme}")
}

/// Writes what happened to a programme to the journal.
fn tell(
    tx: &mut Tx<'_>,
    desk: &Desk,
    programme: &Code,
    kind: EventKind,
    data: &Value,
    stamp: &Stamp,
) -> Result<()> {
    let what = Happened {
        kind,
        actor: stamp.actor.clone(),
        happened_at: stamp.happened_at,
        recorded_at: stamp.recorded_at,
        data: Data::of(data)?,
    };
    let front = &desk.front;
    journal::record(tx, &front.tenant, &front.mint, &subject(programme), what)?;
    Ok(())
}
