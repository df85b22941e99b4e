//! Everything that is held about me: to read, and to take along as a file.

use axum::{
    Router,
    extract::State,
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Desk;
use identity::Assurance;
use kernel::today;
use maud::{Markup, html};
use web::{Citizen, Icon, http::Problem, icon, tr};

use super::{CONSENT, DOWNLOAD, DOWNLOAD_JSON, LOOKS, page};
use crate::{
    export::{self, Held},
    queries::Mine,
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(DOWNLOAD, get(show)).route(DOWNLOAD_JSON, get(file))
}

/// All of it, numbers whole: so it must be sure who asks.
async fn held(desk: &Desk, me: &Citizen) -> Result<Held, Problem> {
    me.needs(Assurance::Two)?;
    let (shared, party, now) = (desk.clone(), me.party, me.now);
    Ok(desk.front.store.read(move |tx| export::held(tx, &shared, party, now)).await?)
}

async fn file(State(desk): State<Desk>, me: Citizen) -> Result<Response, Problem> {
    let held = held(&desk, &me).await?;
    let json = held.to_json(&desk, &desk.moment(), me.now);
    let text = serde_json::to_string_pretty(&json).map_err(|error| Problem::internal(&error))?;
    let name = format!("attachment; filename=\"du-lieu-cua-toi-{}.json\"", today(me.now));
    let headers = [
        (header::CONTENT_TYPE, "application/json; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}

async fn show(State(desk): State<Desk>, me: Citizen) -> Result<Markup, Problem> {
    let held = held(&desk, &me).await?;
    let moment = desk.moment();
    let title = tr!(me, "eid-download");
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(me, "eid-download-lead", at = me.words.moment(me.now))) }
        a.btn.go.wide href=(DOWNLOAD_JSON) { (icon(Icon::File)) (tr!(me, "eid-download-do")) }
        h2 { (tr!(me, "eid-download-person")) }
        @match &held.party {
            Some(party) => dl.kv.card { (person(&me, party)) },
            None => p { (tr!(me, "eid-destroyed")) },
        }
        h2 { (tr!(me, "eid-download-dossiers", n = held.dossiers.len())) }
        @for mine in &held.dossiers { (dossier(&me, &moment, mine)) }
        h2 { (tr!(me, "eid-download-rest")) }
        ul.l.stack {
            li { a href=(LOOKS) { (tr!(me, "eid-download-looks", n = held.looks.len())) } }
            li {
                a href=(CONSENT) {
                    (tr!(me, "eid-download-consents",
                        n = held.consents.iter().filter(|one| one.given).count()))
                }
            }
            li { (tr!(me, "eid-download-corrections", n = held.corrections.len())) }
            li { (tr!(me, "eid-download-sessions", n = held.sessions.len())) }
        }
    };
    Ok(page(&me.page(), &title, main))
}

fn person(me: &Citizen, party: &identity::party::Party) -> Markup {
    use identity::party::PartyNumber::{Citizen as Id, Tax};
    let number = party.number.as_ref().map(|number| match number {
        Id(id) => id.as_str().to_owned(),
        Tax(code) => code.as_str().to_owned(),
    });
    let rows = [
        ("eid-field-name", Some(party.name.clone())),
        ("eid-field-number", number),
        ("eid-field-born", party.born.map(|born| me.words.date(born))),
        ("eid-field-phone", party.phone.as_ref().map(|phone| phone.as_str().to_owned())),
        ("eid-field-email", party.email.clone()),
        ("eid-field-address", party.address.clone()),
    ];
    html! {
        @for (label, value) in rows {
            @if let Some(value) = value { dt { (tr!(me, label)) } dd { (value) } }
        }
    }
}

fn dossier(me: &Citizen, moment: &desk::Moment, mine: &Mine) -> Markup {
    let case = &mine.case;
    let procedure = moment.shelf.version(&case.procedure);
    let name = procedure.map_or_else(|| case.procedure.code.to_string(), |p| p.name.clone());
    let label = |id: &str| {
        let field = procedure.and_then(|p| p.fields.iter().find(|f| f.id.as_str() == id));
        field.map_or_else(|| id.to_owned(), |field| field.label.clone())
    };
    html! {
        details.card.held-dossier {
            summary { b { (name) } " " code { (case.code) } }
            p.muted.small { (tr!(me, "eid-download-filed", at = me.words.moment(case.submitted_at))) }
            dl.kv {
                @for (id, value) in &mine.answers {
                    dt { (label(id)) }
                    dd { @match value.as_str() { Some(text) => (text), None => (value) } }
                }
                @for file in &mine.files {
                    dt { (tr!(me, "eid-download-file")) }
                    dd { (file.name) " " span.muted.small { (me.words.file_size(file.size)) } }
                }
            }
        }
    }
}
