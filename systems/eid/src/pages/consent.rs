//! What I agree to, by purpose.

use axum::{
    Form, Router,
    extract::State,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Desk;
use identity::consent::{self, Consent, Purpose};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Citizen, Icon, PageContext,
    components::flash::Flash,
    http::{Problem, flash::see_other_with},
    icon,
    page::csrf_field,
    tr,
};

use super::{CONSENT, own, page};
use crate::commands;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(CONSENT, get(show).post(change))
}

async fn show(State(desk): State<Desk>, me: Citizen) -> Result<Markup, Problem> {
    let (shared, party) = (desk.clone(), me.party);
    let all = desk
        .front
        .store
        .read(move |tx| Ok::<_, crate::Error>(consent::of_party(tx, &shared.front.tenant, party)?));
    let (all, ctx, title) = (all.await?, me.page(), tr!(me, "eid-consent"));
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(me, "eid-consent-lead")) }
        div.stack { @for one in &all { (purpose(&me, &ctx, one)) } }
        p.note.after { (tr!(me, "eid-consent-law")) }
    };
    Ok(page(&ctx, &title, main))
}

fn purpose(me: &Citizen, ctx: &PageContext, one: &Consent) -> Markup {
    let word = one.purpose.word();
    let (title, note) = (format!("eid-purpose-{word}"), format!("eid-purpose-{word}-note"));
    html! {
        section.card aria-labelledby=(word) {
            h2 id=(word) { (tr!(me, &title)) }
            p { (tr!(me, &note)) }
            p.after {
                @if one.given { span.tag.ok { (icon(Icon::Done)) (tr!(me, "eid-consent-given")) } }
                @else { span.tag { (tr!(me, "eid-consent-not")) } }
                @if let Some(since) = one.since {
                    " " span.muted.small { (tr!(me, "eid-consent-since", at = me.words.moment(since))) }
                }
            }
            form.after method="post" action=(CONSENT) {
                (csrf_field(ctx))
                input type="hidden" name="viec" value=(word);
                @if one.given {
                    button.btn name="dong_y" value="0" { (tr!(me, "eid-consent-revoke")) }
                } @else {
                    button.btn.go name="dong_y" value="1" { (tr!(me, "eid-consent-give")) }
                }
            }
        }
    }
}

#[derive(Debug, Deserialize)]
struct Change {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    viec: String,
    dong_y: u8,
}

async fn change(
    State(desk): State<Desk>,
    me: Citizen,
    Form(change): Form<Change>,
) -> Result<Response, Problem> {
    own(&me, &change.csrf)?;
    let purpose = Purpose::from_word(&change.viec).ok_or_else(Problem::bad_request)?;
    let (shared, who, give) = (desk.clone(), me.clone(), change.dong_y == 1);
    let done =
        desk.front.store.write(move |tx| commands::set_consent(tx, &shared, &who, purpose, give));
    done.await?;
    let name = tr!(me, &format!("eid-purpose-{}", purpose.word()));
    let said = if give { "eid-consent-gave" } else { "eid-consent-revoked" };
    Ok(see_other_with(CONSENT, Flash::done(tr!(me, said, what = name))).into_response())
}
