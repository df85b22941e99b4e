//! What became of one statement, line by line.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use maud::{Markup, html};
use payments::{
    RunId,
    reconcile::{self, Judged, Verdict},
};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs, kv, pager,
        table::{self, Column, Row, Table},
    },
    http::Problem,
    tr,
};

use super::{BOOKS, books::admit, owed::dong};
use crate::Cashier;

/// Lines on one page.
const LINES: u32 = 100;

pub(super) fn routes() -> Router<Cashier> {
    Router::new().route(&format!("{BOOKS}/lan/{{id}}"), get(show))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    loai: String,
    sau: u32,
}

async fn show(
    State(cashier): State<Cashier>,
    me: SignedIn,
    Path(id): Path<RunId>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    admit(&cashier, &me).await?;
    let verdict = Verdict::from_word(&asked.loai);
    let read = cashier.read(move |tx, cashier| {
        let Some(run) = reconcile::load(tx, &cashier.desk.front.tenant, id)? else {
            return Ok(None);
        };
        let moment = cashier.desk.moment();
        let lines = cashier.desk.in_office(&moment, |office| {
            reconcile::lines(tx, office, id, verdict, asked.sau, LINES)
        })?;
        Ok(Some((run, lines)))
    });
    let (run, lines) = read.await?.ok_or_else(Problem::not_found)?;
    let ctx = desk::context(&cashier.desk, &me).await?;
    let words = &me.words;
    let here = format!("{BOOKS}/lan/{id}");
    let count = |verdict: Verdict| {
        let count = run.summary.of(verdict);
        let text = tr!(
            me,
            "books-count",
            lines = words.number(dong(count.lines)),
            amount = words.money(dong(count.amount))
        );
        let name = words.t(&format!("books-verdict-{}", verdict.word()));
        (name, html! { a href={ (here) "?loai=" (verdict.word()) } { (text) } })
    };
    let mut counts: Vec<(String, Markup)> = Verdict::ALL.iter().map(|v| count(*v)).collect();
    let missing = run.summary.missing_at_bank;
    counts.push((
        tr!(me, "books-missing"),
        html! {
            a href=(BOOKS) {
                (tr!(me, "books-count", lines = words.number(dong(missing.lines)),
                    amount = words.money(dong(missing.amount))))
            }
        },
    ));
    let kind = verdict.map_or("", Verdict::word);
    let more = (lines.len() == LINES as usize).then(|| lines.last().map(|last| last.line.row));
    let next = more.flatten().map(|row| format!("{here}?loai={kind}&sau={row}"));
    let title = tr!(me, "books-run-title", file = run.file_name.as_str());
    let main = html! {
        (crumbs::crumbs(words, &[(&tr!(me, "books-title"), BOOKS)], &run.file_name))
        div.stack {
            p.muted.num {
                (tr!(me, "books-run-of", at = words.moment(run.begun_at),
                    hash = web::i18n::hash_ends(&run.file_sha256)))
            }
            section.card aria-labelledby="kq" { h2 #kq { (tr!(me, "books-result")) } (kv::kv(&counts)) }
            section.card aria-labelledby="dg" {
                h2 #dg {
                    (tr!(me, "books-lines-of"))
                    @if let Some(verdict) = verdict {
                        ": " (words.t(&format!("books-verdict-{}", verdict.word())))
                    }
                }
                (lines_table(&me, &lines))
                (pager::pager(words, None, next.as_deref()))
            }
        }
    };
    let export = html! { a.btn href={ (here) "/ket-qua.csv" } { (tr!(me, "books-export")) } };
    Ok(desk::page(&ctx, &title, export, main))
}

fn lines_table(me: &SignedIn, lines: &[Judged]) -> Markup {
    let words = &me.words;
    let row = |judged: &Judged| {
        Row::Cells(vec![
            html! { (words.number(i64::from(judged.line.row))) },
            html! { (words.moment_near(judged.line.paid_at, me.now)) },
            html! { span.num { (judged.line.number) } },
            html! { (words.money(dong(judged.line.amount))) },
            html! { (words.t(&format!("books-verdict-{}", judged.verdict.word()))) },
            html! { (judged.line.words) },
        ])
    };
    table::table(&Table {
        caption: tr!(me, "books-lines-of"),
        caption_shown: false,
        columns: vec![
            Column::figures(tr!(me, "books-row")),
            Column::text(tr!(me, "books-when")),
            Column::text(tr!(me, "books-number")),
            Column::figures(tr!(me, "books-amount")),
            Column::text(tr!(me, "books-verdict")),
            Column::text(tr!(me, "books-words")).dispensable(),
        ],
        rows: lines.iter().map(row).collect(),
    })
}
