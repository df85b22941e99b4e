//! A report, as it stands beside its case.

use casework::{Case, Status};
use kernel::{AgencyId, CaseCode, CaseId, Instant, PlaceCode, words};
use store::{Row, Tx, args};

use crate::{category::Category, geo::Point};

words! {
    /// Where a report stands, as the reporter would say it.
    State {
        /// Nobody has looked at it yet.
        Received = "received",
        /// An agency works on it.
        Handling = "handling",
        /// The reporter was asked for more.
        Asked = "asked",
        /// The answer is approved and waits to be published.
        Answered = "answered",
        /// It is over, with an answer.
        Closed = "closed",
        /// It was not taken on, with a reason.
        Refused = "refused",
        /// It is the same as another one, which goes on.
        Merged = "merged",
        /// It was stopped, or taken back.
        Stopped = "stopped",
    }
}

words! {
    /// Why a report is not taken on.
    Refusal {
        /// It is a complaint or a denunciation, for which the law has another way.
        Complaint = "complaint",
        /// It does not say what happened where.
        Unclear = "unclear",
        /// It is not a matter of the state.
        NotOurs = "not_ours",
        /// It insults, advertises or is plainly untrue.
        Abusive = "abusive",
        /// It was answered already.
        Answered = "answered",
    }
}

impl State {
    /// Where a report stands whose case stands there.
    #[must_use]
    pub fn of(case: &Case, merged: bool) -> Self {
        match case.status {
            Status::Submitted => Self::Received,
            Status::InProgress | Status::AwaitingPayment | Status::Suspended => Self::Handling,
            Status::AwaitingSupplement => Self::Asked,
            Status::Finished => Self::Answered,
            Status::Returned => Self::Closed,
            Status::Declined | Status::Discontinued if merged => Self::Merged,
            Status::Declined => Self::Refused,
            Status::Discontinued | Status::Withdrawn => Self::Stopped,
        }
    }
}

/// A report, as lists, the map and the public have it.
#[derive(Debug, Clone)]
pub struct Report {
    /// Its case.
    pub case: CaseId,
    /// The code of the case.
    pub code: CaseCode,
    /// What it is about.
    pub category: Category,
    /// Whether an officer said so.
    pub sorted: bool,
    /// The profile of the rules.
    pub profile: String,
    /// The commune.
    pub place: Option<PlaceCode>,
    /// The point.
    pub point: Option<Point>,
    /// Who answers it.
    pub agency: AgencyId,
    /// Where it stands.
    pub state: State,
    /// Whether somebody still works on it.
    pub is_open: bool,
    /// Whether it is never shown.
    pub confidential: bool,
    /// Whether the reporter lets it be shown.
    pub wanted_shown: bool,
    /// Whether the public sees it.
    pub shown: bool,
    /// The name that the public sees.
    pub name_shown: Option<String>,
    /// What the public reads.
    pub public_text: Option<String>,
    /// Where, in words that the public reads.
    pub public_place: Option<String>,
    /// The answer that the public reads.
    pub answer: Option<String>,
    /// Why it was not taken on.
    pub refusal: Option<Refusal>,
    /// How many have it too.
    pub supporters: u32,
    /// The report that it is the same as.
    pub merged_into: Option<CaseId>,
    /// The report that it reopens.
    pub reopens: Option<CaseId>,
    /// The report by which it was reopened.
    pub reopened_as: Option<CaseId>,
    /// How it came.
    pub source: String,
    /// When it was sent.
    pub submitted_at: Instant,
    /// When an agency had it.
    pub forwarded_at: Option<Instant>,
    /// Until when it is to be answered.
    pub due_at: Option<Instant>,
    /// When it was answered, or ended otherwise.
    pub ended_at: Option<Instant>,
    /// When the answer was published.
    pub published_at: Option<Instant>,
    /// When it last changed.
    pub updated_at: Instant,
    /// When the head was told that it is late.
    pub escalated_at: Option<Instant>,
}

/// What [`read`] reads, of `feedback f`.
pub const COLUMNS: &str = "f.case_id, f.code, f.category, f.sorted, f.profile, f.place, f.north,
    f.east, f.agency, f.state, f.is_open, f.confidential, f.wanted_shown, f.shown, f.name_shown,
    f.public_text, f.public_place, f.answer, f.refusal, f.supporters, f.merged_into, f.reopens,
    f.reopened_as, f.source, f.submitted_at, f.forwarded_at, f.due_at, f.ended_at,
    f.published_at, f.updated_at, f.escalated_at";

/// A report of [`COLUMNS`].
///
/// # Errors
/// Where a column does not fit its type.
pub fn read(row: &Row<'_>) -> store::Result<Report> {
    let north: Option<f64> = row.get(6)?;
    let east: Option<f64> = row.get(7)?;
    let refusal: Option<String> = row.get(18)?;
    Ok(Report {
        case: row.get(0)?,
        code: row.get(1)?,
        category: word(row, 2, Category::from_word)?,
        sorted: row.get(3)?,
        profile: row.get(4)?,
        place: row.get(5)?,
        point: north.zip(east).and_then(|(north, east)| Point::new(north, east)),
        agency: row.get(8)?,
        state: word(row, 9, State::from_word)?,
        is_open: row.get(10)?,
        confidential: row.get(11)?,
        wanted_shown: row.get(12)?,
        shown: row.get(13)?,
        name_shown: row.get(14)?,
        public_text: row.get(15)?,
        public_place: row.get(16)?,
        answer: row.get(17)?,
        refusal: refusal.as_deref().and_then(Refusal::from_word),
        supporters: row.get(19)?,
        merged_into: row.get(20)?,
        reopens: row.get(21)?,
        reopened_as: row.get(22)?,
        source: row.get(23)?,
        submitted_at: row.get(24)?,
        forwarded_at: row.get(25)?,
        due_at: row.get(26)?,
        ended_at: row.get(27)?,
        published_at: row.get(28)?,
        updated_at: row.get(29)?,
        escalated_at: row.get(30)?,
    })
}

fn word<T>(row: &Row<'_>, index: usize, of: impl Fn(&str) -> Option<T>) -> store::Result<T> {
    let word: String = row.get(index)?;
    of(&word).ok_or(store::Error::Column { index, reason: word })
}

/// The report of a code.
///
/// # Errors
/// Those of the store.
pub fn by_code(
    tx: &mut Tx<'_>,
    tenant: &kernel::Tenant,
    code: &CaseCode,
) -> store::Result<Option<Report>> {
    let sql = format!("select {COLUMNS} from feedback f where f.tenant = $1 and f.code = $2");
    tx.opt(&sql, args!(tenant, code), read)
}

/// The report of a case.
///
/// # Errors
/// Those of the store.
pub fn by_case(
    tx: &mut Tx<'_>,
    tenant: &kernel::Tenant,
    case: CaseId,
) -> store::Result<Option<Report>> {
    let sql = format!("select {COLUMNS} from feedback f where f.tenant = $1 and f.case_id = $2");
    tx.opt(&sql, args!(tenant, case), read)
}
