//! Figures by agency, for everybody: numerator and denominator, and nothing where nobody answered.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use desk::ANSWERS_MIN;
use jiff::SignedDuration;
use maud::{Markup, html};
use web::{
    Icon, MaybeCitizen, Words,
    components::{
        empty::empty,
        table::{self, Column, Row, Table},
    },
    http::Problem,
    icon, page, tr,
};

use super::{PUBLIC, parts};
use crate::{
    Feedback, Result,
    queries::{self, AgencyFigures},
};

/// The figures are of so many days.
const DAYS: i64 = 90;

pub(super) async fn page(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
) -> Result<Response, Problem> {
    let (shared, now) = (feedback.clone(), me.now);
    let from = now - SignedDuration::from_hours(24 * DAYS);
    let read = feedback.front.store.read(move |tx| queries::figures(tx, &shared, from, now, now));
    let figures = read.await?;
    let mut ctx = me.page();
    ctx.place.unit = tr!(ctx, "feedback-title");
    let main = html! {
        p { a.bk href=(PUBLIC) { (tr!(ctx, "feedback-title")) } }
        h1 { (tr!(ctx, "feedback-figures")) }
        p.muted { (tr!(ctx, "feedback-figures-lead", days = DAYS)) }
        @if figures.is_empty() { (empty(&tr!(ctx, "feedback-figures-none"), None)) }
        @else {
            section.card.box aria-label=(tr!(ctx, "feedback-figures")) {
                (table_of(&feedback, &ctx.words, &figures))
            }
        }
        p.small.muted.after { (tr!(ctx, "feedback-figures-how", min = ANSWERS_MIN)) }
        p.after { a.row href="/hai-long?loai=phan-anh" { (icon(Icon::Care)) (tr!(ctx, "feedback-ratings-all")) } }
    };
    Ok(page::citizen(&ctx, &tr!(ctx, "feedback-figures"), main).into_response())
}

fn table_of(feedback: &Feedback, words: &Words, figures: &[AgencyFigures]) -> Markup {
    let directory = feedback.front.directory.get();
    let row = |of: &AgencyFigures| {
        Row::Cells(vec![
            html! { (parts::agency(&directory, of.agency)) },
            html! { (words.number(of.answered)) },
            share(words, of.on_time, of.answered, "feedback-no-answers"),
            html! { @if of.answered > 0 { (took(words, of.hours)) } @else { (tr!(words, "feedback-no-answers")) } },
            satisfied(words, of),
            html! { (words.number(of.late)) },
        ])
    };
    let columns = vec![
        Column::text(tr!(words, "feedback-agency")),
        Column::figures(tr!(words, "feedback-answered")),
        Column::figures(tr!(words, "feedback-on-time")),
        Column::figures(tr!(words, "feedback-took")),
        Column::figures(tr!(words, "feedback-satisfied")),
        Column::figures(tr!(words, "feedback-late-now")),
    ];
    let caption = tr!(words, "feedback-figures");
    let rows = figures.iter().map(row).collect();
    table::table(&Table { caption, caption_shown: false, columns, rows })
}

/// "91,2% (31 trên 34)", or that nobody said anything.
fn share(words: &Words, part: u32, of: u32, none: &str) -> Markup {
    match words.percent(part.into(), of.into()) {
        Some(percent) => {
            html! { span { (percent) " " small { (tr!(words, "feedback-of", part = part, of = of)) } } }
        }
        None => html! { span.muted { (words.t(none)) } },
    }
}

/// As [`share`], once enough reporters said something; before, how many.
fn satisfied(words: &Words, of: &AgencyFigures) -> Markup {
    if of.rated > 0 && u64::from(of.rated) < ANSWERS_MIN {
        return html! { span.muted { (tr!(words, "feedback-few-ratings", n = of.rated)) } };
    }
    share(words, of.satisfied, of.rated, "feedback-no-ratings")
}

/// Hours of the clock, as days where there are many.
pub(crate) fn took(words: &Words, hours: f64) -> String {
    if hours < 1.0 {
        return tr!(words, "feedback-under-an-hour");
    }
    if hours < 48.0 {
        return tr!(words, "feedback-hours", n = words.decimal(hours, 0));
    }
    tr!(words, "feedback-days", n = words.decimal(hours / 24.0, 1))
}
