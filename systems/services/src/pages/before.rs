//! Before somebody starts: what is needed, how long it takes, what it costs, where it goes.

use std::sync::Arc;

use axum::{
    Form, Json, Router,
    extract::{Path, State},
    http::header,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use casework::ProcedureRef;
use desk::Moment;
use identity::consent::{self, Purpose, Said};
use kernel::{ProcedureCode, today};
use maud::{Markup, html};
use procedure::{Component, ComponentKind, FieldKind, Procedure};
use serde::Deserialize;
use web::{
    Citizen, Icon, MaybeCitizen, PageContext,
    components::{fields, kv, note},
    front::ENTER,
    http::{Problem, encoded, flash::see_other_with, see_other},
    icon, page,
    page::csrf_field,
    tr,
};

use super::{CATALOGUE, FILL, ME, catalogue::level, speak};
use crate::{
    Services,
    drafts::{self, Begin},
    is_online, known,
    mandates::{self, Mandate},
    model::{MandateId, is_sent},
    offered, offices,
};

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(&format!("{CATALOGUE}/{{code}}"), get(show))
        .route(&format!("{CATALOGUE}/{{code}}/mau.json"), get(schema))
        .route(FILL, post(start))
}

/// The procedure of a code that is in force now.
pub(super) fn in_force(moment: &Moment, me: &MaybeCitizen, code: &str) -> Option<Arc<Procedure>> {
    let code: ProcedureCode = code.parse().ok()?;
    moment.shelf.in_force(&code, today(me.now)).filter(|p| offered(p)).cloned()
}

async fn show(
    State(services): State<Services>,
    me: MaybeCitizen,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let moment = services.desk.moment();
    let procedure = in_force(&moment, &me, &code).ok_or_else(Problem::not_found)?;
    let ctx = me.page();
    let words = &me.words;
    let (agreed, mandates) = match &me.citizen {
        Some(citizen) => chances(&services, citizen, &procedure).await?,
        None => (false, Vec::new()),
    };
    let title = speak::name(words, &procedure).to_owned();
    let fees = speak::fees(words, &procedure);
    let facts = vec![
        (tr!(me, "before-time"), speak::time(words, &procedure)),
        (tr!(me, "before-online"), words.t(level(procedure.online_level))),
        (tr!(me, "before-who"), office(&me, &moment, &procedure)),
    ];
    let main = html! {
        a.bk href=(CATALOGUE) { (icon(Icon::Back)) (tr!(me, "before-back")) }
        h1 { (title) }
        div.card {
            (kv::kv(&facts))
            @if fees.is_empty() { p.after { (tr!(me, "before-free")) } }
            @else {
                p.after { b { (tr!(me, "before-fees")) } }
                ul { @for fee in &fees { li { (fee) } } }
            }
        }
        @if offices::offices(&moment, &procedure, me.now).is_empty() { (counter_only(&me)) }
        @else { (begin(&ctx, &me, &procedure, agreed, &mandates)) }
        (needed(&me, &procedure))
        @if !procedure.guidance.trim().is_empty() {
            h2 { (tr!(me, "before-guidance")) }
            @for paragraph in procedure.guidance.split("\n\n").map(str::trim) { p { (paragraph) } }
        }
        details.card {
            summary { b { (tr!(me, "before-law")) } (icon(Icon::Down)) }
            p { (tr!(me, "before-code", code = procedure.code.as_str())) }
            ul { @for law in &procedure.legal_basis { li { (law) } } }
            p { (tr!(me, "before-decider", who = procedure.decider.as_str())) }
        }
    };
    Ok(page::citizen(&ctx, &title, main))
}

fn office(me: &MaybeCitizen, moment: &Moment, procedure: &Procedure) -> String {
    let receiving = offices::offices(moment, procedure, me.now);
    match &receiving[..] {
        [] => tr!(me, "before-office-none"),
        [one] => one.name.clone(),
        several => tr!(me, "before-office-several", n = several.len()),
    }
}

/// Whether this person lets what is in earlier dossiers be used again, and for whom they may file.
async fn chances(
    services: &Services,
    me: &Citizen,
    procedure: &Procedure,
) -> Result<(bool, Vec<Mandate>), Problem> {
    let (shared, party, now) = (services.desk.clone(), me.party, me.now);
    let read = services.desk.front.store.read(move |tx| {
        let agreed = consent::given(tx, &shared.front.tenant, party, Purpose::Reuse)?;
        Ok::<_, desk::Error>((agreed, mandates::held_by(tx, &shared, party, now)?))
    });
    let (agreed, mut mandates) = read.await?;
    mandates.retain(|mandate| mandate.covers(&procedure.code));
    Ok((agreed, mandates))
}

fn begin(
    ctx: &PageContext,
    me: &MaybeCitizen,
    procedure: &Procedure,
    agreed: bool,
    mandates: &[Mandate],
) -> Markup {
    let here = format!("{CATALOGUE}/{}", procedure.code);
    html! {
        @if !is_online(procedure) {
            (counter_only(me))
        } @else if me.citizen.is_some() {
            form.go2 method="post" action=(FILL) {
                (csrf_field(ctx))
                input type="hidden" name="thu-tuc" value=(procedure.code);
                @if !mandates.is_empty() { (for_whom(me, mandates)) }
                @if !agreed {
                    label.choice { input type="checkbox" name="dung-lai" value="1";
                        span { (tr!(me, "before-reuse")) } }
                }
                button.btn.go { (tr!(me, "before-start")) }
            }
            p.muted.small { (tr!(me, "before-start-note")) }
        } @else {
            p.go2 { a.btn.go href={ (ENTER) "?tiep=" (encoded(&here)) } { (tr!(me, "before-sign-in")) } }
            p.muted.small { (tr!(me, "before-sign-in-note")) }
        }
    }
}

fn counter_only(me: &MaybeCitizen) -> Markup {
    note::note(note::Tone::Soon, html! { p { (tr!(me, "before-counter-only")) } })
}

/// For whom somebody files who may file for others.
fn for_whom(me: &MaybeCitizen, mandates: &[Mandate]) -> Markup {
    let label = tr!(me, "mandate-for-whom");
    let own = fields::Choice::new("", tr!(me, "mandate-for-me"));
    let others = mandates.iter().map(|mandate| {
        let said = tr!(me, "mandate-for", name = mandate.principal_name.as_str());
        fields::Choice::new(mandate.id.to_string(), said)
    });
    let choices: Vec<fields::Choice> = std::iter::once(own).chain(others).collect();
    fields::radios(&me.words, &fields::Field::new("thay", &label), &choices, "")
}

/// What to have at hand: papers to photograph, and what will be asked.
fn needed(me: &MaybeCitizen, procedure: &Procedure) -> Markup {
    let sent: Vec<&Component> = procedure.components.iter().filter(|c| is_sent(c)).collect();
    let asked = procedure.fields.iter().filter(|field| field.known.is_none());
    let asked: Vec<&str> = asked.map(|field| speak::label(&me.words, field)).collect();
    let numbers =
        procedure.fields.iter().any(|f| f.kind == FieldKind::CitizenId && f.known.is_none());
    html! {
        h2 { (tr!(me, "before-needed")) }
        @if sent.is_empty() { p { (tr!(me, "before-no-papers")) } }
        @else {
            ul { @for component in &sent { li {
                (component.name)
                @if !component.required { " " span.muted { (tr!(me, "before-if-any")) } }
                @if component.kind == ComponentKind::Original { " " span.muted { (tr!(me, "before-original")) } }
            } } }
            p.muted.small { (tr!(me, "before-photo")) }
        }
        @if !asked.is_empty() {
            p.after { (tr!(me, "before-asked", n = asked.len())) " " span.muted { (asked.join("; ")) "." } }
        }
        @if numbers { p.muted.small { (tr!(me, "before-numbers")) } }
    }
}

/// The form as a JSON Schema document, the same that the server checks answers by.
async fn schema(
    State(services): State<Services>,
    me: MaybeCitizen,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let procedure = in_force(&services.desk.moment(), &me, &code).ok_or_else(Problem::not_found)?;
    let kind =
        [(header::CONTENT_TYPE, "application/schema+json"), (header::CACHE_CONTROL, "no-cache")];
    Ok((kind, Json(procedure.form.schema()).into_response().into_body()).into_response())
}

#[derive(Debug, Deserialize)]
struct Start {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(rename = "thu-tuc")]
    procedure: String,
    #[serde(default, rename = "dung-lai")]
    reuse: Option<String>,
    /// The mandate, where it is for another.
    #[serde(default, rename = "thay")]
    mandate: String,
}

/// Begins a draft, filled in with what the state knows.
async fn start(
    State(services): State<Services>,
    me: Citizen,
    Form(form): Form<Start>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    let moment = services.desk.moment();
    let code: ProcedureCode = form.procedure.parse().map_err(|_| Problem::not_found())?;
    let procedure = moment.shelf.in_force(&code, today(me.now)).filter(|p| offered(p));
    let procedure = procedure.filter(|p| is_online(p)).ok_or_else(Problem::not_found)?.clone();
    let (shared, who) = (services.desk.clone(), me.clone());
    let agrees = form.reuse.is_some();
    let mandate: Option<MandateId> = match form.mandate.as_str() {
        "" => None,
        id => Some(id.parse().map_err(|_| Problem::not_found())?),
    };
    let begun = services.desk.front.store.write(move |tx| {
        if agrees {
            let said = Said {
                party: who.party,
                purpose: Purpose::Reuse,
                give: true,
                actor: who.actor(),
                at: who.now,
            };
            consent::set(tx, &shared.front.tenant, &shared.front.mint, &said)?;
        }
        let applicant = match mandate {
            None => who.party,
            Some(id) => mandates::stands(tx, &shared, id, who.party, &procedure.code, who.now)?
                .ok_or(casework::Error::NoSuchCase)?,
        };
        let asker = known::Asker { account: who.session.account, applicant, now: who.now };
        let sheet = known::sheet(tx, &shared, &moment, &procedure, asker)?;
        let new = Begin {
            owner: who.party,
            applicant,
            mandate,
            procedure: ProcedureRef { code: procedure.code.clone(), version: procedure.version },
            sheet,
        };
        drafts::begin(tx, &shared, &new, who.now)
    });
    match begun.await? {
        Some(id) => Ok(see_other(&format!("{FILL}/{id}"))),
        None => {
            let said = tr!(me, "fill-too-many", n = drafts::DRAFTS_MAX);
            Ok(see_other_with(ME, web::components::flash::Flash::failed(said)))
        }
    }
}
