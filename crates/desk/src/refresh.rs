//! Columns that lists read, written anew where an older program, or older rules, wrote them.

use casework::Error as CaseError;
use identity::party;
use sha2::{Digest, Sha256};
use store::args;

use crate::{Desk, Error, Result};

/// So many rows are written in one transaction.
const BATCH: u32 = 1000;

/// Brings what lists read up to date: once for everything that an older program wrote, and for
/// open dossiers where working hours, days off or thresholds changed since.
///
/// # Errors
/// Those of the store, and where a stored case cannot be read.
pub(crate) fn refresh(desk: &Desk) -> Result<()> {
    let rules = rules(desk);
    let known = mark(desk, "lists")?;
    if known.as_ref() != Some(&rules) {
        let only_open = known.is_some();
        walk(|after| {
            let (moment, desk) = (desk.moment(), desk.clone());
            let store = desk.front.store.clone();
            let run = store.write(move |tx| {
                let tenant = &desk.front.tenant;
                casework::refresh(tx, tenant, &moment, only_open, after, BATCH)
            });
            run.wait().map_err(|error: CaseError| error.into())
        })?;
        set_mark(desk, "lists", rules)?;
    }
    if mark(desk, "names")?.is_none() {
        walk(|after| {
            let desk = desk.clone();
            let store = desk.front.store.clone();
            let run =
                store.write(move |tx| party::refresh_names(tx, &desk.front.tenant, after, BATCH));
            run.wait().map_err(|error: identity::Error| error.into())
        })?;
        set_mark(desk, "names", "1".to_owned())?;
    }
    Ok(())
}

/// Runs `batch` from the beginning on, until it says that there is no more.
fn walk<I>(mut batch: impl FnMut(Option<I>) -> Result<Option<I>>) -> Result<()> {
    let mut last = batch(None)?;
    while last.is_some() {
        last = batch(last)?;
    }
    Ok(())
}

/// What "little time is left" depends on beside the dossier.
fn rules(desk: &Desk) -> String {
    let directory = desk.front.directory.get();
    let mut hours: Vec<_> = directory
        .agencies()
        .filter_map(|agency| Some((agency.id, agency.working_week.as_deref()?)))
        .collect();
    hours.sort_unstable();
    let text = format!("{:?} {:?} {hours:?}", desk.thresholds, desk.holidays);
    kernel::hex(&Sha256::digest(text)[..16])
}

fn mark(desk: &Desk, name: &'static str) -> Result<Option<String>> {
    let (tenant, store) = (desk.front.tenant.clone(), &desk.front.store);
    let read = store.read(move |tx| {
        let sql = "select value from desk_mark where tenant = $1 and name = $2";
        Ok::<_, Error>(tx.opt(sql, args!(&tenant, name), |row| row.get(0))?)
    });
    read.wait()
}

fn set_mark(desk: &Desk, name: &'static str, value: String) -> Result<()> {
    let (tenant, store) = (desk.front.tenant.clone(), &desk.front.store);
    let written = store.write(move |tx| {
        let sql = "insert into desk_mark (tenant, name, value) values ($1, $2, $3)
             on conflict (tenant, name) do update set value = excluded.value";
        Ok::<_, Error>(tx.put(sql, args!(&tenant, name, &value))?)
    });
    written.wait()
}
