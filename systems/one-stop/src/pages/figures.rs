//! Honest numbers: item 2.1 of the index of Decision 766 and the desk's own count, side by side,
//! with the differences in words and the dossiers behind every figure.

mod days;
mod export;
mod list;
mod view;

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::access::Action;
use kernel::{ProcedureCode, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        empty, errors,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        note::{self, Tone},
    },
    http::Problem,
    page, tr,
};

use self::days::Days;
use super::{FIGURES, asked};
use crate::{
    Desk, Error,
    measures::Period,
    pages,
    queries::{self, Answers, Figures, Scope, Shelf, Wanted},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(FIGURES, get(show))
        .route(&format!("{FIGURES}/ho-so"), get(list::list))
        .merge(export::routes())
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
#[derive(Clone)]
struct Question {
    scope: Scope,
    procedure: Option<ProcedureCode>,
    period: Period,
    /// The two days, as they were typed.
    days: Days,
}

impl Asked {
    async fn question(&self, desk: &Desk, me: &SignedIn) -> Result<Question, Problem> {
        let scope = asked::scope(desk, me, Action::ViewFigures, &self.don_vi).await?;
        let offered = asked::period(&self.ky);
        let days = Days::of(me, &self.tu, &self.den, offered);
        let period = days.period.or(offered).unwrap_or_else(|| Period::month_of(today(me.now)));
        Ok(Question { scope, procedure: self.thu_tuc.parse().ok(), period, days })
    }
}

impl Question {
    fn wanted(&self, me: &SignedIn) -> Wanted {
        let (scope, procedure) = (self.scope.clone(), self.procedure.clone());
        Wanted { scope, procedure, period: self.period, now: me.now }
    }

    /// Both counts, and what applicants answered.
    async fn figures(&self, desk: &Desk, me: &SignedIn) -> Result<(Figures, Answers), Problem> {
        let (shared, wanted) = (desk.clone(), self.wanted(me));
        let read = desk.front.store.read(move |tx| {
            let figures = queries::figures(tx, &shared, &wanted)?;
            Ok((figures, queries::answers(tx, &shared, &wanted)?))
        });
        read.await.map_err(|error: Error| Problem::from(error))
    }

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
) -> Result<Response, Problem> {
    let question = asked.question(&desk, &me).await?;
    let ctx = pages::context(&desk, &me).await?;
    let faults = &question.days.faults;
    let title = errors::title(&me.words, faults, &tr!(me, "figures-title"));
    if !faults.is_empty() {
        // No figure stands beside a period that nobody asked for.
        let main = html! {
            h1 { (tr!(me, "figures-title")) }
            (errors::summary(&me.words, faults))
            (filter::bar(&ctx, &filter_bar(&desk, &me, &question)))
            (days(&me, &question))
        };
        let page = page::desk(&ctx, &title, main);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (figures, answers) = question.figures(&desk, &me).await?;
    let name = asked::name_of(&me.directory, &question.scope);
    let period = asked::period_name(&me, question.period);
    let none = figures.own.all() == 0;
    let main = html! {
        div.row {
            h1 { (tr!(me, "figures-title")) }
            @if !none { (export::links(&me, &question)) }
        }
        p.muted { (tr!(me, "figures-of", agency = name, period = period)) }
        (filter::bar(&ctx, &filter_bar(&desk, &me, &question)))
        div.stack {
            (days(&me, &question))
            @if !none && question.period.end() > me.now {
                (note::note(Tone::Plain, html! {
                    (tr!(me, "figures-running", at = me.words.moment(me.now)))
                }))
            }
            @if none { (nothing(&me, &question)) }
            @else { (view::cards(&me, &question, &figures, &answers)) }
            (view::rule(&me))
        }
    };
    Ok(page::desk(&ctx, &title, main).into_response())
}

/// Nothing to count, and where there may be something.
fn nothing(me: &SignedIn, question: &Question) -> Markup {
    let year = Period::year_of(question.period.first());
    let whole = Question { period: year, days: Days::default(), ..question.clone() };
    let label = tr!(me, "figures-none-year", period = asked::period_name(me, year));
    let href = whole.address(me, FIGURES, &[]);
    let action = (question.period != year).then_some((label.as_str(), href.as_str()));
    empty::empty(&tr!(me, "figures-none"), action)
}

/// Two days instead of one of the usual periods; agency and procedure stay.
fn days(me: &SignedIn, question: &Question) -> Markup {
    let code = asked::code_of(&me.directory, &question.scope);
    let procedure = question.procedure.as_ref().map_or("", ProcedureCode::as_str);
    question.days.form(me, &[("don_vi", &code), ("thu_tuc", procedure)])
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
