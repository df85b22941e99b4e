//! Events of what is no case: the directory, a procedure. They stand in the same journal, as
//! the story of a subject that is known by its name.

use kernel::{Actor, CaseId, Instant, Mint, Tenant};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::{Data, Error, Event, EventKind, append};

/// Under which number the journal keeps the story of a subject: computed from its name alone
/// (UUID version 8 of its SHA-256), so that anybody can find it.
#[must_use]
pub fn subject(name: &str) -> CaseId {
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0; 16];
    bytes.copy_from_slice(&digest[..16]);
    CaseId::from_uuid(uuid::Builder::from_custom_bytes(bytes).into_uuid())
}

/// Appends the next event of the subject `of`.
///
/// # Errors
/// [`store::Error::Unique`] where somebody was faster, and those of [`append`].
pub fn record(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    mint: &Mint,
    of: &str,
    what: Happened,
) -> Result<Event, Error> {
    let case = subject(of);
    let last: u32 = tx.one(
        "select coalesce(max(version), 0) from event where tenant = $1 and case_id = $2",
        args!(tenant, case),
        |row| row.get(0),
    )?;
    let Happened { kind, actor, happened_at, recorded_at, data } = what;
    let id = mint.id(recorded_at);
    let version = last + 1;
    let event = Event { id, case, version, kind, actor, happened_at, recorded_at, data };
    append(tx, tenant, &event)?;
    Ok(event)
}

/// What happened to a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happened {
    /// What kind of thing.
    pub kind: EventKind,
    /// Who did it.
    pub actor: Actor,
    /// When it is said to have happened.
    pub happened_at: Instant,
    /// When the system learned it.
    pub recorded_at: Instant,
    /// The rest; no personal data in clear.
    pub data: Data,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_has_one_number_that_is_no_case() {
        assert_eq!(subject("directory"), subject("directory"));
        assert_ne!(subject("directory"), subject("procedure 1.001193"));
        // Cases are of version 7.
        assert_eq!(subject("directory").uuid().get_version_num(), 8);
    }
}
