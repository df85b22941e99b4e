//! Results that wait to be handed over: who fetched it, one press, done.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use identity::access::{Action, Decision, Target};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        empty::empty,
        pager::pager,
        table::{Column, Row, Table, table},
    },
    http::Problem,
    page::{PageContext, csrf_field},
    tr,
};

use super::{DOSSIER, RESULTS, WORK, asked, context, refusal};
use crate::{
    Desk, Moment, pages,
    queries::work::{self, Bounds, Mark, Narrow, Whose, WorkRow},
};

/// Lines on one page.
const PAGE_ROWS: u32 = 50;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(RESULTS, get(list))
}

#[derive(Debug, Deserialize)]
struct Asked {
    #[serde(default)]
    sau: String,
}

async fn list(
    State(shared): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let line = desk::agency_line(&me.directory, me.agency);
    if let Decision::Denied(denial) = me.may(&shared.front, Action::List, Target::Agency(&line)) {
        let why = refusal::denied(&me.words, &denial, &me.directory, me.now);
        return Err(Problem::forbidden().detail(why).way_out(tr!(me, "nav-work"), WORK));
    }
    let ctx = context(&shared, &me).await?;
    let (inner, bounds) = (shared.clone(), Bounds::at(me.now));
    let whose = Whose::Counter(me.agency, &[casework::RETURN]);
    let after: Option<Mark> = asked.sau.parse().ok();
    let read = shared.front.store.read(move |tx| {
        let all = Narrow::default();
        work::waiting(tx, &inner, whose, &all, bounds, after.as_ref(), PAGE_ROWS)
    });
    let (rows, next) = read.await?;
    let next = next.map(|next| asked::address(RESULTS, &[("sau", &next.to_string())]));
    let lead = html! { span.muted { (tr!(me, "results-lead")) } };
    let moment = shared.moment();
    let main = html! {
        @if rows.is_empty() {
            (empty(&tr!(me, "results-none"), Some((&tr!(me, "nav-work"), WORK))))
        } @else {
            (table(&shown(&me, &ctx, &moment, &rows)))
            (pager(&me.words, None, next.as_deref()))
        }
    };
    Ok(pages::page(&ctx, &tr!(me, "nav-results"), lead, main))
}

fn shown(me: &SignedIn, ctx: &PageContext, moment: &Moment, rows: &[WorkRow]) -> Table {
    let rows = rows.iter().map(|row| {
        let procedure = moment.shelf.version(&row.line.procedure);
        let href = format!("{DOSSIER}/{}", row.line.code);
        let what = html! {
            a.a href=(href) { (procedure.map_or("", |p| p.name.as_str())) }
            span.sub { code { (row.line.code) } }
        };
        let end = row.end();
        Row::Cells(vec![
            what,
            html! { (row.applicant()) },
            html! { (tr!(me, &format!("story-finished-{end}"))) },
            html! { (me.words.moment_near(row.since, me.now)) },
            hand_over(me, ctx, row, &href),
        ])
    });
    Table {
        caption: tr!(me, "nav-results"),
        columns: vec![
            Column::text(tr!(me, "list-case")),
            Column::text(tr!(me, "dossier-applicant")),
            Column::text(tr!(me, "results-which")).dispensable(),
            Column::text(tr!(me, "results-since")),
            Column::text(tr!(me, "list-act")),
        ],
        rows: rows.collect(),
        ..Table::default()
    }
}

fn hand_over(me: &SignedIn, ctx: &PageContext, row: &WorkRow, href: &str) -> Markup {
    if row.unpaid > 0 {
        let amount = me.words.money(i64::try_from(row.unpaid).unwrap_or(i64::MAX));
        return html! {
            p.small { (tr!(me, "results-unpaid", amount = amount)) }
            a.btn.sm href={ (href) "/viec/record_payment" } { (tr!(me, "act-record_payment")) }
        };
    }
    let label = tr!(me, "results-fetched-by", code = row.line.code.as_str());
    html! {
        form.row method="post" action={ (href) "/viec/return_result" } {
            (csrf_field(ctx))
            input type="hidden" name="version" value=(row.line.version);
            input type="hidden" name="back" value=(RESULTS);
            input name="note" aria-label=(label) placeholder=(tr!(me, "results-fetched-hint")) value=(row.applicant()) maxlength="200";
            button.btn.sm.go { (tr!(me, "act-return_result")) }
        }
    }
}
