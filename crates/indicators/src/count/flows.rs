//! What is counted on the day on which it happened.

use casework::{DeclineReason, SupplementReason};
use kernel::{Instant, local};
use procedure::End;

use super::{
    cell::{Cell, Move, Trace},
    state::CaseState,
    told::{Told, What},
};
use crate::{catalogue::Catalogue, day::Day, fact::Fact};

/// Collects what one event moves in one cell.
struct Flows<'m> {
    cell: Cell,
    moves: &'m mut Vec<Move>,
}

impl Flows<'_> {
    fn add(&mut self, fact: Fact, n: i64) {
        self.add_in(self.cell, fact, n);
    }

    fn one(&mut self, fact: Fact) {
        self.add(fact, 1);
    }

    fn one_if(&mut self, fact: Fact, holds: bool) {
        self.add(fact, i64::from(holds));
    }

    fn add_in(&mut self, cell: Cell, fact: Fact, n: i64) {
        if n != 0 {
            self.moves.push(Move { fact, cell, n, trace: Trace::Flow });
        }
    }
}

pub(super) fn submitted(told: &Told, case: &CaseState, moves: &mut Vec<Move>) {
    let What::Submitted { papers, digital, known, reopens, .. } = told.what else { return };
    let mut flows = Flows { cell: case.cell(Day::of(told.happened)), moves };
    evidence(&mut flows, told);
    flows.one(Fact::Submitted);
    flows.one_if(Fact::Reopening, reopens);
    flows.add(Fact::Papers, papers.into());
    flows.add(Fact::PapersDigital, digital.into());
    flows.add(Fact::PapersKnown, known.into());
    flows.one_if(Fact::WithPapers, papers > 0);
    flows.one_if(Fact::AllPapersDigital, papers > 0 && digital == papers);
    flows.one_if(Fact::WithKnownPaper, known > 0);
}

/// What an event of a case moves after its filing.
pub(super) fn of_case(
    told: &Told,
    before: &CaseState,
    after: &CaseState,
    catalogue: &Catalogue,
    moves: &mut Vec<Move>,
) {
    let day = Day::of(told.happened);
    let mut flows = Flows { cell: before.cell(day), moves };
    evidence(&mut flows, told);
    pauses(&mut flows, before, after);
    match &told.what {
        What::Accepted(_) => accepted(&mut flows, told, before, catalogue),
        What::Declined(reason) => declined(&mut flows, *reason),
        What::Completed => flows.one(Fact::StepsCompleted),
        What::SentBack => flows.one(Fact::SentBack),
        What::Assigned => flows.one(Fact::Reassigned),
        What::Escalated => flows.one(Fact::Escalated),
        What::Forwarded(_) => {
            flows.one(Fact::ForwardedAway);
            flows.add_in(after.cell(day), Fact::ForwardedHere, 1);
        }
        // Its results may go elsewhere while who decides it stays.
        What::Moved(to) if *to != before.agency => {
            flows.one(Fact::MovedAway);
            flows.add_in(after.cell(day), Fact::MovedHere, 1);
        }
        What::SupplementRequested(reason, _) => asked(&mut flows, *reason, after),
        What::SupplementReceived(..) => {
            flows.one(Fact::SupplementsReceived);
            let asked = before.requests.last().copied().unwrap_or(told.happened);
            flows.add(Fact::SupplementSeconds, seconds(asked, told.happened));
        }
        What::Suspended(_) => {
            flows.one(Fact::Suspensions);
            flows.one_if(Fact::ManyPauses, after.own_pauses == 3);
        }
        What::Extended(_) => flows.one(Fact::Extended),
        What::ObligationSet { .. } | What::Paid { .. } => money(&mut flows, told, before, after),
        What::Finished(end, _) => finished(&mut flows, told, *end, after),
        What::Discontinued(_) => {
            flows.one(Fact::Discontinued);
            ended(&mut flows, told.happened, after);
            closed(&mut flows, told);
        }
        What::Withdrawn(_) if before.accepted.is_some() => {
            flows.one(Fact::Withdrawn);
            ended(&mut flows, told.happened, after);
        }
        What::Withdrawn(_) => flows.one(Fact::WithdrawnBefore),
        What::Returned => {
            let done = before.ended.unwrap_or(told.happened);
            flows.one(Fact::Returned);
            flows.add(Fact::ReturnSeconds, seconds(done, told.happened));
            flows.one_if(Fact::ReturnedSameDay, Day::of(done) == day);
            flows.one_if(Fact::ResultsRecordedLater, is_later(told));
        }
        _ => {}
    }
}

/// What is to be paid, and what was.
fn money(flows: &mut Flows<'_>, told: &Told, before: &CaseState, after: &CaseState) {
    match &told.what {
        What::ObligationSet { amount, .. } => {
            flows.one(Fact::Obligations);
            flows.add(Fact::ObligationsDong, *amount);
            flows.one_if(Fact::CasesWithFee, after.had_fee && !before.had_fee);
        }
        What::Paid { number, online, .. } => {
            let owed = before.owed.iter().find(|(owed, _)| owed == number);
            let amount = owed.map_or(0, |(_, amount)| *amount);
            flows.one(Fact::Payments);
            flows.add(Fact::PaidDong, amount);
            flows.one_if(Fact::PaymentsOnline, *online);
            flows.add(Fact::PaidOnlineDong, if *online { amount } else { 0 });
            flows.one_if(Fact::CasesPaidOnline, *online && !before.paid_online);
        }
        _ => {}
    }
}

/// What every event of a case is evidence of.
fn evidence(flows: &mut Flows<'_>, told: &Told) {
    flows.one(Fact::Events);
    flows.one_if(Fact::RecordedLater, is_later(told));
}

fn is_later(told: &Told) -> bool {
    Day::of(told.recorded) > Day::of(told.happened)
}

fn seconds(from: Instant, to: Instant) -> i64 {
    (to.as_second() - from.as_second()).max(0)
}

/// Clocks that stood and went on, or ended.
fn pauses(flows: &mut Flows<'_>, before: &CaseState, after: &CaseState) {
    flows.add(Fact::PausesEnded, i64::from(after.pauses) - i64::from(before.pauses));
    flows.add(Fact::PauseSeconds, after.pause_seconds - before.pause_seconds);
}

fn accepted(flows: &mut Flows<'_>, told: &Told, before: &CaseState, catalogue: &Catalogue) {
    let traits = catalogue.traits(before.procedure, before.version);
    flows.one(Fact::Accepted);
    flows.one_if(Fact::AcceptedInTime, told.happened <= before.accept_by);
    flows.one_if(Fact::AcceptedFullOnline, traits.full_online);
    flows.one_if(Fact::AcceptedFeeProcedure, traits.bears_fees);
    flows.add(Fact::AcceptanceSeconds, seconds(before.submitted, told.happened));
}

fn declined(flows: &mut Flows<'_>, reason: DeclineReason) {
    flows.one(Fact::Declined);
    flows.one(match reason {
        DeclineReason::NotCompetent => Fact::DeclinedNotCompetent,
        DeclineReason::Incomplete => Fact::DeclinedIncomplete,
        DeclineReason::DefectivePaper => Fact::DeclinedDefective,
        DeclineReason::NotEligible => Fact::DeclinedNotEligible,
        DeclineReason::Duplicate => Fact::DeclinedDuplicate,
    });
}

fn asked(flows: &mut Flows<'_>, reason: SupplementReason, after: &CaseState) {
    flows.one(Fact::SupplementRequests);
    flows.one_if(Fact::SupplementCases, after.requests.len() == 1);
    flows.one_if(Fact::AskedAgain, after.requests.len() == 2);
    flows.one_if(Fact::ManyPauses, after.own_pauses == 3 && after.stands.is_some());
    flows.one(match reason {
        SupplementReason::MissingPaper => Fact::AskedMissing,
        SupplementReason::InsufficientContent => Fact::AskedInsufficient,
        SupplementReason::ExpiredPaper => Fact::AskedExpired,
        SupplementReason::Contradiction => Fact::AskedContradiction,
        SupplementReason::Illegible => Fact::AskedIllegible,
    });
}

fn finished(flows: &mut Flows<'_>, told: &Told, end: End, after: &CaseState) {
    let at = told.happened;
    let due = after.due.unwrap_or(at);
    let in_time = at <= due;
    flows.one(match (in_time, Day::of(at) < Day::of(due)) {
        (false, _) => Fact::FinishedLate,
        (true, true) => Fact::FinishedEarly,
        (true, false) => Fact::FinishedOnTime,
    });
    flows.one(match end {
        End::Result => Fact::FinishedResult,
        End::Refusal => Fact::FinishedRefusal,
    });
    ended(flows, at, after);
    let accepted = after.accepted.unwrap_or(at);
    flows.add(Fact::HandlingSeconds, (seconds(accepted, at) - after.pause_seconds).max(0));
    flows.add(Fact::LateSeconds, seconds(due, at));
    flows.add(Fact::EarlySeconds, seconds(at, due));
    flows.one_if(Fact::FinishedExtended, after.extended);
    flows.one_if(Fact::FinishedAskedAgain, in_time && after.requests.len() > 1);
    flows.one_if(Fact::FinishedSameDay, Day::of(accepted) == Day::of(at));
    flows.one_if(Fact::ResultsRecordedLater, is_later(told));
    closed(flows, told);
}

/// Item 2.1 of Decision 766 on what is over.
fn ended(flows: &mut Flows<'_>, at: Instant, after: &CaseState) {
    let in_time = after.requests.len() < 2 && after.due.is_some_and(|due| at <= due);
    flows.one(if in_time { Fact::EndedInTime766 } else { Fact::EndedLate766 });
}

/// When nobody is at work.
fn closed(flows: &mut Flows<'_>, told: &Told) {
    let recorded = local(told.recorded);
    flows.one_if(Fact::ClosedAtNight, !(6..19).contains(&recorded.hour()));
    let sunday = recorded.date().weekday() == jiff::civil::Weekday::Sunday;
    flows.one_if(Fact::ClosedOnSunday, sunday);
}

/// Signed results of a case.
pub(super) fn result(told: &Told, case: &CaseState, moves: &mut Vec<Move>) {
    let mut flows = Flows { cell: case.cell(Day::of(told.happened)), moves };
    signed(&mut flows, &told.what);
}

fn signed(flows: &mut Flows<'_>, what: &What) {
    match what {
        What::ResultIssued(_, serial) => {
            flows.one(Fact::ResultsIssued);
            flows.one_if(Fact::CasesWithResult, *serial == 1);
        }
        What::ResultReplaced(_) => flows.one(Fact::ResultsReplaced),
        What::ResultRevoked(_) => flows.one(Fact::ResultsRevoked),
        _ => {}
    }
}

/// What is of no case that is known: answers, what is of the authority as a whole, and results of cases that nobody knows.
pub(super) fn whole(told: &Told, moves: &mut Vec<Move>) {
    let mut flows = Flows { cell: Cell::whole(Day::of(told.happened)), moves };
    match &told.what {
        What::Answered { score, agency, matter } => {
            flows.cell = Cell { agency: *agency, plane: (*matter).into(), ..flows.cell };
            flows.one(match score {
                3 => Fact::VerySatisfied,
                2 => Fact::Satisfied,
                _ => Fact::Dissatisfied,
            });
        }
        What::Arrived { amount, problem } => {
            flows.one(Fact::MoneyArrived);
            flows.add(Fact::MoneyArrivedDong, *amount);
            flows.one_if(Fact::MoneyProblems, *problem);
        }
        What::Whole(kind) => {
            if let Some(fact) = fact_of_whole(kind) {
                flows.one(fact);
            }
        }
        what => signed(&mut flows, what),
    }
}

fn fact_of_whole(kind: &str) -> Option<Fact> {
    Some(match kind {
        "consent.given" => Fact::ConsentsGiven,
        "consent.revoked" => Fact::ConsentsRevoked,
        "correction.filed" => Fact::CorrectionsFiled,
        "correction.made" => Fact::CorrectionsMade,
        "correction.refused" => Fact::CorrectionsRefused,
        "payment.settled" => Fact::MoneySettled,
        "payment.order_opened" => Fact::OrdersOpened,
        "payment.reconciled" => Fact::Reconciliations,
        "notice.sent" => Fact::NoticesSent,
        "notice.dead" => Fact::NoticesDead,
        "notice.dropped" => Fact::NoticesDropped,
        _ => return None,
    })
}
