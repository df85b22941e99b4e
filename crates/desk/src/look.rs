//! What the access log says of a look at somebody's data: who, at what, for which case, and on what
//! ground.

use casework::Case;
use identity::{
    access::{Action, Decision},
    audit::{Basis, Entry, Reader},
};
use kernel::PartyId;
use web::SignedIn;

/// A look at a case or the data of its applicant, on the ground of the procedure that it is
/// decided by.
#[must_use]
pub fn look(me: &SignedIn, action: Action, case: &Case) -> Entry {
    let entry = entry(me, action).on(Some(case.id), Some(case.applicant));
    entry.because(Basis::Procedure(case.procedure.code.clone()))
}

/// A look at what is known of somebody who hands something in.
#[must_use]
pub fn look_at_counter(me: &SignedIn, action: Action, party: PartyId) -> Entry {
    entry(me, action).on(None, Some(party)).because(Basis::Counter)
}

fn entry(me: &SignedIn, action: Action) -> Entry {
    let reader = Reader::officer(me.session.account, &me.officer);
    Entry::of(reader, action, &Decision::Allowed, me.now)
}
