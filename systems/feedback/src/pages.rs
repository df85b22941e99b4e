//! The pages. This file is the table of contents: every address, by who uses it.

pub(crate) mod parts;
pub(crate) mod typed;

mod feed;
mod figures;
mod list;
mod map;
mod mine;
mod new;
mod photos;
mod report;

mod act;
mod office;
mod officers;

pub(crate) use figures::took;

use axum::{
    Router,
    http::header,
    response::IntoResponse,
    routing::{get, post},
};
use desk::{Desk, Rail};
use web::{
    Icon,
    http::uploads,
    page::{NavGroup, NavItem},
    tr,
};

use crate::{Feedback, open311, photo, queries};

/// What the public reads, and where a report begins.
pub const PUBLIC: &str = "/phan-anh";
/// What officers do with reports.
pub const OFFICE: &str = "/xu-ly-phan-anh";
/// The reports of whoever is signed in; notices lead here.
pub const MINE: &str = "/phan-anh/cua-toi";
/// Address of the script that reads where a phone is.
pub(crate) const SCRIPT: &str = "/phan-anh/vi-tri.js";
const SCRIPT_TEXT: &str = include_str!("../assets/vi-tri.js");
/// Bytes of a form with its photos.
const FORM_MAX: usize = photo::COUNT_MAX * photo::BYTES_MAX + 100_000;

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    let feedback = Feedback::open(desk);
    let forms = Router::new()
        .route("/phan-anh/moi", get(new::form).post(new::send))
        .route("/phan-anh/{code}/bo-sung", post(report::supply))
        .route("/xu-ly-phan-anh/{code}/{deed}", post(act::act))
        .layer(uploads(FORM_MAX));
    Router::new()
        .route(PUBLIC, get(list::list))
        .route("/phan-anh/ban-do", get(map::page))
        .route("/phan-anh/ban-do.svg", get(map::svg))
        .route("/phan-anh/so-lieu", get(figures::page))
        .route("/phan-anh/tin.atom", get(feed::atom))
        .route("/phan-anh/tin.rss", get(feed::rss))
        .route(MINE, get(mine::page))
        .route("/phan-anh/anh/{name}", get(photos::shown))
        .route(SCRIPT, get(script))
        .route("/phan-anh/{code}", get(report::page))
        .route("/phan-anh/{code}/cung", post(report::support))
        .route("/phan-anh/{code}/hai-long", post(report::rate))
        .route("/phan-anh/{code}/mo-lai", post(report::reopen))
        .route("/phan-anh/{code}/anh/{name}", get(photos::of_reporter))
        .route(OFFICE, get(office::list))
        .route("/xu-ly-phan-anh/{code}", get(officers::page))
        .route("/xu-ly-phan-anh/{code}/anh/{name}", get(photos::of_officer))
        .merge(forms)
        .merge(open311::router())
        .with_state(feedback)
}

async fn script() -> impl IntoResponse {
    let kept = "public, max-age=86400";
    let kind = "text/javascript; charset=utf-8";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, kept)], SCRIPT_TEXT)
}

/// What this system adds to the navigation of officers.
pub const RAIL: Rail = Rail {
    groups: |tx, desk, me| {
        let waiting = queries::count_waiting(tx, desk, me.seat(), me.agency)?;
        let item = NavItem::new(Icon::Talk, tr!(me, "feedback-nav"), OFFICE).count(waiting);
        Ok(vec![NavGroup { title: None, items: vec![item] }])
    },
    tabs: |_| Vec::new(),
    search: None,
};
