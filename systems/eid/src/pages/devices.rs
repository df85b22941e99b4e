//! Where I am signed in, and signing out elsewhere.

use axum::{
    Form, Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use desk::Desk;
use kernel::SessionId;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Citizen,
    components::flash::Flash,
    front::eid::SIGN_OUT,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{Bare, DEVICES, own, page};

const OTHERS: &str = "/toi/du-lieu/thiet-bi/khac";

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(DEVICES, get(show).post(end)).route(OTHERS, post(end_others))
}

async fn show(State(desk): State<Desk>, me: Citizen) -> Result<Markup, Problem> {
    let (shared, who) = (desk.clone(), me.clone());
    let all = desk.front.store.read(move |tx| {
        let sessions = shared.front.sessions.citizens();
        Ok::<_, crate::Error>(sessions.of_party(tx, &shared.front.tenant, who.party, who.now)?)
    });
    let (all, ctx, title) = (all.await?, me.page(), tr!(me, "eid-devices"));
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(me, "eid-devices-lead")) }
        ul.looks.l {
            @for session in &all {
                @let here = session.id == me.session.id;
                li.card {
                    p {
                        b {
                            @if session.device.is_empty() { (tr!(me, "eid-device-unknown")) }
                            @else { (session.device) }
                        }
                        @if here { " " span.tag.ok { (tr!(me, "eid-device-here")) } }
                    }
                    p.muted.small {
                        (tr!(me, "eid-device-since", at = me.words.moment(session.opened_at),
                            seen = me.words.moment(session.last_seen_at),
                            level = session.level.number()))
                    }
                    @if !here {
                        form.after method="post" action=(DEVICES) {
                            (csrf_field(&ctx))
                            button.btn name="phien" value=(session.id) { (tr!(me, "eid-device-end")) }
                        }
                    }
                }
            }
        }
        div.go2 {
            @if all.len() > 1 {
                form method="post" action=(OTHERS) {
                    (csrf_field(&ctx))
                    button.btn.wide { (tr!(me, "eid-device-end-others")) }
                }
            }
            form method="post" action=(SIGN_OUT) {
                (csrf_field(&ctx))
                button.btn.bad.wide name="tat_ca" value="1" { (tr!(me, "eid-device-end-all")) }
            }
        }
    };
    Ok(page(&ctx, &title, main))
}

#[derive(Debug, Deserialize)]
struct End {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    phien: SessionId,
}

async fn end(
    State(desk): State<Desk>,
    me: Citizen,
    Form(wanted): Form<End>,
) -> Result<Response, Problem> {
    own(&me, &wanted.csrf)?;
    let (shared, who) = (desk.clone(), me.clone());
    let ended = desk.front.store.write(move |tx| {
        let (tenant, sessions) = (&shared.front.tenant, shared.front.sessions.citizens());
        Ok::<_, crate::Error>(sessions.close_one(tx, tenant, who.party, wanted.phien, who.now)?)
    });
    ended.await?;
    Ok(see_other_with(DEVICES, Flash::done(tr!(me, "eid-device-ended"))))
}

async fn end_others(
    State(desk): State<Desk>,
    me: Citizen,
    Form(form): Form<Bare>,
) -> Result<Response, Problem> {
    own(&me, &form.csrf)?;
    let (shared, who) = (desk.clone(), me.clone());
    let ended = desk.front.store.write(move |tx| {
        let (tenant, sessions) = (&shared.front.tenant, shared.front.sessions.citizens());
        let kept = Some(&who.token);
        Ok::<_, crate::Error>(sessions.close_all(tx, tenant, who.party, kept, who.now)?)
    });
    let n = ended.await?;
    Ok(see_other_with(DEVICES, Flash::done(tr!(me, "eid-device-ended-n", n = n))))
}
