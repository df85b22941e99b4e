//! Benchmarks: programs of their own, each with its reference in the same run.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{node::npm, postgres::Server, provide::provide, python::venv, run};

/// The folder of the reference for figures.
const DUCKDB: &str = "bench/duckdb";

/// Runs the benchmark of that name in the release profile.
pub(crate) fn run_named(name: &str, environment: &[(&str, String)]) -> Result<()> {
    let mut command = Command::new("cargo");
    command.args(["run", "--quiet", "--release", "--package", "bench", "--", name]);
    command.envs(environment.iter().map(|(key, value)| (key, value)));
    run::run(&mut command)
}

pub(crate) fn run(name: &str) -> Result<()> {
    match name {
        "calendar" => run_named(name, &[]),
        "casework" => {
            let provided = provide()?;
            let server = Server::start(&provided.postgres, true)?;
            let pgbench = provided.postgres.join("pgbench").display().to_string();
            run_named(
                name,
                &[("TINHSO_BENCH_POSTGRES", server.config()), ("TINHSO_BENCH_PGBENCH", pgbench)],
            )
        }
        "desk" => run_named(name, &built(&target_folder()?)?),
        // The figures of the suggestions, on reports that the model was never shown.
        "feedback" => {
            let test = ["test", "--quiet", "--package", "feedback", "--test", "suggestions"];
            run::run(Command::new("cargo").args(test).args(["--", "--nocapture"]))
        }
        "measures" => {
            venv(DUCKDB)?;
            let duckdb = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(DUCKDB);
            let duckdb = ("TINHSO_BENCH_DUCKDB", duckdb.display().to_string());
            let [program, folder] = built(&target_folder()?)?;
            run_named(name, &[program, folder, duckdb])
        }
        "pages" => {
            provide()?;
            let lighthouse = npm("bench/lighthouse")?.display().to_string();
            let lighthouse = ("TINHSO_BENCH_LIGHTHOUSE", lighthouse);
            let [program, folder] = built(&target_folder()?)?;
            run_named(name, &[program, folder, lighthouse])
        }
        other => {
            bail!(
                "there is no benchmark {other}; there are calendar, casework, desk, \
                 feedback, measures and pages"
            )
        }
    }
}

/// The released program, and the folder in which provinces outlive a run.
fn built(target: &Path) -> Result<[(&'static str, String); 2]> {
    run::run(Command::new("cargo").args(["build", "--quiet", "--release"]))?;
    let program = target.join("release").join("tinhso").display().to_string();
    let folder = target.join("bench").display().to_string();
    Ok([("TINHSO_BENCH_PROGRAM", program), ("TINHSO_BENCH_FOLDER", folder)])
}

/// Where cargo puts what it builds.
fn target_folder() -> Result<PathBuf> {
    let mut command = Command::new("cargo");
    let out = command.args(["metadata", "--no-deps", "--format-version", "1"]).output()?;
    let text = String::from_utf8(out.stdout)?;
    let found =
        text.split("\"target_directory\":\"").nth(1).and_then(|rest| rest.split('"').next());
    Ok(found.context("cargo metadata names no target folder")?.into())
}
