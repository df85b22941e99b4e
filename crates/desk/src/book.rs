//! The book of procedures: every version that was ever in force, in memory, found by code or by
//! words with or without marks.

use std::{collections::HashMap, sync::Arc};

use arc_swap::ArcSwap;
use casework::ProcedureRef;
use indicators::Catalogue;
use jiff::civil::Date;
use kernel::{Instant, ProcedureCode, Tenant, fold};
use procedure::{Level, Matter, Procedure, catalogue::CatalogueEntry};
use store::{Tx, args};

use crate::{
    Error, Result,
    confirmation::{self, Confirmation},
};

/// At most so many procedures are found at once.
pub const FOUND_MAX: usize = 20;

/// All procedures, swapped whole when one is added.
#[derive(Debug, Default)]
pub struct Book(ArcSwap<Shelf>);

/// The procedures at one moment.
#[derive(Debug, Default, Clone)]
pub struct Shelf {
    /// The versions of each code, the newest first.
    versions: HashMap<ProcedureCode, Vec<Arc<Procedure>>>,
    /// What was confirmed of each.
    confirmations: HashMap<ProcedureRef, Vec<Confirmation>>,
    /// What figures have to know of every version.
    catalogue: Arc<Catalogue>,
    /// How many texts and confirmations the store had.
    counted: (u64, u64),
    /// Newest version of each code with its folded words, in the order of field and name.
    newest: Vec<(String, Arc<Procedure>)>,
}

impl Book {
    /// The procedures now.
    #[must_use]
    pub fn shelf(&self) -> Arc<Shelf> {
        self.0.load_full()
    }

    /// Reads every version that is stored, with the time limits that were confirmed since.
    ///
    /// # Errors
    /// [`Error::Faults`] where a stored text no longer loads.
    pub fn reload(&self, tx: &mut Tx<'_>, tenant: &Tenant) -> Result<()> {
        let counted = counted(tx, tenant)?;
        let texts: Vec<String> = tx.all(
            "select text from procedure_version where tenant = $1 order by code, version",
            args!(tenant),
            |row| row.get(0),
        )?;
        let confirmations = confirmation::all(tx, tenant)?;
        let loaded = texts.iter().map(|text| procedure::load(text).map_err(Error::Faults));
        let mut procedures = loaded.collect::<Result<Vec<_>>>()?;
        for procedure in &mut procedures {
            let (code, version) = (procedure.code.clone(), procedure.version);
            let confirmed = confirmations.get(&ProcedureRef { code, version });
            for one in confirmed.into_iter().flatten() {
                procedure.confirm(one.channel, one.limit);
            }
        }
        self.0.store(Arc::new(Shelf { confirmations, counted, ..Shelf::of(procedures) }));
        Ok(())
    }

    /// Reads again where the store has more than was read: another process, or the command line,
    /// added a procedure. Answers whether it had.
    ///
    /// # Errors
    /// As [`Self::reload`].
    pub fn refresh(&self, tx: &mut Tx<'_>, tenant: &Tenant) -> Result<bool> {
        let newer = counted(tx, tenant)? != self.0.load().counted;
        if newer {
            self.reload(tx, tenant)?;
        }
        Ok(newer)
    }

    /// Stores a new version; the same text again changes nothing. [`Self::reload`] makes it
    /// known.
    ///
    /// # Errors
    /// [`Error::Faults`] with every fault and its line.
    pub fn add(tx: &mut Tx<'_>, tenant: &Tenant, text: &str, now: Instant) -> Result<ProcedureRef> {
        let procedure = procedure::load(text).map_err(Error::Faults)?;
        let (code, version) = (procedure.code, procedure.version);
        tx.exec(
            "insert into procedure_version (tenant, code, version, text, recorded_at)
             values ($1, $2, $3, $4, $5) on conflict (tenant, code, version) do nothing",
            args!(tenant, &code, version, text, now),
        )?;
        Ok(ProcedureRef { code, version })
    }
}

/// How many texts and confirmations there are; both only grow.
fn counted(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<(u64, u64)> {
    let counted = tx.one(
        "select (select count(*) from procedure_version where tenant = $1),
                (select count(*) from limit_confirmation where tenant = $1)",
        args!(tenant),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(counted)
}

/// Keeps entries of a published catalogue, each over what was known of its code. They are
/// facts to write procedures from: without a workflow nothing can be filed on them, and a time
/// limit in doubt says so.
///
/// # Errors
/// Those of the store.
pub fn keep_catalogue(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    entries: &[CatalogueEntry],
    now: Instant,
) -> Result<()> {
    for entry in entries {
        tx.exec(
            "insert into catalogue_entry (tenant, code, name, sector, to_confirm, entry, recorded_at,
                 words)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (tenant, code) do update set name = excluded.name,
                 sector = excluded.sector, to_confirm = excluded.to_confirm,
                 entry = excluded.entry, recorded_at = excluded.recorded_at,
                 words = excluded.words",
            args!(
                tenant,
                &entry.code,
                &entry.name,
                &entry.sector,
                entry.to_confirm(),
                serde_json::to_string(entry)?,
                now,
                fold(&format!("{} {} {}", entry.name, entry.sector, entry.code))
            ),
        )?;
    }
    Ok(())
}

impl Shelf {
    /// A shelf of these procedures.
    #[must_use]
    pub fn of(procedures: Vec<Procedure>) -> Self {
        let catalogue = Arc::new(Catalogue::of(&procedures));
        let mut versions: HashMap<ProcedureCode, Vec<Arc<Procedure>>> = HashMap::new();
        for procedure in procedures {
            versions.entry(procedure.code.clone()).or_default().push(Arc::new(procedure));
        }
        for of_code in versions.values_mut() {
            of_code.sort_unstable_by_key(|p| std::cmp::Reverse(p.version));
            of_code.dedup_by_key(|p| p.version);
        }
        let latest = versions.values().filter_map(|of_code| of_code.first());
        let latest = latest.filter(|p| p.matter == Matter::Dossier);
        let words = |p: &Procedure| fold(&format!("{} {} {}", p.name, p.sector, p.code));
        let mut newest: Vec<_> = latest.map(|p| (words(p), p.clone())).collect();
        newest.sort_by_cached_key(|(_, p)| (fold(&p.sector), fold(&p.name), p.code.clone()));
        Self { versions, newest, catalogue, ..Self::default() }
    }

    /// What figures have to know of every version.
    #[must_use]
    pub const fn catalogue(&self) -> &Arc<Catalogue> {
        &self.catalogue
    }

    /// The text of that version.
    #[must_use]
    pub fn version(&self, wanted: &ProcedureRef) -> Option<&Arc<Procedure>> {
        self.of_code(&wanted.code).iter().find(|p| p.version == wanted.version)
    }

    /// The version of that code that is in force on `day`.
    #[must_use]
    pub fn in_force(&self, code: &ProcedureCode, day: Date) -> Option<&Arc<Procedure>> {
        self.of_code(code).iter().find(|p| p.in_force(day))
    }

    /// The newest version of that code.
    #[must_use]
    pub fn newest(&self, code: &ProcedureCode) -> Option<&Arc<Procedure>> {
        self.of_code(code).first()
    }

    /// What was confirmed of that version, by channel.
    #[must_use]
    pub fn confirmations(&self, of: &ProcedureRef) -> &[Confirmation] {
        self.confirmations.get(of).map_or(&[], Vec::as_slice)
    }

    fn of_code(&self, code: &ProcedureCode) -> &[Arc<Procedure>] {
        self.versions.get(code).map_or(&[], Vec::as_slice)
    }

    /// The procedures of a matter, each in its newest version, by code.
    #[must_use]
    pub fn of_matter(&self, matter: Matter) -> Vec<&Arc<Procedure>> {
        let newest = self.versions.values().filter_map(|of_code| of_code.first());
        let mut found: Vec<_> = newest.filter(|procedure| procedure.matter == matter).collect();
        found.sort_by_key(|procedure| &procedure.code);
        found
    }

    /// Every procedure of the one-stop desk, in its newest version, by field and name.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Procedure>> {
        self.newest.iter().map(|(_, procedure)| procedure)
    }

    /// Procedures of a level that hold every word typed, best first: those whose name begins
    /// so, then those that hold the words in one piece, then the others.
    #[must_use]
    pub fn search(&self, typed: &str, level: Option<Level>, day: Date) -> Vec<Arc<Procedure>> {
        let folded = fold(typed);
        let terms: Vec<&str> = folded.split(' ').filter(|term| !term.is_empty()).collect();
        let rank = |words: &str| match words.find(&folded) {
            Some(0) => Some(0),
            Some(_) => Some(1),
            None if terms.iter().all(|term| words.contains(term)) => Some(2),
            None => None,
        };
        let offered = self.newest.iter().filter(|(_, p)| {
            p.in_force(day) && level.is_none_or(|level| p.levels.contains(&level))
        });
        let mut found: Vec<_> = offered.filter_map(|(w, p)| Some((rank(w)?, p.clone()))).collect();
        found.sort_by_key(|(rank, _)| *rank);
        found.into_iter().map(|(_, procedure)| procedure).take(FOUND_MAX).collect()
    }
}
