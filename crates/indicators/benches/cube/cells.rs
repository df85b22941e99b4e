//! The cells of so many dossiers, without their journal: what a province of that size reads.

use indicators::{Channels, Fact, Kind, Month, pack_slab};
use kernel::{AgencyId, Tenant};
use store::{Store, Tx, args};

use crate::journal_of;

/// Procedures that are asked for.
pub(crate) const PROCEDURES: u64 = 120;
/// Procedures of one agency.
const OF_AGENCY: u64 = 40;
/// Months of history.
const MONTHS: usize = 36;
const CHANNELS: [Channels; 3] = [Channels::Counter, Channels::Online, Channels::Postal];

/// A cell: fact, channel, month or day, number.
type Cell = (Fact, Channels, u8, i64);

/// Writes the slabs of `dossiers` over three years; answers how many rows that are.
pub(crate) fn write(store: &Store, tenant: &Tenant, agencies: &[AgencyId], dossiers: u64) -> u64 {
    let months: Vec<Month> = std::iter::successors(Month::from_number(202_311), |m| Some(m.next()))
        .take(MONTHS)
        .collect();
    let facts: Vec<Fact> = Fact::ALL
        .iter()
        .copied()
        .filter(|fact| fact.number() < 90 || fact.number() > 109)
        .collect();
    let per_month = dossiers as f64 / (agencies.len() * MONTHS) as f64;
    let (mut rows, mut seed) = (0, 1_u64);
    for (number, agency) in agencies.iter().enumerate() {
        let mut batch: Vec<(i64, i32, Vec<u8>)> = Vec::new();
        let planes = std::iter::once((0, 1.0)).chain((0..OF_AGENCY).map(|n| {
            let code = journal_of::procedure((n + number as u64) % PROCEDURES);
            let number = indicators::ProcedureNumber::of(&code).number();
            (i64::from(number), 1.0 / OF_AGENCY as f64)
        }));
        for (plane, share) in planes {
            let mut year: Vec<(i32, Cell)> = Vec::new();
            for month in &months {
                let mut days: Vec<Cell> = Vec::new();
                let received = draw(&mut seed, per_month * share) as f64;
                if received == 0.0 {
                    continue;
                }
                for fact in &facts {
                    for channel in CHANNELS {
                        let n = draw(&mut seed, received / 3.0);
                        if n == 0 {
                            continue;
                        }
                        let stock = fact.kind() == Kind::Stock;
                        let n = if stock { n / 8 } else { n };
                        let cell = (*fact, channel, month.of_year(), n.max(1));
                        year.push((month.year(), cell));
                        // Each on its day; what is alike falls on the same one.
                        for day in 0..n.clamp(1, 22) {
                            days.push((*fact, channel, 1 + day as u8, (n / 22).max(1)));
                        }
                    }
                }
                batch.push((plane, month.number(), pack_slab(&days)));
            }
            for months in months.chunk_by(|a, b| a.year() == b.year()) {
                let of = |cell: &&(i32, Cell)| cell.0 == months[0].year();
                let cells: Vec<Cell> = year.iter().filter(of).map(|(_, cell)| *cell).collect();
                batch.push((plane, months[0].year(), pack_slab(&cells)));
            }
        }
        batch.retain(|(_, _, cells)| !cells.is_empty());
        rows += batch.len() as u64;
        let (tenant, agency) = (tenant.clone(), *agency);
        let insert = move |tx: &mut Tx<'_>| {
            for (plane, span, cells) in &batch {
                tx.put(
                    "insert into cube_slab (tenant, build, plane, span, agency, cells)
                     values ($1, 1, $2, $3, $4, $5)",
                    args!(&tenant, *plane, *span, agency, cells),
                )?;
            }
            Ok::<_, store::Error>(())
        };
        store.write(insert).wait().unwrap();
    }
    let tenant = tenant.clone();
    let place = move |tx: &mut Tx<'_>| {
        tx.put("insert into cube_current (tenant, build) values ($1, 1)", args!(&tenant))?;
        tx.put(
            "insert into cube_place (tenant, build, pos, recorded_at) values ($1, 1, 1, 0)",
            args!(&tenant),
        )
    };
    store.write(place).wait().map_err(|error: store::Error| error).unwrap();
    rows
}

/// About `mean`, at random: a whole number around it, or now and then one of a small mean.
fn draw(seed: &mut u64, mean: f64) -> i64 {
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    let unit = (*seed >> 11) as f64 / (1_u64 << 53) as f64;
    (mean * (0.5 + unit) + unit * 0.999).floor() as i64
}
