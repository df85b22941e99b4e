//! Benchmarks: programs of their own, each with its reference in the same run.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{postgres::Server, provide::provide, run};

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
        other => bail!("there is no benchmark {other}; there are calendar and casework"),
    }
}
