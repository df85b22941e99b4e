//! The pages of the centre, of alerts and of incidents.

mod actions;
mod alerts;
mod centre;
mod events;
mod feed;
mod incident;
mod line;
mod parts;
mod say;
mod texts;
mod wall;

use std::{
    collections::BTreeMap,
    ops::Deref,
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    Router,
    extract::FromRef,
    routing::{get, post},
};
use desk::{Desk, Rail};
use directory::AgencyLevel;
use identity::access::{Action, Target};
use indicators::Scope;
use kernel::PlaceCode;
use store::Tx;
use web::{
    Front, Icon, SignedIn,
    http::Problem,
    page::{NavGroup, NavItem},
    tr,
};

pub(crate) use parts::{freshness, parts};

use crate::{Result, live::Live, queries};

/// The centre.
pub const CENTRE: &str = "/dieu-hanh";
/// Alerts.
pub const ALERTS: &str = "/canh-bao";
/// Incidents.
pub const INCIDENTS: &str = "/su-co";
/// Where an officer says how they are told: another system's.
const WHERE_TOLD: &str = "/thong-bao/noi-nhan";
/// What will be late if nothing changes: another system's.
const OUTLOOK: &str = "/du-bao";

/// Its places in the navigation of officers.
pub const RAIL: Rail = Rail { groups, tabs: |_| Vec::new(), search: None };

fn groups(tx: &mut Tx<'_>, desk: &Desk, me: &SignedIn) -> desk::Result<Vec<NavGroup>> {
    let Ok(scope) = scope_of(desk, me) else { return Ok(Vec::new()) };
    let open = queries::open_count(tx, desk, &scope)?;
    let items = vec![
        NavItem::new(Icon::Map, tr!(me, "operations-nav"), CENTRE),
        NavItem::new(Icon::Bell, tr!(me, "operations-nav-alerts"), ALERTS).count(open),
    ];
    Ok(vec![NavGroup { title: Some(tr!(me, "nav-steering")), items }])
}

/// What the handlers of this system share; cheap to clone.
#[derive(Clone)]
pub(crate) struct Room(Arc<Inner>);

pub(crate) struct Inner {
    desk: Desk,
    pub(crate) live: Live,
    /// Outlines of communes with their version; 0 and empty where there are none.
    outlines: Mutex<(u32, Arc<Outlines>)>,
}

/// Outlines by commune.
pub(crate) type Outlines = BTreeMap<PlaceCode, Vec<Vec<(f64, f64)>>>;

impl Deref for Room {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Deref for Inner {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.desk
    }
}

impl FromRef<Room> for Arc<Front> {
    fn from_ref(room: &Room) -> Self {
        room.front.clone()
    }
}

impl Room {
    /// The outlines of communes; where they cannot be read, points stand in their place.
    pub(crate) fn outlines(&self, tx: &mut Tx<'_>) -> Result<Arc<Outlines>> {
        let known = self.outlines.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let Some((version, fresh)) = queries::boundaries(tx, &self.desk, known.0)? else {
            return Ok(known.1);
        };
        let fresh = Arc::new(fresh);
        *self.outlines.lock().unwrap_or_else(PoisonError::into_inner) = (version, fresh.clone());
        Ok(fresh)
    }
}

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    let (live, outlines) = (Live::new(desk.clone()), Mutex::default());
    let room = Room(Arc::new(Inner { desk, live, outlines }));
    Router::new()
        .route(CENTRE, get(centre::page))
        .route("/dieu-hanh/bo-tui", get(centre::pocket))
        .route("/dieu-hanh/dong", get(events::events))
        .route("/dieu-hanh/o", get(texts::tiles).post(texts::change_tiles))
        .route("/dieu-hanh/o/{id}", post(texts::move_tile))
        .route(ALERTS, get(alerts::page))
        .route("/canh-bao/quy-tac", get(texts::rules).post(texts::change_rules))
        .route("/canh-bao/im", post(alerts::silence))
        .route("/canh-bao/tin.atom", get(feed::atom))
        .route("/canh-bao/{code}", get(feed::message))
        .route("/su-co/{code}", get(incident::page))
        .route("/su-co/{code}/{deed}", post(actions::act))
        .with_state(room)
}

/// Of whom somebody sees the centre: of the whole authority, or of their agency and below.
pub(crate) fn scope_of(desk: &Desk, me: &SignedIn) -> Result<Scope, Problem> {
    let may = |agency| {
        let line = desk::agency_line(&me.directory, agency);
        me.may(&desk.front, Action::ViewFigures, Target::Agency(&line)).check()
    };
    let mut there = me.directory.agencies().filter(|agency| agency.validity.covers(me.now));
    let top = there.find(|agency| agency.level == AgencyLevel::Province);
    if top.is_some_and(|top| may(top.id).is_ok()) {
        return Ok(Scope::all());
    }
    match may(me.agency) {
        Ok(()) => Ok(Scope::agency(me.agency)),
        Err(denial) => Err(desk::forbidden(me, &denial)),
    }
}

/// Whether somebody may change what stands on the centre's page and what is watched, which is one
/// for the whole authority.
pub(crate) fn directs(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    let top = me
        .directory
        .agencies()
        .find(|agency| agency.level == AgencyLevel::Province && agency.validity.covers(me.now));
    let line = desk::agency_line(&me.directory, top.map_or(me.agency, |top| top.id));
    let decision = me.may(&desk.front, Action::Direct, Target::Agency(&line));
    decision.check().map_err(|denial| desk::forbidden(me, &denial))
}
