//! The other half of the pure core: a state and a change become the next state. It never
//! refuses and never looks at a calendar, so that a case can be rebuilt from its events alone.

use calendar::CaseClock;
use kernel::{CaseId, Instant};
use procedure::{Marking, StepId};

use crate::{
    Case, Change, Stamp, Status,
    model::{Approval, Extension, Holding, Obligation, Opened, Payment, Supplement},
};

/// The state that the first change of a case begins.
///
/// # Panics
/// Where the change is not [`Change::Submitted`], which no case begins without.
#[must_use]
pub fn begin(id: CaseId, change: &Change, stamp: &Stamp) -> Case {
    let Change::Submitted { code, accept_by, filing } = change else {
        panic!("a case begins with its filing");
    };
    Case {
        id,
        version: 1,
        code: code.clone(),
        procedure: filing.procedure.clone(),
        applicant: filing.applicant,
        channel: filing.channel,
        received_by: filing.received_by,
        decided_by: filing.decided_by,
        status: Status::Submitted,
        submitted_at: stamp.happened_at,
        accept_by: *accept_by,
        accepted_at: None,
        accepted_by: None,
        clock: None,
        ended_at: None,
        returned_at: None,
        end: None,
        facts: filing.facts.clone(),
        components: filing.components.clone(),
        marking: Marking::default(),
        holdings: std::collections::BTreeMap::new(),
        supplements: Vec::new(),
        second_supplement: None,
        obligations: Vec::new(),
        extension: None,
        reopens: filing.reopens,
        term: filing.term,
        last_happened_at: stamp.happened_at,
    }
}

/// The next state.
pub fn evolve(case: &mut Case, change: &Change, stamp: &Stamp) {
    let at = stamp.happened_at;
    case.version += 1;
    case.last_happened_at = at;
    match change {
        Change::Submitted { .. } => {}
        Change::Accepted { clock, opened, .. } => {
            case.status = Status::InProgress;
            case.accepted_at = Some(at);
            case.accepted_by = Some(stamp.actor.clone());
            case.clock = Some(clock.clone());
            case.marking.open = opened.iter().map(|opened| opened.step.clone()).collect();
            hold(case, opened, at);
        }
        Change::Assigned { opened } => hold(case, std::slice::from_ref(opened), at),
        Change::Completed { step, opened, marking, .. } => advance(case, step, marking, opened, at),
        Change::SentBack { step, opened, marking } => {
            advance(case, step, marking, std::slice::from_ref(opened), at);
        }
        Change::SupplementRequested { .. }
        | Change::SecondSupplementApproved
        | Change::SupplementReceived { .. }
        | Change::Suspended { .. }
        | Change::Resumed { .. } => pause(case, change, stamp),
        Change::Corrected(correction) => case.facts.extend(correction.facts.clone()),
        Change::ObligationSet { .. } | Change::Paid { .. } | Change::Waived { .. } => {
            money(case, change, at);
        }
        Change::Extended { from, clock } => {
            case.extension = Some(Extension { from: *from, to: clock.due(), at });
            case.term = case.term.map(|_| clock.due());
            case.clock = Some(clock.clone());
        }
        Change::Declined { .. } => end(case, Status::Declined, None, at),
        Change::Discontinued { clock, .. } => end(case, Status::Discontinued, Some(clock), at),
        Change::Withdrawn { clock } => end(case, Status::Withdrawn, clock.as_ref(), at),
        Change::Finished { end: how, clock, .. } => {
            case.end = Some(*how);
            end(case, Status::Finished, Some(clock), at);
        }
        Change::Returned => {
            case.status = Status::Returned;
            case.returned_at = Some(at);
        }
        Change::Forwarded { decided_by, opened } => {
            case.decided_by = *decided_by;
            hold(case, opened, at);
        }
        Change::Escalated { .. } => {}
        Change::Moved { decided_by, received_by, opened } => {
            case.decided_by = *decided_by;
            case.received_by = *received_by;
            for opened in opened {
                // The hands change; since when the step is held does not.
                if let Some(holding) = case.holdings.get_mut(&opened.step) {
                    holding.post = opened.post;
                    holding.agency = opened.agency;
                }
            }
        }
    }
}

fn advance(case: &mut Case, step: &StepId, marking: &Marking, opened: &[Opened], at: Instant) {
    case.holdings.remove(step);
    case.marking = marking.clone();
    // A step that was sent back past closes other steps of its branch too.
    case.holdings.retain(|step, _| marking.open.contains(step));
    hold(case, opened, at);
}

fn hold(case: &mut Case, opened: &[Opened], since: Instant) {
    for Opened { step, post, agency, due } in opened {
        let holding = Holding { post: *post, agency: *agency, since, due: *due };
        case.holdings.insert(step.clone(), holding);
    }
}

fn pause(case: &mut Case, change: &Change, stamp: &Stamp) {
    let at = stamp.happened_at;
    match change {
        Change::SupplementRequested { reason, clock, .. } => {
            let (reason, requested_at) = (*reason, at);
            case.supplements.push(Supplement { reason, requested_at, received_at: None });
            case.second_supplement = None;
            case.status = Status::AwaitingSupplement;
            case.clock.clone_from(clock);
        }
        Change::SecondSupplementApproved => {
            case.second_supplement = Some(Approval { by: stamp.actor.clone(), at });
        }
        Change::SupplementReceived { components, clock, accept_by } => {
            case.components.extend(components.iter().cloned());
            if let Some(supplement) = case.supplements.last_mut() {
                supplement.received_at = Some(at);
            }
            case.accept_by = accept_by.unwrap_or(case.accept_by);
            let fee_too = case.obligations.iter().any(|owed| owed.waits && owed.is_owed());
            case.status = match clock {
                Some(_) => Status::InProgress,
                None if fee_too => Status::AwaitingPayment,
                None => Status::Submitted,
            };
            case.clock.clone_from(clock);
        }
        Change::Suspended { clock, .. } => {
            case.status = Status::Suspended;
            case.clock = Some(clock.clone());
        }
        Change::Resumed { clock } => {
            case.status = Status::InProgress;
            case.clock = Some(clock.clone());
        }
        _ => {}
    }
}

fn money(case: &mut Case, change: &Change, at: Instant) {
    match change {
        Change::ObligationSet { number, name, amount, waits, clock } => {
            let (number, name, amount) = (*number, name.clone(), *amount);
            // Events of older programs only have the clock.
            let waits = *waits || clock.is_some();
            let obligation =
                Obligation { number, name, amount, waits, waived: false, payment: None };
            case.obligations.push(obligation);
            if waits {
                case.status = Status::AwaitingPayment;
                case.clock = clock.clone().or(case.clock.take());
            }
        }
        Change::Paid { number, online, reference, clock, accept_by } => {
            let payment = Payment { at, online: *online, reference: reference.clone() };
            if let Some(owed) = case.obligations.iter_mut().find(|o| o.number == *number) {
                owed.payment = Some(payment);
            }
            go_on(case, clock.as_ref(), *accept_by);
        }
        Change::Waived { number, clock, accept_by } => {
            if let Some(owed) = case.obligations.iter_mut().find(|o| o.number == *number) {
                owed.waived = true;
            }
            go_on(case, clock.as_ref(), *accept_by);
        }
        _ => {}
    }
}

/// Nothing is waited for any more: work goes on, or it can be taken on.
fn go_on(case: &mut Case, clock: Option<&CaseClock>, accept_by: Option<Instant>) {
    if let Some(clock) = clock {
        case.status = Status::InProgress;
        case.clock = Some(clock.clone());
    }
    if let Some(accept_by) = accept_by {
        case.status = Status::Submitted;
        case.accept_by = accept_by;
    }
}

fn end(case: &mut Case, status: Status, clock: Option<&CaseClock>, at: Instant) {
    case.status = status;
    case.ended_at = Some(at);
    case.holdings.clear();
    case.marking = Marking::default();
    if let Some(clock) = clock {
        case.clock = Some(clock.clone());
    }
}
