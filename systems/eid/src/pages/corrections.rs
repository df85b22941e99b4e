//! For officers: what people say is wrong about them, to be decided with a reason.

use axum::{
    Form, Router,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Desk, context, forbidden, log_denial};
use identity::{
    access::{Action, Decision},
    audit::{self, Basis, What},
    party,
};
use kernel::EventId;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        empty::empty,
        errors,
        fields::{self, Field},
        flash::Flash,
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::CORRECTIONS;
use crate::{
    commands,
    model::{Correction, LETTERS_MAX, Status},
    queries,
};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(CORRECTIONS, get(list))
        .route(&format!("{CORRECTIONS}/{{id}}"), get(show).post(decide))
}

async fn allowed(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    match commands::may_decide(desk, me) {
        Decision::Allowed => Ok(()),
        Decision::Denied(denial) => {
            let problem = forbidden(me, &denial);
            log_denial(desk, me, None, denial).await;
            Err(problem)
        }
    }
}

async fn list(State(desk): State<Desk>, me: SignedIn) -> Result<Markup, Problem> {
    allowed(&desk, &me).await?;
    let shared = desk.clone();
    let open = desk.front.store.read(move |tx| queries::open(tx, &shared)).await?;
    let ctx = context(&desk, &me).await?;
    let title = tr!(me, "eid-corrections");
    let main = html! {
        p.lead { (tr!(me, "eid-corrections-lead")) }
        @if open.is_empty() {
            (empty(&tr!(me, "eid-corrections-empty"), None))
        } @else {
            div.card.box { table.t.plain {
                thead { tr {
                    th { (tr!(me, "eid-corrections-who")) } th { (tr!(me, "eid-corrections-what")) }
                    th { (tr!(me, "eid-corrections-when")) }
                } }
                tbody { @for (one, name) in &open {
                    tr {
                        td data-head=(tr!(me, "eid-corrections-who")) {
                            a.a href={ (CORRECTIONS) "/" (one.id) } { (name) }
                        }
                        td data-head=(tr!(me, "eid-corrections-what")) {
                            (tr!(me, &format!("eid-field-{}", one.field.word())))
                        }
                        td data-head=(tr!(me, "eid-corrections-when")) { (me.words.moment(one.filed_at)) }
                    }
                } }
            } }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

/// One request with whose it is; that it was read is in the access log.
async fn open(desk: &Desk, me: &SignedIn, id: &str) -> Result<(Correction, String), Problem> {
    let id: EventId = id.parse().map_err(|_| Problem::not_found())?;
    allowed(desk, me).await?;
    let (shared, who) = (desk.clone(), me.clone());
    let found = desk.front.store.write(move |tx| {
        let tenant = &shared.front.tenant;
        let Some(correction) = queries::correction(tx, &shared, id)? else { return Ok(None) };
        let known = party::load(tx, tenant, &shared.keyring, correction.party)?;
        let reader = audit::Reader::officer(who.session.account, &who.officer);
        let entry = audit::Entry::of(reader, Action::DecideCorrection, &Decision::Allowed, who.now);
        let entry = entry.on(None, Some(correction.party)).of_what(What::Identity);
        audit::record(tx, tenant, &entry.because(Basis::Request), &shared.front.mint)?;
        let name = known.map_or_else(String::new, |party| party.name);
        Ok::<_, crate::Error>(Some((correction, name)))
    });
    found.await?.ok_or_else(Problem::not_found)
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Markup, Problem> {
    let (correction, name) = open(&desk, &me, &id).await?;
    one_page(&desk, &me, &correction, &name, "", &Faults::default()).await
}

async fn one_page(
    desk: &Desk,
    me: &SignedIn,
    one: &Correction,
    name: &str,
    typed: &str,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let ctx = context(desk, me).await?;
    let what = tr!(me, &format!("eid-field-{}", one.field.word()));
    let title = tr!(me, "eid-correction-of", name = name, what = what.as_str());
    let label = tr!(me, "eid-decide-why");
    let hint = tr!(me, "eid-decide-why-hint");
    let reason = Field {
        name: "ly_do",
        label: &label,
        hint: Some(&hint),
        fault: faults.of("ly_do"),
        letters_max: u16::try_from(LETTERS_MAX).ok(),
        ..Field::default()
    };
    let main = html! {
        (errors::summary(&me.words, faults))
        section.card {
            @match &one.said {
                Some(said) => dl.kv {
                    dt { (tr!(me, "eid-decide-held")) }
                    dd { @if said.wrong.is_empty() { (tr!(me, "eid-none")) } @else { (said.wrong) } }
                    dt { (tr!(me, "eid-decide-right")) } dd { b { (said.right) } }
                    dt { (tr!(me, "eid-decide-said-why")) } dd { (said.why) }
                    dt { (tr!(me, "eid-corrections-when")) } dd { (me.words.moment(one.filed_at)) }
                },
                None => p { (tr!(me, "eid-destroyed-other")) },
            }
        }
        @if one.status == Status::Open && one.said.is_some() {
            form.stack.card.after method="post" action={ (CORRECTIONS) "/" (one.id) } {
                (csrf_field(&ctx))
                (fields::textarea(&me.words, &reason, typed))
                div.row {
                    button.btn.go name="sua" value="1" { (tr!(me, "eid-decide-make")) }
                    button.btn.bad name="sua" value="0" { (tr!(me, "eid-decide-refuse")) }
                }
            }
        } @else if let Some(reply) = &one.reply {
            p.note.after { (tr!(me, &format!("eid-correction-{}", one.status.word()))) ": " (reply) }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

#[derive(Debug, Deserialize)]
struct Decided {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    ly_do: String,
    sua: u8,
}

async fn decide(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(id): Path<String>,
    Form(decided): Form<Decided>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&decided.csrf) {
        return Err(Problem::forbidden());
    }
    let (correction, name) = open(&desk, &me, &id).await?;
    let letters = decided.ly_do.trim().chars().count();
    if letters == 0 || letters > LETTERS_MAX {
        let mut faults = Faults::default();
        faults.add("ly_do", tr!(me, "eid-decide-why-fault"));
        let page = one_page(&desk, &me, &correction, &name, &decided.ly_do, &faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (shared, who, make) = (desk.clone(), me.clone(), decided.sua == 1);
    let reply = decided.ly_do.clone();
    let done = desk
        .front
        .store
        .write(move |tx| commands::decide_correction(tx, &shared, &who, &correction, make, &reply));
    done.await?;
    let said = if make { "eid-decide-made" } else { "eid-decide-refused" };
    Ok(see_other_with(CORRECTIONS, Flash::done(tr!(me, said, name = name.as_str()))))
}
