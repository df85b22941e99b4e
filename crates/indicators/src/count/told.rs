//! What the journal tells, as far as anything is counted by it.

use std::borrow::Cow;

use casework::{Channel, DeclineReason, SupplementReason};
use kernel::{AgencyId, CaseCode, CaseId, Instant, PlaceCode, ProcedureCode};
use procedure::{End, Matter};
use serde::Deserialize;

use crate::{Error, catalogue::ProcedureNumber};

/// An event of the journal, read.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its position in the journal.
    pub pos: u64,
    /// The story that it belongs to: a case, or another subject.
    pub case: CaseId,
    /// When it is said to have happened.
    pub happened: Instant,
    /// When it was recorded.
    pub recorded: Instant,
    /// What happened.
    pub what: What,
}

/// Why a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// Papers were asked for.
    Supplement,
    /// Something is to be paid.
    FinancialObligation,
    /// A law lets the matter rest.
    Suspension,
}

/// A clock as an event carries it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// The promised instant.
    pub due: Instant,
    /// Since when it stands and why, where it does.
    pub stands: Option<(Instant, Ground)>,
    /// How often it stood and went on.
    pub pauses: u32,
    /// For how many seconds in all.
    pub pause_seconds: i64,
}

/// What happened.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the fields are those of casework::Change")]
pub enum What {
    /// A case was filed.
    Submitted {
        procedure: ProcedureNumber,
        version: u32,
        channel: Channel,
        decided_by: AgencyId,
        accept_by: Instant,
        papers: u32,
        digital: u32,
        known: u32,
        reopens: bool,
    },
    Accepted(Clock),
    Declined(DeclineReason),
    Assigned,
    Forwarded(AgencyId),
    Escalated,
    Completed,
    SentBack,
    SupplementRequested(SupplementReason, Option<Clock>),
    SecondSupplementApproved,
    SupplementReceived(Option<Clock>, Option<Instant>),
    ObligationSet {
        number: u32,
        amount: i64,
        clock: Option<Clock>,
    },
    Paid {
        number: u32,
        online: bool,
        clock: Option<Clock>,
    },
    Suspended(Clock),
    Resumed(Clock),
    Extended(Clock),
    Discontinued(Clock),
    Withdrawn(Option<Clock>),
    Finished(End, Clock),
    Returned,
    Moved(AgencyId),
    /// A signed result came into being.
    ResultIssued(CaseCode, u32),
    ResultReplaced(CaseCode),
    ResultRevoked(CaseCode),
    /// How satisfied somebody is, 1 to 3, with which agency and over which kind of case.
    Answered {
        score: u8,
        agency: AgencyId,
        matter: Matter,
    },
    /// Money came.
    Arrived {
        amount: i64,
        problem: bool,
    },
    /// Something of the authority as a whole, by the kind of the event.
    Whole(&'static str),
    /// An agency stands under another one.
    AgencyMoved {
        agency: AgencyId,
        from: Option<AgencyId>,
    },
    /// An agency has another place.
    AgencyChanged {
        agency: AgencyId,
        from: Option<PlaceCode>,
    },
    /// Nothing that is counted.
    Other,
}

impl What {
    /// Whether it is told of a case, whose state it may need.
    #[must_use]
    pub const fn is_of_case(&self) -> bool {
        !matches!(
            self,
            Self::ResultIssued(..)
                | Self::ResultReplaced(_)
                | Self::ResultRevoked(_)
                | Self::Answered { .. }
                | Self::Arrived { .. }
                | Self::Whole(_)
                | Self::AgencyMoved { .. }
                | Self::AgencyChanged { .. }
                | Self::Other
        )
    }

    /// The code of the case that a result is of.
    #[must_use]
    pub const fn result_of(&self) -> Option<&CaseCode> {
        match self {
            Self::ResultIssued(code, _)
            | Self::ResultReplaced(code)
            | Self::ResultRevoked(code) => Some(code),
            _ => None,
        }
    }
}

/// Kinds of events that are of the authority as a whole.
pub(super) const WHOLE: [&str; 11] = [
    "consent.given",
    "consent.revoked",
    "correction.filed",
    "correction.made",
    "correction.refused",
    "payment.settled",
    "payment.order_opened",
    "payment.reconciled",
    "notice.sent",
    "notice.dead",
    "notice.dropped",
];

impl Told {
    /// Reads an event. What no fact looks at is not read at all.
    ///
    /// # Errors
    /// [`Error::Event`] where the data is not that of its kind.
    pub fn read(
        pos: u64,
        case: CaseId,
        kind: &str,
        (happened, recorded): (Instant, Instant),
        data: &str,
    ) -> Result<Self, Error> {
        let what = what(kind, data).ok_or_else(|| Error::Event { pos, kind: kind.to_owned() })?;
        Ok(Self { pos, case, happened, recorded, what })
    }
}

fn what(kind: &str, data: &str) -> Option<What> {
    let plain = match kind {
        "assigned" => Some(What::Assigned),
        "escalated" => Some(What::Escalated),
        "completed" => Some(What::Completed),
        "sent_back" => Some(What::SentBack),
        "second_supplement_approved" => Some(What::SecondSupplementApproved),
        "returned" => Some(What::Returned),
        _ => WHOLE.iter().find(|whole| **whole == kind).map(|whole| What::Whole(whole)),
    };
    if plain.is_some() {
        return plain;
    }
    match kind {
        "submitted" => submitted(parse(data)?),
        "accepted"
        | "declined"
        | "forwarded"
        | "supplement_requested"
        | "supplement_received"
        | "obligation_set"
        | "paid"
        | "suspended"
        | "resumed"
        | "extended"
        | "discontinued"
        | "withdrawn"
        | "finished"
        | "moved" => of_case(kind, parse(data)?),
        "result.issued" | "result.replaced" | "result.revoked" => {
            let ResultOf { code, serial } = parse(data)?;
            Some(match kind {
                "result.issued" => What::ResultIssued(code, serial),
                "result.replaced" => What::ResultReplaced(code),
                _ => What::ResultRevoked(code),
            })
        }
        "satisfaction.answered" => {
            let Answer { score, agency, matter } = parse(data)?;
            Some(What::Answered { score, agency, matter })
        }
        "payment.arrived" => {
            let Money { amount, problem } = parse(data)?;
            Some(What::Arrived { amount, problem: problem.is_some() })
        }
        "directory.agency_moved" => {
            let Standing { agency, from } = parse(data)?;
            Some(What::AgencyMoved { agency, from })
        }
        "directory.agency_changed" => {
            let Changed { agency, from } = parse(data)?;
            Some(What::AgencyChanged { agency, from: from.place })
        }
        _ => Some(What::Other),
    }
}

fn parse<'d, T: Deserialize<'d>>(data: &'d str) -> Option<T> {
    serde_json::from_str(data).ok()
}

#[derive(Deserialize)]
struct Filed<'d> {
    procedure: FiledUnder,
    channel: Channel,
    decided_by: AgencyId,
    accept_by: Instant,
    #[serde(borrow, default)]
    components: Vec<Paper<'d>>,
    #[serde(default)]
    reopens: Option<CaseId>,
}

#[derive(Deserialize)]
struct FiledUnder {
    code: ProcedureCode,
    version: u32,
}

#[derive(Deserialize)]
struct Paper<'d> {
    #[serde(borrow, default)]
    file: Option<Cow<'d, str>>,
    #[serde(borrow, default)]
    source: Cow<'d, str>,
}

fn submitted(filed: Filed<'_>) -> Option<What> {
    let count = |is: fn(&&Paper<'_>) -> bool| {
        u32::try_from(filed.components.iter().filter(is).count()).unwrap_or(u32::MAX)
    };
    Some(What::Submitted {
        procedure: ProcedureNumber::of(&filed.procedure.code),
        version: filed.procedure.version,
        channel: filed.channel,
        decided_by: filed.decided_by,
        accept_by: filed.accept_by,
        papers: count(|_| true),
        digital: count(|paper| paper.file.is_some()),
        known: count(|paper| paper.source == "known"),
        reopens: filed.reopens.is_some(),
    })
}

/// The fields of all other changes of a case.
#[derive(Deserialize)]
struct Fields<'d> {
    #[serde(borrow, default)]
    reason: Option<Cow<'d, str>>,
    #[serde(default)]
    clock: Option<ClockText>,
    #[serde(default)]
    decided_by: Option<AgencyId>,
    #[serde(default)]
    accept_by: Option<Instant>,
    #[serde(default)]
    number: u32,
    #[serde(default)]
    amount: i64,
    #[serde(default)]
    online: bool,
    #[serde(default)]
    end: Option<End>,
}

#[derive(Deserialize)]
struct ClockText {
    due: Instant,
    #[serde(default)]
    pauses: Vec<PauseText>,
}

#[derive(Deserialize)]
struct PauseText {
    from: Instant,
    to: Option<Instant>,
    ground: Ground,
}

impl From<ClockText> for Clock {
    fn from(text: ClockText) -> Self {
        let ended = text.pauses.iter().filter_map(|pause| Some((pause.from, pause.to?)));
        let stands = text.pauses.last().filter(|pause| pause.to.is_none());
        Self {
            due: text.due,
            stands: stands.map(|pause| (pause.from, pause.ground)),
            pauses: u32::try_from(ended.clone().count()).unwrap_or(u32::MAX),
            pause_seconds: ended.map(|(from, to)| to.as_second() - from.as_second()).sum(),
        }
    }
}

fn of_case(kind: &str, fields: Fields<'_>) -> Option<What> {
    let reason = fields.reason.as_deref().unwrap_or_default();
    let clock = fields.clock.map(Clock::from);
    Some(match kind {
        "accepted" => What::Accepted(clock?),
        "declined" => What::Declined(DeclineReason::from_word(reason)?),
        "forwarded" => What::Forwarded(fields.decided_by?),
        "supplement_requested" => {
            What::SupplementRequested(SupplementReason::from_word(reason)?, clock)
        }
        "supplement_received" => What::SupplementReceived(clock, fields.accept_by),
        "obligation_set" => {
            What::ObligationSet { number: fields.number, amount: fields.amount, clock }
        }
        "paid" => What::Paid { number: fields.number, online: fields.online, clock },
        "suspended" => What::Suspended(clock?),
        "resumed" => What::Resumed(clock?),
        "extended" => What::Extended(clock?),
        "discontinued" => What::Discontinued(clock?),
        "withdrawn" => What::Withdrawn(clock),
        "finished" => What::Finished(fields.end?, clock?),
        _ => What::Moved(fields.decided_by?),
    })
}

#[derive(Deserialize)]
struct ResultOf {
    code: CaseCode,
    #[serde(default)]
    serial: u32,
}

#[derive(Deserialize)]
struct Answer {
    score: u8,
    agency: AgencyId,
    matter: Matter,
}

#[derive(Deserialize)]
struct Money {
    amount: i64,
    #[serde(default)]
    problem: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
struct Standing {
    agency: AgencyId,
    from: Option<AgencyId>,
}

#[derive(Deserialize)]
struct Changed {
    agency: AgencyId,
    from: Before,
}

#[derive(Deserialize)]
struct Before {
    place: Option<PlaceCode>,
}
