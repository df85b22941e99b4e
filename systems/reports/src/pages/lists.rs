//! My reports: what waits for me, what my agency owes, what it is to take on, what is late.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, SignedIn,
    components::{
        clock::{self, ClockState, ClockView, Finish},
        empty::empty,
        seg::{self, Segment},
        table::{Column, Row, Table, table},
    },
    http::Problem,
    tr,
};

use super::{REGIMES, REPORTS, SUMMARY, agency};
use crate::{
    fill::unit_name,
    library::Library,
    model::{Report, State as Standing},
    queries::{self, List},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    xem: String,
}

const LISTS: [(List, &str); 5] = [
    (List::Mine, "cua-toi"),
    (List::Owed, "don-vi"),
    (List::Late, "muon"),
    (List::Incoming, "cho-nhan"),
    (List::Sent, "da-gui"),
];

pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (list, word) = LISTS.into_iter().find(|(_, word)| *word == asked.xem).unwrap_or(LISTS[0]);
    let (shared, who) = (desk.clone(), me.clone());
    let read = desk.front.store.read(move |tx| {
        let seat = (who.seat(), who.agency);
        let reports = queries::list(tx, &shared, list, seat, who.now)?;
        Ok::<_, crate::Error>((reports, Library::read(tx, &shared)?))
    });
    let (reports, library) = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let segments = LISTS.map(|(of, name)| Segment {
        icon: (of == List::Late).then_some(Icon::Late),
        label: me.words.t(&format!("reports-list-{name}")),
        count: None,
        href: format!("{REPORTS}?xem={name}"),
        current: of == list,
    });
    let title = tr!(me, "reports-nav");
    let main = html! {
        p.row {
            a.btn.sm href=(SUMMARY) { (tr!(me, "reports-summary")) }
            a.btn.sm href=(REGIMES) { (tr!(me, "reports-regimes")) }
        }
        (seg::nav(&me.words, &title, &segments))
        @if reports.is_empty() {
            (empty(&me.words.t(&format!("reports-empty-{word}")),
                (list != List::Owed).then_some((tr!(me, "reports-list-don-vi").as_str(), "/bao-cao?xem=don-vi"))))
        } @else {
            (lines(&me, &library, &reports))
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main).into_response())
}

/// Reports as a table.
pub(super) fn lines(me: &SignedIn, library: &Library, reports: &[Report]) -> Markup {
    let heads = ["report", "unit", "period", "state", "due"];
    let row = |report: &Report| {
        let name = library.regime(&report.regime).map_or(report.regime.clone(), |r| r.name.clone());
        Row::Cells(vec![
            html! {
                a.a href={ (REPORTS) "/" (report.code) } { (name) }
                @if report.version > 1 { " " span.muted { (tr!(me, "reports-version", n = report.version)) } }
            },
            html! {
                (unit_name(&me.directory, report.unit, report.period))
                @if report.unit != report.owner {
                    br; span.small.muted { (tr!(me, "reports-by", agency = agency(&me.directory, report.owner))) }
                }
            },
            html! { (desk::period_text(&me.words, report.period)) },
            html! { (state(me, report)) },
            html! { (clock::chip(&me.words, &clock_of(me, report))) },
        ])
    };
    table(&Table {
        caption: tr!(me, "reports-nav"),
        columns: heads.map(|head| Column::text(me.words.t(&format!("reports-col-{head}")))).into(),
        rows: reports.iter().map(row).collect(),
        ..Table::default()
    })
}

/// Where a report stands, in words.
pub(super) fn state(me: &SignedIn, report: &Report) -> String {
    me.words.t(&format!("reports-state-{}", report.state.word()))
}

/// Its deadline as a clock: what was sent is done, and how.
pub(super) fn clock_of(me: &SignedIn, report: &Report) -> ClockView {
    let day = me.words.moment_near(report.due_at, me.now);
    let day = match report.moved_to {
        Some(to) => {
            let to = me.words.moment_near(to, me.now);
            me.words.t_with("reports-clock-moved", &[("was", day.into()), ("to", to.into())])
        }
        None => day,
    };
    match (report.on_time, report.sent_at) {
        (Some(true), _) => {
            ClockView { state: ClockState::Done(Finish::OnTime), ..ClockView::default() }
        }
        (Some(false), _) => {
            ClockView { state: ClockState::Done(Finish::Late), ..ClockView::default() }
        }
        (None, Some(_)) => ClockView::noted(ClockState::Done(Finish::OnTime), ""),
        (None, None) if report.state == Standing::Stopped => {
            ClockView::noted(ClockState::Hold, String::new())
        }
        (None, None) if report.due_at < me.now => ClockView::noted(ClockState::Late, day),
        (None, None) if report.due_at < me.now + jiff::SignedDuration::from_hours(48) => {
            ClockView::noted(ClockState::Soon, day)
        }
        (None, None) => ClockView::noted(ClockState::Ok, day),
    }
}
