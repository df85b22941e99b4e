//! What holds of every story that a case can have.

use std::collections::HashMap;

use calendar::{Allowance, Calendar, CaseClock, Ground};
use casework::{Change, Channel, Stamp, SupplementReason, SuspensionGround};
use indicators::{CaseState, Catalogue, Day, Fact, Told, Trace, count};
use kernel::{Actor, CaseId, Instant, Mint};
use procedure::{End, Marking};
use proptest::prelude::*;

use crate::{
    common::{Province, vn},
    oracle::{Story, known, stands},
};

/// What may happen next, and how many hours later.
#[derive(Debug, Clone, Copy)]
enum Act {
    Accept,
    Ask,
    Supply,
    Suspend,
    Resume,
    Owe { pauses: bool },
    Pay,
    Extend,
    Complete,
    Move,
    Decline,
    Discontinue,
    Withdraw,
    Finish,
    Return,
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        3 => Just(Act::Accept),
        3 => Just(Act::Ask),
        3 => Just(Act::Supply),
        1 => Just(Act::Suspend),
        1 => Just(Act::Resume),
        2 => any::<bool>().prop_map(|pauses| Act::Owe { pauses }),
        2 => Just(Act::Pay),
        1 => Just(Act::Extend),
        2 => Just(Act::Complete),
        1 => Just(Act::Move),
        1 => Just(Act::Decline),
        1 => Just(Act::Discontinue),
        1 => Just(Act::Withdraw),
        3 => Just(Act::Finish),
        2 => Just(Act::Return),
    ]
}

/// Writes a story; what cannot happen where the case stands is left out.
struct Writer<'w> {
    province: &'w Province,
    calendar: Calendar,
    story: Story,
    clock: Option<CaseClock>,
    asked: u32,
    awaits: bool,
    owed: Vec<u32>,
    obligations: u32,
    over: bool,
    done: bool,
}

impl<'w> Writer<'w> {
    fn begin(province: &'w Province, at: Instant) -> Self {
        let filing = province.filing(province.east, Channel::Online);
        let calendar = Calendar::default();
        let accept_by = calendar.deadline(at, Allowance::WorkingHours(8));
        let code = "H55.61-260302-0001".parse().unwrap();
        let change = Change::Submitted { code, accept_by, filing };
        let mut writer = Self {
            province,
            calendar,
            story: Vec::new(),
            clock: None,
            asked: 0,
            awaits: false,
            owed: Vec::new(),
            obligations: 0,
            over: false,
            done: false,
        };
        writer.say(change, at);
        writer
    }

    fn say(&mut self, change: Change, at: Instant) {
        let actor = Actor::System("test".into());
        self.story.push((change, Stamp { actor, happened_at: at, recorded_at: at }));
    }

    fn stands(&self) -> bool {
        self.clock.as_ref().is_some_and(|clock| clock.paused().is_some())
    }

    fn clock(&self) -> CaseClock {
        self.clock.clone().unwrap()
    }

    fn act(&mut self, act: Act, at: Instant) {
        let running = self.clock.is_some() && !self.over;
        let change = match act {
            Act::Accept if self.clock.is_none() && !self.over && !self.awaits => {
                let clock = CaseClock::start(at, Allowance::WorkingDays(5), &self.calendar);
                self.clock = Some(clock.clone());
                Change::Accepted { clock, limit: "5 working_days".into(), opened: vec![] }
            }
            Act::Ask if !self.over && !self.awaits && !self.stands() && self.asked < 2 => {
                self.asked += 1;
                self.awaits = true;
                if let Some(clock) = &mut self.clock {
                    clock.pause(at, Ground::Supplement).unwrap();
                }
                let (reason, number) = (SupplementReason::Illegible, self.asked);
                Change::SupplementRequested { reason, number, clock: self.clock.clone() }
            }
            Act::Supply if self.awaits && !self.over => {
                self.awaits = false;
                if let Some(clock) = &mut self.clock {
                    clock.resume(at, &self.calendar).unwrap();
                }
                let accept_by = self.calendar.deadline(at, Allowance::WorkingHours(8));
                let accept_by = self.clock.is_none().then_some(accept_by);
                let clock = self.clock.clone();
                Change::SupplementReceived { components: vec![], clock, accept_by }
            }
            Act::Suspend if running && !self.stands() => {
                self.clock.as_mut().unwrap().pause(at, Ground::Suspension).unwrap();
                Change::Suspended { ground: SuspensionGround::Dispute, clock: self.clock() }
            }
            Act::Resume if running && self.stands_for(Ground::Suspension) => {
                self.clock.as_mut().unwrap().resume(at, &self.calendar).unwrap();
                Change::Resumed { clock: self.clock() }
            }
            Act::Owe { pauses } if running && !self.stands() => {
                self.obligations += 1;
                self.owed.push(self.obligations);
                let clock = pauses.then(|| {
                    let clock = self.clock.as_mut().unwrap();
                    clock.pause(at, Ground::FinancialObligation).unwrap();
                    clock.clone()
                });
                let name = "Lệ phí".to_owned();
                Change::ObligationSet {
                    number: self.obligations,
                    name,
                    amount: 75_000,
                    waits: false,
                    clock,
                }
            }
            Act::Pay if !self.owed.is_empty() && (running || self.done) => {
                let number = self.owed.remove(0);
                let goes_on =
                    running && self.owed.is_empty() && self.stands_for(Ground::FinancialObligation);
                let clock = goes_on.then(|| {
                    self.clock.as_mut().unwrap().resume(at, &self.calendar).unwrap();
                    self.clock()
                });
                Change::Paid {
                    number,
                    online: number == 1,
                    reference: "r".into(),
                    accept_by: None,
                    clock,
                }
            }
            Act::Extend if running && at <= self.clock().due() => {
                let from = self.clock().due();
                let to = self.calendar.deadline(from, Allowance::WorkingDays(2));
                self.clock.as_mut().unwrap().extend(to).unwrap();
                Change::Extended { from, clock: self.clock() }
            }
            Act::Move if !self.over || self.done => {
                let province = self.province;
                let (decided_by, received_by) = (province.west, province.west);
                Change::Moved { decided_by, received_by, opened: vec![] }
            }
            Act::Complete if running && !self.stands() => Change::Completed {
                step: "ky".parse().unwrap(),
                outcome: "ky".parse().unwrap(),
                opened: vec![],
                marking: Marking::default(),
            },
            Act::Decline if self.clock.is_none() && !self.over => {
                self.over = true;
                Change::Declined { reason: casework::DeclineReason::Incomplete }
            }
            Act::Discontinue if running => {
                self.over = true;
                self.clock.as_mut().unwrap().finish(at, &self.calendar).unwrap();
                let ground = casework::DiscontinueGround::Order;
                Change::Discontinued { ground, clock: self.clock() }
            }
            Act::Withdraw if !self.over => {
                self.over = true;
                if let Some(clock) = &mut self.clock {
                    clock.finish(at, &self.calendar).unwrap();
                }
                Change::Withdrawn { clock: self.clock.clone() }
            }
            Act::Finish if running && !self.stands() => {
                (self.over, self.done) = (true, true);
                let timeliness = self.clock.as_mut().unwrap().finish(at, &self.calendar).unwrap();
                Change::Finished { end: End::Result, clock: self.clock(), timeliness }
            }
            Act::Return if self.done && self.owed.is_empty() => {
                self.done = false;
                Change::Returned
            }
            _ => return,
        };
        self.say(change, at);
    }

    fn stands_for(&self, ground: Ground) -> bool {
        let stands = self.clock.as_ref().and_then(CaseClock::paused);
        stands.is_some_and(|pause| pause.ground == ground)
    }
}

/// The story as the journal tells it, and what was counted of it.
struct Read {
    told: Vec<Told>,
    moves: Vec<(u64, indicators::Move)>,
    state: CaseState,
}

fn read(case: CaseId, story: &Story, catalogue: &Catalogue, mint: &Mint) -> Read {
    let (mut told, mut moves, mut state) = (Vec::new(), Vec::new(), None);
    for (pos, (change, stamp)) in (0..).zip(story) {
        let version = u32::try_from(pos + 1).unwrap();
        let event = casework::event(mint, case, version, change, None, stamp).unwrap();
        let times = (event.happened_at, event.recorded_at);
        let one = Told::read(pos, case, event.kind.as_str(), times, event.data.as_str()).unwrap();
        let counted = count(state.as_ref(), &one, catalogue);
        moves.extend(counted.moves.iter().map(|moved| (pos, *moved)));
        state = counted.state.or(state);
        told.push(one);
    }
    Read { told, moves, state: state.unwrap() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn stocks_and_flows_are_what_the_rules_say(
        acts in proptest::collection::vec((act(), 1_i64..60), 1..24),
    ) {
        let province = Province::new();
        let (catalogue, mint) = (province.catalogue(), Mint::seeded(3));
        let start = vn("2026-02-25T09:00");
        let mut writer = Writer::begin(&province, start);
        let mut at = start;
        for (act, hours) in acts {
            at = at.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap();
            writer.act(act, at);
        }
        let story = writer.story;
        let case: CaseId = mint.id(start);
        let Read { told, moves, state } = read(case, &story, &catalogue, &mint);
        prop_assert_eq!(told.len(), story.len());

        // A stock at the end of each day is what the case is by the rules, as known then; it is
        // where the case is; and the stays open down to it.
        let (first, last) = (Day::of(start).number() - 2, Day::of(at).number() + 12);
        for number in first..last {
            let day = Day::from_number(number);
            let then = known(case, &story, day);
            for stock in Fact::STOCKS {
                let mut by_agency: HashMap<_, i64> = HashMap::new();
                for (_, moved) in moves.iter().filter(|(_, m)| m.fact == stock) {
                    if moved.cell.day <= day {
                        *by_agency.entry(moved.cell.agency).or_default() += moved.n;
                    }
                }
                by_agency.retain(|_, n| *n != 0);
                let expected: Vec<_> = then
                    .iter()
                    .filter(|case| stands(case, stock, day))
                    .map(|case| (case.decided_by, 1))
                    .collect();
                let counted: Vec<_> = by_agency.into_iter().collect();
                prop_assert_eq!(counted, expected, "{} on {}", stock.word(), day);
                let over = moves.iter().filter(|(_, m)| m.fact == stock).filter(|(_, m)| {
                    matches!(m.trace, Trace::Leaves { entered } if entered <= day && day < m.cell.day)
                });
                let lasting = state.held_since(stock).filter(|since| Day::of(*since) <= day);
                prop_assert_eq!(
                    over.count() + usize::from(lasting.is_some()),
                    usize::from(then.as_ref().is_some_and(|case| stands(case, stock, day))),
                    "{} opens on {}", stock.word(), day
                );
            }
        }

        // Flows: each end counts once, on the side that Decision 766 puts it.
        let sum = |fact: Fact| -> i64 {
            moves.iter().filter(|(_, m)| m.fact == fact).map(|(_, m)| m.n).sum()
        };
        let end = known(case, &story, Day::from_number(last)).unwrap();
        let over = end.ended_at.filter(|_| end.accepted_at.is_some());
        let in_time = over.is_some_and(|at| crate::oracle::in_time(&end, Some(at), Day::of(at)));
        prop_assert_eq!(sum(Fact::EndedInTime766), i64::from(in_time));
        prop_assert_eq!(sum(Fact::EndedLate766), i64::from(over.is_some() && !in_time));
        prop_assert_eq!(sum(Fact::Accepted), i64::from(end.accepted_at.is_some()));
        let done = [Fact::FinishedEarly, Fact::FinishedOnTime, Fact::FinishedLate];
        prop_assert_eq!(done.map(sum).iter().sum::<i64>(), i64::from(end.end.is_some()));
        prop_assert_eq!(sum(Fact::FinishedLate) > 0,
            end.end.is_some() && end.ended_at > end.due());
        let paid = end.obligations.iter().filter(|owed| owed.payment.is_some()).count();
        prop_assert_eq!(sum(Fact::PaidDong), 75_000 * paid as i64);
        prop_assert_eq!(sum(Fact::Events), story.len() as i64);
        prop_assert_eq!(sum(Fact::PauseSeconds), state.pause_seconds);
    }
}
