//! Drafts in the store: sealed under the key of whoever fills them in, one version at a time.

use casework::ProcedureRef;
use desk::{Desk, Result};
use identity::seal::{Label, PartyKey};
use jiff::SignedDuration;
use kernel::{CaseId, Instant, PartyId, Tenant};
use store::{Row, Tx, args};

use crate::model::{Draft, DraftId, MandateId, Sheet};

/// What a draft is sealed as.
const DRAFT: Label = Label("draft");
/// What a held answer is sealed as.
const HELD: Label = Label("draft held");
/// Most drafts that one person has open.
pub const DRAFTS_MAX: usize = 20;
/// How long a draft is kept that nobody goes on with.
pub const KEPT: SignedDuration = SignedDuration::from_hours(90 * 24);
/// How long an answer is held for who has to sign in again.
const HELD_FOR: SignedDuration = SignedDuration::from_hours(24);
/// Most bytes of a held answer.
const HELD_BYTES_MAX: usize = 16 * 1024;

/// What a new draft is about.
#[derive(Debug, Clone)]
pub struct Begin {
    /// Who fills it in.
    pub owner: PartyId,
    /// Whose matter it is.
    pub applicant: PartyId,
    /// By which mandate.
    pub mandate: Option<MandateId>,
    /// Which text of which procedure.
    pub procedure: ProcedureRef,
    /// What is known already.
    pub sheet: Sheet,
}

/// A draft in a list.
#[derive(Debug, Clone)]
pub struct DraftLine {
    /// Which.
    pub id: DraftId,
    /// Of which procedure.
    pub procedure: ProcedureRef,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// Begins a draft; none where the person has too many open.
///
/// # Errors
/// Those of the store.
pub fn begin(tx: &mut Tx<'_>, desk: &Desk, new: &Begin, now: Instant) -> Result<Option<DraftId>> {
    let front = &desk.front;
    if open_of(tx, &front.tenant, new.owner)?.len() >= DRAFTS_MAX {
        return Ok(None);
    }
    let id: DraftId = front.mint.id(now);
    let sealed = seal(&key(tx, desk, new.owner)?, desk, &new.sheet)?;
    tx.put(
        "insert into draft (tenant, id, owner, applicant, mandate, procedure_code,
             procedure_version, sealed, version, created_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9)",
        args!(
            &front.tenant,
            id,
            new.owner,
            new.applicant,
            new.mandate,
            &new.procedure.code,
            new.procedure.version,
            sealed,
            now
        ),
    )?;
    Ok(Some(id))
}

/// A draft with what was answered; none where it is not there, or belongs to another.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn load(tx: &mut Tx<'_>, desk: &Desk, id: DraftId, owner: PartyId) -> Result<Option<Draft>> {
    let found = tx.opt(
        "select owner, applicant, mandate, procedure_code, procedure_version, version, updated_at,
             filed_case, sealed
         from draft where tenant = $1 and id = $2 and owner = $3",
        args!(&desk.front.tenant, id, owner),
        |row| Ok((read(row, id)?, row.get::<Option<Vec<u8>>>(8)?)),
    )?;
    let Some((mut draft, sealed)) = found else { return Ok(None) };
    if let Some(sealed) = sealed {
        let plain = key(tx, desk, owner)?.open(DRAFT, &sealed)?;
        draft.sheet = serde_json::from_slice(&plain)?;
    }
    Ok(Some(draft))
}

fn read(row: &Row<'_>, id: DraftId) -> store::Result<Draft> {
    Ok(Draft {
        id,
        owner: row.get(0)?,
        applicant: row.get(1)?,
        mandate: row.get(2)?,
        procedure: ProcedureRef { code: row.get(3)?, version: row.get(4)? },
        sheet: Sheet::default(),
        version: row.get(5)?,
        updated_at: row.get(6)?,
        filed: row.get(7)?,
    })
}

/// Keeps a changed sheet as the next version.
///
/// # Errors
/// [`store::Error::Conflict`] where somebody changed it since it was loaded.
pub fn save(tx: &mut Tx<'_>, desk: &Desk, draft: &mut Draft, now: Instant) -> Result<()> {
    let sealed = seal(&key(tx, desk, draft.owner)?, desk, &draft.sheet)?;
    tx.put(
        "update draft set sealed = $3, version = version + 1, updated_at = $4
         where tenant = $1 and id = $2 and version = $5 and filed_case is null",
        args!(&desk.front.tenant, draft.id, sealed, now, draft.version),
    )?;
    draft.version += 1;
    draft.updated_at = now;
    Ok(())
}

/// Notes the dossier that a draft became; what was answered is the dossier's from now on.
///
/// # Errors
/// [`store::Error::Conflict`] where it was filed or changed since it was loaded.
pub fn filed(
    tx: &mut Tx<'_>,
    desk: &Desk,
    draft: &Draft,
    case: CaseId,
    now: Instant,
) -> Result<()> {
    tx.put(
        "update draft set filed_case = $3, sealed = null, version = version + 1, updated_at = $4
         where tenant = $1 and id = $2 and version = $5 and filed_case is null",
        args!(&desk.front.tenant, draft.id, case, now, draft.version),
    )?;
    forget_held(tx, &desk.front.tenant, draft.id)
}

/// Throws a draft away.
///
/// # Errors
/// Those of the store.
pub fn discard(tx: &mut Tx<'_>, tenant: &Tenant, id: DraftId, owner: PartyId) -> Result<bool> {
    let sql = "delete from draft
               where tenant = $1 and id = $2 and owner = $3 and filed_case is null";
    let gone = tx.exec(sql, args!(tenant, id, owner))? == 1;
    if gone {
        forget_held(tx, tenant, id)?;
    }
    Ok(gone)
}

/// The drafts of a person that are not filed, the newest first.
///
/// # Errors
/// Those of the store.
pub fn open_of(tx: &mut Tx<'_>, tenant: &Tenant, owner: PartyId) -> Result<Vec<DraftLine>> {
    let lines = tx.all(
        "select id, procedure_code, procedure_version, updated_at from draft
         where tenant = $1 and owner = $2 and filed_case is null
         order by updated_at desc limit 20",
        args!(tenant, owner),
        |row| {
            let procedure = ProcedureRef { code: row.get(1)?, version: row.get(2)? };
            Ok(DraftLine { id: row.get(0)?, procedure, updated_at: row.get(3)? })
        },
    )?;
    Ok(lines)
}

/// Holds what somebody typed who has to sign in again; nothing for a draft that is not there.
///
/// # Errors
/// Those of the store.
pub fn hold(
    tx: &mut Tx<'_>,
    desk: &Desk,
    id: DraftId,
    question: &str,
    typed: &[(String, String)],
    now: Instant,
) -> Result<bool> {
    let tenant = &desk.front.tenant;
    let sql = "select owner from draft where tenant = $1 and id = $2 and filed_case is null";
    let owner: Option<PartyId> = tx.opt(sql, args!(tenant, id), |row| row.get(0))?;
    let plain = serde_json::to_vec(typed)?;
    let Some(owner) = owner.filter(|_| plain.len() <= HELD_BYTES_MAX) else { return Ok(false) };
    let sealed = key(tx, desk, owner)?.seal(HELD, &plain, &desk.front.mint);
    tx.exec(
        "insert into draft_held (tenant, draft_id, question, sealed, recorded_at)
         values ($1, $2, $3, $4, $5)
         on conflict (tenant, draft_id, question) do update set sealed = excluded.sealed,
             recorded_at = excluded.recorded_at",
        args!(tenant, id, question, sealed, now),
    )?;
    Ok(true)
}

/// What was held of a question, if not too long ago.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn held(
    tx: &mut Tx<'_>,
    desk: &Desk,
    draft: &Draft,
    question: &str,
    now: Instant,
) -> Result<Option<Vec<(String, String)>>> {
    let oldest = now.checked_sub(HELD_FOR).unwrap_or(Instant::MIN);
    let sealed: Option<Vec<u8>> = tx.opt(
        "select sealed from draft_held
         where tenant = $1 and draft_id = $2 and question = $3 and recorded_at > $4",
        args!(&desk.front.tenant, draft.id, question, oldest),
        |row| row.get(0),
    )?;
    let Some(sealed) = sealed else { return Ok(None) };
    let plain = key(tx, desk, draft.owner)?.open(HELD, &sealed)?;
    Ok(Some(serde_json::from_slice(&plain)?))
}

/// Forgets what was held of one question.
///
/// # Errors
/// Those of the store.
pub fn unhold(tx: &mut Tx<'_>, tenant: &Tenant, id: DraftId, question: &str) -> Result<()> {
    tx.exec(
        "delete from draft_held where tenant = $1 and draft_id = $2 and question = $3",
        args!(tenant, id, question),
    )?;
    Ok(())
}

fn forget_held(tx: &mut Tx<'_>, tenant: &Tenant, id: DraftId) -> Result<()> {
    tx.exec("delete from draft_held where tenant = $1 and draft_id = $2", args!(tenant, id))?;
    Ok(())
}

/// Deletes drafts that nobody went on with for [`KEPT`], `limit` at most; answers how many.
///
/// # Errors
/// Those of the store.
pub fn purge(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant, limit: u32) -> Result<u64> {
    let before = now.checked_sub(KEPT).unwrap_or(Instant::MIN);
    let old: Vec<DraftId> = tx.all(
        "select id from draft where tenant = $1 and updated_at < $2
         order by updated_at limit $3",
        args!(tenant, before, limit),
        |row| row.get(0),
    )?;
    for id in &old {
        tx.exec("delete from draft where tenant = $1 and id = $2", args!(tenant, *id))?;
        forget_held(tx, tenant, *id)?;
    }
    Ok(u64::try_from(old.len()).unwrap_or(u64::MAX))
}

fn key(tx: &mut Tx<'_>, desk: &Desk, owner: PartyId) -> Result<PartyKey> {
    Ok(desk.keyring.key(tx, &desk.front.tenant, owner, &desk.front.mint)?)
}

fn seal(key: &PartyKey, desk: &Desk, sheet: &Sheet) -> Result<Vec<u8>> {
    Ok(key.seal(DRAFT, &serde_json::to_vec(sheet)?, &desk.front.mint))
}
