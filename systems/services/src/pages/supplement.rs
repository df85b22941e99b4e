//! Answering a request for papers in place: paper by paper, field by field.

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::{Path, Request, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use casework::{Stamp, Status};
use desk::{Moment, Paper};
use files::{Stored, Template, UPLOAD_BYTES_MAX};
use kernel::CaseCode;
use maud::{Markup, html};
use procedure::{Component, Field};
use serde_json::{Map, Value, json};
use tokio::task::spawn_blocking;
use web::{
    Citizen, Icon, PageContext,
    components::{
        drop::{self, Drop},
        errors, fields,
        flash::Flash,
        note,
    },
    form::{DateText, Faults},
    http::{Problem, flash::see_other_with},
    icon, page,
    page::csrf_field,
    tr,
};

use super::{
    DOSSIERS,
    dossier::asked_for,
    receipt::open,
    speak,
    typed::{self, Sent},
};
use crate::{
    Services,
    commands::{Correction, supplement},
    model::{Upload, is_sent},
    queries::Mine,
};

/// The answers that were corrected, on paper.
const SHEET: &str = include_str!("../../forms/corrections.typ");

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{DOSSIERS}/{{code}}/bo-sung"), get(show).post(send))
        .layer(web::http::uploads(100_000_000))
}

/// The name of the part of a paper.
fn part(component: &Component) -> String {
    format!("giay-{}", component.id)
}

async fn show(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let (mine, moment) = open(&services, &me, &code).await?;
    Ok(ask(&me, &mine, &moment, &Sent::default(), &Faults::default()).into_response())
}

fn ask(me: &Citizen, mine: &Mine, moment: &Moment, sent: &Sent, faults: &Faults) -> Markup {
    let ctx = me.page();
    let case = &mine.case;
    let title = tr!(me, "supplement-title");
    let procedure = moment.shelf.version(&case.procedure);
    let back = format!("{DOSSIERS}/{}", case.code);
    let main = html! {
        a.bk href=(back) { (icon(Icon::Back)) (tr!(me, "supplement-back")) }
        (errors::summary(&me.words, faults))
        h1 { (title) }
        @if case.status != Status::AwaitingSupplement { p { (tr!(me, "supplement-not-asked")) } }
        @else {
            @let (reason, said) = asked_for(&me.words, mine);
            (note::note(note::Tone::Soon, html! {
                p { b { (reason) } } @for line in said.lines() { p { (line) } }
            }))
            p.muted { (tr!(me, "supplement-lead")) }
            @if let Some(procedure) = procedure {
                form.stack method="post" action={ (back) "/bo-sung" } enctype="multipart/form-data" novalidate {
                    (csrf_field(&ctx))
                    h2 { (tr!(me, "supplement-papers")) }
                    @for component in procedure.components.iter().filter(|c| is_sent(c)) {
                        (paper(&ctx, mine, component, faults))
                    }
                    (further(&ctx, faults))
                    h2 { (tr!(me, "supplement-answers")) }
                    @for field in &procedure.fields { (answer(&ctx, mine, moment, field, sent, faults)) }
                    div.go2 {
                        button.btn.go { (tr!(me, "supplement-send")) }
                        a.btn href=(back) { (tr!(me, "question-later")) }
                    }
                }
            }
        }
    };
    page::citizen(&ctx, &errors::title(&me.words, faults, &title), main)
}

fn place(ctx: &PageContext, name: &str, faults: &Faults) -> Markup {
    let place = Drop {
        name: name.to_owned(),
        kinds: tr!(ctx, "fill-kinds"),
        accept: "image/jpeg,image/png,application/pdf,.docx,.xlsx".to_owned(),
        bytes_max: UPLOAD_BYTES_MAX,
        several: true,
        fault: faults.of(name).map(str::to_owned),
        ..Drop::default()
    };
    drop::drop(&ctx.words, &place)
}

fn paper(ctx: &PageContext, mine: &Mine, component: &Component, faults: &Faults) -> Markup {
    let is = |c: &&casework::Component| c.id.as_deref() == Some(component.id.as_str());
    let here = mine.case.components.iter().filter(is).count();
    html! {
        details.card open[here == 0 && component.required || faults.of(&part(component)).is_some()] {
            summary {
                b { (component.name) } " "
                span.muted { @if here == 0 { (tr!(ctx, "supplement-none")) }
                    @else { (tr!(ctx, "supplement-here", n = here)) } }
            }
            (place(ctx, &part(component), faults))
        }
    }
}

fn further(ctx: &PageContext, faults: &Faults) -> Markup {
    html! {
        details.card open[faults.of("giay-khac").is_some()] {
            summary { b { (tr!(ctx, "supplement-further")) } }
            (place(ctx, "giay-khac", faults))
        }
    }
}

/// One answer, folded, with its control; left as it is, nothing changes.
fn answer(
    ctx: &PageContext,
    mine: &Mine,
    moment: &Moment,
    field: &Field,
    sent: &Sent,
    faults: &Faults,
) -> Markup {
    let words = &ctx.words;
    let value = mine.answers.get(field.id.as_str());
    let shown = value.map_or_else(String::new, |value| speak::answer(words, moment, field, value));
    let name = format!("o-{}", field.id);
    let label = speak::label(words, field).to_owned();
    let typed = sent.text(&name);
    let control = fields::Field::new(&name, &label).fault(faults.of(&name)).nodraft();
    let control = fields::Field { optional: true, ..control };
    let plain = value.and_then(Value::as_str).unwrap_or_default();
    let text = if sent.texts.is_empty() { plain } else { typed };
    html! {
        details.card open[faults.of(&name).is_some()] {
            summary { (label) ": " b { (shown) } }
            @match field.kind {
                procedure::FieldKind::Date => {
                    @let day = plain.parse().ok().map(DateText::of).unwrap_or_default();
                    @let day = if sent.texts.is_empty() { day } else { typed::boxes(sent, &name) };
                    (fields::date_boxes(words, &control, &day))
                }
                procedure::FieldKind::Choice => {
                    @let choices: Vec<fields::Choice> = field.choices.iter()
                        .map(|c| fields::Choice::new(c.id.as_str(), speak::choice(words, c))).collect();
                    (fields::select(words, &control, &choices, text))
                }
                procedure::FieldKind::LongText => (fields::textarea(words, &control, text)),
                procedure::FieldKind::Commune => {
                    (fields::text(words, &control, if sent.texts.is_empty() { &shown } else { typed }))
                }
                procedure::FieldKind::Integer => {
                    @let number = value.map(ToString::to_string).unwrap_or_default();
                    (fields::input(words, &control, "number", if sent.texts.is_empty() { &number } else { typed }))
                }
                _ => (fields::text(words, &control, text)),
            }
        }
    }
}

async fn send(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, Problem> {
    let (sent, parts) = typed::read_parts(request).await?;
    if !me.csrf_fits(sent.text(web::http::csrf::FIELD)) {
        return Err(Problem::forbidden());
    }
    let (mine, moment) = open(&services, &me, &code).await?;
    let mut faults = Faults::default();
    let (papers, changed) = read(&services, &me, &mine, &moment, &sent, parts, &mut faults).await?;
    if faults.is_empty() && papers.is_empty() && changed.is_empty() {
        faults.add("giay-khac", tr!(me, "supplement-empty"));
    }
    if !faults.is_empty() {
        let page = ask(&me, &mine, &moment, &sent, &faults);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let corrections = match changed.is_empty() {
        true => None,
        false => Some(corrected(&services, &me, &mine, &moment, changed).await?),
    };
    let (shared, who, wanted) = (services.desk.clone(), me.clone(), mine.case.code.clone());
    let done = services.desk.front.store.write(move |tx| {
        let stamp = Stamp { actor: who.actor(), happened_at: who.now, recorded_at: who.now };
        supplement(tx, &shared, who.party, &wanted, &papers, corrections.as_ref(), &stamp)
    });
    let back = format!("{DOSSIERS}/{code}");
    match done.await {
        Ok(()) => Ok(see_other_with(&back, Flash::done(tr!(me, "supplement-done")))),
        Err(error) => match desk::refusal::of_error(&me.words, &error, &moment, None, me.now) {
            Some(why) => Ok(see_other_with(&back, Flash::failed(why))),
            None => Err(error.into()),
        },
    }
}

/// The papers that were sent, and the answers that differ from those of the dossier.
async fn read(
    services: &Services,
    me: &Citizen,
    mine: &Mine,
    moment: &Moment,
    sent: &Sent,
    parts: Vec<(String, String, Option<Vec<u8>>)>,
    faults: &mut Faults,
) -> Result<(Vec<Paper>, Map<String, Value>), Problem> {
    let mut papers = Vec::new();
    let mut changed = Map::new();
    let Some(procedure) = moment.shelf.version(&mine.case.procedure) else {
        return Ok((papers, changed));
    };
    for (name, file, bytes) in parts {
        let component = procedure.components.iter().find(|c| part(c) == name);
        match typed::keep(services, &me.words, &file, bytes).await? {
            Ok(upload) => papers.push(paper_of(component.map(|c| c.id.to_string()), &upload)),
            Err(fault) => faults.add(name, fault),
        }
    }
    for field in &procedure.fields {
        let name = format!("o-{}", field.id);
        let own = sent.of_field(&name);
        match typed::answer(&me.words, moment, procedure, field, &own) {
            Ok(Some(value)) => {
                if mine.answers.get(field.id.as_str()) != Some(&value) {
                    changed.insert(field.id.to_string(), value);
                }
            }
            Ok(None) => {}
            Err(typed::Unfit::Said(fault)) => faults.add(name, fault),
            Err(typed::Unfit::Several(places)) => {
                let names: Vec<String> = places.into_iter().map(|(_, name)| name).collect();
                faults.add(name, tr!(me, "supplement-several", places = names.join("; ")));
            }
        }
    }
    Ok((papers, changed))
}

fn paper_of(component: Option<String>, upload: &Upload) -> Paper {
    let stored = Stored { hash: upload.hash, size: upload.size, kind: upload.kind };
    Paper { component, copies: 1, source: "online", file: Some((stored, upload.name.clone())) }
}

/// What was corrected, with a sheet that says what it was and what it is: the sheet goes to the
/// dossier as a paper, so that its hash stands in the journal.
async fn corrected(
    services: &Services,
    me: &Citizen,
    mine: &Mine,
    moment: &Moment,
    changed: Map<String, Value>,
) -> Result<Correction, Problem> {
    let words = &me.words;
    let fields: BTreeMap<&str, &Field> = moment
        .shelf
        .version(&mine.case.procedure)
        .map(|p| p.fields.iter().map(|field| (field.id.as_str(), field)).collect())
        .unwrap_or_default();
    let said = |field: &Field, value: Option<&Value>| {
        value.map_or_else(String::new, |value| speak::answer(words, moment, field, value))
    };
    let rows: Vec<Value> = changed
        .iter()
        .filter_map(|(id, value)| {
            let field = fields.get(id.as_str())?;
            let before = said(field, mine.answers.get(id));
            Some(json!([speak::label(words, field), before, said(field, Some(value))]))
        })
        .collect();
    let code: &CaseCode = &mine.case.code;
    let data = json!({
        "place": services.desk.front.place.name,
        "title": tr!(words, "corrections-title"),
        "of": tr!(words, "corrections-of", code = code.as_str(), at = words.moment(me.now)),
        "labels": [tr!(words, "corrections-what"), tr!(words, "corrections-was"), tr!(words, "corrections-is")],
        "rows": rows,
    });
    let (blobs, now) = (services.desk.blobs.clone(), me.now);
    let made = spawn_blocking(move || {
        let pdf = Template::new("corrections.typ", SHEET).render(&data, now)?;
        blobs.put(files::Kind::Pdf, pdf.bytes(), UPLOAD_BYTES_MAX)
    });
    let stored =
        made.await.map_err(|error| Problem::internal(&error))?.map_err(desk::Error::from)?;
    let name = format!("{}.pdf", tr!(words, "corrections-title"));
    Ok(Correction { answers: changed, stored, name })
}
