//! Benchmarks, each beside its reference in the same run: `cargo xtask bench NAME` prints
//! `name value unit` lines.

mod caller;
mod program;

mod calendar;
mod casework;
mod desk;
mod measures;
mod pages;

use std::env;

use anyhow::{Result, bail};

fn main() -> Result<()> {
    match env::args().nth(1).as_deref() {
        Some("calendar") => {
            calendar::run();
            Ok(())
        }
        Some("casework") => casework::run(),
        Some("desk") => desk::run(),
        Some("measures") => measures::run(env::args().nth(2).as_deref()),
        Some("pages") => pages::run(),
        _ => bail!("name a benchmark: calendar, casework, desk, measures or pages"),
    }
}

/// Says one measured value.
fn say(name: &str, value: f64, unit: &str) {
    let digits = if value < 100.0 { 2 } else { 0 };
    println!("{name} {value:.digits$} {unit}");
}
