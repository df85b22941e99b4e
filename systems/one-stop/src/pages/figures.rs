//! Honest numbers: item 2.1 of the index of Decision 766 and the desk's own count, side by side,
//! with the differences in words and the dossiers behind every figure.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use identity::access::Action;
use kernel::{CaseId, ProcedureCode, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs, empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        kv,
        note::{self, Tone},
        pager, section,
        table::{self, Column, Row, Table},
        tile::{self, Grade},
    },
    http::Problem,
    page, tr,
};

use super::{DOSSIER, FIGURES, asked};
use crate::{
    Desk, Error,
    measures::{Period, Standing, Verdict},
    pages,
    queries::{self, Counted, Figures, Reason, Scope, Shelf},
};

/// Dossiers on one page of a list.
const LIST_ROWS: usize = 100;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(FIGURES, get(show)).route(&format!("{FIGURES}/ho-so"), get(list))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    don_vi: String,
    thu_tuc: String,
    ky: String,
    loai: String,
    sau: String,
    tu: String,
    den: String,
}

/// What is asked, understood.
struct Question {
    scope: Scope,
    procedure: Option<ProcedureCode>,
    period: Period,
}

impl Asked {
    async fn question(&self, desk: &Desk, me: &SignedIn) -> Result<Question, Problem> {
        let scope = asked::scope(desk, me, Action::ViewFigures, &self.don_vi).await?;
        let day = |text: &str| text.parse().ok().or_else(|| web::form::date(text).ok());
        let days = day(&self.tu).zip(day(&self.den));
        let custom = days.and_then(|(first, last)| Period::days(first, last).ok());
        let period = custom.or_else(|| asked::period(&self.ky));
        let period = period.unwrap_or_else(|| Period::month_of(today(me.now)));
        Ok(Question { scope, procedure: self.thu_tuc.parse().ok(), period })
    }
}

impl Question {
    fn address(&self, me: &SignedIn, path: &str, more: &[(&str, &str)]) -> String {
        let code = asked::code_of(&me.directory, &self.scope);
        let procedure = self.procedure.as_ref().map_or("", ProcedureCode::as_str);
        let period = self.period.to_string();
        let pairs = [("don_vi", code.as_str()), ("thu_tuc", procedure), ("ky", &period)];
        asked::address(path, &[&pairs, more].concat())
    }

    fn shelf(&self, me: &SignedIn, shelf: Shelf) -> String {
        self.address(me, &format!("{FIGURES}/ho-so"), &[("loai", &shelf.text())])
    }
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let question = asked.question(&desk, &me).await?;
    let (shared, scope, procedure) =
        (desk.clone(), question.scope.clone(), question.procedure.clone());
    let (period, now) = (question.period, me.now);
    let read = desk
        .front
        .store
        .read(move |tx| queries::figures(tx, &shared, &scope, procedure.as_ref(), period, now));
    let figures = read.await.map_err(|error: Error| Problem::from(error))?;
    let ctx = pages::context(&desk, &me).await?;
    let name = asked::name_of(&me.directory, &question.scope);
    let period = asked::period_name(&me, question.period);
    let main = html! {
        h1 { (tr!(me, "figures-title")) }
        p.muted { (tr!(me, "figures-of", agency = name, period = period)) }
        (filter::bar(&ctx, &filter_bar(&desk, &me, &question)))
        @if figures.own.all() == 0 {
            (empty::empty(&tr!(me, "figures-none"), None))
            (rule(&me))
        } @else {
            @if question.period.end() > me.now {
                (note::note(Tone::Plain, html! {
                    (tr!(me, "figures-running", at = me.words.moment(me.now)))
                }))
            }
            div.stack {
            div.two {
                (section::card_with("index", &tr!(me, "figures-index"),
                    tile::grade(&me.words, Grade::A), index(&me, &question, &figures)))
                (section::card_with("own", &tr!(me, "figures-own"),
                    tile::grade(&me.words, Grade::A), own(&me, &question, &figures)))
            }
            (differences(&me, &question, &figures))
            (rule(&me))
            }
        }
    };
    Ok(page::desk(&ctx, &tr!(me, "figures-title"), main))
}

/// How the law counts, in words.
fn rule(me: &SignedIn) -> Markup {
    section::card(
        "rule",
        &tr!(me, "figures-rule"),
        html! {
                ul.l.stack { @for n in 1..=6 { li { (me.words.t(&format!("figures-rule-{n}"))) } } }
        },
    )
}

/// A count with its name, and the way to its dossiers.
type Line = (String, Markup);

fn line(me: &SignedIn, question: &Question, label: String, count: u64, shelf: Shelf) -> Line {
    let count = me.words.number(count);
    (label, html! { a href=(question.shelf(me, shelf)) { (count) } })
}

fn index(me: &SignedIn, question: &Question, figures: &Figures) -> Markup {
    let count = &figures.index;
    let hundredths = |value: Option<u64>| {
        #[expect(clippy::cast_precision_loss, reason = "at most 10,000")]
        let value = value.map(|value| value as f64 / 100.0);
        value.map_or_else(String::new, |value| me.words.decimal(value, 2))
    };
    let mut rows: Vec<Line> = Verdict::ALL
        .into_iter()
        .map(|verdict| {
            let label = me.words.t(&format!("figures-index-{}", verdict.word()));
            line(me, question, label, count.of(verdict), Shelf::Index(verdict))
        })
        .collect();
    rows.push(line(me, question, tr!(me, "figures-index-all"), count.all(), Shelf::All));
    html! {
        p.lead { b.num { (hundredths(count.ratio())) "%" } " "
            (tr!(me, "figures-points", points = hundredths(count.points()))) }
        p.muted { (tr!(me, "figures-counts", part = me.words.number(count.good()),
            whole = me.words.number(count.all()))) }
        (kv::kv(&rows))
    }
}

fn own(me: &SignedIn, question: &Question, figures: &Figures) -> Markup {
    let count = &figures.own;
    let mut rows = vec![
        line(me, question, tr!(me, "figures-received"), count.received, Shelf::Received),
        line(me, question, tr!(me, "figures-carried"), count.carried_over, Shelf::CarriedOver),
    ];
    rows.extend(Standing::ALL.into_iter().map(|standing| {
        let label = me.words.t(&format!("figures-own-{}", standing.word()));
        line(me, question, label, count.of(standing), Shelf::Own(standing))
    }));
    let on_time = count.of(Standing::Early) + count.of(Standing::OnTime);
    let part = i64::try_from(on_time).unwrap_or(i64::MAX);
    let whole = i64::try_from(count.done()).unwrap_or(i64::MAX);
    html! {
        @match me.words.percent(part, whole) {
            Some(percent) => {
                p.lead { b.num { (percent) } " " (tr!(me, "figures-own-share")) }
                p.muted { (tr!(me, "figures-counts", part = me.words.number(on_time),
                    whole = me.words.number(count.done()))) }
            }
            None => { p.lead { (tr!(me, "figures-own-none")) } }
        }
        (kv::kv(&rows))
    }
}

fn differences(me: &SignedIn, question: &Question, figures: &Figures) -> Markup {
    let any = figures.differ.values().any(|count| *count > 0);
    let body = html! {
        @if any {
            ul.l.stack { @for reason in Reason::ALL {
                @let count = figures.differ.get(&reason).copied().unwrap_or(0);
                @if count > 0 {
                    li {
                        a href=(question.shelf(me, Shelf::Differs(reason))) {
                            (tr!(me, "figures-dossiers", n = me.words.number(count)))
                        }
                        ": " (me.words.t(&format!("figures-differs-{}", reason.word())))
                    }
                }
            } }
        } @else { p { (tr!(me, "figures-same")) } }
    };
    section::card("differences", &tr!(me, "figures-differences"), body)
}

fn filter_bar(desk: &Desk, me: &SignedIn, question: &Question) -> FilterBar {
    let shelf = desk.book.shelf();
    let every = Choice::new("", tr!(me, "register-every-procedure"));
    let procedures = shelf.all().map(|p| Choice::new(p.code.as_str(), &p.name));
    let procedure = FilterSelect {
        name: "thu_tuc".to_owned(),
        label: tr!(me, "register-procedure"),
        choices: [every].into_iter().chain(procedures).collect(),
        chosen: question.procedure.as_ref().map(ToString::to_string).unwrap_or_default(),
    };
    let mut selects: Vec<_> = asked::agency_select(me, &question.scope).into_iter().collect();
    selects.extend([procedure, asked::period_select(me, Some(question.period), None)]);
    FilterBar { action: FIGURES.to_owned(), selects, ..FilterBar::default() }
}

async fn list(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let question = asked.question(&desk, &me).await?;
    let shelf = Shelf::of_text(&asked.loai).ok_or_else(Problem::not_found)?;
    let after: Option<CaseId> = asked.sau.parse().ok();
    let (shared, scope, procedure) =
        (desk.clone(), question.scope.clone(), question.procedure.clone());
    let (period, now) = (question.period, me.now);
    let read = desk.front.store.read(move |tx| {
        let procedure = procedure.as_ref();
        let limit = LIST_ROWS + 1;
        queries::figures_list(tx, &shared, &scope, procedure, period, now, shelf, after, limit)
    });
    let mut rows = read.await.map_err(|error: Error| Problem::from(error))?;
    let more = rows.len() > LIST_ROWS;
    rows.truncate(LIST_ROWS);
    let path = format!("{FIGURES}/ho-so");
    let next = rows.last().filter(|_| more).map(|last| {
        let after = last.id.to_string();
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

fn counted_table(desk: &Desk, me: &SignedIn, title: &str, rows: &[Counted]) -> Markup {
    let shelf = desk.book.shelf();
    let near = |at| me.words.moment_near(at, me.now);
    let row = |of: &Counted| {
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
                (me.words.t(&verdict))
                span.sub { (me.words.t_with(&why, &[("end", near(of.judged.end).into())])) }
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
