//! Once something is known to be wrong: what was done, and to which event.

use kernel::Tenant;
use store::{Tx, args};

use super::{Break, Fault, Found, PAGE, slot};
use crate::{
    Error, TreeHash, bigint,
    tile::{TILE_WIDTH, TileId, root_of},
    tiles,
};

/// The row at `pos` is not the one whose `leaf` was sealed there.
///
/// Two questions tell what was done. Does the sealed event still stand anywhere? Was what
/// stands here sealed anywhere?
pub(super) fn row(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    pos: u64,
    here: Option<Found>,
    leaf: TreeHash,
) -> Result<Break, Error> {
    let home = find_row(tx, tenant, leaf)?;
    let sealed_elsewhere = match here.as_ref().and_then(|found| found.leaf) {
        Some(leaf) => is_sealed(tx, tenant, leaf)?,
        None => false,
    };
    Ok(match (here, home, sealed_elsewhere) {
        (Some(here), None, false) => here.at(Some(pos), Fault::Altered),
        (Some(here), Some(_), false) => here.at(Some(pos), Fault::Inserted),
        (_, Some(home), _) => home.at(Some(pos), Fault::Moved { to: home.pos }),
        (_, None, _) => removed(tx, tenant, pos)?,
    })
}

/// The event of `pos` is gone; a case that lacks a version is probably where it was.
pub(super) fn removed(tx: &mut Tx<'_>, tenant: &Tenant, pos: u64) -> Result<Break, Error> {
    let case = gap(tx, tenant)?.and_then(|gap| gap.case);
    Ok(Break { pos: Some(pos), event: None, case, fault: Fault::Removed })
}

/// Rows and leaves agree from `from` to `to`, but not with what was signed. The tiles above the
/// leaves may still tell which 256 events it is.
pub(super) fn rewritten(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    from: u64,
    to: u64,
) -> Result<Break, Error> {
    let width = TILE_WIDTH as u64;
    let (mut start, mut end) = (from, to);
    for number in from / width..to / width {
        let leaves = tiles::load(tx, tenant, TileId { level: 0, number })?;
        let above = tiles::load(tx, tenant, TileId { level: 1, number: number / width })?;
        if above.get(slot(number % width)) != Some(&root_of(&leaves)) {
            (start, end) = (from.max(number * width), (number + 1) * width);
            break;
        }
    }
    let fault = Fault::Rewritten { to: end };
    Ok(Break { pos: Some(start), event: None, case: None, fault })
}

/// The first case whose versions do not run from 1 without a gap.
pub(super) fn gap(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Option<Break>, Error> {
    let case = tx.opt(
        "select case_id from event where tenant = $1 group by case_id
         having count(*) <> max(version) or min(version) <> 1 order by case_id limit 1",
        args!(tenant),
        |row| row.get(0),
    )?;
    let Some(case) = case else { return Ok(None) };
    let mut version = 1_i64;
    tx.each(
        "select version from event where tenant = $1 and case_id = $2 order by version",
        args!(tenant, case),
        |row| {
            version += i64::from(row.get::<i64>(0)? == version);
            Ok(())
        },
    )?;
    let fault = Fault::Gap { version };
    Ok(Some(Break { pos: None, event: None, case: Some(case), fault }))
}

/// The row with this leaf, wherever it stands.
fn find_row(tx: &mut Tx<'_>, tenant: &Tenant, leaf: TreeHash) -> Result<Option<Found>, Error> {
    let mut after = Some(uuid::Uuid::nil());
    while let Some(last) = after.take() {
        let mut home = None;
        tx.each(
            "select id, case_id, version, kind, actor, happened_at, recorded_at, data, pos
             from event where tenant = $1 and id > $2 order by id limit $3",
            args!(tenant, last, bigint(PAGE)),
            |row| {
                let found = Found::read(row, tenant);
                after = found.event.map(kernel::Id::uuid).or(after);
                if found.leaf == Some(leaf) {
                    home = Some(found);
                }
                Ok(())
            },
        )?;
        if home.is_some() {
            return Ok(home);
        }
    }
    Ok(None)
}

/// Whether any leaf in the tiles is this one.
fn is_sealed(tx: &mut Tx<'_>, tenant: &Tenant, leaf: TreeHash) -> Result<bool, Error> {
    let step = PAGE / TILE_WIDTH as u64;
    for from in (0..).step_by(slot(step)) {
        let stored = tiles::load_leaves(tx, tenant, from, from + step)?;
        if stored.is_empty() {
            break;
        }
        if stored.iter().any(|(_, hashes)| hashes.contains(&leaf)) {
            return Ok(true);
        }
    }
    Ok(false)
}
