//! What a view weighs: everything the first time, and after it all that may not be kept.

use anyhow::{Context, Result};

use super::lighthouse::Fetched;
use crate::caller::Caller;

/// In KB of 1000 bytes.
#[derive(Debug, Default)]
pub(super) struct Weight {
    pub(super) first: f64,
    pub(super) after: f64,
}

/// Asks the server of each thing whether browsers may keep it for good.
pub(super) async fn of(caller: &mut Caller, fetched: &[Fetched]) -> Result<Weight> {
    let mut weight = Weight::default();
    for one in fetched {
        weight.first += one.bytes / 1000.0;
        let path = one.address.splitn(4, '/').nth(3).context("an address without a path")?;
        if !caller.may_be_kept(&format!("/{path}")).await? {
            weight.after += one.bytes / 1000.0;
        }
    }
    Ok(weight)
}
