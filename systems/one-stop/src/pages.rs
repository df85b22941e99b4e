//! The pages of the desk. This file is the table of contents: every address, by who uses it,
//! and the frame that all pages of officers share.

mod dossier;
mod more;
mod results;
mod work;

mod asked;
mod catalogue;
mod catalogue_entries;
mod counter;
mod figures;
mod forms_of;
mod head;
mod irregularities;
mod limits;
mod online;
mod queue;
mod receipt;
mod register;
mod tracking;

pub(crate) use limits::{BASIS_LETTERS_MAX, REASON_LETTERS_MAX};

use axum::Router;
use desk::Rail;
pub(crate) use desk::{WORK, clock, context, forbidden, page, refusal, typed};
use kernel::{AgencyId, PostId};
use store::{Tx, args};
use web::{
    Icon, SignedIn, front,
    page::{NavGroup, NavItem},
    tr,
};

use crate::{Desk, Result};

/// Every page, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(counter::routes())
        .merge(queue::routes())
        .merge(online::routes())
        .merge(receipt::routes())
        .merge(front::router())
        .merge(work::routes())
        .merge(dossier::routes())
        .merge(results::routes())
        .merge(more::routes())
        .merge(register::routes())
        .merge(head::routes())
        .merge(figures::routes())
        .merge(irregularities::routes())
        .merge(catalogue::routes())
        .merge(catalogue_entries::routes())
        .merge(limits::routes())
        .merge(tracking::routes())
        .with_state(desk)
}

/// The counter.
pub const COUNTER: &str = "/quay";
/// Online filings that wait to be taken on.
pub const ONLINE: &str = "/truc-tuyen";
/// Results that wait to be handed over.
pub const RESULTS: &str = "/tra-ket-qua";
/// Signed results of a dossier, of the system for results: `/ket-qua/CODE`.
pub const RESULT: &str = "/ket-qua";
/// Whether a document is real, of the same system: `/kiem-tra/CODE?ma=CHECK`.
pub const CHECK: &str = "/kiem-tra";
/// The register of dossiers, and the global search.
pub const REGISTER: &str = "/so-theo-doi";
/// One dossier: `/ho-so/CODE`.
pub const DOSSIER: &str = "/ho-so";
/// The catalogue of procedures.
pub const PROCEDURES: &str = "/thu-tuc";
/// The published catalogue as it was imported.
pub const ENTRIES: &str = "/thu-tuc/danh-muc";
/// The head's own agency.
pub const HEAD: &str = "/don-vi";
/// Timeliness figures.
pub const FIGURES: &str = "/so-lieu";
/// The irregularity finder.
pub const IRREGULARITIES: &str = "/bat-thuong";
/// Tracking without signing in.
pub const TRACKING: &str = "/tra-cuu";
/// What a dossier owes; a room of its own.
pub const PAY: &str = "/nop";
/// The rest of the navigation, for phones.
pub const MORE: &str = "/them";

/// How many things wait, for the navigation.
#[derive(Debug, Clone, Copy, Default)]
struct Waiting {
    mine: u64,
    online: u64,
    results: u64,
}

/// What this system adds to the navigation of officers.
pub const RAIL: Rail = Rail {
    groups: |tx, desk, me| Ok(navigation(me, waiting(tx, desk, me.seat(), me.agency)?)),
    tabs,
    search: Some(REGISTER),
};

fn tabs(me: &SignedIn) -> Vec<NavItem> {
    vec![
        NavItem::new(Icon::Work, tr!(me, "nav-work"), WORK),
        NavItem::new(Icon::Desk, tr!(me, "nav-counter"), COUNTER),
        NavItem::new(Icon::Folder, tr!(me, "nav-find"), REGISTER),
        NavItem::new(Icon::More, tr!(me, "nav-more"), MORE),
    ]
}

fn navigation(me: &SignedIn, waiting: Waiting) -> Vec<NavGroup> {
    vec![
        NavGroup {
            title: None,
            items: vec![
                NavItem::new(Icon::Work, tr!(me, "nav-work"), WORK).count(waiting.mine),
                NavItem::new(Icon::Desk, tr!(me, "nav-counter"), COUNTER),
                NavItem::new(Icon::Inbox, tr!(me, "nav-online"), ONLINE).count(waiting.online),
                NavItem::new(Icon::Done, tr!(me, "nav-results"), RESULTS).count(waiting.results),
            ],
        },
        NavGroup {
            title: Some(tr!(me, "nav-find")),
            items: vec![
                NavItem::new(Icon::Folder, tr!(me, "nav-register"), REGISTER),
                NavItem::new(Icon::File, tr!(me, "nav-procedures"), PROCEDURES),
            ],
        },
        NavGroup {
            title: Some(tr!(me, "nav-figures-group")),
            items: vec![
                NavItem::new(Icon::Home, tr!(me, "nav-head"), HEAD),
                NavItem::new(Icon::Chart, tr!(me, "nav-figures"), FIGURES),
                NavItem::new(Icon::Warn, tr!(me, "nav-irregularities"), IRREGULARITIES),
            ],
        },
    ]
}

fn waiting(tx: &mut Tx<'_>, desk: &Desk, seat: PostId, agency: AgencyId) -> Result<Waiting> {
    let tenant = &desk.front.tenant;
    let mine = tx.one(
        "select count(*) from work_item where tenant = $1 and post_id = $2",
        args!(tenant, seat),
        |row| row.get(0),
    )?;
    let at_desk = tx.all(
        "select step, count(*) from work_item
         where tenant = $1 and agency_id = $2 and post_id is null and step in ($3, $4)
         group by step",
        args!(tenant, agency, casework::ACCEPT, casework::RETURN),
        |row| Ok((row.get::<String>(0)?, row.get::<u64>(1)?)),
    )?;
    let of = |step| at_desk.iter().find(|(name, _)| name == step).map_or(0, |(_, count)| *count);
    Ok(Waiting { mine, online: of(casework::ACCEPT), results: of(casework::RETURN) })
}
