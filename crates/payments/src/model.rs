//! Orders, money that came, and what may be wrong with it.

use kernel::{CaseCode, CaseId, Instant, words};
use serde::{Deserialize, Serialize};

kernel::ids! {
    /// An offer to pay.
    OrderId = OrderKind, "order";
    /// Money that came.
    ArrivalId = ArrivalKind, "arrival";
    /// A statement that was read.
    RunId = RunKind, "run";
}

words! {
    /// Where an order stands. An open one that is past its time is still known by its reference.
    OrderState {
        /// It can be paid.
        Open = "open",
        /// Money came for it, and the case has it.
        Paid = "paid",
        /// Something else is owed now, or it was paid in another way.
        Replaced = "replaced",
    }
}

/// One obligation of the case that an order is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// Number of the obligation within the case.
    pub number: u32,
    /// In đồng.
    pub amount: u64,
}

/// An offer to pay what a case owes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// Its identifier.
    pub id: OrderId,
    /// What the payer writes and the gateway knows it by: letters and digits, at most 25.
    pub reference: String,
    /// Whose obligations.
    pub case: CaseId,
    /// The how-manieth order of the case, from 1.
    pub ordinal: u32,
    /// Which obligations.
    pub items: Vec<Item>,
    /// Their sum, in đồng.
    pub amount: u64,
    /// Where it stands.
    pub state: OrderState,
    /// When it was opened.
    pub opened_at: Instant,
    /// Until when it is offered.
    pub expires_at: Instant,
    /// When the money came.
    pub paid_at: Option<Instant>,
    /// The gateway that it was handed to.
    pub gateway: Option<String>,
    /// Where the gateway takes the payer.
    pub pay_url: Option<String>,
    /// When it was handed over.
    pub sent_at: Option<Instant>,
    /// When the gateway last said that a payment failed.
    pub failed_at: Option<Instant>,
    /// How often the gateway was asked what became of it.
    pub asked: u32,
}

impl Order {
    /// Whether it is offered at `now`.
    #[must_use]
    pub fn is_offered(&self, now: Instant) -> bool {
        self.state == OrderState::Open && now < self.expires_at
    }
}

/// The reference of the `ordinal`-th order of a case: the dossier code without points and
/// hyphens, which banks drop, X, and the ordinal. None where that is longer than the purpose of
/// a transfer may be.
#[must_use]
pub fn reference(code: &CaseCode, ordinal: u32) -> Option<String> {
    let text = format!("{}X{ordinal}", squeezed(code.as_str()));
    (text.len() <= crate::vietqr::PURPOSE_LETTERS_MAX).then_some(text)
}

/// Capital letters and digits of a text, as they survive a bank.
#[must_use]
pub(crate) fn squeezed(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect()
}

words! {
    /// What is wrong with money that came.
    Problem {
        /// Nobody knows what it is for.
        Unknown = "unknown",
        /// It is not the amount of its order.
        Differs = "differs",
        /// More came than was owed: paid twice, or paid at the counter before; to be refunded.
        Excess = "excess",
        /// The same transaction was told with two amounts.
        Contradicts = "contradicts",
        /// The bank's statement has another amount.
        StatedOtherwise = "stated_otherwise",
        /// The bank's statement does not have it.
        MissingAtBank = "missing_at_bank",
    }
}

/// Somebody says that money came: a gateway's call, or a line of a statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Who says so: the name of the gateway or of the account.
    pub source: String,
    /// The number that the source gave the transaction.
    pub number: String,
    /// The reference of an order, or words of the payer in which one may stand.
    pub words: String,
    /// In đồng.
    pub amount: u64,
    /// When it was paid, as the source says.
    pub paid_at: Instant,
}

/// Money that came, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its identifier.
    pub id: ArrivalId,
    /// Who said so.
    pub source: String,
    /// The number that the source gave the transaction.
    pub number: String,
    /// Reference of its order, where it has one.
    pub reference: Option<String>,
    /// Its case, where it has one.
    pub case: Option<CaseId>,
    /// What came, in đồng.
    pub amount: u64,
    /// What of it the case has.
    pub applied: u64,
    /// When it was paid.
    pub paid_at: Instant,
    /// When we learned of it.
    pub recorded_at: Instant,
    /// What is wrong with it.
    pub problem: Option<Problem>,
    /// The amount on the bank's statement, where that differs.
    pub stated_amount: Option<u64>,
    /// When a statement showed it.
    pub stated_at: Option<Instant>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reference_is_the_dossier_code_as_banks_keep_it() {
        let code: CaseCode = "H55.62-261123-0008".parse().unwrap();
        assert_eq!(reference(&code, 2).as_deref(), Some("H55622611230008X2"));
        let long: CaseCode = "000.00.01.12.H28.99-240115-0001".parse().unwrap();
        assert_eq!(reference(&long, 1), None);
    }
}
