//! The whole form on one page, for where there is no connection: the browser keeps it if it is
//! asked to, what is typed stays on the device, and it is sent when the connection is back. Once:
//! answers that came already change nothing, and the draft is one dossier at most.

use std::collections::BTreeMap;

use axum::{
    Json, Router,
    extract::{Path, Request, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use maud::{Markup, html};
use procedure::{Field, FieldKind};
use serde_json::{Value, json};
use store::Tx;
use web::{
    Citizen, Icon,
    components::{errors, fields, note},
    form::{DateText, Faults},
    front::ENTER,
    http::{Problem, encoded, see_other},
    icon, page,
    page::csrf_field,
    tr,
};

use super::{
    FILL, ME, app,
    question::{self, Open},
    speak, typed,
    typed::Sent,
};
use crate::{
    Services, drafts, filing,
    model::{Draft, Question, asked},
};

pub(super) fn routes() -> Router<Services> {
    Router::new().route(&format!("{FILL}/{{draft}}/ca-don"), get(show).post(send))
}

/// The fields that are asked.
fn asked_fields<'p>(open: &'p Open, me: &Citizen) -> Vec<&'p Field> {
    let all = filing::questions_at(&open.procedure, &open.moment, me.now);
    let asked = asked(&all, &open.draft.sheet);
    asked
        .iter()
        .filter_map(|question| match question {
            Question::Field(field) => Some(*field),
            _ => None,
        })
        .collect()
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
) -> Result<Markup, Problem> {
    let open = question::open(&services, &me, &id).await?;
    Ok(form(&me, &open, &Sent::default(), &Faults::default()))
}

fn form(me: &Citizen, open: &Open, sent: &Sent, faults: &Faults) -> Markup {
    let ctx = me.page();
    let id = open.draft.id;
    let here = format!("{FILL}/{id}/ca-don");
    let title = tr!(me, "whole-title", name = speak::name(&me.words, &open.procedure));
    let main = html! {
        a.bk href={ (FILL) "/" (id) } { (icon(Icon::Back)) (tr!(me, "whole-back")) }
        (errors::summary(&me.words, faults))
        h1 { (title) }
        (note::note(note::Tone::Plain, html! {
            p { (tr!(me, "whole-lead")) }
            p { (tr!(me, "whole-where")) }
        }))
        p.saved data-state aria-live="polite" {}
        form.stack method="post" action=(here) novalidate data-offline=(id)
            data-kept=(tr!(me, "whole-kept")) data-waiting=(tr!(me, "whole-waiting"))
            data-sign-in=(tr!(me, "whole-sign-in")) data-sign-in-label=(tr!(me, "before-sign-in"))
            data-sign-in-to={ (ENTER) "?tiep=" (encoded(&here)) } {
            (csrf_field(&ctx))
            @for field in asked_fields(open, me) { (control(me, open, field, sent, faults)) }
            div.go2 { button.btn.go { (tr!(me, "whole-send")) } }
        }
        p.muted.small { (tr!(me, "whole-papers")) }
        (app::script())
    };
    page::citizen(&ctx, &errors::title(&me.words, faults, &title), main)
}

fn control(me: &Citizen, open: &Open, field: &Field, sent: &Sent, faults: &Faults) -> Markup {
    let words = &me.words;
    let name = format!("o-{}", field.id);
    let label = speak::question(words, field).to_owned();
    let hint = field.hint.as_ref().map(|h| speak::either(words, h, field.hint_en.as_ref()));
    let mut view = fields::Field::new(&name, &label).fault(faults.of(&name)).nodraft();
    view.hint = hint;
    view.optional = !field.required;
    let kept = open.draft.sheet.answers.get(field.id.as_str());
    let text = match (sent.texts.is_empty(), kept) {
        (false, _) => sent.text(&name).to_owned(),
        (true, Some(value)) if field.kind == FieldKind::Commune => {
            speak::answer(words, &open.moment, field, value)
        }
        (true, Some(value)) => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
        (true, None) => String::new(),
    };
    let choices = || -> Vec<fields::Choice> {
        let choices = field.choices.iter();
        choices.map(|c| fields::Choice::new(c.id.as_str(), speak::choice(words, c))).collect()
    };
    match field.kind {
        FieldKind::Text | FieldKind::Commune => fields::text(words, &view, &text),
        FieldKind::LongText => fields::textarea(words, &view, &text),
        FieldKind::Integer => fields::input(words, &view, "number", &text),
        FieldKind::Phone => fields::input(words, &view, "tel", &text),
        FieldKind::CitizenId => fields::citizen_id(words, &view, &text),
        FieldKind::Choice if field.choices.len() <= 6 => {
            fields::radios(words, &view, &choices(), &text)
        }
        FieldKind::Choice => fields::select(words, &view, &choices(), &text),
        FieldKind::Date => {
            let day = text.parse().ok().map(DateText::of).unwrap_or_default();
            let day = if sent.texts.is_empty() { day } else { typed::boxes(sent, &name) };
            fields::date_boxes(words, &view, &day)
        }
    }
}

async fn send(
    State(services): State<Services>,
    me: Citizen,
    Path(id): Path<String>,
    headers: HeaderMap,
    request: Request,
) -> Result<Response, Problem> {
    let sent = typed::read(request).await?;
    if !me.csrf_fits(sent.text(web::http::csrf::FIELD)) {
        return Err(Problem::forbidden());
    }
    let program = headers.get(header::ACCEPT).is_some_and(|kind| kind == "application/json");
    let check = format!("{FILL}/{id}/kiem-tra");
    let open = match question::open(&services, &me, &id).await {
        Ok(open) => open,
        // It was sent before, and this is the same once more.
        Err(problem) if program && problem.status == StatusCode::SEE_OTHER => {
            return Ok(Json(json!({ "next": ME })).into_response());
        }
        Err(problem) => return Err(problem),
    };
    let mut faults = Faults::default();
    let mut answers: BTreeMap<String, Value> = BTreeMap::new();
    for field in asked_fields(&open, &me) {
        let name = format!("o-{}", field.id);
        let (moment, procedure) = (&open.moment, &open.procedure);
        match typed::answer(&me.words, moment, procedure, field, &sent.of_field(&name)) {
            Ok(Some(value)) => {
                answers.insert(field.id.to_string(), value);
            }
            Ok(None) => {}
            Err(typed::Unfit::Said(fault)) => faults.add(name, fault),
            Err(typed::Unfit::Several(places)) => {
                let names: Vec<String> = places.into_iter().map(|(_, name)| name).collect();
                faults.add(name, tr!(me, "supplement-several", places = names.join("; ")));
            }
        }
    }
    keep(&services, &me, &open, answers).await?;
    if faults.is_empty() {
        return Ok(match program {
            true => Json(json!({ "next": check })).into_response(),
            false => see_other(&check),
        });
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if program {
        let told: BTreeMap<&str, &str> = faults.iter().collect();
        return Ok((status, Json(json!({ "faults": told }))).into_response());
    }
    Ok((status, form(&me, &open, &sent, &faults)).into_response())
}

/// Keeps the answers that are good, all in one transaction.
async fn keep(
    services: &Services,
    me: &Citizen,
    open: &Open,
    answers: BTreeMap<String, Value>,
) -> Result<(), Problem> {
    let mut tries = 0;
    loop {
        let (shared, procedure, answers) =
            (services.desk.clone(), open.procedure.clone(), answers.clone());
        let (id, party, now) = (open.draft.id, me.party, me.now);
        let kept = services.desk.front.store.write(move |tx: &mut Tx<'_>| {
            let found: Option<Draft> = drafts::load(tx, &shared, id, party)?;
            let mut draft = found.ok_or(casework::Error::NoSuchCase)?;
            let before = draft.sheet.clone();
            for field in &procedure.fields {
                if let Some(value) = answers.get(field.id.as_str()) {
                    draft.sheet.answer(&field.id, Some(value.clone()));
                }
            }
            // The same once more changes nothing.
            if draft.sheet != before {
                drafts::save(tx, &shared, &mut draft, now)?;
            }
            Ok::<_, desk::Error>(())
        });
        tries += 1;
        match kept.await {
            Err(desk::Error::Store(store::Error::Conflict)) if tries < 3 => {}
            kept => return Ok(kept?),
        }
    }
}
