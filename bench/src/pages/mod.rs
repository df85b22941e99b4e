//! What a page costs whoever opens it: bytes on the first view and after, what Lighthouse says of
//! it on a telephone, and how long the server takes.
//!
//! The reference is `/healthz`, which has no page: what HTTP alone costs on this machine.

mod lighthouse;
mod weight;

use std::{env, path::PathBuf};

use anyhow::{Context, Result, ensure};

use self::lighthouse::Lighthouse;
use crate::{caller::Caller, program::Province, say};

/// Most that a first view may weigh, fonts included, and every view after it; in KB of 1000 bytes.
const FIRST_MAX: f64 = 60.0;
const AFTER_MAX: f64 = 20.0;
/// How often each page is asked for.
const ASKED: usize = 300;

/// The pages that are measured, each by its name.
const PAGES: &[(&str, &str)] = &[("tracking", "/tra-cuu")];

/// Measures every page with as many dossiers as `TINHSO_BENCH_DOSSIERS` says.
pub(crate) fn run() -> Result<()> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from).context(name.to_owned());
    let dossiers =
        env::var("TINHSO_BENCH_DOSSIERS").ok().map_or(Ok(20_000), |text| text.parse())?;
    let province =
        Province::of(named("TINHSO_BENCH_PROGRAM")?, &named("TINHSO_BENCH_FOLDER")?, dossiers);
    province.make()?;
    let served = province.serve()?;
    let lighthouse = Lighthouse::in_folder(named("TINHSO_BENCH_LIGHTHOUSE")?)?;
    say("pages.dossiers", dossiers as f64, "dossiers");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut caller = runtime.block_on(Caller::connect(served.address))?;
    let health = runtime.block_on(median(&mut caller, "/healthz"))?;
    say("pages.healthz.median", health, "ms");
    for (name, path) in PAGES {
        let median = runtime.block_on(median(&mut caller, path))?;
        say(&format!("pages.{name}.median"), median, "ms");
        say(&format!("pages.{name}.ratio"), median / health, "of healthz");
        let seen = lighthouse.look(&format!("http://{}{path}", served.address))?;
        let weight = runtime.block_on(weight::of(&mut caller, &seen.requests))?;
        say(&format!("pages.{name}.first"), weight.first, "KB");
        say(&format!("pages.{name}.after"), weight.after, "KB");
        say(&format!("pages.{name}.performance"), seen.performance, "of 100");
        say(&format!("pages.{name}.accessibility"), seen.accessibility, "of 100");
        say(&format!("pages.{name}.first_paint"), seen.first_paint, "ms");
        ensure!(
            weight.first <= FIRST_MAX && weight.after <= AFTER_MAX,
            "{path} weighs {:.1} KB at first and {:.1} KB after; it may weigh {FIRST_MAX} and {AFTER_MAX}",
            weight.first,
            weight.after
        );
    }
    Ok(())
}

/// The time of a page as the caller sees it, one request after the other, in milliseconds.
async fn median(caller: &mut Caller, path: &str) -> Result<f64> {
    let mut times = Vec::with_capacity(ASKED);
    for _ in 0..ASKED {
        times.push(caller.page(path, "").await?.as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}
