//! Once only, for whoever answers for an agency: what applicants did not have to say or send again,
//! by procedure and month, down to the dossiers behind each figure.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use desk::{Desk, agency_line, context, forbidden, log_denial};
use directory::{Agency, Directory};
use identity::access::{Action, Target};
use kernel::{AgencyCode, AgencyId, CaseId, Instant, ProcedureCode, from_micros, micros, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs, empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        pager,
        table::{self, Column, Row, Table},
        tile::{self, Figure, TileView},
    },
    http::{Problem, encoded},
    tr,
};

use super::speak;
use crate::{
    Services,
    measures::{self, Behind, OnceOnly, Saved, Span, Wanted},
};

/// The figures.
pub(super) const SAVED: &str = "/so-lieu/mot-lan";
/// Dossiers on one page of a list.
const ROWS: usize = 50;

pub(super) fn routes() -> Router<Services> {
    Router::new().route(SAVED, get(show)).route(&format!("{SAVED}/ho-so"), get(list))
}

/// Whether this officer sees figures of their agency.
pub(super) fn may_see(desk: &Desk, me: &SignedIn) -> bool {
    let line = agency_line(&me.directory, me.agency);
    me.may(&desk.front, Action::ViewFigures, Target::Agency(&line)).is_allowed()
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    don_vi: String,
    ky: String,
    thu_tuc: String,
    sau: String,
}

/// What is asked, understood.
struct Question {
    top: AgencyId,
    wanted: Wanted,
}

impl Asked {
    async fn question(&self, desk: &Desk, me: &SignedIn) -> Result<Question, Problem> {
        let top = match self.don_vi.as_str() {
            "" => Some(me.agency),
            code => {
                let code = code.parse::<AgencyCode>().ok();
                code.and_then(|code| me.directory.agency_by_code(&code)).map(|agency| agency.id)
            }
        };
        let top = top.ok_or_else(Problem::not_found)?;
        let line = agency_line(&me.directory, top);
        if let Err(denial) = me.may(&desk.front, Action::ViewFigures, Target::Agency(&line)).check()
        {
            let problem = forbidden(me, &denial);
            log_denial(desk, me, None, denial).await;
            return Err(problem);
        }
        let agencies = below(&me.directory, top).iter().map(|agency| agency.id).collect();
        let span = self.ky.parse().unwrap_or_else(|_| Span::year_of(today(me.now)));
        Ok(Question {
            top,
            wanted: Wanted { agencies, span, procedure: self.thu_tuc.parse().ok() },
        })
    }
}

impl Question {
    fn address(&self, me: &SignedIn, path: &str, span: Span, more: &[(&str, &str)]) -> String {
        let code = me.directory.agency(self.top).map_or("", |agency| agency.code.as_str());
        let mut address = format!("{path}?don_vi={}&ky={span}", encoded(code));
        for (name, value) in more {
            address.push_str(&format!("&{name}={}", encoded(value)));
        }
        address
    }

    /// The dossiers of one procedure, or of all.
    fn behind(&self, me: &SignedIn, procedure: Option<&ProcedureCode>) -> String {
        let more = procedure.map(|code| ("thu_tuc", code.as_str()));
        self.address(me, &format!("{SAVED}/ho-so"), self.wanted.span, more.as_slice())
    }
}

/// An agency and all that is, or was, below it.
fn below(directory: &Directory, top: AgencyId) -> Vec<&Agency> {
    let under =
        |agency: &&Agency| agency.id == top || directory.ancestors(agency.id).contains(&top);
    let mut found: Vec<&Agency> = directory.agencies().filter(under).collect();
    found.sort_by(|one, other| one.code.cmp(&other.code));
    found
}

async fn show(
    State(services): State<Services>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let desk = &services.desk;
    let question = asked.question(desk, &me).await?;
    let (shared, wanted) = (desk.clone(), question.wanted.clone());
    let read = desk.front.store.read(move |tx| measures::saved(tx, &shared.front.tenant, &wanted));
    let saved = read.await?;
    let sum = saved.iter().fold(OnceOnly::default(), |sum, saved| sum.and(&saved.of));
    let ctx = context(desk, &me).await?;
    let title = tr!(me, "saved-title");
    let main = html! {
        p.muted { (tr!(me, "saved-lead")) }
        (filter::bar(&ctx, &filters(&me, &question)))
        @if sum.filings == 0 { (empty::empty(&tr!(me, "saved-none"), None)) }
        @else {
            div.stack {
                (tiles(&me, &question, &sum))
                (by_procedure(&services, &me, &question, &saved))
                @if !question.wanted.span.is_month() { (by_month(&me, &question, &saved)) }
            }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

fn filters(me: &SignedIn, question: &Question) -> FilterBar {
    let agencies: Vec<Choice> = below(&me.directory, me.agency)
        .into_iter()
        .map(|agency| Choice::new(agency.code.as_str(), &agency.name))
        .collect();
    let chosen = me.directory.agency(question.top).map_or("", |agency| agency.code.as_str());
    let agency = FilterSelect {
        name: "don_vi".to_owned(),
        label: tr!(me, "saved-agency"),
        chosen: chosen.to_owned(),
        choices: agencies,
    };
    let span = FilterSelect {
        name: "ky".to_owned(),
        label: tr!(me, "saved-span"),
        chosen: question.wanted.span.to_string(),
        choices: spans(me, question.wanted.span),
    };
    let agency = Some(agency).filter(|select| select.choices.len() > 1);
    let selects = agency.into_iter().chain([span]).collect();
    FilterBar { action: SAVED.to_owned(), selects, ..FilterBar::default() }
}

/// Three years, twelve months, and the one that is asked for.
fn spans(me: &SignedIn, asked: Span) -> Vec<Choice> {
    let first = today(me.now).first_of_month();
    let back = |months: i32| first.checked_sub(jiff::Span::new().months(months)).unwrap_or(first);
    let years = [0, 12, 24].map(|months| Span::year_of(back(months)));
    let months = (0..12).map(|months| Span::month_of(back(months)));
    let mut all: Vec<Span> = years.into_iter().chain(months).collect();
    if !all.contains(&asked) {
        all.insert(0, asked);
    }
    all.into_iter().map(|span| Choice::new(span.to_string(), named(me, span))).collect()
}

/// "tháng 11/2026", "năm 2026"; as text, since a year is not grouped by thousands.
fn named(me: &SignedIn, span: Span) -> String {
    let (year, month) = (span.first().year().to_string(), span.first().month());
    match span.is_month() {
        true => tr!(me, "saved-month", month = month, year = year),
        false => tr!(me, "saved-year", year = year),
    }
}

fn tiles(me: &SignedIn, question: &Question, sum: &OnceOnly) -> Markup {
    let part = |key: &str, known: u64, of: u64| TileView {
        name: me.words.t(key),
        figure: match share(me, known, of) {
            Some(share) => Figure::Value(share, "%".to_owned()),
            None => Figure::Empty,
        },
        comparison: tr!(me, "saved-of", known = me.words.number(known), of = me.words.number(of)),
        freshness: tr!(me, "saved-at", at = me.words.moment(me.now)),
        opens: Some((tr!(me, "saved-filings", n = sum.filings), question.behind(me, None))),
        ..TileView::default()
    };
    let both = [
        part("saved-fields", sum.fields_known, sum.fields),
        part("saved-papers", sum.papers_known, sum.papers),
    ];
    tile::tiles(&me.words, &tr!(me, "saved-title"), &both)
}

/// A part in per cent; none of nothing.
fn share(me: &SignedIn, part: u64, of: u64) -> Option<String> {
    #[expect(clippy::cast_precision_loss, reason = "far fewer than 2^52")]
    (of > 0).then(|| me.words.decimal(part as f64 * 100.0 / of as f64, 1))
}

fn by_procedure(
    services: &Services,
    me: &SignedIn,
    question: &Question,
    saved: &[Saved],
) -> Markup {
    let mut sums: BTreeMap<&ProcedureCode, OnceOnly> = BTreeMap::new();
    for one in saved {
        let sum = sums.entry(&one.procedure).or_default();
        *sum = sum.and(&one.of);
    }
    let mut sums: Vec<_> = sums.into_iter().collect();
    sums.sort_by_key(|(code, sum)| (std::cmp::Reverse(sum.filings), (*code).clone()));
    let shelf = services.desk.book.shelf();
    let rows = sums.iter().map(|(code, sum)| {
        let procedure = shelf.newest(code);
        let name = procedure.map_or(code.as_str(), |p| speak::name(&me.words, p));
        let what = html! {
            a href=(question.behind(me, Some(code))) { (name) }
            span.sub { code { (code) } }
        };
        Row::Cells(cells(me, what, sum))
    });
    table_of(me, tr!(me, "saved-by-procedure"), tr!(me, "saved-procedure"), rows.collect())
}

fn by_month(me: &SignedIn, question: &Question, saved: &[Saved]) -> Markup {
    let mut sums: BTreeMap<&str, OnceOnly> = BTreeMap::new();
    for one in saved {
        let sum = sums.entry(&one.month).or_default();
        *sum = sum.and(&one.of);
    }
    let rows = sums.iter().rev().filter_map(|(month, sum)| {
        let span: Span = month.parse().ok()?;
        let what = html! { a href=(question.address(me, SAVED, span, &[])) { (named(me, span)) } };
        Some(Row::Cells(cells(me, what, sum)))
    });
    table_of(me, tr!(me, "saved-by-month"), tr!(me, "saved-span"), rows.collect())
}

fn cells(me: &SignedIn, what: Markup, of: &OnceOnly) -> Vec<Markup> {
    let part = |known: u64, all: u64| {
        html! {
            (tr!(me, "saved-of", known = me.words.number(known), of = me.words.number(all)))
            @if let Some(share) = share(me, known, all) { span.sub { (share) "%" } }
        }
    };
    vec![
        what,
        html! { (me.words.number(of.filings)) },
        part(of.fields_known, of.fields),
        part(of.papers_known, of.papers),
    ]
}

fn table_of(me: &SignedIn, caption: String, what: String, rows: Vec<Row>) -> Markup {
    table::table(&Table {
        caption,
        caption_shown: true,
        columns: vec![
            Column::text(what),
            Column::figures(tr!(me, "saved-col-filings")),
            Column::figures(tr!(me, "saved-fields")),
            Column::figures(tr!(me, "saved-papers")),
        ],
        rows,
    })
}

async fn list(
    State(services): State<Services>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let desk = &services.desk;
    let question = asked.question(desk, &me).await?;
    let after = place(&asked.sau);
    let (shared, wanted) = (desk.clone(), question.wanted.clone());
    let limit = u32::try_from(ROWS + 1).unwrap_or(u32::MAX);
    let read = desk
        .front
        .store
        .read(move |tx| measures::behind(tx, &shared.front.tenant, &wanted, after, limit));
    let mut rows = read.await?;
    let more = rows.len() > ROWS;
    rows.truncate(ROWS);
    let path = format!("{SAVED}/ho-so");
    let address = |more: &[(&str, &str)]| {
        let procedure = [("thu_tuc", asked.thu_tuc.as_str())];
        question.address(&me, &path, question.wanted.span, &[&procedure, more].concat())
    };
    let next = rows.last().filter(|_| more).map(|last| {
        let place = format!("{}.{}", micros(last.at), last.case);
        address(&[("sau", place.as_str())])
    });
    let first = after.is_some().then(|| address(&[]));
    let ctx = context(desk, &me).await?;
    let shelf = desk.book.shelf();
    let of = question.wanted.procedure.as_ref().and_then(|code| shelf.newest(code));
    let title =
        of.map_or_else(|| tr!(me, "saved-dossiers"), |p| speak::name(&me.words, p).to_owned());
    let back = question.address(&me, SAVED, question.wanted.span, &[]);
    let main = html! {
        (crumbs::crumbs(&me.words, &[(tr!(me, "saved-title").as_str(), back.as_str())], &title))
        p.muted { (named(&me, question.wanted.span)) }
        @if rows.is_empty() { (empty::empty(&tr!(me, "saved-none"), None)) }
        @else {
            (dossiers(&services, &me, &rows))
            (pager::pager(&me.words, first.as_deref(), next.as_deref()))
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

/// Where a list goes on.
fn place(text: &str) -> Option<(Instant, CaseId)> {
    let (at, case) = text.split_once('.')?;
    Some((from_micros(at.parse().ok()?), case.parse().ok()?))
}

fn dossiers(services: &Services, me: &SignedIn, rows: &[Behind]) -> Markup {
    let shelf = services.desk.book.shelf();
    let row = |one: &Behind| {
        let name = shelf.newest(&one.procedure).map(|p| speak::name(&me.words, p).to_owned());
        let part = |known, of| {
            tr!(me, "saved-of", known = me.words.number(known), of = me.words.number(of))
        };
        Row::Cells(vec![
            html! {
                a href={ "/ho-so/" (one.code) } { code { (one.code) } }
                span.sub { (name.unwrap_or_else(|| one.procedure.to_string())) }
            },
            html! { (me.words.moment_near(one.at, me.now)) },
            html! { (part(one.of.fields_known, one.of.fields)) },
            html! { (part(one.of.papers_known, one.of.papers)) },
        ])
    };
    table::table(&Table {
        caption: tr!(me, "saved-dossiers"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "saved-dossier")),
            Column::text(tr!(me, "saved-filed-at")),
            Column::figures(tr!(me, "saved-fields")),
            Column::figures(tr!(me, "saved-papers")),
        ],
        rows: rows.iter().map(row).collect(),
    })
}
