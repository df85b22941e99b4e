//! A screen of the operations centre: its beats as they come, and the journal's word on a dossier.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, ensure};
use http_body_util::BodyExt as _;
use hyper::{Method, body::Incoming};
use serde_json::Value;
use tokio::{
    sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel},
    time::timeout,
};

use crate::{caller::Caller, desk::life::Tokens};

/// Where the centre sends its beats.
const BEATS: &str = "/dieu-hanh/dong";
/// How long a beat is waited for before the screen counts as dead.
const BEAT_MAX: Duration = Duration::from_secs(30);

/// A beat: when it came, and up to which position was counted.
type Beat = (Instant, u64);

/// A screen that listens.
pub(super) struct Line {
    news: UnboundedReceiver<Beat>,
    beats: Vec<Beat>,
}

impl Line {
    /// Listens, and waits for the first beat.
    pub(super) async fn open(address: SocketAddr, cookies: &str) -> Result<Self> {
        let mut caller = Caller::connect(address).await?;
        let body = caller.listen(BEATS, cookies).await?;
        let (tell, news) = unbounded_channel();
        tokio::spawn(async move {
            // The end of the line is seen by whoever waits for a beat.
            let _ = listen(body, &tell).await;
            drop(caller);
        });
        let mut line = Self { news, beats: Vec::new() };
        line.until(0).await?;
        Ok(line)
    }

    /// Waits until the event at a place of the journal is on the screen.
    pub(super) async fn until(&mut self, place: u64) -> Result<()> {
        while self.showed(place).is_none() {
            let beat = timeout(BEAT_MAX, self.news.recv()).await.context("the screen is dead")?;
            self.beats.push(beat.context("the line was cut")?);
        }
        Ok(())
    }

    /// When the event at a place of the journal was on the screen.
    pub(super) fn showed(&self, place: u64) -> Option<Instant> {
        let at = self.beats.partition_point(|(_, counted)| *counted <= place);
        self.beats.get(at).map(|(when, _)| *when)
    }
}

async fn listen(mut body: Incoming, tell: &UnboundedSender<Beat>) -> Result<()> {
    let mut heard = Vec::new();
    while let Some(frame) = body.frame().await {
        heard.extend_from_slice(frame?.data_ref().context("data")?);
        // An event is whole at its empty line.
        while let Some(end) = heard.windows(2).position(|two| two == b"\n\n") {
            let event: Vec<u8> = heard.drain(..end + 2).collect();
            let event = String::from_utf8(event)?;
            if let Some(id) = event.lines().find_map(|line| line.strip_prefix("id:")) {
                tell.send((Instant::now(), id.trim().parse()?))?;
            }
        }
    }
    Ok(())
}

/// Where each command on a dossier lies in the journal, oldest first; none where one of them is
/// not sealed yet.
pub(super) async fn story(
    caller: &mut Caller,
    tokens: &Tokens,
    code: &str,
) -> Result<Option<Vec<u64>>> {
    let path = format!("/api/v1/dossiers/{code}/events");
    let (status, body) = caller.ask(Method::GET, &path, Some(&tokens.counter), None).await?;
    ensure!(status.is_success(), "{path} answered {status}");
    let events: Vec<Value> = serde_json::from_slice(&body)?;
    let commands = events.chunk_by(|a, b| a["recorded_at"] == b["recorded_at"]);
    let last = |command: &[Value]| command.iter().map(|event| event["position"].as_u64()).max()?;
    let whole = events.iter().all(|event| event["position"].is_u64());
    Ok(whole.then(|| commands.filter_map(last).collect()))
}
