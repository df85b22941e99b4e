//! What could not be delivered, for operators: why, and a way to try again once it is mended.

use std::collections::BTreeMap;

use axum::{Form, Router, extract::State, response::Response, routing::get};
use identity::access::{Action, Target};
use maud::{Markup, html};
use notices::{Channel, Told};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        empty,
        flash::Flash,
        table::{self, Column, Row, Table},
    },
    http::{self, Problem},
    page::csrf_field,
    tr,
};

use super::FAILED;
use crate::Teller;

const SHOWN_MAX: u32 = 200;
/// Given up notices that are tried again at once.
const REVIVED_MAX: u32 = 5_000;

pub(super) fn routes() -> Router<Teller> {
    Router::new().route(FAILED, get(show).post(again))
}

/// Only whoever administers the system.
async fn admit(teller: &Teller, me: &SignedIn) -> Result<(), Problem> {
    let line = desk::agency_line(&me.directory, me.agency);
    let decision = me.may(&teller.desk.front, Action::ManageAccounts, Target::Agency(&line));
    if let Err(denial) = decision.check() {
        let problem = desk::forbidden(me, &denial);
        desk::log_denial(&teller.desk, me, None, denial).await;
        return Err(problem);
    }
    Ok(())
}

async fn show(State(teller): State<Teller>, me: SignedIn) -> Result<Markup, Problem> {
    admit(&teller, &me).await?;
    let ctx = desk::context(&teller.desk, &me).await?;
    let read = teller.read(|tx, teller| {
        let tenant = &teller.desk.front.tenant;
        Ok((notices::dead(tx, tenant, SHOWN_MAX)?, notices::waiting_count(tx, tenant)?))
    });
    let (dead, waiting) = read.await?;
    let mut channels: BTreeMap<Channel, usize> = BTreeMap::new();
    for told in &dead {
        *channels.entry(told.notice.channel).or_default() += 1;
    }
    let title = tr!(me, "tell-failed-title");
    let main = html! {
        div.stack {
        p { (tr!(me, "tell-failed-lead", waiting = waiting)) }
        @if dead.is_empty() { (empty::empty(&tr!(me, "tell-failed-none"), None)) }
        @else {
            @for (channel, count) in &channels {
                @let name = me.words.t(&format!("tell-channel-{}", channel.word()));
                form method="post" action=(FAILED) {
                    (csrf_field(&ctx))
                    input type="hidden" name="kenh" value=(channel.word());
                    button.btn { (tr!(me, "tell-failed-again", channel = name, count = *count)) }
                }
            }
            (rows(&me, &dead))
        }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

fn rows(me: &SignedIn, dead: &[Told]) -> Markup {
    let words = &me.words;
    let row = |told: &Told| {
        let fault = told.fault.as_deref().unwrap_or("unknown").replace('_', "-");
        let key = format!("tell-fault-{fault}");
        let why = if words.has(&key) { words.t(&key) } else { fault };
        let at = told.done_at.unwrap_or(told.notice.created_at);
        Row::Cells(vec![
            html! { (words.moment_near(at, me.now)) },
            html! { (words.t(&format!("tell-channel-{}", told.notice.channel.word()))) },
            html! { (words.t(&format!("tell-what-{}", told.notice.occasion.word()))) },
            html! { @if let Some(code) = &told.code { span.num { (code.as_str()) } } },
            html! { (why) },
            html! { (words.number(i64::from(told.notice.attempts))) },
        ])
    };
    table::table(&Table {
        caption: tr!(me, "tell-failed-title"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "tell-failed-at")),
            Column::text(tr!(me, "tell-failed-channel")),
            Column::text(tr!(me, "tell-failed-what")),
            Column::text(tr!(me, "tell-failed-code")).dispensable(),
            Column::text(tr!(me, "tell-failed-why")),
            Column::figures(tr!(me, "tell-failed-attempts")).dispensable(),
        ],
        rows: dead.iter().map(row).collect(),
    })
}

#[derive(Debug, Deserialize)]
struct Again {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default)]
    kenh: String,
}

async fn again(
    State(teller): State<Teller>,
    me: SignedIn,
    Form(typed): Form<Again>,
) -> Result<Response, Problem> {
    admit(&teller, &me).await?;
    if !me.csrf_fits(&typed.csrf) {
        return Err(Problem::forbidden());
    }
    let channel = Channel::from_word(&typed.kenh).ok_or_else(Problem::bad_request)?;
    let now = me.now;
    let revived = teller.write(move |tx, teller| {
        Ok(notices::revive(tx, &teller.desk.front.tenant, channel, now, REVIVED_MAX)?)
    });
    let count = revived.await?;
    let said = tr!(me, "tell-failed-revived", count = count);
    Ok(http::flash::see_other_with(FAILED, Flash::done(said)))
}
