//! What can be done with a task now, by whoever has it in hand.

use axum::{
    extract::{Path, State},
    response::Response,
};
use desk::{Desk, Paper};
use identity::access::{Action, Target};
use maud::{Markup, html};
use web::{
    PageContext, SignedIn,
    components::{
        fields::{self, Field},
        note::{Tone, note},
        section::card,
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{
    super::{
        TASKS, common, parts,
        typed::{Sent, keep},
    },
    Open, open, shown,
};
use crate::{
    Error,
    commands::{self, Deed, TAKING},
};

/// Letters that say why a result is not enough.
const REASON_MIN: usize = 10;

/// What this officer can do with it now.
pub(super) fn deeds(
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

/// What is sent from the page.
pub(in crate::pages) async fn act(
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
            Some(deed) => commands::run(tx, desk, (case, expected), deed, &stamp).map(|_| ()),
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
