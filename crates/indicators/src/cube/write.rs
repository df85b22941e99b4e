//! Writing a folded batch: every row at most once, in the order of its key.

use std::collections::BTreeMap;

use kernel::{AgencyId, CaseId, Tenant};
use store::{Arg, Tx, args};

use super::{
    fold::{Batch, Remembered, Revision, TreeChange},
    shelf::{SlabRow, TraceRows},
    slab,
    source::{AT_ONCE, bigint, list},
    trace::{PART_ROWS, TraceRow},
};
use crate::{Error, Result, count::Plane, day::Month};

/// Where the rows of a cube are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'t> {
    pub(crate) tenant: &'t Tenant,
    pub(crate) build: i64,
    /// The last month of which there are lists already; none where nobody knows.
    pub(crate) lists_until: Option<Month>,
}

/// Writes a batch. It may be called again where the transaction has to be run again.
pub(crate) fn write(tx: &mut Tx<'_>, rows: Rows<'_>, batch: &Batch) -> Result<()> {
    let together = batch.slabs.chunk_by(|a, b| (a.plane, a.span) == (b.plane, b.span));
    for some in together.flat_map(|slabs| slabs.chunks(AT_ONCE)) {
        slab_rows(tx, rows, some)?;
    }
    for one in &batch.traces {
        append(tx, rows, one)?;
    }
    for (id, known) in &batch.cases {
        case(tx, rows, *id, known)?;
    }
    for revision in &batch.revisions {
        write_revision(tx, rows, revision)?;
    }
    for change in &batch.tree {
        write_tree(tx, rows, change)?;
    }
    place(tx, rows, batch)
}

/// The number of the plane of all procedures, or of one.
pub(crate) const fn plane_number(plane: Plane) -> i64 {
    plane.number() as i64
}

/// Adds to slabs of one plane and span.
fn slab_rows(
    tx: &mut Tx<'_>,
    Rows { tenant, build, .. }: Rows<'_>,
    slabs: &[SlabRow],
) -> Result<()> {
    let Some(SlabRow { plane, span, .. }) = slabs.first() else { return Ok(()) };
    let keys = [Arg::from(*plane), (*span).into()].into_iter();
    let keys = keys.chain(slabs.iter().map(|slab| Arg::from(slab.agency)));
    let (_, args) = list(tenant, Some(build), keys);
    let places: Vec<String> = (5..=args.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "select agency, cells from cube_slab
         where tenant = $1 and build = $2 and plane = $3 and span = $4 and agency in ({})",
        places.join(", ")
    );
    let old: BTreeMap<AgencyId, Vec<u8>> =
        tx.all(&sql, &args, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    for SlabRow { plane, span, agency, cells } in slabs {
        let Some(before) = old.get(agency) else {
            tx.put(
                "insert into cube_slab (tenant, build, plane, span, agency, cells)
                 values ($1, $2, $3, $4, $5, $6)",
                args!(tenant, build, *plane, *span, *agency, cells),
            )?;
            continue;
        };
        let cells = slab::add(before, cells).ok_or(Error::Damaged("cube_slab"))?;
        if cells.is_empty() {
            tx.put(
                "delete from cube_slab where tenant = $1 and build = $2 and plane = $3
                     and span = $4 and agency = $5",
                args!(tenant, build, *plane, *span, *agency),
            )?;
        } else {
            tx.put(
                "update cube_slab set cells = $6 where tenant = $1 and build = $2 and plane = $3
                     and span = $4 and agency = $5",
                args!(tenant, build, *plane, *span, *agency, cells),
            )?;
        }
    }
    Ok(())
}

/// Appends rows to the last part of a list, and begins another where it is full. Where a part
/// ends depends on the journal alone, not on the batches in which it was read.
fn append(
    tx: &mut Tx<'_>,
    Rows { tenant, build, lists_until }: Rows<'_>,
    TraceRows { key, lines }: &TraceRows,
) -> Result<()> {
    let (plane, list) = (plane_number(key.plane), key.list.number());
    let month = key.month.number();
    let mut last: Option<(i64, Vec<u8>)> = None;
    if lists_until.is_none_or(|until| key.month <= until) {
        last = tx.opt(
            "select part, traces from cube_trace
             where tenant = $1 and build = $2 and agency = $3 and plane = $4 and list = $5
                 and month = $6
             order by part desc limit 1",
            args!(tenant, build, key.agency, plane, list, month),
            |row| Ok((row.get(0)?, row.get(1)?)),
        )?;
    }
    let full = PART_ROWS * TraceRow::bytes(key.list);
    let (mut part, mut bytes) = last.unwrap_or_default();
    let mut lines = lines.as_slice();
    while !lines.is_empty() {
        if bytes.len() >= full {
            (part, bytes) = (part + 1, Vec::new());
        }
        let (some, rest) = lines.split_at(lines.len().min(full - bytes.len()));
        bytes.extend_from_slice(some);
        lines = rest;
        tx.put(
            "insert into cube_trace (tenant, build, agency, plane, list, month, part, traces)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (tenant, build, agency, plane, list, month, part)
             do update set traces = excluded.traces",
            args!(tenant, build, key.agency, plane, list, month, part, &bytes),
        )?;
    }
    Ok(())
}

/// Brings the rows of a case to what it is now.
fn case(
    tx: &mut Tx<'_>,
    Rows { tenant, build, .. }: Rows<'_>,
    id: CaseId,
    known: &Remembered,
) -> Result<()> {
    let Remembered { state, stored, .. } = known;
    let plane = plane_number(state.matter.into());
    let (was, old) =
        stored.as_ref().map_or((None, [].as_slice()), |(agency, held)| (Some(*agency), held));
    let stays = |held: &(u8, _)| was == Some(state.agency) && state.held.contains(held);
    for (fact, since) in old.iter().filter(|held| !stays(held)) {
        tx.put(
            "delete from cube_open where tenant = $1 and build = $2 and plane = $3
                 and agency = $4 and fact = $5 and since = $6 and case_id = $7",
            args!(tenant, build, plane, was, *fact, *since, id),
        )?;
    }
    let stayed = |held: &(u8, _)| was == Some(state.agency) && old.contains(held);
    for (fact, since) in state.held.iter().filter(|held| !stayed(held)) {
        let cell = state.cell(crate::day::Day::of(*since));
        tx.put(
            "insert into cube_open (tenant, build, plane, agency, fact, since, case_id, procedure,
                 channel)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            args!(
                tenant,
                build,
                plane,
                state.agency,
                *fact,
                *since,
                id,
                cell.procedure.number(),
                cell.channel as u8
            ),
        )?;
    }
    if !known.is_over() {
        tx.put(
            "insert into cube_case (tenant, build, case_id, state) values ($1, $2, $3, $4)
             on conflict (tenant, build, case_id) do update set state = excluded.state",
            args!(tenant, build, id, serde_json::to_string(state)?),
        )?;
    } else if was.is_some() {
        tx.put(
            "delete from cube_case where tenant = $1 and build = $2 and case_id = $3",
            args!(tenant, build, id),
        )?;
    }
    Ok(())
}

fn write_revision(
    tx: &mut Tx<'_>,
    Rows { tenant, build, .. }: Rows<'_>,
    revision: &Revision,
) -> Result<()> {
    let cell = revision.moved.cell;
    tx.put(
        "insert into cube_revision (tenant, build, agency, month, pos, seq, plane, procedure,
             channel, fact, day, n, recorded_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        args!(
            tenant,
            build,
            cell.agency,
            cell.day.month().number(),
            bigint(revision.pos),
            revision.seq,
            plane_number(cell.plane),
            cell.procedure.number(),
            cell.channel as u8,
            revision.moved.fact.number(),
            cell.day.number(),
            revision.moved.n,
            revision.recorded
        ),
    )?;
    Ok(())
}

fn write_tree(
    tx: &mut Tx<'_>,
    Rows { tenant, build, .. }: Rows<'_>,
    change: &TreeChange,
) -> Result<()> {
    tx.put(
        "insert into cube_tree (tenant, build, pos, agency, day, what, before)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args!(
            tenant,
            build,
            bigint(change.pos),
            change.agency,
            change.day.number(),
            change.what,
            change.before.as_ref()
        ),
    )?;
    Ok(())
}

/// Takes the position on from where this batch began. Where it is elsewhere, somebody else counts
/// in these rows, and nothing of the batch is kept.
fn place(tx: &mut Tx<'_>, Rows { tenant, build, .. }: Rows<'_>, batch: &Batch) -> Result<()> {
    if let Some((pos, recorded)) = batch.place {
        tx.put(
            "update cube_place set pos = $4, recorded_at = $5
             where tenant = $1 and build = $2 and pos = $3",
            args!(tenant, build, bigint(batch.began), bigint(pos), recorded),
        )?;
    }
    Ok(())
}
