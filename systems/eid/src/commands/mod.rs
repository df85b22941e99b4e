//! What can happen, each one function: checks, then the change and its event in one transaction.

mod consent;
mod correct;
mod decide;
mod destroy;

pub use consent::set_consent;
pub(crate) use correct::SAID;
pub use correct::{NotFiled, file_correction};
pub use decide::{decide_correction, may_decide};
pub use destroy::destroy;

pub use identity::party::subject;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant, Mint, PartyId, Tenant};
use serde::Serialize;
use store::Tx;

use crate::Result;

/// Writes an event of a person's data.
fn tell(
    tx: &mut Tx<'_>,
    (tenant, mint): (&Tenant, &Mint),
    party: PartyId,
    kind: EventKind,
    actor: Actor,
    now: Instant,
    data: &impl Serialize,
) -> Result<()> {
    let what = Happened { kind, actor, happened_at: now, recorded_at: now, data: Data::of(data)? };
    journal::record(tx, tenant, mint, &subject(party), what)?;
    Ok(())
}
