//! What is done with a task: its head reports the result with evidence, and whoever gave it takes
//! the result or asks for more.

use casework::{Case, Command, Stamp, Status};
use desk::{Desk, Paper, keep_files};
use journal::EventKind;
use kernel::CaseId;
use serde_json::json;
use store::Tx;

use super::{setting::DOING, tell};
use crate::{Error, Result, model::Task};

/// The second step: whoever gave the task takes its result.
pub(crate) const TAKING: &str = "nghiem-thu";

/// What is done with a task.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The head reports what came of it.
    Report(String),
    /// The result is taken: the task is over.
    Take(String),
    /// It is not enough yet; why.
    More(String),
}

/// Runs a deed on the case of a task. Evidence that comes with a report is kept first.
///
/// # Errors
/// [`Error::NotNow`] where another step is in hand, what the rules of cases say, and those of the
/// store.
pub fn run(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (case, expected): (CaseId, Option<u32>),
    deed: &Deed,
    stamp: &Stamp,
) -> Result<Case> {
    let found = casework::load(tx, &desk.front.tenant, case)?.ok_or(Error::Nothing)?;
    let (step, outcome, note) = match deed {
        Deed::Report(note) => (DOING, "bao-ket-qua", note),
        Deed::Take(note) => (TAKING, "dat", note),
        Deed::More(note) => (TAKING, "lam-tiep", note),
    };
    let held = found.holdings.keys().any(|held| held.as_str() == step);
    if found.status != Status::InProgress || !held {
        return Err(Error::NotNow);
    }
    let damaged = || Error::Damaged("procedure");
    let command = Command::Complete {
        step: step.parse().map_err(|_| damaged())?,
        outcome: outcome.parse().map_err(|_| damaged())?,
        note: note.as_str().into(),
    };
    let done = desk::act(tx, desk, found, expected, &command, stamp)?.case;
    match deed {
        Deed::Report(_) | Deed::More(_) => Ok(done),
        // Between agencies nobody fetches a result: it is there.
        Deed::Take(_) => {
            let command = Command::ReturnResult { note: "".into() };
            Ok(desk::act(tx, desk, done, None, &command, stamp)?.case)
        }
    }
}

/// Keeps papers as evidence of a task.
///
/// # Errors
/// [`Error::NotNow`] where the task has no case, and those of the store.
pub fn add_evidence(
    tx: &mut Tx<'_>,
    desk: &Desk,
    task: &Task,
    papers: &[Paper],
    stamp: &Stamp,
) -> Result<()> {
    let case = task.case.as_ref().ok_or(Error::NotNow)?;
    keep_files(tx, desk, case.id, papers, stamp.recorded_at)?;
    let hashes = papers.iter().filter_map(|paper| Some(paper.file.as_ref()?.0.hash.to_string()));
    let data = json!({
        "task": task.code.as_str(), "case": case.id, "sha256": hashes.collect::<Vec<_>>(),
    });
    tell(tx, desk, &task.programme, EventKind::named("programme.evidence"), &data, stamp)
}
