//! Receipts: what a citizen takes home, and can prove without asking anybody.

use kernel::{EventId, Tenant};
use serde::{Deserialize, Serialize};
use store::{Tx, args};

use crate::{
    Error, Event, Origin, SignedCheckpoint, TileReader, TreeHash, VerifierKey, checkpoint,
    event::RawEvent,
    leaf_text,
    tree::{inclusion_proof, verify_inclusion},
};

/// Evidence that an event was recorded. Its text form is a small JSON file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    format: Format,
    /// Whose journal.
    pub tenant: Tenant,
    /// Which event.
    pub event: EventId,
    /// The hash of the event's leaf.
    pub leaf: TreeHash,
    /// The leaf itself ([`crate::leaf_text`]), where the holder may read the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entry: Option<String>,
    /// The event's place in the journal; `None` in the first second or so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealing: Option<Sealing>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
enum Format {
    #[serde(rename = "tinhso-receipt/1")]
    First,
}

/// Where a receipt's event stands, and the proof of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sealing {
    /// Position in the journal.
    pub pos: u64,
    /// How many events the journal had when the proof was made.
    pub size: u64,
    /// Hashes that lead from the leaf to the root, nearest first.
    pub proof: Vec<TreeHash>,
    /// The signed root.
    pub checkpoint: String,
}

/// What a receipt proved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Which event.
    pub event: EventId,
    /// Its position in the journal.
    pub pos: u64,
    /// How many events the journal had.
    pub size: u64,
    /// The root that was signed.
    pub root: TreeHash,
    /// Who signed.
    pub origin: Origin,
    /// Whether the receipt also holds the event itself, so that not only a hash is proved.
    pub entry_shown: bool,
}

impl Receipt {
    /// The receipt for an event that was just appended.
    #[must_use]
    pub fn of(tenant: &Tenant, event: &Event) -> Self {
        let (leaf, tenant) = (event.leaf(tenant), tenant.clone());
        Self { format: Format::First, tenant, event: event.id, leaf, entry: None, sealing: None }
    }

    /// The same with the event itself, for a holder who may read all of it.
    #[must_use]
    pub fn showing(tenant: &Tenant, event: &Event) -> Self {
        Self { entry: Some(leaf_text(tenant, event)), ..Self::of(tenant, event) }
    }

    /// Reads the text form.
    ///
    /// # Errors
    /// [`Error::Json`] where it is no receipt.
    pub fn from_json(text: &str) -> Result<Self, Error> {
        Ok(serde_json::from_str(text)?)
    }

    /// Writes the text form.
    ///
    /// # Errors
    /// [`Error::Json`], which a receipt never meets.
    pub fn to_json(&self) -> Result<String, Error> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }

    /// The receipt with its place and proof, from the store.
    ///
    /// # Errors
    /// [`Error::ReceiptLost`] or [`Error::ReceiptDiffers`] where the journal was tampered
    /// with, [`Error::ReceiptUnsealed`] where it is too early.
    pub fn complete(&self, tx: &mut Tx<'_>) -> Result<Self, Error> {
        let row = tx.opt(
            "select id, case_id, version, kind, actor, happened_at, recorded_at, data, pos
             from event where tenant = $1 and id = $2",
            args!(&self.tenant, self.event),
            |row| Ok((RawEvent::read(row)?.leaf(&self.tenant), row.get::<Option<u64>>(8)?)),
        )?;
        let (leaf, pos) = row.ok_or(Error::ReceiptLost)?;
        if leaf != Some(self.leaf) {
            return Err(Error::ReceiptDiffers);
        }
        let newest = checkpoint::newest_stored(tx, &self.tenant)?;
        let (Some(pos), Some(newest)) = (pos, newest) else {
            return Err(Error::ReceiptUnsealed);
        };
        if pos >= newest.size {
            return Err(Error::Tree("a position lies beyond the newest checkpoint"));
        }
        let proof = inclusion_proof(&mut TileReader::new(tx, &self.tenant), pos, newest.size)?;
        let checkpoint = newest.note.as_str().to_owned();
        let sealing = Some(Sealing { pos, size: newest.size, proof, checkpoint });
        Ok(Self { sealing, ..self.clone() })
    }

    /// Checks the receipt with nothing but the journal's public keys.
    ///
    /// # Errors
    /// [`Error::ReceiptUnsealed`] where it holds no proof, [`Error::ReceiptUnproved`] where the
    /// proof fails, [`Error::ReceiptDiffers`] where its entry is not what was hashed, and those
    /// of [`SignedCheckpoint::open`].
    pub fn prove(&self, keys: &[VerifierKey]) -> Result<Proof, Error> {
        let sealing = self.sealing.as_ref().ok_or(Error::ReceiptUnsealed)?;
        if self.entry.as_ref().is_some_and(|entry| !self.fits(entry)) {
            return Err(Error::ReceiptDiffers);
        }
        let signed = SignedCheckpoint::from_text(sealing.checkpoint.clone()).open(keys)?;
        let Sealing { pos, size, ref proof, .. } = *sealing;
        let proved = verify_inclusion(&self.leaf, pos, size, proof, &signed.root);
        if size != signed.size || !proved {
            return Err(Error::ReceiptUnproved);
        }
        let (event, entry_shown) = (self.event, self.entry.is_some());
        Ok(Proof { event, pos, size, root: signed.root, origin: signed.origin, entry_shown })
    }

    /// Whether `entry` is the text behind the leaf, and speaks of this receipt's event.
    fn fits(&self, entry: &str) -> bool {
        let mut lines = entry.lines().skip(1);
        let tenant = lines.next() == Some(self.tenant.as_str());
        let event = lines.next() == Some(self.event.to_string().as_str());
        tenant && event && TreeHash::leaf(entry.as_bytes()) == self.leaf
    }
}
