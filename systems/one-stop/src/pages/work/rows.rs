//! The rows of my work, and what may be done to many of them at once.

use std::collections::BTreeMap;

use casework::{ProcedureRef, Waits};
use kernel::fold;
use procedure::{End, Matter, Outcome, StepId, Target};
use web::{
    SignedIn,
    components::{
        bulk::BulkAction,
        cases::{CaseGroup, CaseList, CaseRow},
    },
    tr,
};

use super::{
    BULK,
    asked::{part_name, part_note},
    bulk::Ticked,
};
use crate::{
    Moment,
    pages::clock,
    queries::work::{Bounds, Counts, Part, WorkRow},
};

/// At most so many outcomes are offered for many at once.
const BULK_OUTCOMES_MAX: usize = 3;
/// What the button that gives dossiers to somebody else sends.
pub(super) const ASSIGN: &str = "assign";
/// What the button that prints control slips sends.
pub(super) const SLIPS: &str = "slips";

/// The rows of a page in their groups.
pub(super) fn case_list(
    me: &SignedIn,
    moment: &Moment,
    bounds: Bounds,
    counts: &Counts,
    rows: &[WorkRow],
) -> CaseList {
    let actions = bulk_actions(me, moment, rows);
    let main = actions.first().filter(|action| action.main).map(|action| action.name.clone());
    let mut groups: Vec<(Part, Vec<CaseRow>)> = Vec::new();
    for row in rows {
        let part = bounds.part(row);
        let shown = case_row(me, moment, row, main.as_deref());
        match groups.last_mut().filter(|(of, _)| *of == part) {
            Some((_, rows)) => rows.push(shown),
            None => groups.push((part, vec![shown])),
        }
    }
    let groups = groups.into_iter().map(|(part, rows)| CaseGroup {
        title: part_name(me, part),
        note: part_note(me, part, counts.of(part)),
        rows,
    });
    CaseList {
        caption: tr!(me, "work-caption"),
        groups: groups.collect(),
        bulk_path: Some(BULK.to_owned()),
        bulk: actions,
        newest_first: false,
    }
}

/// The outcomes that a step of a procedure offers.
pub(super) fn outcomes<'m>(
    moment: &'m Moment,
    procedure: &ProcedureRef,
    step: &str,
) -> &'m [Outcome] {
    let found = moment.shelf.version(procedure).zip(step.parse::<StepId>().ok());
    let step = found.and_then(|(procedure, step)| procedure.workflow.step(&step));
    step.map_or(&[], |step| &step.outcomes)
}

/// An outcome as the button for many names it: the same words are the same button.
pub(super) fn outcome_word(outcome: &Outcome) -> String {
    format!("complete.{}", fold(&outcome.name).replace(' ', "-"))
}

/// What may be done to many: the outcomes offered most often, refusals left out, since each of
/// them needs reasons of its own.
fn bulk_actions(me: &SignedIn, moment: &Moment, rows: &[WorkRow]) -> Vec<BulkAction> {
    let mut offered: BTreeMap<String, (usize, &str)> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.is_paused() && is_dossier(row)) {
        for outcome in outcomes(moment, &row.line.procedure, &row.step) {
            if outcome.target == Target::End(End::Refusal) {
                continue;
            }
            let known = offered.entry(outcome_word(outcome)).or_default();
            *known = (known.0 + 1, &outcome.name);
        }
    }
    let mut offered: Vec<_> = offered.into_iter().collect();
    offered.sort_by_key(|(_, (count, _))| std::cmp::Reverse(*count));
    let outcomes = offered.into_iter().take(BULK_OUTCOMES_MAX).enumerate();
    let mut actions: Vec<_> = outcomes
        .map(|(i, (name, (_, label)))| BulkAction {
            name,
            label: label.to_owned(),
            label_counted: tr!(me, "work-bulk-outcome", outcome = label, n = "#"),
            rest_counted: tr!(me, "work-bulk-rest", n = "#"),
            main: i == 0,
            ..BulkAction::default()
        })
        .collect();
    actions.push(BulkAction {
        name: ASSIGN.to_owned(),
        label: tr!(me, "work-bulk-assign"),
        label_counted: tr!(me, "work-bulk-assign"),
        ..BulkAction::default()
    });
    actions.push(BulkAction {
        name: SLIPS.to_owned(),
        label: tr!(me, "work-bulk-slips"),
        label_counted: tr!(me, "work-bulk-slips"),
        apart: true,
        ..BulkAction::default()
    });
    actions
}

fn case_row(me: &SignedIn, moment: &Moment, row: &WorkRow, main: Option<&str>) -> CaseRow {
    let (line, words) = (&row.line, &me.words);
    // What else waits here is worked on in a system of its own.
    let own = is_dossier(row);
    let offered = if own { outcomes(moment, &line.procedure, &row.step) } else { &[] };
    let href = line.address();
    let act = match offered {
        [one] if !row.is_paused() => one.name.clone(),
        _ => tr!(me, "work-open"),
    };
    let mut can = if own { vec![ASSIGN.to_owned(), SLIPS.to_owned()] } else { Vec::new() };
    if !row.is_paused() {
        can.extend(offered.iter().map(outcome_word));
    }
    let ready = main.is_none_or(|main| can.iter().any(|can| can == main));
    let why_not = (!ready).then(|| match row.waits {
        _ if !own => tr!(me, "work-bulk-other-matter"),
        Waits::Holder => tr!(me, "work-bulk-other-step"),
        Waits::Applicant | Waits::Law => tr!(me, "work-bulk-paused"),
    });
    let elsewhere = line.received_by != line.decided_by;
    let received = moment.directory.agency(line.received_by).filter(|_| elsewhere);
    let procedure = moment.shelf.version(&line.procedure);
    CaseRow {
        id: Ticked::text(&line.code, &row.step),
        code: line.code.to_string(),
        act: Some((act, href.clone())),
        href,
        title: procedure.map_or_else(|| line.procedure.code.to_string(), |p| p.name.clone()),
        facts: vec![
            row.applicant().to_owned(),
            words.t(&format!("channel-{}", line.channel.word())),
        ],
        tags: received
            .map(|agency| tr!(me, "work-received-at", agency = agency.short_name.as_str()))
            .into_iter()
            .collect(),
        clock: clock::of_line(words, line, me.now, moment),
        promised: if row.is_paused() {
            words.t(&format!("work-when-{}", line.status.word()))
        } else {
            words.moment_near(row.due, me.now)
        },
        step: step_name(moment, &line.procedure, &row.step),
        since: tr!(me, "work-since", when = since(me, row.since)),
        ticked: false,
        can,
        why_not,
    }
}

fn is_dossier(row: &WorkRow) -> bool {
    row.line.matter == Matter::Dossier
}

/// The day, or the hour where it is today.
fn since(me: &SignedIn, at: kernel::Instant) -> String {
    let day = kernel::today(at);
    if day == kernel::today(me.now) { me.words.time(at) } else { me.words.date_short(day) }
}

fn step_name(moment: &Moment, procedure: &ProcedureRef, step: &str) -> String {
    let found = moment.shelf.version(procedure).zip(step.parse::<StepId>().ok());
    let found = found.and_then(|(procedure, step)| procedure.workflow.step(&step));
    found.map_or_else(|| step.to_owned(), |step| step.name.clone())
}
