//! How fast the cube is: computed anew from a journal, followed, and read.
//!
//! Prints `name value unit` lines. `TINHSO_BENCH_DOSSIERS` is how many dossiers the journal has
//! (100,000 where nothing is said).

#![expect(clippy::unwrap_used, reason = "a benchmark may panic")]

mod cells;
mod journal_of;

use std::{sync::Arc, time::Instant};

use directory::{Agency, AgencyLevel, Directory, Parts, Validity};
use indicators::{
    Catalogue, Cube, Definitions, Indicator, Month, Period, Question, Scope, Slice, Tree,
};
use kernel::{AgencyId, Mint, Tenant};
use store::{Store, Tx};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Agencies of the province.
const AGENCIES: usize = 500;
/// How often each reading is timed.
const RUNS: u32 = 30;

fn main() {
    let dossiers = std::env::var("TINHSO_BENCH_DOSSIERS").ok();
    let dossiers = dossiers.map_or(100_000, |number| number.parse().unwrap());
    let mint = Mint::seeded(1);
    let begin = journal_of::vn("2022-01-01T00:00");
    let agencies: Vec<AgencyId> = (0..AGENCIES).map(|_| mint.id(begin)).collect();
    let part = std::env::var("TINHSO_BENCH_PART").ok();
    let wants = |name: &str| part.as_deref().is_none_or(|part| part == name);
    if wants("rebuild") {
        rebuild(dossiers, &agencies);
    }
    for dossiers in [100_000, 10_000_000] {
        if wants("read") {
            read(dossiers, &agencies);
        }
    }
}

/// The time of the processors that this program has used, in seconds: on a busy machine it says
/// more than the clock on the wall.
fn cpu() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let ticks = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    ticks.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// The journal of some dossiers, counted as a whole and in the batches of every second.
fn rebuild(dossiers: u64, agencies: &[AgencyId]) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("bench.db")).unwrap();
    store.migrate(&[journal::MIGRATIONS, casework::MIGRATIONS, indicators::MIGRATIONS]).unwrap();
    let cube = cube();
    let events = journal_of::write(&store, cube.tenant(), agencies, dossiers);
    println!("journal.events {events} events");
    let (started, used) = (clock(), cpu());
    let rebuilt = cube.rebuild(&store, |_, _| ()).unwrap();
    assert_eq!(rebuilt.events, events);
    let seconds = started.elapsed().as_secs_f64();
    println!("rebuild.events_per_second {:.0} events/s", events as f64 / seconds);
    println!("rebuild.seconds {seconds:.2} s");
    println!("rebuild.cpu_per_event {:.2} µs", (cpu() - used) * 1e6 / rebuilt.events as f64);

    // The same events in the batches of whoever follows, from nothing.
    let follower = Cube::new("H56".parse().unwrap(), Arc::new(cube.catalogue().clone()));
    let some = (dossiers / 10).max(1000);
    let events = journal_of::write(&store, follower.tenant(), agencies, some);
    let started = clock();
    loop {
        let cube = follower.clone();
        let follow = move |tx: &mut Tx<'_>| cube.follow(tx, Cube::BATCH_MAX);
        if !store.write(follow).wait().unwrap().more {
            break;
        }
    }
    let rate = events as f64 / started.elapsed().as_secs_f64();
    println!("follow.events_per_second {rate:.0} events/s");
    // As much as happens in a second of a busy day: the time from sealed to counted.
    let events = journal_of::write(&store, follower.tenant(), agencies, 135);
    let started = clock();
    let cube = follower.clone();
    store.write(move |tx: &mut Tx<'_>| cube.follow(tx, Cube::BATCH_MAX)).wait().unwrap();
    println!("follow.batch_of_{events} {:.1} ms", started.elapsed().as_secs_f64() * 1e3);
}

/// Twenty indicators of every agency over three years.
fn read(dossiers: u64, agencies: &[AgencyId]) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::sqlite(&folder.path().join("bench.db")).unwrap();
    store.migrate(&[journal::MIGRATIONS, casework::MIGRATIONS, indicators::MIGRATIONS]).unwrap();
    let cube = cube();
    let rows = cells::write(&store, cube.tenant(), agencies, dossiers);
    println!("read.{dossiers}.rows {rows} rows");
    let tree = tree(cube.tenant(), agencies);
    let definitions = Arc::new(Definitions::shipped().unwrap());
    let months: Vec<Period> =
        std::iter::successors(Month::from_number(202_311), |m| Some(m.next()))
            .take(36)
            .map(Period::month)
            .collect();
    let scopes: Vec<Scope> = agencies.iter().map(|agency| Scope::agency(*agency)).collect();
    let mut times = Vec::new();
    let mut values = 0;
    let used = cpu();
    for _ in 0..RUNS {
        let (cube, tree) = (cube.clone(), tree.clone());
        let (definitions, scopes, months) = (definitions.clone(), scopes.clone(), months.clone());
        let grid = move |tx: &mut Tx<'_>| {
            let question = Question {
                indicators: twenty(&definitions),
                scopes: scopes.clone(),
                periods: months.clone(),
                slice: Slice::default(),
                now: journal_of::vn("2026-11-22T09:00"),
            };
            let started = clock();
            let grid = cube.read(tx, &tree, &question)?;
            Ok::<_, indicators::Error>((started.elapsed(), grid))
        };
        let (time, grid) = store.read(grid).wait().unwrap();
        times.push(time.as_secs_f64() * 1e3);
        values = (0..AGENCIES)
            .flat_map(|scope| (0..36).map(move |period| (scope, period)))
            .filter(|(scope, period)| (0..20).any(|at| grid.value(*scope, *period, at).is_ok()))
            .count();
    }
    println!("read.{dossiers}.grid_20x500x36_cpu {:.2} ms", (cpu() - used) * 1e3 / f64::from(RUNS));
    assert_eq!(values, AGENCIES * 36, "every unit has a figure in every month");
    times.sort_by(f64::total_cmp);
    println!("read.{dossiers}.grid_20x500x36_median {:.2} ms", times[times.len() / 2]);
    println!("read.{dossiers}.grid_20x500x36_worst {:.2} ms", times[times.len() - 1]);
}

fn cube() -> Cube {
    let mut catalogue = Catalogue::default();
    for number in 0..cells::PROCEDURES {
        let traits = indicators::Traits {
            matter: procedure::Matter::Dossier,
            full_online: number % 2 == 0,
            bears_fees: number % 3 == 0,
        };
        let field = format!("Lĩnh vực {}", number % 8);
        catalogue.add(&journal_of::procedure(number), 1, &field, traits);
    }
    Cube::new("H55".parse().unwrap(), Arc::new(catalogue))
}

fn tree(tenant: &Tenant, agencies: &[AgencyId]) -> Tree {
    let agency = |(number, id): (usize, &AgencyId)| Agency {
        id: *id,
        code: format!("H55.{number}").parse().unwrap(),
        name: String::new(),
        short_name: String::new(),
        level: AgencyLevel::Commune,
        parent: None,
        place: None,
        working_week: None,
        validity: Validity::since(journal_of::vn("2022-01-01T00:00")),
        successor: None,
        former_names: Vec::new(),
    };
    let agencies = agencies.iter().enumerate().map(agency).collect();
    let parts = Parts { agencies, ..Parts::default() };
    Tree::new(&Directory::new(tenant.clone(), 1, parts), Vec::new())
}

fn twenty(definitions: &Definitions) -> Vec<&Indicator> {
    let codes = [
        "dossiers.received",
        "dossiers.carried_over",
        "dossiers.in_hand",
        "dossiers.finished",
        "dossiers.clearance",
        "timeliness.on_time_766",
        "timeliness.points_766",
        "timeliness.finished_on_time",
        "timeliness.early_share",
        "timeliness.running_late",
        "timeliness.mean_handling_days",
        "acceptance.in_time",
        "acceptance.waiting",
        "online.share",
        "online.full_share",
        "papers.digital_share",
        "papers.reused_share",
        "supplements.share",
        "fees.online_share_766",
        "results.electronic_share_766",
    ];
    codes.map(|code| definitions.get(code).unwrap()).to_vec()
}

fn clock() -> Instant {
    Instant::now()
}
