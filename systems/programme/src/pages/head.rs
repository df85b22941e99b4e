//! The head's page: one screen that can be read aloud, and the letter of the month.

mod cards;
mod figures;
mod letter;
mod lists;
mod promises;

pub(super) use letter::letter;
pub(super) use lists::work;
pub(super) use promises::table as promises_table;

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use kernel::{PostId, today};
use maud::html;
use scorecards::Month;
use serde::Deserialize;
use web::{
    Icon, SignedIn,
    components::seg::{self, Segment},
    http::Problem,
    i18n::capital,
    icon, tr,
};

use super::{HEAD, common, parts};
use crate::{
    Error,
    head::{Sheet, sheet},
    measures::month_shown,
    model::month_words,
    queries::seat_today,
};

/// Months back that the page can be seen for.
const MONTHS_BACK: i32 = 24;

/// What may be asked.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Asked {
    /// Which month: `2026-11`.
    pub(super) ky: Option<String>,
}

/// The page of the head whose agency this officer works in.
pub(super) async fn own(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let seat = me.directory.post(me.seat()).filter(|post| post.head).map(|post| post.id);
    let head = seat.or_else(|| me.directory.head_of(me.agency, me.now));
    let head = head.ok_or_else(Problem::not_found)?;
    shown(&desk, &me, head, &asked).await
}

/// The page of one head.
pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(post): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let post = head(&me, &post)?;
    shown(&desk, &me, post, &asked).await
}

/// The seat of an address: that of a head, as it is today.
pub(super) fn head(me: &SignedIn, text: &str) -> Result<PostId, Problem> {
    let post: PostId = text.parse().map_err(|_| Problem::not_found())?;
    let post = seat_today(&me.directory, post);
    let is_head = me.directory.post(post).is_some_and(|post| post.head);
    if is_head { Ok(post) } else { Err(Problem::not_found()) }
}

/// The sheet of a head, to somebody who may see it: the head, and whoever leads or controls the
/// agency from above.
pub(super) async fn open(
    desk: &Desk,
    me: &SignedIn,
    post: PostId,
    asked: &Asked,
) -> Result<Sheet, Problem> {
    let agency = me.directory.post(post).ok_or_else(Problem::not_found)?.agency;
    common::on(desk, me, Action::ViewFigures, agency)?;
    let month = month(me, asked);
    let read =
        common::read(desk, move |tx, desk| sheet(tx, desk, post, month)?.ok_or(Error::Nothing));
    Ok(read.await?)
}

fn month(me: &SignedIn, asked: &Asked) -> Month {
    let running = Month::of(today(me.now));
    let asked = asked.ky.as_deref().and_then(|text| text.parse::<Month>().ok());
    let near = |month: &Month| (0..=MONTHS_BACK).contains(&running.since(*month));
    asked.filter(near).unwrap_or_else(|| month_shown(me.now))
}

async fn shown(
    desk: &Desk,
    me: &SignedIn,
    post: PostId,
    asked: &Asked,
) -> Result<Response, Problem> {
    let sheet = open(desk, me, post, asked).await?;
    let ctx = desk::context(desk, me).await?;
    let own = me.seat() == post;
    let title = if own {
        tr!(me, "programme-head-title")
    } else {
        tr!(me, "programme-head-title-of", who = parts::door(&me.directory, post))
    };
    let beside = html! {
        span.row.push.noprint {
            a.btn.sm href={ (HEAD) "/" (post) "/thu.pdf?ky=" (sheet.month) } {
                (icon(Icon::Print)) (tr!(me, "programme-letter-print", month = month_words(sheet.month)))
            }
        }
    };
    let day = format!("{}, {}", me.words.date_long(today(me.now)), me.words.time(me.now));
    let main = html! {
        p.muted { (capital(&day)) @if !own { ". " (parts::seat(&me.directory, post, me.now)) } }
        (figures::lead(desk, me, &sheet))
        (months(me, &sheet))
        (figures::tiles(desk, me, &sheet))
        @if sheet.is_past() {
            p.muted { (tr!(me, "programme-past", month = month_words(sheet.month))) }
        }
        div.two { (cards::waiting(desk, me, &sheet)) (cards::risks(desk, me, &sheet)) }
        div.two.w { (promises::card(desk, me, &sheet)) (figures::compared(desk, me, &sheet)) }
        div.two { (cards::late(desk, me, &sheet)) (cards::tasks(desk, me, &sheet)) }
    };
    Ok(desk::page(&ctx, &title, beside, main).into_response())
}

/// The months that can be looked at from here: the one that runs and the two before it.
fn months(me: &SignedIn, sheet: &Sheet) -> maud::Markup {
    let running = Month::of(today(me.now));
    let segments: Vec<Segment> = (0..3)
        .map(|back| {
            let month = running.plus(back - 2);
            Segment {
                label: tr!(me, "programme-month", month = month_words(month)),
                href: format!("{HEAD}/{}?ky={month}", sheet.seat),
                current: month == sheet.month,
                ..Segment::default()
            }
        })
        .collect();
    html! { div.noprint.gap { (seg::nav(&me.words, &tr!(me, "programme-months"), &segments)) } }
}
