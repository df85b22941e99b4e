//! Who owes the report of a period, to whom, until when.

use desk::Desk;
use directory::{Agency, AgencyLevel, Directory};
use indicators::Period;
use jiff::{ToSpan, civil::Date};
use kernel::{AgencyId, Instant};

use crate::regime::{Level, Recipient, Regime, Who};

/// Longer than any row of days off.
const DAYS_OFF_MAX: usize = 30;

/// A report that is owed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// On which level of the regime.
    pub level: String,
    /// Of which unit.
    pub unit: AgencyId,
    /// Who owes it: the unit, or who took over its duties within the period.
    pub owner: AgencyId,
    /// Who takes it on.
    pub recipient: AgencyId,
    /// Whether that is somebody elsewhere.
    pub elsewhere: bool,
    /// Until when.
    pub due: Instant,
}

/// Everybody who owes the report of a period, by code of agency: every unit that there was in it. A
/// unit that ended within it owes for its share by whoever took over its duties.
#[must_use]
pub fn owed(
    desk: &Desk,
    directory: &Directory,
    regime: &Regime,
    period: Period,
    now: Instant,
) -> Vec<Owed> {
    let mut all = Vec::new();
    for level in &regime.levels {
        let mut agencies: Vec<&Agency> =
            directory.agencies().filter(|agency| is_of(agency, level, period)).collect();
        agencies.sort_by(|a, b| a.code.cmp(&b.code).then(a.id.cmp(&b.id)));
        for agency in agencies {
            let Some(owner) = standing(directory, agency, now) else { continue };
            let Some(date) = regime.due(level, period) else { continue };
            let (recipient, elsewhere) = match &level.to {
                Recipient::Agency(code) => (directory.agency_by_code(code).map(|to| to.id), false),
                Recipient::Elsewhere(_) => (Some(owner), true),
            };
            let Some(recipient) = recipient else { continue };
            let due = end_of(desk, owner, date);
            let level = level.id.clone();
            all.push(Owed { level, unit: agency.id, owner, recipient, elsewhere, due });
        }
    }
    all
}

fn is_of(agency: &Agency, level: &Level, period: Period) -> bool {
    let fits = match &level.who {
        Who::Communes => agency.level == AgencyLevel::Commune,
        Who::Departments => agency.level == AgencyLevel::Department,
        Who::Agencies(codes) => codes.contains(&agency.code),
    };
    let (first, last) = (period.first().begin(), period.last().last_instant());
    let validity = &agency.validity;
    fits && validity.from <= last && validity.to.is_none_or(|to| to > first)
}

/// The agency, or who took over its duties, that is there at an instant.
fn standing(directory: &Directory, agency: &Agency, at: Instant) -> Option<AgencyId> {
    let mut one = agency;
    for _ in 0..DAYS_OFF_MAX {
        if one.validity.to.is_none_or(|to| at < to) {
            return Some(one.id);
        }
        one = directory.successor(one.id)?;
    }
    None
}

/// The end of a day, or of the next working day where it is a day off.
#[must_use]
pub fn end_of(desk: &Desk, agency: AgencyId, date: Date) -> Instant {
    let moment = desk.moment();
    let calendar = moment.calendars.agency(agency);
    let days = (0..DAYS_OFF_MAX)
        .map_while(|n| date.checked_add(i64::try_from(n).unwrap_or(0).days()).ok());
    let day = days.into_iter().find(|day| calendar.is_working_day(*day)).unwrap_or(date);
    indicators::Day::from(day).last_instant()
}
