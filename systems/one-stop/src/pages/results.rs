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
    page::{PageContext, csrf_field, desk},
    tr,
};

use super::{DOSSIER, RESULTS, WORK, context, refusal};
use crate::{
    Desk, Moment,
    queries::{
        self,
        work::{After, WorkRow},
    },
};

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
    let line = crate::desk::line(&me.directory, me.agency);
    if let Decision::Denied(denial) = me.may(&shared.front, Action::List, Target::Agency(&line)) {
        let why = refusal::denied(&me.words, &denial, &me.directory, me.now);
        return Err(Problem::forbidden().detail(why).way_out(tr!(me, "nav-work"), WORK));
    }
    let ctx = context(&shared, &me).await?;
    let (inner, agency, after) = (shared.clone(), me.agency, After::parse(&asked.sau));
    let store = &shared.front.store;
    let read = store.read(move |tx| queries::work::results(tx, &inner, agency, after.as_ref()));
    let (rows, next) = read.await?;
    let (moment, title) = (shared.moment(), tr!(me, "nav-results"));
    let next = next.map(|next| format!("{RESULTS}?sau={}", next.text()));
    let page = html! {
        div.row.head {
            h1 { (title) }
            span.muted { (tr!(me, "results-lead")) }
        }
        @if rows.is_empty() {
            (empty(&tr!(me, "results-none"), Some((&tr!(me, "nav-work"), WORK))))
        } @else {
            (table(&shown(&me, &ctx, &moment, &rows)))
            (pager(&me.words, None, next.as_deref()))
        }
    };
    Ok(desk(&ctx, &title, page))
}

fn shown(me: &SignedIn, ctx: &PageContext, moment: &Moment, rows: &[WorkRow]) -> Table {
    let rows = rows.iter().map(|row| {
        let procedure = moment.shelf.version(&row.case.procedure);
        let href = format!("{DOSSIER}/{}", row.case.code);
        let what = html! {
            a.a href=(href) { (procedure.map_or("", |p| p.name.as_str())) }
            span.sub { code { (row.case.code) } }
        };
        let end = row.case.end.map_or("result", procedure::End::word);
        Row::Cells(vec![
            what,
            html! { (row.applicant) },
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
    let unpaid = row.case.unpaid();
    if unpaid > 0 {
        let amount = me.words.money(i64::try_from(unpaid).unwrap_or(i64::MAX));
        return html! {
            p.small { (tr!(me, "results-unpaid", amount = amount)) }
            a.btn.sm href={ (href) "/viec/record_payment" } { (tr!(me, "act-record_payment")) }
        };
    }
    let label = tr!(me, "results-fetched-by", code = row.case.code.as_str());
    html! {
        form.row method="post" action={ (href) "/viec/return_result" } {
            (csrf_field(ctx))
            input type="hidden" name="version" value=(row.case.version);
            input type="hidden" name="back" value=(RESULTS);
            input name="note" aria-label=(label) placeholder=(tr!(me, "results-fetched-hint")) value=(row.applicant) maxlength="200";
            button.btn.sm.go { (tr!(me, "act-return_result")) }
        }
    }
}
