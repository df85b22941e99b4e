//! What waits, what may become late, what is late, and the tasks: each line leads to its matter,
//! each number to its list.

use desk::Desk;
use kernel::ProcedureCode;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        empty,
        section::card,
        todo::{Todo, todos},
    },
    tr,
};

use super::{
    super::{TASKS, parts},
    figures::{self, list_of},
};
use crate::{
    head::Sheet,
    model::Task,
    queries::{AtRisk, Waiting},
};

/// Where what will be late is simulated.
const OUTLOOK: &str = "/du-bao";
/// Rows of a card.
const SHOWN: usize = 6;

/// What waits for the head to decide.
pub(super) fn waiting(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let (shown, all) = (&sheet.waiting.0, sheet.waiting.1);
    let count = number(all);
    let rows: Vec<Todo> = shown
        .iter()
        .map(|one| Todo {
            act: Some((tr!(me, "programme-open"), one.line.address())),
            ..matter(desk, me, one, false)
        })
        .collect();
    let body = html! {
        @if rows.is_empty() { (empty::empty(&tr!(me, "programme-waiting-none"), Some((&tr!(me, "programme-see-work"), desk::WORK)))) }
        @else {
            (todos(&me.words, &rows))
            p.small.gap { a href=(list_of(sheet, "cho")) { (tr!(me, "programme-see-all", n = count)) } }
        }
    };
    card("waiting", &tr!(me, "programme-waiting", n = count), body)
}

/// What may become late this week, by who has it in hand.
pub(super) fn risks(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let count = number(sheet.risks.all);
    let rows: Vec<Todo> =
        sheet.risks.shown.iter().map(|heap| at_risk(desk, me, sheet, heap)).collect();
    let body = html! {
        @if rows.is_empty() { (empty::empty(&tr!(me, "programme-risks-none"), Some((&tr!(me, "programme-outlook"), OUTLOOK)))) }
        @else {
            (todos(&me.words, &rows))
            p.small.gap { a href=(list_of(sheet, "nguy-co")) { (tr!(me, "programme-see-all", n = count)) } }
        }
        @match sheet.ahead {
            Some(ahead) => {
                p.gap { (web::i18n::rich(&figures::foreseen(&me.words, sheet).unwrap_or_default())) }
                p.small.muted { (tr!(me, "programme-risks-foreseen", at = me.words.moment_near(ahead.from, me.now)))
                    " " a href=(OUTLOOK) { (tr!(me, "programme-outlook")) } }
            }
            None => { p.small.muted.gap { (tr!(me, "programme-risks-ruled")) } }
        }
        p.small.muted { (tr!(me, "programme-risks-note")) }
    };
    card("risks", &tr!(me, "programme-risks", n = count), body)
}

pub(super) fn at_risk(desk: &Desk, me: &SignedIn, sheet: &Sheet, heap: &AtRisk) -> Todo {
    let step = step_name(desk, me, &heap.procedure, heap.version, &heap.step);
    let holder = me.directory.holder(heap.post, me.now).map(|person| person.name.clone());
    let who = holder.into_iter().chain([parts::door(&me.directory, heap.post)]);
    Todo {
        what: tr!(me, "programme-risk", step = step, n = number(heap.count)),
        why: tr!(
            me,
            "programme-risk-holder",
            who = joined(who, ", "),
            n = number(heap.in_hand),
            first = me.words.moment_near(heap.first_due, me.now)
        ),
        clock: None,
        act: Some((
            tr!(me, "programme-see-work"),
            format!("{}&nguoi={}", list_of(sheet, "nguy-co"), heap.post),
        )),
        main: false,
    }
}

/// What is late in the hands of the head's people.
pub(super) fn late(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let count = number(sheet.late.1);
    let rows: Vec<Todo> = sheet
        .late
        .0
        .iter()
        .map(|one| Todo {
            act: Some((tr!(me, "programme-open"), one.line.address())),
            ..matter(desk, me, one, true)
        })
        .collect();
    let month = crate::head::period(crate::measures::running(sheet.now));
    let code = "timeliness.running_late";
    let body = html! {
        @if rows.is_empty() { (empty::empty(&tr!(me, "programme-late-none"), None)) }
        @else {
            (todos(&me.words, &rows))
            p.small.gap { a href=(list_of(sheet, "tre")) { (tr!(me, "programme-see-all", n = count)) } }
        }
        @if let Ok(n) = sheet.running_late {
            p.small.gap { a href=(desk::figure_page(code, &sheet.scope, month)) { (tr!(me, "programme-late-figure", n = n.parts().0)) } }
        }
        @if !sheet.late_agencies.is_empty() {
            h3.after { (tr!(me, "programme-late-where")) }
            ul.link.l { @for (agency, n) in &sheet.late_agencies {
                @let scope = indicators::Scope::agency(*agency);
                li { a href=(desk::figure_page(code, &scope, month)) {
                    span { b { (parts::short(&me.directory, *agency)) } small { (tr!(me, "programme-opens-dossiers", n = *n)) } }
                } }
            } }
        }
    };
    card("late", &tr!(me, "programme-late", n = count), body)
}

/// Own tasks, and late ones of heads below.
pub(super) fn tasks(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let late = sheet.tasks.iter().filter(|task| task.is_late(me.now)).count();
    let own: Vec<Todo> =
        sheet.tasks.iter().take(SHOWN).map(|task| row(desk, me, task, false)).collect();
    let below: Vec<Todo> =
        sheet.tasks_below.iter().take(SHOWN).map(|task| row(desk, me, task, true)).collect();
    let body = html! {
        @if own.is_empty() { (empty::empty(&tr!(me, "programme-tasks-none"), Some((&tr!(me, "programme-nav"), super::super::PROGRAMMES)))) }
        @else { (todos(&me.words, &own)) }
        @if !below.is_empty() {
            h3.after { (tr!(me, "programme-tasks-below", n = sheet.tasks_below.len())) }
            (todos(&me.words, &below))
        }
        p.small.gap { a href={ (TASKS) "?nguoi=" (sheet.seat) } { (tr!(me, "programme-see-tasks")) } }
    };
    let title = tr!(me, "programme-tasks", n = sheet.tasks.len(), late = late);
    card("tasks", &title, body)
}

fn row(desk: &Desk, me: &SignedIn, task: &Task, whose: bool) -> Todo {
    let holder = task.case.as_ref().and_then(|case| case.holder.as_ref());
    let taking = holder.is_some_and(|(_, step)| step == crate::commands::TAKING);
    let mut why = format!("{}, {}", task.programme, task.code);
    if whose {
        let today = crate::queries::seat_today(&me.directory, task.head);
        why = format!("{}; {why}", parts::door(&me.directory, today));
    }
    if taking {
        why = format!("{why}; {}", tr!(me, "programme-task-taking"));
    }
    let act = task.case.as_ref();
    let act = act.map(|case| (tr!(me, "programme-open"), format!("{TASKS}/{}", case.code)));
    let clock = parts::clock_of(desk, me, task);
    Todo { what: task.name.clone(), why, clock, act, main: false }
}

/// A matter in hand: step and procedure, whose it is, who has it, its clock.
pub(super) fn matter(desk: &Desk, me: &SignedIn, one: &Waiting, with_holder: bool) -> Todo {
    let line = &one.line;
    let moment = desk.moment();
    let procedure = moment.shelf.version(&line.procedure);
    let step = step_name(desk, me, &line.procedure.code, line.procedure.version, &one.step);
    let name = procedure.map_or("", |procedure| procedure.name.as_str());
    let mut why: Vec<String> = line.applicant.iter().cloned().collect();
    if with_holder {
        let holder = one.post.map(|post| parts::seat(&me.directory, post, me.now));
        why.push(holder.unwrap_or_else(|| parts::short(&me.directory, one.agency)));
    }
    why.push(line.code.to_string());
    Todo {
        what: format!("{step}: {}", one.task.as_deref().unwrap_or(name)),
        why: joined(why, "; "),
        clock: Some(desk::clock::of_line(&me.words, line, me.now, &moment)),
        act: None,
        main: false,
    }
}

/// The parts that say something: not every case has an applicant, nor every seat a holder.
fn joined(parts: impl IntoIterator<Item = String>, between: &str) -> String {
    let said = parts.into_iter().filter(|part| !part.trim().is_empty());
    said.collect::<Vec<_>>().join(between)
}

/// The name of a step of a procedure, or that something is to be taken on.
fn step_name(desk: &Desk, me: &SignedIn, code: &ProcedureCode, version: u32, step: &str) -> String {
    if step == casework::ACCEPT {
        return tr!(me, "programme-step-accept");
    }
    let moment = desk.moment();
    let of = casework::ProcedureRef { code: code.clone(), version };
    let procedure = moment.shelf.version(&of);
    let known = procedure.and_then(|p| p.workflow.steps().iter().find(|s| s.id.as_str() == step));
    known.map_or_else(|| step.to_owned(), |step| step.name.clone())
}

fn number(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
