//! Who looked at my data, when, for which case, on what ground: in plain words, newest first.

use std::collections::HashMap;

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use desk::{Desk, Moment};
use identity::audit::{self, After, Basis, Look, What};
use kernel::{CaseCode, CaseId, from_micros, micros, today};
use maud::{Markup, html};
use procedure::Matter;
use serde::Deserialize;
use web::{
    Citizen, Icon,
    components::{empty::empty, pager::pager},
    http::Problem,
    i18n::capital,
    icon, tr,
};

use super::{LOOKS, QUESTION, page};
use crate::queries;

/// How many are shown at once.
const PAGE: u16 = 20;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(LOOKS, get(show))
}

#[derive(Debug, Default, Deserialize)]
struct Asked {
    /// The last entry of the page before: its instant and its number.
    #[serde(default)]
    sau: Option<String>,
}

impl Asked {
    fn after(&self) -> Option<After> {
        let (at, id) = self.sau.as_deref()?.split_once('.')?;
        Some((from_micros(at.parse().ok()?), id.parse().ok()?))
    }
}

async fn show(
    State(desk): State<Desk>,
    me: Citizen,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let (shared, party, after) = (desk.clone(), me.party, asked.after());
    let read = desk.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let looks = audit::page_of_looks(tx, tenant, party, after, PAGE + 1)?;
        let mut codes = HashMap::new();
        for case in looks.iter().filter_map(|look| look.entry.case) {
            if let Some(known) = queries::code_of(tx, &shared, case)? {
                codes.insert(case, known);
            }
        }
        Ok::<_, crate::Error>((looks, codes))
    });
    let (mut looks, codes) = read.await?;
    let more = looks.len() > usize::from(PAGE);
    looks.truncate(PAGE.into());
    let next = looks
        .last()
        .filter(|_| more)
        .map(|last| format!("{LOOKS}?sau={}.{}", micros(last.entry.at), last.id));
    let first = asked.sau.as_ref().map(|_| LOOKS);
    let moment = desk.moment();
    let title = tr!(me, "eid-looks");
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(me, "eid-looks-lead")) }
        @if looks.is_empty() {
            (empty(&tr!(me, "eid-looks-empty"), None))
        }
        @for day in days(&looks) {
            h2 { (capital(&me.words.date_long(today(day[0].entry.at)))) }
            ul.looks.l { @for look in day { li.card { (one(&me, &moment, &codes, look)) } } }
        }
        (pager(&me.words, first, next.as_deref()))
        p.muted.small { (tr!(me, "eid-looks-law")) }
    };
    Ok(page(&me.page(), &title, main))
}

/// Looks of one day after the other.
fn days(looks: &[Look]) -> impl Iterator<Item = &[Look]> {
    looks.chunk_by(|a, b| today(a.entry.at) == today(b.entry.at))
}

/// Cases that were looked at, as their owner knows them.
type Known = HashMap<CaseId, (CaseCode, Matter)>;

fn one(me: &Citizen, moment: &Moment, known: &Known, look: &Look) -> Markup {
    let entry = &look.entry;
    let (agency, post) = who(me, moment, look);
    let what = entry.what.unwrap_or(What::Dossier).word();
    let known = entry.case.and_then(|case| known.get(&case));
    let code = known.map(|(code, _)| code);
    let question = format!("{QUESTION}?ve=du-lieu&muc={}", look.id);
    html! {
        p { time { (me.words.time(entry.at)) } " " b { (agency) } }
        p.muted { (post) }
        @if entry.allowed {
            p { (tr!(me, &format!("eid-what-{what}"))) }
        } @else {
            p.refused { (icon(Icon::Lock)) (tr!(me, "eid-look-refused")) }
        }
        p.small { (why(me, moment, entry.basis.as_ref(), code)) }
        @if let Some((code, matter)) = known {
            @let said = tr!(me, "eid-look-case", matter = matter.word(), code = code.as_str());
            p.small { a href=(desk::own_page(*matter, code)) { (said) } }
        }
        p { a href=(question) { (tr!(me, "eid-look-question")) } }
    }
}

/// Agency and post, as they are called now.
fn who(me: &Citizen, moment: &Moment, look: &Look) -> (String, String) {
    let post = look.entry.reader.post.and_then(|post| moment.directory.post(post));
    let agency = post.and_then(|post| moment.directory.agency(post.agency));
    let agency = agency.map_or_else(|| tr!(me, "eid-look-nobody"), |agency| agency.name.clone());
    (agency, post.map_or_else(String::new, |post| post.title.clone()))
}

/// Why, and by which law; a look that says no ground says so.
fn why(me: &Citizen, moment: &Moment, basis: Option<&Basis>, code: Option<&CaseCode>) -> String {
    match basis {
        Some(Basis::Procedure(procedure)) => {
            let procedure = moment.shelf.newest(procedure);
            let name = procedure.map_or_else(String::new, |procedure| procedure.name.clone());
            let law = procedure.and_then(|procedure| procedure.legal_basis.first().cloned());
            let law = law.unwrap_or_else(|| tr!(me, "eid-law-procedure"));
            tr!(me, "eid-why-procedure", name = name, law = law)
        }
        Some(Basis::Counter) => tr!(me, "eid-why-counter"),
        Some(Basis::Control) => tr!(me, "eid-why-control"),
        Some(Basis::Request) => tr!(me, "eid-why-request"),
        Some(Basis::Consent(purpose)) => {
            let purpose = tr!(me, &format!("eid-purpose-{}", purpose.word()));
            tr!(me, "eid-why-consent", purpose = purpose)
        }
        None if code.is_some() => tr!(me, "eid-why-case"),
        None => tr!(me, "eid-why-unknown"),
    }
}
