//! One line of the register, and its clock.

use web::{
    SignedIn,
    components::{cases::CaseRow, clock::ClockView},
    tr,
};

use crate::{
    Desk, Moment,
    pages::{DOSSIER, clock},
    queries::Entry,
};

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
    let calendar = moment.calendars.agency(entry.decided_by);
    let view = |case| clock::view(&me.words, case, me.now, calendar, &desk.thresholds);
    entry.case.as_deref().map(view).unwrap_or_default()
}
