//! What the province holds about me, in short, and what I can do about it.

use axum::{Router, extract::State, routing::get};
use desk::Desk;
use identity::{
    audit,
    party::{self, Party, PartyNumber},
};
use jiff::SignedDuration;
use maud::{Markup, html};
use web::{
    Citizen, Icon,
    components::links::{self, Way},
    front::eid::SIGN_OUT,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{CONSENT, CORRECT, DEVICES, DOWNLOAD, HOME, LOOKS};
use crate::queries;

/// Looks of so many days are counted, up to so many.
const DAYS: i64 = 30;
const COUNTED_MAX: u16 = 500;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(HOME, get(show))
}

struct Seen {
    party: Option<Party>,
    looks: u64,
    corrections: usize,
    devices: usize,
}

async fn show(State(desk): State<Desk>, me: Citizen) -> Result<Markup, Problem> {
    let (shared, who) = (desk.clone(), me.clone());
    let seen = desk.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let since = who.now - SignedDuration::from_hours(24 * DAYS);
        let sessions = shared.front.sessions.citizens();
        Ok::<_, crate::Error>(Seen {
            party: party::load(tx, tenant, &shared.keyring, who.party)?,
            looks: audit::count_looks(tx, tenant, who.party, since, COUNTED_MAX)?,
            corrections: queries::of_party(tx, &shared, who.party)?
                .iter()
                .filter(|correction| correction.status == crate::model::Status::Open)
                .count(),
            devices: sessions.of_party(tx, tenant, who.party, who.now)?.len(),
        })
    });
    let seen = seen.await?;
    let ctx = me.page();
    let title = tr!(me, "eid-home");
    let main = html! {
        h1 { (title) }
        p.lead { (tr!(me, "eid-lead")) }
        section.card aria-labelledby="biet" {
            h2 #biet { (tr!(me, "eid-held")) }
            @match &seen.party {
                Some(party) => (held(&me, party)),
                None => p { (tr!(me, "eid-destroyed")) },
            }
            p.after { a href=(CORRECT) { (tr!(me, "eid-wrong")) } }
        }
        h2 { (tr!(me, "eid-can")) }
        (links::list(&ways(&me, &seen)))
        form.out method="post" action=(SIGN_OUT) {
            (csrf_field(&ctx))
            button.btn.wide type="submit" { (tr!(me, "eid-sign-out")) }
        }
    };
    Ok(web::page::citizen(&ctx, &title, main))
}

/// What is known, numbers covered: somebody may look over one's shoulder.
fn held(me: &Citizen, party: &Party) -> Markup {
    let number = party.number.as_ref().map(|number| match number {
        PartyNumber::Citizen(id) => id.masked(),
        PartyNumber::Tax(code) => code.as_str().to_owned(),
    });
    let rows = [
        ("eid-field-name", Some(party.name.clone())),
        ("eid-field-number", number),
        ("eid-field-born", party.born.map(|born| me.words.date(born))),
        ("eid-field-phone", party.phone.as_ref().map(kernel::PhoneNumber::masked)),
        ("eid-field-email", party.email.clone()),
        ("eid-field-address", party.address.clone()),
    ];
    html! {
        dl.kv {
            @for (label, value) in rows {
                dt { (tr!(me, label)) }
                dd { @match value { Some(value) => (value), None => span.muted { (tr!(me, "eid-none")) } } }
            }
        }
    }
}

fn ways(me: &Citizen, seen: &Seen) -> Vec<Way> {
    let way = |icon: Icon, key: &str, note: String, href: &str| Way {
        icon,
        title: tr!(me, key),
        note,
        href: href.to_owned(),
    };
    let mut ways = vec![
        way(Icon::Seal, "eid-looks", tr!(me, "eid-looks-note", n = seen.looks, days = DAYS), LOOKS),
        way(Icon::Done, "eid-consent", tr!(me, "eid-consent-note"), CONSENT),
        way(Icon::File, "eid-download", tr!(me, "eid-download-note"), DOWNLOAD),
        way(
            Icon::Pen,
            "eid-correct",
            match seen.corrections {
                0 => tr!(me, "eid-correct-note"),
                open => tr!(me, "eid-correct-open", n = open),
            },
            CORRECT,
        ),
        way(Icon::Lock, "eid-devices", tr!(me, "eid-devices-note", n = seen.devices), DEVICES),
    ];
    ways.push(way(Icon::Lock, "eid-keys", tr!(me, "eid-keys-note"), web::front::PASSKEYS));
    ways
}
