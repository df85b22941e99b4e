//! What holds for every case, whatever is asked of it and in whichever order.

use std::{collections::BTreeSet, sync::LazyLock};

use calendar::CaseClock;
use casework::{
    Case, Change, Command, Correction, DeclineReason, DiscontinueGround, Note, Stamp, Status,
    Submit, SupplementReason, SuspensionGround, Waits, WorkItem,
};
use kernel::{CaseCode, Instant, from_micros, micros, today};
use procedure::{OutcomeId, StepId};
use proptest::{collection::vec, prelude::*};
use serde::{Serialize, de::DeserializeOwned};

use crate::common::{Commune, MONDAY_8, at};

static COMMUNE: LazyLock<Commune> = LazyLock::new(Commune::new);

/// One thing that is asked, some minutes after the one before. The numbers choose among what
/// the case has at that moment, so that most asks make sense and some do not.
#[derive(Debug, Clone)]
struct Ask {
    minutes: i64,
    what: u8,
    first: u8,
    second: u8,
    silent: bool,
}

fn asks() -> impl Strategy<Value = Vec<Ask>> {
    // Minutes, hours, or days between; a clock that runs backwards once in a while.
    let minutes = prop_oneof![
        4 => 0..90_i64,
        3 => 90..3000_i64,
        1 => 3000..30_000_i64,
        1 => -60..0_i64,
    ];
    let ask = (minutes, 0..21_u8, any::<u8>(), any::<u8>(), prop::bool::weighted(0.1));
    let ask = ask.prop_map(|(minutes, what, first, second, silent)| Ask {
        minutes,
        what,
        first,
        second,
        silent,
    });
    vec(ask, 1..40)
}

impl Ask {
    fn command(&self, filing: &Submit, case: &Case, now: Instant) -> Command {
        let note = || Note::from(if self.silent { "  " } else { "Vì lý do đã nêu" });
        let seats = &COMMUNE.seats;
        let amount = u64::from(self.second % 4) * 1000;
        match self.what {
            0..=2 => Command::Accept { note: note() },
            3..=6 => {
                let step = self.step(case);
                Command::Complete { outcome: self.outcome(case, &step), step, note: note() }
            }
            7 => Command::SendBack { step: self.step(case), to: self.any_step(case), note: note() },
            8 => {
                let post = seats[usize::from(self.second) % seats.len()].1;
                Command::Assign { step: self.step(case), post, note: note() }
            }
            9 => {
                Command::RequestSupplement { reason: SupplementReason::MissingPaper, note: note() }
            }
            10 => Command::ApproveSecondSupplement { note: note() },
            11 if self.first.is_multiple_of(3) => {
                let field = format!("o_{}", self.second % 3);
                let facts = std::iter::once((field.clone(), self.first.into())).collect();
                Command::Correct(Correction { fields: vec![field], facts, form_hash: "00".into() })
            }
            11 => Command::ReceiveSupplement { components: filing.components.clone() },
            12 => {
                let name = "Lệ phí".to_owned();
                Command::SetObligation { name, amount, pauses: self.first.is_multiple_of(2) }
            }
            13 => {
                let owed = case.obligations.iter().find(|owed| owed.is_owed());
                let (number, owed) = owed.map_or((1, 0), |owed| (owed.number, owed.amount));
                let amount = if self.silent { owed + 1 } else { owed };
                let reference = format!("BL{:04}", self.first);
                Command::RecordPayment { number, amount, online: true, reference }
            }
            14 => Command::Suspend { ground: SuspensionGround::Dispute, note: note() },
            15 => Command::Resume,
            16 => {
                let days = i64::from(self.first % 30);
                Command::Extend { to: later(case.due().unwrap_or(now), days * 1440), note: note() }
            }
            19 => {
                let days = i64::from(self.first % 30);
                Command::SetTerm { to: later(case.due().unwrap_or(now), days * 1440), note: note() }
            }
            17 if self.first.is_multiple_of(2) => Command::Withdraw { note: note() },
            17 => Command::Decline { reason: DeclineReason::NotEligible, note: note() },
            18 if self.first.is_multiple_of(4) => {
                Command::Discontinue { ground: DiscontinueGround::Order, note: note() }
            }
            18 => Command::Submit(filing.clone()),
            _ => Command::ReturnResult { note: note() },
        }
    }

    /// Mostly a step that is open, now and then any.
    fn step(&self, case: &Case) -> StepId {
        let open: Vec<&StepId> = case.holdings.keys().collect();
        if open.is_empty() || self.silent {
            return self.any_step(case);
        }
        open[usize::from(self.first) % open.len()].clone()
    }

    fn any_step(&self, case: &Case) -> StepId {
        let procedure = COMMUNE.procedures.iter().find(|p| p.code == case.procedure.code).unwrap();
        let steps = procedure.workflow.steps();
        steps[usize::from(self.second) % steps.len()].id.clone()
    }

    fn outcome(&self, case: &Case, step: &StepId) -> OutcomeId {
        let procedure = COMMUNE.procedures.iter().find(|p| p.code == case.procedure.code).unwrap();
        let outcomes = &procedure.workflow.step(step).unwrap().outcomes;
        outcomes[usize::from(self.second) % outcomes.len()].id.clone()
    }
}

fn later(at: Instant, minutes: i64) -> Instant {
    from_micros(micros(at) + minutes * 60_000_000)
}

/// What comes back from JSON is what went in.
fn through_json<T: Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &T) -> T {
    let back = serde_json::from_str(&serde_json::to_string(value).unwrap()).unwrap();
    assert_eq!(&back, value, "JSON changed it");
    back
}

fn make_sense(case: &Case) {
    let running = case.status.is_running() && case.clock.is_some();
    let paused = case.clock.as_ref().and_then(CaseClock::paused).is_some();
    assert_eq!(paused, case.status.is_paused() && case.clock.is_some(), "the clock stands for it");
    assert_eq!(case.accepted_at.is_some(), case.clock.is_some(), "taken on, with a promise");

    let (held, open): (BTreeSet<_>, BTreeSet<_>) =
        (case.holdings.keys().collect(), case.marking.open.iter().collect());
    assert_eq!(held, open, "each open step is in one pair of hands");
    assert_eq!(running, !held.is_empty(), "while it runs somebody holds it, and only then");

    let over = !matches!(case.status, Status::Submitted) && !case.status.is_running();
    assert_eq!(case.ended_at.is_some(), over, "{:?}", case.status);
    assert_eq!(case.returned_at.is_some(), case.status == Status::Returned);
    assert!(case.supplements.len() <= 2, "never a third time");
    assert!(case.missed().is_none_or(|missed| Some(missed) < case.due()), "later than missed");
    assert!(case.submitted_at <= case.last_happened_at);
    let numbers: Vec<u32> = case.obligations.iter().map(|owed| owed.number).collect();
    assert_eq!(numbers, (1..).take(numbers.len()).collect::<Vec<u32>>());
    work_fits(case, &casework::items(case));
}

fn work_fits(case: &Case, items: &[WorkItem]) {
    assert_eq!(items.is_empty(), !case.status.is_open(), "open is what somebody has to do");
    assert!(items.iter().all(|item| item.waits == Waits::of(case.status)));
    let at_desk = items.iter().filter(|item| item.post.is_none());
    assert_eq!(at_desk.count() + case.holdings.len(), items.len());
    let steps: BTreeSet<&str> = items.iter().map(|item| item.step.as_str()).collect();
    assert_eq!(steps.len(), items.len(), "no work is listed twice");
}

proptest! {
    #[test]
    fn a_case_makes_sense_whatever_is_asked_of_it(building: bool, term: bool, asks in asks()) {
        let filing = COMMUNE.filing(if building { "1.013225" } else { "1.001193" });
        let filing = Submit { term: term.then(|| later(at(MONDAY_8), 3 * 1440)), ..filing };
        let mut stamp = COMMUNE.at(MONDAY_8);
        let code = CaseCode::new(&COMMUNE.code, today(at(MONDAY_8)), 1);
        let id = COMMUNE.mint.id(at(MONDAY_8));
        let (mut case, first) =
            casework::submit(&*COMMUNE, &stamp, id, code, filing.clone()).unwrap();
        make_sense(&case);
        let mut told = casework::begin(id, &through_json(&first), &stamp);
        let mut changes = 1;
        for ask in asks {
            let now = later(stamp.recorded_at, ask.minutes);
            stamp = Stamp { happened_at: now, recorded_at: now, ..stamp };
            let command = through_json(&ask.command(&filing, &case, now));
            let before = case.clone();
            let decided = casework::decide(&*COMMUNE, &stamp, &case, &command);
            prop_assert_eq!(&before, &case, "a decision alone changes nothing");
            prop_assert_eq!(&decided, &casework::decide(&*COMMUNE, &stamp, &case, &command));
            let Ok(decided) = decided else { continue };
            prop_assert!(!decided.is_empty(), "what is granted leaves a trace");
            for change in &decided {
                casework::evolve(&mut case, change, &stamp);
                let change: Change = through_json(change);
                casework::evolve(&mut told, &change, &stamp);
                changes += 1;
            }
            make_sense(&case);
            prop_assert_eq!(case.version, changes, "as many versions as changes");
            prop_assert_eq!(case.last_happened_at, now);
            prop_assert_eq!(&through_json(&case), &told, "the events alone tell the same");
        }
    }
}
