//! The pages of the door: in, there, back, and out.

use axum::{
    Form,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use identity::{
    Assurance, Entered, SessionToken,
    citizen::{self, Named},
    once,
};
use kernel::Instant;
use maud::{Markup, html};
use serde::Deserialize;

use super::{DEMONSTRATION, Eid, LEAVE, Refused, attempt::Attempt, device};
use crate::{
    Citizen, Icon, MaybeCitizen, PageContext,
    front::{ENTER, SIGN_IN, citizen as of_citizen, failed, passkey},
    http::{self, Problem},
    icon, page, tr,
};

/// Where somebody wants to go, and how surely it must be known who they are.
#[derive(Debug, Clone, Default, Deserialize)]
pub(super) struct Wanted {
    #[serde(default)]
    pub(super) tiep: String,
    #[serde(default)]
    pub(super) muc: Option<i64>,
}

impl Wanted {
    pub(super) fn level(&self) -> Assurance {
        Assurance::of_number(self.muc.unwrap_or(1))
    }

    pub(super) fn next(&self) -> &str {
        http::local_path(&self.tiep)
    }

    pub(super) fn query(&self) -> String {
        query(self.level(), self.next())
    }
}

fn query(level: Assurance, next: &str) -> String {
    format!("?muc={}&tiep={}", level.number(), http::encoded(next))
}

/// Why to sign in, and with what. Who is in already goes on.
pub(super) async fn show(
    State(eid): State<Eid>,
    asker: MaybeCitizen,
    Query(wanted): Query<Wanted>,
) -> Response {
    let known = asker.citizen.as_ref().map(|citizen| citizen.level);
    if known.is_some_and(|level| level >= wanted.level()) {
        return http::see_other(wanted.next());
    }
    enter_page(&eid, &asker.page(), &wanted, known.is_some()).into_response()
}

fn enter_page(eid: &Eid, ctx: &PageContext, wanted: &Wanted, step_up: bool) -> Markup {
    let mut ctx = ctx.clone();
    ctx.sign_in = None;
    let title = match step_up {
        true => tr!(ctx, "enter-more-title"),
        false => tr!(ctx, "enter-title"),
    };
    let to = match &eid.provider {
        Some(provider) => Some((
            tr!(ctx, "enter-by", name = provider.settings.name.as_str()),
            format!("{LEAVE}{}", wanted.query()),
        )),
        None if eid.invented.is_some() => {
            Some((tr!(ctx, "enter-demo"), format!("{DEMONSTRATION}{}", wanted.query())))
        }
        None => None,
    };
    let main = html! {
        div.enter {
            h1 { (title) }
            p.lead {
                @if step_up { (tr!(ctx, "enter-more-lead")) } @else { (tr!(ctx, "enter-lead")) }
            }
            @match to {
                Some((label, href)) => a.btn.go.wide href=(href) { (icon(Icon::User)) (label) },
                None => p.note { (tr!(ctx, "enter-nobody")) },
            }
            @if !step_up {
                (passkey::button(&ctx, wanted.next()))
                section.card aria-labelledby="lay-gi" {
                    h2 #lay-gi { (tr!(ctx, "enter-what")) }
                    ul.ticks2.l {
                        @for line in ["enter-what-name", "enter-what-use", "enter-what-see"] {
                            li { (icon(Icon::Seal)) span { (tr!(ctx, line)) } }
                        }
                    }
                }
                p { (tr!(ctx, "enter-none")) " " a href="/tra-cuu" { (tr!(ctx, "enter-track")) } }
                p.muted { (tr!(ctx, "enter-officer")) " " a href=(SIGN_IN) { (tr!(ctx, "enter-officer-do")) } }
            } @else {
                p { a href="/" { (tr!(ctx, "enter-not-now")) } }
            }
        }
    };
    page::citizen(&ctx, &title, main)
}

/// To the provider.
pub(super) async fn leave(
    State(eid): State<Eid>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Query(wanted): Query<Wanted>,
) -> Response {
    let front = &eid.front;
    let Some(provider) = &eid.provider else { return http::see_other(ENTER) };
    let attempt = Attempt::begin(wanted.level(), wanted.next(), asker.now, &front.mint);
    match provider.way_out(&attempt, asker.now).await {
        Ok(to) => {
            let jar = CookieJar::from_headers(&headers);
            let jar = Attempt::forget(jar, None, &eid.keyring, &front.tenant, asker.now);
            let jar = jar.add(attempt.cookie(&eid.keyring, &front.tenant, front.https));
            let mut answer = (jar, Redirect::to(&to)).into_response();
            // Where the person was is nobody's business at the provider.
            let quiet = HeaderValue::from_static("no-referrer");
            answer.headers_mut().insert(header::REFERRER_POLICY, quiet);
            answer
        }
        Err(refused) => refusal(&eid, &asker, &wanted, &refused),
    }
}

/// What the provider sends along.
#[derive(Debug, Default, Deserialize)]
pub(super) struct Answer {
    #[serde(default)]
    code: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    error: Option<String>,
    #[serde(default)]
    iss: Option<String>,
}

/// Back from the provider.
pub(super) async fn come_back(
    State(eid): State<Eid>,
    asker: MaybeCitizen,
    headers: HeaderMap,
    Query(answer): Query<Answer>,
) -> Response {
    let front = &eid.front;
    let attempt = Attempt::of(&headers, &answer.state, &eid.keyring, &front.tenant, asker.now);
    let jar = CookieJar::from_headers(&headers);
    let jar = Attempt::forget(jar, Some(&answer.state), &eid.keyring, &front.tenant, asker.now);
    let Some(attempt) = attempt else {
        return refusal(&eid, &asker, &Wanted::default(), &Refused::Stale);
    };
    let muc = Some(attempt.level.number());
    let wanted = Wanted { tiep: attempt.next.clone(), muc };
    let named = match named(&eid, &attempt, &answer, asker.now).await {
        Ok(Ok(named)) => named,
        Ok(Err(refused)) => return (jar, refusal(&eid, &asker, &wanted, &refused)).into_response(),
        Err(problem) => return problem.into_response(),
    };
    (jar, admit(&eid, &asker, &headers, named, &wanted).await).into_response()
}

async fn named(
    eid: &Eid,
    attempt: &Attempt,
    answer: &Answer,
    now: Instant,
) -> Result<Result<Named, Refused>, Problem> {
    let shared = eid.clone();
    let (state, until) = (attempt.state(), attempt.ends_at());
    let first = eid
        .front
        .store
        .write(move |tx| once::take(tx, &shared.front.tenant, state.as_bytes(), now, until));
    if !first.await.map_err(|error| failed(&error))? {
        return Ok(Err(Refused::Stale));
    }
    let Some(provider) = &eid.provider else { return Ok(Err(Refused::Stale)) };
    match answer.error.as_deref() {
        None => Ok(provider.whom(attempt, &answer.code, answer.iss.as_deref(), now).await),
        Some("access_denied") => Ok(Err(Refused::WentBack)),
        Some("unmet_authentication_requirements") => Ok(Err(Refused::TooLow)),
        Some(error) => Ok(Err(Refused::Away(error.to_owned()))),
    }
}

/// Lets somebody in who was named, and sends them to where they were. Whoever is in already is not
/// changed for another by asking for a higher level: what they were doing is not the other's.
pub(super) async fn admit(
    eid: &Eid,
    asker: &MaybeCitizen,
    headers: &HeaderMap,
    named: Named,
    wanted: &Wanted,
) -> Response {
    let (shared, level, now) = (eid.clone(), named.level, asker.now);
    let device = device::of(headers);
    let before = asker.citizen.as_ref().map(|citizen| (citizen.party, citizen.token.clone()));
    let (step_up, needed) = (before.is_some() && wanted.level() > Assurance::One, wanted.level());
    let opened = eid.front.store.write(move |tx| {
        let front = &shared.front;
        let (tenant, sessions) = (&front.tenant, front.sessions.citizens());
        let account = citizen::enter(tx, tenant, &shared.keyring, &named, now, &front.mint)?;
        if let Some((party, token)) = &before {
            if step_up && *party != account.party {
                return Ok(None);
            }
            sessions.close(tx, tenant, token, now)?;
        }
        let entered = Entered {
            account: account.id,
            party: account.party,
            level,
            called: citizen::called(&named.party),
            device: device.clone(),
        };
        sessions.open(tx, tenant, &entered, now, &front.mint).map(Some)
    });
    match opened.await {
        Ok(Some(token)) if level >= needed => admitted(eid, &token, wanted.next()),
        Ok(Some(token)) => {
            let cookie = of_citizen::cookie(&eid.front, &token);
            let page = refusal(eid, asker, wanted, &Refused::TooLow);
            (CookieJar::new().add(cookie), page).into_response()
        }
        Ok(None) => refusal(eid, asker, wanted, &Refused::SomebodyElse),
        Err(error) => failed(&error).into_response(),
    }
}

fn admitted(eid: &Eid, token: &SessionToken, next: &str) -> Response {
    let cookie = of_citizen::cookie(&eid.front, token);
    (CookieJar::new().add(cookie), http::see_other(next)).into_response()
}

/// What happened, why, and what to do: try again from where the person was, or go another way.
pub(super) fn refusal(
    eid: &Eid,
    asker: &MaybeCitizen,
    wanted: &Wanted,
    refused: &Refused,
) -> Response {
    match refused {
        Refused::Untrusted(_) => tracing::warn!(%refused, "enter.refused"),
        Refused::Away(_) | Refused::Nameless(_) => tracing::error!(%refused, "enter.refused"),
        _ => tracing::info!(%refused, "enter.refused"),
    }
    let mut ctx = asker.page();
    ctx.sign_in = None;
    let name = eid.provider.as_ref().map_or("", |provider| provider.settings.name.as_str());
    let kind = refused.kind();
    let title = tr!(ctx, &format!("enter-refused-{kind}"), name = name);
    let retry = !matches!(refused, Refused::SomebodyElse | Refused::TooLow);
    let main = html! {
        section.card.ans {
            h1 { (icon(Icon::Warn)) (title) }
            p { (tr!(ctx, &format!("enter-refused-{kind}-why"), name = name)) }
            p.acts {
                @if retry {
                    a.btn.go href={ (ENTER) (wanted.query()) } { (tr!(ctx, "enter-again")) }
                }
                @if asker.citizen.is_some() && wanted.next() != "/" && !retry {
                    a.btn href="/toi" { (tr!(ctx, "enter-mine")) }
                } @else {
                    a.btn href="/" { (tr!(ctx, "problem-home")) }
                }
            }
        }
    };
    (refused.status(), page::citizen(&ctx, &title, main)).into_response()
}

#[derive(Debug, Deserialize)]
pub(super) struct Out {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    /// Whether to sign out on every device.
    #[serde(default)]
    tat_ca: Option<String>,
}

/// Signs out here, or everywhere.
pub(super) async fn sign_out(
    State(eid): State<Eid>,
    me: Citizen,
    headers: HeaderMap,
    Form(out): Form<Out>,
) -> Response {
    if !me.csrf_fits(&out.csrf) {
        return Problem::forbidden().into_response();
    }
    let (shared, now) = (eid.clone(), me.now);
    let closed = eid.front.store.write(move |tx| {
        let (tenant, sessions) = (&shared.front.tenant, shared.front.sessions.citizens());
        match out.tat_ca {
            Some(_) => sessions.close_all(tx, tenant, me.party, None, now).map(drop),
            None => sessions.close(tx, tenant, &me.token, now),
        }
    });
    match closed.await {
        Ok(()) => {
            let jar = CookieJar::from_headers(&headers).remove(of_citizen::no_cookie());
            (jar, http::see_other("/")).into_response()
        }
        Err(error) => failed(&error).into_response(),
    }
}
