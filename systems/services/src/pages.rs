//! The pages of citizens. This file is the table of contents: every address, by who uses it.

mod app;
mod before;
mod catalogue;
mod check;
mod dossier;
mod entrusted;
mod home;
mod mandates;
mod mine;
mod papers;
mod question;
mod receipt;
mod saved;
mod speak;
mod supplement;
mod tus;
mod typed;
mod whole;
mod withdraw;

use axum::Router;
use desk::{Desk, Rail};
use web::{
    Icon, SignedIn,
    page::{NavGroup, NavItem},
    tr,
};

use crate::Services;

/// Every page, ready to be put into the hall.
pub fn router(services: Services) -> Router {
    Router::new()
        .merge(home::routes())
        .merge(catalogue::routes())
        .merge(before::routes())
        .merge(question::routes())
        .merge(check::routes())
        .merge(mine::routes())
        .merge(dossier::routes())
        .merge(receipt::routes())
        .merge(supplement::routes())
        .merge(withdraw::routes())
        .merge(papers::routes())
        .merge(mandates::routes())
        .merge(tus::routes())
        .merge(whole::routes())
        .merge(app::routes())
        .merge(entrusted::routes())
        .merge(saved::routes())
        .with_state(services)
}

/// What this system adds to the navigation of officers.
pub const RAIL: Rail =
    Rail { groups: |_, desk, me| Ok(groups(desk, me)), tabs: |_| Vec::new(), search: None };

/// Mandates for whoever serves at the counter, figures for whoever answers for them.
fn groups(desk: &Desk, me: &SignedIn) -> Vec<NavGroup> {
    let mut groups = Vec::new();
    if entrusted::may_record(desk, me) {
        let item = NavItem::new(Icon::Users, tr!(me, "entrust-nav"), entrusted::ENTRUSTED);
        groups.push(NavGroup { title: None, items: vec![item] });
    }
    if saved::may_see(desk, me) {
        let item = NavItem::new(Icon::Done, tr!(me, "saved-nav"), saved::SAVED);
        groups.push(NavGroup { title: Some(tr!(me, "nav-figures-group")), items: vec![item] });
    }
    groups
}

/// The catalogue.
pub const CATALOGUE: &str = "/dich-vu";
/// An application that is being filled in: `/lam/DRAFT/3`.
pub const FILL: &str = "/lam";
/// A person's own pages.
pub const ME: &str = "/toi";
/// Their dossiers.
pub const DOSSIERS: &str = "/toi/ho-so";
/// Their papers.
pub const PAPERS: &str = "/toi/giay-to";
/// Filing for another.
pub const MANDATES: &str = "/toi/uy-quyen";
/// Following a dossier without signing in, of the one-stop system.
const TRACKING: &str = "/tra-cuu";
/// Reporting a problem, of the feedback system.
const FEEDBACK: &str = "/phan-anh";
/// A person's own data, of the identity system.
const DATA: &str = "/toi/du-lieu";
/// Notices, of the notices system.
const NOTICES: &str = "/toi/thong-bao";
/// What was signed for a person, of the results system.
const RESULTS: &str = "/toi/ket-qua";
/// Paying, of the payments system: `/nop/CODE`.
const PAY: &str = "/nop";
