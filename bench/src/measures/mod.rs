//! Measured results: the grid of figures beside DuckDB, the cube computed anew, a national month
//! of reports, the forecast of a province, and the way from an event to the screen.
//!
//! What a crate measures of itself is run here and not written twice; its lines begin with its
//! name.

mod cube;
mod national;
mod of_crate;
mod screen;

use std::{env, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::program::Province;

/// The parts, in the order in which they are measured.
const PARTS: [&str; 4] = ["cube", "report", "simulation", "screen"];

/// Measures the part of that name, or all of them.
pub(crate) fn run(part: Option<&str>) -> Result<()> {
    let Some(part) = part else {
        return PARTS.into_iter().try_for_each(|part| run(Some(part)));
    };
    let named = |name: &str| env::var_os(name).map(PathBuf::from).context(name.to_owned());
    match part {
        "cube" => cube::run(&named("TINHSO_BENCH_DUCKDB")?),
        "report" => national::run(),
        "simulation" => of_crate::run("forecast", "province", &["separate", "connected"]).map(drop),
        "screen" => {
            let dossiers =
                env::var("TINHSO_BENCH_DOSSIERS").map_or(Ok(2_000), |text| text.parse())?;
            let (program, folder) = (named("TINHSO_BENCH_PROGRAM")?, named("TINHSO_BENCH_FOLDER")?);
            screen::run(&Province::of(program, &folder, dossiers))
        }
        other => bail!("there is no part {other}; there are {}", PARTS.join(", ")),
    }
}
