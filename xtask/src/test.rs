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

/// Which tests of the workspace a stage runs. It is always the whole workspace that is built: a
/// part of it would be built anew, with other features.
#[derive(Clone, Copy)]
enum Which<'n> {
    AllButBrowser,
    Browser,
    Named(&'n str),
}

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
    stage("tests on both stores", || tests(&config, Which::AllButBrowser))?;
    stage("browser", || tests(&config, Which::Browser))?;
    stage("documentation tests", || doc_tests(&config))
}

/// The tests whose name contains `name`.
pub(crate) fn some(name: &str) -> Result<()> {
    let provided = provide()?;
    let server = Server::start(&provided.postgres, false)?;
    stage("tests", || tests(&server.config(), Which::Named(name)))
}

/// Runs tests; a run that executed none fails.
fn tests(config: &str, which: Which<'_>) -> Result<()> {
    let nextest = works("cargo", &["nextest", "--version"]);
    let mut command = if nextest {
        cargo(&["nextest", "run", "--workspace", "--no-tests=fail"])
    } else {
        cargo(&["test", "--workspace", "--all-targets"])
    };
    match (which, nextest) {
        (Which::AllButBrowser, true) => command.args(["-E", &format!("not binary({BROWSER})")]),
        (Which::Browser, true) => command.args(["-E", &format!("binary({BROWSER})")]),
        // The plain harness has no filter by binary; it runs them all, and once more by name.
        (Which::AllButBrowser, false) => &mut command,
        (Which::Browser, false) => command.args(["--test", BROWSER]),
        (Which::Named(name), _) => command.arg(name),
    };
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
    // A whole run is never continued from a half-built crate, and those take as much disk again.
    command.args(arguments).env("CARGO_INCREMENTAL", "0");
    command
}
