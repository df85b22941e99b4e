//! Agreeing to something, and taking it back.

use desk::Desk;
use identity::consent::{self, Purpose, Said};
use store::Tx;
use web::Citizen;

use crate::Result;

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
    let said = Said { party: me.party, purpose, give, actor: me.actor(), at: me.now };
    Ok(consent::set(tx, &desk.front.tenant, &desk.front.mint, &said)?)
}
