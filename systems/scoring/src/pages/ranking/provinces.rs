//! Provinces as they were published, with ours as it stands now; and recording what was published.

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::typed::{Typed, forged};
use identity::access::Action;
use maud::{Markup, html};
use scorecards::{Number, Scorecard, Scored, rank};
use web::{
    PageContext, SignedIn,
    components::{
        empty,
        fields::{self, Field},
        flash::Flash,
        section,
        table::{self, Column, Row, Table},
    },
    form::{self, Faults},
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{
    super::{Asked, At, only, stamp, words},
    page,
};
use crate::{Scoring, commands, model::Published, rivals::Rivals, shared::Parts};

/// Rows that may be recorded at once.
const ROWS_MAX: usize = 100;

/// The table; our own last score stands beside ours and has no place of its own.
pub(super) fn table(me: &SignedIn, card: &Scorecard, rivals: &Rivals, ours: &Scored) -> Markup {
    let others = &rivals.others;
    let before = rivals.before.as_ref().map(|before| {
        let value = words::number(&me.words, &before.value, card.decimals());
        let (at, source) = (before.at.as_str(), before.source.as_str());
        tr!(me, "scoring-ours-before", value = value, at = at, source = source)
    });
    if others.is_empty() {
        return html! {
            (empty::empty(&tr!(me, "scoring-provinces-none"), None))
            @if let Some(before) = before { p.small.muted { (before) } }
        };
    }
    let own = tr!(me, "scoring-ours-now");
    let mut entries: Vec<(String, Option<Number>)> =
        others.iter().map(|one| (one.name.clone(), Some(one.value.clone()))).collect();
    entries.push((own.clone(), ours.total().published.value.clone()));
    let row = |placed: &scorecards::Placed| {
        let told = others.iter().find(|one| one.name == placed.name);
        let value =
            placed.value.as_ref().map(|value| words::number(&me.words, value, card.decimals()));
        let dash = || tr!(me, "scoring-none");
        Row::Cells(vec![
            html! { (placed.rank.map_or_else(dash, |rank| rank.to_string())) },
            html! { @if told.is_none() { b { (placed.name) }
                @if let Some(before) = &before { span.sub { (before) } }
            } @else { (placed.name) } },
            html! { (value.unwrap_or_else(dash)) },
            html! { @if let Some(told) = told { (told.source) span.sub { (told.at) } }
            @else { (words::total_range(&me.words, card, ours)) } },
        ])
    };
    let known = others.len() + usize::from(ours.total().published.value.is_some());
    let caption = tr!(me, "scoring-provinces", n = known);
    let rows = rank(&entries, card.decimals()).iter().map(row).collect();
    let columns = vec![
        Column::figures(tr!(me, "scoring-rank")),
        Column::text(tr!(me, "scoring-province")),
        Column::figures(tr!(me, "scoring-score")),
        Column::text(tr!(me, "scoring-source")),
    ];
    table::table(&Table { caption, caption_shown: true, columns, rows })
}

/// The form for scores that were published.
pub(super) fn form(
    me: &SignedIn,
    ctx: &PageContext,
    at: &At,
    (faults, typed): (&Faults, &Typed),
) -> Markup {
    let label = tr!(me, "scoring-published-rows");
    let hint = tr!(me, "scoring-published-hint");
    let (source, told_at) = (tr!(me, "scoring-published-source"), tr!(me, "scoring-published-at"));
    let rows = Field::new("dong", &label).hint(&hint).letters_max(4000);
    let source = Field::new("nguon", &source).letters_max(200).fault(faults.of("nguon"));
    let told_at = Field::new("luc", &told_at).fault(faults.of("luc"));
    section::card(
        "record",
        &tr!(me, "scoring-published-add"),
        html! {
            form.stack method="post" action=(at.address("/xep-hang/cong-bo")) {
                (csrf_field(ctx))
                (fields::textarea(&me.words, &rows.fault(faults.of("dong")), typed.get("dong")))
                (fields::text(&me.words, &source, typed.get("nguon")))
                (fields::date(&me.words, &told_at, typed.get("luc")))
                p.acts { button.btn { (tr!(me, "scoring-published-do")) } }
            }
        },
    )
}

/// What was typed, right by construction where no fault was found.
fn parsed(me: &SignedIn, card: &Scorecard, typed: &Typed, faults: &mut Faults) -> Vec<Published> {
    let rows: Vec<&str> =
        typed.get("dong").lines().filter(|line| !line.trim().is_empty()).collect();
    if rows.is_empty() || rows.len() > ROWS_MAX {
        faults.add("dong", tr!(me, "scoring-fault-rows", most = ROWS_MAX));
    }
    let source = typed.get("nguon");
    if source.is_empty() {
        faults.add("nguon", tr!(me, "scoring-fault-source"));
    }
    let day = faults.take("luc", form::date(typed.get("luc")), |fault| fault.say(&me.words));
    if day.is_some_and(|day| day > kernel::today(me.now)) {
        faults.add("luc", tr!(me, "scoring-fault-published-later"));
    }
    let at = day.map(kernel::vn_date).unwrap_or_default();
    let most = card.index(scorecards::TOTAL).map(|total| total.maximum.clone()).unwrap_or_default();
    let mut read = Vec::new();
    for (nth, line) in (1_usize..).zip(&rows) {
        let parts = line.split_once([';', '\t']);
        let parts = parts.map(|(name, value)| (kernel::nfc(name.trim()), words::read(value)));
        let Some((name, Some(value))) = parts.filter(|(name, _)| !name.is_empty()) else {
            faults.add("dong", tr!(me, "scoring-fault-row", n = nth));
            continue;
        };
        if value.is_negative() || value > most {
            let most = words::plain(&me.words, &most);
            faults.add("dong", tr!(me, "scoring-fault-row-score", n = nth, most = most));
            continue;
        }
        let (scorecard, source, at) = (card.id().to_owned(), source.to_owned(), at.clone());
        read.push(Published { scorecard, name, value, at, source });
    }
    read
}

pub(super) async fn record(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let at = At::of(&scoring, &me, &name, &asked)?;
    only(&scoring, &me, Action::Direct, Parts::province(&me))?;
    let mut faults = Faults::default();
    let rows = parsed(&me, at.card(&scoring)?, &typed, &mut faults);
    if !faults.is_empty() {
        let page = page(&scoring, &me, &name, &asked, (&faults, &typed)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::record_published(tx, scoring, card, &rows, &stamp)
    });
    written.await?;
    let done = Flash::done(tr!(me, "scoring-published-done"));
    Ok(see_other_with(&at.address("/xep-hang"), done))
}
