//! The text of a procedure, as it was loaded.

use kernel::{ProcedureCode, Tenant};
use store::{Tx, args};

use crate::Result;

/// The newest text of that code.
///
/// # Errors
/// Those of the store.
pub fn procedure_text(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    code: &ProcedureCode,
) -> Result<Option<String>> {
    let text = tx.opt(
        "select text from procedure_version where tenant = $1 and code = $2
         order by version desc limit 1",
        args!(tenant, code),
        |row| row.get(0),
    )?;
    Ok(text)
}
