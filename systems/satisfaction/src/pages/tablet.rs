//! The tablet of a counter. It stands where everybody can touch it, so nobody signs in there: its
//! address carries a key. The officer's page says whose question it shows; the tablet asks every
//! few seconds, without any script.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{Desk, Error, Rated, Score, may_be_rated, rating_buttons, rating_of, typed};
use identity::{
    access::{Action, Target},
    seal::Label,
};
use jiff::SignedDuration;
use kernel::{AgencyId, CaseCode};
use maud::{Markup, html};
use procedure::Matter;
use serde::Deserialize;
use web::{
    PageContext, SignedIn, Words,
    components::{
        crumbs::crumbs,
        errors,
        fields::{self, Field},
        flash::Flash,
        section,
    },
    form::Faults,
    http::{self, Problem, csrf, flash::see_other_with},
    page::{self, csrf_field},
    tr,
};

use super::TABLET;
use crate::{
    commands::{answer, case_of, show_on_tablet},
    queries::{just_returned, on_tablet},
};

const LABEL: Label = Label("satisfaction tablet");
/// The tablet asks again after so many seconds.
const ASK_SECONDS: u32 = 4;
/// Thanks stand for so many seconds.
const THANKS_SECONDS: u32 = 6;
/// Every counter of an agency shares one tablet until it is told apart by its name.
const COUNTER: &str = "1";
/// Dossiers that were returned in the last hours are offered.
const OFFERED: SignedDuration = SignedDuration::from_hours(4);

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route(TABLET, get(set).post(send))
        .route("/danh-gia-tai-quay/{agency}/{counter}/{key}", get(show).post(press))
}

/// Which counter the officer speaks of.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct At {
    quay: String,
}

/// `3`, `A2`: as the sign over the counter says.
fn counter(text: &str) -> Option<&str> {
    let text = if text.is_empty() { COUNTER } else { text };
    let fits = text.len() <= 8 && text.bytes().all(|byte| byte.is_ascii_alphanumeric());
    fits.then_some(text)
}

fn may(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    let line = desk::agency_line(&me.directory, me.agency);
    let asked = me.may(&desk.front, Action::TakeQueueTicket, Target::Agency(&line));
    asked.check().map_err(|denial| desk::forbidden(me, &denial))
}

fn key(desk: &Desk, agency: AgencyId, counter: &str) -> String {
    let named = format!("{agency} {counter}");
    kernel::hex(&desk.keyring.blind(&desk.front.tenant, LABEL, &named)[..10])
}

async fn set(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(at): Query<At>,
) -> Result<Markup, Problem> {
    may(&desk, &me)?;
    let counter = counter(&at.quay).ok_or_else(Problem::not_found)?;
    setting(&desk, &me, counter, &Faults::default()).await
}

async fn setting(
    desk: &Desk,
    me: &SignedIn,
    counter: &str,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let ctx = desk::context(desk, me).await?;
    let (shared, agency, now, named) = (desk.clone(), me.agency, me.now, counter.to_owned());
    let read = desk.front.store.read(move |tx| {
        let returned = just_returned(tx, &shared, agency, now - OFFERED)?;
        let shown = on_tablet(tx, &shared, agency, &named, now)?;
        let shown = match shown {
            Some(case) => {
                let answered = rating_of(tx, &shared, case.id)?.is_some();
                Some((case.code, answered))
            }
            None => None,
        };
        Ok::<_, Error>((returned, shown))
    });
    let (returned, shown) = read.await?;
    let code = me.directory.agency(me.agency).map_or("", |agency| agency.code.as_str());
    let address = format!("{TABLET}/{code}/{counter}/{}", key(desk, me.agency, counter));
    let title = tr!(me, "tablet-title");
    let label = tr!(me, "tablet-code");
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "nav-work"), desk::WORK)], &title))
        (errors::summary(&me.words, faults))
        h1 { (title) }
        div.stack.after {
        (section::card("now", &tr!(me, "tablet-now", counter = counter), html! {
            @match &shown {
                Some((code, false)) => p { (tr!(me, "tablet-asks", code = code.as_str())) },
                Some((code, true)) => p { (tr!(me, "tablet-answered", code = code.as_str())) },
                None => p { (tr!(me, "tablet-idle")) },
            }
        }))
        (section::card("set", &tr!(me, "tablet-set"), html! {
            @if !returned.is_empty() {
                form.stack method="post" action=(TABLET) data-main {
                    (csrf_field(&ctx))
                    input type="hidden" name="quay" value=(counter);
                    p { (tr!(me, "tablet-returned")) }
                    div.row { @for (_, code) in &returned {
                        button.btn.num name="ho-so" value=(code) { (code) }
                    } }
                }
            }
            form.stack method="post" action=(TABLET) {
                (csrf_field(&ctx))
                input type="hidden" name="quay" value=(counter);
                (fields::text(&me.words, &Field::new("ho-so", &label).letters_max(60).fault(faults.of("ho-so")), ""))
                div.row {
                    button.btn.go { (tr!(me, "tablet-ask")) }
                    button.btn name="thoi" value="1" { (tr!(me, "tablet-stop")) }
                }
            }
        }))
        (section::card("where", &tr!(me, "tablet-where"), html! {
            p { (tr!(me, "tablet-open")) }
            p { a.btn href=(address) { (tr!(me, "tablet-here")) } }
            p.small.muted { (tr!(me, "tablet-key")) }
        }))
        }
    };
    Ok(page::desk(&ctx, &errors::title(&me.words, faults, &title), main))
}

async fn send(
    State(desk): State<Desk>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = typed::Typed(pairs);
    if !typed.is_own(&me) {
        return Err(typed::forged());
    }
    may(&desk, &me)?;
    let counter = counter(typed.get("quay")).ok_or_else(Problem::not_found)?.to_owned();
    let stop = !typed.get("thoi").is_empty();
    let code = typed.get("ho-so").to_uppercase().parse::<CaseCode>().ok();
    let (shared, agency, now, named) = (desk.clone(), me.agency, me.now, counter.clone());
    let written = desk.front.store.write(move |tx| {
        if stop {
            show_on_tablet(tx, &shared, agency, &named, None, now)?;
            return Ok(true);
        }
        let Some(code) = &code else { return Ok(false) };
        let found = case_of(tx, &shared, code)?;
        let found = found.filter(|(case, matter)| {
            *matter == Matter::Dossier && case.received_by == agency && may_be_rated(case)
        });
        let Some((case, _)) = found else { return Ok(false) };
        if rating_of(tx, &shared, case.id)?.is_some() {
            return Ok(false);
        }
        show_on_tablet(tx, &shared, agency, &named, Some(case.id), now)?;
        Ok::<_, Error>(true)
    });
    let back = format!("{TABLET}?quay={counter}");
    match (written.await?, stop) {
        (true, true) => Ok(see_other_with(&back, Flash::done(tr!(me, "tablet-stopped")))),
        (true, false) => Ok(see_other_with(&back, Flash::done(tr!(me, "tablet-shown")))),
        (false, _) => {
            let mut faults = Faults::default();
            faults.add("ho-so", tr!(me, "tablet-wrong"));
            let page = setting(&desk, &me, &counter, &faults).await?;
            Ok((axum::http::StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// What the tablet knows of where it stands.
#[derive(Debug, Deserialize)]
struct Stand {
    agency: String,
    counter: String,
    key: String,
}

impl Stand {
    /// The agency, where the key is right.
    fn agency(&self, desk: &Desk) -> Option<AgencyId> {
        let directory = desk.front.directory.get();
        let agency = directory.agency_by_code(&self.agency.parse().ok()?)?.id;
        let counter = counter(&self.counter)?;
        csrf::verify(&key(desk, agency, counter), &self.key).then_some(agency)
    }

    fn path(&self) -> String {
        format!("{TABLET}/{}/{}/{}", self.agency, self.counter, self.key)
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Said {
    xong: String,
}

async fn show(
    State(desk): State<Desk>,
    headers: HeaderMap,
    Path(stand): Path<Stand>,
    Query(said): Query<Said>,
) -> Result<Response, Problem> {
    let agency = stand.agency(&desk).ok_or_else(Problem::not_found)?;
    let words = Words::new(http::lang::of(&headers), desk.front.texts.clone());
    let mut ctx = PageContext::new(words, stand.path());
    let directory = desk.front.directory.get();
    ctx.place = desk.front.place.clone();
    ctx.place.home.clone_from(&ctx.path);
    ctx.place.unit = directory.agency(agency).map_or_else(String::new, |a| a.name.clone());
    let again = |seconds: u32| [(header::REFRESH, format!("{seconds}; url={}", stand.path()))];
    if !said.xong.is_empty() {
        return Ok((again(THANKS_SECONDS), thanks(&ctx)).into_response());
    }
    let (shared, named, now) = (desk.clone(), stand.counter.clone(), desk.now());
    let read = desk.front.store.read(move |tx| {
        let Some(case) = on_tablet(tx, &shared, agency, &named, now)? else { return Ok(None) };
        if rating_of(tx, &shared, case.id)?.is_some() {
            return Ok(None);
        }
        Ok::<_, Error>(Some(case.procedure))
    });
    let Some(procedure) = read.await? else {
        return Ok((again(ASK_SECONDS), welcome(&ctx)).into_response());
    };
    let moment = desk.moment();
    let what = moment.shelf.version(&procedure).map_or("", |procedure| procedure.name.as_str());
    // The question is not taken away under a finger: it goes when its time is over.
    Ok((again(60), question(&ctx, what)).into_response())
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Pressed {
    diem: i64,
}

async fn press(
    State(desk): State<Desk>,
    Path(stand): Path<Stand>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    let agency = stand.agency(&desk).ok_or_else(Problem::not_found)?;
    let (shared, named, now) = (desk.clone(), stand.counter.clone(), desk.now());
    let read = desk.front.store.read(move |tx| {
        Ok::<_, Error>(on_tablet(tx, &shared, agency, &named, now)?.map(|case| case.code))
    });
    let (Some(code), Some(score)) = (read.await?, Score::of(pressed.diem)) else {
        return Ok(http::see_other(&stand.path()));
    };
    let rated = answer(&desk, code, score).await?;
    let (shared, named) = (desk.clone(), stand.counter.clone());
    let cleared =
        desk.front.store.write(move |tx| show_on_tablet(tx, &shared, agency, &named, None, now));
    cleared.await?;
    let told = if rated == Rated::TooEarly { "" } else { "?xong=1" };
    Ok(http::see_other(&format!("{}{told}", stand.path())))
}

fn question(ctx: &PageContext, what: &str) -> Markup {
    let main = html! {
        p.muted { (what) }
        h1 { (tr!(ctx, "satisfaction-question")) }
        (rating_buttons(ctx, &ctx.path, &html! {}))
        p.muted.small { (tr!(ctx, "satisfaction-secret")) }
    };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}

fn welcome(ctx: &PageContext) -> Markup {
    let main = html! { div.stack { section.card.ans {
        h1 { (tr!(ctx, "tablet-welcome")) }
        p { (tr!(ctx, "tablet-welcome-what")) }
    } } };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}

fn thanks(ctx: &PageContext) -> Markup {
    let main = html! { div.stack { section.card.ans.good aria-live="assertive" {
        h1 { (tr!(ctx, "satisfaction-thanks")) }
        p { (tr!(ctx, "tablet-thanks")) }
    } } };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}
