//! Filing for another: who may file for me, for whom I may file.

use axum::{
    Form, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::get,
};
use identity::party::{self, PartyNumber};
use kernel::{CitizenId, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Citizen, Icon, PageContext,
    components::{
        empty, errors,
        fields::{self, Field},
        flash::Flash,
        note,
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    icon, page,
    page::csrf_field,
    tr,
};

use super::{MANDATES, ME, entrusted};
use crate::{
    Services,
    mandates::{self, Mandate},
    model::MandateId,
};

pub(super) fn routes() -> Router<Services> {
    Router::new().route(MANDATES, get(show).post(act))
}

/// The mandates of a person, by their part in each.
#[derive(Default)]
struct Mandates {
    offered: Vec<Mandate>,
    held: Vec<Mandate>,
    given: Vec<Mandate>,
}

/// The identity number of who signed in.
async fn number(services: &Services, me: &Citizen) -> Result<Option<CitizenId>, Problem> {
    let (shared, party) = (services.desk.clone(), me.party);
    let read = services
        .desk
        .front
        .store
        .read(move |tx| party::load(tx, &shared.front.tenant, &shared.keyring, party));
    let found = read.await.map_err(desk::Error::from)?;
    Ok(found.and_then(|party| match party.number {
        Some(PartyNumber::Citizen(id)) => Some(id),
        _ => None,
    }))
}

async fn page_of(
    services: &Services,
    me: &Citizen,
    typed: &str,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let number = number(services, me).await?;
    let (shared, party, now) = (services.desk.clone(), me.party, me.now);
    let read = services.desk.front.store.read(move |tx| {
        let offered = match &number {
            Some(number) => mandates::offered_to(tx, &shared, number, now)?,
            None => Vec::new(),
        };
        Ok::<_, desk::Error>(Mandates {
            offered,
            held: mandates::held_by(tx, &shared, party, now)?,
            given: mandates::given_by(tx, &shared, party, now)?,
        })
    });
    let all = read.await?;
    let ctx = me.page();
    let title = tr!(me, "mandate-title");
    let label = tr!(me, "mandate-number");
    let hint = tr!(me, "mandate-number-hint");
    let field = Field::new("so", &label).hint(&hint).fault(faults.of("so"));
    let main = html! {
        a.bk href=(ME) { (icon(Icon::Back)) (tr!(me, "mine-title")) }
        (errors::summary(&me.words, faults))
        h1 { (title) }
        (note::note(note::Tone::Plain, html! { p { (tr!(me, "mandate-lead")) } }))
        @for mandate in &all.offered {
            section.card.need {
                h2 { (tr!(me, "mandate-offered", name = mandate.principal_name.as_str())) }
                p { (tr!(me, "mandate-offered-lead")) }
                (button(&ctx, "nhan", mandate, &tr!(me, "mandate-take")))
            }
        }
        h2 { (tr!(me, "mandate-held")) }
        @if all.held.is_empty() { (empty::empty(&tr!(me, "mandate-held-none"), None)) }
        @for mandate in &all.held { (one(services, &ctx, mandate, &mandate.principal_name)) }
        h2 { (tr!(me, "mandate-given")) }
        @for mandate in &all.given {
            @let waits = tr!(me, "mandate-waits");
            (one(services, &ctx, mandate, mandate.helper_name.as_deref().unwrap_or(&waits)))
        }
        form.stack method="post" action=(MANDATES) novalidate {
            (csrf_field(&ctx))
            (fields::citizen_id(&me.words, &field, typed))
            button.btn.go name="lam" value="nho" { (tr!(me, "mandate-offer")) }
        }
    };
    Ok(page::citizen(&ctx, &errors::title(&me.words, faults, &title), main))
}

fn one(services: &Services, ctx: &PageContext, mandate: &Mandate, name: &str) -> Markup {
    let agency = mandate
        .agency
        .and_then(|id| services.desk.front.directory.get().agency(id).map(|a| a.name.clone()));
    html! {
        div.card.row {
            p { b { (name) } br; span.muted.small {
                (entrusted::scope(services, &ctx.words, mandate)) ". "
                (tr!(ctx, "mandate-until", day = ctx.words.date(today(mandate.valid_to))))
                @if let Some(agency) = &agency { br; (tr!(ctx, "mandate-recorded", agency = agency.as_str())) }
            } }
            (button(ctx, "thoi", mandate, &tr!(ctx, "mandate-end")))
        }
    }
}

fn button(ctx: &PageContext, does: &str, mandate: &Mandate, label: &str) -> Markup {
    html! {
        form method="post" action=(MANDATES) {
            (csrf_field(ctx))
            input type="hidden" name="uy-quyen" value=(mandate.id);
            button.btn name="lam" value=(does) { (label) }
        }
    }
}

async fn show(State(services): State<Services>, me: Citizen) -> Result<Markup, Problem> {
    page_of(&services, &me, "", &Faults::default()).await
}

#[derive(Debug, Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Wanted {
    #[serde(rename = "_csrf")]
    csrf: String,
    lam: String,
    so: String,
    #[serde(rename = "uy-quyen")]
    mandate: String,
}

async fn act(
    State(services): State<Services>,
    me: Citizen,
    Form(form): Form<Wanted>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    if form.lam == "nho" {
        return offer(&services, &me, &form.so).await;
    }
    // Whoever takes on to act for another must be known surely.
    if form.lam == "nhan" {
        me.needs(identity::Assurance::Two)?;
    }
    let id: MandateId = form.mandate.parse().map_err(|_| Problem::not_found())?;
    let own = number(&services, &me).await?;
    let (shared, party, now) = (services.desk.clone(), me.party, me.now);
    let takes = form.lam == "nhan";
    let done = services.desk.front.store.write(move |tx| match (&own, takes) {
        (Some(number), true) => mandates::take(tx, &shared, id, party, number, now),
        (None, true) => Ok(false),
        (_, false) => mandates::end(tx, &shared, id, party, now),
    });
    if !done.await? {
        return Err(Problem::not_found());
    }
    let said = if takes { tr!(me, "mandate-taken") } else { tr!(me, "mandate-ended") };
    Ok(see_other_with(MANDATES, Flash::done(said)))
}

async fn offer(services: &Services, me: &Citizen, typed: &str) -> Result<Response, Problem> {
    me.needs(identity::Assurance::Two)?;
    let mut faults = Faults::default();
    let number = faults.take("so", typed.parse::<CitizenId>(), |_| tr!(me, "fill-citizen"));
    if number.is_some() && number == self::number(services, me).await? {
        faults.add("so", tr!(me, "mandate-self"));
    }
    let Some(number) = number.filter(|_| faults.is_empty()) else {
        let page = page_of(services, me, typed, &faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (shared, party, now) = (services.desk.clone(), me.party, me.now);
    let offered = services
        .desk
        .front
        .store
        .write(move |tx| mandates::offer(tx, &shared, party, &number, now));
    let said = match offered.await? {
        Some(_) => Flash::done(tr!(me, "mandate-done")),
        None => Flash::failed(tr!(me, "mandate-many", n = mandates::MANDATES_MAX)),
    };
    Ok(see_other_with(MANDATES, said))
}
