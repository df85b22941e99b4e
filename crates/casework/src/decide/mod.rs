//! The pure core: a state and a command become changes, or a typed refusal.

mod close;
mod desk;
mod flow;
mod money;
mod pause;

use kernel::{CaseCode, CaseId, Instant};

use crate::{
    Case, Change, Command, Refusal, Stamp, Status, World, evolve,
    model::{Note, Submit},
};

/// Letters that a note may have.
pub const NOTE_LETTERS_MAX: usize = 4000;
/// Papers that one case may have.
pub const COMPONENTS_MAX: usize = 200;
/// Obligations that one case may have.
pub const OBLIGATIONS_MAX: usize = 50;

/// What a decision may look at.
pub(crate) struct Context<'a> {
    pub(crate) world: &'a dyn World,
    pub(crate) stamp: &'a Stamp,
}

/// Decides a filing: the state that begins, and its first change.
///
/// # Errors
/// The [`Refusal`] that says why not.
pub fn submit(
    world: &dyn World,
    stamp: &Stamp,
    id: CaseId,
    code: CaseCode,
    filing: Submit,
) -> Result<(Case, Change), Refusal> {
    check_order(stamp, None)?;
    let change = desk::submit(&Context { world, stamp }, code, filing)?;
    let case = evolve::begin(id, &change, stamp);
    Ok((case, change))
}

/// Decides a command: the changes that it makes, in order, at least one.
///
/// # Errors
/// The [`Refusal`] that says why not; nothing is changed then.
pub fn decide(
    world: &dyn World,
    stamp: &Stamp,
    case: &Case,
    command: &Command,
) -> Result<Vec<Change>, Refusal> {
    check_order(stamp, Some(case.last_happened_at))?;
    check_note(command.note())?;
    let ctx = Context { world, stamp };
    match command {
        Command::Submit(_) => Err(wrong_status(case, command)),
        Command::Accept { .. } => desk::accept(&ctx, case, command),
        Command::Decline { reason, note } => desk::decline(case, command, *reason, note),
        Command::ReturnResult { .. } => desk::return_result(case, command),
        Command::Assign { step, post, .. } => flow::assign(&ctx, case, command, step, *post),
        Command::Forward { to, note } => flow::forward(&ctx, case, command, *to, note),
        Command::Complete { step, outcome, .. } => {
            flow::complete(&ctx, case, command, step, outcome)
        }
        Command::SendBack { step, to, note } => {
            flow::send_back(&ctx, case, command, step, to, note)
        }
        Command::RequestSupplement { reason, note } => {
            pause::request_supplement(&ctx, case, command, *reason, note)
        }
        Command::ApproveSecondSupplement { note } => {
            pause::approve_second_supplement(case, command, note)
        }
        Command::Correct(correction) => pause::correct(case, command, correction),
        Command::ReceiveSupplement { components } => {
            pause::receive_supplement(&ctx, case, command, components)
        }
        Command::Suspend { ground, note } => pause::suspend(&ctx, case, command, *ground, note),
        Command::Resume => pause::resume(&ctx, case, command),
        Command::SetObligation { name, amount, pauses } => {
            money::set_obligation(&ctx, case, command, name, *amount, *pauses)
        }
        Command::WaiveObligation { number, note } => {
            money::waive(&ctx, case, command, *number, note)
        }
        Command::RecordPayment { number, amount, online, reference } => {
            money::record_payment(&ctx, case, command, *number, *amount, *online, reference)
        }
        Command::Extend { to, note } => close::extend(&ctx, case, command, *to, note),
        Command::SetTerm { to, note } => close::set_term(&ctx, case, command, *to, note),
        Command::Discontinue { ground, note } => {
            close::discontinue(&ctx, case, command, *ground, note)
        }
        Command::Withdraw { .. } => close::withdraw(&ctx, case, command),
    }
}

/// Nothing happens in the future, and nothing before what the case already knows.
fn check_order(stamp: &Stamp, previous: Option<Instant>) -> Result<(), Refusal> {
    if stamp.happened_at > stamp.recorded_at {
        return Err(Refusal::HappenedInFuture);
    }
    match previous.filter(|previous| stamp.happened_at < *previous) {
        Some(previous) => Err(Refusal::HappenedTooEarly { previous }),
        None => Ok(()),
    }
}

fn check_note(note: Option<&Note>) -> Result<(), Refusal> {
    let letters = note.map_or(0, |note| note.0.chars().count());
    if letters > NOTE_LETTERS_MAX {
        Err(Refusal::TooLong { max: NOTE_LETTERS_MAX })
    } else {
        Ok(())
    }
}

fn require_reason(note: &Note) -> Result<(), Refusal> {
    if note.0.trim().is_empty() { Err(Refusal::ReasonMissing) } else { Ok(()) }
}

fn wrong_status(case: &Case, command: &Command) -> Refusal {
    Refusal::WrongStatus { status: case.status, command: command.name() }
}

fn require(case: &Case, command: &Command, fits: impl Fn(Status) -> bool) -> Result<(), Refusal> {
    if fits(case.status) { Ok(()) } else { Err(wrong_status(case, command)) }
}
