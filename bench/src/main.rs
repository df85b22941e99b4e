//! Benchmarks, each beside its reference in the same run: `cargo xtask bench NAME` prints
//! `name value unit` lines.

mod calendar;
mod casework;
mod desk;

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
        _ => bail!("name a benchmark: calendar, casework or desk"),
    }
}

/// Says one measured value.
fn say(name: &str, value: f64, unit: &str) {
    let digits = if value < 100.0 { 2 } else { 0 };
    println!("{name} {value:.digits$} {unit}");
}
