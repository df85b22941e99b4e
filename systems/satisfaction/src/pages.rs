//! The pages of satisfaction: the question by its link, the tablet of a counter, and what is
//! published.

mod published;
mod question;
mod tablet;
mod words;

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

/// What people wrote beside their answers, for the head of their agency.
pub const WORDS: &str = "/hai-long/y-kien";

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
    let mut items = vec![NavItem::new(Icon::Care, tr!(me, "satisfaction-nav"), RESULTS)];
    if me.may(&desk.front, Action::ViewFigures, Target::Agency(&line)).is_allowed() {
        items.push(NavItem::new(Icon::Talk, tr!(me, "said-title"), WORDS));
    }
    groups.push(NavGroup { title: Some(tr!(me, "satisfaction-nav-group")), items });
    groups
}

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(question::routes())
        .merge(tablet::routes())
        .merge(published::routes())
        .merge(words::routes())
        .with_state(desk)
}
