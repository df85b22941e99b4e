//! Durable transitions a second: a case is loaded, its rules decide, and state, event, work and
//! outbox are on the disk before the caller has the answer.
//!
//! The reference is the engine itself: exactly the statements that the program ran, with their
//! values, run by nothing but the driver. Program and reference take turns, on tables of the
//! same size, and the medians are compared.

mod ground;
mod life;
mod postgres;
mod sqlite;
mod world;

use std::{env, time::Duration};

use anyhow::Result;

use self::ground::Pace;
use crate::say;

/// Turns of program and reference, after one of each to warm up.
const ROUNDS: usize = 5;

pub(crate) fn run() -> Result<()> {
    say("casework.fsync_per_second", ground::fsyncs_per_second(Duration::from_secs(1))?, "1/s");
    sqlite::run()?;
    match (env::var("TINHSO_BENCH_POSTGRES"), env::var("TINHSO_BENCH_PGBENCH")) {
        (Ok(config), Ok(pgbench)) => postgres::run(&config, &pgbench),
        _ => {
            eprintln!("TINHSO_BENCH_POSTGRES or TINHSO_BENCH_PGBENCH is not set: SQLite alone");
            Ok(())
        }
    }
}

/// Lets program and reference take turns; answers what each did in the middle of its rounds.
fn take_turns(
    mut program: impl FnMut() -> Result<Pace>,
    mut reference: impl FnMut() -> Result<Pace>,
) -> Result<(Pace, Pace)> {
    program()?;
    reference()?;
    let (mut programs, mut references) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        programs.push(program()?);
        references.push(reference()?);
    }
    Ok((middle(&programs), middle(&references)))
}

fn middle(paces: &[Pace]) -> Pace {
    let median = |mut values: Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.get(values.len() / 2).copied()
    };
    let rate = median(paces.iter().map(|pace| pace.rate).collect());
    let cost = median(paces.iter().filter_map(|pace| pace.cost).collect());
    Pace { rate: rate.unwrap_or_default(), cost }
}
