//! Commands in a transaction: load, decide, and write state, events and outbox together.

use journal::{Data, Event, EventKind};
use kernel::{
    AgencyCode, AgencyId, CaseCode, CaseId, EventId, Instant, Mint, PartyId, Tenant, hex, today,
};
use sha2::{Digest, Sha256};
use store::{Tx, args};
use thiserror::Error;

use crate::{
    Case, Change, Command, Refusal, Stamp, World, decide, evolve,
    model::{Note, Submit},
    queries, table,
};

/// Why a command did not go through.
#[derive(Debug, Error)]
pub enum Error {
    /// The rules say no; nothing was changed.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// There is no such case.
    #[error("no such case")]
    NoSuchCase,
    /// Somebody else changed the case since the caller looked at it.
    #[error("the case is at version {found}, not {expected}")]
    Stale {
        /// What the caller saw.
        expected: u32,
        /// What it is.
        found: u32,
    },
    /// The journal refused the event.
    #[error(transparent)]
    Journal(#[from] journal::Error),
    /// The state does not fit its type: a bug, or a hand in the database.
    #[error("the state of a case cannot be read: {0}")]
    State(#[from] serde_json::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

/// Seals words that may name a person, so that they can be made unreadable for good.
pub trait Vault {
    /// Seals `plain` under the key of `party`.
    ///
    /// # Errors
    /// Those of the store, where the key is kept.
    fn seal(&self, tx: &mut Tx<'_>, party: PartyId, plain: &[u8]) -> store::Result<Vec<u8>>;

    /// Opens what was sealed; `None` where the key was destroyed.
    ///
    /// # Errors
    /// Those of the store.
    fn open(
        &self,
        tx: &mut Tx<'_>,
        party: PartyId,
        sealed: &[u8],
    ) -> store::Result<Option<Vec<u8>>>;
}

/// Everything that a command needs besides the case.
#[derive(Clone, Copy)]
pub struct Office<'a> {
    /// Whose data.
    pub tenant: &'a Tenant,
    /// Procedures, calendars, seats.
    pub world: &'a dyn World,
    /// Where words are sealed.
    pub vault: &'a dyn Vault,
    /// Where identifiers come from.
    pub mint: &'a Mint,
}

/// What a command did.
#[derive(Debug, Clone)]
pub struct Done {
    /// The case as it is now.
    pub case: Case,
    /// What was written to the journal, in order.
    pub events: Vec<Event>,
}

/// Files a new case: gives it the next code of `received_by` for the day.
///
/// # Errors
/// [`Error::Refused`] where the rules say no.
pub fn file(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    received_by: &AgencyCode,
    filing: Submit,
    stamp: &Stamp,
) -> Result<Done, Error> {
    let id: CaseId = office.mint.id(stamp.recorded_at);
    let code = next_code(tx, office.tenant, filing.received_by, received_by, stamp)?;
    let (case, change) = decide::submit(office.world, stamp, id, code, filing)?;
    table::insert_case(tx, office.tenant, office.world, &case)?;
    table::sync_work(tx, office.tenant, id, &[], &crate::work::items(&case))?;
    let event = event(office.mint, id, case.version, &change, None, stamp)?;
    write_event(tx, office.tenant, &event)?;
    Ok(Done { case, events: vec![event] })
}

/// Runs a command on a case. `expected` is the version that the caller saw, if it cares.
///
/// # Errors
/// [`Error::Refused`] where the rules say no, [`Error::Stale`] where somebody was faster.
pub fn handle(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    id: CaseId,
    expected: Option<u32>,
    command: &Command,
    stamp: &Stamp,
) -> Result<Done, Error> {
    let case = queries::load(tx, office.tenant, id)?.ok_or(Error::NoSuchCase)?;
    handle_loaded(tx, office, case, expected, command, stamp)
}

/// As [`handle`], for a case that was loaded in this transaction already.
///
/// # Errors
/// As [`handle`].
pub fn handle_loaded(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    mut case: Case,
    expected: Option<u32>,
    command: &Command,
    stamp: &Stamp,
) -> Result<Done, Error> {
    if let Some(expected) = expected.filter(|expected| *expected != case.version) {
        return Err(Error::Stale { expected, found: case.version });
    }
    let changes = decide::decide(office.world, stamp, &case, command)?;
    let (before, seen) = (crate::work::items(&case), case.version);
    for change in &changes {
        evolve::evolve(&mut case, change, stamp);
    }
    table::update_case(tx, office.tenant, Some(office.world), &case, seen)?;
    table::sync_work(tx, office.tenant, case.id, &before, &crate::work::items(&case))?;
    let mut events = Vec::with_capacity(changes.len());
    for (version, change) in (seen + 1..).zip(&changes) {
        // The words belong to the first change; the others follow from it.
        let note = command.note().filter(|note| version == seen + 1 && !note.0.trim().is_empty());
        let event = event(office.mint, case.id, version, change, note, stamp)?;
        write_event(tx, office.tenant, &event)?;
        if let Some(note) = note {
            write_note(tx, office, &case, version, note)?;
        }
        events.push(event);
    }
    Ok(Done { case, events })
}

/// Writes a change that no command of a person made and no clock moves for, such as the move to
/// a successor.
///
/// # Errors
/// Those of the journal and the store.
pub fn apply(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    mut case: Case,
    change: &Change,
    stamp: &Stamp,
) -> Result<Done, Error> {
    let (before, seen) = (crate::work::items(&case), case.version);
    evolve::evolve(&mut case, change, stamp);
    table::update_case(tx, tenant, None, &case, seen)?;
    table::sync_work(tx, tenant, case.id, &before, &crate::work::items(&case))?;
    let event = event(mint, case.id, case.version, change, None, stamp)?;
    write_event(tx, tenant, &event)?;
    Ok(Done { case, events: vec![event] })
}

/// Appends an event to the journal, and to the outbox for whoever is to be told.
fn write_event(tx: &mut Tx<'_>, tenant: &Tenant, event: &Event) -> Result<(), Error> {
    journal::append(tx, tenant, event)?;
    announce(tx, tenant, event.id, event.case, event.kind.as_str(), event.recorded_at)?;
    Ok(())
}

/// Puts into the outbox what is still to be told of a case: each change by itself, and what a
/// system says of it in words of its own (`feedback.forwarded`), once under that identifier.
///
/// # Errors
/// Those of the store.
pub fn announce(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    id: EventId,
    case: CaseId,
    kind: &str,
    at: Instant,
) -> store::Result<()> {
    tx.put(
        "insert into outbox (tenant, event_id, case_id, kind, recorded_at)
         values ($1, $2, $3, $4, $5)",
        args!(tenant, id, case, kind, at),
    )
}

fn write_note(
    tx: &mut Tx<'_>,
    office: Office<'_>,
    case: &Case,
    version: u32,
    note: &Note,
) -> Result<(), Error> {
    let sealed = office.vault.seal(tx, case.applicant, note.0.as_bytes())?;
    tx.put(
        "insert into case_note (tenant, case_id, version, sealed) values ($1, $2, $3, $4)",
        args!(office.tenant, case.id, version, sealed),
    )?;
    Ok(())
}

/// The event that tells of a change. Words are in it by their hash alone.
///
/// # Errors
/// Where the change is too long for the journal.
pub fn event(
    mint: &Mint,
    case: CaseId,
    version: u32,
    change: &Change,
    note: Option<&Note>,
    stamp: &Stamp,
) -> Result<Event, Error> {
    #[derive(serde::Serialize)]
    struct Entry<'a> {
        #[serde(flatten)]
        change: &'a Change,
        #[serde(skip_serializing_if = "Option::is_none")]
        note_sha256: Option<String>,
    }
    let note_sha256 = note.map(|note| hex(&Sha256::digest(note.0.as_bytes())));
    let kind: EventKind = change.kind().parse()?;
    Ok(Event {
        id: mint.id(stamp.recorded_at),
        case,
        version,
        kind,
        actor: stamp.actor.clone(),
        happened_at: stamp.happened_at,
        recorded_at: stamp.recorded_at,
        data: Data::of(&Entry { change, note_sha256 })?,
    })
}

/// The next dossier code of an agency for the day on which it is recorded.
fn next_code(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agency: AgencyId,
    code: &AgencyCode,
    stamp: &Stamp,
) -> Result<CaseCode, Error> {
    let day = today(stamp.recorded_at);
    let serial: u32 = tx.one(
        "insert into case_serial (tenant, agency_id, day, last) values ($1, $2, $3, 1)
         on conflict (tenant, agency_id, day) do update set last = case_serial.last + 1
         returning last",
        args!(tenant, agency, day.to_string()),
        |row| row.get(0),
    )?;
    Ok(CaseCode::new(code, day, serial))
}
