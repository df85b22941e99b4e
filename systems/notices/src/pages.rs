//! Pages: of the citizen or officer who chooses, of whoever follows a link in a message, and of the operator.

mod choose;
mod failed;
mod links;
mod mine;
mod push;
mod whose;

use axum::Router;
use desk::Rail;
use identity::access::{Action, Target};
use web::{
    Citizen, Icon, SignedIn,
    page::{NavGroup, NavItem},
    tr,
};

use self::whose::Whose;
use crate::Teller;

/// Where citizens choose.
pub(crate) const MINE: &str = "/toi/thong-bao";
/// Where officers choose how they are told of alerts.
pub(crate) const OFFICERS: &str = "/thong-bao/noi-nhan";
/// What could not be delivered.
pub(crate) const FAILED: &str = "/thong-bao/khong-gui-duoc";

/// Every address of this room.
pub fn router(teller: Teller) -> Router {
    of::<Citizen>()
        .merge(of::<SignedIn>())
        .merge(push::scripts())
        .merge(links::routes())
        .merge(failed::routes())
        .with_state(teller)
}

/// Where somebody chooses.
fn of<W: Whose>() -> Router<Teller> {
    mine::routes::<W>().merge(choose::routes::<W>()).merge(push::routes::<W>())
}

/// The operator's place in the navigation, with how much was given up; nobody else sees it.
pub const RAIL: Rail = Rail {
    groups: |tx, desk, me| {
        let line = desk::agency_line(&me.directory, me.agency);
        if !me.may(&desk.front, Action::ManageAccounts, Target::Agency(&line)).is_allowed() {
            return Ok(Vec::new());
        }
        let dead = notices::dead_count(tx, &desk.front.tenant);
        let dead = dead.map_err(|error| match error {
            notices::Error::Store(error) => desk::Error::Store(error),
            other => desk::Error::Store(store::Error::Damaged(other.to_string())),
        })?;
        let item =
            NavItem::new(Icon::Bell, tr!(me, "tell-failed-title"), FAILED).count(dead.into());
        Ok(vec![NavGroup { title: Some(tr!(me, "nav-figures-group")), items: vec![item] }])
    },
    tabs: |_| Vec::new(),
    search: None,
};
