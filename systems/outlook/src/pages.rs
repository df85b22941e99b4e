//! The pages of this system.

mod ask;
mod changes;
mod first;
mod measured;
mod notes;
mod places;
mod plan;
mod run;
mod suppose;
mod tested;
mod words;

use std::collections::BTreeMap;

use axum::{
    Router,
    extract::FromRef,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use desk::{Desk, Rail};
use identity::access::{Action, Target};
use kernel::AgencyId;
use maud::Markup;
use procedure::Matter;
use web::{
    Front, Icon, SignedIn,
    http::Problem,
    page::{NavGroup, NavItem},
    tr,
};

/// What will be late.
pub const OUTLOOK: &str = "/du-bao";

/// Its places in the navigation of officers.
pub const RAIL: Rail =
    Rail { groups: |_, desk, me| Ok(groups(desk, me)), tabs: |_| Vec::new(), search: None };

fn groups(desk: &Desk, me: &SignedIn) -> Vec<NavGroup> {
    if admit(desk, me).is_err() {
        return Vec::new();
    }
    let items = vec![NavItem::new(Icon::Soon, tr!(me, "outlook-nav"), OUTLOOK)];
    vec![NavGroup { title: Some(tr!(me, "nav-steering")), items }]
}

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(first::routes())
        .merge(suppose::routes())
        .merge(tested::routes())
        .merge(run::routes())
        .with_state(State(desk))
}

/// The desk, as the handlers of this system have it.
#[derive(Clone)]
struct State(Desk);

impl FromRef<State> for std::sync::Arc<Front> {
    fn from_ref(state: &State) -> Self {
        state.0.front.clone()
    }
}

impl std::ops::Deref for State {
    type Target = Desk;

    fn deref(&self) -> &Desk {
        &self.0
    }
}

/// Forecasts are seen by whoever sees figures of their own agency.
fn admit(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    let own = desk::agency_line(&me.directory, me.agency);
    let asked = me.may(&desk.front, Action::ViewFigures, Target::Agency(&own));
    asked.check().map_err(|denial| desk::forbidden(me, &denial))
}

/// Which agencies somebody sees: their own with those below it; whoever answers for the province
/// sees all.
struct Sight {
    all: bool,
    own: AgencyId,
}

impl Sight {
    fn of(desk: &Desk, me: &SignedIn) -> Self {
        let answering = desk::answering(me);
        let all = me.may(&desk.front, Action::ViewFigures, Target::Agency(&answering)).is_allowed();
        Self { all, own: me.agency }
    }

    fn sees(&self, me: &SignedIn, agency: AgencyId) -> bool {
        self.all || agency == self.own || me.directory.ancestors(agency).contains(&self.own)
    }
}

/// The names of steps, by how workflows call them. Where procedures name one step differently,
/// as most of them do.
fn step_names(desk: &Desk) -> BTreeMap<String, String> {
    let moment = desk.moment();
    let dossiers = moment.shelf.of_matter(Matter::Dossier).into_iter();
    let mut counted: BTreeMap<&str, BTreeMap<&str, u32>> = BTreeMap::new();
    for step in dossiers.flat_map(|procedure| procedure.workflow.steps()) {
        *counted.entry(step.id.as_str()).or_default().entry(&step.name).or_default() += 1;
    }
    let usual = |names: BTreeMap<&str, u32>| {
        // Of equally usual names the shortest says the least that is wrong.
        let most = names.into_iter().max_by_key(|(name, n)| (*n, std::cmp::Reverse(name.len())));
        most.map_or_else(String::new, |(name, _)| name.to_owned())
    };
    counted.into_iter().map(|(id, names)| (id.to_owned(), usual(names))).collect()
}

/// A page that asks again by itself while something is computed, without any script.
fn again(page: Markup) -> Response {
    let mut response = page.into_response();
    response.headers_mut().insert(header::REFRESH, HeaderValue::from_static("4"));
    response
}
