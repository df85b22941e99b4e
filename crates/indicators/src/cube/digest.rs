//! Whether two cubes are the same, byte for byte.

use kernel::Instant;
use sha2::{Digest, Sha256};
use store::{Row, Tx, args};
use uuid::Uuid;

use super::Cube;
use crate::Result;

impl Cube {
    /// The SHA-256 of every row of the cube that is read, in the order of their keys, without the
    /// number of the build.
    ///
    /// # Errors
    /// Those of the store.
    pub fn digest(&self, tx: &mut Tx<'_>) -> Result<[u8; 32]> {
        let mut hash = Sha256::new();
        let build = self.current(tx)?.unwrap_or(0);
        for (columns, table, order) in TABLES {
            hash.update(table.as_bytes());
            let sql = format!(
                "select {columns} from {table} where tenant = $1 and build = $2 order by {order}"
            );
            tx.each(&sql, args!(&self.tenant, build), |row| {
                for (at, column) in columns.split(", ").enumerate() {
                    hash.update(column.as_bytes());
                    column_bytes(row, at, column, &mut hash)?;
                }
                Ok(())
            })?;
        }
        Ok(hash.finalize().into())
    }
}

const TABLES: [(&str, &str, &str); 7] = [
    ("pos, recorded_at", "cube_place", "tenant"),
    ("plane, span, agency, cells", "cube_slab", "plane, span, agency"),
    ("agency, plane, list, month, part, traces", "cube_trace", "agency, plane, list, month, part"),
    (
        "plane, agency, fact, since, case_id, procedure, channel",
        "cube_open",
        "plane, agency, fact, since, case_id",
    ),
    ("case_id, state", "cube_case", "case_id"),
    ("pos, agency, day, what, before", "cube_tree", "pos"),
    (
        "agency, month, pos, seq, plane, procedure, channel, fact, day, n, recorded_at",
        "cube_revision",
        "agency, month, pos, seq",
    ),
];

fn column_bytes(row: &Row<'_>, at: usize, column: &str, hash: &mut Sha256) -> store::Result<()> {
    match column {
        "agency" | "case_id" => hash.update(row.get::<Uuid>(at)?.as_bytes()),
        "cells" | "traces" => {
            let bytes: Vec<u8> = row.get(at)?;
            hash.update(bytes.len().to_be_bytes());
            hash.update(bytes);
        }
        "state" | "what" | "before" => {
            hash.update(row.get::<Option<String>>(at)?.unwrap_or_default().as_bytes());
        }
        "recorded_at" | "since" => {
            hash.update(kernel::micros(row.get::<Instant>(at)?).to_be_bytes());
        }
        _ => hash.update(row.get::<i64>(at)?.to_be_bytes()),
    }
    Ok(())
}
