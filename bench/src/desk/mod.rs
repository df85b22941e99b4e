//! The whole program under load: the released binary on its own port, with a demonstration
//! province behind it, asked by ordinary officers over HTTP from the same machine.
//!
//! The reference is the same server answering `/healthz`, which touches no store: what HTTP and
//! the load generator alone cost on this machine.

pub(crate) mod life;
mod load;

use std::{env, path::PathBuf, time::Duration};

use anyhow::{Context, Result};

use self::load::{Load, Outcome};
use crate::{
    caller::Caller,
    program::{Province, Served},
    say,
};

/// Requests a second that the platform promises to bear.
const PROMISED: f64 = 1500.0;
/// How long each load lasts.
const LASTS: Duration = Duration::from_secs(20);
/// Connections of the load.
const CONNECTIONS: usize = 32;
/// Officers of a ward: at the counter, civil status, and who signs.
const COUNTER: &str = "hien";
const EXPERT: &str = "khanh";
const SIGNER: &str = "thuha";

/// Starts, memory, "my work" and the mixed load, with as many dossiers as
/// `TINHSO_BENCH_DOSSIERS` says.
pub(crate) fn run() -> Result<()> {
    let program: PathBuf = env::var_os("TINHSO_BENCH_PROGRAM")
        .context("TINHSO_BENCH_PROGRAM names the binary")?
        .into();
    let folder: PathBuf = env::var_os("TINHSO_BENCH_FOLDER").context("TINHSO_BENCH_FOLDER")?.into();
    let dossiers =
        env::var("TINHSO_BENCH_DOSSIERS").ok().map_or(Ok(20_000), |text| text.parse())?;
    let province = Province::of(program, &folder, dossiers);
    if let Some(seconds) = province.make()? {
        say("desk.generation", seconds, "s");
    }
    say("desk.dossiers", dossiers as f64, "dossiers");
    // Once to bring the file into the system's cache, as after a restart of the program alone.
    drop(province.serve()?);
    let served = province.serve()?;
    say("desk.start", served.started.as_secs_f64() * 1e3, "ms");
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(measure(&served))
}

async fn measure(served: &Served) -> Result<()> {
    tokio::time::sleep(Duration::from_secs(5)).await;
    say("desk.idle_memory", served.resident()?, "MiB");
    let tokens = life::Tokens::of(served.address).await?;
    say("desk.signed_in_memory", served.resident()?, "MiB");
    say("desk.my_work.median", my_work(served, &tokens).await?, "ms");
    let load = Load { address: served.address, tokens: &tokens, connections: CONNECTIONS };
    let health = load.health(Duration::from_secs(5)).await?;
    say("desk.healthz", health.rate(), "1/s");
    load.mixed(Duration::from_secs(3), None).await?;
    let most = load.mixed(LASTS, None).await?;
    tell("desk.most", &most);
    say("desk.most.ratio", most.rate() / health.rate(), "of healthz");
    tell("desk.at_1500", &load.mixed(LASTS, Some(PROMISED)).await?);
    say("desk.loaded_memory", served.resident()?, "MiB");
    Ok(())
}

/// What one load showed.
fn tell(name: &str, outcome: &Outcome) {
    say(&format!("{name}.requests"), outcome.rate(), "1/s");
    for (part, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1.0)] {
        say(&format!("{name}.{part}"), outcome.time(share, |_| true), "ms");
    }
    say(&format!("{name}.commands.p99"), outcome.time(0.99, |asked| asked.is_command()), "ms");
    for (asked, count) in outcome.counts() {
        say(&format!("{name}.{asked}.p99"), outcome.time(0.99, |of| of == asked), "ms");
        say(&format!("{name}.{asked}.count"), count as f64, "requests");
    }
    say(&format!("{name}.failed"), outcome.failed as f64, "requests");
}

/// The page "my work" of an expert, one request after the other: the time that the caller sees,
/// so that the server's is less.
async fn my_work(served: &Served, tokens: &life::Tokens) -> Result<f64> {
    let mut caller = Caller::connect(served.address).await?;
    let cookie = format!("tinhso={}", tokens.expert);
    let mut times = Vec::new();
    for _ in 0..300 {
        times.push(caller.page("/viec", &cookie).await?.as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    Ok(times[times.len() / 2])
}
