//! The units of a round, those that are late first: this report, the ones before, and whether the
//! unit was ever late. A nation has thousands, so they come in pages.

use std::collections::BTreeMap;

use indicators::Period;
use kernel::AgencyId;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        clock,
        empty::empty,
        pager::pager,
        seg::{self, Segment},
        table::{Column, Row, Table, table},
    },
    http::encoded,
    tr,
};

use super::{REPORTS, SUMMARY, agency, lists, summary::Shown};
use crate::{export::Round, fill, model::Report, queries::Punctual};

/// Units on a page.
const SHOWN: usize = 50;
/// Periods before this one that are shown.
const EARLIER: usize = 3;

/// Which units are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    All,
    /// Whose report of this round is late.
    Late,
    /// Whose report of this round was not sent yet.
    Owing,
    /// Who sent all of them in time, as long as anybody judged.
    NeverLate,
}

impl Which {
    const ALL: [Self; 4] = [Self::All, Self::Late, Self::Owing, Self::NeverLate];

    /// Of the word in an address; all, where it is none.
    pub(super) fn of(word: &str) -> Self {
        Self::ALL.into_iter().find(|which| which.word() == word).unwrap_or(Self::All)
    }

    const fn word(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Late => "tre",
            Self::Owing => "chua-gui",
            Self::NeverLate => "chua-tre",
        }
    }

    const fn key(self) -> &'static str {
        match self {
            Self::All => "reports-units-all",
            Self::Late => "reports-units-late",
            Self::Owing => "reports-units-owing",
            Self::NeverLate => "reports-units-never-late",
        }
    }
}

type Punctuals<'p> = BTreeMap<AgencyId, &'p Punctual>;

/// The units, and the views of them to choose from.
pub(super) fn units(
    me: &SignedIn,
    shown: &Shown,
    round: &Round,
    (which, from): (Which, usize),
) -> Markup {
    let punctual: Punctuals<'_> = shown.punctual.iter().map(|one| (one.unit, one)).collect();
    let fits = |which: Which, report: &Report| match which {
        Which::All => true,
        Which::Late => report.is_late(me.now),
        Which::Owing => report.sent_at.is_none(),
        Which::NeverLate => {
            punctual.get(&report.unit).is_some_and(|one| one.judged > 0 && one.late == 0)
        }
    };
    let reports = || round.reports.iter().map(|(report, _)| report);
    let segments = Which::ALL.map(|one| Segment {
        label: me.words.t(one.key()),
        count: u64::try_from(reports().filter(|report| fits(one, report)).count()).ok(),
        href: address(round, one, 0),
        current: one == which,
        ..Segment::default()
    });
    let mut lines: Vec<&Report> = reports().filter(|report| fits(which, report)).collect();
    lines.sort_by_key(|report| !report.is_late(me.now));
    let previous = (from > 0).then(|| address(round, which, from.saturating_sub(SHOWN)));
    let more = lines.len() > from.saturating_add(SHOWN);
    let next = more.then(|| address(round, which, from + SHOWN));
    let lines = lines.get(from..).unwrap_or_default();
    let lines = &lines[..lines.len().min(SHOWN)];
    html! {
        section.stack #don-vi {
            h2 { (tr!(me, "reports-units")) }
            (seg::nav(&me.words, &tr!(me, "reports-units"), &segments))
            @if lines.is_empty() { (empty(&tr!(me, "reports-units-none"), None)) }
            @else { (rows(me, shown, round, (&punctual, lines))) }
            (pager(&me.words, previous.as_deref(), next.as_deref()))
        }
    }
}

fn address(round: &Round, which: Which, from: usize) -> String {
    let (regime, period) = (encoded(&round.regime.code), encoded(&round.period.to_string()));
    format!("{SUMMARY}?che_do={regime}&ky={period}&xem={}&tu={from}#don-vi", which.word())
}

fn rows(
    me: &SignedIn,
    shown: &Shown,
    round: &Round,
    (punctual, lines): (&Punctuals<'_>, &[&Report]),
) -> Markup {
    let earlier: Vec<&Period> =
        shown.periods.iter().filter(|period| **period < round.period).take(EARLIER).collect();
    let mut columns = vec![
        Column::text(tr!(me, "reports-col-unit")),
        Column::text(tr!(me, "reports-col-state")),
        Column::text(tr!(me, "reports-col-due")),
    ];
    columns.extend(earlier.iter().map(|period| {
        let sdmx = round.regime.frequency.map(|frequency| frequency.sdmx(**period));
        Column::text(sdmx.unwrap_or_else(|| period.to_string())).dispensable()
    }));
    columns.push(Column::text(tr!(me, "reports-col-ever-late")));
    let row = |report: &&Report| {
        let mut cells = vec![
            html! {
                a.a href={ (REPORTS) "/" (report.code) } { (fill::unit_name(&me.directory, report.unit, report.period)) }
                @if report.unit != report.owner { br; span.small.muted { (tr!(me, "reports-by", agency = agency(&me.directory, report.owner))) } }
            },
            html! { (lists::state(me, report)) },
            html! { (clock::chip(&me.words, &lists::clock_of(me, report))) },
        ];
        cells.extend(earlier.iter().map(|period| before(me, shown, report, **period)));
        cells.push(ever_late(me, punctual.get(&report.unit).copied()));
        Row::Cells(cells)
    };
    let caption = tr!(me, "reports-units");
    table(&Table { caption, caption_shown: false, columns, rows: lines.iter().map(row).collect() })
}

/// How the unit's report of an earlier period stands.
fn before(me: &SignedIn, shown: &Shown, report: &Report, period: Period) -> Markup {
    let known = shown.kept.get(&report.unit).and_then(|of| of.get(&period.to_string()));
    html! {
        @match known {
            None => span.muted { "–" },
            Some((_, true)) => { (tr!(me, "reports-was-late")) },
            Some((state, false)) => { (me.words.t(&format!("reports-state-{}", state.word()))) },
        }
    }
}

fn ever_late(me: &SignedIn, punctual: Option<&Punctual>) -> Markup {
    html! {
        @match punctual {
            Some(one) if one.late > 0 => (tr!(me, "reports-late-times", late = one.late, judged = one.judged)),
            Some(one) if one.judged > 0 => (tr!(me, "reports-never-late", judged = one.judged)),
            _ => span.muted { (tr!(me, "reports-not-judged")) },
        }
    }
}
