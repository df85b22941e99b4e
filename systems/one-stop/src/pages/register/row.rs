//! One line of the register.

use desk::Line;
use web::{SignedIn, components::cases::CaseRow, tr};

use crate::{
    Moment,
    pages::{DOSSIER, clock},
};

pub(super) fn row(me: &SignedIn, moment: &Moment, line: &Line) -> CaseRow {
    let words = &me.words;
    let procedure = moment.shelf.version(&line.procedure);
    let title = procedure.map_or_else(|| line.procedure.code.to_string(), |p| p.name.clone());
    let agency = moment.directory.agency(line.decided_by).map(|agency| agency.short_name.clone());
    let channel = words.t(&format!("channel-{}", line.channel.word()));
    let destroyed = || tr!(me, "register-no-name");
    let applicant = line.applicant.clone().unwrap_or_else(destroyed);
    CaseRow {
        id: line.code.to_string(),
        code: line.code.to_string(),
        href: format!("{DOSSIER}/{}", line.code),
        title,
        facts: [Some(applicant), Some(channel), agency].into_iter().flatten().collect(),
        clock: clock::of_line(words, line, me.now, moment),
        promised: line.due_at.map_or_else(String::new, |due| words.moment_near(due, me.now)),
        step: words.t(&format!("status-{}", line.status.word())),
        since: tr!(me, "register-filed", at = words.moment_near(line.submitted_at, me.now)),
        ..CaseRow::default()
    }
}
