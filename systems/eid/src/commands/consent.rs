//! Agreeing to something, and taking it back.

use desk::Desk;
use identity::consent::{self, Purpose};
use journal::EventKind;
use serde::Serialize;
use store::Tx;
use web::Citizen;

use super::tell;
use crate::Result;

const GIVEN: EventKind = EventKind::named("consent.given");
const REVOKED: EventKind = EventKind::named("consent.revoked");

#[derive(Serialize)]
struct Told {
    purpose: Purpose,
}

/// Writes how consent stands from now on; what stands already changes nothing and is no event.
///
/// # Errors
/// Those of the store.
pub fn set_consent(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &Citizen,
    purpose: Purpose,
    give: bool,
) -> Result<bool> {
    let (tenant, mint) = (&desk.front.tenant, &*desk.front.mint);
    if !consent::set(tx, tenant, me.party, purpose, give, me.now)? {
        return Ok(false);
    }
    let kind = if give { GIVEN } else { REVOKED };
    tell(tx, (tenant, mint), me.party, kind, me.actor(), me.now, &Told { purpose })?;
    Ok(true)
}
