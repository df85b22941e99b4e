//! The pages of citizens. This file is the table of contents: every address, by who uses it.

mod app;
mod before;
mod catalogue;
mod check;
mod dossier;
mod home;
mod mandates;
mod mine;
mod papers;
mod question;
mod receipt;
mod speak;
mod supplement;
mod tus;
mod typed;
mod whole;
mod withdraw;

use axum::Router;

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
        .with_state(services)
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
