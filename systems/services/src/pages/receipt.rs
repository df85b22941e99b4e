//! What a person holds in hand after filing: code, secret, QR, and evidence that anybody can
//! check; on screen, as PDF, and as the journal's own receipt.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::{Case, Status};
use desk::Moment;
use files::{Qr, Template};
use kernel::{CaseCode, today};
use maud::{Markup, PreEscaped, html};
use serde_json::{Value, json};
use tokio::task::spawn_blocking;
use web::{
    Citizen, Icon, Words,
    components::{
        documents::{Filed, filed},
        note,
        paper::{Given, Paper},
    },
    http::Problem,
    i18n::capital,
    icon, page, tr,
};

use super::{DOSSIERS, ME, PAY, TRACKING, speak};
use crate::{
    Services,
    queries::{self, Mine},
};

/// The receipt on paper.
const SHEET: &str = include_str!("../../forms/online-receipt.typ");

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{DOSSIERS}/{{code}}/bien-nhan"), get(show))
        .route(&format!("{DOSSIERS}/{{code}}/bien-nhan.pdf"), get(pdf))
        .route(&format!("{DOSSIERS}/{{code}}/bien-nhan.json"), get(evidence))
}

/// A dossier of this person, by its code.
///
/// # Errors
/// Not found, for those of others too.
pub(super) async fn open(
    services: &Services,
    me: &Citizen,
    code: &str,
) -> Result<(Mine, Moment), Problem> {
    let missing = || {
        let said = Problem::not_found().detail(tr!(me, "mine-not-yours"));
        said.way_out(tr!(me, "mine-title"), ME)
    };
    let code: CaseCode = code.parse().map_err(|_| missing())?;
    let (shared, party) = (services.desk.clone(), me.party);
    let found =
        services.desk.front.store.read(move |tx| queries::of_mine(tx, &shared, party, &code));
    let mine = found.await?.ok_or_else(missing)?;
    Ok((mine, services.desk.moment()))
}

/// The address behind the QR code.
fn address(services: &Services, mine: &Mine) -> String {
    let secret = services.desk.tracking_secret(mine.case.id);
    format!("{}{TRACKING}?ma={}&khoa={secret}", services.desk.address, mine.case.code)
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let (mine, moment) = open(&services, &me, &code).await?;
    let ctx = me.page();
    let words = &me.words;
    let case = &mine.case;
    let qr = Qr::new(&address(&services, &mine)).map_err(desk::Error::from)?;
    let qr = html! { span role="img" aria-label=(tr!(me, "receipt-code-qr")) { (PreEscaped(qr.svg())) } };
    let (due, day, why) = promised(words, &mine);
    let sheet = Paper {
        title: tr!(me, "receipt-heading"),
        due_is: case.accepted_at.is_none().then(|| tr!(me, "receipt-answer-by")),
        due,
        day,
        clock: None,
        why,
        facts: std::iter::once((tr!(me, "receipt-secret"), services.desk.tracking_secret(case.id)))
            .chain(facts(words, &moment, &mine))
            .collect(),
        hands: Vec::new(),
        given: Some(Given { code: case.code.to_string(), secret: None, qr: Some(qr) }),
    };
    let owes = owes(case);
    let acts = html! {
        @if owes {
            a.btn.go.wide href={ (PAY) "/" (case.code) } { (tr!(me, "receipt-pay", sum = sum(words, case.unpaid()))) }
            a.btn.wide href={ (DOSSIERS) "/" (case.code) } { (tr!(me, "receipt-follow")) }
        } @else {
            a.btn.go.wide href={ (DOSSIERS) "/" (case.code) } { (tr!(me, "receipt-follow")) }
        }
        a.btn.wide href={ (DOSSIERS) "/" (case.code) "/bien-nhan.pdf" } { (icon(Icon::Print)) (tr!(me, "receipt-pdf")) }
        a.btn.wide href={ (DOSSIERS) "/" (case.code) "/bien-nhan.json" } { (tr!(me, "receipt-evidence")) }
        p.muted.small { (tr!(me, "receipt-evidence-note")) }
    };
    let main = html! {
        h1 { (tr!(me, "receipt-done")) }
        (note::note(note::Tone::Plain, html! { p { (tr!(me, "receipt-keep")) } }))
        @if owes {
            (note::note(note::Tone::Soon, html! { p { b { (tr!(me, "fee-owed", sum = sum(words, case.unpaid()))) } " " (when_due(words, case)) } }))
        }
        (web::components::paper::paper(words, &sheet, acts))
        h2 { (tr!(me, "receipt-papers")) }
        (filed(words, &papers(words, &moment, &mine)))
    };
    Ok(page::citizen(&ctx, &tr!(me, "receipt-page", code = case.code.as_str()), main))
}

/// Whether there is something to pay now.
pub(super) fn owes(case: &Case) -> bool {
    case.status.is_open() && case.unpaid() > 0
}

/// What waits for the payment.
pub(super) fn when_due(words: &Words, case: &Case) -> String {
    let key = match case.status {
        Status::AwaitingPayment if case.accepted_at.is_none() => "fee-before-acceptance",
        Status::AwaitingPayment => "fee-work-waits",
        _ => "fee-before-result",
    };
    words.t(key)
}

pub(super) fn sum(words: &Words, dong: u64) -> String {
    words.money(i64::try_from(dong).unwrap_or(i64::MAX))
}

/// What is promised: the result's instant once it is taken on, else until when it must be.
fn promised(words: &Words, mine: &Mine) -> (String, String, String) {
    let case = &mine.case;
    let day = |at| capital(&words.date_long(today(at)));
    match case.due().filter(|_| case.accepted_at.is_some()) {
        Some(due) => (words.time(due), day(due), tr!(words, "receipt-why-due")),
        None if case.status == Status::AwaitingPayment => {
            (tr!(words, "receipt-when-paid"), String::new(), tr!(words, "fee-before-acceptance"))
        }
        None => {
            let by = case.accept_by;
            (words.time(by), day(by), tr!(words, "receipt-why-accept"))
        }
    }
}

fn facts(words: &Words, moment: &Moment, mine: &Mine) -> Vec<(String, String)> {
    let case = &mine.case;
    let name = moment.shelf.version(&case.procedure).map_or("", |p| speak::name(words, p));
    let agency = |id| moment.directory.agency(id).map_or_else(String::new, |a| a.name.clone());
    vec![
        (tr!(words, "receipt-what"), name.to_owned()),
        (tr!(words, "receipt-sent-at"), words.moment(case.submitted_at)),
        (tr!(words, "receipt-office"), agency(case.received_by)),
        (tr!(words, "fee-title"), fee_fact(words, case)),
    ]
}

fn fee_fact(words: &Words, case: &Case) -> String {
    let total: u64 = case.obligations.iter().map(|owed| owed.amount).sum();
    match (total, case.unpaid()) {
        (0, _) => tr!(words, "fee-none"),
        (total, 0) => tr!(words, "fee-settled", sum = sum(words, total)),
        (_, unpaid) => tr!(words, "fee-owed", sum = sum(words, unpaid)),
    }
}

/// The papers of a dossier, as lists show them.
pub(super) fn papers(words: &Words, moment: &Moment, mine: &Mine) -> Vec<Filed> {
    let procedure = moment.shelf.version(&mine.case.procedure);
    let name_of = |id: &str| {
        let all = procedure.map_or(&[][..], |p| &p.components);
        all.iter().find(|c| c.id.as_str() == id).map(|c| c.name.clone())
    };
    let one = |component: &casework::Component| {
        let file = component.file.as_ref();
        let file = file.and_then(|hash| mine.files.iter().find(|f| f.hash == *hash));
        let title = component.id.as_deref().and_then(name_of);
        let title = title.or_else(|| file.map(|file| file.name.clone()));
        Filed {
            title: title.unwrap_or_default(),
            href: file.map(|f| format!("{DOSSIERS}/{}/tep/{}", mine.case.code, f.hash)),
            note: words.t(&format!("mine-source-{}", component.source)),
            kind: file.map_or_else(String::new, |file| {
                format!("{}, {}", file.kind.to_uppercase(), words.file_size(file.size))
            }),
            hash: component.file.clone(),
        }
    };
    mine.case.components.iter().map(one).collect()
}

/// The journal's receipt, to be checked by anybody offline.
async fn evidence(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (mine, _) = open(&services, &me, &code).await?;
    let receipt = mine.receipt.ok_or_else(Problem::not_found)?;
    let text = receipt.to_json().map_err(desk::Error::from)?;
    let name = format!("attachment; filename=\"bien-nhan-{}.json\"", mine.case.code);
    let headers = [
        (header::CONTENT_TYPE, "application/json".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

async fn pdf(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (mine, moment) = open(&services, &me, &code).await?;
    let data = sheet(&services, &me.words, &moment, &mine).map_err(desk::Error::from)?;
    let dated = mine.case.submitted_at;
    let made =
        spawn_blocking(move || Template::new("online-receipt.typ", SHEET).render(&data, dated));
    let pdf = made.await.map_err(|error| Problem::internal(&error))?.map_err(desk::Error::from)?;
    let name = format!("inline; filename=\"bien-nhan-{}.pdf\"", mine.case.code);
    let headers =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, pdf.into_bytes()).into_response())
}

fn sheet(services: &Services, words: &Words, moment: &Moment, mine: &Mine) -> files::Result<Value> {
    let (due, day, why) = promised(words, mine);
    let leaf = mine.receipt.as_ref().map(|receipt| receipt.leaf.to_string()).unwrap_or_default();
    let papers: Vec<Value> = papers(words, moment, mine)
        .iter()
        .map(|p| json!({ "title": p.title, "kind": p.kind, "hash": p.hash }))
        .collect();
    let facts: Vec<Value> = facts(words, moment, mine).iter().map(|(k, v)| json!([k, v])).collect();
    Ok(json!({
        "place": services.desk.front.place.name,
        "title": tr!(words, "receipt-heading"),
        "code": mine.case.code,
        "secret": services.desk.tracking_secret(mine.case.id),
        "qr": Qr::new(&address(services, mine))?.svg(),
        "due": if day.is_empty() { due } else { format!("{due}, {day}") },
        "why": why,
        "facts": facts,
        "papers": papers,
        "leaf": leaf,
        "labels": {
            "promise": tr!(words, "receipt-promise"),
            "code": tr!(words, "paper-code"),
            "secret": tr!(words, "receipt-secret"),
            "papers": tr!(words, "receipt-papers"),
            "leaf": tr!(words, "receipt-leaf"),
            "keep": tr!(words, "receipt-keep"),
        },
    }))
}
