//! What can happen to assessments, each in one transaction with its event.

mod assess;
mod closing;
mod steer;

pub(crate) use assess::{Judged, New, evidence, judge, say};
pub(crate) use closing::{close, correct};
pub(crate) use steer::{add_action, drop_action, keep_plan, record_published, set_part};

use casework::Stamp;
use desk::Furnished;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, PersonId, hex};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Tx;

use crate::{Result, Scoring, model::AssessmentId};

/// The person behind a stamp; the system has none.
pub(crate) fn person(stamp: &Stamp) -> Option<PersonId> {
    match &stamp.actor {
        Actor::Officer { person, .. } => Some(*person),
        _ => None,
    }
}

/// Tells the journal what happened to `of`.
fn tell(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    of: &str,
    kind: &'static str,
    stamp: &Stamp,
    data: &impl Serialize,
) -> Result<()> {
    let what = Happened {
        kind: EventKind::named(kind),
        actor: stamp.actor.clone(),
        happened_at: stamp.happened_at,
        recorded_at: stamp.recorded_at,
        data: Data::of(data)?,
    };
    let front = &scoring.desk().front;
    journal::record(tx, &front.tenant, &front.mint, of, what)?;
    Ok(())
}

/// Under which name the journal has the story of an assessment.
pub(crate) fn subject(id: AssessmentId) -> String {
    format!("score assessment {id}")
}

/// Words stay out of the journal; their digest does not.
fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}
