//! From event to screen: officers carry dossiers on, and the head of the province watches the
//! operations centre of the same program.
//!
//! Counted from the answer that a command was given to the first beat whose position covers the
//! last event of that command, each by the journal's own word. The load, the listener and the
//! program share the machine.

mod line;
mod load;

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};

use self::line::Line;
use crate::{
    caller::Caller,
    desk::life::{Tokens, sign_in},
    program::{Province, Served},
    say,
};

/// Transitions a second that are asked for: an ordinary hour of a province, and what is promised.
const RATES: [u32; 2] = [100, 1000];
/// How long each load lasts.
const LASTS: Duration = Duration::from_secs(20);
/// A few transitions, so that the journal is in the hands of this program before it is measured:
/// one that was killed keeps it for half a minute.
const WARM: (u32, Duration) = (100, Duration::from_secs(1));
/// The head of the province.
const HEAD: &str = "thinh";

pub(super) fn run(province: &Province) -> Result<()> {
    province.make()?;
    let served = province.serve()?;
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(measure(&served))
}

async fn measure(served: &Served) -> Result<()> {
    let address = served.address;
    let head = sign_in(&mut Caller::connect(address).await?, HEAD).await?;
    let tokens = Tokens::of(address).await?;
    let cookies = format!("tinhso={head}");
    watch(address, &tokens, &cookies, WARM).await?;
    for rate in RATES {
        let watched = watch(address, &tokens, &cookies, (rate, LASTS)).await?;
        let name = |part: &str| format!("screen.at_{rate}.{part}");
        say(&name("transitions"), watched.rate, "1/s");
        say(&name("failed"), f64::from(watched.failed), "transitions");
        for (part, share) in [("p50", 0.5), ("p99", 0.99), ("max", 1.0)] {
            let at = ((watched.times.len() - 1) as f64 * share).round() as usize;
            say(&name(part), watched.times[at] * 1e3, "ms");
        }
    }
    Ok(())
}

/// What a screen showed of a load.
struct Watched {
    /// Transitions a second that the program took.
    rate: f64,
    /// Transitions that it refused.
    failed: u32,
    /// Seconds from each answer to the screen, the shortest first.
    times: Vec<f64>,
}

/// Watches the centre under a load.
async fn watch(
    address: SocketAddr,
    tokens: &Tokens,
    cookies: &str,
    (rate, lasts): (u32, Duration),
) -> Result<Watched> {
    let mut line = Line::open(address, cookies).await?;
    let load = load::run(address, tokens, rate, lasts).await?;
    let writes = places(address, tokens, &load.lives).await?;
    let last = writes.iter().map(|write| write.place).max().context("nothing was written")?;
    line.until(last).await?;
    let time = |write: &Write| {
        line.showed(write.place).map(|at| at.saturating_duration_since(write.answered))
    };
    let mut times: Vec<f64> =
        writes.iter().filter_map(time).map(|time| time.as_secs_f64()).collect();
    ensure!(times.len() == writes.len(), "the screen did not show everything");
    times.sort_by(f64::total_cmp);
    let rate = writes.len() as f64 / load.lasted.as_secs_f64();
    Ok(Watched { rate, failed: load.failed, times })
}

/// A command that was answered, and where its last event lies in the journal.
struct Write {
    answered: Instant,
    place: u64,
}

/// Finds every command of the lives in the journal: what one command did was recorded at one
/// instant.
async fn places(address: SocketAddr, tokens: &Tokens, lives: &[load::Life]) -> Result<Vec<Write>> {
    let mut caller = Caller::connect(address).await?;
    let mut writes = Vec::new();
    for life in lives {
        let places = loop {
            match line::story(&mut caller, tokens, &life.code).await? {
                Some(places) => break places,
                // Not sealed yet.
                None => tokio::time::sleep(Duration::from_millis(100)).await,
            }
        };
        let (told, done) = (places.len(), life.answered.len());
        ensure!(told == done, "{}: {done} commands, {told} in the journal", life.code);
        let each = places.into_iter().zip(&life.answered);
        writes.extend(each.map(|(place, answered)| Write { answered: *answered, place }));
    }
    Ok(writes)
}
