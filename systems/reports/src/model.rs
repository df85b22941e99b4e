//! A report as its row has it: whose, of which period, where it stands.

use casework::{Case, Status};
use indicators::Period;
use kernel::{AgencyId, CaseCode, CaseId, Instant, Tenant};
use store::{Row, Tx, args};

use crate::{Error, Result, sheet::Sheet};

kernel::words! {
    /// Where a report stands.
    State {
        /// Somebody writes it.
        Draft = "draft",
        /// It came back, with remarks.
        Returned = "returned",
        /// It waits to be signed.
        Approving = "approving",
        /// It is with whoever takes it on.
        Sent = "sent",
        /// It was taken on; its figures stay.
        Received = "received",
        /// It was stopped.
        Stopped = "stopped",
    }
}

impl State {
    /// Whether it is still being written or signed.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Draft | Self::Returned | Self::Approving)
    }

    /// Whether its figures stand: it was sent and not given back.
    #[must_use]
    pub const fn is_sent(self) -> bool {
        matches!(self, Self::Sent | Self::Received)
    }
}

/// A report.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Its case.
    pub case: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// Of which regime.
    pub regime: String,
    /// In which version of its text.
    pub regime_version: u32,
    /// On which form.
    pub form: String,
    /// In which version of its text.
    pub form_version: u32,
    /// On which level of the regime.
    pub level: String,
    /// Of which days.
    pub period: Period,
    /// Of which unit.
    pub unit: AgencyId,
    /// Who owes it: the unit, or who took over its duties.
    pub owner: AgencyId,
    /// Who takes it on.
    pub recipient: AgencyId,
    /// 1, and one more for each correction.
    pub version: u32,
    /// Whether no later version was begun.
    pub newest: bool,
    /// Where it stands.
    pub state: State,
    /// Why it was corrected, or who owes it for whom, in words.
    pub why: Option<String>,
    /// Since when it can be written.
    pub opened_at: Instant,
    /// Until when it is owed.
    pub due_at: Instant,
    /// To when the deadline was moved after it had passed: work may take so long, and who was
    /// late was late.
    pub moved_to: Option<Instant>,
    /// When it was sent, as it stands there now.
    pub sent_at: Option<Instant>,
    /// When it was sent first.
    pub first_sent_at: Option<Instant>,
    /// When it was taken on.
    pub received_at: Option<Instant>,
    /// Whether what was sent was sent in time.
    pub on_time: Option<bool>,
    /// The signed file: its hash.
    pub document: Option<String>,
    /// Whose key signed it.
    pub signed_by: Option<String>,
}

/// What [`read`] reads, of `report r`.
pub(crate) const COLUMNS: &str = "r.case_id, r.code, r.regime, r.regime_version, r.form,
    r.form_version, r.level, r.period, r.unit, r.owner, r.recipient, r.version, r.newest, r.state,
    r.why, r.opened_at, r.due_at, r.moved_to, r.sent_at, r.first_sent_at, r.received_at, r.on_time,
    r.document, r.signed_by";

/// A report of the columns [`COLUMNS`].
pub(crate) fn read(row: &Row<'_>) -> store::Result<Report> {
    let period: String = row.get(7)?;
    let state: String = row.get(13)?;
    let wrong = |index, reason: &str| store::Error::Column { index, reason: reason.to_owned() };
    Ok(Report {
        case: row.get(0)?,
        code: row.get(1)?,
        regime: row.get(2)?,
        regime_version: row.get(3)?,
        form: row.get(4)?,
        form_version: row.get(5)?,
        level: row.get(6)?,
        period: period.parse().map_err(|_| wrong(7, &period))?,
        unit: row.get(8)?,
        owner: row.get(9)?,
        recipient: row.get(10)?,
        version: row.get(11)?,
        newest: row.get(12)?,
        state: State::from_word(&state).ok_or_else(|| wrong(13, &state))?,
        why: row.get(14)?,
        opened_at: row.get(15)?,
        due_at: row.get(16)?,
        moved_to: row.get(17)?,
        sent_at: row.get(18)?,
        first_sent_at: row.get(19)?,
        received_at: row.get(20)?,
        on_time: row.get(21)?,
        document: row.get(22)?,
        signed_by: row.get(23)?,
    })
}

/// The report of a code.
///
/// # Errors
/// [`Error::NoReport`], and those of the store.
pub fn by_code(tx: &mut Tx<'_>, tenant: &Tenant, code: &CaseCode) -> Result<Report> {
    let sql = format!("select {COLUMNS} from report r where r.tenant = $1 and r.code = $2");
    tx.opt(&sql, args!(tenant, code), read)?.ok_or(Error::NoReport)
}

/// The report of a case.
///
/// # Errors
/// [`Error::NoReport`], and those of the store.
pub fn by_case(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Report> {
    let sql = format!("select {COLUMNS} from report r where r.tenant = $1 and r.case_id = $2");
    tx.opt(&sql, args!(tenant, case), read)?.ok_or(Error::NoReport)
}

/// The version of a report of a unit in a period whose figures stand: the last that was sent.
///
/// # Errors
/// Those of the store.
pub fn standing(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    (regime, period, unit): (&str, Period, AgencyId),
) -> Result<Option<Report>> {
    let sql = format!(
        "select {COLUMNS} from report r
         where r.tenant = $1 and r.regime = $2 and r.period = $3 and r.unit = $4
             and r.sent_at is not null order by r.version desc limit 1"
    );
    Ok(tx.opt(&sql, args!(tenant, regime, period.to_string(), unit), read)?)
}

/// What stands in a report, and how often it was saved.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn sheet(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<(Sheet, u32)> {
    let found: Option<(String, u32)> = tx.opt(
        "select sheet, seq from report_sheet where tenant = $1 and case_id = $2",
        args!(tenant, case),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    match found {
        Some((text, seq)) => Ok((serde_json::from_str(&text)?, seq)),
        None => Ok((Sheet::default(), 0)),
    }
}

/// Where a case stands, as reports call it.
#[must_use]
pub fn state_of(case: &Case, came_back: bool) -> State {
    match (case.status, case.holdings.keys().next().map(|step| step.as_str())) {
        (Status::Finished | Status::Returned, _) => State::Received,
        (_, Some("duyet")) => State::Approving,
        (_, Some("nhan")) => State::Sent,
        (Status::InProgress | Status::Submitted, _) if came_back => State::Returned,
        (Status::InProgress | Status::Submitted, _) => State::Draft,
        _ => State::Stopped,
    }
}
