//! Many connections at once, each with one dossier after the other.
//!
//! At a promised pace every request has its appointed time, and its latency counts from there:
//! who is late because the server was slow before is not counted as quick.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::Result;
use tokio::time::sleep_until;

use super::life::{Asked, Tokens};
use crate::caller::Caller;

pub(super) struct Load<'t> {
    pub(super) address: SocketAddr,
    pub(super) tokens: &'t Tokens,
    pub(super) connections: usize,
}

/// What came of a load.
#[derive(Default)]
pub(super) struct Outcome {
    times: Vec<(Asked, Duration)>,
    pub(super) failed: u64,
    lasted: Duration,
}

impl Outcome {
    /// Answers a second.
    pub(super) fn rate(&self) -> f64 {
        self.times.len() as f64 / self.lasted.as_secs_f64()
    }

    /// Milliseconds within which that share of the chosen requests was answered.
    pub(super) fn time(&self, share: f64, chosen: impl Fn(Asked) -> bool) -> f64 {
        let chosen = self.times.iter().filter(|(asked, _)| chosen(*asked));
        let mut times: Vec<Duration> = chosen.map(|(_, time)| *time).collect();
        times.sort_unstable();
        let last = times.len().saturating_sub(1) as f64;
        let at = (last * share).round() as usize;
        times.get(at).map_or(f64::NAN, |time| time.as_secs_f64() * 1e3)
    }

    /// How often each thing was asked.
    pub(super) fn counts(&self) -> BTreeMap<Asked, usize> {
        let mut counts = BTreeMap::new();
        for (asked, _) in &self.times {
            *counts.entry(*asked).or_default() += 1;
        }
        counts
    }
}

impl Load<'_> {
    /// The mixed load, as fast as it goes or at so many requests a second.
    pub(super) async fn mixed(&self, lasts: Duration, pace: Option<f64>) -> Result<Outcome> {
        self.run(&Asked::LIFE, lasts, pace).await
    }

    /// The reference: an answer that touches no store.
    pub(super) async fn health(&self, lasts: Duration) -> Result<Outcome> {
        self.run(&[Asked::Health], lasts, None).await
    }

    async fn run(&self, life: &[Asked], lasts: Duration, pace: Option<f64>) -> Result<Outcome> {
        let begin = Instant::now() + Duration::from_millis(100);
        let gap = pace.map(|pace| Duration::from_secs_f64(self.connections as f64 / pace));
        // Each connection is at another place of its life, as people are.
        let whole_life = gap.unwrap_or_default() * life.len() as u32;
        let one = |number: usize| async move {
            let mut one = One {
                caller: Caller::connect(self.address).await?,
                begin: begin + whole_life.mul_f64(number as f64 / self.connections as f64),
                end: begin + lasts,
                gap,
                asked: 0,
                outcome: Outcome::default(),
            };
            one.live(life, self.tokens, number as u64).await?;
            anyhow::Ok(one.outcome)
        };
        let all = futures_util::future::join_all((0..self.connections).map(one)).await;
        let mut whole = Outcome { lasted: lasts, ..Outcome::default() };
        for outcome in all {
            let outcome = outcome?;
            whole.times.extend(outcome.times);
            whole.failed += outcome.failed;
        }
        Ok(whole)
    }
}

/// One connection of a load.
struct One {
    caller: Caller,
    begin: Instant,
    end: Instant,
    /// Between two requests, at a promised pace.
    gap: Option<Duration>,
    asked: u32,
    outcome: Outcome,
}

impl One {
    async fn live(&mut self, life: &[Asked], tokens: &Tokens, of: u64) -> Result<()> {
        for dossier in 0_u64.. {
            let (number, mut code) = (of * 10_007 + dossier, String::new());
            for asked in life {
                let from = self.appointed().await;
                if from >= self.end || Instant::now() >= self.end {
                    return Ok(());
                }
                match asked.ask(&mut self.caller, tokens, &code, number).await? {
                    Some(known) => code = known,
                    None => self.outcome.failed += 1,
                }
                self.outcome.times.push((*asked, from.elapsed()));
            }
        }
        Ok(())
    }

    /// When the next request is due: waits for it, or is late.
    async fn appointed(&mut self) -> Instant {
        let Some(gap) = self.gap else { return Instant::now() };
        let at = self.begin + gap * self.asked;
        self.asked += 1;
        sleep_until(at.into()).await;
        at
    }
}
