//! A programme as a file: TOML text, or a spreadsheet of four sheets. Both say the same under the
//! same names, and what was written can be read again. Reading either gives a draft, or every
//! finding with its line or its row.

mod check;
mod number;
mod raw;
mod sheet;
mod text;

pub(crate) use check::Reader;
pub use check::check;
pub use raw::{At, Finding, Item, Raw, SHEETS, What};
pub use sheet::{read_xlsx, xlsx};
pub(crate) use text::{of_target, of_task};
pub use text::{read_toml, toml};

use desk::Desk;
use kernel::Instant;

use crate::commands::Draft;

/// Bytes of a file that is read.
pub const FILE_BYTES_MAX: usize = 4_000_000;

/// Reads a file, told apart by its first bytes.
///
/// # Errors
/// Every finding, in the order of the file.
pub fn read(desk: &Desk, bytes: &[u8], now: Instant) -> Result<Draft, Vec<Finding>> {
    if bytes.len() > FILE_BYTES_MAX {
        return Err(vec![Finding::at(1, What::TooLong)]);
    }
    // Every XLSX file is a ZIP file.
    let raw = if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(bytes)?
    } else {
        let text = std::str::from_utf8(bytes);
        read_toml(text.map_err(|_| vec![Finding::at(1, What::NotText)])?)?
    };
    check(desk, &raw, now)
}
