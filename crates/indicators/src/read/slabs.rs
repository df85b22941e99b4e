//! Reading slabs out of the store. Where there are many, one thread reads them while another one
//! adds them up.

use std::{
    collections::BTreeSet,
    sync::mpsc::{Receiver, Sender, channel, sync_channel},
    thread,
};

use kernel::AgencyId;
use store::{Arg, Tx, args};

use crate::{Error, Result, cube::Cube};

/// Agencies in one statement; where more than the most are asked for, all are read.
const AT_ONCE: usize = 200;
const AGENCIES_MAX: usize = 1000;
/// Agencies whose slabs are added up by whoever reads them.
const FEW: usize = 32;
/// Bytes that are handed on together, and how often before the reader waits.
const PARCEL_BYTES: usize = 1 << 17;
const PARCELS: usize = 8;

/// A plane, and a year or a month.
pub(super) type PlaneSpan = (i64, i32);

/// Slabs on their way from who reads to who adds.
struct Parcel {
    /// Of which plane and span, of whom, and where it ends.
    slabs: Vec<(usize, AgencyId, usize)>,
    bytes: Vec<u8>,
}

impl Parcel {
    fn empty() -> Self {
        Self { slabs: Vec::new(), bytes: Vec::with_capacity(PARCEL_BYTES) }
    }
}

/// Reads the slabs of planes and spans, of these agencies or of all, and has each added by `add`,
/// which is told the place of its plane and span.
///
/// # Errors
/// [`Error::Damaged`] where `add` finds no slab in the bytes, and those of the store.
pub(super) fn each(
    tx: &mut Tx<'_>,
    (cube, build): (&Cube, i64),
    spans: &[PlaneSpan],
    agencies: Option<&BTreeSet<AgencyId>>,
    mut add: impl FnMut(usize, AgencyId, &[u8]) -> Option<()> + Send,
) -> Result<()> {
    let agencies = agencies.filter(|agencies| agencies.len() <= AGENCIES_MAX);
    if agencies.is_some_and(|agencies| agencies.len() <= FEW) {
        let mut sound = Some(());
        read(tx, (cube, build), spans, agencies, |at, agency, cells| {
            sound = sound.and_then(|()| add(at, agency, cells));
        })?;
        return sound.ok_or(Error::Damaged("cube_slab"));
    }
    let (send, receive) = sync_channel::<Parcel>(PARCELS);
    let (give_back, empty) = channel::<Parcel>();
    thread::scope(|scope| {
        let adding = scope.spawn(move || add_parcels(&receive, &give_back, add));
        let mut parcel = Parcel::empty();
        // Whoever adds goes away early only where a slab is broken, which is told below.
        read(tx, (cube, build), spans, agencies, |at, agency, cells| {
            if parcel.bytes.len() + cells.len() > PARCEL_BYTES {
                let next = empty.try_recv().unwrap_or_else(|_| Parcel::empty());
                let _ = send.send(std::mem::replace(&mut parcel, next));
            }
            parcel.bytes.extend_from_slice(cells);
            parcel.slabs.push((at, agency, parcel.bytes.len()));
        })?;
        let _ = send.send(parcel);
        drop(send);
        let sound = adding.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        sound.ok_or(Error::Damaged("cube_slab"))
    })
}

/// Adds up what parcels bring, and gives them back empty: memory that was touched before is at
/// hand at once, new memory is not.
fn add_parcels(
    parcels: &Receiver<Parcel>,
    give_back: &Sender<Parcel>,
    mut add: impl FnMut(usize, AgencyId, &[u8]) -> Option<()>,
) -> Option<()> {
    for mut parcel in parcels {
        let mut begin = 0;
        for (at, agency, end) in parcel.slabs.drain(..) {
            add(at, agency, &parcel.bytes[begin..end])?;
            begin = end;
        }
        parcel.bytes.clear();
        // Nobody takes it after the last one was read.
        let _ = give_back.send(parcel);
    }
    Some(())
}

fn read(
    tx: &mut Tx<'_>,
    (cube, build): (&Cube, i64),
    spans: &[PlaneSpan],
    agencies: Option<&BTreeSet<AgencyId>>,
    mut visit: impl FnMut(usize, AgencyId, &[u8]),
) -> Result<()> {
    let sql = "select agency, cells from cube_slab
               where tenant = $1 and build = $2 and plane = $3 and span = $4";
    let agencies: Option<Vec<AgencyId>> = agencies.map(|some| some.iter().copied().collect());
    for (at, (plane, span)) in spans.iter().enumerate() {
        let mut read = |row: &store::Row<'_>| -> store::Result<()> {
            visit(at, row.get(0)?, row.bytes(1)?);
            Ok(())
        };
        let Some(agencies) = &agencies else {
            tx.each(sql, args!(&cube.tenant, build, *plane, *span), &mut read)?;
            continue;
        };
        for some in agencies.chunks(AT_ONCE) {
            let mut args: Vec<Arg<'_>> = vec![(&cube.tenant).into(), build.into()];
            args.extend([(*plane).into(), (*span).into()]);
            args.extend(some.iter().map(|agency| Arg::from(*agency)));
            let places: Vec<String> = (5..=args.len()).map(|n| format!("${n}")).collect();
            let sql = format!("{sql} and agency in ({})", places.join(", "));
            tx.each(&sql, &args, &mut read)?;
        }
    }
    Ok(())
}
