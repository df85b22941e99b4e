//! What a contributor runs: `cargo xtask test`, `cargo xtask bench NAME`.

mod bench;
mod node;
mod postgres;
mod provide;
mod python;
mod run;
mod test;

use std::env;

use anyhow::{Result, bail};

const HELP: &str = "\
cargo xtask test          everything that a change must pass, on both stores, in a real browser
cargo xtask test NAME     the tests whose name contains NAME, on both stores
cargo xtask bench NAME    a benchmark; prints `name value unit` lines (calendar, casework, desk, feedback,
                          measures, pages); TINHSO_BENCH_DOSSIERS says how many dossiers desk, measures
                          and pages have behind them";

fn main() -> Result<()> {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test"] => test::everything(),
        ["test", name] => test::some(name),
        ["bench", name] => bench::run(name),
        _ => bail!("{HELP}"),
    }
}
