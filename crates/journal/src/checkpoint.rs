//! Checkpoints: the signed statement of how long the journal is and what its root is.

use kernel::{Instant, Tenant};
use store::{Row, Tx, args};

use crate::{Error, LogKey, Origin, TreeHash, VerifierKey, bigint, note};

/// What a checkpoint says (C2SP tlog-checkpoint): three lines, origin, size and root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// Whose journal.
    pub origin: Origin,
    /// How many events are in the tree.
    pub size: u64,
    /// The root of the tree.
    pub root: TreeHash,
}

impl Checkpoint {
    /// The signed note.
    #[must_use]
    pub fn sign(&self, key: &LogKey) -> SignedCheckpoint {
        let body = format!("{}\n{}\n{}\n", self.origin, self.size, self.root);
        SignedCheckpoint(key.sign(&body))
    }
}

/// A checkpoint as a signed note: text that can be printed, sent and kept by anyone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint(String);

impl SignedCheckpoint {
    /// Takes a note as it comes; nothing is believed before [`Self::open`].
    #[must_use]
    pub fn from_text(note: String) -> Self {
        Self(note)
    }

    /// The note.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What it says, once a signature by one of `keys` was found good.
    ///
    /// # Errors
    /// [`Error::Forged`], [`Error::Unsigned`], or [`Error::Note`] where it is no checkpoint.
    pub fn open(&self, keys: &[VerifierKey]) -> Result<Checkpoint, Error> {
        let body = note::open(&self.0, keys)?;
        let mut lines = body.lines();
        let mut line = || lines.next().ok_or(Error::Note);
        let origin: Origin = line()?.parse()?;
        let size_text = line()?;
        let size: u64 = size_text.parse().map_err(|_| Error::Note)?;
        let root = line()?.parse().map_err(|_| Error::Note)?;
        // A key speaks for the journal of its own name, and a number has one spelling.
        let own = keys.iter().any(|key| *key.origin() == origin);
        let plain = size.to_string() == size_text;
        if own && plain { Ok(Checkpoint { origin, size, root }) } else { Err(Error::Note) }
    }
}

/// A checkpoint as the store keeps it, with the columns that are not signed.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) size: u64,
    pub(crate) note: SignedCheckpoint,
}

impl Stored {
    fn read(row: &Row<'_>) -> store::Result<Self> {
        Ok(Self { size: row.get(0)?, note: SignedCheckpoint(row.get(1)?) })
    }
}

/// The newest checkpoint of the journal, if it has any.
///
/// # Errors
/// Those of the store.
pub fn newest(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Option<SignedCheckpoint>, Error> {
    Ok(newest_stored(tx, tenant)?.map(|stored| stored.note))
}

pub(crate) fn newest_stored(tx: &mut Tx<'_>, tenant: &Tenant) -> store::Result<Option<Stored>> {
    tx.opt(
        "select size, note from journal_checkpoint where tenant = $1 order by size desc limit 1",
        args!(tenant),
        Stored::read,
    )
}

/// The first checkpoints of more than `size` events, in order.
pub(crate) fn after(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    size: u64,
    limit: i64,
) -> store::Result<Vec<Stored>> {
    tx.all(
        "select size, note from journal_checkpoint where tenant = $1 and size > $2
         order by size limit $3",
        args!(tenant, bigint(size), limit),
        Stored::read,
    )
}

/// The last checkpoint of fewer than `size` events.
pub(crate) fn before(tx: &mut Tx<'_>, tenant: &Tenant, size: u64) -> store::Result<Option<Stored>> {
    tx.opt(
        "select size, note from journal_checkpoint where tenant = $1 and size < $2
         order by size desc limit 1",
        args!(tenant, bigint(size)),
        Stored::read,
    )
}

pub(crate) fn save(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    checkpoint: &Checkpoint,
    note: &SignedCheckpoint,
    now: Instant,
) -> store::Result<()> {
    tx.put(
        "insert into journal_checkpoint (tenant, size, root, note, signed_at)
         values ($1, $2, $3, $4, $5)",
        args!(tenant, bigint(checkpoint.size), checkpoint.root.as_bytes(), note.as_str(), now),
    )
}
