//! Taking a dossier back: a page that says what happens, then one button.

use axum::{
    Form, Router,
    extract::{Path, State},
    response::Response,
    routing::get,
};
use casework::Stamp;
use kernel::CaseCode;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Citizen,
    components::{
        confirm::{self, Confirm},
        fields::{self, Field},
        flash::Flash,
    },
    http::{Problem, flash::see_other_with},
    page, tr,
};

use super::{DOSSIERS, dossier::may_withdraw, receipt::open, speak};
use crate::{Services, commands};

pub(super) fn routes() -> Router<Services> {
    Router::new().route(&format!("{DOSSIERS}/{{code}}/rut"), get(ask).post(withdraw))
}

/// Most letters of a reason.
const REASON_LETTERS_MAX: u16 = 1000;

async fn ask(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
) -> Result<Markup, Problem> {
    let (mine, moment) = open(&services, &me, &code).await?;
    if !may_withdraw(&mine.case) {
        return Err(Problem::conflict().detail(tr!(me, "withdraw-too-late")));
    }
    let name = moment.shelf.version(&mine.case.procedure);
    let name = name.map_or("", |procedure| speak::name(&me.words, procedure));
    let ctx = me.page();
    let asked = Confirm {
        question: tr!(me, "withdraw-ask", name = name),
        consequences: (1..=3).map(|n| me.words.t(&format!("withdraw-{n}"))).collect(),
        action: format!("{DOSSIERS}/{code}/rut"),
        verb: tr!(me, "withdraw-do"),
        harsh: true,
        back: format!("{DOSSIERS}/{code}"),
        kept: Vec::new(),
    };
    let label = tr!(me, "withdraw-why");
    let field = Field::new("ly-do", &label).optional().letters_max(REASON_LETTERS_MAX);
    let body = html! { (fields::textarea(&me.words, &field, "")) };
    Ok(page::citizen(&ctx, &asked.verb, confirm::confirm(&ctx, &asked, body)))
}

#[derive(Debug, Deserialize)]
struct Wanted {
    #[serde(default, rename = "_csrf")]
    csrf: String,
    #[serde(default, rename = "ly-do")]
    why: String,
}

async fn withdraw(
    State(services): State<Services>,
    me: Citizen,
    Path(code): Path<String>,
    Form(form): Form<Wanted>,
) -> Result<Response, Problem> {
    if !me.csrf_fits(&form.csrf) {
        return Err(Problem::forbidden());
    }
    let parsed: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let why: String = form.why.trim().chars().take(usize::from(REASON_LETTERS_MAX)).collect();
    let (shared, who) = (services.desk.clone(), me.clone());
    let done = services.desk.front.store.write(move |tx| {
        let stamp = Stamp { actor: who.actor(), happened_at: who.now, recorded_at: who.now };
        commands::withdraw(tx, &shared, who.party, &parsed, &why, &stamp)
    });
    let back = format!("{DOSSIERS}/{code}");
    match done.await {
        Ok(()) => Ok(see_other_with(&back, Flash::done(tr!(me, "withdraw-done")))),
        Err(error) => {
            let moment = services.desk.moment();
            match desk::refusal::of_error(&me.words, &error, &moment, None, me.now) {
                Some(why) => Ok(see_other_with(&back, Flash::failed(why))),
                None => Err(error.into()),
            }
        }
    }
}
