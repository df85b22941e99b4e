//! What the clerk wants done, and what follows from it: fees, payments, the reason of a refusal.

use casework::{Channel, Command, DeclineReason, SupplementReason};
use desk::{Answers, Paper};
use identity::party::Party;
use kernel::{AgencyId, today};
use procedure::{ChannelKind, Fee, Procedure};
use web::{SignedIn, form, form::Faults, tr};

use super::typed::Typed;
use crate::{commands::CounterFiling, forms::SlipWords};

/// What the clerk wants done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    /// Only look the applicant up, and show the page again.
    LookUp,
    /// Take it on.
    Accept,
    /// Ask for what is missing (form 02).
    Supplement,
    /// Not take it on (form 03).
    Decline,
}

impl Wish {
    /// The wish of the button that was pressed.
    pub(super) fn of(word: &str) -> Self {
        match word {
            "nhan" => Self::Accept,
            "bo-sung" => Self::Supplement,
            "tu-choi" => Self::Decline,
            _ => Self::LookUp,
        }
    }
}

/// Where the applicant wants the result; texts `counter-return-…`.
pub(crate) const RETURNS: [&str; 3] = ["quay", "buu_chinh", "dien_tu"];
/// The answer under which that is kept.
pub(crate) const RETURN_ANSWER: &str = "nhan_ket_qua";
/// Most copies that one fee is taken for.
const FEE_TIMES_MAX: u64 = 1_000;

/// The fees of this filing, each with what it comes to in đồng.
pub(super) fn fees<'p>(
    me: &SignedIn,
    procedure: &'p Procedure,
    typed: &Typed,
    faults: &mut Faults,
) -> Vec<(&'p Fee, u64)> {
    let mut owed = Vec::new();
    for (i, fee) in procedure.fees_for(ChannelKind::Counter).enumerate() {
        if !typed.ticked(&format!("phi-{i}")) {
            continue;
        }
        let times = match typed.text(&format!("phi-so-{i}")) {
            "" => Some(1),
            text => text.parse::<u64>().ok().filter(|n| (1..=FEE_TIMES_MAX).contains(n)),
        };
        match times {
            Some(times) => owed.push((fee, fee.amount.saturating_mul(times))),
            None => faults.add(format!("phi-so-{i}"), tr!(me, "counter-fee-times")),
        }
    }
    owed
}

/// What follows the filing: fees and payments, or the reason of a refusal.
pub(super) fn follow_up(
    me: &SignedIn,
    typed: &Typed,
    wish: Wish,
    owed: &[(&Fee, u64)],
    faults: &mut Faults,
) -> Vec<Command> {
    match wish {
        Wish::LookUp => Vec::new(),
        Wish::Accept => payments(me, typed, owed, faults),
        Wish::Supplement => {
            let reason = SupplementReason::from_word(typed.text("bo-sung-ly-do"));
            let note = words(me, typed, "bo-sung", "counter-supplement-words", faults);
            let Some(reason) = reason else {
                faults.add("bo-sung-ly-do", tr!(me, "counter-reason-missing"));
                return Vec::new();
            };
            vec![Command::RequestSupplement { reason, note }]
        }
        Wish::Decline => {
            let reason = DeclineReason::from_word(typed.text("tu-choi-ly-do"));
            let note = words(me, typed, "tu-choi", "counter-decline-words", faults);
            let Some(reason) = reason else {
                faults.add("tu-choi-ly-do", tr!(me, "counter-reason-missing"));
                return Vec::new();
            };
            vec![Command::Decline { reason, note }]
        }
    }
}

/// What form 02 or 03 will say, as the note of the event.
fn words(
    me: &SignedIn,
    typed: &Typed,
    what: &str,
    missing: &str,
    faults: &mut Faults,
) -> casework::Note {
    let name = |part: &str| format!("{what}-{part}");
    let text = |part: &str| match typed.text(&name(part)) {
        "" => None,
        text => Some(text.to_owned()),
    };
    let said = text("loi").unwrap_or_default();
    if said.is_empty() {
        faults.add(name("loi"), tr!(me, missing));
    }
    let mut words = SlipWords::read(&said);
    words.basis = text("can-cu").or(words.basis);
    words.guidance = text("huong-dan").or(words.guidance);
    if let Some(day) = text("truoc") {
        let day = faults.take(&name("truoc"), form::date(&day), |fault| fault.say(&me.words));
        words.respond_by = day;
        if day.is_some_and(|day| day <= today(me.now)) {
            faults.add(name("truoc"), tr!(me, "counter-respond-past"));
        }
    }
    if let Some(phone) = text("lien-he") {
        let phone = phone.parse();
        words.contact = faults.take(&name("lien-he"), phone, |_| tr!(me, "counter-phone-form"));
    }
    casework::Note(words.written())
}

fn payments(
    me: &SignedIn,
    typed: &Typed,
    owed: &[(&Fee, u64)],
    faults: &mut Faults,
) -> Vec<Command> {
    let paid = typed.ticked("da-thu");
    let reference = typed.text("bien-lai");
    if paid && !owed.is_empty() && reference.is_empty() {
        faults.add("bien-lai", tr!(me, "counter-receipt-missing"));
    }
    let mut commands = Vec::new();
    for (number, (fee, amount)) in (1..).zip(owed) {
        let (name, amount) = (fee.name.clone(), *amount);
        commands.push(Command::SetObligation { name, amount, pauses: false });
        if paid {
            let reference = reference.to_owned();
            commands.push(Command::RecordPayment { number, amount, online: false, reference });
        }
    }
    commands
}

/// The filing as a whole.
pub(super) fn filing(
    procedure: &Procedure,
    applicant: Party,
    answers: Answers,
    papers: Vec<Paper>,
    decided_by: AgencyId,
    accept: bool,
) -> CounterFiling {
    CounterFiling {
        procedure: procedure.code.clone(),
        channel: Channel::Counter,
        applicant,
        answers,
        papers,
        decided_by: Some(decided_by),
        reopens: None,
        accept,
    }
}
