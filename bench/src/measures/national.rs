//! A national month of reports: every cell held against every rule, added up to the nation.

use std::{hint::black_box, time::Instant};

use anyhow::{Context, Result};
use reports::roll_up::{invent, national};

use crate::say;

/// Communes that report, and cells of each.
const COMMUNES: usize = 3_321;
const CELLS: usize = 200;
/// How often it is timed.
const RUNS: usize = 5;

pub(super) fn run() -> Result<()> {
    let invented = invent(COMMUNES, CELLS).context("the invented form does not load")?;
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let started = Instant::now();
        black_box(national(black_box(&invented)));
        times.push(started.elapsed().as_secs_f64());
    }
    times.sort_by(f64::total_cmp);
    let done = national(&invented);
    say("report.communes", done.communes as f64, "communes");
    say("report.cells", (done.communes * done.cells) as f64, "cells");
    say("report.rules", (done.communes * done.rules) as f64, "rules");
    say("report.remarks", done.remarks as f64, "remarks");
    say("report.national_median", times[RUNS / 2], "s");
    say("report.national_worst", times[RUNS - 1], "s");
    Ok(())
}
