//! The published catalogue as it was imported: which time limits are in doubt and why, and each
//! entry one click away.

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::get,
};
use kernel::ProcedureCode;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs, empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        pager, section,
        table::{self, Column, Row, Table},
        tag,
    },
    http::{Problem, encoded},
    page, tr,
};

use super::{ENTRIES, PROCEDURES, catalogue};
use crate::{
    Desk, Error, pages,
    queries::{self, CatalogueEntry, CatalogueWanted, PublishedLimit, PublishedMethod},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(ENTRIES, get(all)).route(&format!("{ENTRIES}/{{code}}"), get(one))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    q: String,
    /// `cho` for those to be confirmed alone.
    loc: String,
    /// The last entry of the page before: `1` or `0` for whether it was to be confirmed, a
    /// hyphen, and its code.
    sau: String,
}

impl Asked {
    fn wanted(&self) -> CatalogueWanted {
        CatalogueWanted {
            words: self.q.chars().take(200).collect(),
            to_confirm: self.loc == "cho",
            after: cursor(&self.sau),
        }
    }
}

/// Where a page begins; nothing where the text says nothing.
fn cursor(text: &str) -> Option<(bool, ProcedureCode)> {
    let (flag, code) = text.split_once('-')?;
    Some((flag == "1", code.parse().ok()?))
}

async fn all(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let (shared, wanted) = (desk.clone(), asked.wanted());
    let read = desk.front.store.read(move |tx| {
        let found = queries::catalogue(tx, &shared, &wanted)?;
        Ok::<_, Error>((found, queries::catalogue_size(tx, &shared)?))
    });
    let ((entries, more), (all, in_doubt)) = read.await.map_err(Problem::from)?;
    let ctx = pages::context(&desk, &me).await?;
    let next = entries.last().filter(|_| more).map(|last| {
        let after = format!("{}-{}", u8::from(last.to_confirm), last.code);
        let (q, loc) = (encoded(&asked.q), encoded(&asked.loc));
        format!("{ENTRIES}?q={q}&loc={loc}&sau={after}")
    });
    let filtered = !asked.q.trim().is_empty() || !asked.loc.is_empty();
    let choices = vec![
        Choice::new("", tr!(me, "entries-every")),
        Choice::new("cho", tr!(me, "entries-in-doubt")),
    ];
    let (name, label, chosen) = ("loc".to_owned(), tr!(me, "entries-which"), asked.loc.clone());
    let search = (tr!(me, "catalogue-search"), tr!(me, "catalogue-search-hint"), asked.q.clone());
    let bar = FilterBar {
        action: ENTRIES.to_owned(),
        search: Some(search),
        selects: vec![FilterSelect { name, label, choices, chosen }],
        clear: filtered.then(|| ENTRIES.to_owned()),
        ..FilterBar::default()
    };
    let (title, back) = (tr!(me, "entries-title"), tr!(me, "catalogue-title"));
    let every = tr!(me, "entries-every");
    let main = html! {
        (crumbs::crumbs(&me.words, &[(back.as_str(), PROCEDURES)], &title))
        h1 { (title) }
        p.muted { (tr!(me, "entries-lead", n = me.words.number(count(all)),
            doubt = me.words.number(count(in_doubt)))) }
        @if all == 0 {
            (empty::empty(&tr!(me, "entries-nothing"), None))
        } @else {
            (filter::bar(&ctx, &bar))
            @if entries.is_empty() {
                (empty::empty(&tr!(me, "catalogue-none"), Some((every.as_str(), ENTRIES))))
            } @else {
                (table::table(&Table {
                    caption: title.clone(),
                    caption_shown: false,
                    columns: vec![
                        Column::text(tr!(me, "catalogue-name")),
                        Column::text(tr!(me, "catalogue-limit")),
                        Column::text(tr!(me, "entries-doubt")),
                    ],
                    rows: entries.iter().map(|entry| row(&me, entry)).collect(),
                }))
                (pager::pager(&me.words, None, next.as_deref()))
            }
        }
    };
    Ok(page::desk(&ctx, &title, main))
}

fn count(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn row(me: &SignedIn, entry: &CatalogueEntry) -> Row {
    let methods = &entry.published.methods;
    Row::Cells(vec![
        html! {
            a href={ (ENTRIES) "/" (entry.code) } { (entry.name) }
            span.sub { code { (entry.code) } span { (entry.sector) } }
        },
        html! { div { @for method in methods { span.sub { (limit(me, method)) } } } },
        html! {
            div {
                @if methods.is_empty() { span.sub { (tr!(me, "doubt-no_limit")) } }
                @for why in doubts(methods) { span.sub { (me.words.t(&format!("doubt-{why}"))) } }
            }
        },
    ])
}

/// The doubts of an entry, each once.
fn doubts(methods: &[PublishedMethod]) -> Vec<&str> {
    let mut all: Vec<&str> = methods.iter().filter_map(|method| method.doubt.as_deref()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// "tại quầy: 3 ngày làm việc", in the words of the source where they are in doubt.
fn limit(me: &SignedIn, method: &PublishedMethod) -> String {
    let way = me.words.t(&format!("channel-{}", method.channel.kind.word()));
    let said = |text: &str| {
        let parsed = text.parse().map(|limit| catalogue::said_limit(me, limit));
        parsed.unwrap_or_else(|_| text.to_owned())
    };
    let time = match &method.channel.limit {
        PublishedLimit::Confirmed(text) => said(text),
        PublishedLimit::ToConfirm(Some(text)) => tr!(me, "catalogue-to-confirm", text = said(text)),
        PublishedLimit::ToConfirm(None) => tr!(me, "catalogue-no-limit"),
    };
    format!("{way}: {time}")
}

async fn one(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let code: ProcedureCode = code.parse().map_err(|_| Problem::not_found())?;
    let (shared, wanted) = (desk.clone(), code.clone());
    let found =
        desk.front.store.read(move |tx| queries::catalogue_entry(tx, &shared, &wanted)).await;
    let entry = found.map_err(Problem::from)?.ok_or_else(Problem::not_found)?;
    let ctx = pages::context(&desk, &me).await?;
    let written = desk.book.shelf().newest(&code).is_some();
    let (first, second) = (tr!(me, "catalogue-title"), tr!(me, "entries-title"));
    let way = [(first.as_str(), PROCEDURES), (second.as_str(), ENTRIES)];
    let main = html! {
        (crumbs::crumbs(&me.words, &way, entry.code.as_str()))
        h1 { (entry.name) }
        p.row {
            (tag::code(entry.code.as_str())) (tag::tag(&entry.sector))
            @if entry.to_confirm { (tag::tag(&tr!(me, "entries-tag"))) }
            span.muted { (tr!(me, "entries-imported", at = me.words.moment(entry.recorded_at))) }
        }
        @if written {
            p { a.btn.sm href={ (PROCEDURES) "/" (entry.code) } { (tr!(me, "entries-written")) } }
        } @else {
            p.muted { (tr!(me, "entries-not-written")) }
        }
        div.stack {
            (methods(&me, &entry))
            @if !entry.published.documents.is_empty() {
                (section::card("papers", &tr!(me, "catalogue-components"), html! {
                    ul.l { @for paper in &entry.published.documents { li { (paper) } } }
                }))
            }
            @if !entry.published.decision.is_empty() {
                (section::card("decision", &tr!(me, "entries-decision"),
                    html! { p { (entry.published.decision) } }))
            }
        }
    };
    Ok(page::desk(&ctx, &entry.name, main))
}

fn methods(me: &SignedIn, entry: &CatalogueEntry) -> Markup {
    let rows = entry.published.methods.iter().map(|method| {
        let why = method.doubt.as_deref().map(|why| me.words.t(&format!("doubt-{why}")));
        Row::Cells(vec![
            html! {
                (limit(me, method))
                @if let Some(note) = &method.channel.note { span.sub { (note) } }
            },
            html! { (why.unwrap_or_else(|| tr!(me, "entries-no-doubt"))) },
        ])
    });
    let (title, rows): (_, Vec<_>) = (tr!(me, "catalogue-limits"), rows.collect());
    html! {
        @if rows.is_empty() {
            (section::card("limits", &title, html! { p { (tr!(me, "doubt-no_limit")) } }))
        } @else {
            (table::table(&Table {
                caption: title,
                caption_shown: true,
                columns: vec![
                    Column::text(tr!(me, "catalogue-limit")),
                    Column::text(tr!(me, "entries-doubt")),
                ],
                rows,
            }))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_begins_after_an_entry_or_at_the_beginning() {
        assert_eq!(cursor("1-1.001193"), Some((true, "1.001193".parse().unwrap())));
        for text in ["", "-", "1-", "1-x", "1.001193", "ế-ế"] {
            assert_eq!(cursor(text), None, "{text}");
        }
    }
}
