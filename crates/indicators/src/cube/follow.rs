//! Following the journal: one batch in one transaction, its position with it.

use std::sync::Arc;

use kernel::{Instant, Tenant};
use store::{Tx, args};

use super::{
    fold::Fold,
    source::{self, Missing},
    write::{self, Rows},
};
use crate::{Result, catalogue::Catalogue};

/// The cube of an authority.
#[derive(Debug, Clone)]
pub struct Cube {
    pub(crate) tenant: Tenant,
    pub(crate) catalogue: Arc<Catalogue>,
}

/// What one batch did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed {
    /// The position up to which was counted: the next event that will be read.
    pub pos: u64,
    /// Events that were counted in this batch.
    pub events: u64,
    /// Whether there is more at once.
    pub more: bool,
}

/// As of when figures are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// Events of the journal that are counted: all of the positions below this one.
    pub pos: u64,
    /// When the last of them was recorded; none where nothing was counted yet.
    pub recorded: Option<Instant>,
    /// Sealed events that are not counted yet.
    pub behind: u64,
}

impl Cube {
    /// Most events that are folded in one transaction, so that nobody waits long behind it.
    pub const BATCH_MAX: u32 = 4096;

    /// The cube of `tenant`, whose procedures are in `catalogue`.
    #[must_use]
    pub fn new(tenant: Tenant, catalogue: Arc<Catalogue>) -> Self {
        Self { tenant, catalogue }
    }

    /// Whose it is.
    #[must_use]
    pub const fn tenant(&self) -> &Tenant {
        &self.tenant
    }

    /// What it knows of procedures.
    #[must_use]
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// Counts what was sealed since the last time, at most `limit` events of it and never more
    /// than [`Self::BATCH_MAX`]. Several processes may do so at once: one waits for the other.
    ///
    /// # Errors
    /// [`crate::Error::Event`] where an event cannot be read, and those of the store.
    pub fn follow(&self, tx: &mut Tx<'_>, limit: u32) -> Result<Followed> {
        let build = self.current(tx)?.unwrap_or(1);
        let end = source::end(tx, &self.tenant)?;
        if self.place(tx, build)?.is_some_and(|(pos, _)| pos >= end) || end == 0 {
            return Ok(Followed { pos: end, events: 0, more: false });
        }
        // Whoever writes this row first counts; the other waits, and reads on from there.
        let build: i64 = tx.one(
            "insert into cube_current (tenant, build) values ($1, $2)
             on conflict (tenant) do update set build = cube_current.build returning build",
            args!(&self.tenant, build),
            |row| row.get(0),
        )?;
        self.reserve(tx, build)?;
        let from = self.place(tx, build)?.map_or(0, |(pos, _)| pos);
        let to = end.min(from + u64::from(limit.min(Self::BATCH_MAX)));
        let told = source::events(tx, &self.tenant, from, to)?;
        let mut fold = Fold::from(from);
        let missing = Missing::of(&told, &fold);
        if !missing.is_empty() {
            let owner = (&self.tenant, build);
            source::find(tx, owner, &self.catalogue, &missing, from)?.give(&mut fold);
        }
        for one in &told {
            fold.add(one, &self.catalogue);
        }
        let rows = Rows { tenant: &self.tenant, build, lists_until: None };
        write::write(tx, rows, &fold.batch(true))?;
        Ok(Followed { pos: to, events: told.len() as u64, more: to < end })
    }

    /// As of when the figures are that are read now.
    ///
    /// # Errors
    /// Those of the store.
    pub fn as_of(&self, tx: &mut Tx<'_>) -> Result<AsOf> {
        let end = source::end(tx, &self.tenant)?;
        let place = match self.current(tx)? {
            Some(build) => self.place(tx, build)?,
            None => None,
        };
        Ok(match place {
            Some((pos, recorded)) if pos > 0 => {
                AsOf { pos, recorded: Some(recorded), behind: end.saturating_sub(pos) }
            }
            _ => AsOf { pos: 0, recorded: None, behind: end },
        })
    }

    /// The row of a build's position, where there is none yet.
    pub(super) fn reserve(&self, tx: &mut Tx<'_>, build: i64) -> Result<()> {
        tx.exec(
            "insert into cube_place (tenant, build, pos, recorded_at) values ($1, $2, 0, 0)
             on conflict (tenant, build) do nothing",
            args!(&self.tenant, build),
        )?;
        Ok(())
    }

    /// Which build is read.
    pub(crate) fn current(&self, tx: &mut Tx<'_>) -> Result<Option<i64>> {
        let sql = "select build from cube_current where tenant = $1";
        Ok(tx.opt(sql, args!(&self.tenant), |row| row.get(0))?)
    }

    pub(crate) fn place(&self, tx: &mut Tx<'_>, build: i64) -> Result<Option<(u64, Instant)>> {
        let place = tx.opt(
            "select pos, recorded_at from cube_place where tenant = $1 and build = $2",
            args!(&self.tenant, build),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
        Ok(place)
    }
}
