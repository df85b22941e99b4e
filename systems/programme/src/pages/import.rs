//! A programme from a file: what is wrong with it, line by line, or a draft.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        section::card,
        table::{Column, Row, Table, table},
    },
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{PROGRAMMES, common, typed::Sent};
use crate::{
    Error, commands,
    exchange::{self, Finding, What},
};

/// A file that shows how one is written.
const SAMPLE: &str = include_str!("../../forms/mau.toml");
/// Findings that a page shows.
const SHOWN_MAX: usize = 100;

pub(super) async fn form(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    common::on(&desk, &me, Action::Direct, me.agency)?;
    shown(&desk, &me, &[]).await
}

/// The file that shows how one is written.
pub(super) async fn sample(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    common::reads(&desk, &me)?;
    Ok(common::file("application/toml; charset=utf-8", "chuong-trinh-mau.toml", SAMPLE.into()))
}

async fn shown(desk: &Desk, me: &SignedIn, findings: &[Finding]) -> Result<Response, Problem> {
    let ctx = desk::context(desk, me).await?;
    let list = tr!(me, "programme-nav");
    let sample = format!("{PROGRAMMES}/mau.toml");
    let body = html! {
        p { (tr!(me, "programme-import-lead")) " " a href=(sample) download { (tr!(me, "programme-import-sample")) } }
        form.stack method="post" action={ (PROGRAMMES) "/nhap" } enctype="multipart/form-data" {
            (csrf_field(&ctx))
            div.field {
                label for="file" { (tr!(me, "programme-import-file")) }
                input #file type="file" name="tep" accept=".toml,.xlsx";
            }
            p.acts { button.btn.go { (tr!(me, "programme-import-go")) } }
        }
    };
    let title = tr!(me, "programme-import");
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), PROGRAMMES)], &title))
        @if !findings.is_empty() { (told(me, findings)) }
        (card("import", &title, body))
    };
    let status =
        if findings.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
}

fn told(me: &SignedIn, findings: &[Finding]) -> Markup {
    let row = |finding: &Finding| {
        let place = match finding.at.sheet {
            Some(sheet) => tr!(me, "programme-at-row", sheet = sheet, n = finding.at.line),
            None => tr!(me, "programme-at-line", n = finding.at.line),
        };
        Row::Cells(vec![html! { (place) }, html! { (sentence(me, &finding.what)) }])
    };
    let rows = findings.iter().take(SHOWN_MAX).map(row).collect();
    let columns =
        vec![Column::text(tr!(me, "programme-place")), Column::text(tr!(me, "programme-finding"))];
    let caption = tr!(me, "programme-findings", n = findings.len());
    html! { div role="alert" { (table(&Table { caption, caption_shown: true, columns, rows })) } }
}

/// What is wrong, and what to do.
pub(super) fn sentence(me: &SignedIn, what: &What) -> String {
    let field = |name: &str| me.words.t(&format!("programme-field-{}", name.replace('_', "-")));
    match what {
        What::TooLong => tr!(me, "programme-finding-too-long"),
        What::NotText => tr!(me, "programme-finding-not-text"),
        What::Syntax(why) => tr!(me, "programme-finding-syntax", why = why.as_str()),
        What::UnknownField(name) => {
            tr!(me, "programme-finding-unknown-field", name = name.as_str())
        }
        What::Missing(name) => tr!(me, "programme-finding-missing", field = field(name)),
        What::Unreadable(name, value) => {
            tr!(me, "programme-finding-unreadable", field = field(name), value = value.as_str())
        }
        What::Twice(code) => tr!(me, "programme-finding-twice", code = code.as_str()),
        What::NoAgency(code) => tr!(me, "programme-finding-no-agency", code = code.as_str()),
        What::OutOfReach(code) => tr!(me, "programme-finding-out-of-reach", code = code.as_str()),
        What::NoIndicator(code) => tr!(me, "programme-finding-no-indicator", code = code.as_str()),
        What::WholeOnly(code) => tr!(me, "programme-finding-whole-only", code = code.as_str()),
        What::Direction(code) => tr!(me, "programme-finding-direction", code = code.as_str()),
        What::NoGoal(n) => tr!(me, "programme-finding-no-goal", n = n.as_str()),
        What::NoTarget(code) => tr!(me, "programme-finding-no-target", code = code.as_str()),
        What::NoWay => tr!(me, "programme-finding-no-way"),
        What::NotByHand => tr!(me, "programme-finding-not-by-hand"),
        What::Months => tr!(me, "programme-finding-months"),
        What::Term(day) => tr!(me, "programme-finding-term", day = day.as_str()),
        What::TooMany(max) => tr!(me, "programme-finding-too-many", max = *max),
    }
}

/// A file is read: findings, or a draft.
pub(super) async fn send(
    State(desk): State<Desk>,
    me: SignedIn,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    common::on(&desk, &me, Action::Direct, me.agency)?;
    let Some((_, bytes)) = sent.papers.into_iter().next() else {
        return shown(&desk, &me, &[Finding::at(1, What::NotText)]).await;
    };
    let (shared, now) = (desk.clone(), me.now);
    let read = tokio::task::spawn_blocking(move || exchange::read(&shared, &bytes, now));
    let draft = match read.await.map_err(|error| Problem::internal(&error))? {
        Ok(draft) => draft,
        Err(findings) => return shown(&desk, &me, &findings).await,
    };
    common::on(&desk, &me, Action::Direct, draft.programme.agency)?;
    let (code, stamp) = (draft.programme.code.clone(), common::stamp(&me));
    let written = common::write(&desk, move |tx, desk| commands::draft(tx, desk, &draft, &stamp));
    match written.await {
        Ok(()) => Ok(common::done(&format!("{PROGRAMMES}/{code}"), tr!(me, "programme-imported"))),
        Err(Error::Taken(code)) => shown(&desk, &me, &[Finding::at(1, What::Twice(code))]).await,
        Err(error) => Err(error.into()),
    }
}
