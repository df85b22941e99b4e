//! The signed roots that a walk through the journal passes.

use std::collections::VecDeque;

use store::Tx;

use super::{Audit, Break, Fault};
use crate::{
    Error, TreeHash, VerifierKey,
    checkpoint::{self, Stored},
};
use kernel::Tenant;

/// Checkpoints that are read at a time.
const PAGE: i64 = 1024;

/// The signed roots in order of size, read as the walk comes to them.
pub(super) struct Points {
    tenant: Tenant,
    keys: Vec<VerifierKey>,
    /// Kept outside the store, smallest first.
    witnesses: VecDeque<(u64, TreeHash)>,
    /// Read ahead, smallest first.
    ahead: VecDeque<(u64, TreeHash)>,
    /// Everything up to this size was read.
    read_to: u64,
    size: u64,
    last_good: u64,
    forged: Option<u64>,
}

impl Points {
    pub(super) fn new(tx: &mut Tx<'_>, audit: &Audit) -> Result<Self, Error> {
        let opened = audit.witnesses.iter().map(|witness| {
            let signed = witness.open(&audit.keys)?;
            Ok((signed.size, signed.root))
        });
        let mut witnesses = opened.collect::<Result<Vec<_>, Error>>()?;
        witnesses.sort_unstable_by_key(|(size, _)| *size);
        let witnessed = witnesses.last().map_or(0, |(size, _)| *size);
        let mut points = Self {
            tenant: audit.tenant.clone(),
            keys: audit.keys.clone(),
            witnesses: witnesses.into(),
            ahead: VecDeque::new(),
            read_to: 0,
            size: 0,
            last_good: 0,
            forged: None,
        };
        points.size = points.newest_signed(tx)?.max(witnessed);
        Ok(points)
    }

    /// How many events the journal has by the newest good signature.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// The root that was signed for the tree of `size` events, if one was.
    pub(super) fn at(&mut self, tx: &mut Tx<'_>, size: u64) -> Result<Option<TreeHash>, Error> {
        while self.ahead.is_empty() && self.read_to < self.size {
            self.read_ahead(tx)?;
        }
        let (stored, witness) = (take(&mut self.ahead, size), take(&mut self.witnesses, size));
        Ok(match (stored, witness) {
            // Two signed roots for one size: one of them cannot be the walk's.
            (Some(stored), Some(witness)) if stored != witness => Some(TreeHash::of_nothing()),
            (stored, witness) => stored.or(witness),
        })
    }

    /// The tree was found right up to `size`.
    pub(super) fn passed(&mut self, size: u64) {
        self.last_good = size;
    }

    /// The last size at which the tree was found right.
    pub(super) fn last_good(&self) -> u64 {
        self.last_good
    }

    /// The smallest checkpoint that nobody signed, of those that were read.
    pub(super) fn first_forged(&self) -> Option<Break> {
        let fault = Fault::CheckpointForged { size: self.forged? };
        Some(Break { pos: None, event: None, case: None, fault })
    }

    fn read_ahead(&mut self, tx: &mut Tx<'_>) -> Result<(), Error> {
        let page = checkpoint::after(tx, &self.tenant, self.read_to, PAGE)?;
        self.read_to = page.last().map_or(u64::MAX, |stored| stored.size);
        for stored in page {
            let signed = self.open(&stored);
            self.ahead.extend(signed.map(|root| (stored.size, root)));
        }
        Ok(())
    }

    /// The newest checkpoint with a good signature; the forged ones after it are noted.
    fn newest_signed(&mut self, tx: &mut Tx<'_>) -> Result<u64, Error> {
        let mut below = u64::MAX;
        while let Some(stored) = checkpoint::before(tx, &self.tenant, below)? {
            if self.open(&stored).is_some() {
                return Ok(stored.size);
            }
            below = stored.size;
        }
        Ok(0)
    }

    fn open(&mut self, stored: &Stored) -> Option<TreeHash> {
        let signed = stored.note.open(&self.keys).ok();
        let signed = signed.filter(|signed| signed.size == stored.size);
        if signed.is_none() {
            self.forged = Some(self.forged.map_or(stored.size, |size| size.min(stored.size)));
        }
        signed.map(|signed| signed.root)
    }
}

fn take(points: &mut VecDeque<(u64, TreeHash)>, size: u64) -> Option<TreeHash> {
    while points.front().is_some_and(|(at, _)| *at < size) {
        points.pop_front();
    }
    let (at, root) = *points.front()?;
    if at == size { points.pop_front().map(|_| root) } else { None }
}
