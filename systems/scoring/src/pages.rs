//! The pages of this system.

mod breakthrough;
mod card;
mod closing;
mod handing;
mod input;
mod list;
mod owners;
mod plans;
mod ranking;
mod words;

use axum::Router;
use casework::Stamp;
use desk::{Desk, Furnished, Rail};
use identity::access::{Action, AgencyLine, Target};
use indicators::Period;
use kernel::AgencyId;
use scorecards::Scorecard;
use serde::Deserialize;
use web::{
    Icon, SignedIn,
    http::{Problem, encoded},
    page::{NavGroup, NavItem},
    tr,
};

use crate::{Scoring, shared};

/// Scorecards.
pub const SCORES: &str = "/cham-diem";

/// Its places in the navigation of officers.
pub const RAIL: Rail =
    Rail { groups: |_, desk, me| Ok(groups(desk, me)), tabs: |_| Vec::new(), search: None };

fn groups(desk: &Desk, me: &SignedIn) -> Vec<NavGroup> {
    let line = desk::agency_line(&me.directory, me.agency);
    if !me.may(&desk.front, Action::ViewFigures, Target::Agency(&line)).is_allowed() {
        return Vec::new();
    }
    let items = vec![NavItem::new(Icon::Out, tr!(me, "scoring-nav"), SCORES)];
    vec![NavGroup { title: Some(tr!(me, "nav-programme")), items }]
}

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new()
        .merge(list::routes())
        .merge(breakthrough::routes())
        .merge(plans::routes())
        .merge(owners::routes())
        .merge(ranking::routes())
        .merge(closing::routes())
        .merge(input::routes())
        .merge(card::routes())
        .with_state(shared::open(desk))
}

/// Whose score, and of which period, as an address says it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    /// Code of an agency; the province where it is empty.
    cua: String,
    /// A period; the usual one where it is empty.
    ky: String,
}

/// A score: of which scorecard, whose, of which period.
#[derive(Debug, Clone)]
struct At {
    name: String,
    agency: AgencyId,
    period: Period,
    code: String,
}

impl At {
    fn of(scoring: &Scoring, me: &SignedIn, name: &str, asked: &Asked) -> Result<Self, Problem> {
        let mapping = scoring.mapping(name)?;
        let usual = if name == "agency-9" { me.agency } else { shared::Parts::province(me) };
        let agency = match asked.cua.as_str() {
            "" => usual,
            code => {
                let code = code.parse().map_err(|_| Problem::not_found())?;
                let agency = me.directory.agency_by_code(&code);
                agency.ok_or_else(Problem::not_found)?.id
            }
        };
        let period = match asked.ky.as_str() {
            "" => mapping.usual_period(kernel::today(me.now)),
            text => text.parse().map_err(|_| Problem::not_found())?,
        };
        let code = me.directory.agency(agency).map_or("", |agency| agency.code.as_str());
        Ok(Self { name: name.to_owned(), agency, period, code: code.to_owned() })
    }

    fn card<'s>(&self, scoring: &'s Scoring) -> Result<&'s Scorecard, Problem> {
        Ok(scoring.card(&self.name, self.period)?)
    }

    /// The address of a page of this score: `tail` is empty, or begins with a slash or a point.
    fn address(&self, tail: &str) -> String {
        let (code, period) = (encoded(&self.code), encoded(&self.period.to_string()));
        format!("{SCORES}/{}{tail}?cua={code}&ky={period}", self.name)
    }
}

/// Whose leave is asked: what the province is scored for is answered for by its agencies together.
fn line_of(me: &SignedIn, agency: AgencyId) -> AgencyLine {
    let top = me.directory.agency(agency).is_some_and(|agency| agency.parent.is_none());
    if top { desk::answering(me) } else { desk::agency_line(&me.directory, agency) }
}

/// Scores are seen by whoever sees figures of their own agency.
fn admit(scoring: &Scoring, me: &SignedIn) -> Result<(), Problem> {
    let own = desk::agency_line(&me.directory, me.agency);
    let asked = me.may(&scoring.desk().front, Action::ViewFigures, Target::Agency(&own));
    asked.check().map_err(|denial| desk::forbidden(me, &denial))
}

fn may(scoring: &Scoring, me: &SignedIn, action: Action, agency: AgencyId) -> bool {
    let line = line_of(me, agency);
    me.may(&scoring.desk().front, action, Target::Agency(&line)).is_allowed()
}

/// Only who may do that goes on.
fn only(scoring: &Scoring, me: &SignedIn, action: Action, agency: AgencyId) -> Result<(), Problem> {
    let line = line_of(me, agency);
    let asked = me.may(&scoring.desk().front, action, Target::Agency(&line));
    asked.check().map_err(|denial| desk::forbidden(me, &denial))
}

/// Who acts, now.
fn stamp(me: &SignedIn) -> Stamp {
    Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now }
}

/// What people call an input.
pub(crate) fn label(words: &web::Words, input: &scorecards::Input) -> String {
    self::words::name(words, &input.label).to_owned()
}
