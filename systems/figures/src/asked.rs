//! Which figure is asked for: of whom, in which period, of which part; and who may see it.

use casework::Channel;
use desk::Desk;
use directory::{Agency, AgencyLevel};
use identity::access::{Action, Target};
use indicators::{Day, Of, Period, ProcedureNumber, Scope, Slice};
use kernel::{AgencyId, ProcedureCode};
use serde::Deserialize;
use web::{SignedIn, http::Problem, tr};

/// As addresses have it.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// Of whom: `all`, `agency:ID`, `place:CODE`.
    pub(crate) cua: String,
    /// The period: `2026-11`, `2026-q4`, `2026`.
    pub(crate) ky: String,
    /// Through which channel alone.
    pub(crate) kenh: String,
    /// Of which lĩnh vực alone.
    #[serde(rename = "linh-vuc")]
    pub(crate) field: String,
    /// Of which procedure alone.
    #[serde(rename = "thu-tuc")]
    pub(crate) procedure: String,
    /// Words to look for, in the list.
    pub(crate) q: String,
    /// Which part of the formula is opened, by its number.
    pub(crate) phan: usize,
    /// Where its next page begins.
    pub(crate) tu: String,
}

/// What is asked, read.
#[derive(Debug, Clone)]
pub(crate) struct View {
    pub(crate) scope: Scope,
    pub(crate) period: Period,
    pub(crate) slice: Slice,
}

impl Asked {
    /// What is asked; what is not said is the reader's own agency in the month that runs. What
    /// nobody could have chosen on a page is answered as that, too.
    pub(crate) fn view(&self, desk: &Desk, me: &SignedIn) -> View {
        let own = || Scope::agency(me.agency);
        let procedure: Option<ProcedureCode> = self.procedure.parse().ok();
        let procedure = procedure.as_ref().map(ProcedureNumber::of);
        let field = Some(self.field.clone()).filter(|field| !field.is_empty());
        View {
            scope: self.cua.parse().unwrap_or_else(|_| own()),
            period: self.ky.parse().unwrap_or_else(|_| desk.this_month()),
            slice: Slice { channel: Channel::from_word(&self.kenh), procedure, field },
        }
    }
}

impl View {
    /// The address of a page of it, with what it is asked by.
    pub(crate) fn query(&self) -> String {
        format!("cua={}&ky={}{}", self.scope, self.period, desk::part_query(&self.slice))
    }

    /// The agency that answers for the figure.
    pub(crate) fn agency(&self, me: &SignedIn) -> Option<AgencyId> {
        let found = |fits: &dyn Fn(&Agency) -> bool| {
            let mut all = me.directory.agencies();
            all.find(|agency| fits(agency)).map(|agency| agency.id)
        };
        match &self.scope.of {
            Of::All => found(&|a| a.level == AgencyLevel::Province && a.parent.is_none()),
            Of::Agency(id) | Of::Only(id) => found(&|a| a.id == *id),
            Of::Place(place) => found(&|a| a.place.as_ref() == Some(place)),
        }
    }

    /// Whether the reader may see figures of that agency.
    pub(crate) fn may_see(&self, desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
        self.may(desk, me, Action::ViewFigures)
    }

    /// Whether the reader may do something to that agency.
    pub(crate) fn may(&self, desk: &Desk, me: &SignedIn, what: Action) -> Result<(), Problem> {
        let agency = self
            .agency(me)
            .ok_or_else(|| Problem::not_found().detail(tr!(me, "figures-no-agency")))?;
        let line = desk::agency_line(&me.directory, agency);
        let asked = me.may(&desk.front, what, Target::Agency(&line));
        asked.check().map_err(|denial| desk::forbidden(me, &denial))
    }

    /// The twelve periods that end with this one: months, quarters or years; none before others
    /// where it is neither.
    pub(crate) fn line_of_periods(&self) -> Vec<Period> {
        let mut line = vec![self.period];
        while line.len() < 12
            && let Some(earlier) = before(line[0])
        {
            line.insert(0, earlier);
        }
        line
    }
}

/// The period of the same kind before one.
fn before(period: Period) -> Option<Period> {
    let text = period.to_string();
    let eve = period.first().before();
    let (year, month) = (eve.month().year(), eve.month().of_year());
    match text.as_bytes() {
        [_, _, _, _] => year.to_string().parse().ok(),
        [_, _, _, _, b'-', b'q', _] => format!("{year}-q{}", month.div_ceil(3)).parse().ok(),
        [_, _, _, _, b'-', _, _] => Some(Period::month(eve.month())),
        [.., b'r'] => Some(Period::reporting_month(Day::of(period.first().begin()).month())),
        _ => None,
    }
}
