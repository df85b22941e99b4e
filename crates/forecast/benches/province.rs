//! How long a forecast of one province takes: 130 agencies of five steps, about 1,500 cases a
//! day, 20,000 in hand, 30 days, 100 runs, two threads. Prints `name value unit`, line by line;
//! Run by `cargo bench -p forecast`; names given as arguments narrow it to `separate` (no agency passes cases to another),
//! `connected` (all are one network), `history` (reading three months of records), and `plan`.

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

use std::{collections::BTreeMap, num::NonZeroUsize, sync::Arc, time::Instant};

use calendar::{Allowance, Calendar, WorkingTime};
use forecast::{
    Arrivals, Arrived, At, Change, Dropped, FEW, History, Inputs, Model, Next, Office, OpenWork,
    Procedure, Promise, Record, Runs, Stay, StepDone, StepName, StepRule, Stream, Successors, Team,
    Wish,
};
use jiff::{ToSpan, civil::Date};
use kernel::{AgencyId, CaseId, PostId, ProcedureCode};

const AGENCIES: u32 = 130;
const OPEN: u32 = 20_000;
const A_DAY: f64 = 1500.0;
/// Name, officers, mean minutes of work, most hours of delay.
const STEPS: [(&str, u16, f64, u64); 5] = [
    ("tiếp-nhận", 1, 15.0, 2),
    ("thẩm-định", 2, 62.0, 30),
    ("xác-minh", 2, 55.0, 40),
    ("trình", 1, 20.0, 10),
    ("ký", 1, 12.0, 6),
];
/// Procedures of each agency.
const PROCEDURES: u32 = 12;
/// Agencies that others pass a tenth of their cases to, where they do.
const DEPARTMENTS: u32 = 15;

fn main() {
    let (flags, chosen): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with('-'));
    // Whoever runs the tests of all targets does not mean the benchmark.
    if !flags.iter().any(|flag| flag == "--bench") {
        return;
    }
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|chosen| chosen == name);
    let two = NonZeroUsize::new(2).unwrap();
    for (name, connected) in [("separate", false), ("connected", true)] {
        if wanted(name) {
            let inputs = province(connected);
            let model = timed(name, "compile", || Model::new(&inputs, 30, FEW).unwrap());
            forecasts(name, &model, Runs::new(100, 1).unwrap().on(two));
        }
    }
    if wanted("history") {
        gathering();
    }
    if wanted("plan") {
        plans(&Model::new(&province(false), 30, FEW).unwrap(), Runs::new(20, 1).unwrap().on(two));
    }
}

fn forecasts(name: &str, model: &Model, runs: Runs) {
    let forecast = timed(name, "forecast_30_days_100_runs", || model.forecast(runs));
    say(name, "parts", model.parts() as f64, "parts");
    say(name, "steps", model.steps() as f64, "steps");
    say(name, "open", forecast.flow.open, "cases");
    say(name, "came", forecast.flow.came, "cases/run");
    say(name, "ended", forecast.flow.ended, "cases/run");
    say(name, "late", forecast.province.late.mean, "cases/run");
    say(name, "at_risk", forecast.at_risk.len() as f64, "cases");
    let busy = forecast.province.days[1].utilisation;
    say(name, "utilisation_of_second_day", busy.unwrap_or(0.0), "share");
    let step: StepName = STEPS[1].0.parse().unwrap();
    let more = Change::Officers { agency: agency(3), step, more: 2 };
    timed(name, "what_if", || model.compare(&[more], runs).unwrap());
}

fn plans(model: &Model, runs: Runs) {
    let share = model.plan(&Wish { moves_max: 0, ..Wish::default() }, runs).unwrap().without.share;
    for (name, left) in [("half_as_many_late", 0.5), ("a_quarter_as_many_late", 0.25)] {
        let wish = Wish { share: 1.0 - left * (1.0 - share), ..Wish::default() };
        let plan = timed("plan", name, || model.plan(&wish, runs).unwrap());
        plan_figures(name, &plan);
    }
}

fn plan_figures(name: &str, plan: &forecast::Plan) {
    let say =
        |what: &str, value: f64, unit: &str| say("plan", &format!("{name}_{what}"), value, unit);
    say("trials", f64::from(plan.trials), "trials");
    say("moves", plan.moves.len() as f64, "moves");
    say("share_without", plan.without.share, "share");
    say("share_with", plan.with.share, "share");
    println!("# {:?}", plan.proof);
}

/// Three months of records, read into the inputs of a forecast.
fn gathering() {
    let empty = province(false);
    let (mut chance, mut records) = (Chance(0xdead_beef_1234_5677), Vec::new());
    let begin = empty.now - (90 * 24).hours();
    for n in 0..95_000_u32 {
        let (a, p) = (n % AGENCIES, n / AGENCIES % PROCEDURES);
        let mut entered = begin + ((chance.part() * 85.0 * 86_400.0) as i64).seconds();
        records.push(Record::Arrived(Arrived { at: at(a, p, STEPS[0].0), when: entered }));
        for (k, (step, officers, ..)) in STEPS.into_iter().enumerate() {
            let done = entered + ((chance.part() * 86_400.0) as i64).seconds();
            let seat =
                (u128::from(a) << 8) | ((k as u128) << 4) | u128::from(n % u32::from(officers));
            let next = STEPS.get(k + 1).map(|(next, ..)| next.parse().unwrap());
            records.push(Record::Done(StepDone {
                case: CaseId::from_uuid(uuid::Uuid::from_u128(u128::from(n))),
                at: at(a, p, step),
                post: Some(PostId::from_uuid(uuid::Uuid::from_u128(seat))),
                entered,
                done,
                due: Some(done),
                held: WorkingTime::ZERO,
                next: next.map(|step| Next { agency: agency(a), step }).into_iter().collect(),
            }));
            entered = done;
        }
    }
    say("history", "records", records.len() as f64, "records");
    let mut history = History::new(Successors::default());
    timed("history", "add", || records.into_iter().for_each(|record| history.add(record)));
    let (offices, procedures) = (&empty.offices, &empty.procedures);
    let span = begin..empty.now;
    timed("history", "inputs", || history.inputs(span, offices, procedures, &empty.open));
}

/// Says how long something takes, and, where the system tells, how much of the processors.
fn timed<T>(province: &str, name: &str, work: impl FnOnce() -> T) -> T {
    let (begin, used) = (Instant::now(), processor_seconds());
    let done = work();
    say(province, name, begin.elapsed().as_secs_f64(), "s");
    if let (Some(before), Some(after)) = (used, processor_seconds()) {
        say(province, &format!("{name}_processors"), after - before, "s");
    }
    done
}

/// User and system time of the process so far, in hundredths on Linux.
fn processor_seconds() -> Option<f64> {
    let stat = std::fs::read_to_string("/proc/self/stat").ok()?;
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |n: usize| fields.get(n)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / 100.0)
}

fn say(province: &str, name: &str, value: f64, unit: &str) {
    println!("{province}_{name} {value:.3} {unit}");
}

fn province(connected: bool) -> Inputs {
    let now = kernel::from_local("2026-11-02T07:30:00".parse().unwrap());
    let calendar = Arc::new(Calendar::default());
    let mut chance = Chance(0x5eed_1234_5678_9abd);
    let office = |n| Office { agency: agency(n), calendar: Arc::clone(&calendar), hours: [0; 24] };
    let days: Vec<Date> =
        (1..=90_i64).rev().map(|n| kernel::today(now).saturating_sub(n.days())).collect();
    let mut inputs = Inputs {
        now,
        offices: (0..AGENCIES).map(office).collect(),
        teams: Vec::new(),
        procedures: (0..100).map(described).collect(),
        open: Vec::new(),
        arrivals: Arrivals { days: days.clone(), streams: Vec::new() },
        stays: BTreeMap::new(),
        routes: BTreeMap::new(),
        pauses: BTreeMap::new(),
        dropped: Dropped::default(),
    };
    let mean = A_DAY / f64::from(AGENCIES * PROCEDURES);
    for a in 0..AGENCIES {
        // To some come more than they can do.
        let size = if a % 16 == 3 { 1.75 } else { 0.95 };
        for (n, (name, officers, minutes, delay)) in STEPS.into_iter().enumerate() {
            let steps = vec![name.parse().unwrap()];
            inputs.teams.push(Team { agency: agency(a), steps, officers });
            for p in 0..PROCEDURES {
                let at = at(a, p, name);
                let mut stay = || Stay {
                    work: WorkingTime::seconds(
                        (-minutes * 60.0 * (1.0 - chance.part()).ln()) as u64,
                    ),
                    delay: WorkingTime::minutes((chance.part() * delay as f64 * 60.0) as u64),
                };
                inputs.stays.insert(at.clone(), (0..60).map(|_| stay()).collect());
                if let Some((next, ..)) = STEPS.get(n + 1) {
                    let on = |a: u32| vec![Next { agency: agency(a), step: next.parse().unwrap() }];
                    let other = (a * 7 + p) % DEPARTMENTS;
                    let tenth = if connected && n == 0 { 6 } else { 0 };
                    let shares = [(on(a), 60 - tenth), (on(other), tenth)];
                    let shares = shares.into_iter().filter(|(_, count)| *count > 0).collect();
                    inputs.routes.insert(at, shares);
                }
            }
        }
        for p in 0..PROCEDURES {
            let works = |date: &Date| calendar.is_working_day(*date);
            let counts = days.iter().map(|date| match works(date) {
                true => chance.poisson(mean * size),
                false => u16::from(chance.part() < 0.02),
            });
            let counts = counts.collect();
            inputs.arrivals.streams.push(Stream { at: at(a, p, STEPS[0].0), counts });
        }
    }
    for n in 0..OPEN {
        let a = n % AGENCIES;
        let done = (chance.part() * 5.0) as u64;
        let step = STEPS[done as usize].0;
        let entered = now - ((chance.part() * 100.0) as i64 + 1).hours();
        // The further a case is, the sooner it is due.
        let left = (4 - done) as f64 * 70.0 + 96.0;
        let due = now + ((left + chance.part() * 400.0) as i64 - 20).hours();
        let paused = (chance.part() < 0.05).then_some(entered);
        let case = CaseId::from_uuid(uuid::Uuid::from_u128(0xc << 100 | u128::from(n)));
        let at = at(a, n / AGENCIES % PROCEDURES, step);
        inputs.open.push(OpenWork { case, at, entered, due: Some(due), paused });
    }
    inputs
}

fn agency(n: u32) -> AgencyId {
    AgencyId::from_uuid(uuid::Uuid::from_u128(0xa << 100 | u128::from(n)))
}

fn code(n: u32) -> ProcedureCode {
    format!("1.{n:06}").parse().unwrap()
}

/// The `p`-th procedure of an agency, at a step.
fn at(a: u32, p: u32, step: &str) -> At {
    let procedure = code((a / 10 + p * 7) % 100);
    At { agency: agency(a), procedure, step: step.parse().unwrap() }
}

fn described(n: u32) -> Procedure {
    let step = |(n, (name, ..)): (usize, &(&str, u16, f64, u64))| StepRule {
        step: name.parse().unwrap(),
        limit: Some(WorkingTime::hours(8)),
        next: STEPS.get(n + 1).map(|(next, ..)| next.parse().unwrap()),
        join: false,
    };
    Procedure {
        code: code(n),
        promise: Some(Promise::Within(Allowance::WorkingDays(12 + n % 9))),
        steps: STEPS.iter().enumerate().map(step).collect(),
    }
}

/// Chance for the making of a province.
struct Chance(u64);

impl Chance {
    fn part(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn poisson(&mut self, mean: f64) -> u16 {
        let (mut count, mut left) = (0, self.part());
        let end = (-mean).exp();
        while left > end {
            count += 1;
            left *= self.part();
        }
        count
    }
}
