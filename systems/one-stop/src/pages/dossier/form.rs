//! The fields of each command, and the command that was typed into them.

use casework::{
    Command, Component, DeclineReason, DiscontinueGround, Note, Obligation, SupplementReason,
    SuspensionGround,
};
use kernel::Instant;
use maud::{Markup, html};
use procedure::{OutcomeId, StepId};
use web::{
    SignedIn,
    components::fields::{self, Choice, Field},
    form::Faults,
    tr,
};

use super::{Open, can};
use crate::pages::typed::{InstantFault, Typed};

/// The fields of a command, with what was typed.
pub(super) fn fields(
    me: &SignedIn,
    open: &Open,
    command: &str,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let select = |name: &str, label: &str, choices: &[Choice], chosen: &str| {
        let field = Field::new(name, label).fault(faults.of(name));
        fields::select(&me.words, &field, choices, chosen)
    };
    let words = |key: &str| me.words.t(key);
    let reasons = |prefix: &str, all: Vec<&'static str>| -> Vec<Choice> {
        let choices = all.into_iter();
        choices.map(|word| Choice::new(word, me.words.t(&format!("{prefix}-{word}")))).collect()
    };
    let reason = |choices: Vec<Choice>| {
        select("reason", &words("act-reason"), &choices, typed.get("reason"))
    };
    let own = match command {
        "complete" => outcome(me, open, typed, faults),
        "send_back" => select("to", &words("act-to-step"), &steps_back(me, open), typed.get("to")),
        "assign" => seats(me, open, typed, faults),
        "request_supplement" => {
            reason(reasons("supplement", all(SupplementReason::ALL, |r| r.word())))
        }
        "decline" => reason(reasons("decline", all(DeclineReason::ALL, |r| r.word()))),
        "suspend" => reason(reasons("suspension", all(SuspensionGround::ALL, |r| r.word()))),
        "discontinue" => reason(reasons("discontinue", all(DiscontinueGround::ALL, |r| r.word()))),
        "receive_supplement" => came(me, open, typed),
        "set_obligation" => obligation(me, typed, faults),
        "record_payment" => payment(me, open, typed, faults),
        "waive_obligation" => {
            select("number", &words("act-waived-fee"), &owed(me, open), typed.get("number"))
        }
        "extend" => until(me, typed, faults),
        _ => html! {},
    };
    html! {
        (own)
        @if let Some(optional) = note_of(command) {
            @let label = words(if command == "return_result" { "act-fetched-by" } else if optional { "act-note" } else { "act-why" });
            @let lines = is_slip(command).then(|| words("act-slip-lines"));
            @let field = Field { optional, hint: lines.as_deref(), ..Field::new("note", &label) };
            (fields::textarea(&me.words, &field.fault(faults.of("note")), typed.get("note")))
        }
        details open[faults.of("happened_day").is_some() || !typed.get("happened_day").is_empty()] {
            summary.small { (tr!(me, "act-happened-before")) }
            (happened(me, typed, faults))
        }
    }
}

/// Whether the words of a command are printed on a form, line by line.
fn is_slip(command: &str) -> bool {
    matches!(command, "request_supplement" | "decline" | "discontinue")
}

/// Whether a command has words, and whether they may be left out.
fn note_of(command: &str) -> Option<bool> {
    match command {
        "resume" | "receive_supplement" | "set_obligation" | "record_payment" => None,
        "accept" | "assign" | "complete" | "withdraw" | "return_result" => Some(true),
        _ => Some(false),
    }
}

/// When it is said to have happened, where that was not just now.
pub(super) fn happened(me: &SignedIn, typed: &Typed, faults: &Faults) -> Markup {
    moment(
        me,
        typed,
        faults,
        ("happened_day", "act-happened-day"),
        ("happened_hour", "act-happened-hour"),
    )
}

fn until(me: &SignedIn, typed: &Typed, faults: &Faults) -> Markup {
    moment(me, typed, faults, ("to_day", "act-to-day"), ("to_hour", "act-to-hour"))
}

/// A day and an hour, each a name and the key of its label.
fn moment(
    me: &SignedIn,
    typed: &Typed,
    faults: &Faults,
    day: (&str, &str),
    hour: (&str, &str),
) -> Markup {
    let (day_label, hour_label) = (me.words.t(day.1), me.words.t(hour.1));
    let hint = tr!(me, "act-hour-hint");
    let day_field = Field::new(day.0, &day_label).fault(faults.of(day.0)).width(6);
    let hour_field = Field::new(hour.0, &hour_label).hint(&hint).fault(faults.of(hour.0)).width(6);
    html! {
        div.grid.g4 {
            (fields::date(&me.words, &day_field, typed.get(day.0)))
            (fields::text(&me.words, &hour_field.letters_max(5), typed.get(hour.0)))
        }
    }
}

fn outcome(me: &SignedIn, open: &Open, typed: &Typed, faults: &Faults) -> Markup {
    let mut choices = Vec::new();
    for step in can::mine(me, open) {
        for outcome in can::outcomes(step) {
            let value = format!("{} {}", step.id, outcome.id);
            choices.push(Choice { value, label: outcome.name.clone(), note: step.name.clone() });
        }
    }
    let label = tr!(me, "act-outcome");
    let field = Field::new("do", &label).fault(faults.of("do"));
    fields::radios(&me.words, &field, &choices, typed.get("do"))
}

fn steps_back(me: &SignedIn, open: &Open) -> Vec<Choice> {
    let Some(procedure) = &open.procedure else { return Vec::new() };
    let name = |id: &StepId| {
        procedure.workflow.step(id).map_or_else(|| id.to_string(), |step| step.name.clone())
    };
    let pairs = can::backwards(me, open, &procedure.workflow);
    pairs.iter().map(|(from, to)| Choice::new(format!("{from} {to}"), name(to))).collect()
}

fn seats(me: &SignedIn, open: &Open, typed: &Typed, faults: &Faults) -> Markup {
    let (directory, case) = (&open.moment.directory, open.case());
    let mut choices = Vec::new();
    for (step, held) in &case.holdings {
        for post in directory.posts_in(held.agency, me.now).filter(|post| post.id != held.post) {
            let Some(person) = directory.holder(post.id, me.now) else { continue };
            let label = format!("{}, {}", person.name, post.title);
            choices.push(Choice::new(format!("{step} {}", post.id), label));
        }
    }
    let label = tr!(me, "act-to-seat");
    let field = Field::new("to", &label).fault(faults.of("to"));
    fields::select(&me.words, &field, &choices, typed.get("to"))
}

fn came(me: &SignedIn, open: &Open, typed: &Typed) -> Markup {
    let papers = open.procedure.as_ref().map_or(&[][..], |procedure| &procedure.components);
    let mut choices: Vec<Choice> =
        papers.iter().map(|paper| Choice::new(paper.id.to_string(), paper.name.clone())).collect();
    choices.push(Choice::new("-", tr!(me, "dossier-further-paper")));
    let chosen: Vec<&str> = typed.all("paper").collect();
    let label = tr!(me, "act-papers-came");
    fields::checkboxes(&me.words, &Field::new("paper", &label), &choices, &chosen)
}

fn obligation(me: &SignedIn, typed: &Typed, faults: &Faults) -> Markup {
    let (name, amount) = (tr!(me, "act-fee-name"), tr!(me, "act-amount"));
    let pauses = tr!(me, "act-pauses");
    html! {
        (fields::text(&me.words, &Field::new("name", &name).fault(faults.of("name")), typed.get("name")))
        (fields::input(&me.words, &Field::new("amount", &amount).fault(faults.of("amount")), "number", typed.get("amount")))
        (fields::checkbox(&Field::new("pauses", &pauses), typed.get("pauses") == "1"))
    }
}

/// What is still to be paid, to choose from.
fn owed(me: &SignedIn, open: &Open) -> Vec<Choice> {
    let owed = open.case().obligations.iter().filter(|owed| owed.is_owed());
    let choice = |owed: &Obligation| {
        let amount = me.words.money(i64::try_from(owed.amount).unwrap_or(i64::MAX));
        Choice::new(owed.number.to_string(), format!("{}, {amount}", owed.name))
    };
    owed.map(choice).collect()
}

fn payment(me: &SignedIn, open: &Open, typed: &Typed, faults: &Faults) -> Markup {
    let choices = owed(me, open);
    let first = choices.first().map_or("", |choice| choice.value.as_str());
    let typed_number = typed.get("number");
    let chosen = if typed_number.is_empty() { first } else { typed_number };
    let labels = [tr!(me, "act-which-fee"), tr!(me, "act-amount"), tr!(me, "act-reference")];
    let online = tr!(me, "act-paid-online");
    let field = |name, i: usize| Field::new(name, labels[i].as_str()).fault(faults.of(name));
    html! {
        (fields::select(&me.words, &field("number", 0), &choices, chosen))
        (fields::input(&me.words, &field("amount", 1), "number", typed.get("amount")))
        (fields::text(&me.words, &field("reference", 2), typed.get("reference")))
        (fields::checkbox(&Field::new("online", &online), typed.get("online") == "1"))
    }
}

/// When it happened; `None` too where that was typed wrong, and then there is a fault.
pub(super) fn happened_at(me: &SignedIn, typed: &Typed, faults: &mut Faults) -> Option<Instant> {
    instant(me, typed, faults, "happened_day", "happened_hour")
}

fn instant(
    me: &SignedIn,
    typed: &Typed,
    faults: &mut Faults,
    day: &str,
    hour: &str,
) -> Option<Instant> {
    match typed.instant(day, hour) {
        Ok(at) => at,
        Err(InstantFault::Day(fault)) => {
            faults.add(day, fault.say(&me.words));
            None
        }
        Err(InstantFault::Hour) => {
            faults.add(hour, tr!(me, "act-hour-fault"));
            None
        }
    }
}

/// The command that was typed; `None` where something is missing, and then there is a fault.
pub(super) fn command(
    me: &SignedIn,
    open: &Open,
    name: &str,
    typed: &Typed,
    faults: &mut Faults,
) -> Option<Command> {
    let command = without_note(me, open, name, typed, faults);
    // Said after the fields that stand above it.
    if note_of(name) == Some(false) && typed.get("note").is_empty() {
        faults.add("note", tr!(me, "refusal-reason-missing"));
    }
    command
}

fn without_note(
    me: &SignedIn,
    open: &Open,
    name: &str,
    typed: &Typed,
    faults: &mut Faults,
) -> Option<Command> {
    let note = Note(typed.get("note").to_owned());
    let reason = typed.get("reason");
    let missing = || tr!(me, "act-choose");
    Some(match name {
        "accept" => Command::Accept { note },
        "resume" => Command::Resume,
        "withdraw" => Command::Withdraw { note },
        "return_result" => Command::ReturnResult { note },
        "approve_second_supplement" => Command::ApproveSecondSupplement { note },
        "complete" => {
            let pair = typed.get("do").split_once(' ');
            let pair =
                pair.and_then(|(step, outcome)| Some((step.parse::<StepId>().ok()?, outcome)));
            let pair = pair.and_then(|(step, out)| Some((step, out.parse::<OutcomeId>().ok()?)));
            let (step, outcome) = chosen(pair, "do", faults, missing)?;
            Command::Complete { step, outcome, note }
        }
        "send_back" => {
            let pair = typed.get("to").split_once(' ');
            let pair = pair.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
            let (step, to) = chosen(pair, "to", faults, missing)?;
            Command::SendBack { step, to, note }
        }
        "assign" => {
            let pair = typed.get("to").split_once(' ');
            let pair = pair.and_then(|(step, to)| Some((step.parse().ok()?, to.parse().ok()?)));
            let (step, post) = chosen(pair, "to", faults, missing)?;
            Command::Assign { step, post, note }
        }
        "request_supplement" => {
            let reason = chosen(SupplementReason::from_word(reason), "reason", faults, missing)?;
            Command::RequestSupplement { reason, note }
        }
        "decline" => {
            let reason = chosen(DeclineReason::from_word(reason), "reason", faults, missing)?;
            Command::Decline { reason, note }
        }
        "suspend" => {
            let ground = chosen(SuspensionGround::from_word(reason), "reason", faults, missing)?;
            Command::Suspend { ground, note }
        }
        "discontinue" => {
            let ground = chosen(DiscontinueGround::from_word(reason), "reason", faults, missing)?;
            Command::Discontinue { ground, note }
        }
        "extend" => {
            let to = instant(me, typed, faults, "to_day", "to_hour");
            Command::Extend { to: chosen(to, "to_day", faults, missing)?, note }
        }
        "receive_supplement" => Command::ReceiveSupplement { components: components(open, typed) },
        "waive_obligation" => {
            let number = typed.get("number").parse::<u32>().ok();
            Command::WaiveObligation { number: chosen(number, "number", faults, missing)?, note }
        }
        "set_obligation" | "record_payment" => money(me, name, typed, faults)?,
        _ => return None,
    })
}

fn money(me: &SignedIn, name: &str, typed: &Typed, faults: &mut Faults) -> Option<Command> {
    let amount: String = typed.get("amount").chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    let amount = amount.parse::<u64>().ok().filter(|amount| *amount > 0);
    let amount = chosen(amount, "amount", faults, || tr!(me, "act-amount-fault"));
    if name == "record_payment" {
        let number = typed.get("number").parse::<u32>().ok();
        let number = chosen(number, "number", faults, || tr!(me, "act-choose"));
        let (online, reference) = (typed.get("online") == "1", typed.get("reference").to_owned());
        if reference.is_empty() {
            faults.add("reference", tr!(me, "act-reference-fault"));
        }
        return Some(Command::RecordPayment {
            number: number?,
            amount: amount?,
            online,
            reference,
        });
    }
    let name = typed.get("name").to_owned();
    if name.is_empty() {
        faults.add("name", tr!(me, "act-fee-name-fault"));
    }
    Some(Command::SetObligation { name, amount: amount?, pauses: typed.get("pauses") == "1" })
}

/// The papers ticked, as they are shown at the counter.
fn components(open: &Open, typed: &Typed) -> Vec<Component> {
    let known = open.procedure.as_ref().map_or(&[][..], |procedure| &procedure.components);
    let ticked =
        typed.all("paper").filter(|id| *id == "-" || known.iter().any(|c| c.id.as_str() == *id));
    let paper = |id: &str| Component {
        id: (id != "-").then(|| id.to_owned()),
        copies: 1,
        file: None,
        source: "paper".to_owned(),
    };
    ticked.map(paper).collect()
}

/// The value, or a fault of its field; a fault that is there already stays.
fn chosen<T>(
    value: Option<T>,
    field: &str,
    faults: &mut Faults,
    say: impl FnOnce() -> String,
) -> Option<T> {
    if value.is_none() {
        faults.add(field, say());
    }
    value
}

fn all<T: Copy>(members: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    members.iter().map(|member| word(*member)).collect()
}
