//! The cube computed anew and read, and DuckDB counting the same from as many rows.

use std::{path::Path, process::Command};

use anyhow::{Context, Result, ensure};

use super::of_crate;
use crate::say;

/// The dossiers behind the grid, as the benchmark of the cube has them.
const DOSSIERS: [u64; 2] = [100_000, 10_000_000];
/// Agencies and months of the grid.
const AGENCIES: &str = "500";
const MONTHS: &str = "36";

/// Measures both; `duckdb` is the folder of the reference.
pub(super) fn run(duckdb: &Path) -> Result<()> {
    let cube = of_crate::run("indicators", "cube", &[])?;
    for dossiers in DOSSIERS {
        let scan = scan(duckdb, dossiers)?;
        say(&format!("duckdb.{dossiers}.scan_median"), scan, "ms");
        let name = format!("read.{dossiers}.grid_20x500x36_median");
        let grid = cube.get(&name).with_context(|| name.clone())?;
        say(&format!("grid.{dossiers}.ahead_of_duckdb"), scan / grid, "times");
    }
    Ok(())
}

/// The median of the runs of the reference, in milliseconds.
fn scan(folder: &Path, dossiers: u64) -> Result<f64> {
    let mut command = Command::new(folder.join(".venv/bin/python"));
    command.arg(folder.join("scan.py")).args([&dossiers.to_string(), AGENCIES, MONTHS]);
    let out = command.output().context("the reference")?;
    ensure!(out.status.success(), "{}", String::from_utf8_lossy(&out.stderr));
    let text = String::from_utf8(out.stdout)?;
    let mut times: Vec<f64> = text.lines().map(str::parse).collect::<Result<_, _>>()?;
    times.sort_by(f64::total_cmp);
    times.get(times.len() / 2).copied().context("no time of the reference")
}
