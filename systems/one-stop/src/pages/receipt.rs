//! What the applicant takes home: the receipt on screen with code, QR and secret, the receipt of
//! the journal, and the legal forms as PDF.

use axum::{
    Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::Status;
use desk::Dossier;
use files::Qr;
use identity::access::{Action, Target};
use journal::Receipt;
use kernel::CaseCode;
use maud::{Markup, PreEscaped, html};
use tokio::task::spawn_blocking;
use web::{
    PageContext, SignedIn,
    components::{
        documents::{Filed, filed},
        paper::{Given, Paper, paper},
        section::card,
    },
    http::Problem,
    i18n::capital,
    page, tr,
};

use super::{COUNTER, DOSSIER, TRACKING, clock, context, forbidden, forms_of};
use crate::{Desk, Error, Moment, Result, forms::render_form};

/// The addresses of receipts and forms.
pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/ho-so/{code}/giay-hen", get(show))
        .route("/ho-so/{code}/bien-nhan.json", get(journal_receipt))
        .route("/ho-so/{code}/mau/{file}", get(form))
}

/// The address that a citizen follows a dossier at.
pub(super) fn tracking_address(desk: &Desk, dossier: &Dossier) -> String {
    let secret = desk.tracking_secret(dossier.case.id);
    format!("{}{TRACKING}?ma={}&khoa={secret}", desk.address, dossier.case.code)
}

/// The dossier, for somebody who may do `action` with it.
async fn open(desk: &Desk, me: &SignedIn, code: &str, action: Action) -> Result<Dossier, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let shared = desk.clone();
    let dossier = desk.front.store.read(move |tx| desk::dossier(tx, &shared, &code));
    let dossier = dossier.await?.ok_or_else(Problem::not_found)?;
    let moment = desk.moment();
    let facts = desk.facts(&dossier.case, &moment);
    let may = me.may(&desk.front, action, Target::Case(&facts));
    may.check().map_err(|denial| forbidden(me, &denial))?;
    Ok(dossier)
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let dossier = open(&desk, &me, &code, Action::PrintForm).await?;
    let ctx = context(&desk, &me).await?;
    let moment = desk.moment();
    let title = tr!(me, "receipt-title", code = code.as_str());
    let main = html! {
        div.cols {
            div.stack {
                (card("papers", &tr!(me, "papers-filed"), filed(&me.words, &papers(&me, &moment, &dossier))))
                (card("forms", &tr!(me, "receipt-forms"), forms(&me, &dossier)))
                p { a href=(COUNTER) { (tr!(me, "receipt-next")) } }
            }
            (sheet(&desk, &me, &ctx, &moment, &dossier)?)
        }
    };
    let heading = html! { h1 { (tr!(me, "counter-paper")) } };
    Ok(page::desk_with(&ctx, &title, heading, main))
}

fn sheet(
    desk: &Desk,
    me: &SignedIn,
    ctx: &PageContext,
    moment: &Moment,
    dossier: &Dossier,
) -> Result<Markup> {
    let case = &dossier.case;
    let calendar = moment.calendars.agency(case.decided_by);
    let qr = Qr::new(&tracking_address(desk, dossier))?;
    let qr =
        html! { span role="img" aria-label=(tr!(me, "receipt-qr")) { (PreEscaped(qr.svg())) } };
    let (due, day) = promise(me, dossier);
    let sheet = Paper {
        due_is: None,
        title: moment.shelf.version(&case.procedure).map_or_else(String::new, |p| p.name.clone()),
        due,
        day,
        clock: Some(clock::view(&me.words, case, me.now, calendar, &desk.thresholds)),
        why: String::new(),
        facts: facts(me, moment, dossier),
        hands: Vec::new(),
        given: Some(Given {
            code: case.code.to_string(),
            secret: Some(desk.tracking_secret(case.id)),
            qr: Some(qr),
        }),
    };
    let first = forms_of::available(dossier).first().copied().unwrap_or(1);
    let acts = html! {
        a.btn.go.wide href={ (DOSSIER) "/" (case.code) "/mau/0" (first) ".pdf" } data-key="Ctrl Enter" {
            (tr!(me, "receipt-print")) " " kbd aria-hidden="true" { "Ctrl Enter" }
        }
        a.btn.wide href={ (DOSSIER) "/" (case.code) "/bien-nhan.json" } { (tr!(me, "receipt-journal")) }
        p.muted.small { (tr!(me, "receipt-journal-note")) }
    };
    Ok(paper(&ctx.words, &sheet, acts))
}

/// The promised time and day; of a dossier that has none, where it stands.
fn promise(me: &SignedIn, dossier: &Dossier) -> (String, String) {
    let case = &dossier.case;
    match case.due().filter(|_| case.status != Status::Declined) {
        Some(due) => {
            let day = capital(&me.words.date_long(kernel::today(due)));
            (me.words.time(due), day)
        }
        None => (me.words.t(&format!("status-{}", case.status.word())), String::new()),
    }
}

fn facts(me: &SignedIn, moment: &Moment, dossier: &Dossier) -> Vec<(String, String)> {
    let case = &dossier.case;
    let total: u64 = case.obligations.iter().map(|owed| owed.amount).sum();
    let money = |dong: u64| me.words.money(i64::try_from(dong).unwrap_or(i64::MAX));
    let fee = match (total, case.unpaid()) {
        (0, _) => tr!(me, "counter-fee-none"),
        (total, 0) => tr!(me, "receipt-fee-paid", amount = money(total)),
        (total, _) => tr!(me, "receipt-fee-due", amount = money(total)),
    };
    let applicant = dossier.applicant.as_ref();
    let number = applicant.and_then(identity::party::Party::masked_number).unwrap_or_default();
    let decided = moment.directory.agency(case.decided_by);
    vec![
        (tr!(me, "counter-applicant"), applicant.map_or_else(String::new, |a| a.name.clone())),
        (tr!(me, "counter-number"), number),
        (tr!(me, "receipt-received"), me.words.moment(case.submitted_at)),
        (tr!(me, "counter-fee"), fee),
        (tr!(me, "counter-decided"), decided.map_or_else(String::new, |a| a.short_name.clone())),
    ]
}

fn papers(me: &SignedIn, moment: &Moment, dossier: &Dossier) -> Vec<Filed> {
    let (procedure, code) = (moment.shelf.version(&dossier.case.procedure), &dossier.case.code);
    let name_of = |id: &str| {
        let all = procedure.map_or(&[][..], |p| &p.components);
        all.iter().find(|c| c.id.as_str() == id).map(|c| c.name.clone())
    };
    let filed = |component: &casework::Component| {
        let file = component.file.as_ref();
        let file = file.and_then(|hash| dossier.files.iter().find(|f| f.hash == *hash));
        let title = component.id.as_deref().and_then(name_of);
        let title = title.or_else(|| file.map(|file| file.name.clone()));
        let kind = file
            .map(|file| format!("{}, {}", file.kind.to_uppercase(), me.words.file_size(file.size)));
        Filed {
            title: title.unwrap_or_default(),
            href: component.file.as_ref().map(|hash| format!("{DOSSIER}/{code}/tep/{hash}")),
            note: tr!(me, "counter-copies", n = component.copies),
            kind: kind.unwrap_or_default(),
            hash: component.file.clone(),
        }
    };
    dossier.case.components.iter().map(filed).collect()
}

fn forms(me: &SignedIn, dossier: &Dossier) -> Markup {
    let code = &dossier.case.code;
    html! {
        ul.l { @for n in forms_of::available(dossier) { li {
            a href={ (DOSSIER) "/" (code) "/mau/0" (n) ".pdf" } { (me.words.t(&format!("form-0{n}"))) }
        } } }
    }
}

/// The journal's receipt for the promise, or for the filing where there is no promise yet; with
/// its proof as soon as it is sealed.
async fn journal_receipt(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let dossier = open(&desk, &me, &code, Action::PrintForm).await?;
    let (shared, case) = (desk.clone(), dossier.case.id);
    let receipt = desk.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let events = journal::read_case(tx, tenant, case)?;
        let promised = events.iter().find(|event| event.kind.as_str() == "accepted");
        let event = promised.or(events.first()).ok_or(casework::Error::NoSuchCase)?;
        let receipt = Receipt::showing(tenant, event);
        match receipt.complete(tx) {
            Ok(complete) => Ok(complete),
            // In the first second there is no proof yet; the receipt is good all the same.
            Err(journal::Error::ReceiptUnsealed) => Ok(receipt),
            Err(error) => Err(Error::from(error)),
        }
    });
    let text = receipt.await?.to_json().map_err(Error::from)?;
    let name = format!("attachment; filename=\"bien-nhan-{code}.json\"");
    let headers =
        [(header::CONTENT_TYPE, "application/json"), (header::CONTENT_DISPOSITION, &name)];
    Ok((headers, text).into_response())
}

async fn form(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, file)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let number = file.strip_suffix(".pdf").and_then(|number| number.parse::<u8>().ok());
    let number = number.filter(|n| (1..=6).contains(n)).ok_or_else(Problem::not_found)?;
    let dossier = open(&desk, &me, &code, Action::PrintForm).await?;
    let office = forms_of::Office { desk: &desk, me: &me, moment: &desk.moment() };
    let missing = || {
        let name = me.words.t(&format!("form-0{number}"));
        Problem::not_found().detail(tr!(me, "form-missing", form = name))
    };
    let form = forms_of::form(&office, &dossier, number).map_err(Error::from)?;
    let form = form.ok_or_else(missing)?;
    let pdf = spawn_blocking(move || render_form(&form)).await;
    let pdf = pdf.map_err(|error| Problem::internal(&error))?.map_err(Error::from)?;
    let name = format!("inline; filename=\"{code}-0{number}.pdf\"");
    let headers = [(header::CONTENT_TYPE, "application/pdf"), (header::CONTENT_DISPOSITION, &name)];
    Ok((headers, pdf.into_bytes()).into_response())
}
