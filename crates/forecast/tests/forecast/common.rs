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
