//! Signing in, changing seats, signing out, changing a password.

use std::{net::IpAddr, sync::Arc};

use axum::{
    Form, Router,
    extract::{ConnectInfo, FromRef, Query, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::{get, post},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use identity::{
    Login, NewPassword, PasswordHash, account,
    sign_in::{self, Refusal},
};
use kernel::PostId;
use maud::{Markup, html};
use serde::Deserialize;
use tokio::{sync::Semaphore, task::spawn_blocking};

use super::{Front, PASSWORD, SESSION, SIGN_IN, SignedIn, failed, passkey, signed_in::COOKIE};
use crate::{
    PageContext, Words,
    components::{errors, fields, fields::Field},
    form::Faults,
    http::{self, Problem, csrf},
    page, tr,
};

/// Checking a password takes 19 MiB and a whole processor, so few are checked at once.
static CHECKS: Semaphore = Semaphore::const_new(2);

/// The routes of the front door.
pub fn router<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Arc<Front>: FromRef<S>,
{
    Router::new()
        .route(SIGN_IN, get(show).post(enter))
        .route(SESSION, post(change))
        .route(PASSWORD, get(show_password).post(change_password))
}

#[derive(Debug, Default, Deserialize)]
struct Next {
    #[serde(default)]
    tiep: String,
}

#[derive(Debug, Deserialize)]
struct Typed {
    login: String,
    password: String,
    #[serde(default)]
    tiep: String,
}

async fn show(
    State(front): State<Arc<Front>>,
    headers: HeaderMap,
    Query(next): Query<Next>,
) -> Markup {
    let ctx = context(&front, &headers);
    sign_in_page(&front, &ctx, "", &next.tiep, &Faults::default())
}

fn context(front: &Front, headers: &HeaderMap) -> PageContext {
    let words = Words::new(http::lang::of(headers), Arc::clone(&front.texts));
    let mut ctx = PageContext::new(words, SIGN_IN);
    ctx.place = front.place.clone();
    ctx.flash = http::flash::of(headers);
    ctx
}

fn sign_in_page(
    front: &Front,
    ctx: &PageContext,
    login: &str,
    next: &str,
    faults: &Faults,
) -> Markup {
    let words = &ctx.words;
    let title = tr!(ctx, "sign-in-title");
    let login_label = tr!(ctx, "sign-in-login");
    let password_label = tr!(ctx, "sign-in-password");
    let login_field = Field {
        name: "login",
        label: &login_label,
        fault: faults.of("login"),
        autocomplete: Some("username"),
        ..Field::default()
    };
    let password_field = Field {
        name: "password",
        label: &password_label,
        fault: faults.of("password"),
        autocomplete: Some("current-password"),
        ..Field::default()
    };
    let main = html! {
        div.stack {
        h1 { (title) }
        (errors::summary(words, faults))
        form.stack.card method="post" action=(SIGN_IN) {
            input type="hidden" name="tiep" value=(next);
            (fields::text(words, &login_field, login))
            (fields::input(words, &password_field, "password", ""))
            button.btn.go type="submit" { (tr!(ctx, "sign-in-do")) }
        }
        (passkey::button(ctx, next))
        @if !front.try_accounts.is_empty() {
            section.card aria-labelledby="thu" {
                h2 #thu { (tr!(ctx, "sign-in-try")) }
                p.muted { (tr!(ctx, "sign-in-try-note")) }
                ul.try {
                    @for (login, who) in &front.try_accounts {
                        li { code { (login) } " " span.muted { (who) } }
                    }
                }
            }
        }
        }
    };
    page::citizen(ctx, &errors::title(words, faults, &title), main)
}

async fn enter(
    State(front): State<Arc<Front>>,
    ConnectInfo(address): ConnectInfo<std::net::SocketAddr>,
    headers: HeaderMap,
    Form(typed): Form<Typed>,
) -> Response {
    let login = typed.login.clone();
    match sign_in(&front, login, typed.password.clone(), address.ip()).await {
        Ok(Ok(entered)) => {
            let jar = CookieJar::new().add(cookie(&front, entered.token.cookie()));
            let to = if entered.must_change { PASSWORD } else { http::local_path(&typed.tiep) };
            (jar, http::see_other(to)).into_response()
        }
        Ok(Err(refusal)) => {
            let ctx = context(&front, &headers);
            let mut faults = Faults::default();
            faults.add("login", sentence(&ctx, refusal));
            let page = sign_in_page(&front, &ctx, &typed.login, &typed.tiep, &faults);
            let status = match refusal {
                Refusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
                Refusal::Wrong | Refusal::Disabled => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (status, page).into_response()
        }
        Err(error) => failed(&error).into_response(),
    }
}

fn sentence(ctx: &PageContext, refusal: Refusal) -> String {
    match refusal {
        Refusal::Wrong => tr!(ctx, "sign-in-wrong"),
        Refusal::Disabled => tr!(ctx, "sign-in-disabled"),
        Refusal::Wait(time) => {
            let seconds = time.as_secs().max(1);
            tr!(ctx, "sign-in-wait", seconds = seconds)
        }
    }
}

/// Signs in: counts the attempt, checks the password, opens the session. A refusal is an answer
/// like any other.
///
/// # Errors
/// Those of the store.
pub async fn sign_in(
    front: &Arc<Front>,
    login: String,
    password: String,
    from: IpAddr,
) -> identity::Result<Result<sign_in::SignedIn, Refusal>> {
    let now = front.clock.now();
    let shared = Arc::clone(front);
    let begun = front.store.write(move |tx| sign_in::begin(tx, &shared.tenant, &login, from, now));
    let attempt = match begun.await? {
        Ok(attempt) => attempt,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // Neither is ever closed or cancelled while somebody waits; a panic is passed on.
    let permit = CHECKS.acquire().await.expect("never closed");
    let shared = Arc::clone(front);
    let checked = spawn_blocking(move || attempt.check(&password, &shared.mint)).await;
    drop(permit);
    let checked = checked.map_err(|error| store::Error::Panicked(error.to_string()))?;
    let shared = Arc::clone(front);
    let finished = front.store.write(move |tx| {
        sign_in::finish(tx, &shared.tenant, &checked, &shared.sessions, now, &shared.mint)
    });
    finished.await
}

pub(super) fn cookie(front: &Front, token: String) -> Cookie<'static> {
    Cookie::build((COOKIE, token))
        .path("/")
        .http_only(true)
        .secure(front.https)
        .same_site(SameSite::Lax)
        .build()
}

#[derive(Debug, Deserialize)]
struct Change {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    /// A seat to act in from now on; none to sign out.
    #[serde(default)]
    role: Option<PostId>,
}

async fn change(
    State(front): State<Arc<Front>>,
    me: SignedIn,
    Form(wanted): Form<Change>,
) -> Response {
    if !me.csrf_fits(&wanted.csrf) {
        return Problem::forbidden().into_response();
    }
    let (shared, token, now) = (Arc::clone(&front), me.token.clone(), me.now);
    let Some(post) = wanted.role else {
        let closed =
            front.store.write(move |tx| shared.sessions.close(tx, &shared.tenant, &token, now));
        if let Err(error) = closed.await {
            return failed(&error).into_response();
        }
        let gone = Cookie::build((COOKIE, "")).path("/").build();
        return (CookieJar::new().remove(gone), http::see_other(SIGN_IN)).into_response();
    };
    let seats = me.directory.posts_of(me.person, me.now);
    if !seats.iter().any(|seat| seat.acting_for.unwrap_or(seat.post) == post) {
        return Problem::forbidden().into_response();
    }
    let chosen = front
        .store
        .write(move |tx| shared.sessions.choose_post(tx, &shared.tenant, &token, Some(post)));
    match chosen.await {
        Ok(_) => http::see_other("/"),
        Err(error) => failed(&error).into_response(),
    }
}

async fn show_password(me: SignedIn) -> Markup {
    password_page(&me.page(), &Faults::default())
}

fn password_page(ctx: &PageContext, faults: &Faults) -> Markup {
    let words = &ctx.words;
    let title = tr!(ctx, "password-title");
    let labels = [tr!(ctx, "password-old"), tr!(ctx, "password-new"), tr!(ctx, "password-again")];
    let field = |name: &'static str, index: usize, autocomplete: &'static str| {
        let field = Field {
            name,
            label: &labels[index],
            fault: faults.of(name),
            autocomplete: Some(autocomplete),
            ..Field::default()
        };
        fields::input(words, &field, "password", "")
    };
    let main = html! {
        div.stack {
        h1 { (title) }
        (errors::summary(words, faults))
        form.stack.card method="post" action=(PASSWORD) {
            input type="hidden" name=(csrf::FIELD) value=(ctx.csrf);
            (field("old", 0, "current-password"))
            (field("new", 1, "new-password"))
            p.muted { (tr!(ctx, "password-hint")) }
            (field("again", 2, "new-password"))
            button.btn.go type="submit" { (tr!(ctx, "password-do")) }
        }
        p { a href=(passkey::OFFICER_PASSKEYS) { (tr!(ctx, "passkey-title")) } }
        }
    };
    page::citizen(ctx, &errors::title(words, faults, &title), main)
}

#[derive(Debug, Deserialize)]
struct Passwords {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    old: String,
    new: String,
    again: String,
}

async fn change_password(
    State(front): State<Arc<Front>>,
    me: SignedIn,
    Form(typed): Form<Passwords>,
) -> Response {
    if !me.csrf_fits(&typed.csrf) {
        return Problem::forbidden().into_response();
    }
    match try_change_password(&front, &me, typed).await {
        Ok(Ok(())) => http::see_other("/"),
        Ok(Err(faults)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, password_page(&me.page(), &faults)).into_response()
        }
        Err(problem) => problem.into_response(),
    }
}

async fn try_change_password(
    front: &Arc<Front>,
    me: &SignedIn,
    typed: Passwords,
) -> Result<Result<(), Faults>, Problem> {
    let mut faults = Faults::default();
    let login: Login = me.session.login.parse().map_err(|_| Problem::bad_request())?;
    let new = NewPassword::parse(&typed.new, &login);
    if typed.new != typed.again {
        faults.add("again", tr!(me, "password-differs"));
    }
    let new = faults.take("new", new, |_| tr!(me, "password-weak"));
    let Some(new) = new.filter(|_| faults.is_empty()) else { return Ok(Err(faults)) };
    let (shared, account) = (Arc::clone(front), me.session.account);
    let kept = front.store.read(move |tx| account::password(tx, &shared.tenant, account));
    let kept = kept.await.map_err(|error| failed(&error))?;
    let shared = Arc::clone(front);
    let hash = spawn_blocking(move || {
        kept.verify(&typed.old).then(|| PasswordHash::of(&new, &shared.mint))
    });
    let Some(hash) = hash.await.map_err(|error| Problem::internal(&error))? else {
        faults.add("old", tr!(me, "password-old-wrong"));
        return Ok(Err(faults));
    };
    let (shared, token, now) = (Arc::clone(front), me.token.clone(), me.now);
    let changed = front.store.write(move |tx| {
        account::set_password(tx, &shared.tenant, account, &hash, false, now)?;
        // Whoever else used the old one is out.
        shared.sessions.close_all(tx, &shared.tenant, account, Some(&token), now)
    });
    changed.await.map_err(|error| failed(&error))?;
    Ok(Ok(()))
}
