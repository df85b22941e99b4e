//! Officers of one ward who carry birth registrations from the counter to the family, at a pace.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::time::sleep_until;

use crate::{
    caller::Caller,
    desk::life::{Asked, Tokens},
};

/// Connections of the load.
const CONNECTIONS: u32 = 32;

/// What came of a load.
pub(super) struct Load {
    pub(super) lives: Vec<Life>,
    /// Commands that were refused.
    pub(super) failed: u32,
    /// From the first command to the last answer.
    pub(super) lasted: Duration,
}

/// A dossier, and when each of its commands was answered.
pub(super) struct Life {
    pub(super) code: String,
    pub(super) answered: Vec<Instant>,
}

/// Commands at so many a second, or as many as the program answers.
pub(super) async fn run(
    address: SocketAddr,
    tokens: &Tokens,
    rate: u32,
    lasts: Duration,
) -> Result<Load> {
    let begin = Instant::now() + Duration::from_millis(100);
    let gap = Duration::from_secs(1) * CONNECTIONS / rate;
    let one = |number: u32| async move {
        let pace = Pace { next: begin + gap * number / CONNECTIONS, gap, end: begin + lasts };
        one(address, tokens, u64::from(rate + number), pace).await
    };
    let all = futures_util::future::try_join_all((0..CONNECTIONS).map(one)).await?;
    let mut whole = Load { lives: Vec::new(), failed: 0, lasted: begin.elapsed() };
    for (lives, failed) in all {
        whole.lives.extend(lives);
        whole.failed += failed;
    }
    Ok(whole)
}

/// When the next command is due.
struct Pace {
    next: Instant,
    gap: Duration,
    end: Instant,
}

impl Pace {
    /// Waits for the next turn, or is late; false where the load is over.
    async fn turn(&mut self) -> bool {
        sleep_until(self.next.into()).await;
        self.next += self.gap;
        Instant::now() < self.end
    }
}

/// One connection, with one dossier after the other.
async fn one(
    address: SocketAddr,
    tokens: &Tokens,
    of: u64,
    mut pace: Pace,
) -> Result<(Vec<Life>, u32)> {
    let mut caller = Caller::connect(address).await?;
    let (mut lives, mut failed) = (Vec::<Life>::new(), 0);
    for dossier in 0_u64.. {
        let mut life = Life { code: String::new(), answered: Vec::new() };
        let number = of * 10_007 + dossier;
        for asked in Asked::LIFE.into_iter().filter(|asked| asked.is_command()) {
            if !pace.turn().await {
                lives.extend((!life.answered.is_empty()).then_some(life));
                return Ok((lives, failed));
            }
            match asked.ask(&mut caller, tokens, &life.code, number).await? {
                Some(code) => life.code = code,
                None => {
                    // What follows would be refused too.
                    failed += 1;
                    break;
                }
            }
            life.answered.push(Instant::now());
        }
        lives.extend((!life.answered.is_empty()).then_some(life));
    }
    Ok((lives, failed))
}
