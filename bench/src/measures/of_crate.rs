//! What a crate measures of itself: its lines are passed on as they come, and kept.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader},
    process::{Command, Stdio},
};

use anyhow::{Context, Result, ensure};

/// Runs a benchmark of a crate; answers its values by name.
pub(super) fn run(package: &str, bench: &str, words: &[&str]) -> Result<BTreeMap<String, f64>> {
    let mut command = Command::new("cargo");
    command.args(["bench", "--quiet", "--package", package, "--bench", bench, "--"]).args(words);
    // The number of the other parts is not the number of this one.
    command.env_remove("TINHSO_BENCH_DOSSIERS").stdout(Stdio::piped());
    let mut child = command.spawn()?;
    let lines = BufReader::new(child.stdout.take().context("its lines")?).lines();
    let mut values = BTreeMap::new();
    for line in lines {
        let line = line?;
        let mut words = line.split(' ');
        if let (Some(name), Some(Ok(value))) = (words.next(), words.next().map(str::parse)) {
            println!("{package}.{line}");
            values.insert(name.to_owned(), value);
        }
    }
    ensure!(child.wait()?.success(), "the benchmark {bench} of {package} failed");
    Ok(values)
}
