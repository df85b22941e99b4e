//! Verification of a whole journal, with nothing but its store and its public keys.
//!
//! The rows are hashed again in order and compared with the leaves in the tiles; the roots of
//! both are compared with every signed checkpoint on the way. As long as the tiles lead to what
//! was signed they are the truth about each single leaf, so that the first row that differs can
//! be named. Memory does not grow with the journal.

mod blame;
mod points;
mod verdict;

use kernel::{CaseId, EventId, Instant, Tenant};
use store::{Row, Tx, args};

use self::points::Points;
pub use self::verdict::{Break, Fault, Verdict};
use crate::{
    Error, SignedCheckpoint, TreeHash, VerifierKey, bigint,
    event::RawEvent,
    tile::{Edge, TILE_WIDTH, Tile},
    tiles,
    tree::Frontier,
};

/// Events that are read at a time.
const PAGE: u64 = 64 * TILE_WIDTH as u64;

/// What to verify, and what to believe.
#[derive(Debug, Clone)]
pub struct Audit {
    /// Whose journal.
    pub tenant: Tenant,
    /// The public keys that signed for it, of now and of earlier.
    pub keys: Vec<VerifierKey>,
    /// Checkpoints that were kept outside the store. Only these can tell that the newest part
    /// of a journal was cut off whole.
    pub witnesses: Vec<SignedCheckpoint>,
    /// Events recorded before this instant must be sealed.
    pub sealed_until: Instant,
}

/// Verifies the journal; `progress` hears how many of how many events are done.
///
/// # Errors
/// Those of the store, and those of [`SignedCheckpoint::open`] for a bad witness. What is wrong
/// with the journal is a [`Verdict`], not an error.
pub fn verify(
    tx: &mut Tx<'_>,
    audit: &Audit,
    mut progress: impl FnMut(u64, u64),
) -> Result<Verdict, Error> {
    let mut points = Points::new(tx, audit)?;
    let mut walk = Walk::new(tx, &audit.tenant, points.size());
    while walk.done < walk.size {
        if let Some(found) = walk.page(&mut points)? {
            return Ok(Verdict::Broken(found));
        }
        progress(walk.done, walk.size);
    }
    let (size, root) = (walk.size, walk.rows.root());
    let tree_damage = walk.finish()?;
    let findings = [
        points.first_forged(),
        inserted(tx, audit, size)?,
        tree_damage,
        blame::gap(tx, &audit.tenant)?,
        left_unsealed(tx, audit)?,
    ];
    if let Some(found) = findings.into_iter().flatten().next() {
        return Ok(Verdict::Broken(found));
    }
    let unsealed = tx.one(
        "select count(*) from event where tenant = $1 and pos is null",
        args!(&audit.tenant),
        |row| row.get(0),
    )?;
    Ok(Verdict::Sound { size, root, unsealed })
}

/// What stands at a position: the row's leaf, where it can be read, and its name.
#[derive(Debug, Clone)]
struct Found {
    leaf: Option<TreeHash>,
    event: Option<EventId>,
    case: Option<CaseId>,
    pos: Option<u64>,
}

impl Found {
    /// Reads `id, case_id, version, kind, actor, happened_at, recorded_at, data, pos`; a row that
    /// cannot be read is a finding, not an error.
    fn read(row: &Row<'_>, tenant: &Tenant) -> Self {
        let leaf = RawEvent::read(row).ok().and_then(|raw| raw.leaf(tenant));
        let (event, case) = (row.get(0).ok(), row.get(1).ok());
        Self { leaf, event, case, pos: row.get(8).ok() }
    }

    fn at(&self, pos: Option<u64>, fault: Fault) -> Break {
        Break { pos, event: self.event, case: self.case, fault }
    }
}

/// The first position where row and tile differ; which of them is wrong the next signed root
/// tells.
#[derive(Debug, Clone)]
struct Suspect {
    pos: u64,
    row: Option<Found>,
    tile: Option<TreeHash>,
}

/// The walk through the journal, row by row beside leaf by leaf.
struct Walk<'w, 'tx> {
    tx: &'w mut Tx<'tx>,
    tenant: &'w Tenant,
    size: u64,
    done: u64,
    /// The tree of the rows, and from the first suspect on that of the tiles.
    rows: Frontier,
    tiles: Option<Frontier>,
    suspect: Option<Suspect>,
    /// Grown from the leaves, to compare the upper tiles with.
    edge: Edge,
    damaged: Option<Break>,
}

impl<'w, 'tx> Walk<'w, 'tx> {
    fn new(tx: &'w mut Tx<'tx>, tenant: &'w Tenant, size: u64) -> Self {
        let (rows, edge) = (Frontier::default(), Edge::default());
        Self { tx, tenant, size, done: 0, rows, tiles: None, suspect: None, edge, damaged: None }
    }

    /// Walks on by one page.
    fn page(&mut self, points: &mut Points) -> Result<Option<Break>, Error> {
        let (from, to) = (self.done, self.size.min(self.done + PAGE));
        let leaves = self.leaves(from, to)?;
        let rows = match self.rows(from, to)? {
            Ok(rows) => rows,
            Err(twice) => return Ok(Some(twice)),
        };
        for (row, leaf) in rows.into_iter().zip(leaves) {
            self.step(row, leaf);
            if let Some(signed) = points.at(self.tx, self.done)? {
                if let Some(found) = self.settle(&signed, points.last_good())? {
                    return Ok(Some(found));
                }
                points.passed(self.done);
            }
        }
        self.compare_upper_tiles()?;
        Ok(None)
    }

    fn step(&mut self, row: Option<Found>, tile: Option<TreeHash>) {
        let leaf = row.as_ref().and_then(|found| found.leaf);
        if self.suspect.is_none() && (leaf.is_none() || leaf != tile) {
            self.tiles = Some(self.rows.clone());
            self.suspect = Some(Suspect { pos: self.done, row, tile });
        }
        let nothing = TreeHash::of_nothing();
        self.rows.push(leaf.or(tile).unwrap_or(nothing));
        if let Some(tiles) = &mut self.tiles {
            tiles.push(tile.or(leaf).unwrap_or(nothing));
        }
        if self.suspect.is_none() {
            self.edge.push(leaf.unwrap_or(nothing));
        }
        self.done += 1;
    }

    /// Holds what was walked against a signed root.
    fn settle(&mut self, signed: &TreeHash, last_good: u64) -> Result<Option<Break>, Error> {
        let rows_fit = self.rows.root() == *signed;
        let Some(suspect) = self.suspect.clone() else {
            if rows_fit {
                return Ok(None);
            }
            return blame::rewritten(self.tx, self.tenant, last_good, self.done).map(Some);
        };
        let tiles_fit = self.tiles.as_ref().is_some_and(|tiles| tiles.root() == *signed);
        let found = match (&suspect.row, suspect.tile) {
            (_, Some(leaf)) if tiles_fit => {
                blame::row(self.tx, self.tenant, suspect.pos, suspect.row, leaf)?
            }
            (Some(row), _) if rows_fit => row.at(Some(suspect.pos), Fault::TreeDamaged),
            (Some(row), _) => row.at(Some(suspect.pos), Fault::Altered),
            (None, _) => blame::removed(self.tx, self.tenant, suspect.pos)?,
        };
        Ok(Some(found))
    }

    /// The leaves of the positions `from .. to` as the tiles have them.
    fn leaves(&mut self, from: u64, to: u64) -> Result<Vec<Option<TreeHash>>, Error> {
        let width = TILE_WIDTH as u64;
        let mut leaves = vec![None; slot(to - from)];
        let stored = tiles::load_leaves(self.tx, self.tenant, from / width, to.div_ceil(width))?;
        for (number, hashes) in stored {
            let first = slot(number * width - from);
            for (place, hash) in leaves[first..].iter_mut().zip(hashes.into_iter().take(TILE_WIDTH))
            {
                *place = Some(hash);
            }
        }
        Ok(leaves)
    }

    /// The rows of the positions `from .. to`; or the row that claims a place already taken,
    /// which the unique index only allows to somebody who took the index away.
    fn rows(&mut self, from: u64, to: u64) -> Result<Result<Vec<Option<Found>>, Break>, Error> {
        let mut rows = vec![None; slot(to - from)];
        let mut twice = None;
        self.tx.each(
            "select id, case_id, version, kind, actor, happened_at, recorded_at, data, pos
             from event where tenant = $1 and pos >= $2 and pos < $3 order by pos",
            args!(self.tenant, bigint(from), bigint(to)),
            |row| {
                let found = Found::read(row, self.tenant);
                let place = found.pos.and_then(|pos| rows.get_mut(slot(pos - from)));
                match place {
                    Some(place @ None) => *place = Some(found),
                    _ => twice = twice.take().or(Some(found)),
                }
                Ok(())
            },
        )?;
        Ok(match twice {
            Some(found) => Err(found.at(found.pos, Fault::Inserted)),
            None => Ok(rows),
        })
    }

    /// Compares the tiles above the leaves as they become full.
    fn compare_upper_tiles(&mut self) -> Result<(), Error> {
        let full = self.edge.take_full();
        full.iter().try_for_each(|tile| self.compare(tile))
    }

    /// Compares the partial tiles at the end; answers the first tile that is wrong.
    fn finish(mut self) -> Result<Option<Break>, Error> {
        let partial: Vec<Tile> = self.edge.grown().collect();
        partial.iter().try_for_each(|tile| self.compare(tile))?;
        Ok(self.damaged)
    }

    fn compare(&mut self, tile: &Tile) -> Result<(), Error> {
        // Leaves were compared one by one.
        if tile.id.level == 0 || self.damaged.is_some() {
            return Ok(());
        }
        let stored = tiles::load(self.tx, self.tenant, tile.id)?;
        if stored != tile.hashes {
            let fault = Fault::TreeDamaged;
            self.damaged = Some(Break { pos: None, event: None, case: None, fault });
        }
        Ok(())
    }
}

/// A row beyond the last sealed position, or before the first.
fn inserted(tx: &mut Tx<'_>, audit: &Audit, size: u64) -> Result<Option<Break>, Error> {
    let found = tx.opt(
        "select id, case_id, version, kind, actor, happened_at, recorded_at, data, pos
         from event where tenant = $1 and (pos >= $2 or pos < 0) order by pos limit 1",
        args!(&audit.tenant, bigint(size)),
        |row| Ok(Found::read(row, &audit.tenant)),
    )?;
    Ok(found.map(|found| found.at(found.pos, Fault::Inserted)))
}

/// The oldest event that should be sealed and is not.
fn left_unsealed(tx: &mut Tx<'_>, audit: &Audit) -> Result<Option<Break>, Error> {
    let found = tx.opt(
        "select id, case_id, recorded_at from event
         where tenant = $1 and pos is null and recorded_at < $2
         order by recorded_at, case_id, version limit 1",
        args!(&audit.tenant, audit.sealed_until),
        |row| {
            let fault = Fault::Unsealed { since: row.get(2)? };
            Ok(Break { pos: None, event: row.get(0)?, case: row.get(1)?, fault })
        },
    )?;
    Ok(found)
}

/// A place within a page.
fn slot(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}
