//! The pages of satisfaction: the question by its link, the tablet of a counter, and what is
//! published.

mod published;
mod question;
mod tablet;

use axum::Router;
use desk::{Desk, Rail};
use identity::access::{Action, Target};
use web::{
    Icon, SignedIn,
    page::{NavGroup, NavItem},
    tr,
};

/// The question of a case: `/danh-gia/CODE?ma=KEY`.
pub const QUESTION: &str = "/danh-gia";
/// The tablet of a counter, and the page that says what it shows.
pub const TABLET: &str = "/danh-gia-tai-quay";
/// What is published.
pub const RESULTS: &str = "/hai-long";

/// What this system adds to the navigation of officers.
pub const RAIL: Rail =
    Rail { groups: |_, desk, me| Ok(groups(desk, me)), tabs: |_| Vec::new(), search: None };

fn groups(desk: &Desk, me: &SignedIn) -> Vec<NavGroup> {
    let line = desk::agency_line(&me.directory, me.agency);
    let returns = me.may(&desk.front, Action::TakeQueueTicket, Target::Agency(&line)).is_allowed();
    let mut groups = Vec::new();
    if returns {
        let tablet = NavItem::new(Icon::Talk, tr!(me, "satisfaction-nav-tablet"), TABLET);
        groups.push(NavGroup { title: None, items: vec![tablet] });
    }
    groups.push(NavGroup {
        title: Some(tr!(me, "satisfaction-nav-group")),
        items: vec![NavItem::new(Icon::Care, tr!(me, "satisfaction-nav"), RESULTS)],
    });
    groups
}

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(question::routes())
        .merge(tablet::routes())
        .merge(published::routes())
        .with_state(desk)
}
