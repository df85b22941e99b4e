//! What the clerk wants done, and what follows from it: what was seen of the fees, what was paid,
//! the reason of a refusal.

use casework::{Channel, Command, DeclineReason, SupplementReason};
use desk::{Answers, Charge, Owed, Paper, Seen};
use identity::party::Party;
use kernel::{AgencyId, today};
use procedure::Procedure;
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

/// What the clerk saw of the fees that no form says: for how many, and what the law frees the
/// applicant of. Fields are named by the place of the fee in the procedure.
pub(super) fn seen(
    me: &SignedIn,
    procedure: &Procedure,
    typed: &Typed,
    faults: &mut Faults,
) -> Seen {
    let mut seen = Seen::default();
    for (place, fee) in procedure.fees.iter().enumerate() {
        if typed.ticked(&waived_field(place)) {
            seen.waived.insert(place);
        }
        let field = times_field(place);
        let text = typed.text(&field);
        if text.is_empty() || fee.times.is_some() {
            continue;
        }
        match text.parse::<u64>().ok().filter(|n| (1..=FEE_TIMES_MAX).contains(n)) {
            Some(times) => {
                seen.times.insert(place, times);
            }
            None => faults.add(field, tr!(me, "counter-fee-times")),
        }
    }
    seen
}

/// Where the clerk says that the law frees the applicant of a fee.
pub(super) fn waived_field(place: usize) -> String {
    format!("mien-{place}")
}

/// Where the clerk says for how many a fee is taken.
pub(super) fn times_field(place: usize) -> String {
    format!("phi-so-{place}")
}

/// The number of the receipt, where the clerk took the money.
pub(super) fn paid(
    me: &SignedIn,
    typed: &Typed,
    owed: &[Owed<'_>],
    faults: &mut Faults,
) -> Option<String> {
    let due: u64 = owed.iter().map(Owed::amount).sum();
    if due == 0 || !typed.ticked("da-thu") {
        return None;
    }
    let reference = typed.text("bien-lai");
    if reference.is_empty() {
        faults.add("bien-lai", tr!(me, "counter-receipt-missing"));
    }
    Some(reference.to_owned())
}

/// What follows the filing: papers asked for, or the reason of a refusal.
pub(super) fn follow_up(
    me: &SignedIn,
    typed: &Typed,
    wish: Wish,
    faults: &mut Faults,
) -> Vec<Command> {
    match wish {
        Wish::LookUp | Wish::Accept => Vec::new(),
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

/// What is charged, and the receipt of what was paid.
pub(super) struct Money {
    pub(super) charge: Charge,
    pub(super) paid: Option<String>,
}

/// The filing as a whole.
pub(super) fn filing(
    procedure: &Procedure,
    applicant: Party,
    answers: Answers,
    papers: Vec<Paper>,
    decided_by: AgencyId,
    money: Money,
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
        charge: money.charge,
        paid: money.paid,
        accept,
    }
}
