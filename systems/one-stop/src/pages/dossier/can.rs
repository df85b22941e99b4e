//! What may be done to a dossier now, and why the rest may not: the policies and the pure core
//! are asked, so that the reason shown is the true one.

use std::collections::BTreeSet;

use casework::{
    Case, Command, DeclineReason, DiscontinueGround, Note, Refusal, Stamp, Status,
    SupplementReason, SuspensionGround, decide,
};
use identity::access::{Action, Decision, Target};
use maud::{Markup, html};
use procedure::{End, Outcome, Step, StepId, Target as Leads};
use web::{
    Icon, SignedIn,
    components::{
        can::{Can, Weight},
        fields::{self, Field},
    },
    icon,
    page::{PageContext, csrf_field},
    tr,
};

use super::{Open, form::happened, refusal};
use crate::{
    Desk,
    commands::action_of,
    pages::{RESULT, typed::Typed},
};

/// Every command that has a page of its own, in the order in which it is offered.
pub(super) const COMMANDS: &[&str] = &[
    "accept",
    "receive_supplement",
    "record_payment",
    "waive_obligation",
    "resume",
    "return_result",
    "request_supplement",
    "approve_second_supplement",
    "send_back",
    "assign",
    "set_obligation",
    "suspend",
    "extend",
    "withdraw",
    "decline",
    "discontinue",
];

/// What takes something away from someone, or gives away a date.
pub(super) fn is_harsh(command: &str) -> bool {
    matches!(command, "decline" | "discontinue" | "withdraw" | "extend" | "waive_obligation")
}

/// Whether a command may be given now.
pub(super) enum Standing {
    Yes,
    /// Why not, the way out, and whether it would be the next thing but for this.
    No {
        why: String,
        way_out: Option<(String, String)>,
        near: bool,
    },
}

/// The steps that this person holds, in any of their seats.
pub(super) fn mine<'o>(me: &SignedIn, open: &'o Open) -> Vec<&'o Step> {
    let Some(procedure) = &open.procedure else { return Vec::new() };
    let seats: BTreeSet<_> = me.officer.seats.iter().map(|seat| seat.post).collect();
    let held = open.case().holdings.iter().filter(|(_, held)| seats.contains(&held.post));
    held.filter_map(|(step, _)| procedure.workflow.step(step)).collect()
}

/// The outcomes of a step, each once: the same outcome may lead to several places.
pub(super) fn outcomes(step: &Step) -> Vec<&Outcome> {
    let mut seen = BTreeSet::new();
    step.outcomes.iter().filter(|outcome| seen.insert(outcome.id.as_str())).collect()
}

/// Asks the policies, then the rules.
pub(super) fn standing(shared: &Desk, me: &SignedIn, open: &Open, command: &Command) -> Standing {
    let facts = shared.facts(open.case(), &open.moment);
    let question = shared.front.access.about(&me.officer, Target::Case(&facts));
    if let Decision::Denied(denial) = question.decide(action_of(command)) {
        let why = refusal::denied(&me.words, &denial, &open.moment.directory, me.now);
        return Standing::No { why, way_out: None, near: false };
    }
    let stamp = Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now };
    let Err(refused) = decide(&open.moment, &stamp, open.case(), command) else {
        return Standing::Yes;
    };
    let names = refusal::Names {
        procedure: open.procedure.as_deref(),
        directory: Some(&open.moment.directory),
    };
    let mut why = refusal::told(&me.words, &refused, me.now, names);
    let mut way_out = None;
    match &refused {
        Refusal::SecondSupplementNeedsApproval { .. } => {
            match question.decide(Action::ApproveSecondSupplement) {
                Decision::Allowed => way_out = Some(way(me, open, "approve_second_supplement")),
                Decision::Denied(denial) => {
                    let who = refusal::who(&me.words, &denial, &open.moment.directory, me.now);
                    why = format!("{why} {}", who.unwrap_or_default());
                }
            }
        }
        Refusal::Unpaid(_) | Refusal::UnpaidBefore(_) => {
            way_out = Some(way(me, open, "record_payment"))
        }
        Refusal::MissingComponents(_) => way_out = Some(way(me, open, "request_supplement")),
        _ => {}
    }
    let near = !matches!(refused, Refusal::WrongStatus { .. } | Refusal::ApprovalNotNeeded);
    Standing::No { why: why.trim_end().to_owned(), way_out, near }
}

fn way(me: &SignedIn, open: &Open, command: &str) -> (String, String) {
    (label(me, open.case(), command), href(open, command))
}

/// The verb of a command.
pub(super) fn label(me: &SignedIn, case: &Case, command: &str) -> String {
    if command == "request_supplement" && !case.supplements.is_empty() {
        return tr!(me, "act-request_supplement-again", n = case.supplements.len() + 1);
    }
    tr!(me, &format!("act-{command}"))
}

/// The page of a command.
pub(super) fn href(open: &Open, command: &str) -> String {
    format!("{}/viec/{command}", open.href())
}

/// A command as it might be given, to ask whether it could be; none where there is nothing that
/// it could be given for.
pub(super) fn sample(me: &SignedIn, open: &Open, command: &str) -> Option<Command> {
    let case = open.case();
    let note = || Note::from("–");
    let workflow = open.procedure.as_ref().map(|procedure| &procedure.workflow);
    Some(match command {
        "accept" => Command::Accept { note: Note::default() },
        "decline" => Command::Decline { reason: DeclineReason::Incomplete, note: note() },
        "request_supplement" => {
            Command::RequestSupplement { reason: SupplementReason::MissingPaper, note: note() }
        }
        "approve_second_supplement" => Command::ApproveSecondSupplement { note: note() },
        "receive_supplement" => Command::ReceiveSupplement { components: Vec::new() },
        "resume" => Command::Resume,
        "return_result" => Command::ReturnResult { note: Note::default() },
        "withdraw" => Command::Withdraw { note: Note::default() },
        "suspend" => Command::Suspend { ground: SuspensionGround::Verification, note: note() },
        "discontinue" => {
            Command::Discontinue { ground: DiscontinueGround::MootObject, note: note() }
        }
        "set_obligation" => {
            Command::SetObligation { name: "–".to_owned(), amount: 1, pauses: false }
        }
        "waive_obligation" => {
            let owed = case.obligations.iter().find(|owed| owed.is_owed())?;
            Command::WaiveObligation { number: owed.number, note: note() }
        }
        "record_payment" => {
            let owed = case.obligations.iter().find(|owed| owed.is_owed())?;
            let (number, amount) = (owed.number, owed.amount);
            Command::RecordPayment { number, amount, online: false, reference: String::new() }
        }
        "extend" => {
            let later = case.due().unwrap_or(me.now).max(me.now);
            let to = kernel::from_micros(kernel::micros(later) + 86_400_000_000);
            Command::Extend { to, note: note() }
        }
        "send_back" => {
            let (step, to) = backwards(me, open, workflow?).into_iter().next()?;
            Command::SendBack { step, to, note: note() }
        }
        "assign" => {
            let (step, held) = case.holdings.iter().next()?;
            let mut seats = open.moment.directory.posts_in(held.agency, me.now);
            let post = seats.find(|post| post.id != held.post)?.id;
            Command::Assign { step: step.clone(), post, note: Note::default() }
        }
        _ => return None,
    })
}

/// From which of the open steps to which: those of this person, else all.
pub(super) fn backwards(
    me: &SignedIn,
    open: &Open,
    workflow: &procedure::Workflow,
) -> Vec<(StepId, StepId)> {
    let marking = &open.case().marking;
    let held: Vec<StepId> = mine(me, open).iter().map(|step| step.id.clone()).collect();
    let from = if held.is_empty() { marking.open.iter().cloned().collect() } else { held };
    let pairs = from.into_iter().flat_map(|step| {
        let targets = workflow.send_back_targets(marking, &step);
        targets.into_iter().map(move |to| (step.clone(), to.id.clone())).collect::<Vec<_>>()
    });
    pairs.collect()
}

/// The card "what next": outcomes first, then what else may be done, then what may not.
pub(super) fn card(shared: &Desk, me: &SignedIn, ctx: &PageContext, open: &Open) -> Markup {
    let case = open.case();
    let (mut may, mut near, mut far): (Vec<Can>, Vec<Can>, Vec<Can>) = Default::default();
    for command in COMMANDS {
        let Some(sample) = sample(me, open, command) else { continue };
        let verb = label(me, case, command);
        match standing(shared, me, open, &sample) {
            Standing::Yes => {
                let weight = match *command {
                    "accept" | "receive_supplement" | "return_result" | "resume" => Weight::Main,
                    _ if is_harsh(command) => Weight::Harsh,
                    _ => Weight::Plain,
                };
                may.push(Can::Link { label: verb, href: href(open, command), weight });
            }
            Standing::No { why, way_out, near: is_near } => {
                let label = tr!(me, "dossier-not-now", what = verb);
                let refused = Can::Refused { label, why, way_out };
                if is_near { near.push(refused) } else { far.push(refused) }
            }
        }
    }
    let steps = complete(shared, me, ctx, open);
    html! { div.stack {
        (steps)
        (super::actions(&may))
        @if !near.is_empty() { (super::actions(&near)) }
        @if !far.is_empty() {
            details {
                summary.small { (tr!(me, "dossier-not-now-all", n = far.len())) }
                (super::actions(&far))
            }
        }
    } }
}

/// The outcomes of the steps in hand as buttons; or who holds them.
fn complete(shared: &Desk, me: &SignedIn, ctx: &PageContext, open: &Open) -> Markup {
    let case = open.case();
    if case.holdings.is_empty() || !case.status.is_running() {
        return html! {};
    }
    let held = mine(me, open);
    let first = held.first().copied();
    let asked = first.or_else(|| {
        let (step, _) = case.holdings.iter().next()?;
        open.procedure.as_ref()?.workflow.step(step)
    });
    let Some((step, outcome)) = asked.and_then(|step| Some((step, step.outcomes.first()?))) else {
        return html! {};
    };
    let (id, outcome) = (step.id.clone(), outcome.id.clone());
    let sample = Command::Complete { step: id, outcome, note: Note::default() };
    if let Standing::No { why, way_out, .. } = standing(shared, me, open, &sample) {
        let label = tr!(me, "dossier-not-now", what = step.name.as_str());
        return super::actions(&[Can::Refused { label, why, way_out }]);
    }
    let mut buttons = Vec::new();
    for step in &held {
        for outcome in outcomes(step) {
            let refusal = outcome.target == Leads::End(End::Refusal);
            let main = buttons.is_empty();
            buttons.push(Can::Button {
                label: outcome.name.clone(),
                value: format!("{} {}", step.id, outcome.id),
                weight: match (refusal, main) {
                    (true, _) => Weight::Harsh,
                    (_, true) => Weight::Main,
                    _ => Weight::Plain,
                },
                key: main.then_some("Ctrl Enter"),
            });
        }
    }
    let note = tr!(me, "act-note");
    let signs = held
        .iter()
        .flat_map(|step| &step.outcomes)
        .any(|outcome| outcome.target == Leads::End(End::Result));
    html! {
        @if signs {
            p { a.btn.go.wide href={ (RESULT) "/" (case.code) } { (icon(Icon::Pen)) (tr!(me, "act-sign-result")) } }
            p.small.muted { (tr!(me, "act-sign-result-what")) }
        }
        form.stack method="post" action=(href(open, "complete")) data-main {
            (csrf_field(ctx))
            input type="hidden" name="version" value=(case.version);
            (fields::textarea(&me.words, &Field::new("note", &note).optional(), ""))
            details {
                summary.small { (tr!(me, "act-happened-before")) }
                (happened(me, &Typed::default(), &web::form::Faults::default()))
            }
            (super::actions(&buttons))
        }
        @if case.status == Status::InProgress { hr; }
    }
}
