//! Two reports of one thing become one: it has one clock, the one that ends first, and everybody who
//! reported it follows it and is told of the answer.

use casework::{Case, Command, DeclineReason, DiscontinueGround};
use identity::access::Action;
use kernel::{CaseCode, CaseId, Instant};
use store::{Tx, args};
use web::SignedIn;

use super::{
    officer::{may, open, stamp},
    sync::{act, tell},
};
use crate::{
    Error, Feedback, Result,
    model::{Report, State},
};

/// Says that two reports are of the same thing. The one whose clock ends first goes on, whichever
/// was named first; the other one ends, declined where it was not taken on yet and else stopped,
/// by whoever may do that. Answers the code of the one that goes on.
///
/// # Errors
/// [`Error::NotNow`] where one is joined to another already, where one is over without an answer,
/// or where only one is confidential; else where this person may not, or the rules say no.
pub fn merge(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    into: CaseId,
) -> Result<CaseCode> {
    let (one, other) = (open(tx, feedback, case)?, open(tx, feedback, into)?);
    if case == into || !fit(&one.0, &other.0) {
        return Err(Error::NotNow);
    }
    let first = other.0.is_open && ends(&one.1) < ends(&other.1);
    let ((goes, case), (stays, _)) = if first { (other, one) } else { (one, other) };
    let (action, command) = ending(&case, &stays);
    may(feedback, me, action, &case)?;
    settle_into(tx, feedback, goes.case, stays.case)?;
    let applicant = case.applicant;
    act(tx, feedback, case, None, &command, &stamp(me))?;
    tell(tx, feedback, goes.case, "merged", None, &stamp(me))?;
    let who = feedback.blind("feedback-who", &format!("party {applicant}"));
    super::reporter::add_supporter(tx, feedback, stays.case, &who, Some(applicant), me.now)?;
    Ok(stays.code)
}

/// Whether one may be joined to the other: it is still open, and the other one has an answer or
/// will have one, for the same eyes.
fn fit(one: &Report, other: &Report) -> bool {
    let answers = !matches!(other.state, State::Merged | State::Refused | State::Stopped);
    one.is_open && answers && one.confidential == other.confidential
}

/// When a clock ends. One that has not started yet ends after every one that runs.
fn ends(case: &Case) -> (bool, Instant) {
    (case.accepted_at.is_none(), case.due().unwrap_or(case.accept_by))
}

/// How a case ends that goes on as another one.
fn ending(case: &Case, stays: &Report) -> (Action, Command) {
    let note = format!("Gộp vào phản ánh {}", stays.code);
    let note = note.as_str().into();
    if case.accepted_at.is_none() {
        let reason = DeclineReason::Duplicate;
        return (Action::Decline, Command::Decline { reason, note });
    }
    let ground = DiscontinueGround::MootObject;
    (Action::Discontinue, Command::Discontinue { ground, note })
}

/// The followers of a report follow another one from now on.
pub(super) fn settle_into(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    from: CaseId,
    into: CaseId,
) -> Result<()> {
    let tenant = &feedback.front.tenant;
    tx.put(
        "update feedback set merged_into = $3, shown = false where tenant = $1 and case_id = $2",
        args!(tenant, from, into),
    )?;
    // What was joined to the first one is joined to the other: nothing hangs on what hangs itself.
    tx.exec(
        "update feedback set merged_into = $3 where tenant = $1 and merged_into = $2",
        args!(tenant, from, into),
    )?;
    let moved = tx.exec(
        "insert into feedback_supporter (tenant, case_id, who, party, at)
         select tenant, $3, who, party, at from feedback_supporter
         where tenant = $1 and case_id = $2
         on conflict (tenant, case_id, who) do nothing",
        args!(tenant, from, into),
    )?;
    tx.put(
        "update feedback set supporters = supporters + $3 where tenant = $1 and case_id = $2",
        args!(tenant, into, i64::try_from(moved).unwrap_or(0)),
    )?;
    Ok(())
}
