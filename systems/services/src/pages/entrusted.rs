//! Mandates on paper, for the officer at the counter: what was shown, who entrusts, who helps, for
//! what and until when; and what was written down here before.

use axum::{
    Form, Router,
    extract::{Path, Request, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use desk::{Desk, agency_line, context, forbidden, log_denial, look_at_counter};
use files::{Stored, UPLOAD_BYTES_MAX};
use identity::{
    access::{Action, Target},
    audit::{self, What},
};
use kernel::{CitizenId, Instant, ProcedureCode, from_local, today};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, SignedIn,
    components::{
        drop::{self, Drop},
        empty, errors,
        fields::{self, Choice, Field},
        flash::Flash,
        section,
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    icon,
    page::csrf_field,
    tr,
};

use super::{
    speak,
    typed::{self, Sent},
};
use crate::{
    Services, is_online,
    mandates::{self, Entrusted, GOOD_FOR, Mandate, NotEntrusted},
    model::{MandateId, Upload},
    offered,
};

/// Mandates at the counter.
pub(super) const ENTRUSTED: &str = "/quay/uy-quyen";

pub(super) fn routes() -> Router<Services> {
    Router::new()
        .route(ENTRUSTED, get(show).post(record))
        .route(&format!("{ENTRUSTED}/{{mandate}}/thoi"), post(end))
        .route(&format!("{ENTRUSTED}/{{mandate}}/giay"), get(evidence))
        .layer(web::http::uploads(30_000_000))
}

/// Whether this officer serves people at the counter of their agency.
pub(super) fn may_record(desk: &Desk, me: &SignedIn) -> bool {
    let line = agency_line(&me.directory, me.agency);
    me.may(&desk.front, Action::Submit, Target::Agency(&line)).is_allowed()
}

async fn allowed(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    let line = agency_line(&me.directory, me.agency);
    if let Err(denial) = me.may(&desk.front, Action::Submit, Target::Agency(&line)).check() {
        let problem = forbidden(me, &denial);
        log_denial(desk, me, None, denial).await;
        return Err(problem);
    }
    Ok(())
}

async fn show(State(services): State<Services>, me: SignedIn) -> Result<Markup, Problem> {
    page(&services, &me, &Sent::default(), &Faults::default()).await
}

async fn page(
    services: &Services,
    me: &SignedIn,
    sent: &Sent,
    faults: &Faults,
) -> Result<Markup, Problem> {
    let desk = &services.desk;
    allowed(desk, me).await?;
    let (shared, agency, now) = (desk.clone(), me.agency, me.now);
    let read = desk.front.store.read(move |tx| mandates::given_at(tx, &shared, agency, now));
    let given = read.await?;
    let ctx = context(desk, me).await?;
    let title = tr!(me, "entrust-title");
    let main = html! {
        (errors::summary(&me.words, faults))
        div.stack {
            p.muted { (tr!(me, "entrust-lead")) }
            (section::card("new", &tr!(me, "entrust-new"), form(services, me, &ctx, sent, faults)))
            (section::card("given", &tr!(me, "entrust-given"), html! {
                @if given.is_empty() { (empty::empty(&tr!(me, "entrust-none"), None)) }
                @for mandate in &given { (one(services, me, &ctx, mandate)) }
            }))
        }
    };
    let title = errors::title(&me.words, faults, &title);
    Ok(desk::page(&ctx, &title, html! {}, main))
}

fn form(
    services: &Services,
    me: &SignedIn,
    ctx: &web::PageContext,
    sent: &Sent,
    faults: &Faults,
) -> Markup {
    let words = &me.words;
    let label = |key: &str| words.t(key);
    let labels = [
        "entrust-name",
        "entrust-number",
        "entrust-helper",
        "entrust-until",
        "entrust-scope",
        "entrust-seen",
    ]
    .map(label);
    let [name, number, helper, until, scope, seen] = &labels;
    let hints = [label("entrust-helper-hint"), label("entrust-until-hint")];
    let field =
        |name: &'static str, label| Field::new(name, label).fault(faults.of(name)).nodraft();
    let of = |name: &str| sent.text(name).to_owned();
    let day = match sent.texts.is_empty() {
        true => web::form::DateText::of(today(me.now + GOOD_FOR)),
        false => typed::boxes(sent, "den"),
    };
    let scopes = [
        Choice::new("tat-ca", label("entrust-scope-all")),
        Choice::new("chon", label("entrust-scope-some")),
    ];
    let paper = Drop {
        name: "giay".to_owned(),
        kinds: tr!(me, "fill-kinds"),
        accept: "image/jpeg,image/png,application/pdf".to_owned(),
        bytes_max: UPLOAD_BYTES_MAX,
        fault: faults.of("giay").map(str::to_owned),
        ..Drop::default()
    };
    html! {
        form.stack method="post" action=(ENTRUSTED) enctype="multipart/form-data" novalidate {
            (csrf_field(ctx))
            (fields::citizen_id(words, &field("so", number), &of("so")))
            (fields::text(words, &field("ten", name), &of("ten")))
            (fields::citizen_id(words, &field("so-giup", helper).hint(&hints[0]), &of("so-giup")))
            (fields::radios(words, &field("pham-vi", scope), &scopes, &of("pham-vi")))
            (procedures(services, me, sent))
            (fields::date_boxes(words, &field("den", until).hint(&hints[1]), &day))
            div.field {
                p { b { (tr!(me, "entrust-paper")) } }
                (drop::drop(words, &paper))
            }
            (fields::checkbox(&field("da-xem", seen), !sent.text("da-xem").is_empty()))
            div { button.btn.go { (tr!(me, "entrust-record")) } }
        }
    }
}

/// The procedures that can be filed online, to be ticked.
fn procedures(services: &Services, me: &SignedIn, sent: &Sent) -> Markup {
    let (shelf, day) = (services.desk.book.shelf(), today(me.now));
    let ticked: Vec<&str> = sent.all("thu-tuc").collect();
    html! {
        details open[!ticked.is_empty()] {
            summary { (tr!(me, "entrust-choose")) }
            fieldset.field {
                legend.vh { (tr!(me, "entrust-choose")) }
                @for procedure in shelf.all().filter(|p| offered(p) && is_online(p) && p.in_force(day)) {
                    label.choice {
                        input type="checkbox" name="thu-tuc" value=(procedure.code)
                            checked[ticked.contains(&procedure.code.as_str())];
                        span { (speak::name(&me.words, procedure)) }
                    }
                }
            }
        }
    }
}

fn one(services: &Services, me: &SignedIn, ctx: &web::PageContext, mandate: &Mandate) -> Markup {
    let state = match &mandate.helper_name {
        Some(name) => tr!(me, "entrust-taken", name = name.as_str()),
        None => tr!(me, "mandate-waits"),
    };
    let address = format!("{ENTRUSTED}/{}", mandate.id);
    html! {
        div.row.head {
            p {
                b { (mandate.principal_name) } br;
                span.small { (state) } br;
                span.muted.small {
                    (scope(services, &me.words, mandate)) ". "
                    (tr!(me, "mandate-until", day = me.words.date(today(mandate.valid_to))))
                }
            }
            a.btn.sm.push href={ (address) "/giay" } { (icon(Icon::File)) (tr!(me, "entrust-see")) }
            form method="post" action={ (address) "/thoi" } {
                (csrf_field(ctx))
                button.btn.sm.bad { (tr!(me, "entrust-end")) }
            }
        }
    }
}

/// For which procedures, in words.
pub(super) fn scope(services: &Services, words: &web::Words, mandate: &Mandate) -> String {
    let Some(named) = &mandate.procedures else { return words.t("entrust-scope-all") };
    let shelf = services.desk.book.shelf();
    let name = |code: &ProcedureCode| {
        let procedure = shelf.newest(code);
        procedure.map_or_else(|| code.to_string(), |p| speak::name(words, p).to_owned())
    };
    named.iter().map(name).collect::<Vec<_>>().join("; ")
}

async fn record(
    State(services): State<Services>,
    me: SignedIn,
    request: Request,
) -> Result<Response, Problem> {
    let sent = typed::read(request).await?;
    if !me.csrf_fits(sent.text(web::http::csrf::FIELD)) {
        return Err(Problem::forbidden());
    }
    allowed(&services.desk, &me).await?;
    let mut faults = Faults::default();
    let new = read(&services, &me, &sent, &mut faults).await?;
    let Some(new) = new.filter(|_| faults.is_empty()) else {
        let page = page(&services, &me, &sent, &faults).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let name = new.name.clone();
    let (shared, who) = (services.desk.clone(), me.clone());
    let done = services.desk.front.store.write(move |tx| {
        let done = mandates::entrust(tx, &shared, &new, who.now)?;
        if let Ok((_, principal)) = done {
            // What was known of the number was held against the card.
            let entry = look_at_counter(&who, Action::Submit, principal).of_what(What::Identity);
            audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint)?;
        }
        Ok::<_, desk::Error>(done)
    });
    let (at, why) = match done.await? {
        Ok(_) => {
            let said = tr!(me, "entrust-done", name = name);
            return Ok(see_other_with(ENTRUSTED, Flash::done(said)));
        }
        Err(NotEntrusted::OtherName) => ("ten", tr!(me, "entrust-other-name")),
        Err(NotEntrusted::Oneself) => ("so-giup", tr!(me, "entrust-oneself")),
        Err(NotEntrusted::TooMany) => ("so", tr!(me, "entrust-many", n = mandates::MANDATES_MAX)),
        Err(NotEntrusted::Term) => ("den", tr!(me, "entrust-term")),
        Err(NotEntrusted::Destroyed) => ("so", tr!(me, "entrust-destroyed")),
    };
    faults.add(at, why);
    let page = page(&services, &me, &sent, &faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// What was typed, understood; the paper is kept where all else is right.
async fn read(
    services: &Services,
    me: &SignedIn,
    sent: &Sent,
    faults: &mut Faults,
) -> Result<Option<Entrusted>, Problem> {
    let number = |name: &str, faults: &mut Faults| {
        faults.take(name, sent.text(name).parse::<CitizenId>(), |_| tr!(me, "fill-citizen"))
    };
    let (own, helper) = (number("so", faults), number("so-giup", faults));
    let name = sent.text("ten").to_owned();
    if name.split_whitespace().count() < 2 {
        faults.add("ten", tr!(me, "entrust-name-missing"));
    }
    let procedures = match sent.text("pham-vi") {
        "tat-ca" => None,
        "chon" => Some(sent.all("thu-tuc").filter_map(|code| code.parse().ok()).collect()),
        _ => {
            faults.add("pham-vi", tr!(me, "entrust-scope-missing"));
            None
        }
    };
    if procedures.as_ref().is_some_and(Vec::<ProcedureCode>::is_empty) {
        faults.add("pham-vi", tr!(me, "entrust-choose-missing"));
    }
    let until = faults.take("den", typed::boxes(sent, "den").date(), |fault| fault.say(&me.words));
    // To the end of the day that is written on the paper.
    let until = until.map(|day| from_local(day.at(23, 59, 59, 0)));
    let most: Instant = from_local(today(me.now + GOOD_FOR).at(23, 59, 59, 0));
    if until.is_some_and(|until| until <= me.now || until > most) {
        faults.add("den", tr!(me, "entrust-term"));
    }
    if sent.text("da-xem").is_empty() {
        faults.add("da-xem", tr!(me, "entrust-seen-missing"));
    }
    let paper = match sent.files.first() {
        None => {
            faults.add("giay", tr!(me, "entrust-paper-missing"));
            None
        }
        Some((name, bytes)) => {
            let kept = typed::keep(services, &me.words, name, bytes.clone()).await?;
            faults.take("giay", kept, |why| why)
        }
    };
    let (Some(number), Some(helper), Some(until), Some(paper)) = (own, helper, until, paper) else {
        return Ok(None);
    };
    let Upload { hash, size, kind, .. } = paper;
    Ok(Some(Entrusted {
        name,
        number,
        helper,
        procedures,
        valid_to: until.min(me.now + GOOD_FOR),
        evidence: Stored { hash, size, kind },
        agency: me.agency,
        actor: me.actor(),
    }))
}

#[derive(Debug, Deserialize)]
struct Token {
    #[serde(default, rename = "_csrf")]
    csrf: String,
}

async fn end(
    State(services): State<Services>,
    me: SignedIn,
    Path(id): Path<String>,
    Form(form): Form<Token>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    allowed(&services.desk, &me).await?;
    let id: MandateId = id.parse().map_err(|_| Problem::not_found())?;
    let (shared, who) = (services.desk.clone(), me.clone());
    let done = services
        .desk
        .front
        .store
        .write(move |tx| mandates::end_at(tx, &shared, id, who.agency, &who.actor(), who.now));
    if !done.await? {
        return Err(Problem::not_found());
    }
    Ok(see_other_with(ENTRUSTED, Flash::done(tr!(me, "entrust-ended"))))
}

/// The paper; that it was looked at is in the access log.
async fn evidence(
    State(services): State<Services>,
    me: SignedIn,
    Path(id): Path<String>,
) -> Result<Response, Problem> {
    allowed(&services.desk, &me).await?;
    let id: MandateId = id.parse().map_err(|_| Problem::not_found())?;
    let (shared, who) = (services.desk.clone(), me.clone());
    let found = services.desk.front.store.write(move |tx| {
        let found = mandates::evidence(tx, &shared, id, who.agency)?;
        if let Some((principal, ..)) = &found {
            let entry = look_at_counter(&who, Action::Submit, *principal).of_what(What::Papers);
            audit::record(tx, &shared.front.tenant, &entry, &shared.front.mint)?;
        }
        Ok::<_, desk::Error>(found)
    });
    let (_, content, kind) = found.await?.ok_or_else(Problem::not_found)?;
    let name = format!("inline; filename=\"uy-quyen.{}\"", kind.extension());
    let headers = [
        (header::CONTENT_TYPE, kind.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
    ];
    Ok((headers, content).into_response())
}
