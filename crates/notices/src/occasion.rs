//! What there is to say of an event, if anything.

use casework::{Case, Channel};
use procedure::Matter;

use crate::Occasion;

/// What the owner of a case is told of what stands in the outbox under that kind; none where they
/// know it already (who filed at the counter has the receipt in hand) or where it is no concern
/// of theirs.
#[must_use]
pub fn occasion(kind: &str, case: &Case, matter: Matter) -> Option<Occasion> {
    match matter {
        Matter::Dossier => of_dossier(kind, case),
        Matter::Feedback => of_report(kind, case),
        // Officers see their work in the work list, and nobody else is concerned.
        Matter::Report | Matter::Task | Matter::Incident => None,
    }
}

/// A report is told of by what its own system says: what its case does is not always what became
/// of it (a report that is joined to another one is declined, or stopped, by its case).
fn of_report(kind: &str, case: &Case) -> Option<Occasion> {
    match kind.strip_prefix("feedback.")? {
        // Whoever opens it again hears that, and not that something new came in.
        "received" => case.reopens.is_none().then_some(Occasion::Filed),
        "forwarded" | "rerouted" => Some(Occasion::Forwarded),
        "asked" => Some(Occasion::SupplementAsked),
        "supplied" => Some(Occasion::SupplementReceived),
        "answered" => Some(Occasion::ResultReady),
        "published" => Some(Occasion::Published),
        "refused" => Some(Occasion::Declined),
        "merged" => Some(Occasion::Merged),
        "reopened" => Some(Occasion::Reopened),
        "late" => Some(Occasion::Late),
        _ => None,
    }
}

fn of_dossier(kind: &str, case: &Case) -> Option<Occasion> {
    match kind {
        "submitted" => (case.channel != Channel::Counter).then_some(Occasion::Filed),
        "accepted" => Some(Occasion::TakenOn),
        "declined" => Some(Occasion::Declined),
        "supplement_requested" => Some(Occasion::SupplementAsked),
        "supplement_received" => Some(Occasion::SupplementReceived),
        "obligation_set" => (case.unpaid() > 0).then_some(Occasion::PaymentAsked),
        "paid" => Some(Occasion::Paid),
        "extended" => Some(Occasion::Extended),
        "discontinued" => Some(Occasion::Stopped),
        "withdrawn" => Some(Occasion::Withdrawn),
        "finished" => Some(Occasion::ResultReady),
        _ => None,
    }
}

/// What a person is told of an event that is theirs and of no case.
#[must_use]
pub(crate) fn personal(kind: &str) -> Option<Occasion> {
    match kind {
        "mandate.recorded" => Some(Occasion::MandateRecorded),
        "alert.opened" => Some(Occasion::AlertOpened),
        "alert.escalated" => Some(Occasion::AlertEscalated),
        _ => None,
    }
}

/// Of what happened to one case at nearly one moment, what is worth saying: the newest of each,
/// and not that it came in, was taken on or passed on, or that an answer was published, where more
/// is to be said.
pub(crate) fn worth_saying(of_one_case: &mut Vec<(kernel::EventId, Occasion)>) {
    let mut seen = Vec::new();
    of_one_case.reverse();
    of_one_case.retain(|(_, occasion)| {
        let fresh = !seen.contains(occasion);
        seen.push(*occasion);
        fresh
    });
    of_one_case.reverse();
    use Occasion::{Filed, Forwarded, Published, TakenOn};
    for lesser in [Filed, TakenOn, Forwarded, Published] {
        if of_one_case.len() > 1 {
            of_one_case.retain(|(_, occasion)| *occasion != lesser);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_told_three_things_at_once() {
        let mint = kernel::Mint::seeded(1);
        let told = |occasions: &[Occasion]| {
            let id = |occasion: &Occasion| (mint.id(kernel::Instant::UNIX_EPOCH), *occasion);
            let mut all: Vec<_> = occasions.iter().map(id).collect();
            worth_saying(&mut all);
            all.into_iter().map(|(_, occasion)| occasion).collect::<Vec<_>>()
        };
        use Occasion::{Filed, Forwarded, Paid, PaymentAsked, Published, ResultReady, TakenOn};
        assert_eq!(told(&[Filed]), [Filed]);
        assert_eq!(told(&[Filed, TakenOn]), [TakenOn]);
        assert_eq!(told(&[Filed, TakenOn, PaymentAsked]), [PaymentAsked]);
        assert_eq!(told(&[Paid, Paid]), [Paid]);
        assert_eq!(told(&[Filed, Forwarded, Forwarded]), [Forwarded]);
        assert_eq!(told(&[ResultReady, Published]), [ResultReady]);
        assert_eq!(told(&[Published]), [Published]);
    }
}
