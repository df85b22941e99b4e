//! Reading cases back.

use kernel::{Actor, CaseCode, CaseId, Instant, Tenant};
use serde::Deserialize;
use store::{Tx, args};

use crate::{
    Case, Change, Stamp,
    commands::{Error, Vault},
    evolve,
};

/// The case, if there is one.
///
/// # Errors
/// [`Error::State`] where its state cannot be read.
pub fn load(tx: &mut Tx<'_>, tenant: &Tenant, id: CaseId) -> Result<Option<Case>, Error> {
    let state: Option<String> = tx.opt(
        "select state from case_state where tenant = $1 and id = $2",
        args!(tenant, id),
        |row| row.get(0),
    )?;
    Ok(state.map(|state| serde_json::from_str(&state)).transpose()?)
}

/// The case of that code, if there is one.
///
/// # Errors
/// As [`load`].
pub fn load_by_code(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    code: &CaseCode,
) -> Result<Option<Case>, Error> {
    let state: Option<String> = tx.opt(
        "select state from case_state where tenant = $1 and code = $2",
        args!(tenant, code),
        |row| row.get(0),
    )?;
    Ok(state.map(|state| serde_json::from_str(&state)).transpose()?)
}

/// One event of a case, for its story.
#[derive(Debug, Clone, PartialEq)]
pub struct Told {
    /// The how-manieth event.
    pub version: u32,
    /// What happened.
    pub change: Change,
    /// Who did it.
    pub actor: Actor,
    /// When it is said to have happened.
    pub happened_at: Instant,
    /// When it was recorded.
    pub recorded_at: Instant,
    /// What was written in words; `None` too where the key was destroyed.
    pub note: Option<String>,
    /// Place in the journal, once sealed.
    pub pos: Option<u64>,
}

/// The story of a case, oldest first.
///
/// # Errors
/// [`Error::State`] where an event is not one of a case.
pub fn story(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    vault: &dyn Vault,
    case: &Case,
) -> Result<Vec<Told>, Error> {
    let rows = tx.all(
        "select e.version, e.data, e.actor, e.happened_at, e.recorded_at, e.pos, n.sealed
         from event e left join case_note n
             on n.tenant = e.tenant and n.case_id = e.case_id and n.version = e.version
         where e.tenant = $1 and e.case_id = $2 order by e.version",
        args!(tenant, case.id),
        |row| {
            let sealed: Option<Vec<u8>> = row.get(6)?;
            let data: String = row.get(1)?;
            Ok((row.get(0)?, data, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?, sealed))
        },
    )?;
    let mut told = Vec::with_capacity(rows.len());
    for (version, data, actor, happened_at, recorded_at, pos, sealed) in rows {
        let change = serde_json::from_str(&data)?;
        let plain = match sealed {
            Some(sealed) => vault.open(tx, case.applicant, &sealed)?,
            None => None,
        };
        let note = plain.map(|plain| String::from_utf8_lossy(&plain).into_owned());
        told.push(Told { version, change, actor, happened_at, recorded_at, note, pos });
    }
    Ok(told)
}

/// The state of a case, computed from its events alone; what the row must be equal to.
///
/// # Errors
/// [`Error::NoSuchCase`] where it has no events.
pub fn rebuild(tx: &mut Tx<'_>, tenant: &Tenant, id: CaseId) -> Result<Case, Error> {
    #[derive(Deserialize)]
    struct Entry {
        #[serde(flatten)]
        change: Change,
    }
    let mut case = None;
    for event in journal::read_case(tx, tenant, id)? {
        let Entry { change } = event.data.parse()?;
        let (happened_at, recorded_at) = (event.happened_at, event.recorded_at);
        let stamp = Stamp { actor: event.actor, happened_at, recorded_at };
        match &mut case {
            None => case = Some(evolve::begin(id, &change, &stamp)),
            Some(case) => evolve::evolve(case, &change, &stamp),
        }
    }
    case.ok_or(Error::NoSuchCase)
}
