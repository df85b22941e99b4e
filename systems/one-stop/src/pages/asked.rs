//! What lists and figures are asked for: which agency, which period; and the addresses that ask.

use directory::{Agency, Directory};
use identity::access::{Action, Target};
use kernel::{AgencyCode, Instant, today};
use web::{
    SignedIn,
    components::{fields::Choice, filter::FilterSelect},
    http::Problem,
    tr,
};

use super::refusal;
use crate::{Desk, measures::Period, queries::Scope};

/// The agency that is asked for, or the reader's own, with all below it; where the reader may.
///
/// # Errors
/// [`Problem::not_found`] where there is no such agency, [`Problem::forbidden`], logged, where
/// this person may not.
pub(super) async fn scope(
    desk: &Desk,
    me: &SignedIn,
    action: Action,
    code: &str,
) -> Result<Scope, Problem> {
    let own = me.directory.agency(me.agency);
    let agency = match code {
        "" => own,
        code => code.parse::<AgencyCode>().ok().and_then(|c| me.directory.agency_by_code(&c)),
    };
    let agency = agency.ok_or_else(Problem::not_found)?.id;
    let line = desk::agency_line(&me.directory, agency);
    if let Err(denial) = me.may(&desk.front, action, Target::Agency(&line)).check() {
        let why = refusal::denied(&me.words, &denial, &me.directory, me.now);
        desk::log_denial(desk, me, None, denial).await;
        return Err(Problem::forbidden().detail(why));
    }
    Ok(Scope::of(&me.directory, agency))
}

/// The select of agencies: the reader's own and the open ones below. None where there is no
/// choice.
pub(super) fn agency_select(me: &SignedIn, scope: &Scope) -> Option<FilterSelect> {
    let directory = &me.directory;
    let mut below: Vec<&Agency> = Vec::new();
    collect(directory, me.agency, &mut below);
    let choices: Vec<Choice> =
        below.iter().map(|agency| Choice::new(agency.code.as_str(), &agency.name)).collect();
    (choices.len() > 1).then(|| FilterSelect {
        name: "don_vi".to_owned(),
        label: tr!(me, "ask-agency"),
        choices,
        chosen: code_of(directory, scope),
    })
}

fn collect<'d>(directory: &'d Directory, agency: kernel::AgencyId, into: &mut Vec<&'d Agency>) {
    into.extend(directory.agency(agency));
    for child in directory.children(agency) {
        collect(directory, *child, into);
    }
}

/// The code of the agency at the top.
pub(super) fn code_of(directory: &Directory, scope: &Scope) -> String {
    directory.agency(scope.top).map_or_else(String::new, |agency| agency.code.to_string())
}

/// The name of the agency at the top.
pub(super) fn name_of(directory: &Directory, scope: &Scope) -> String {
    directory.agency(scope.top).map_or_else(String::new, |agency| agency.name.clone())
}

/// The period that is asked for: a text of [`Period`], or two days as the browser sends them.
/// None where nothing, or nothing sensible, is asked.
pub(super) fn period(asked: &str) -> Option<Period> {
    asked.parse().ok()
}

/// The select of periods: the last twelve months, four quarters, three years, and the one asked.
pub(super) fn period_select(
    me: &SignedIn,
    chosen: Option<Period>,
    all: Option<String>,
) -> FilterSelect {
    let periods = recent(me.now);
    let known = chosen.is_none_or(|chosen| periods.contains(&chosen));
    let asked = chosen.filter(|_| !known);
    let periods = asked.into_iter().chain(periods);
    let choice = |period: Period| Choice::new(period.to_string(), period_name(me, period));
    let every = all.map(|label| Choice::new("", label));
    FilterSelect {
        name: "ky".to_owned(),
        label: tr!(me, "ask-period"),
        choices: every.into_iter().chain(periods.map(choice)).collect(),
        chosen: chosen.map(|period| period.to_string()).unwrap_or_default(),
    }
}

fn recent(now: Instant) -> Vec<Period> {
    let today = today(now);
    let back = |count: usize, first: Period| {
        std::iter::successors(Some(first), |period| Some(period.before())).take(count)
    };
    let months = back(12, Period::month_of(today));
    let quarters = back(4, Period::quarter_of(today));
    months.chain(quarters).chain(back(3, Period::year_of(today))).collect()
}

/// "tháng 11/2026", "quý 4/2026", "năm 2026", "01/11/2026 đến 14/11/2026".
pub(super) fn period_name(me: &SignedIn, period: Period) -> String {
    let (first, last) = (period.first(), period.last());
    // As text, since a year is not grouped by thousands.
    let year = first.year().to_string();
    if period == Period::month_of(first) {
        tr!(me, "ask-month", month = first.month(), year = year)
    } else if period == Period::quarter_of(first) {
        tr!(me, "ask-quarter", quarter = (first.month() - 1) / 3 + 1, year = year)
    } else if period == Period::year_of(first) {
        tr!(me, "ask-year", year = year)
    } else {
        tr!(me, "ask-days", first = me.words.date(first), last = me.words.date(last))
    }
}

/// An address with its question; what is empty is left out.
pub(super) fn address(path: &str, pairs: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    for (name, value) in pairs.iter().filter(|(_, value)| !value.is_empty()) {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        for byte in value.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b':' => {
                    out.push(char::from(byte));
                }
                _ => out.push_str(&format!("%{byte:02X}")),
            }
        }
    }
    out
}
