//! Forward-only migrations: one numbered sequence for each system.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::{Engine, Error, Result, Tx, args};

/// One step of a system's tables. Its text never changes once it was released.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// Whose tables: the name of the crate.
    pub system: &'static str,
    /// Place in the sequence, from 1.
    pub number: i64,
    /// What it does, in a word or two.
    pub name: &'static str,
    /// Statements, in the SQL that both engines take.
    pub sql: &'static str,
}

impl Migration {
    /// A migration; `sql` usually comes from `include_str!`.
    #[must_use]
    pub const fn new(
        system: &'static str,
        number: i64,
        name: &'static str,
        sql: &'static str,
    ) -> Self {
        Self { system, number, name, sql }
    }

    fn checksum(&self) -> String {
        Sha256::digest(self.sql).iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    }
}

/// The one table without a tenant: the shape of the database belongs to all of them.
const TABLE: &str = "create table if not exists schema_migration (
    system text not null, number bigint not null, name text not null, checksum text not null,
    program text not null, primary key (system, number))";

pub(crate) fn apply(tx: &mut Tx<'_>, migrations: &[Migration]) -> Result<()> {
    tx.batch(TABLE)?;
    if tx.engine() == Engine::Postgres {
        // SQLite has one writer anyway; here two programs may start at the same time.
        tx.batch("lock table schema_migration in exclusive mode")?;
    }
    let applied: BTreeMap<(String, i64), String> = tx
        .all("select system, number, checksum from schema_migration", &[], |row| {
            Ok(((row.get(0)?, row.get(1)?), row.get(2)?))
        })?
        .into_iter()
        .collect();
    refuse_newer(&applied, migrations)?;
    for migration in migrations {
        match applied.get(&(migration.system.to_owned(), migration.number)) {
            Some(checksum) if *checksum == migration.checksum() => {}
            Some(_) => {
                let (system, number) = (migration.system.to_owned(), migration.number);
                return Err(Error::Changed { system, number });
            }
            None => apply_one(tx, migration)?,
        }
    }
    Ok(())
}

fn refuse_newer(applied: &BTreeMap<(String, i64), String>, migrations: &[Migration]) -> Result<()> {
    for (system, found) in applied.keys() {
        let known = migrations.iter().filter(|m| m.system == system).map(|m| m.number).max();
        // A system that this call does not name is somebody else's business.
        if let Some(known) = known.filter(|known| known < found) {
            return Err(Error::TooNew { system: system.clone(), found: *found, known });
        }
    }
    Ok(())
}

fn apply_one(tx: &mut Tx<'_>, migration: &Migration) -> Result<()> {
    tx.batch(migration.sql).map_err(|error| {
        let Migration { system, number, name, .. } = migration;
        Error::Engine(format!("{system} migration {number} ({name}): {error}"))
    })?;
    tx.exec(
        "insert into schema_migration(system, number, name, checksum, program)
         values ($1, $2, $3, $4, $5)",
        args!(
            migration.system,
            migration.number,
            migration.name,
            migration.checksum(),
            env!("CARGO_PKG_VERSION")
        ),
    )?;
    Ok(())
}
