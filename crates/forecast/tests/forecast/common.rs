//! Provinces that are made up, for tests and for the benchmark.

use std::{collections::BTreeMap, sync::Arc};

use calendar::{Allowance, Calendar, WorkingTime};
use forecast::{
    Arrivals, At, Dropped, Inputs, Next, Office, OpenWork, Procedure, Promise, Stay, StepName,
    StepRule, Stream, Team,
};
use jiff::{ToSpan, civil::Date};
use kernel::{AgencyId, CaseId, Instant, ProcedureCode};

/// An instant by day and time in Việt Nam.
pub(crate) fn at(text: &str) -> Instant {
    kernel::from_local(text.parse().unwrap())
}

pub(crate) fn agency(n: u32) -> AgencyId {
    AgencyId::from_uuid(uuid::Uuid::from_u128(0xa << 100 | u128::from(n)))
}

pub(crate) fn case(n: u64) -> CaseId {
    CaseId::from_uuid(uuid::Uuid::from_u128(0xc << 100 | u128::from(n)))
}

pub(crate) fn procedure(n: u32) -> ProcedureCode {
    format!("1.{n:06}").parse().unwrap()
}

pub(crate) fn step(name: &str) -> StepName {
    name.parse().unwrap()
}

pub(crate) fn place(a: u32, p: u32, s: &str) -> At {
    At { agency: agency(a), procedure: procedure(p), step: step(s) }
}

/// Chance for the making of provinces; another one than that of the forecast.
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    /// Evenly between 0 and 1.
    pub(crate) fn part(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.part() * n as f64) as usize
    }

    pub(crate) fn exponential(&mut self, mean: f64) -> f64 {
        -mean * (1.0 - self.part()).ln()
    }

    pub(crate) fn poisson(&mut self, mean: f64) -> u16 {
        let (mut count, mut left) = (0, self.exponential(1.0));
        while left < mean {
            count += 1;
            left += self.exponential(1.0);
        }
        count
    }
}

/// Exponentially distributed work, as its quantiles, so that the mean is exact.
pub(crate) fn exponential(mean: WorkingTime, count: usize) -> Vec<Stay> {
    let quantile = |n: usize| {
        let seconds = -(1.0 - (n as f64 + 0.5) / count as f64).ln() * mean.as_seconds() as f64;
        Stay { work: WorkingTime::seconds(seconds.round() as u64), delay: WorkingTime::ZERO }
    };
    (0..count).map(quantile).collect()
}

/// An empty province with these agencies.
pub(crate) fn province(now: &str, agencies: u32) -> Inputs {
    let calendar = Arc::new(Calendar::default());
    let office = |n| Office { agency: agency(n), calendar: Arc::clone(&calendar), hours: [0; 24] };
    Inputs {
        now: at(now),
        offices: (0..agencies).map(office).collect(),
        teams: vec![],
        procedures: vec![],
        open: vec![],
        arrivals: Arrivals::default(),
        stays: BTreeMap::new(),
        routes: BTreeMap::new(),
        pauses: BTreeMap::new(),
        dropped: Dropped::default(),
    }
}

pub(crate) fn days(from: Date, count: i32) -> Vec<Date> {
    (0..count).map(|n| from.saturating_add(n.days())).collect()
}

/// One step of one agency to which cases come at random and which takes exponential time.
pub(crate) fn one_queue(officers: u16, a_day: f64, work: WorkingTime, promise: &str) -> Inputs {
    let mut inputs = province("2026-12-07T00:00:00", 1);
    let mut chance = Chance(88_172_645_463_325_252);
    let calendar = Calendar::default();
    let observed = days(jiff::civil::date(2023, 1, 2), 7 * 150);
    let counts = observed.iter().map(|date| match calendar.is_working_day(*date) {
        true => chance.poisson(a_day),
        false => 0,
    });
    let stream = Stream { at: place(0, 1, "thẩm-định"), counts: counts.collect() };
    inputs.teams.push(Team { agency: agency(0), steps: vec![step("thẩm-định")], officers });
    inputs.arrivals = Arrivals { days: observed, streams: vec![stream] };
    inputs.stays.insert(place(0, 1, "thẩm-định"), exponential(work, 2000));
    inputs.procedures.push(Procedure {
        code: procedure(1),
        promise: Some(Promise::Within(promise.parse::<Allowance>().unwrap())),
        steps: vec![rule("thẩm-định", 16, None)],
    });
    inputs
}

pub(crate) fn rule(name: &str, hours: u64, next: Option<&str>) -> StepRule {
    let limit = Some(WorkingTime::hours(hours));
    StepRule { step: step(name), limit, next: next.map(step), join: false }
}

pub(crate) fn open(n: u64, at_step: At, entered: &str, due: &str) -> OpenWork {
    OpenWork { case: case(n), at: at_step, entered: at(entered), due: Some(at(due)), paused: None }
}

pub(crate) fn next(a: u32, s: &str) -> Next {
    Next { agency: agency(a), step: step(s) }
}

/// A province of chance: some agencies, three procedures of which one has two branches that join
/// and one wanders between agencies and back, open work of all kinds, and a history of arrivals.
pub(crate) fn any_province(seed: u64) -> Inputs {
    let mut chance = Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
    let agencies = 1 + chance.below(4) as u32;
    let mut inputs = province("2026-12-07T10:20:00", agencies);
    let steps = ["nhận", "thẩm-định", "xác-minh", "ký"];
    inputs.procedures = (1..=3).map(any_procedure).collect();
    inputs.arrivals.days = days(jiff::civil::date(2026, 11, 2), 35);
    for a in 0..agencies {
        for s in steps {
            let officers = chance.below(4) as u16;
            inputs.teams.push(Team { agency: agency(a), steps: vec![step(s)], officers });
        }
        for p in 1..=3 {
            let mean = chance.part() * 4.0;
            let counts = (0..35).map(|_| chance.poisson(mean)).collect();
            inputs.arrivals.streams.push(Stream { at: place(a, p, "nhận"), counts });
            for s in steps {
                let mean = WorkingTime::minutes(1 + chance.below(90) as u64);
                let mut stays = exponential(mean, chance.below(40));
                for stay in &mut stays {
                    stay.delay = WorkingTime::minutes(chance.below(600) as u64);
                }
                inputs.stays.insert(place(a, p, s), stays);
            }
        }
        let (other, back) = (next(chance.below(agencies as usize) as u32, "ký"), next(a, "nhận"));
        let of = |routes: Vec<(Vec<Next>, u32)>| routes.into_iter().collect::<BTreeMap<_, _>>();
        let both = vec![next(a, "thẩm-định"), next(a, "xác-minh")];
        inputs.routes.insert(place(a, 2, "nhận"), of(vec![(both, 30)]));
        let wander = of(vec![(vec![other], 20), (vec![back], 5), (vec![], 5)]);
        inputs.routes.insert(place(a, 3, "thẩm-định"), wander);
    }
    for n in 0..chance.below(60) as u64 {
        let (a, p) = (chance.below(agencies as usize) as u32, 1 + chance.below(3) as u32);
        let hours = chance.below(300) as i64;
        let entered = inputs.now - (hours + 1).hours();
        let due = inputs.now + (chance.below(200) as i64 - 40).hours();
        let paused = (chance.below(5) == 0).then(|| entered + hours.hours());
        let at = place(a, p, steps[chance.below(4)]);
        let due = (chance.below(10) > 0).then_some(due);
        inputs.open.push(OpenWork { case: case(n), at, entered, due, paused });
    }
    if chance.below(2) == 0 {
        inputs.pauses.insert(procedure(1), vec![3600, 86_400, 500_000]);
    }
    inputs
}

fn any_procedure(p: u32) -> Procedure {
    let mut steps = vec![
        rule("nhận", 2, Some("thẩm-định")),
        rule("thẩm-định", 8, Some("ký")),
        rule("xác-minh", 6, Some("ký")),
        rule("ký", 2, None),
    ];
    steps[3].join = p == 2;
    let promise = match p {
        1 => Promise::Within(Allowance::WorkingDays(2)),
        2 => Promise::Within(Allowance::CalendarDays(5)),
        _ => Promise::SameDay { cutoff: jiff::civil::time(15, 0, 0, 0) },
    };
    Procedure { code: procedure(p), promise: Some(promise), steps }
}

/// One agency with the desk, an examiner and a signer; `a_day` cases come on each working day of
/// two months, examined for so many minutes.
pub(crate) fn one_agency(a_day: u16, minutes: u64, officers: [u16; 3], promise: &str) -> Inputs {
    let mut inputs = province("2026-12-07T00:00:00", 1);
    let calendar = Calendar::default();
    inputs.arrivals.days = days(jiff::civil::date(2026, 10, 5), 63);
    let counts = inputs.arrivals.days.iter().map(|date| match calendar.is_working_day(*date) {
        true => a_day,
        false => 0,
    });
    let counts = counts.collect();
    inputs.arrivals.streams.push(Stream { at: place(0, 1, "nhận"), counts });
    inputs.procedures.push(Procedure {
        code: procedure(1),
        promise: Some(Promise::Within(promise.parse().unwrap())),
        steps: vec![
            rule("nhận", 2, Some("thẩm-định")),
            rule("thẩm-định", 8, Some("ký")),
            rule("ký", 2, None),
        ],
    });
    for ((name, minutes), officers) in
        [("nhận", 5), ("thẩm-định", minutes), ("ký", 5)].into_iter().zip(officers)
    {
        let stays = exponential(WorkingTime::minutes(minutes), 200);
        inputs.stays.insert(place(0, 1, name), stays);
        inputs.teams.push(Team { agency: agency(0), steps: vec![step(name)], officers });
    }
    inputs
}
