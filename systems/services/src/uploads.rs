//! Files on their way: the pieces that have come stay, so that a connection may break.

use desk::{Desk, Result};
use jiff::SignedDuration;
use kernel::{Instant, PartyId, Tenant};
use store::{Tx, args};

use crate::model::DraftId;

kernel::ids! {
    /// A file on its way.
    UploadId = UploadKind, "upload";
}

/// How long a file may be on its way.
pub const KEPT: SignedDuration = SignedDuration::from_hours(24);
/// Most files on their way to one draft.
pub const UPLOADS_MAX: u64 = 10;

/// A file on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OnItsWay {
    /// Which.
    pub id: UploadId,
    /// To which draft.
    pub draft: DraftId,
    /// To which of its papers.
    pub component: String,
    /// Its name, as it was sent.
    pub name: String,
    /// How long it will be, in bytes.
    pub length: u64,
    /// How much of it has come.
    pub received: u64,
    /// When it began.
    pub created_at: Instant,
}

impl OnItsWay {
    /// When it is given up.
    #[must_use]
    pub fn expires(&self) -> Instant {
        self.created_at.checked_add(KEPT).unwrap_or(Instant::MAX)
    }
}

/// Begins a file; none where too many are on their way to the draft.
///
/// # Errors
/// Those of the store.
pub fn begin(tx: &mut Tx<'_>, desk: &Desk, owner: PartyId, new: &OnItsWay) -> Result<bool> {
    let tenant = &desk.front.tenant;
    let open: u64 = tx.one(
        "select count(*) from upload where tenant = $1 and draft_id = $2",
        args!(tenant, new.draft),
        |row| row.get(0),
    )?;
    if open >= UPLOADS_MAX {
        return Ok(false);
    }
    tx.put(
        "insert into upload (tenant, id, draft_id, owner, component, name, length, received,
             created_at)
         values ($1, $2, $3, $4, $5, $6, $7, 0, $8)",
        args!(
            tenant,
            new.id,
            new.draft,
            owner,
            &new.component,
            &new.name,
            i64::try_from(new.length).unwrap_or(i64::MAX),
            new.created_at
        ),
    )?;
    Ok(true)
}

/// A file on its way, if it is this person's and not given up.
///
/// # Errors
/// Those of the store.
pub fn find(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    id: UploadId,
    owner: PartyId,
    now: Instant,
) -> Result<Option<OnItsWay>> {
    let found = tx.opt(
        "select draft_id, component, name, length, received, created_at from upload
         where tenant = $1 and id = $2 and owner = $3 and created_at > $4",
        args!(tenant, id, owner, oldest(now)),
        |row| {
            Ok(OnItsWay {
                id,
                draft: row.get(0)?,
                component: row.get(1)?,
                name: row.get(2)?,
                length: row.get(3)?,
                received: row.get(4)?,
                created_at: row.get(5)?,
            })
        },
    )?;
    Ok(found)
}

/// Adds a piece where the last one ended; answers how much has come, or none where the piece
/// begins elsewhere, or is more than was announced.
///
/// # Errors
/// Those of the store.
pub fn add(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    id: UploadId,
    start: u64,
    piece: &[u8],
) -> Result<Option<u64>> {
    let (from, more) = (signed(start), signed(piece.len() as u64));
    let moved = tx.exec(
        "update upload set received = received + $4
         where tenant = $1 and id = $2 and received = $3 and received + $4 <= length",
        args!(tenant, id, from, more),
    )?;
    if moved != 1 {
        return Ok(None);
    }
    tx.put(
        "insert into upload_piece (tenant, upload_id, start, content) values ($1, $2, $3, $4)",
        args!(tenant, id, from, piece),
    )?;
    Ok(Some(start + piece.len() as u64))
}

/// All that has come of a file, in order.
///
/// # Errors
/// Those of the store.
pub fn content(tx: &mut Tx<'_>, tenant: &Tenant, id: UploadId) -> Result<Vec<u8>> {
    let mut content = Vec::new();
    tx.each(
        "select content from upload_piece where tenant = $1 and upload_id = $2 order by start",
        args!(tenant, id),
        |row| {
            content.extend(row.get::<Vec<u8>>(0)?);
            Ok(())
        },
    )?;
    Ok(content)
}

/// Forgets a file.
///
/// # Errors
/// Those of the store.
pub fn forget(tx: &mut Tx<'_>, tenant: &Tenant, id: UploadId) -> Result<()> {
    tx.exec("delete from upload_piece where tenant = $1 and upload_id = $2", args!(tenant, id))?;
    tx.exec("delete from upload where tenant = $1 and id = $2", args!(tenant, id))?;
    Ok(())
}

/// Forgets files that never became whole, `limit` at most; answers how many.
///
/// # Errors
/// Those of the store.
pub fn purge(tx: &mut Tx<'_>, tenant: &Tenant, now: Instant, limit: u32) -> Result<u64> {
    let old: Vec<UploadId> = tx.all(
        "select id from upload where tenant = $1 and created_at <= $2
         order by created_at limit $3",
        args!(tenant, oldest(now), limit),
        |row| row.get(0),
    )?;
    for id in &old {
        forget(tx, tenant, *id)?;
    }
    Ok(old.len() as u64)
}

fn oldest(now: Instant) -> Instant {
    now.checked_sub(KEPT).unwrap_or(Instant::MIN)
}

fn signed(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
