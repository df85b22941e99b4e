//! One line of the register, and its clock.

use calendar::{Margin, State, Timeliness};
use casework::Status;
use web::{
    SignedIn,
    components::{
        cases::CaseRow,
        clock::{ClockState, ClockView, Finish},
    },
    tr,
};

use crate::{Desk, Moment, pages::DOSSIER, queries::Entry};

pub(super) fn row(desk: &Desk, me: &SignedIn, moment: &Moment, entry: &Entry) -> CaseRow {
    let words = &me.words;
    let reference =
        casework::ProcedureRef { code: entry.procedure.clone(), version: entry.procedure_version };
    let procedure = moment.shelf.version(&reference);
    let title = procedure.map_or_else(|| entry.procedure.to_string(), |p| p.name.clone());
    let agency = moment.directory.agency(entry.decided_by).map(|agency| agency.short_name.clone());
    let status = entry.status.map(|status| words.t(&format!("status-{}", status.word())));
    let channel = entry.channel.map(|channel| words.t(&format!("channel-{}", channel.word())));
    let destroyed = || tr!(me, "register-no-name");
    let applicant = entry.applicant.clone().unwrap_or_else(destroyed);
    CaseRow {
        id: entry.code.to_string(),
        code: entry.code.to_string(),
        href: format!("{DOSSIER}/{}", entry.code),
        title,
        facts: [Some(applicant), channel, agency].into_iter().flatten().collect(),
        clock: clock(desk, me, moment, entry),
        promised: entry.due_at.map_or_else(String::new, |due| words.moment_near(due, me.now)),
        step: status.unwrap_or_default(),
        since: tr!(me, "register-filed", at = words.moment_near(entry.submitted_at, me.now)),
        ..CaseRow::default()
    }
}

fn clock(desk: &Desk, me: &SignedIn, moment: &Moment, entry: &Entry) -> ClockView {
    let stopped =
        matches!(entry.status, Some(Status::Declined | Status::Withdrawn | Status::Discontinued));
    let clock = entry.case.as_ref().and_then(|case| case.clock.as_ref());
    let Some(clock) = clock.filter(|_| !stopped) else {
        let word = entry.status.map_or("submitted", Status::word);
        let state = if stopped { ClockState::Hold } else { ClockState::Ok };
        return ClockView::noted(state, me.words.t(&format!("status-{word}")));
    };
    let calendar = moment.calendars.agency(entry.decided_by);
    let reading = clock.reading(me.now, calendar, &desk.thresholds);
    let minutes = match reading.margin {
        Margin::Left(time) | Margin::Over(time) => time.as_minutes(),
    };
    let minutes = i64::try_from(minutes).unwrap_or(i64::MAX);
    match reading.state {
        State::Ok => ClockView::new(ClockState::Ok, minutes),
        State::Soon => ClockView::new(ClockState::Soon, minutes),
        State::Late => ClockView::new(ClockState::Late, minutes),
        State::Hold => ClockView::new(ClockState::Hold, minutes),
        State::Done(timeliness) => {
            let finish = match timeliness {
                Timeliness::Early => Finish::Early,
                Timeliness::OnTime => Finish::OnTime,
                Timeliness::Late => Finish::Late,
            };
            ClockView { state: ClockState::Done(finish), ..ClockView::default() }
        }
    }
}
