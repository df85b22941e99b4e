//! Alerts and what belongs to them.

use desk::Desk;
use indicators::Scope;
use kernel::{Actor, AgencyId, CaseCode, CaseId, Instant, PostId, Tenant};
use store::{Row, Tx, args};

use super::Unusual;
use crate::{Result, model::Rule};

/// Most alerts on one page.
pub const ALERTS_MAX: u32 = 200;

/// An alert that opened an incident.
#[derive(Debug, Clone, PartialEq)]
pub struct Alert {
    /// The case.
    pub case: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// The rule as it was then; none where the row cannot be read.
    pub rule: Option<Rule>,
    /// Whose figure it is.
    pub scope: Scope,
    /// The agency of the figure.
    pub agency: AgencyId,
    /// Who was given it first.
    pub owner: Option<PostId>,
    /// What was read when it was raised.
    pub reading: f64,
    /// What was read against what is usual, where [`super::explain`] filled it in.
    pub unusual: Option<Unusual>,
    /// The position in the journal up to which was counted then.
    pub pos: u64,
    /// When it was raised.
    pub raised_at: Instant,
    /// How often it was raised again while the incident was open.
    pub again: u32,
    /// When a higher head gets it if nobody acknowledges it.
    pub escalate_at: Instant,
    /// When somebody acknowledged it.
    pub acknowledged_at: Option<Instant>,
    /// When a higher head got it.
    pub escalated_at: Option<Instant>,
    /// When the figure was well again.
    pub cleared_at: Option<Instant>,
    /// When the incident was closed.
    pub closed_at: Option<Instant>,
    /// Why it came about, as whoever closed it said.
    pub cause: Option<String>,
    /// When any of this changed last.
    pub updated_at: Instant,
}

/// Which alerts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Which {
    /// Whose incident is open.
    #[default]
    Open,
    /// The newest, open or not.
    All,
}

/// What was done about an incident.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ActionTaken {
    /// By whom.
    pub actor: Actor,
    /// What.
    pub words: String,
    /// When.
    pub at: Instant,
}

/// A rule that is silenced for a scope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Silenced {
    /// Which rule.
    pub rule: String,
    /// For whom.
    pub scope: String,
    /// Until when.
    pub until: Instant,
    /// Why.
    pub why: String,
}

const COLUMNS: &str =
    "case_id, code, rule_text, scope, agency, owner, reading, pos, raised_at, again,
    escalate_at, acknowledged_at, escalated_at, cleared_at, closed_at, cause, updated_at";

fn read(row: &Row<'_>) -> store::Result<Alert> {
    let scope: String = row.get(3)?;
    let wrong = |_| store::Error::Column { index: 3, reason: scope.clone() };
    Ok(Alert {
        case: row.get(0)?,
        code: row.get(1)?,
        rule: Rule::of_text(&row.get::<String>(2)?),
        scope: scope.parse().map_err(wrong)?,
        agency: row.get(4)?,
        owner: row.get(5)?,
        reading: row.get(6)?,
        unusual: None,
        pos: row.get(7)?,
        raised_at: row.get(8)?,
        again: row.get(9)?,
        escalate_at: row.get(10)?,
        acknowledged_at: row.get(11)?,
        escalated_at: row.get(12)?,
        cleared_at: row.get(13)?,
        closed_at: row.get(14)?,
        cause: row.get(15)?,
        updated_at: row.get(16)?,
    })
}

/// The newest alerts, at most [`ALERTS_MAX`].
///
/// # Errors
/// Those of the store.
pub fn list(tx: &mut Tx<'_>, desk: &Desk, which: Which) -> Result<Vec<Alert>> {
    let open = if which == Which::Open { "and closed_at is null" } else { "" };
    let sql = format!(
        "select {COLUMNS} from alert where tenant = $1 {open}
         order by raised_at desc, case_id desc limit $2"
    );
    Ok(tx.all(&sql, args!(&desk.front.tenant, ALERTS_MAX), read)?)
}

/// How many alerts are open for whom the scope is of, up to [`ALERTS_MAX`].
///
/// # Errors
/// Those of the store.
pub fn open_count(tx: &mut Tx<'_>, desk: &Desk, scope: &Scope) -> desk::Result<u64> {
    let directory = desk.front.directory.get();
    let of: Vec<AgencyId> = tx.all(
        "select agency from alert where tenant = $1 and closed_at is null limit $2",
        args!(&desk.front.tenant, ALERTS_MAX),
        |row| row.get(0),
    )?;
    Ok(of.into_iter().filter(|agency| super::under(&directory, scope, *agency)).count() as u64)
}

/// The alert of a code.
///
/// # Errors
/// Those of the store.
pub fn by_code(tx: &mut Tx<'_>, tenant: &Tenant, code: &CaseCode) -> Result<Option<Alert>> {
    let sql = format!("select {COLUMNS} from alert where tenant = $1 and code = $2");
    Ok(tx.opt(&sql, args!(tenant, code), read)?)
}

/// The alert of a case.
pub(crate) fn by_case(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Option<Alert>> {
    let sql = format!("select {COLUMNS} from alert where tenant = $1 and case_id = $2");
    Ok(tx.opt(&sql, args!(tenant, case), read)?)
}

/// What was done about an incident, oldest first.
///
/// # Errors
/// Those of the store.
pub fn actions(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> Result<Vec<ActionTaken>> {
    let sql = "select actor, words, recorded_at from alert_action
               where tenant = $1 and case_id = $2 order by number limit $3";
    Ok(tx.all(sql, args!(tenant, case, ALERTS_MAX), |row| {
        Ok(ActionTaken { actor: row.get(0)?, words: row.get(1)?, at: row.get(2)? })
    })?)
}

/// What is silenced now.
///
/// # Errors
/// Those of the store.
pub fn silences(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant) -> Result<Vec<Silenced>> {
    let sql = "select rule, scope, silenced_until, silenced_why from alert_watch
               where tenant = $1 and silenced_until > $2 order by silenced_until limit $3";
    Ok(tx.all(sql, args!(tenant, now, ALERTS_MAX), |row| {
        let why: Option<String> = row.get(3)?;
        let (rule, scope, until) = (row.get(0)?, row.get(1)?, row.get(2)?);
        Ok(Silenced { rule, scope, until, why: why.unwrap_or_default() })
    })?)
}
