//! Since when a case is in each stock, as its state says; a later instant where it is known in
//! advance, as with what is late from the promise on.

use kernel::{Instant, from_micros, micros};

use super::{state::CaseState, told::Ground};
use crate::fact::Fact;

/// Since when the case is in that stock, as things stand; none where it is not and will not be
/// before something else happens.
pub(super) fn since(case: &CaseState, stock: Fact) -> Option<Instant> {
    let accepted = case.accepted.filter(|_| case.ended.is_none());
    let waits = case.accepted.is_none() && case.ended.is_none();
    let stands = |ground| {
        accepted?;
        case.stands.filter(|(_, why)| *why == ground).map(|(from, _)| from)
    };
    match stock {
        Fact::InAcceptance => waits.then_some(case.submitted),
        Fact::AcceptanceLate => (waits && !case.awaits_papers).then(|| after(case.accept_by)),
        Fact::InHand => accepted,
        Fact::AwaitingSupplement => stands(Ground::Supplement),
        Fact::AwaitingPayment => stands(Ground::FinancialObligation),
        Fact::Suspended => stands(Ground::Suspension),
        Fact::RunningLate => accepted.and(case.due).filter(|_| case.stands.is_none()).map(after),
        Fact::OpenLate766 => accepted.and_then(|_| late_by_index(case)),
        Fact::ResultWaiting => case.ended.filter(|_| case.done && !case.returned),
        Fact::Owing => case.owing_since.filter(|_| case.ended.is_none() || case.done),
        _ => None,
    }
}

/// Item 2.1 of Decision 766 on what is not over: asked twice is overdue; awaiting its one
/// supplement, the request stands for the end; otherwise the end of the period does.
fn late_by_index(case: &CaseState) -> Option<Instant> {
    match (case.requests.as_slice(), case.due) {
        ([_, second, ..], _) => Some(*second),
        ([asked], Some(due)) if case.awaits_papers => (*asked > due).then(|| after(due)),
        (_, due) => due.map(after),
    }
}

/// What is done at the very instant of the promise is in time.
fn after(promise: Instant) -> Instant {
    from_micros(micros(promise).saturating_add(1))
}
