//! The accountant's page: read a statement, see what was read lately, settle what is open.

use axum::{
    Form, Router,
    extract::{Multipart, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use identity::access::{Action, Target};
use kernel::CaseCode;
use maud::{Markup, html};
use payments::{
    ArrivalId, Kept,
    reconcile::{self, Run},
    statement::{self, StatementFault},
};
use serde::Deserialize;
use web::{
    PageContext, SignedIn,
    components::{
        drop::{self, Drop},
        empty, errors,
        fields::{self, Choice, Field},
        flash::Flash,
        table::{self, Column, Row, Table},
    },
    form::Faults,
    http::{self, Problem, csrf},
    page::csrf_field,
    tr,
};

use super::{BOOKS, owed::dong};
use crate::{Cashier, Error, read_statement};

/// Open problems on one page.
const SHOWN_MAX: u32 = 100;
const RUNS_SHOWN: u32 = 20;

pub(super) fn routes() -> Router<Cashier> {
    let upload = post(upload).layer(http::uploads(statement::FILE_BYTES_MAX + 64 * 1024));
    Router::new()
        .route(BOOKS, get(show))
        .route(&format!("{BOOKS}/doc"), upload)
        .route(&format!("{BOOKS}/khoan/{{id}}"), post(settle))
}

/// Only whoever keeps the books of the agency that reconciles.
pub(super) async fn admit(cashier: &Cashier, me: &SignedIn) -> Result<(), Problem> {
    let named = cashier.reconciled_by.as_ref();
    let named = named.and_then(|code| me.directory.agency_by_code(code)).map(|agency| agency.id);
    // Where none is named: the province, above every agency.
    let above = || me.directory.ancestors(me.agency).last().copied().unwrap_or(me.agency);
    let line = desk::agency_line(&me.directory, named.unwrap_or_else(above));
    let decision = me.may(&cashier.desk.front, Action::Reconcile, Target::Agency(&line));
    if let Err(denial) = decision.check() {
        let problem = desk::forbidden(me, &denial);
        desk::log_denial(&cashier.desk, me, None, denial).await;
        return Err(problem);
    }
    Ok(())
}

async fn show(State(cashier): State<Cashier>, me: SignedIn) -> Result<Markup, Problem> {
    admit(&cashier, &me).await?;
    page(&cashier, &me, &Faults::default()).await
}

async fn page(cashier: &Cashier, me: &SignedIn, faults: &Faults) -> Result<Markup, Problem> {
    let ctx = desk::context(&cashier.desk, me).await?;
    let who = me.clone();
    let read = cashier.read(move |tx, cashier| {
        let (tenant, moment) = (&cashier.desk.front.tenant, cashier.desk.moment());
        let open = payments::open_problems(tx, tenant, None, SHOWN_MAX)?;
        let mut codes = Vec::with_capacity(open.len());
        for kept in &open {
            let case = match kept.case {
                Some(case) => casework::load(tx, tenant, case)?,
                None => None,
            };
            codes.push(case.map(|case| {
                // Who keeps the books need not be one who may look into the dossier.
                let facts = cashier.desk.facts(&case, &moment);
                let may = who.may(&cashier.desk.front, Action::View, Target::Case(&facts));
                (case.code, may.is_allowed())
            }));
        }
        Ok((open, codes, reconcile::newest(tx, tenant, RUNS_SHOWN)?))
    });
    let (open, codes, runs) = read.await?;
    let title = tr!(me, "books-title");
    let main = html! {
        (errors::summary(&me.words, faults))
        div.stack {
            (upload_form(cashier, me, &ctx, faults))
            section.card aria-labelledby="mo" {
                h2 #mo { (tr!(me, "books-open", count = open.len())) }
                @if open.is_empty() { (empty::empty(&tr!(me, "books-open-none"), None)) }
                @for (kept, code) in open.iter().zip(&codes) {
                    (open_item(me, &ctx, kept, code.as_ref()))
                }
            }
            section.card aria-labelledby="gd" {
                h2 #gd { (tr!(me, "books-runs")) }
                @if runs.is_empty() { (empty::empty(&tr!(me, "books-runs-none"), None)) }
                @else { (runs_table(cashier, me, &runs)) }
            }
        }
    };
    Ok(desk::page(&ctx, &errors::title(&me.words, faults, &title), html! {}, main))
}

fn upload_form(cashier: &Cashier, me: &SignedIn, ctx: &PageContext, faults: &Faults) -> Markup {
    let statements = &cashier.settings.statements;
    let choices: Vec<Choice> =
        statements.iter().map(|s| Choice::new(s.source.as_str(), s.title.as_str())).collect();
    let (source, file) = (tr!(me, "books-source"), tr!(me, "books-file"));
    let source = Field::new("nguon", &source);
    let place = Drop {
        name: "tep".to_owned(),
        kinds: "CSV, XLSX".to_owned(),
        accept: statement::FORMATS.to_owned(),
        bytes_max: statement::FILE_BYTES_MAX as u64,
        fault: faults.of("tep").map(str::to_owned),
        ..Drop::default()
    };
    html! {
        section.card aria-labelledby="doc" {
            h2 #doc { (tr!(me, "books-read")) }
            @if choices.is_empty() { p { (tr!(me, "books-no-source")) } }
            @else {
                form.stack method="post" action={ (BOOKS) "/doc" } enctype="multipart/form-data" {
                    (csrf_field(ctx))
                    (fields::select(&me.words, &source, &choices, ""))
                    p { b { (file) } " " span.muted { (tr!(me, "books-file-hint")) } }
                    (drop::drop(&me.words, &place))
                    p.acts { button.btn.go { (tr!(me, "books-read-do")) } }
                }
            }
        }
    }
}

fn open_item(
    me: &SignedIn,
    ctx: &PageContext,
    kept: &Kept,
    of: Option<&(CaseCode, bool)>,
) -> Markup {
    let words = &me.words;
    let Some(problem) = kept.problem else { return html! {} };
    let why = tr!(me, "books-why");
    let why = Field::new("ly_do", &why).letters_max(500);
    let given = tr!(me, "books-give");
    let hint = tr!(me, "books-give-hint");
    let given = Field::new("ma", &given).hint(&hint).letters_max(60).optional();
    let excess = kept.amount.saturating_sub(kept.applied);
    html! {
        details {
            summary {
                b { (words.t(&format!("books-problem-{}", problem.word()))) } ": "
                span.num { (words.money(dong(excess.max(1).min(kept.amount)))) } ", "
                span.num { (words.moment_near(kept.paid_at, me.now)) }
                @if let Some((code, _)) = of { ", " span.num { (code.as_str()) } }
            }
            div.stack {
            p { (words.t(&format!("books-what-{}", problem.word()))) }
            p.muted.num {
                (tr!(me, "books-came", source = kept.source.as_str(), number = kept.number.as_str(),
                    amount = words.money(dong(kept.amount)), applied = words.money(dong(kept.applied))))
                @if let Some(stated) = kept.stated_amount {
                    " " (tr!(me, "books-stated", amount = words.money(dong(stated))))
                }
            }
            @if let Some((code, true)) = of { p { a href={ "/ho-so/" (code.as_str()) } { (code.as_str()) } } }
            form.stack method="post" action={ (BOOKS) "/khoan/" (kept.id) } {
                (csrf_field(ctx))
                @if kept.applied == 0 { (fields::text(words, &given, "")) }
                (fields::textarea(words, &why, ""))
                p.acts { button.btn { (tr!(me, "books-settle")) } }
            }
            }
        }
    }
}

fn runs_table(cashier: &Cashier, me: &SignedIn, runs: &[Run]) -> Markup {
    let words = &me.words;
    let title = |source: &str| {
        let known = cashier.settings.statement(source);
        known.map_or_else(|| source.to_owned(), |settings| settings.title.clone())
    };
    let row = |run: &Run| {
        let problems = run.summary.unknown.lines
            + run.summary.differs.lines
            + run.summary.paid_twice.lines
            + run.summary.missing_at_bank.lines;
        Row::Cells(vec![
            html! { a href={ (BOOKS) "/lan/" (run.id) } { (words.moment_near(run.begun_at, me.now)) } },
            html! { (title(&run.source)) },
            html! { (run.file_name) },
            html! { (words.number(dong(run.lines))) },
            html! { (words.number(dong(run.summary.recorded.lines))) },
            html! {
                @if run.done_at.is_none() { (tr!(me, "books-broken-off")) }
                @else { (words.number(dong(problems))) }
            },
        ])
    };
    table::table(&Table {
        caption: tr!(me, "books-runs"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "books-when")),
            Column::text(tr!(me, "books-source")),
            Column::text(tr!(me, "books-file")).dispensable(),
            Column::figures(tr!(me, "books-lines")),
            Column::figures(tr!(me, "books-recorded")),
            Column::figures(tr!(me, "books-problems")),
        ],
        rows: runs.iter().map(row).collect(),
    })
}

async fn upload(
    State(cashier): State<Cashier>,
    me: SignedIn,
    mut parts: Multipart,
) -> Result<Response, Problem> {
    admit(&cashier, &me).await?;
    let (mut token, mut source, mut file) = (String::new(), String::new(), None);
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::bad_request())? {
        match part.name().unwrap_or_default() {
            csrf::FIELD => token = part.text().await.map_err(|_| Problem::bad_request())?,
            "nguon" => source = part.text().await.map_err(|_| Problem::bad_request())?,
            "tep" => {
                let name = part.file_name().unwrap_or_default().to_owned();
                let bytes = part.bytes().await.map_err(|_| Problem::bad_request())?;
                file = Some((name, bytes.to_vec()));
            }
            _ => {}
        }
    }
    if !me.csrf_fits(&token) {
        return Err(Problem::forbidden());
    }
    let (name, bytes) = file.unwrap_or_default();
    match read_statement(&cashier, &source, &name, bytes, &me.actor()).await {
        Ok(read) => {
            let to = format!("{BOOKS}/lan/{}", read.run.id);
            let said = if read.before { "books-read-before" } else { "books-read-done" };
            Ok(http::flash::see_other_with(&to, Flash::done(me.words.t(said))))
        }
        Err(Error::Statement(fault)) => {
            let mut faults = Faults::default();
            faults.add("tep", sentence(&me, &fault));
            let page = page(&cashier, &me, &faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn sentence(me: &SignedIn, fault: &StatementFault) -> String {
    match fault {
        StatementFault::Format(_) => tr!(me, "books-bad-format"),
        StatementFault::TooLarge | StatementFault::TooLong => tr!(me, "books-too-large"),
        StatementFault::NoHeading(headings) => {
            tr!(me, "books-no-heading", headings = headings.join(", "))
        }
        StatementFault::Cell { row, value, .. } => {
            tr!(me, "books-bad-cell", row = *row, value = value.as_str())
        }
        StatementFault::Twice { row, number } => {
            tr!(me, "books-twice", row = *row, number = number.as_str())
        }
        StatementFault::Empty => tr!(me, "books-empty"),
    }
}

#[derive(Debug, Deserialize)]
struct Settling {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    ma: String,
    #[serde(default)]
    ly_do: String,
}

async fn settle(
    State(cashier): State<Cashier>,
    me: SignedIn,
    Path(id): Path<ArrivalId>,
    Form(typed): Form<Settling>,
) -> Result<Response, Problem> {
    admit(&cashier, &me).await?;
    if !me.csrf_fits(&typed.csrf) {
        return Err(Problem::forbidden());
    }
    let code = typed.ma.trim().to_uppercase();
    let code: Option<CaseCode> = match code.as_str() {
        "" => None,
        code => match code.parse() {
            Ok(code) => Some(code),
            Err(_) => return Ok(failed(&tr!(me, "books-no-dossier"))),
        },
    };
    let (by, now, why) = (me.actor(), me.now, typed.ly_do);
    let settled = cashier.write(move |tx, cashier| {
        let moment = cashier.desk.moment();
        cashier.desk.in_office(&moment, |office| {
            match &code {
                Some(code) => drop(payments::assign(tx, office, id, code, &by, now)?),
                None => payments::settle(tx, office, id, &why, &by, now)?,
            }
            Ok(())
        })
    });
    match settled.await {
        Ok(()) => Ok(http::flash::see_other_with(BOOKS, Flash::done(tr!(me, "books-settled")))),
        Err(Error::Payments(error)) => Ok(match error {
            payments::Error::ReasonMissing => failed(&tr!(me, "books-why-missing")),
            payments::Error::NothingOpen => failed(&tr!(me, "books-settled-before")),
            payments::Error::NotOwed { owed, came } => {
                let (owed, came) = (me.words.money(dong(owed)), me.words.money(dong(came)));
                failed(&tr!(me, "books-not-owed", owed = owed, came = came))
            }
            payments::Error::Case(casework::Error::NoSuchCase) => {
                failed(&tr!(me, "books-no-dossier"))
            }
            other => return Err(Error::Payments(other).into()),
        }),
        Err(error) => Err(error.into()),
    }
}

fn failed(sentence: &str) -> Response {
    http::flash::see_other_with(BOOKS, Flash::failed(sentence))
}
