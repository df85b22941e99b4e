//! The rules once more, case by case, as the desk and Decision 766 say them: what the cube is
//! held against. They are those of `measures` in the system of the desk, on a case as it was
//! known on a day.

use casework::{Case, Change, Stamp, Status, begin, evolve};
use indicators::{Day, Fact};
use kernel::CaseId;

/// A story: changes with their stamps, oldest first.
pub(crate) type Story = Vec<(Change, Stamp)>;

/// The case as it was known at the end of a day; none before it was filed.
pub(crate) fn known(id: CaseId, story: &Story, day: Day) -> Option<Case> {
    let until = day.last_instant();
    let mut told = story.iter().take_while(|(_, stamp)| stamp.happened_at <= until);
    let (first, stamp) = told.next()?;
    let mut case = begin(id, first, stamp);
    told.for_each(|(change, stamp)| evolve(&mut case, change, stamp));
    Some(case)
}

/// Whether the case stood so at the end of that day.
pub(crate) fn stands(case: &Case, stock: Fact, day: Day) -> bool {
    let as_of = day.last_instant();
    let open = case.accepted_at.is_some() && case.ended_at.is_none();
    let waits = case.accepted_at.is_none() && case.ended_at.is_none();
    let due = case.due();
    match stock {
        Fact::InAcceptance => waits,
        Fact::AcceptanceLate => waits && case.status == Status::Submitted && as_of > case.accept_by,
        Fact::InHand => open,
        Fact::AwaitingSupplement => open && case.status == Status::AwaitingSupplement,
        Fact::AwaitingPayment => open && case.status == Status::AwaitingPayment,
        Fact::Suspended => open && case.status == Status::Suspended,
        Fact::RunningLate => open && !case.status.is_paused() && due.is_some_and(|due| as_of > due),
        Fact::OpenLate766 => open && !in_time(case, None, day),
        Fact::ResultWaiting => case.status == Status::Finished,
        Fact::Owing => {
            let over =
                matches!(case.status, Status::Declined | Status::Discontinued | Status::Withdrawn);
            !over && case.unpaid() > 0
        }
        _ => false,
    }
}

/// Item 2.1 of Decision 766: the end of a case, or what stands for it, against its promise.
pub(crate) fn in_time(case: &Case, ended: Option<kernel::Instant>, day: Day) -> bool {
    let awaited = case.supplements.last().filter(|asked| asked.received_at.is_none());
    let end = match (ended, awaited) {
        (Some(ended), _) => ended,
        (None, Some(asked)) => asked.requested_at,
        (None, None) => day.last_instant(),
    };
    case.supplements.len() < 2 && case.due().is_some_and(|due| end <= due)
}
