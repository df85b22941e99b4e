//! The pages of this system: all indicators, one figure, the cases behind it.

mod behind;
mod figure;
mod list;
mod parts;
mod publish;

use axum::Router;
use desk::{Desk, FIGURES, Rail};
use identity::access::{Action, Target};
use web::{
    Icon, SignedIn,
    page::{NavGroup, NavItem},
    tr,
};

/// Its places in the navigation of officers.
pub const RAIL: Rail =
    Rail { groups: |_, desk, me| Ok(groups(desk, me)), tabs: |_| Vec::new(), search: None };

fn groups(desk: &Desk, me: &SignedIn) -> Vec<NavGroup> {
    let line = desk::agency_line(&me.directory, me.agency);
    if !me.may(&desk.front, Action::ViewFigures, Target::Agency(&line)).is_allowed() {
        return Vec::new();
    }
    let item = NavItem::new(Icon::Chart, tr!(me, "figures-nav"), FIGURES);
    vec![NavGroup { title: Some(tr!(me, "nav-steering")), items: vec![item] }]
}

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(list::routes())
        .merge(figure::routes())
        .merge(behind::routes())
        .merge(publish::routes())
        .merge(crate::api::routes())
        .with_state(desk)
}
