//! Words about a case, sealed under the key of the applicant.

use casework::Vault;
use identity::seal::{Keyring, Label};
use kernel::{Mint, PartyId, Tenant};
use store::Tx;

/// The keyring of one tenant, as casework asks for it.
pub(crate) struct Words<'a> {
    pub(crate) tenant: &'a Tenant,
    pub(crate) keyring: &'a Keyring,
    pub(crate) mint: &'a Mint,
}

impl Vault for Words<'_> {
    fn seal(&self, tx: &mut Tx<'_>, party: PartyId, plain: &[u8]) -> store::Result<Vec<u8>> {
        let key = self.keyring.key(tx, self.tenant, party, self.mint).map_err(of_store)?;
        Ok(key.seal(Label::NOTE, plain, self.mint))
    }

    fn open(
        &self,
        tx: &mut Tx<'_>,
        party: PartyId,
        sealed: &[u8],
    ) -> store::Result<Option<Vec<u8>>> {
        match self.keyring.load(tx, self.tenant, party) {
            Ok(key) => key.open(Label::NOTE, sealed).map(Some).map_err(of_store),
            Err(identity::Error::KeyDestroyed { .. } | identity::Error::NoKey) => Ok(None),
            Err(error) => Err(of_store(error)),
        }
    }
}

fn of_store(error: identity::Error) -> store::Error {
    match error {
        identity::Error::Store(error) => error,
        other => store::Error::Damaged(other.to_string()),
    }
}
