//! Deciding whether something is put right.

use desk::Desk;
use identity::{
    access::{Action, Decision, Target},
    party,
};
use journal::EventKind;
use kernel::EventId;
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::{Tx, args};
use web::SignedIn;

use super::{correct::SAID, tell};
use crate::{
    Result,
    model::{CorrectField, Correction, Status},
};

const MADE: EventKind = EventKind::named("correction.made");
const REFUSED: EventKind = EventKind::named("correction.refused");

#[derive(Serialize)]
struct Decided {
    correction: EventId,
    field: CorrectField,
    sha256: String,
}

/// Whether this person decides; what is known of people is the province's, so that a controller of
/// procedures at a commune does not decide for all others.
#[must_use]
pub fn may_decide(desk: &Desk, me: &SignedIn) -> Decision {
    me.may(&desk.front, Action::DecideCorrection, Target::Agency(&desk::answering(me)))
}

/// Decides, with a reason that the person reads. Whether this officer may is for the caller to have
/// asked.
///
/// # Errors
/// [`store::Error::Conflict`] where somebody was faster; where the data was destroyed meanwhile.
pub fn decide_correction(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    correction: &Correction,
    make: bool,
    reply: &str,
) -> Result<()> {
    let (tenant, mint) = (&desk.front.tenant, &*desk.front.mint);
    let key = desk.keyring.load(tx, tenant, correction.party)?;
    let sealed = key.seal(SAID, reply.trim().as_bytes(), mint);
    let sha256 = kernel::hex(&Sha256::digest(&sealed));
    let status = if make { Status::Made } else { Status::Refused };
    tx.put(
        "update correction set status = $3, decided_at = $4, decided_post = $5, reply = $6
         where tenant = $1 and id = $2 and status = $7",
        args!(tenant, correction.id, status.word(), me.now, me.seat(), sealed, Status::Open.word()),
    )?;
    if let (true, Some(said)) = (make, &correction.said) {
        let put = |party: &mut party::Party| correction.field.put(party, &said.right);
        party::correct(tx, tenant, &desk.keyring, correction.party, put, me.now, mint)?;
    }
    let kind = if make { MADE } else { REFUSED };
    let told = Decided { correction: correction.id, field: correction.field, sha256 };
    tell(tx, (tenant, mint), correction.party, kind, me.actor(), me.now, &told)
}
