//! The closed list of what is counted. A fact is moved by events of the journal and by nothing
//! else; each says by which.
//!
//! A *flow* is counted on the day on which it happened; a period has the sum of its days. A
//! *stock* is how many stood so at the end of a day: it grows by who comes and shrinks by who
//! goes, and who is late comes on the day of the promise, which the cube knows in advance.

use crate::unit::{Thing, Unit};

/// Whether a fact flows or stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Counted on the day on which it happened.
    Flow,
    /// How many stood so at the end of a day.
    Stock,
}

/// For whom a fact is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// For each agency, procedure and channel.
    Agency,
    /// For each agency; the event names no procedure and no channel.
    Unit,
    /// For the authority as a whole: the event names no agency.
    Whole,
}

macro_rules! facts {
    ($($(#[$doc:meta])* $name:ident = $number:literal, $word:literal, $kind:ident, $unit:expr,
       $kept:ident;)*) => {
        /// What is counted. The numbers stand in the store and are never given to another fact.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum Fact {
            $($(#[$doc])* $name = $number,)*
        }

        impl Fact {
            /// Every fact.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// Its word in formulas.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The fact of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }

            /// The fact of a number.
            #[must_use]
            pub const fn from_number(number: u8) -> Option<Self> {
                match number { $($number => Some(Self::$name),)* _ => None }
            }

            /// Whether it flows or stands.
            #[must_use]
            pub const fn kind(self) -> Kind {
                match self { $(Self::$name => Kind::$kind,)* }
            }

            /// What its number counts.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Self::$name => $unit,)* }
            }

            /// For whom it is counted.
            #[must_use]
            pub const fn kept(self) -> Kept {
                match self { $(Self::$name => Kept::$kept,)* }
            }
        }
    };
}

const CASES: Unit = Unit::Count(Thing::Case);
const PAPERS: Unit = Unit::Count(Thing::Paper);
const STEPS: Unit = Unit::Count(Thing::Step);
const REQUESTS: Unit = Unit::Count(Thing::Request);
const PAUSES: Unit = Unit::Count(Thing::Pause);
const PAYMENTS: Unit = Unit::Count(Thing::Payment);
const RESULTS: Unit = Unit::Count(Thing::Result);
const ANSWERS: Unit = Unit::Count(Thing::Answer);
const EVENTS: Unit = Unit::Count(Thing::Event);
const NOTICES: Unit = Unit::Count(Thing::Notice);

facts! {
    /// Filed. `submitted`
    Submitted = 1, "submitted", Flow, CASES, Agency;
    /// Filed to reopen an earlier case. `submitted` with `reopens`
    Reopening = 2, "reopening", Flow, CASES, Agency;
    /// Papers that came with filings. `submitted`
    Papers = 3, "papers", Flow, PAPERS, Agency;
    /// Of these, those of which there is a file (item 4.2 of Decision 766). `submitted`
    PapersDigital = 4, "papers_digital", Flow, PAPERS, Agency;
    /// Of these, those that the state had already and did not ask for (once only). `submitted`
    PapersKnown = 5, "papers_known", Flow, PAPERS, Agency;
    /// Filed with at least one paper. `submitted`
    WithPapers = 6, "with_papers", Flow, CASES, Agency;
    /// Filed with papers, of each of which there is a file. `submitted`
    AllPapersDigital = 7, "all_papers_digital", Flow, CASES, Agency;
    /// Filed with a paper that the state had already (item 4.3 of Decision 766). `submitted`
    WithKnownPaper = 8, "with_known_paper", Flow, CASES, Agency;

    /// Taken on. `accepted`
    Accepted = 10, "accepted", Flow, CASES, Agency;
    /// Taken on within its time: eight working hours (Decree 118/2025), or what the procedure
    /// says. `accepted`
    AcceptedInTime = 11, "accepted_in_time", Flow, CASES, Agency;
    /// Taken on, on a procedure that can be done wholly online (Decree 42/2022). `accepted`
    AcceptedFullOnline = 12, "accepted_full_online", Flow, CASES, Agency;
    /// Seconds from filing to taking on, added up. `accepted`
    AcceptanceSeconds = 13, "acceptance_seconds", Flow, Unit::Seconds, Agency;
    /// Not taken on (form 03). `declined`
    Declined = 14, "declined", Flow, CASES, Agency;
    /// Not taken on, as the agency is not competent. `declined`
    DeclinedNotCompetent = 15, "declined_not_competent", Flow, CASES, Agency;
    /// Not taken on, as papers are missing. `declined`
    DeclinedIncomplete = 16, "declined_incomplete", Flow, CASES, Agency;
    /// Not taken on, as a paper is not as the law demands. `declined`
    DeclinedDefective = 17, "declined_defective", Flow, CASES, Agency;
    /// Not taken on, as the applicant may not ask for it. `declined`
    DeclinedNotEligible = 18, "declined_not_eligible", Flow, CASES, Agency;
    /// Not taken on, as the same matter is in hand. `declined`
    DeclinedDuplicate = 19, "declined_duplicate", Flow, CASES, Agency;

    /// Steps of workflows that were completed. `completed`
    StepsCompleted = 20, "steps_completed", Flow, STEPS, Agency;
    /// Steps from which a case was sent back. `sent_back`
    SentBack = 21, "sent_back", Flow, STEPS, Agency;
    /// Steps that went to another seat. `assigned`
    Reassigned = 22, "reassigned", Flow, STEPS, Agency;
    /// Given to another agency; counted where it came from. `forwarded`
    ForwardedAway = 23, "forwarded_away", Flow, CASES, Agency;
    /// Given by another agency; counted where it went. `forwarded`
    ForwardedHere = 24, "forwarded_here", Flow, CASES, Agency;
    /// Gone to the successor of the agency. `moved`
    MovedAway = 25, "moved_away", Flow, CASES, Agency;
    /// Come from an agency that ended. `moved`
    MovedHere = 26, "moved_here", Flow, CASES, Agency;
    /// Late, and the head was told. `escalated`
    Escalated = 27, "escalated", Flow, CASES, Agency;

    /// Requests for papers (form 02). `supplement_requested`
    SupplementRequests = 30, "supplement_requests", Flow, REQUESTS, Agency;
    /// Cases in which papers were asked for, counted at the first request.
    /// `supplement_requested`
    SupplementCases = 31, "supplement_cases", Flow, CASES, Agency;
    /// Cases in which papers were asked for again, counted at the second request; overdue by
    /// Decision 766 from then on. `supplement_requested`
    AskedAgain = 32, "asked_again", Flow, CASES, Agency;
    /// Requests, as a paper is missing. `supplement_requested`
    AskedMissing = 33, "asked_missing_paper", Flow, REQUESTS, Agency;
    /// Requests, as a paper does not say enough. `supplement_requested`
    AskedInsufficient = 34, "asked_insufficient_content", Flow, REQUESTS, Agency;
    /// Requests, as a paper is out of date. `supplement_requested`
    AskedExpired = 35, "asked_expired_paper", Flow, REQUESTS, Agency;
    /// Requests, as papers contradict each other or the state's data. `supplement_requested`
    AskedContradiction = 36, "asked_contradiction", Flow, REQUESTS, Agency;
    /// Requests, as a copy cannot be read. `supplement_requested`
    AskedIllegible = 37, "asked_illegible", Flow, REQUESTS, Agency;
    /// Requests that were answered. `supplement_received`
    SupplementsReceived = 38, "supplements_received", Flow, REQUESTS, Agency;
    /// Seconds from request to papers, added up. `supplement_received`
    SupplementSeconds = 39, "supplement_seconds", Flow, Unit::Seconds, Agency;
    /// Times that a clock was stopped on a legal ground. `suspended`
    Suspensions = 40, "suspensions", Flow, PAUSES, Agency;
    /// Times that a clock stood and went on, or ended. `supplement_received`, `paid`, `resumed`,
    /// `finished`, `discontinued`, `withdrawn`
    PausesEnded = 41, "pauses_ended", Flow, PAUSES, Agency;
    /// Seconds that these clocks stood, added up. As above
    PauseSeconds = 42, "pause_seconds", Flow, Unit::Seconds, Agency;
    /// Cases whose clock the agency stopped for the third time, fees not counted.
    /// `supplement_requested`, `suspended`
    ManyPauses = 43, "many_pauses", Flow, CASES, Agency;
    /// Apologised for, with a new date (form 04). `extended`
    Extended = 44, "extended", Flow, CASES, Agency;

    /// Cases that owe something, counted when the first of it was set. `obligation_set`
    CasesWithFee = 50, "cases_with_fee", Flow, CASES, Agency;
    /// Things that were to be paid. `obligation_set`
    Obligations = 51, "obligations", Flow, Unit::Count(Thing::Obligation), Agency;
    /// What was to be paid, in đồng. `obligation_set`
    ObligationsDong = 52, "obligations_dong", Flow, Unit::Dong, Agency;
    /// Payments to cases. `paid`
    Payments = 53, "payments", Flow, PAYMENTS, Agency;
    /// Of these, online. `paid`
    PaymentsOnline = 54, "payments_online", Flow, PAYMENTS, Agency;
    /// What was paid, in đồng. `paid`
    PaidDong = 55, "paid_dong", Flow, Unit::Dong, Agency;
    /// Of this, online. `paid`
    PaidOnlineDong = 56, "paid_online_dong", Flow, Unit::Dong, Agency;
    /// Cases with a payment online, counted at the first (item 3.6 of Decision 766). `paid`
    CasesPaidOnline = 57, "cases_paid_online", Flow, CASES, Agency;
    /// Taken on, on a procedure that bears fees. `accepted`
    AcceptedFeeProcedure = 58, "accepted_fee_procedure", Flow, CASES, Agency;

    /// Done before the day of the promise. `finished`
    FinishedEarly = 60, "finished_early", Flow, CASES, Agency;
    /// Done on that day, in time. `finished`
    FinishedOnTime = 61, "finished_on_time", Flow, CASES, Agency;
    /// Done too late. `finished`
    FinishedLate = 62, "finished_late", Flow, CASES, Agency;
    /// Done with what was asked for. `finished`
    FinishedResult = 63, "finished_with_result", Flow, CASES, Agency;
    /// Done with a refusal. `finished`
    FinishedRefusal = 64, "finished_with_refusal", Flow, CASES, Agency;
    /// Stopped by the agency (form 05). `discontinued`
    Discontinued = 65, "discontinued", Flow, CASES, Agency;
    /// Taken back after it was taken on. `withdrawn`
    Withdrawn = 66, "withdrawn", Flow, CASES, Agency;
    /// Taken back before it was taken on. `withdrawn`
    WithdrawnBefore = 67, "withdrawn_before", Flow, CASES, Agency;
    /// Over, and in time by item 2.1 of Decision 766. `finished`, `discontinued`, `withdrawn`
    EndedInTime766 = 68, "ended_in_time_766", Flow, CASES, Agency;
    /// Over, and late by item 2.1 of Decision 766. `finished`, `discontinued`, `withdrawn`
    EndedLate766 = 69, "ended_late_766", Flow, CASES, Agency;
    /// Seconds from taking on to the end without the time in which the clock stood, of what was
    /// done, added up. `finished`
    HandlingSeconds = 70, "handling_seconds", Flow, Unit::Seconds, Agency;
    /// Seconds behind the promise of what was done too late, added up. `finished`
    LateSeconds = 71, "late_seconds", Flow, Unit::Seconds, Agency;
    /// Seconds ahead of the promise of what was done in time, added up. `finished`
    EarlySeconds = 72, "early_seconds", Flow, Unit::Seconds, Agency;
    /// Done after the date had been moved. `finished`
    FinishedExtended = 73, "finished_extended", Flow, CASES, Agency;
    /// Done in time by its clock, and late by Decision 766 as papers were asked for twice.
    /// `finished`
    FinishedAskedAgain = 74, "finished_asked_again", Flow, CASES, Agency;
    /// Done on the day on which it was taken on. `finished`
    FinishedSameDay = 75, "finished_same_day", Flow, CASES, Agency;
    /// The applicant has the result. `returned`
    Returned = 76, "returned", Flow, CASES, Agency;
    /// Seconds for which results waited to be fetched, added up. `returned`
    ReturnSeconds = 77, "return_seconds", Flow, Unit::Seconds, Agency;
    /// Fetched on the day on which it was done. `returned`
    ReturnedSameDay = 78, "returned_same_day", Flow, CASES, Agency;

    /// Signed results. `result.issued`
    ResultsIssued = 80, "results_issued", Flow, RESULTS, Agency;
    /// Signed results that gave way to another one. `result.replaced`
    ResultsReplaced = 81, "results_replaced", Flow, RESULTS, Agency;
    /// Signed results that were taken back. `result.revoked`
    ResultsRevoked = 82, "results_revoked", Flow, RESULTS, Agency;
    /// Cases with an electronic result, counted at the first one (item 4.1 of Decision 766).
    /// `result.issued`
    CasesWithResult = 83, "cases_with_electronic_result", Flow, CASES, Agency;
    /// Events of cases. All kinds of cases
    Events = 85, "events", Flow, EVENTS, Agency;
    /// Of these, recorded on a later day than they are said to have happened. All kinds of cases
    RecordedLater = 86, "recorded_later", Flow, EVENTS, Agency;
    /// Ends and returns that were recorded on a later day. `finished`, `returned`
    ResultsRecordedLater = 87, "results_recorded_later", Flow, EVENTS, Agency;
    /// Ends that were recorded between 19:00 and 06:00. `finished`, `discontinued`
    ClosedAtNight = 88, "closed_at_night", Flow, CASES, Agency;
    /// Ends that were recorded on a Sunday. `finished`, `discontinued`
    ClosedOnSunday = 89, "closed_on_sunday", Flow, CASES, Agency;

    /// Answers: very satisfied. `satisfaction.answered`
    VerySatisfied = 90, "very_satisfied", Flow, ANSWERS, Unit;
    /// Answers: satisfied. `satisfaction.answered`
    Satisfied = 91, "satisfied", Flow, ANSWERS, Unit;
    /// Answers: not satisfied. `satisfaction.answered`
    Dissatisfied = 92, "dissatisfied", Flow, ANSWERS, Unit;
    /// Leave given to use data. `consent.given`
    ConsentsGiven = 93, "consents_given", Flow, Unit::Count(Thing::Consent), Whole;
    /// Leave taken back. `consent.revoked`
    ConsentsRevoked = 94, "consents_revoked", Flow, Unit::Count(Thing::Consent), Whole;
    /// Wishes that data be corrected. `correction.filed`
    CorrectionsFiled = 95, "corrections_filed", Flow, Unit::Count(Thing::Correction), Whole;
    /// Data that was corrected. `correction.made`
    CorrectionsMade = 96, "corrections_made", Flow, Unit::Count(Thing::Correction), Whole;
    /// Wishes that were refused. `correction.refused`
    CorrectionsRefused = 97, "corrections_refused", Flow, Unit::Count(Thing::Correction), Whole;
    /// Money that came, known and unknown. `payment.arrived`
    MoneyArrived = 100, "money_arrived", Flow, PAYMENTS, Whole;
    /// In đồng. `payment.arrived`
    MoneyArrivedDong = 101, "money_arrived_dong", Flow, Unit::Dong, Whole;
    /// Of this, what no case took as it came. `payment.arrived`
    MoneyProblems = 102, "money_problems", Flow, PAYMENTS, Whole;
    /// Problems with money that were settled. `payment.settled`
    MoneySettled = 103, "money_settled", Flow, PAYMENTS, Whole;
    /// Offers to pay. `payment.order_opened`
    OrdersOpened = 104, "orders_opened", Flow, Unit::Count(Thing::Order), Whole;
    /// Statements that were held against what came. `payment.reconciled`
    Reconciliations = 105, "reconciliations", Flow, Unit::Count(Thing::Reconciliation), Whole;
    /// Notices that went out. `notice.sent`
    NoticesSent = 106, "notices_sent", Flow, NOTICES, Whole;
    /// Notices that were given up. `notice.dead`
    NoticesDead = 107, "notices_dead", Flow, NOTICES, Whole;
    /// Notices that were no longer needed. `notice.dropped`
    NoticesDropped = 108, "notices_dropped", Flow, NOTICES, Whole;

    /// Filed, and neither taken on nor declined. From `submitted` to `accepted`, `declined` or
    /// `withdrawn`
    InAcceptance = 110, "in_acceptance", Stock, CASES, Agency;
    /// Of these, past the time in which it must be taken on. From that instant on
    AcceptanceLate = 111, "acceptance_late", Stock, CASES, Agency;
    /// Taken on and not over. From `accepted` to `finished`, `discontinued` or `withdrawn`
    InHand = 112, "in_hand", Stock, CASES, Agency;
    /// Of these, waiting for papers of the applicant. `supplement_requested` to
    /// `supplement_received`
    AwaitingSupplement = 113, "awaiting_supplement", Stock, CASES, Agency;
    /// Of these, waiting for a payment, the clock stopped. `obligation_set` to `paid`
    AwaitingPayment = 114, "awaiting_payment", Stock, CASES, Agency;
    /// Of these, stopped on a legal ground. `suspended` to `resumed`
    Suspended = 115, "suspended", Stock, CASES, Agency;
    /// In hand, its clock running, past the promise. From that instant on
    RunningLate = 116, "running_late", Stock, CASES, Agency;
    /// In hand, and late by item 2.1 of Decision 766. From the promise, or from the second
    /// request for papers on
    OpenLate766 = 117, "open_late_766", Stock, CASES, Agency;
    /// Done, and not fetched yet. `finished` to `returned`
    ResultWaiting = 118, "result_waiting", Stock, CASES, Agency;
    /// Not over, and something is to be paid. `obligation_set` to `paid`
    Owing = 119, "owing", Stock, CASES, Agency;
}

impl Fact {
    /// The stocks, in the order of their numbers.
    pub const STOCKS: [Self; 10] = [
        Self::InAcceptance,
        Self::AcceptanceLate,
        Self::InHand,
        Self::AwaitingSupplement,
        Self::AwaitingPayment,
        Self::Suspended,
        Self::RunningLate,
        Self::OpenLate766,
        Self::ResultWaiting,
        Self::Owing,
    ];

    /// The number under which the store keeps it.
    #[must_use]
    pub const fn number(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fact_is_known_by_its_word_and_its_number() {
        for fact in Fact::ALL {
            assert_eq!(Fact::from_word(fact.word()), Some(*fact));
            assert_eq!(Fact::from_number(fact.number()), Some(*fact));
            assert!(fact.number() < 128, "it takes one byte in the store");
        }
        let stocks: Vec<Fact> =
            Fact::ALL.iter().copied().filter(|fact| fact.kind() == Kind::Stock).collect();
        assert_eq!(stocks, Fact::STOCKS);
    }
}
