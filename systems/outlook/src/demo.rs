//! The first forecast and the first back-test of the demonstration.

use desk::Desk;

use crate::{Result, work};

/// Runs that are computed at once: the forecast and the back-test that are due by themselves.
const FIRST: u32 = 2;

/// Computes the first forecast, and how well the last month would have been foreseen.
///
/// # Errors
/// Those of the store.
pub fn demo(desk: &Desk) -> Result<()> {
    for _ in 0..FIRST {
        work::next(desk)?;
    }
    Ok(())
}
