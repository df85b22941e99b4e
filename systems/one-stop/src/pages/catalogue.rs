//! The catalogue of procedures: what each asks for, how long it may take, who does what.

use std::sync::Arc;

use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::ProcedureRef;
use kernel::{ProcedureCode, today};
use maud::{Markup, html};
use procedure::{ChannelLimit, Procedure, TimeLimit};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs, empty, errors,
        filter::{self, FilterBar},
        section,
        table::{self, Column, Row, Table},
        tag,
    },
    form::Faults,
    http::Problem,
    page, tr,
};

use super::{ENTRIES, PROCEDURES, asked, limits, typed::Typed};
use crate::{Desk, Error, pages};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(PROCEDURES, get(all))
        .route(&format!("{PROCEDURES}/{{code}}"), get(one))
        .route(&format!("{PROCEDURES}/{{code}}/quy-trinh.toml"), get(text))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
}

async fn all(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let ctx = pages::context(&desk, &me).await?;
    let shelf = desk.book.shelf();
    let searched = !asked.q.trim().is_empty();
    let found = if searched {
        shelf.search(&asked.q, None, today(me.now))
    } else {
        shelf.all().cloned().collect()
    };
    let mut rows = Vec::new();
    let mut sector = "";
    for procedure in &found {
        if !searched && procedure.sector != sector {
            sector = &procedure.sector;
            let count = found.iter().filter(|other| other.sector == sector).count();
            rows.push(Row::Group(sector.to_owned(), tr!(me, "catalogue-count", n = count)));
        }
        rows.push(row(&me, procedure));
    }
    let hint = tr!(me, "catalogue-search-hint");
    let bar = FilterBar {
        action: PROCEDURES.to_owned(),
        search: Some((tr!(me, "catalogue-search"), hint, asked.q.clone())),
        clear: searched.then(|| PROCEDURES.to_owned()),
        ..FilterBar::default()
    };
    let every = tr!(me, "catalogue-all");
    let main = html! {
        h1 { (tr!(me, "catalogue-title")) }
        p.row { a.btn.sm href=(ENTRIES) { (tr!(me, "entries-title")) } }
        (filter::bar(&ctx, &bar))
        @if rows.is_empty() {
            (empty::empty(&tr!(me, "catalogue-none"), Some((every.as_str(), PROCEDURES))))
        } @else {
            (table::table(&Table {
                caption: tr!(me, "catalogue-title"),
                caption_shown: false,
                columns: vec![
                    Column::text(tr!(me, "catalogue-name")),
                    Column::text(tr!(me, "catalogue-limit")),
                    Column::figures(tr!(me, "catalogue-steps")),
                ],
                rows,
            }))
        }
    };
    Ok(page::desk(&ctx, &tr!(me, "catalogue-title"), main))
}

fn row(me: &SignedIn, procedure: &Procedure) -> Row {
    let limits = procedure.channels.iter().map(|channel| limit(me, channel));
    Row::Cells(vec![
        html! {
            a href={ (PROCEDURES) "/" (procedure.code) } { (procedure.name) }
            span.sub { code { (procedure.code) } span { (procedure.sector) } }
        },
        html! { div { @for text in limits { span.sub { (text) } } } },
        html! { (procedure.workflow.steps().len()) },
    ])
}

/// "tại quầy: 3 ngày làm việc", or that nobody has confirmed it.
pub(super) fn limit(me: &SignedIn, channel: &procedure::Channel) -> String {
    let way = me.words.t(&format!("channel-{}", channel.kind.word()));
    let time = match &channel.limit {
        ChannelLimit::Confirmed(limit) => said_limit(me, limit.time_limit()),
        ChannelLimit::ToConfirm(Some(text)) => {
            let said = stated(channel).map_or_else(|| text.clone(), |l| said_limit(me, l));
            tr!(me, "catalogue-to-confirm", text = said)
        }
        ChannelLimit::ToConfirm(None) => tr!(me, "catalogue-no-limit"),
    };
    format!("{way}: {time}")
}

/// What a limit that waits to be confirmed was published as: often a number and a unit, sometimes
/// neither.
pub(super) fn stated(channel: &procedure::Channel) -> Option<TimeLimit> {
    match &channel.limit {
        ChannelLimit::ToConfirm(Some(text)) => text.parse().ok(),
        _ => None,
    }
}

pub(super) fn said_limit(me: &SignedIn, limit: procedure::TimeLimit) -> String {
    let unit = match limit.unit() {
        procedure::Unit::WorkingHour => "working-hours",
        procedure::Unit::WorkingDay => "working-days",
        procedure::Unit::CalendarDay => "calendar-days",
        procedure::Unit::Month => "months",
    };
    me.words.t_with(&format!("catalogue-{unit}"), &[("n", limit.amount().into())])
}

/// The procedure with this code, in its newest version.
pub(super) fn known(desk: &Desk, code: &str) -> Option<Arc<Procedure>> {
    desk.book.shelf().newest(&code.parse().ok()?).cloned()
}

async fn one(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let procedure = known(&desk, &code).ok_or_else(Problem::not_found)?;
    page(&desk, &me, &procedure, &Typed::default(), &Faults::default()).await
}

/// The page of a procedure, with what was typed to confirm a time limit.
pub(super) async fn page(
    desk: &Desk,
    me: &SignedIn,
    procedure: &Procedure,
    typed: &Typed,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let ctx = pages::context(desk, me).await?;
    let back = tr!(me, "catalogue-title");
    let toml = format!("{PROCEDURES}/{}/quy-trinh.toml", procedure.code);
    let dossiers = asked::address(super::REGISTER, &[("thu_tuc", procedure.code.as_str())]);
    let main = html! {
        (crumbs::crumbs(&me.words, &[(back.as_str(), PROCEDURES)], procedure.code.as_str()))
        h1 { (procedure.name) }
        p.row {
            (tag::code(procedure.code.as_str())) (tag::tag(&procedure.sector))
            (tag::tag(&me.words.t(&format!("catalogue-online-{}", procedure.online_level.word()))))
            span.muted { (tr!(me, "catalogue-version", n = procedure.version,
                day = me.words.date(procedure.valid_from))) }
        }
        p.row { a.btn.sm href=(dossiers) { (tr!(me, "catalogue-dossiers")) }
            a.btn.sm href=(toml) download { (tr!(me, "catalogue-toml")) } }
        div.stack {
        (limits::waiting(desk, me, procedure, typed, faults))
        (channels(desk, me, procedure))
        (components(me, procedure))
        (workflow(me, procedure))
        (section::card("basis", &tr!(me, "catalogue-basis"), html! {
            p { (tr!(me, "catalogue-decider", who = procedure.decider.clone())) }
            ul.l { @for law in &procedure.legal_basis { li { (law) } } }
            ul.l { @for result in &procedure.results { li { (tr!(me, "catalogue-result")) " " (result.name) } } }
        }))
        }
    };
    Ok(page::desk(&ctx, &errors::title(&me.words, faults, &procedure.name), main))
}

fn channels(desk: &Desk, me: &SignedIn, procedure: &Procedure) -> Markup {
    let of = ProcedureRef { code: procedure.code.clone(), version: procedure.version };
    let shelf = desk.book.shelf();
    let confirmations = shelf.confirmations(&of);
    let rows = procedure.channels.iter().map(|channel| {
        let confirmed = channel.promise().is_some();
        let said = if confirmed { "catalogue-confirmed" } else { "catalogue-unconfirmed" };
        let fees: Vec<String> = procedure
            .fees_for(channel.kind)
            .map(|fee| {
                let amount = i64::try_from(fee.amount).unwrap_or(i64::MAX);
                tr!(me, "catalogue-fee", name = fee.name.clone(), per = fee.per.clone(),
                    amount = me.words.money(amount))
            })
            .collect();
        Row::Cells(vec![
            html! { (limit(me, channel)) @if let Some(note) = &channel.note { span.sub { (note) } } },
            html! {
                div {
                    (me.words.t(said))
                    @for one in confirmations.iter().filter(|one| one.channel == channel.kind) {
                        (limits::confirmed_by(me, one))
                    }
                }
            },
            html! {
                div {
                    @if fees.is_empty() { (tr!(me, "catalogue-free")) }
                    @for fee in &fees { span.sub { (fee) } }
                }
            },
        ])
    });
    table::table(&Table {
        caption: tr!(me, "catalogue-limits"),
        caption_shown: true,
        columns: vec![
            Column::text(tr!(me, "catalogue-limit")),
            Column::text(tr!(me, "catalogue-confirmation")),
            Column::text(tr!(me, "catalogue-fees")),
        ],
        rows: rows.collect(),
    })
}

fn components(me: &SignedIn, procedure: &Procedure) -> Markup {
    let rows = procedure.components.iter().map(|component| {
        let kind = me.words.t(&format!("catalogue-kind-{}", component.kind.word()));
        let need = if component.required { "catalogue-required" } else { "catalogue-optional" };
        Row::Cells(vec![
            html! { (component.name) },
            html! { (kind) },
            html! { (component.copies) },
            html! { (me.words.t(need)) },
        ])
    });
    table::table(&Table {
        caption: tr!(me, "catalogue-components"),
        caption_shown: true,
        columns: vec![
            Column::text(tr!(me, "catalogue-component")),
            Column::text(tr!(me, "catalogue-kind")),
            Column::figures(tr!(me, "catalogue-copies")),
            Column::text(tr!(me, "catalogue-need")),
        ],
        rows: rows.collect(),
    })
}

fn workflow(me: &SignedIn, procedure: &Procedure) -> Markup {
    let rows = (1_i64..).zip(procedure.workflow.steps()).map(|(n, step)| {
        let agency = match &step.agency {
            procedure::AgencySelector::Deciding => tr!(me, "catalogue-deciding"),
            procedure::AgencySelector::Receiving => tr!(me, "catalogue-receiving"),
            procedure::AgencySelector::Named(code) => {
                let named = me.directory.agency_by_code(code);
                named.map_or_else(|| code.to_string(), |agency| agency.name.clone())
            }
        };
        let role = format!("catalogue-role-{}", step.role.as_str().replace('_', "-"));
        let role =
            if me.words.has(&role) { me.words.t(&role) } else { step.role.as_str().to_owned() };
        let outcomes: Vec<&str> = step.choices().into_iter().map(|(_, name)| name).collect();
        Row::Cells(vec![
            html! { (n) },
            html! { b { (step.name) } @if let Some(output) = &step.output { span.sub { (output) } } },
            html! { (role) span.sub { (agency) } },
            html! { (me.words.decimal(step.hours.hours(), 2).trim_end_matches('0').trim_end_matches([',', '.'])) },
            html! { (outcomes.join("; ")) },
        ])
    });
    table::table(&Table {
        caption: tr!(me, "catalogue-workflow"),
        caption_shown: true,
        columns: vec![
            Column::figures(tr!(me, "catalogue-step-no")),
            Column::text(tr!(me, "catalogue-step")),
            Column::text(tr!(me, "catalogue-who")),
            Column::figures(tr!(me, "catalogue-hours")),
            Column::text(tr!(me, "catalogue-outcomes")),
        ],
        rows: rows.collect(),
    })
}

async fn text(
    State(desk): State<Desk>,
    _me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let code: ProcedureCode = code.parse().map_err(|_| Problem::not_found())?;
    let name = format!("attachment; filename=\"{code}.toml\"");
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let text: Option<String> = desk::procedure_text(tx, tenant, &code)?;
        Ok::<_, Error>(text)
    });
    let text = read.await.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    let kind = "application/toml; charset=utf-8".to_owned();
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, text).into_response())
}
