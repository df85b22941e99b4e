//! Who stands where: agencies by their scores, ties as they are published; and other provinces by
//! what was published of them.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use desk::{
    Furnished,
    typed::{Typed, forged},
};
use identity::access::Action;
use kernel::AgencyId;
use maud::{Markup, html};
use scorecards::{Number, Scored, rank};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        empty, errors,
        fields::{self, Field},
        flash::Flash,
        section,
        table::{self, Column, Row, Table},
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{Asked, At, SCORES, admit, may, only, stamp, words};
use crate::{Error, Scoring, commands, model::Published, queries, standing};

/// Rows that may be recorded at once.
const ROWS_MAX: usize = 100;
/// Agencies that are ranked on one page.
const RANKED_MAX: usize = 400;

pub(super) fn routes() -> Router<Scoring> {
    Router::new()
        .route(&format!("{SCORES}/{{name}}/xep-hang"), get(show))
        .route(&format!("{SCORES}/{{name}}/xep-hang/cong-bo"), post(record))
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    page(&scoring, &me, &name, &asked, (&Faults::default(), "")).await
}

async fn page(
    scoring: &Scoring,
    me: &SignedIn,
    name: &str,
    asked: &Asked,
    (faults, typed): (&Faults, &str),
) -> Result<Markup, Problem> {
    admit(scoring, me)?;
    let at = At::of(scoring, me, name, asked)?;
    let card = at.card(scoring)?;
    let of_agencies = at.name != "dti-922";
    let agencies = if of_agencies { ranked(me) } else { Vec::new() };
    let (wanted, of) = (agencies.clone(), at.clone());
    let province = super::shared::Parts::province(me);
    let read = scoring.read(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        let others = queries::published(tx, scoring, card.id())?;
        let ours = standing::standing(tx, scoring, card, province, of.period)?.scored;
        if wanted.is_empty() {
            return Ok((Vec::new(), others, ours));
        }
        let all = standing::standings(tx, scoring, card, &wanted, of.period)?;
        let scored: Vec<Scored> = all.into_iter().map(|standing| standing.scored).collect();
        Ok::<_, Error>((scored, others, ours))
    });
    let (scored, others, ours) = read.await?;
    let ctx = desk::context(scoring.desk(), me).await?;
    let title = tr!(me, "scoring-ranking-title", name = words::name(&me.words, card.name()));
    let card_name = words::name(&me.words, card.name());
    let directs = may(scoring, me, Action::Direct, province);
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "scoring-title"), SCORES), (card_name, &at.address(""))],
            &tr!(me, "scoring-ranking")))
        (errors::summary(&me.words, faults))
        p.muted { (desk::period_text(&me.words, at.period)) ". " (tr!(me, "scoring-ranking-lead")) }
        @if of_agencies { (of_agencies_table(me, &at, card, &agencies, &scored)) }
        div.after { (provinces(me, card, &others, &ours)) }
        @if directs {
            @let label = tr!(me, "scoring-published-rows");
            @let hint = tr!(me, "scoring-published-hint");
            @let (source, at_label) = (tr!(me, "scoring-published-source"), tr!(me, "scoring-published-at"));
            div.after { (section::card("record", &tr!(me, "scoring-published-add"), html! {
                form.stack method="post" action=(at.address("/xep-hang/cong-bo")) {
                    (csrf_field(&ctx))
                    (fields::textarea(&me.words, &Field::new("dong", &label).hint(&hint)
                        .letters_max(4000).fault(faults.of("dong")), typed))
                    (fields::text(&me.words, &Field::new("nguon", &source).letters_max(200)
                        .fault(faults.of("nguon")), ""))
                    (fields::text(&me.words, &Field::new("luc", &at_label).letters_max(30)
                        .fault(faults.of("luc")), ""))
                    p.acts { button.btn { (tr!(me, "scoring-published-do")) } }
                }
            })) }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

/// The agencies that are ranked against each other: all open ones but the topmost.
fn ranked(me: &SignedIn) -> Vec<AgencyId> {
    let open = me.directory.agencies().filter(|one| one.validity.covers(me.now));
    let mut all: Vec<_> = open.filter(|one| one.parent.is_some()).collect();
    all.sort_by(|one, two| one.code.cmp(&two.code));
    all.into_iter().map(|one| one.id).take(RANKED_MAX).collect()
}

fn of_agencies_table(
    me: &SignedIn,
    at: &At,
    card: &scorecards::Scorecard,
    agencies: &[AgencyId],
    scored: &[Scored],
) -> Markup {
    let entries: Vec<(String, Option<Number>)> = agencies
        .iter()
        .zip(scored)
        .map(|(agency, scored)| (agency.to_string(), scored.total().published.value.clone()))
        .collect();
    let row = |placed: &scorecards::Placed| {
        let place = entries.iter().position(|(id, _)| *id == placed.name)?;
        let (agency, total) = (me.directory.agency(agencies[place])?, scored[place].total());
        let of = At { agency: agency.id, code: agency.code.to_string(), ..at.clone() };
        let dash = || tr!(me, "scoring-none");
        Some(Row::Cells(vec![
            html! { (placed.rank.map_or_else(dash, |rank| rank.to_string())) },
            html! { a.a href=(of.address("")) { (agency.name) } },
            html! { b { (words::score(&me.words, card, total)) } " "
            small { (tr!(me, "scoring-of", most = words::plain(&me.words, &total.judged))) } },
            html! { (words::total_range(&me.words, card, &scored[place])) },
            html! { (words::band(&me.words, &scored[place]).unwrap_or_default()) },
        ]))
    };
    let rows: Vec<Row> = rank(&entries, card.decimals()).iter().filter_map(row).collect();
    let columns = vec![
        Column::figures(tr!(me, "scoring-rank")),
        Column::text(tr!(me, "scoring-agency")),
        Column::figures(tr!(me, "scoring-score")),
        Column::figures(tr!(me, "scoring-after-review")),
        Column::text(tr!(me, "scoring-band-word")),
    ];
    let caption = tr!(me, "scoring-ranking-agencies");
    html! {
        (table::table(&Table { caption, caption_shown: true, columns, rows }))
        p.small.muted { (tr!(me, "scoring-ranking-how")) }
    }
}

/// Provinces as published, with ours as it stands now.
fn provinces(
    me: &SignedIn,
    card: &scorecards::Scorecard,
    others: &[Published],
    ours: &Scored,
) -> Markup {
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
            html! { @if placed.name == own { b { (placed.name) } } @else { (placed.name) } },
            html! { (value.unwrap_or_else(dash)) },
            html! { @if let Some(told) = told { (told.source) span.sub { (told.at) } }
            @else { (words::total_range(&me.words, card, ours)) } },
        ])
    };
    let title = tr!(me, "scoring-provinces");
    if others.is_empty() {
        return empty::empty(&tr!(me, "scoring-provinces-none"), None);
    }
    let rows = rank(&entries, card.decimals()).iter().map(row).collect();
    let columns = vec![
        Column::figures(tr!(me, "scoring-rank")),
        Column::text(tr!(me, "scoring-province")),
        Column::figures(tr!(me, "scoring-score")),
        Column::text(tr!(me, "scoring-source")),
    ];
    table::table(&Table { caption: title, caption_shown: true, columns, rows })
}

async fn record(
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
    only(&scoring, &me, Action::Direct, super::shared::Parts::province(&me))?;
    let mut faults = Faults::default();
    let (source, told_at) = (typed.get("nguon"), typed.get("luc"));
    if source.is_empty() {
        faults.add("nguon", tr!(me, "scoring-fault-source"));
    }
    let rows: Vec<&str> =
        typed.get("dong").lines().filter(|line| !line.trim().is_empty()).collect();
    let read = |line: &&str| {
        let (name, value) = line.split_once([';', '\t'])?;
        let (name, value) = (kernel::nfc(name.trim()), words::read(value)?);
        let (scorecard, source) = (at.name.clone(), source.to_owned());
        (!name.is_empty() && value >= 0).then(|| Published {
            scorecard,
            name,
            value,
            at: told_at.to_owned(),
            source,
        })
    };
    let read: Vec<Option<Published>> = rows.iter().map(read).collect();
    if let Some(wrong) = read.iter().position(Option::is_none) {
        faults.add("dong", tr!(me, "scoring-fault-row", n = wrong + 1));
    } else if rows.is_empty() || rows.len() > ROWS_MAX {
        faults.add("dong", tr!(me, "scoring-fault-rows", most = ROWS_MAX));
    }
    if !faults.is_empty() {
        let page = page(&scoring, &me, &name, &asked, (&faults, typed.get("dong"))).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let rows: Vec<Published> = read.into_iter().flatten().collect();
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::record_published(tx, scoring, card, &rows, &stamp)
    });
    written.await?;
    let done = Flash::done(tr!(me, "scoring-published-done"));
    Ok(see_other_with(&at.address("/xep-hang"), done))
}
