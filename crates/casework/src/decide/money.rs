//! What is owed, what was paid, and what waits for it.

use calendar::{CaseClock, Ground};
use kernel::Instant;

use super::{Context, OBLIGATIONS_MAX, desk, flow, pause, require, require_reason};
use crate::{
    Case, Change, Command, Refusal, Status,
    model::{Note, Obligation},
};

/// A fee that is due with the application keeps it from being taken on; a financial obligation
/// that arises from the work itself (land, taxes) stops the clock, since the law does not count
/// that time as the agency's. Any other fee stops nothing.
pub(super) fn set_obligation(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    name: &str,
    amount: u64,
    pauses: bool,
) -> Result<Vec<Change>, Refusal> {
    let waits = pauses && amount > 0;
    let fits = |status: Status| match waits {
        true => {
            matches!(status, Status::Submitted | Status::InProgress | Status::AwaitingPayment)
        }
        false => matches!(status, Status::Submitted | Status::Finished) || status.is_running(),
    };
    require(case, command, fits)?;
    if case.obligations.len() >= OBLIGATIONS_MAX {
        return Err(Refusal::TooMany { max: OBLIGATIONS_MAX });
    }
    let number = u32::try_from(case.obligations.len()).unwrap_or(u32::MAX).saturating_add(1);
    // Where it waits for another payment already, the clock stands.
    let stops = waits && case.status == Status::InProgress;
    let clock = if stops { pause::held(ctx, case, Ground::FinancialObligation)? } else { None };
    Ok(vec![Change::ObligationSet { number, name: name.to_owned(), amount, waits, clock }])
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
    let owed = owed(case, command, number)?;
    if owed.amount != amount {
        return Err(Refusal::WrongAmount { owed: owed.amount, paid: amount });
    }
    let (clock, accept_by) = goes_on(ctx, case, number)?;
    Ok(vec![Change::Paid { number, online, reference: reference.to_owned(), clock, accept_by }])
}

pub(super) fn waive(
    ctx: &Context<'_>,
    case: &Case,
    command: &Command,
    number: u32,
    note: &Note,
) -> Result<Vec<Change>, Refusal> {
    owed(case, command, number)?;
    require_reason(note)?;
    let (clock, accept_by) = goes_on(ctx, case, number)?;
    Ok(vec![Change::Waived { number, clock, accept_by }])
}

fn owed<'c>(case: &'c Case, command: &Command, number: u32) -> Result<&'c Obligation, Refusal> {
    require(case, command, |s| {
        matches!(s, Status::Submitted | Status::Finished) || s.is_running()
    })?;
    let owed = case.obligations.iter().find(|o| o.number == number && o.is_owed());
    owed.ok_or(Refusal::NothingOwed(number))
}

/// What follows once this obligation is settled and nothing else is waited for: the clock goes
/// on; or the hours in which it must be taken on begin, since without a fee that is due with it
/// an application was not whole.
fn goes_on(
    ctx: &Context<'_>,
    case: &Case,
    number: u32,
) -> Result<(Option<CaseClock>, Option<Instant>), Refusal> {
    // Obligations of older cases do not say what waits for them; then everything does.
    let said = case.obligations.iter().any(|o| o.waits);
    let mut others = case.obligations.iter().filter(|o| o.number != number && o.is_owed());
    if case.status != Status::AwaitingPayment || others.any(|o| o.waits || !said) {
        return Ok((None, None));
    }
    match case.clock {
        Some(_) => Ok((pause::resumed(ctx, case)?, None)),
        None => {
            let procedure = flow::procedure(ctx, case)?;
            Ok((None, Some(desk::accept_by(ctx, procedure, case.received_by))))
        }
    }
}
