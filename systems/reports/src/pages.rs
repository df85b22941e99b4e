//! The pages of this system. This file is the table of contents: every address, by who uses it.

mod act;
mod ask;
mod cells;
mod files;
mod lists;
mod one;
mod regimes;
mod remarks;
mod story;
mod summary;
mod sums;
mod units;

use axum::{
    Router,
    routing::{get, post},
};
use desk::{Desk, Rail};
use identity::access::{Action, Target};
use indicators::Period;
use store::Tx;
use web::{
    Icon, SignedIn, Words,
    http::uploads,
    page::{NavGroup, NavItem},
    tr,
};

use crate::{Result, dhis2, model::Report, queries};

/// The reports of whoever is signed in.
pub const REPORTS: &str = "/bao-cao";
/// How a round stands, and what it adds up to.
pub const SUMMARY: &str = "/bao-cao/tong-hop";
/// Regimes and forms.
pub const REGIMES: &str = "/bao-cao/che-do";
/// Keys of programs.
pub const KEYS: &str = "/bao-cao/khoa";
/// Bytes of a form with its text, or of a spreadsheet.
const UPLOAD_MAX: usize = 4 << 20;

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    let forms = Router::new()
        .route("/bao-cao/{code}", get(one::page).post(act::write))
        .route("/bao-cao/che-do/nhap", get(regimes::new).post(regimes::keep))
        .layer(uploads(UPLOAD_MAX));
    Router::new()
        .route(REPORTS, get(lists::page))
        .route(SUMMARY, get(summary::page))
        .route("/bao-cao/tong-hop.xlsx", get(files::round_xlsx))
        .route("/bao-cao/tong-hop.csv", get(files::round_sdmx))
        .route(REGIMES, get(regimes::page))
        .route("/bao-cao/che-do/{kind}/{code}", get(regimes::text))
        .route("/bao-cao/che-do/{kind}/{code}/han", get(regimes::deadline).post(regimes::moved))
        .route(KEYS, get(regimes::keys).post(regimes::make_key))
        .route("/bao-cao/khoa/thu-hoi", post(regimes::revoke_key))
        .route("/bao-cao/{code}/{deed}", get(ask::ask).post(act::act))
        .merge(files::routes())
        .merge(forms)
        .merge(dhis2::router())
        .with_state(desk)
}

/// Its places in the navigation of officers.
pub const RAIL: Rail = Rail {
    groups: |tx, desk, me| {
        let waiting = queries::count_mine(tx, desk, me.seat()).map_err(|error| match error {
            crate::Error::Desk(error) => error,
            other => desk::Error::Store(store::Error::Damaged(other.to_string())),
        })?;
        let item = NavItem::new(Icon::File, tr!(me, "reports-nav"), REPORTS).count(waiting);
        Ok(vec![NavGroup { title: Some(tr!(me, "nav-steering")), items: vec![item] }])
    },
    tabs: |_| Vec::new(),
    search: None,
};

/// Whether this officer may see a report: whoever holds it, their heads, and whoever lists what the
/// unit, or whoever takes it on, has in hand.
pub(crate) fn may_see(desk: &Desk, me: &SignedIn, report: &Report) -> bool {
    let agencies = [report.unit, report.owner, report.recipient];
    agencies.into_iter().any(|agency| {
        let line = desk::agency_line(&me.directory, agency);
        let may = |action| me.may(&desk.front, action, Target::Agency(&line)).is_allowed();
        may(Action::List) || may(Action::ViewFigures)
    })
}

/// The periods of a regime and the one that is asked for: the newest where none is.
pub(crate) fn period(
    tx: &mut Tx<'_>,
    desk: &Desk,
    regime: &str,
    asked: &str,
) -> Result<(Vec<Period>, Option<Period>)> {
    let known = queries::known_periods(tx, desk, regime)?;
    let chosen = asked.parse().ok().or_else(|| known.first().copied());
    Ok((known, chosen))
}

/// The name of a level: of its text, where there is one.
pub(crate) fn level_name(words: &Words, level: &str) -> String {
    let key = format!("reports-level-{level}");
    if words.has(&key) { words.t(&key) } else { level.to_owned() }
}

/// The short name of an agency.
pub(crate) fn agency(directory: &directory::Directory, id: kernel::AgencyId) -> String {
    directory.agency(id).map_or_else(String::new, |agency| agency.short_name.clone())
}
