//! The stages of `cargo xtask test`.

use std::process::Command;

use anyhow::{Result, ensure};

use crate::{
    postgres::Server,
    provide::provide,
    run::{run, stage, works},
};

/// The browser tests, which need the built program and a browser.
const BROWSER: &str = "browser";

/// Everything, in the order in which a failure is cheapest.
pub(crate) fn everything() -> Result<()> {
    let provided = provide()?;
    stage("formatting", || {
        run(cargo(&["fmt", "--all", "--check"]).env("CARGO_TERM_COLOR", "never"))
    })?;
    stage("clippy", || {
        run(&mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
    })?;
    let server = Server::start(&provided.postgres, false)?;
    let config = server.config();
    stage("tests on both stores", || tests(&config, &["--workspace"], Some(BROWSER), None))?;
    stage("documentation tests", || doc_tests(&config))?;
    stage("browser", || tests(&config, &["--package", "tinhso", "--test", BROWSER], None, None))
}

/// The tests whose name contains `name`.
pub(crate) fn some(name: &str) -> Result<()> {
    let provided = provide()?;
    let server = Server::start(&provided.postgres, false)?;
    stage("tests", || tests(&server.config(), &["--workspace"], None, Some(name)))
}

/// Runs tests; a run that executed none fails.
fn tests(config: &str, what: &[&str], without: Option<&str>, name: Option<&str>) -> Result<()> {
    let nextest = works("cargo", &["nextest", "--version"]);
    let mut command = if nextest {
        let mut command = cargo(&["nextest", "run", "--no-tests=fail"]);
        command.args(what);
        if let Some(without) = without {
            command.args(["-E", &format!("not binary({without})")]);
        }
        command
    } else {
        let mut command = cargo(&["test"]);
        command.args(what);
        command
    };
    command.args(name);
    if !nextest {
        // The plain harness has no filter by binary: the browser tests ask this variable.
        command.args(["--", "--test-threads=2"]);
        command.env("TINHSO_TEST_BROWSER", if without.is_some() { "later" } else { "now" });
    }
    run(needs(&mut command, config))
}

fn doc_tests(config: &str) -> Result<()> {
    let mut command = cargo(&["test", "--workspace", "--doc"]);
    let out = needs(&mut command, config).output()?;
    let text = String::from_utf8_lossy(&out.stdout);
    print!("{text}");
    ensure!(out.status.success(), "failed: {}", String::from_utf8_lossy(&out.stderr));
    ensure!(text.contains("... ok"), "no documentation test ran");
    Ok(())
}

/// Tells tests where PostgreSQL is, and that nothing may be skipped.
fn needs<'c>(command: &'c mut Command, config: &str) -> &'c mut Command {
    command.env("TINHSO_TEST_POSTGRES", config).env("TINHSO_TEST_REQUIRED", "1")
}

fn cargo(arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    command
}
