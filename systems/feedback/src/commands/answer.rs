//! What officers do with a report until its answer is published: ask, answer, approve, publish.

use casework::{Case, Command, Stamp, SupplementReason};
use identity::access::Action;
use kernel::{Actor, CaseId};
use procedure::{OutcomeId, StepId};
use store::{Tx, args};
use web::SignedIn;

use super::{
    keep::{SELF, keep_photos},
    officer::{may, open, stamp},
    sync::{act, tell},
};
use crate::{Error, Feedback, Result, model::Report};

/// The step in which the answer is written, and the one in which it is approved.
const WORK: &str = "xu-ly";
const APPROVE: &str = "duyet";

/// What is published of an answer.
#[derive(Debug, Clone)]
pub struct Approval {
    /// What the public reads, perhaps with something taken out.
    pub answer: String,
    /// The photos that the public sees.
    pub photos: Vec<String>,
}

/// Asks the reporter for more; the clock stands until they answer.
///
/// # Errors
/// As [`sort`].
pub fn ask(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    question: &str,
) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::RequestSupplement, &case)?;
    let (reason, note) = (SupplementReason::InsufficientContent, question.into());
    act(tx, feedback, case, None, &Command::RequestSupplement { reason, note }, &stamp(me))?;
    tell(tx, feedback, known.case, "asked", None, &stamp(me))?;
    Ok(())
}

/// Writes the answer, with photos, for the head to approve.
///
/// # Errors
/// As [`sort`].
pub fn answer(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    words: &str,
    photos: &[String],
) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::CompleteStep, &case)?;
    keep_photos(tx, feedback, known.case, photos, "answer", me.now)?;
    answered(tx, feedback, case, words, &stamp(me))?;
    Ok(())
}

/// As [`answer`] without photos, by whoever stands behind the stamp.
pub(crate) fn answered(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: Case,
    words: &str,
    stamp: &Stamp,
) -> Result<Case> {
    complete(tx, feedback, case, WORK, "trinh-duyet", words, stamp)
}

/// Approves the answer: the reporter has it. What is confidential is over with that.
///
/// # Errors
/// As [`sort`].
pub fn approve(tx: &mut Tx<'_>, feedback: &Feedback, me: &SignedIn, case: CaseId) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::CompleteStep, &case)?;
    approved(tx, feedback, &known, case, &stamp(me))?;
    Ok(())
}

/// As [`approve`], by whoever stands behind the stamp.
pub(crate) fn approved(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    known: &Report,
    case: Case,
    stamp: &Stamp,
) -> Result<Case> {
    let mut case = complete(tx, feedback, case, APPROVE, "duyet", "", stamp)?;
    // What nobody may read is not published; it is over.
    if known.confidential || !known.shown {
        let own = Stamp { actor: Actor::System(SELF.into()), ..stamp.clone() };
        let command = Command::ReturnResult { note: "".into() };
        case = act(tx, feedback, case, None, &command, &own)?.case;
    }
    tell(tx, feedback, known.case, "answered", None, stamp)?;
    Ok(case)
}

/// The head sends the answer back to be written better.
///
/// # Errors
/// As [`sort`].
pub fn send_back(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    why: &str,
) -> Result<()> {
    let (_, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::CompleteStep, &case)?;
    complete(tx, feedback, case, APPROVE, "lam-lai", why, &stamp(me))?;
    Ok(())
}

fn complete(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: Case,
    step: &str,
    outcome: &str,
    words: &str,
    stamp: &Stamp,
) -> Result<Case> {
    let step: StepId = step.parse().map_err(|_| Error::NotNow)?;
    let outcome: OutcomeId = outcome.parse().map_err(|_| Error::NotNow)?;
    let command = Command::Complete { step, outcome, note: words.into() };
    Ok(act(tx, feedback, case, None, &command, stamp)?.case)
}

/// Publishes the answer, with what somebody took out of it.
///
/// # Errors
/// As [`sort`].
pub fn publish(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &SignedIn,
    case: CaseId,
    approval: &Approval,
) -> Result<()> {
    let (known, case) = open(tx, feedback, case)?;
    may(feedback, me, Action::ReturnResult, &case)?;
    if known.confidential {
        return Err(Error::NotNow);
    }
    published(tx, feedback, &known, case, approval, &stamp(me))
}

/// As [`publish`], by whoever stands behind the stamp.
pub(crate) fn published(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    known: &Report,
    case: Case,
    approval: &Approval,
    stamp: &Stamp,
) -> Result<()> {
    let tenant = &feedback.front.tenant;
    act(tx, feedback, case, None, &Command::ReturnResult { note: "".into() }, stamp)?;
    tx.put(
        "update feedback set answer = $3 where tenant = $1 and case_id = $2",
        args!(tenant, known.case, approval.answer.trim()),
    )?;
    for hash in &approval.photos {
        tx.exec(
            "update feedback_photo set shown = true
             where tenant = $1 and case_id = $2 and hash = $3 and kind = 'answer'",
            args!(tenant, known.case, hash),
        )?;
    }
    tell(tx, feedback, known.case, "published", Some(approval.answer.trim()), stamp)?;
    Ok(())
}
