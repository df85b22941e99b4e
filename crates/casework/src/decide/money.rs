//! What is owed and what was paid.

use calendar::Ground;

use super::{Context, OBLIGATIONS_MAX, pause, require};
use crate::{Case, Change, Command, Refusal, Status};

pub(super) fn set_obligation(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    name: &str,
    amount: u64,
    pauses: bool,
) -> Result<Vec<Change>, Refusal> {
    // Work can only wait for a payment while there is work.
    let fits = |status: Status| match pauses {
        true => status == Status::InProgress,
        false => matches!(status, Status::Submitted | Status::Finished) || status.is_running(),
    };
    require(case, command, fits)?;
    if case.obligations.len() >= OBLIGATIONS_MAX {
        return Err(Refusal::TooMany { max: OBLIGATIONS_MAX });
    }
    let number = u32::try_from(case.obligations.len()).unwrap_or(u32::MAX).saturating_add(1);
    let clock = if pauses { pause::held(ctx, case, Ground::FinancialObligation)? } else { None };
    Ok(vec![Change::ObligationSet { number, name: name.to_owned(), amount, clock }])
}

pub(super) fn record_payment(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    number: u32,
    amount: u64,
    online: bool,
    reference: &str,
) -> Result<Vec<Change>, Refusal> {
    require(case, command, |s| {
        matches!(s, Status::Submitted | Status::Finished) || s.is_running()
    })?;
    let owed = case.obligations.iter().find(|o| o.number == number && o.payment.is_none());
    let owed = owed.ok_or(Refusal::NothingOwed(number))?;
    if owed.amount != amount {
        return Err(Refusal::WrongAmount { owed: owed.amount, paid: amount });
    }
    let last = case.unpaid() == amount;
    let resumes = last && case.status == Status::AwaitingPayment;
    let clock = if resumes { pause::resumed(ctx, case)? } else { None };
    Ok(vec![Change::Paid { number, online, reference: reference.to_owned(), clock }])
}
