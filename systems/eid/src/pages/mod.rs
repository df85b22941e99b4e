//! The pages. This file is the table of contents: every address, by who uses it.

mod consent;
mod correct;
mod corrections;
mod devices;
mod download;
mod home;
mod looks;

use axum::Router;
use desk::{Desk, Rail};
use identity::access::Decision;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Citizen, Icon, PageContext,
    http::Problem,
    icon,
    page::{NavGroup, NavItem},
    tr,
};

use crate::{commands, queries};

/// What the province holds about me.
const HOME: &str = "/toi/du-lieu";
/// Who looked at it.
const LOOKS: &str = "/toi/du-lieu/ai-xem";
/// What I agree to.
const CONSENT: &str = "/toi/du-lieu/dong-y";
/// All of it, to read and to take along.
const DOWNLOAD: &str = "/toi/du-lieu/tai-ve";
/// The same as a file.
const DOWNLOAD_JSON: &str = "/toi/du-lieu/tai-ve.json";
/// Putting something right.
const CORRECT: &str = "/toi/du-lieu/sua";
/// Where I am signed in.
const DEVICES: &str = "/toi/du-lieu/thiet-bi";
/// For officers: requests to put something right.
const CORRECTIONS: &str = "/dinh-danh/dinh-chinh";
/// Where an entry is questioned: the feedback room makes a case of it.
const QUESTION: &str = "/phan-anh/moi";

/// Every address, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(home::routes())
        .merge(looks::routes())
        .merge(consent::routes())
        .merge(download::routes())
        .merge(correct::routes())
        .merge(devices::routes())
        .merge(corrections::routes())
        .with_state(desk)
}

/// The place of this system in the navigation of those who decide here.
pub const RAIL: Rail = Rail {
    groups: |tx, desk, me| {
        if commands::may_decide(desk, me) != Decision::Allowed {
            return Ok(Vec::new());
        }
        let waiting = queries::open_count(tx, desk)?;
        let item = NavItem::new(Icon::Pen, tr!(me, "eid-nav-corrections"), CORRECTIONS);
        let title = Some(tr!(me, "eid-nav"));
        Ok(vec![NavGroup { title, items: vec![item.count(waiting)] }])
    },
    tabs: |_| Vec::new(),
    search: None,
};

/// A form with nothing but its token.
#[derive(Debug, Deserialize)]
struct Bare {
    #[serde(default, rename = "_csrf")]
    csrf: String,
}

/// A page of a citizen below "my data", with the way back to it.
fn page(ctx: &PageContext, title: &str, main: Markup) -> Markup {
    let body = html! {
        a.bk href=(HOME) { (icon(Icon::Back)) (tr!(ctx, "eid-home")) }
        (main)
    };
    web::page::citizen(ctx, title, body)
}

/// A form that did not come from this session's own page.
fn own(me: &Citizen, csrf: &str) -> Result<(), Box<Problem>> {
    if me.csrf_fits(csrf) { Ok(()) } else { Err(Box::new(Problem::forbidden())) }
}
