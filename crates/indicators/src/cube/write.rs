//! Writing a folded batch: every row at most once, in the order of its key.

use std::collections::BTreeMap;

use kernel::{AgencyId, CaseId, Tenant};
use store::{Arg, Tx, args};

use super::{
    fold::{Fold, Remembered, Revision, TraceKey, TreeChange},
    slab::{self, Slot},
    source::{AT_ONCE, bigint, list},
    trace::{PART_ROWS, TraceRow},
};
use crate::{Error, Result, count::Plane, fact::Fact};

/// Where the rows of a cube are.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rows<'t> {
    pub(crate) tenant: &'t Tenant,
    pub(crate) build: i64,
}

/// Writes what the batch did, and forgets it; cases of which more may come stay remembered.
pub(crate) fn write(tx: &mut Tx<'_>, rows: Rows<'_>, fold: &mut Fold) -> Result<()> {
    slabs(tx, rows, &fold.cells)?;
    fold.cells.clear();
    let mut traces: Vec<(TraceKey, Vec<TraceRow>)> = fold.traces.drain().collect();
    traces.sort_unstable_by_key(|(key, _)| *key);
    for (key, new) in &traces {
        append(tx, rows, key, new)?;
    }
    let mut touched: Vec<CaseId> =
        fold.cases.iter().filter(|(_, known)| known.touched).map(|(case, _)| *case).collect();
    touched.sort_unstable();
    for id in touched {
        if let Some(known) = fold.cases.get_mut(&id) {
            case(tx, rows, id, known)?;
        }
    }
    // What was only looked up is looked up again; what is over is not expected again.
    fold.cases.retain(|_, known| known.stored.is_some());
    fold.codes.clear();
    for revision in fold.revisions.drain(..) {
        write_revision(tx, rows, &revision)?;
    }
    for change in fold.tree.drain(..) {
        write_tree(tx, rows, &change)?;
    }
    place(tx, rows, fold)
}

/// The number of the plane of all procedures, or of one.
pub(crate) const fn plane_number(plane: Plane) -> i64 {
    plane.number() as i64
}

type Slabs = BTreeMap<(i64, i32), BTreeMap<AgencyId, Vec<(Slot, i64)>>>;

fn slabs(
    tx: &mut Tx<'_>,
    rows: Rows<'_>,
    cells: &std::collections::HashMap<(Fact, crate::count::Cell), i64>,
) -> Result<()> {
    let mut slabs: Slabs = BTreeMap::new();
    for ((fact, cell), n) in cells.iter().filter(|(_, n)| **n != 0) {
        let month = cell.day.month();
        let of_year = Slot::new(*fact, cell.channel, month.of_year());
        let of_month = Slot::new(*fact, cell.channel, cell.day.of_month());
        let of_procedure = i64::from(cell.procedure.number());
        // A procedure has a number far above those of the planes; what is on none has only these.
        let planes = [Some(plane_number(cell.plane)), (of_procedure > 0).then_some(of_procedure)];
        for plane in planes.into_iter().flatten() {
            for (span, slot) in [(month.year(), of_year), (month.number(), of_month)] {
                let slab = slabs.entry((plane, span)).or_default();
                slab.entry(cell.agency).or_default().push((slot, *n));
            }
        }
    }
    for ((plane, span), mut agencies) in slabs {
        for moves in agencies.values_mut() {
            moves.sort_unstable();
        }
        let agencies: Vec<(AgencyId, Vec<(Slot, i64)>)> = agencies.into_iter().collect();
        for some in agencies.chunks(AT_ONCE) {
            slab_rows(tx, rows, plane, span, some)?;
        }
    }
    Ok(())
}

fn slab_rows(
    tx: &mut Tx<'_>,
    Rows { tenant, build }: Rows<'_>,
    plane: i64,
    span: i32,
    agencies: &[(AgencyId, Vec<(Slot, i64)>)],
) -> Result<()> {
    let keys = [Arg::from(plane), span.into()].into_iter();
    let keys = keys.chain(agencies.iter().map(|(agency, _)| Arg::from(*agency)));
    let (_, args) = list(tenant, Some(build), keys);
    let places: Vec<String> = (5..=args.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "select agency, cells from cube_slab
         where tenant = $1 and build = $2 and plane = $3 and span = $4 and agency in ({})",
        places.join(", ")
    );
    let old: BTreeMap<AgencyId, Vec<u8>> =
        tx.all(&sql, &args, |row| Ok((row.get(0)?, row.get(1)?)))?.into_iter().collect();
    for (agency, moves) in agencies {
        let before = old.get(agency);
        let cells = slab::add(before.map_or(&[], Vec::as_slice), moves);
        let cells = cells.ok_or(Error::Damaged("cube_slab"))?;
        match (before, cells.is_empty()) {
            (None, true) => {}
            (Some(_), true) => tx.put(
                "delete from cube_slab where tenant = $1 and build = $2 and plane = $3
                     and span = $4 and agency = $5",
                args!(tenant, build, plane, span, *agency),
            )?,
            (None, false) => tx.put(
                "insert into cube_slab (tenant, build, plane, span, agency, cells)
                 values ($1, $2, $3, $4, $5, $6)",
                args!(tenant, build, plane, span, *agency, cells),
            )?,
            (Some(_), false) => tx.put(
                "update cube_slab set cells = $6 where tenant = $1 and build = $2 and plane = $3
                     and span = $4 and agency = $5",
                args!(tenant, build, plane, span, *agency, cells),
            )?,
        }
    }
    Ok(())
}

/// Appends rows to the last part of a list, and begins another where it is full. Where a part
/// ends depends on the journal alone, not on the batches in which it was read.
fn append(
    tx: &mut Tx<'_>,
    Rows { tenant, build }: Rows<'_>,
    key: &TraceKey,
    new: &[TraceRow],
) -> Result<()> {
    let (plane, list) = (plane_number(key.plane), key.list.number());
    let month = key.month.number();
    let last: Option<(i64, Vec<u8>)> = tx.opt(
        "select part, traces from cube_trace
         where tenant = $1 and build = $2 and agency = $3 and plane = $4 and list = $5
             and month = $6
         order by part desc limit 1",
        args!(tenant, build, key.agency, plane, list, month),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let full = PART_ROWS * TraceRow::bytes(key.list);
    let (mut part, mut bytes) = last.unwrap_or_default();
    let mut new = new.iter().peekable();
    while new.peek().is_some() {
        if bytes.len() >= full {
            (part, bytes) = (part + 1, Vec::new());
        }
        while bytes.len() < full
            && let Some(row) = new.next()
        {
            row.write(&mut bytes);
        }
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
    Rows { tenant, build }: Rows<'_>,
    id: CaseId,
    known: &mut Remembered,
) -> Result<()> {
    let Remembered { state, stored, touched } = known;
    let plane = plane_number(state.matter.into());
    let (was, old) =
        stored.take().map_or((None, Vec::new()), |(agency, held)| (Some(agency), held));
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
    *touched = false;
    if !(state.is_over() && state.held.is_empty()) {
        tx.put(
            "insert into cube_case (tenant, build, case_id, state) values ($1, $2, $3, $4)
             on conflict (tenant, build, case_id) do update set state = excluded.state",
            args!(tenant, build, id, serde_json::to_string(state)?),
        )?;
        *stored = Some((state.agency, state.held.clone()));
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
    Rows { tenant, build }: Rows<'_>,
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
    Rows { tenant, build }: Rows<'_>,
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
fn place(tx: &mut Tx<'_>, Rows { tenant, build }: Rows<'_>, fold: &mut Fold) -> Result<()> {
    if let Some((pos, recorded)) = fold.place.take() {
        tx.put(
            "update cube_place set pos = $4, recorded_at = $5
             where tenant = $1 and build = $2 and pos = $3",
            args!(tenant, build, bigint(fold.began), bigint(pos), recorded),
        )?;
        fold.began = pos;
    }
    Ok(())
}
