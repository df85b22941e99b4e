//! One task: what is to be done, by whom, until when, with which evidence; and what can be done
//! with it now.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use casework::{Case, Change, Told};
use desk::{AttachedFile, Desk, Paper};
use identity::{
    access::{Action, Decision, Target},
    audit,
};
use kernel::{Actor, CaseCode};
use maud::{Markup, html};
use web::{
    Icon, PageContext, SignedIn,
    components::{
        clock,
        crumbs::crumbs,
        documents::{Filed, filed},
        fields::{self, Field},
        kv::kv,
        note::{Tone, note},
        section::card,
        timeline::{Happening, HappeningKind, timeline},
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{
    PROGRAMMES, TASKS, common, parts,
    target::shown as paper,
    typed::{Sent, keep},
};
use crate::{
    Error,
    commands::{self, Deed, TAKING},
    model::{Programme, Task},
    queries,
};

/// Letters that say why a result is not enough.
const REASON_MIN: usize = 10;

/// All that the page shows.
struct Open {
    task: Task,
    programme: Programme,
    case: Case,
    story: Vec<Told>,
    files: Vec<AttachedFile>,
}

/// The task of a case's code, to somebody who may see the case.
async fn open(desk: &Desk, me: &SignedIn, code: &str) -> Result<Open, Problem> {
    let code: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
    let who = me.clone();
    let read = common::write(desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        let case = casework::load_by_code(tx, tenant, &code)?.ok_or(Error::Nothing)?;
        let task = queries::task_of_case(tx, tenant, case.id)?.ok_or(Error::Nothing)?;
        let moment = desk.moment();
        let facts = desk.facts(&case, &moment);
        let decision = who.may(&desk.front, Action::View, Target::Case(&facts));
        let reader = audit::Reader::officer(who.session.account, &who.officer);
        let entry = audit::Entry::of(reader, Action::View, &decision, who.now);
        let entry = entry.on(Some(case.id), Some(case.applicant));
        audit::record(tx, tenant, &entry, &desk.front.mint)?;
        if let Decision::Denied(denial) = decision {
            return Ok(Err(denial));
        }
        let programme = queries::known(tx, tenant, &task.programme)?;
        let story =
            desk.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
        let files = desk::files_of(tx, desk, case.id)?;
        Ok(Ok(Open { task, programme, case, story, files }))
    });
    read.await?.map_err(|denial| desk::forbidden(me, &denial))
}

pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, &code).await?;
    shown(&desk, &me, &open, "", &Faults::default()).await
}

async fn shown(
    desk: &Desk,
    me: &SignedIn,
    open: &Open,
    typed: &str,
    faults: &Faults,
) -> Result<Response, Problem> {
    let ctx = desk::context(desk, me).await?;
    let (task, programme) = (&open.task, &open.programme);
    let base = format!("{PROGRAMMES}/{}", programme.code);
    let list = tr!(me, "programme-nav");
    let above = [(list.as_str(), PROGRAMMES), (programme.number.as_str(), base.as_str())];
    let moment = desk.moment();
    let calendar = moment.calendars.agency(open.case.decided_by);
    let view = desk::clock::view(&me.words, &open.case, me.now, calendar, &moment.thresholds);
    let story = timeline(&story(me, open));
    let main = html! {
        (crumbs(&me.words, &above, task.code.as_str()))
        div.cols {
            div.stack {
                (web::components::errors::summary(&me.words, faults))
                (moved(me, open))
                (evidence_card(me, open))
                (deeds(desk, me, &ctx, open, typed, faults))
            }
            aside.side2.stack {
                (facts(me, open))
                (card("story", &tr!(me, "programme-story"), story))
            }
        }
    };
    let chip = clock::large(&me.words, &view);
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &task.name, chip, main)).into_response())
}

/// Said where the agency that promised is no more, or is not the one that answers now.
fn moved(me: &SignedIn, open: &Open) -> Markup {
    let at_first = me.directory.post(open.task.head).map(|post| post.agency);
    let now = open.case.decided_by;
    let Some(first) = at_first.filter(|first| *first != now) else { return html! {} };
    let said = tr!(
        me,
        "programme-task-moved",
        from = parts::agency(&me.directory, first),
        to = parts::agency(&me.directory, now)
    );
    note(Tone::Soon, html! { (said) })
}

fn facts(me: &SignedIn, open: &Open) -> Markup {
    let (task, case) = (&open.task, &open.case);
    let directory = &me.directory;
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, value: Markup| pairs.push((me.words.t(key), value));
    say("programme-head", parts::head_link(directory, task.head, me.now));
    if let Some((step, holding)) = case.holdings.iter().next() {
        let key =
            if step.as_str() == TAKING { "programme-held-taking" } else { "programme-held-doing" };
        say(key, html! { (parts::seat(directory, holding.post, me.now)) });
    }
    say(
        "programme-assigner",
        html! { (parts::seat(directory, queries::seat_today(directory, task.assigner), me.now)) },
    );
    say("programme-due", html! { (me.words.moment(case.due().unwrap_or(task.term))) });
    let supporters: Vec<String> =
        task.supporters.iter().map(|id| parts::short(directory, *id)).collect();
    if !supporters.is_empty() {
        say("programme-supporters", html! { (supporters.join(", ")) });
    }
    if task.budget > 0 {
        let budget = i64::try_from(task.budget).unwrap_or(i64::MAX);
        say("programme-budget", html! { (me.words.money(budget)) });
    }
    let goal = task.goal.checked_sub(1).and_then(|at| open.programme.goals.get(at));
    if let Some(goal) = goal {
        say("programme-goal", html! { (goal) });
    }
    if let Some(target) = &task.target {
        let href = format!("{PROGRAMMES}/{}/chi-tieu/{target}", task.programme);
        say("programme-target", html! { a href=(href) { (target) } });
    }
    card("facts", case.code.as_str(), kv(&pairs))
}

fn evidence_card(me: &SignedIn, open: &Open) -> Markup {
    let base = format!("{TASKS}/{}/minh-chung", open.case.code);
    let papers: Vec<Filed> = open
        .files
        .iter()
        .map(|file| Filed {
            title: file.name.clone(),
            href: Some(format!("{base}/{}.{}", file.hash, file.kind)),
            note: me.words.moment_near(file.recorded_at, me.now),
            kind: format!("{}, {}", file.kind.to_uppercase(), me.words.file_size(file.size)),
            hash: Some(file.hash.clone()),
        })
        .collect();
    let body = html! {
        @if papers.is_empty() { p.muted { (tr!(me, "programme-evidence-none")) } }
        @else { (filed(&me.words, &papers)) }
    };
    card("evidence", &tr!(me, "programme-evidence"), body)
}

/// What this officer can do with it now.
fn deeds(
    desk: &Desk,
    me: &SignedIn,
    ctx: &PageContext,
    open: &Open,
    typed: &str,
    faults: &Faults,
) -> Markup {
    let case = &open.case;
    let facts = desk.facts(case, &desk.moment());
    let holds = me.may(&desk.front, Action::CompleteStep, Target::Case(&facts)).is_allowed();
    let step = case.holdings.keys().next().map(|step| step.as_str());
    let form = Form { me, ctx, open, typed, faults };
    html! {
        @match step {
            Some(TAKING) if holds => {
                (form.of("dat", "programme-take", "programme-take-note", false, true))
                (form.of("lam-tiep", "programme-not-enough", "programme-not-enough-note", false, false))
            }
            Some(_) if holds => {
                (form.of("bao-ket-qua", "programme-report", "programme-report-note", true, true))
                (form.of("minh-chung", "programme-add-evidence", "", true, false))
            }
            Some(_) => { (note(Tone::Plain, html! { (tr!(me, "programme-not-yours")) })) }
            None => { (note(Tone::Plain, html! { (tr!(me, "programme-task-over")) })) }
        }
    }
}

/// What forms of this page share.
struct Form<'a> {
    me: &'a SignedIn,
    ctx: &'a PageContext,
    open: &'a Open,
    typed: &'a str,
    faults: &'a Faults,
}

impl Form<'_> {
    fn of(&self, deed: &str, title: &str, note: &str, papers: bool, main: bool) -> Markup {
        let (me, code) = (self.me, &self.open.case.code);
        let label = me.words.t(if note.is_empty() { title } else { note });
        let id = format!("papers-{deed}");
        let field = format!("loi-{deed}");
        let body = html! {
            form.stack method="post" action={ (TASKS) "/" (code) "/" (deed) } enctype="multipart/form-data" {
                (csrf_field(self.ctx))
                input type="hidden" name="version" value=(self.open.case.version);
                @if !note.is_empty() {
                    (fields::textarea(&me.words, &Field::new(&field, &label).letters_max(4000).fault(self.faults.of(&field)), self.typed))
                }
                @if papers {
                    (parts::papers(&me.words, &id, self.faults.of(&id)))
                }
                p.acts { button.btn.go[main] { (me.words.t(title)) } }
            }
        };
        card(deed, &me.words.t(title), body)
    }
}

/// What happened, newest first.
fn story(me: &SignedIn, open: &Open) -> Vec<Happening> {
    let who = |actor: &Actor| parts::actor(&me.directory, actor);
    let one = |told: &Told| Happening {
        icon: match told.change {
            Change::Submitted { .. } => Icon::Inbox,
            Change::Assigned { .. } | Change::Moved { .. } | Change::Forwarded { .. } => Icon::Next,
            Change::Escalated { .. } => Icon::Bell,
            _ => Icon::Done,
        },
        kind: HappeningKind::Past,
        what: happened(me, &told.change),
        who: who(&told.actor),
        when: me.words.moment_near(told.happened_at, me.now),
        consequence: html! { @if let Some(note) = &told.note { @if !note.is_empty() { p.small { (note) } } } },
    };
    open.story.iter().rev().map(one).collect()
}

fn happened(me: &SignedIn, change: &Change) -> String {
    let key = match change {
        Change::Completed { outcome, .. } => format!("programme-done-{}", outcome.as_str()),
        other => format!("programme-event-{}", other.kind().replace('_', "-")),
    };
    if me.words.has(&key) { me.words.t(&key) } else { change.kind().to_owned() }
}

/// What is sent from the page.
pub(super) async fn act(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, deed)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let open = open(&desk, &me, &code).await?;
    let facts = desk.facts(&open.case, &desk.moment());
    if let Err(denial) = me.may(&desk.front, Action::CompleteStep, Target::Case(&facts)).check() {
        desk::log_denial(&desk, &me, Some(open.case.id), denial.clone()).await;
        return Err(desk::forbidden(&me, &denial));
    }
    let field = format!("loi-{deed}");
    let words = sent.typed.get(&field).to_owned();
    let expected = sent.typed.get("version").parse::<u32>().ok();
    let mut faults = Faults::default();
    let kept = match keep(&desk, &me.words, sent.papers).await? {
        Ok(kept) => kept,
        Err(fault) => {
            faults.add(format!("papers-{deed}"), fault);
            Vec::new()
        }
    };
    if deed == "bao-ket-qua" && kept.is_empty() && open.files.is_empty() && faults.is_empty() {
        faults.add("papers-bao-ket-qua", tr!(me, "programme-fault-evidence"));
    }
    if deed == "minh-chung" && kept.is_empty() && faults.is_empty() {
        faults.add("papers-minh-chung", tr!(me, "programme-fault-evidence"));
    }
    let short = words.chars().count() < REASON_MIN;
    if short && matches!(deed.as_str(), "bao-ket-qua" | "lam-tiep") {
        faults.add(field.clone(), tr!(me, "programme-fault-words"));
    }
    let deed_of = match deed.as_str() {
        "bao-ket-qua" => Some(Deed::Report(words.clone())),
        "dat" => Some(Deed::Take(words.clone())),
        "lam-tiep" => Some(Deed::More(words.clone())),
        "minh-chung" => None,
        _ => return Err(Problem::not_found()),
    };
    if !faults.is_empty() {
        return shown(&desk, &me, &open, &words, &faults).await;
    }
    let papers: Vec<Paper> = kept
        .into_iter()
        .map(|file| Paper { component: None, copies: 1, source: "online", file: Some(file) })
        .collect();
    let (task, stamp, case) = (open.task.clone(), common::stamp(&me), open.case.id);
    let written = common::write(&desk, move |tx, desk| {
        if !papers.is_empty() {
            commands::add_evidence(tx, desk, &task, &papers, &stamp)?;
        }
        match &deed_of {
            Some(deed) => {
                commands::run(tx, desk, &task, (case, expected), deed, &stamp).map(|_| ())
            }
            None => Ok(()),
        }
    });
    let path = format!("{TASKS}/{}", open.case.code);
    match written.await {
        // Who reported may no longer hold it, and still sees it: it is their task.
        Ok(()) => Ok(common::done(&path, me.words.t(&format!("programme-did-{deed}")))),
        Err(Error::Desk(error)) => {
            let moment = desk.moment();
            let procedure = moment.shelf.version(&open.case.procedure);
            let procedure = procedure.map(AsRef::as_ref);
            let said = desk::refusal::of_error(&me.words, &error, &moment, procedure, me.now);
            let Some(said) = said else { return Err(error.into()) };
            faults.add(field, said);
            shown(&desk, &me, &open, &words, &faults).await
        }
        Err(error) => common::refused(&me, &path, error),
    }
}

/// A paper of a task.
pub(super) async fn evidence(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, &code).await?;
    let known = |file: &&AttachedFile| name == format!("{}.{}", file.hash, file.kind);
    let found = open.files.iter().find(known).ok_or_else(Problem::not_found)?;
    paper(&desk, &found.hash, &found.kind, &found.name).await
}
