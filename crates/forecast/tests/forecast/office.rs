//! Offices that really work, in a way of their own: not as the forecast sees them, but case by
//! case and step by step, writing records as a journal would.

use std::{cmp::Reverse, collections::BinaryHeap, sync::Arc};

use calendar::{Allowance, Calendar, WorkingTime};
use forecast::{
    Arrived, History, Office, OpenWork, Procedure, Promise, Record, StepDone, Successors,
};
use jiff::{ToSpan, civil::Date};
use kernel::{AgencyId, Instant, PostId};

use crate::common::{Chance, agency, case, next, place, procedure, rule};

/// The three steps, with officers and mean minutes of work.
pub(crate) const STEPS: [(&str, usize, f64); 3] =
    [("tiếp-nhận", 1, 6.0), ("thẩm-định", 2, 50.0), ("ký", 1, 8.0)];

/// What is promised: little more than the work takes, so that any queue makes something late.
const PROMISE: Allowance = Allowance::WorkingHours(8);

/// What was written until an instant, and what is open then.
pub(crate) struct Past {
    pub(crate) records: Vec<Record>,
    pub(crate) open: Vec<OpenWork>,
    pub(crate) offices: Vec<Office>,
    pub(crate) procedures: Vec<Procedure>,
}

impl Past {
    pub(crate) fn history(&self) -> History {
        let mut history = History::new(Successors::default());
        self.records.iter().cloned().for_each(|record| history.add(record));
        history
    }
}

/// A case on its way.
struct Way {
    number: u64,
    came: Instant,
    due: Instant,
    at: Instant,
}

/// Lets some agencies work from a day until an instant. To the `n`-th come `a_day[n]` cases on a
/// working day, on Mondays half as many more.
pub(crate) fn work(a_day: &[f64], from: Date, until: Instant, seed: u64) -> Past {
    let calendar = Arc::new(Calendar::default());
    let mut past = Past {
        records: Vec::new(),
        open: Vec::new(),
        offices: Vec::new(),
        procedures: vec![Procedure {
            code: procedure(1),
            promise: Some(Promise::Within(PROMISE)),
            steps: vec![
                rule("tiếp-nhận", 4, Some("thẩm-định")),
                rule("thẩm-định", 16, Some("ký")),
                rule("ký", 4, None),
            ],
        }],
    };
    for (n, a_day) in a_day.iter().enumerate() {
        let office = agency(n as u32);
        past.offices.push(Office {
            agency: office,
            calendar: Arc::clone(&calendar),
            hours: [0; 24],
        });
        let mut chance = Chance(seed ^ (n as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut ways = come(n as u64, *a_day, from, until, &calendar, &mut chance);
        for way in &ways {
            let at = place(n as u32, 1, STEPS[0].0);
            past.records.push(Record::Arrived(Arrived { at, when: way.came }));
        }
        for step in 0..STEPS.len() {
            ways = serve(&mut past, n as u32, step, ways, until, &calendar, &mut chance);
        }
    }
    past
}

fn come(
    n: u64,
    a_day: f64,
    from: Date,
    until: Instant,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Vec<Way> {
    let mut ways = Vec::new();
    for date in from.series(1.day()).take_while(|date| *date <= kernel::today(until)) {
        if !calendar.is_working_day(date) {
            continue;
        }
        let monday = date.weekday() == jiff::civil::Weekday::Monday;
        let begin = calendar.next_working(kernel::from_local(date.at(0, 0, 0, 0)));
        for _ in 0..chance.poisson(if monday { a_day * 1.5 } else { a_day }) {
            let after = WorkingTime::seconds((chance.part() * 28_799.0) as u64);
            let came = calendar.add(begin, after);
            let due = calendar.deadline(came, PROMISE);
            ways.push(Way { number: 0, came, due, at: came });
        }
    }
    ways.retain(|way| way.came < until);
    ways.sort_by_key(|way| way.came);
    let number = |(k, way)| Way { number: n << 32 | k as u64, ..way };
    ways.into_iter().enumerate().map(number).collect()
}

/// The officers of a step take one case after the other, as they come.
fn serve(
    past: &mut Past,
    n: u32,
    step: usize,
    mut ways: Vec<Way>,
    until: Instant,
    calendar: &Calendar,
    chance: &mut Chance,
) -> Vec<Way> {
    let (name, officers, mean) = STEPS[step];
    ways.sort_by_key(|way| (way.at, way.number));
    let mut free: BinaryHeap<Reverse<(Instant, usize)>> =
        (0..officers).map(|officer| Reverse((Instant::UNIX_EPOCH, officer))).collect();
    let mut served = Vec::new();
    for way in ways {
        let Reverse((since, officer)) = free.pop().unwrap();
        let minutes = chance.exponential(mean / 2.0) + chance.exponential(mean / 2.0);
        let time = WorkingTime::seconds((minutes * 60.0) as u64 + 1);
        let done = calendar.add(way.at.max(since), time);
        free.push(Reverse((done, officer)));
        let at = place(n, 1, name);
        let (case, entered) = (case(way.number), way.at);
        if done >= until {
            if entered < until {
                let due = Some(way.due);
                past.open.push(OpenWork { case, at, entered, due, paused: None });
            }
            continue;
        }
        past.records.push(Record::Done(StepDone {
            case,
            at,
            post: Some(post(agency(n), step * 10 + officer)),
            entered,
            done,
            due: Some(way.due),
            held: WorkingTime::ZERO,
            next: STEPS.get(step + 1).map(|(name, ..)| next(n, name)).into_iter().collect(),
        }));
        served.push(Way { at: done, ..way });
    }
    served
}

pub(crate) fn post(agency: AgencyId, seat: usize) -> PostId {
    PostId::from_uuid(uuid::Uuid::from_u128(agency.uuid().as_u128() << 8 | seat as u128))
}
