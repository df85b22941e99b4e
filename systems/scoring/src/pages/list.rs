//! Every scorecard, the one in force first, with how we stand by it.

use axum::{Router, extract::State, routing::get};
use desk::Furnished;
use indicators::Period;
use maud::{Markup, html};
use scorecards::Scorecard;
use web::{
    SignedIn,
    components::{
        table::{self, Column, Row, Table},
        tag,
    },
    http::Problem,
    tr,
};

use super::{Asked, At, SCORES, admit, words};
use crate::{Error, Scoring, standing};

pub(super) fn routes() -> Router<Scoring> {
    Router::new().route(SCORES, get(show))
}

async fn show(State(scoring): State<Scoring>, me: SignedIn) -> Result<Markup, Problem> {
    admit(&scoring, &me)?;
    let names: Vec<String> = scoring.mappings.keys().cloned().collect();
    let mut asked = Vec::new();
    for name in &names {
        asked.push(At::of(&scoring, &me, name, &Asked::default())?);
    }
    let wanted = asked.clone();
    let scored = scoring.read(move |tx, scoring| {
        let mut all = Vec::new();
        for at in &wanted {
            let card = scoring.card(&at.name, at.period)?;
            all.push(standing::standing(tx, scoring, card, at.agency, at.period)?.scored);
        }
        Ok::<_, Error>(all)
    });
    let scored = scored.await?;
    let ctx = desk::context(scoring.desk(), &me).await?;
    let today = kernel::today(me.now);
    let mut rows = Vec::new();
    for (at, scored) in asked.iter().zip(&scored) {
        let card = at.card(&scoring)?;
        rows.push(Row::Cells(vec![
            html! {
                a.a href=(at.address("")) { (words::name(&me.words, card.name())) }
                span.sub { span { (words::agency(&me.directory, at.agency, me.now)) }
                    span { (desk::period_text(&me.words, at.period)) } }
            },
            html! { b { (words::score(&me.words, card, scored.total())) } " "
            small { (tr!(me, "scoring-of", most = words::plain(&me.words, &scored.total().maximum))) } },
            html! { (words::total_range(&me.words, card, scored)) },
            validity(&me, card, today),
            html! { a href=(at.address("/dot-pha")) { (tr!(me, "scoring-find")) } },
        ]));
    }
    let title = tr!(me, "scoring-title");
    let columns = vec![
        Column::text(tr!(me, "scoring-card")),
        Column::figures(tr!(me, "scoring-score")),
        Column::figures(tr!(me, "scoring-after-review")),
        Column::text(tr!(me, "scoring-validity")),
        Column::text(""),
    ];
    let main = html! {
        p.muted { (tr!(me, "scoring-lead")) }
        (table::table(&Table { caption: title.clone(), caption_shown: false, columns, rows }))
        p.small.muted.after { (tr!(me, "scoring-how")) }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

/// Whether its decision no longer held at the end of a period.
pub(super) fn is_over(card: &Scorecard, period: Period) -> bool {
    card.valid_to().is_some_and(|last| last < period.last().date())
}

/// From when to when it is in force, and by which decision.
pub(super) fn validity(me: &SignedIn, card: &Scorecard, today: jiff::civil::Date) -> Markup {
    let from = me.words.date(card.valid_from());
    let text = match card.valid_to() {
        Some(last) => tr!(me, "scoring-from-to", first = from, last = me.words.date(last)),
        None => tr!(me, "scoring-since", first = from),
    };
    html! {
        span { (text) }
        @if !card.is_in_force(today) { " " (tag::tag(&tr!(me, "scoring-over"))) }
        // Where it is read as a line, a comma stands between.
        ", " span.sub { (card.legal_basis().join("; ")) }
    }
}
