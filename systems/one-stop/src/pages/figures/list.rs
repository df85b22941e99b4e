//! The dossiers behind a figure.

use axum::extract::{Query, State};
use kernel::today;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs, empty, pager,
        table::{self, Column, Row, Table},
    },
    http::Problem,
    page, tr,
};

use super::Asked;
use crate::{
    Desk, Error,
    pages::{self, DOSSIER, FIGURES, asked},
    queries::{self, Counted, Place, Shelf},
};

/// Dossiers on one page of a list.
const LIST_ROWS: usize = 100;

pub(super) async fn list(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let question = asked.question(&desk, &me).await?;
    if !question.days.faults.is_empty() {
        return Err(Problem::not_found());
    }
    let shelf = Shelf::of_text(&asked.loai).ok_or_else(Problem::not_found)?;
    let after: Option<Place> = asked.sau.parse().ok();
    let (shared, wanted) = (desk.clone(), question.wanted(&me));
    let read = desk
        .front
        .store
        .read(move |tx| queries::figures_list(tx, &shared, &wanted, shelf, after, LIST_ROWS + 1));
    let mut rows = read.await.map_err(|error: Error| Problem::from(error))?;
    let more = rows.len() > LIST_ROWS;
    rows.truncate(LIST_ROWS);
    let path = format!("{FIGURES}/ho-so");
    let next = rows.last().filter(|_| more).map(|last| {
        let after = last.0.to_string();
        question.address(&me, &path, &[("loai", &asked.loai), ("sau", &after)])
    });
    let first = (!asked.sau.is_empty()).then(|| question.shelf(&me, shelf));
    let ctx = pages::context(&desk, &me).await?;
    let (title, back) = (shelf_name(&me, shelf), question.address(&me, FIGURES, &[]));
    let name = asked::name_of(&me.directory, &question.scope);
    let period = asked::period_name(&me, question.period);
    let main = html! {
        (crumbs::crumbs(&me.words, &[(tr!(me, "figures-title").as_str(), back.as_str())], &title))
        h1 { (title) }
        p.muted { (tr!(me, "figures-of", agency = name, period = period)) }
        @if rows.is_empty() {
            (empty::empty(&tr!(me, "figures-list-none"), None))
        } @else {
            (counted_table(&desk, &me, &title, &rows))
            (pager::pager(&me.words, first.as_deref(), next.as_deref()))
        }
    };
    Ok(page::desk(&ctx, &title, main))
}

fn shelf_name(me: &SignedIn, shelf: Shelf) -> String {
    match shelf {
        Shelf::All => tr!(me, "figures-index-all"),
        Shelf::Received => tr!(me, "figures-received"),
        Shelf::CarriedOver => tr!(me, "figures-carried"),
        Shelf::Index(verdict) => {
            let label = me.words.t(&format!("figures-index-{}", verdict.word()));
            tr!(me, "figures-by-index", label = label)
        }
        Shelf::Own(standing) => {
            let label = me.words.t(&format!("figures-own-{}", standing.word()));
            tr!(me, "figures-by-own", label = label)
        }
        Shelf::Differs(_) => tr!(me, "figures-differences"),
    }
}

fn counted_table(desk: &Desk, me: &SignedIn, title: &str, rows: &[(Place, Counted)]) -> Markup {
    let shelf = desk.book.shelf();
    let near = |at| me.words.moment_near(at, me.now);
    let row = |(_, of): &(Place, Counted)| {
        let procedure = shelf.in_force(&of.procedure, today(of.received));
        let name = procedure.map(|procedure| procedure.name.clone());
        let why = format!("figures-why-{}", of.judged.why.word());
        let verdict = format!("figures-index-{}", of.judged.verdict.word());
        let standing = format!("figures-own-{}", of.standing.word());
        Row::Cells(vec![
            html! {
                a href={ (DOSSIER) "/" (of.code) } { (of.code) }
                span.sub { (name.unwrap_or_else(|| of.procedure.to_string())) }
            },
            html! { (near(of.received)) },
            html! { @if let Some(due) = of.due { (near(due)) } },
            html! { @if let Some(end) = of.ended { (near(end)) } },
            html! {
                div {
                    (me.words.t(&verdict))
                    span.sub { (me.words.t_with(&why, &[("end", near(of.judged.end).into())])) }
                }
            },
            html! { (me.words.t(&standing)) },
        ])
    };
    table::table(&Table {
        caption: title.to_owned(),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "register-col-code")),
            Column::text(tr!(me, "register-col-accepted")),
            Column::text(tr!(me, "register-col-due")),
            Column::text(tr!(me, "register-col-ended")),
            Column::text(tr!(me, "figures-index")),
            Column::text(tr!(me, "figures-own")),
        ],
        rows: rows.iter().map(row).collect(),
    })
}
