//! All answers at once, before they are sent; sending; and throwing a draft away.

use axum::{
    Router,
    extract::{Form, Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use kernel::today;
use maud::{Markup, html};
use procedure::{Component, ComponentKind};
use serde::Deserialize;
use web::{
    Citizen, Icon,
    components::{confirm, errors, flash::Flash},
    form::Faults,
    http::{Problem, flash::see_other_with, see_other},
    i18n::hash_ends,
    icon, page,
    page::csrf_field,
    tr,
};

use super::{
    DOSSIERS, FILL, ME,
    question::{self, Open, in_words, source_in_words},
    speak, typed,
};
use crate::{
    Services, drafts, filing,
    filing::Sent,
    model::{Question, Upload, asked},
    offices,
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{FILL}/{{draft}}/kiem-tra"), get(show))
        .route(&format!("{FILL}/{{draft}}/gui"), post(send))
        .route(&format!("{FILL}/{{draft}}/bo"), get(ask_discard).post(discard))
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
) -> Result<Markup, Problem> {
    let open = question::open(&services, &me, &id).await?;
    Ok(answers_page(&me, &open, &Faults::default()))
}

fn answers_page(me: &Citizen, open: &Open, faults: &Faults) -> Markup {
    let ctx = me.page();
    let (draft, procedure) = (&open.draft, &open.procedure);
    let all = filing::questions_at(procedure, &open.moment, me.now);
    let asked = asked(&all, &draft.sheet);
    let left = asked.iter().filter(|question| !question.answered(&draft.sheet)).count();
    let title = tr!(me, "review-title");
    let last = format!("{FILL}/{}/{}", draft.id, asked.len().max(1));
    let main = html! {
        a.bk href=(last) { (icon(Icon::Back)) (tr!(me, "question-back")) }
        (errors::summary(&me.words, faults))
        h1 { (title) }
        p.muted { (speak::name(&me.words, procedure)) }
        div.card {
            dl.answers {
                @for question in &all {
                    @let known = of_known(me, open, question);
                    div id=(format!("f-{}", question.key())) {
                        dt { (label(me, question)) }
                        dd {
                            (value(me, open, question))
                            @if let Some(source) = &known { " " small.src { (icon(Icon::Seal)) (source) } }
                        }
                        dd.act { a href={ (FILL) "/" (draft.id) "/" (question.key()) } {
                            @if known.is_some() { (tr!(me, "review-wrong")) } @else { (tr!(me, "review-change")) }
                            span.vh { ": " (label(me, question)) }
                        } }
                    }
                }
            }
        }
        (promise(me, open))
        @if left > 0 { p.note { (tr!(me, "review-left", n = left)) } }
        form.go2 method="post" action={ (FILL) "/" (draft.id) "/gui" } {
            (csrf_field(&ctx))
            button.btn.go { (tr!(me, "review-send")) }
            a.btn href=(ME) { (tr!(me, "question-later")) }
        }
        p.muted.small { (tr!(me, "review-true")) }
        p { a href={ (FILL) "/" (draft.id) "/bo" } { (tr!(me, "review-discard")) } }
        (super::app::script())
    };
    page::citizen(&ctx, &errors::title(&me.words, faults, &title), main)
}

fn of_known(me: &Citizen, open: &Open, question: &Question<'_>) -> Option<String> {
    let Question::Field(field) = question else { return None };
    let source = open.draft.sheet.known.get(field.id.as_str())?;
    Some(source_in_words(me, source))
}

fn label<'q>(me: &Citizen, question: &'q Question<'q>) -> std::borrow::Cow<'q, str> {
    match question {
        Question::Office => tr!(me, "review-office").into(),
        Question::Field(field) => speak::label(&me.words, field).into(),
        Question::Paper(component) => component.name.as_str().into(),
        Question::Returns => tr!(me, "review-returns").into(),
    }
}

fn value(me: &Citizen, open: &Open, question: &Question<'_>) -> Markup {
    let sheet = &open.draft.sheet;
    if let Question::Paper(component) = question {
        let files = sheet.papers.get(component.id.as_str());
        if let Some(files) = files.filter(|files| !files.is_empty()) {
            return html! { @for file in files { (one_file(file)) } };
        }
    }
    if question.answered(sheet) {
        html! { (in_words(me, &open.moment, sheet, question)) }
    } else {
        html! { b { (tr!(me, "review-unanswered")) } }
    }
}

fn one_file(file: &Upload) -> Markup {
    let hash = file.hash.to_string();
    html! { span.file { (file.name) " " code.muted title=(hash) { (hash_ends(&hash)) } } " " }
}

/// What happens when it is sent: who gets it, how long it takes, what it costs, what stays on
/// paper.
fn promise(me: &Citizen, open: &Open) -> Markup {
    let (words, procedure) = (&me.words, &open.procedure);
    let receiving = offices::offices(&open.moment, procedure, me.now);
    let chosen = open.draft.sheet.office.and_then(|id| open.moment.directory.agency(id));
    let office = chosen.or_else(|| receiving.first().copied());
    let (answers, day) = (&open.draft.sheet.answers, today(me.now));
    let fees = speak::owed(words, procedure, answers, day);
    let first = speak::pays_first(procedure, answers, day);
    let original = |c: &&Component| {
        matches!(c.kind, ComponentKind::Original | ComponentKind::CertifiedCopy)
            && open.draft.sheet.papers.contains_key(c.id.as_str())
    };
    let originals: Vec<&Component> = procedure.components.iter().filter(original).collect();
    html! {
        h2 { (tr!(me, "review-next")) }
        ul {
            @if let Some(office) = office { li { (tr!(me, "review-goes-to", agency = office.name.as_str())) } }
            li { (tr!(me, "review-time", time = speak::time(words, procedure))) }
            @if fees.is_empty() { li { (tr!(me, "before-free")) } }
            @else { @for fee in &fees { li { (fee) } } }
            @if first { li { (tr!(me, "review-pay-first")) } }
            @else if !fees.is_empty() { li { (tr!(me, "review-pay-later")) } }
            @if !originals.is_empty() { li { (tr!(me, "review-originals")) } }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Token {
    #[serde(default, rename = "_csrf")]
    csrf: String,
}

/// Files it. Pressed twice, or sent again after a broken connection, it is one dossier.
async fn send(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
    Form(form): Form<Token>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    let open = question::open(&services, &me, &id).await?;
    let (party, now, draft) = (me.party, me.now, open.draft.id);
    let mut tries = 0;
    let (sent, code) = loop {
        let shared = services.desk.clone();
        let sent = services.desk.front.store.write(move |tx| {
            let found = drafts::load(tx, &shared, draft, party)?;
            let found = found.ok_or(casework::Error::NoSuchCase)?;
            let sent = filing::send(tx, &shared, &found, now)?;
            let code = match &sent {
                Sent::Filed(case) => casework::load(tx, &shared.front.tenant, *case)?,
                _ => None,
            };
            Ok::<_, desk::Error>((sent, code.map(|case| case.code)))
        });
        tries += 1;
        match sent.await {
            // Sent at once from two windows: the second time it is known which dossier it became.
            Err(desk::Error::Store(store::Error::Conflict)) if tries < 3 => {}
            sent => break sent?,
        }
    };
    if let Some(code) = code {
        return Ok(see_other(&format!("{DOSSIERS}/{code}/bien-nhan")));
    }
    let mut faults = Faults::default();
    let all = filing::questions_at(&open.procedure, &open.moment, now);
    let named = |key: &str| {
        let question = all.iter().find(|question| question.key() == key);
        question.map_or_else(String::new, |question| label(&me, question).into_owned())
    };
    match sent {
        Sent::Filed(_) => {}
        Sent::NoMandate => {
            return Ok(see_other_with(super::MANDATES, Flash::failed(tr!(me, "mandate-gone"))));
        }
        Sent::Unanswered(keys) => {
            for key in keys {
                let said = tr!(me, "review-missing", name = named(&key));
                faults.add(key, said);
            }
        }
        Sent::Wrong(complaints) => {
            for complaint in complaints {
                let key = filing::question_of(&complaint).unwrap_or_default();
                let why = typed::complained(&me.words, &complaint);
                faults.add(key.clone(), tr!(me, "review-fault", name = named(&key), why = why));
            }
        }
    }
    let page = answers_page(&me, &open, &faults);
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

async fn ask_discard(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
) -> Result<Markup, Problem> {
    let open = question::open(&services, &me, &id).await?;
    let ctx = me.page();
    let asked = confirm::Confirm {
        question: tr!(me, "review-discard-ask", name = speak::name(&me.words, &open.procedure)),
        consequences: vec![tr!(me, "review-discard-1"), tr!(me, "review-discard-2")],
        action: format!("{FILL}/{id}/bo"),
        verb: tr!(me, "review-discard"),
        harsh: true,
        back: format!("{FILL}/{id}/kiem-tra"),
        kept: Vec::new(),
    };
    Ok(page::citizen(&ctx, &asked.verb, confirm::confirm(&ctx, &asked, html! {})))
}

async fn discard(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
    Form(form): Form<Token>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    let open = question::open(&services, &me, &id).await?;
    let (shared, draft, party) = (services.desk.clone(), open.draft.id, me.party);
    let gone = services
        .desk
        .front
        .store
        .write(move |tx| drafts::discard(tx, &shared.front.tenant, draft, party));
    gone.await?;
    Ok(see_other_with(ME, Flash::done(tr!(me, "review-discarded"))))
}
