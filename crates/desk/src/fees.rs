//! What an application owes: by its procedure, its channel and its form. Nobody types an amount;
//! an officer only says what no form can, that the law frees somebody, or how many there are.
//!
//! It is set once, when the application is filed. What waits for it the procedure says
//! ([`Due`]): a fee that is due with the application keeps it from being taken on, and the eight
//! hours of taking it on begin when it is paid; any other is due before the result, and no clock
//! stops for it. What the work itself gives rise to (taxes on land, say) is a financial
//! obligation, which the deciding officer sets, and for which the clock stands.

use std::collections::{BTreeMap, BTreeSet};

use casework::{Case, Command, Stamp};
use jiff::civil::Date;
use journal::Event;
use kernel::{Actor, today};
use procedure::{ChannelKind, Due, Fee, Procedure};
use store::Tx;

use crate::{Answers, Desk, Result, act::act};

/// Who sets what is owed: the house, by the procedure.
const SELF: &str = "fees";

/// What is charged of an application.
#[derive(Debug, Clone)]
pub enum Charge {
    /// The fees of its procedure, with what an officer saw.
    Fees(Seen),
    /// Nothing, since it is turned away as it comes.
    Nothing,
}

impl Default for Charge {
    fn default() -> Self {
        Self::Fees(Seen::default())
    }
}

/// What an officer saw that no form says; fees by their places in the procedure.
#[derive(Debug, Clone, Default)]
pub struct Seen {
    /// What the law frees this applicant of (Law on Fees and Charges, article 10). On what ground
    /// is on the papers that they showed, and not in the journal: it may say that somebody is ill.
    pub waived: BTreeSet<usize>,
    /// For how many a fee is taken, where the procedure has no field for that.
    pub times: BTreeMap<usize, u64>,
}

/// A fee that an application owes.
#[derive(Debug, Clone, Copy)]
pub struct Owed<'p> {
    /// The fee.
    pub fee: &'p Fee,
    /// Its place in the procedure.
    pub place: usize,
    /// For how many.
    pub times: u64,
    /// Whether the law frees this applicant of it.
    pub waived: bool,
}

impl Owed<'_> {
    /// In đồng.
    #[must_use]
    pub const fn amount(&self) -> u64 {
        if self.waived { 0 } else { self.fee.amount.saturating_mul(self.times) }
    }
}

/// What is owed by who files with these answers on `day`.
#[must_use]
pub fn fees<'p>(
    procedure: &'p Procedure,
    channel: ChannelKind,
    answers: &Answers,
    seen: &Seen,
    day: Date,
) -> Vec<Owed<'p>> {
    let answers = serde_json::Value::Object(answers.clone());
    let asked = procedure.fees_for(channel).filter_map(|fee| {
        let place = procedure.fees.iter().position(|one| std::ptr::eq(one, fee))?;
        let by_form = fee.asked(&answers, day)?;
        let counted = seen.times.get(&place).copied().filter(|_| fee.times.is_none());
        let (times, waived) = (counted.unwrap_or(by_form), seen.waived.contains(&place));
        Some(Owed { fee, place, times, waived })
    });
    asked.collect()
}

/// Sets what a dossier that was just filed owes.
pub(crate) fn set(
    tx: &mut Tx<'_>,
    desk: &Desk,
    mut case: Case,
    procedure: &Procedure,
    answers: &Answers,
    charge: &Charge,
    stamp: &Stamp,
) -> Result<(Case, Vec<Event>)> {
    let Charge::Fees(seen) = charge else { return Ok((case, Vec::new())) };
    let stamp = Stamp { actor: Actor::System(SELF.to_owned()), ..stamp.clone() };
    let day = today(stamp.happened_at);
    let mut events = Vec::new();
    for owed in fees(procedure, case.channel.kind(), answers, seen, day) {
        let (name, amount) = (owed.fee.name.clone(), owed.amount());
        let pauses = owed.fee.due == Due::Acceptance;
        let command = Command::SetObligation { name, amount, pauses };
        let done = act(tx, desk, case, None, &command, &stamp)?;
        case = done.case;
        events.extend(done.events);
    }
    Ok((case, events))
}
