//! Server-sent events: the parts of the page that changed, as they change. Whoever comes back
//! says what they had last, and is sent everything where that is not the newest.

use std::{convert::Infallible, pin::Pin, sync::Arc, time::Duration};

use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use futures_util::{Stream, stream};
use serde_json::json;
use tokio::{
    sync::broadcast::error::RecvError,
    time::{Sleep, sleep},
};
use web::{Lang, SignedIn, http::Problem};

use super::{Room, scope_of};
use crate::live::{Beat, Line};

/// How often a line without news says that it lives.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// After how long a browser has to come again, so that who may look is asked anew. Well below the
/// time after which an idle session ends: coming again is what keeps the session of a screen
/// that nobody touches.
const LINE_MAX: Duration = Duration::from_secs(10 * 60);

pub(super) async fn events(
    State(room): State<Room>,
    me: SignedIn,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let scope = scope_of(&room, &me)?;
    let line = room.live.listen(&scope).ok_or_else(|| Problem::unavailable(30))?;
    let known = headers.get("last-event-id").and_then(|id| id.to_str().ok()?.parse().ok());
    let news = news(line, me.words.lang, known);
    let alive = KeepAlive::new().interval(HEARTBEAT);
    Ok(Sse::new(news).keep_alive(alive).into_response())
}

struct Listening {
    line: Line,
    lang: Lang,
    /// What is sent first, to whoever has something older.
    first: Option<Arc<Beat>>,
    /// Whether everything is sent next, since something was lost.
    whole: bool,
    end: Pin<Box<Sleep>>,
}

fn news(
    line: Line,
    lang: Lang,
    known: Option<u64>,
) -> impl Stream<Item = Result<Event, Infallible>> + use<> {
    let first = line.last.clone().filter(|last| known != Some(last.pos));
    let end = Box::pin(sleep(LINE_MAX));
    let listening = Listening { line, lang, first, whole: known.is_none(), end };
    stream::unfold(listening, |mut at| async move {
        if let Some(first) = at.first.take() {
            at.whole = false;
            return Some((Ok(event(&first, at.lang, true)), at));
        }
        loop {
            let next = tokio::select! {
                next = at.line.news.recv() => next,
                () = &mut at.end => return None,
            };
            match next {
                Ok(beat) => {
                    let whole = std::mem::take(&mut at.whole);
                    return Some((Ok(event(&beat, at.lang, whole)), at));
                }
                Err(RecvError::Lagged(_)) => at.whole = true,
                Err(RecvError::Closed) => return None,
            }
        }
    })
}

fn event(beat: &Beat, lang: Lang, whole: bool) -> Event {
    let all = beat.all.of(lang);
    let parts: serde_json::Map<String, serde_json::Value> = all
        .iter()
        .filter(|(name, _)| whole || beat.changed.contains(name))
        .map(|(name, part)| (name.clone(), part.as_str().into()))
        .collect();
    let data = json!({
        "pos": beat.pos,
        "recorded": beat.recorded.map(|at| at.to_string()),
        "said": beat.said.of(lang),
        "parts": parts,
    });
    Event::default().event("parts").id(beat.pos.to_string()).data(data.to_string())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use axum::body::to_bytes;

    use super::*;
    use crate::live::ByLang;

    /// As a browser that comes back gets it: what is known is not sent again.
    #[tokio::test]
    async fn a_frame_carries_what_changed_in_the_readers_language() {
        let parts = |word: &str| {
            let part = |name: &str, text: String| (name.to_owned(), text);
            BTreeMap::from([
                part("alerts", format!("<p>{word}</p>")),
                part("o-nhan", "<b>2</b>\n<i>\"</i>".to_owned()),
            ])
        };
        let words = |lang| if lang == Lang::Vi { "Không có" } else { "None" };
        let beat = Beat {
            pos: 41,
            recorded: "2026-12-03T02:01:00.25Z".parse().ok(),
            at: "2026-12-03T02:01:01Z".parse().expect("an instant"),
            all: ByLang::make(|lang| parts(words(lang))),
            changed: vec!["o-nhan".to_owned()],
            said: ByLang::make(|lang| words(lang).to_owned()),
        };
        let frames = [event(&beat, Lang::Vi, true), event(&beat, Lang::En, false)];
        let sent = Sse::new(stream::iter(frames.map(Ok::<_, Infallible>))).into_response();
        let text = to_bytes(sent.into_body(), 4096).await.expect("a body");
        insta::assert_snapshot!(String::from_utf8_lossy(&text));
    }
}
