//! Personal data under a key of the person whose data it is.
//!
//! Each party has a random data key; the store keeps it wrapped by the master key, which is
//! not in the store. Destroying the wrapped key destroys everything that it sealed, in every
//! event and every backup of the journal (Law 91/2025/QH15 gives people that right), while the
//! evidence itself stays. Exact look-up of an identity number goes by a keyed hash of it.

mod master;

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use kernel::{Instant, Mint, PartyId, Tenant};
use sha2::Sha256;
use store::{Tx, args};

pub use master::{MasterKey, MasterKeyFault};

use crate::{Error, Result};

/// First byte of everything sealed: XChaCha20-Poly1305, a nonce of 24 bytes, the data, a tag.
const FORMAT: u8 = 1;
const NONCE: usize = 24;

/// What a sealed value or a blind index is of; a value sealed as one cannot be read as another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Label(pub &'static str);

impl Label {
    /// Personal identity number.
    pub const CITIZEN_ID: Self = Self("citizen_id");
    /// Telephone number.
    pub const PHONE: Self = Self("phone");
    /// Name.
    pub const NAME: Self = Self("name");
    /// Address.
    pub const ADDRESS: Self = Self("address");
    /// What is known of a party besides its name, as JSON.
    pub const PARTY: Self = Self("party");
    /// Tax code of an organisation.
    pub const TAX_CODE: Self = Self("tax_code");
    /// What an officer wrote in words about a case.
    pub const NOTE: Self = Self("note");
    /// By what name an identity provider knows a person.
    pub const SUBJECT: Self = Self("subject");
    /// Answers of a form, as JSON.
    pub const FORM: Self = Self("form");
}

/// Seals and opens, for one master key. To be shared between threads.
#[derive(Clone)]
pub struct Keyring {
    wrap: XChaCha20Poly1305,
    blind: Hmac<Sha256>,
    fingerprint: [u8; 32],
}

/// The data key of one party, at hand for a while.
pub struct PartyKey {
    party: PartyId,
    cipher: XChaCha20Poly1305,
}

impl Keyring {
    /// A ring on this master key. Each purpose has a key of its own, derived from it.
    #[must_use]
    pub fn new(master: &MasterKey) -> Self {
        Self {
            wrap: XChaCha20Poly1305::new(&Key::from(master.derive("wrap v1"))),
            blind: mac(&master.derive("blind v1")),
            fingerprint: master.derive("fingerprint v1"),
        }
    }

    /// Makes sure that this is the master key of this store: writes its fingerprint the first
    /// time, compares it ever after. To be called at start, before anything is sealed.
    ///
    /// # Errors
    /// [`Error::WrongMasterKey`].
    pub fn attest(&self, tx: &mut Tx<'_>, tenant: &Tenant) -> Result<()> {
        let sql = "insert into master_key_fingerprint(tenant, fingerprint) values ($1, $2)
                   on conflict (tenant) do nothing";
        tx.exec(sql, args!(tenant, &self.fingerprint))?;
        let sql = "select fingerprint from master_key_fingerprint where tenant = $1";
        let kept: Vec<u8> = tx.one(sql, args!(tenant), |row| row.get(0))?;
        if kept == self.fingerprint { Ok(()) } else { Err(Error::WrongMasterKey) }
    }

    /// A fresh key for a party, and its wrapped form, which [`Self::keep`] (or the bulk import of
    /// the generator) writes.
    #[must_use]
    pub fn fresh(&self, tenant: &Tenant, party: PartyId, mint: &Mint) -> (PartyKey, Vec<u8>) {
        let key: [u8; 32] = mint.bytes();
        let wrapped = seal(&self.wrap, &key, &wrap_context(tenant, party), mint);
        (PartyKey { party, cipher: XChaCha20Poly1305::new(&Key::from(key)) }, wrapped)
    }

    /// Writes the wrapped key of a party that has none.
    ///
    /// # Errors
    /// [`store::Error::Conflict`] or [`store::Error::Unique`] where the party has, or had, one.
    pub fn keep(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, wrapped: &[u8]) -> Result<()> {
        let sql = "insert into party_key(tenant, party_id, wrapped) values ($1, $2, $3)";
        Ok(tx.put(sql, args!(tenant, party, wrapped))?)
    }

    /// The key of a party; a fresh one where it has none yet.
    ///
    /// # Errors
    /// [`Error::KeyDestroyed`], [`Error::Unopenable`].
    pub fn key(
        &self,
        tx: &mut Tx<'_>,
        tenant: &Tenant,
        party: PartyId,
        mint: &Mint,
    ) -> Result<PartyKey> {
        match self.load(tx, tenant, party) {
            Err(Error::NoKey) => {
                let (_, wrapped) = self.fresh(tenant, party, mint);
                // Somebody else may be faster; then theirs is the one.
                let sql = "insert into party_key(tenant, party_id, wrapped) values ($1, $2, $3)
                           on conflict (tenant, party_id) do nothing";
                tx.exec(sql, args!(tenant, party, &wrapped))?;
                self.load(tx, tenant, party)
            }
            other => other,
        }
    }

    /// The key of a party, for opening what it sealed.
    ///
    /// # Errors
    /// [`Error::NoKey`], [`Error::KeyDestroyed`], [`Error::Unopenable`].
    pub fn load(&self, tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId) -> Result<PartyKey> {
        let sql = "select wrapped, destroyed_at from party_key
                   where tenant = $1 and party_id = $2";
        let row = tx.opt(sql, args!(tenant, party), |row| {
            Ok((row.get::<Option<Vec<u8>>>(0)?, row.get::<Option<Instant>>(1)?))
        })?;
        match row.ok_or(Error::NoKey)? {
            (Some(wrapped), _) => self.unwrap(tenant, party, &wrapped),
            (None, at) => Err(Error::KeyDestroyed { at: at.unwrap_or(Instant::UNIX_EPOCH) }),
        }
    }

    /// The key in a wrapped form that a query fetched along with other rows.
    ///
    /// # Errors
    /// [`Error::Unopenable`] where it was altered, or belongs to another party or master key.
    pub fn unwrap(&self, tenant: &Tenant, party: PartyId, wrapped: &[u8]) -> Result<PartyKey> {
        let key = open(&self.wrap, wrapped, &wrap_context(tenant, party))?;
        let key: [u8; 32] = key.try_into().map_err(|_| Error::Unopenable)?;
        Ok(PartyKey { party, cipher: XChaCha20Poly1305::new(&Key::from(key)) })
    }

    /// Destroys the key of a party, for good: what it sealed can be read by nobody, and the
    /// party gets no new one. Keys that are at hand elsewhere live until they are dropped.
    ///
    /// # Errors
    /// What the store refuses.
    pub fn destroy(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, now: Instant) -> Result<()> {
        let sql = "insert into party_key(tenant, party_id, wrapped, destroyed_at)
                   values ($1, $2, null, $3)
                   on conflict (tenant, party_id) do update set wrapped = null,
                       destroyed_at = coalesce(party_key.destroyed_at, excluded.destroyed_at)";
        tx.exec(sql, args!(tenant, party, now))?;
        Ok(())
    }

    /// A keyed hash for exact look-up: the same value gives the same hash, and without the
    /// master key nobody can try out all twelve-digit numbers.
    #[must_use]
    pub fn blind(&self, tenant: &Tenant, label: Label, value: &str) -> [u8; 32] {
        let mac = self.blind.clone();
        let mac = mac.chain_update(context(tenant.as_str(), label.0));
        mac.chain_update(value.as_bytes()).finalize().into_bytes().into()
    }
}

impl PartyKey {
    /// Whose key this is.
    #[must_use]
    pub fn party(&self) -> PartyId {
        self.party
    }

    /// Seals a value; 41 bytes longer than the plain one.
    #[must_use]
    pub fn seal(&self, label: Label, plain: &[u8], mint: &Mint) -> Vec<u8> {
        seal(&self.cipher, plain, &self.context(label), mint)
    }

    /// Opens a value.
    ///
    /// # Errors
    /// [`Error::Unopenable`] where it was altered, or sealed for another party or label.
    pub fn open(&self, label: Label, sealed: &[u8]) -> Result<Vec<u8>> {
        open(&self.cipher, sealed, &self.context(label))
    }

    fn context(&self, label: Label) -> Vec<u8> {
        context(&self.party.to_string(), label.0)
    }
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keyring(…)")
    }
}
impl std::fmt::Debug for PartyKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PartyKey({})", self.party)
    }
}

fn seal(cipher: &XChaCha20Poly1305, plain: &[u8], context: &[u8], mint: &Mint) -> Vec<u8> {
    let nonce: [u8; NONCE] = mint.bytes();
    let payload = Payload { msg: plain, aad: context };
    let body = cipher.encrypt(&XNonce::from(nonce), payload);
    let body = body.expect("only plain text of over 256 GiB cannot be sealed");
    [&[FORMAT], &nonce[..], &body].concat()
}

fn open(cipher: &XChaCha20Poly1305, sealed: &[u8], context: &[u8]) -> Result<Vec<u8>> {
    let rest = sealed.strip_prefix(&[FORMAT]).ok_or(Error::Unopenable)?;
    let (nonce, body) = rest.split_first_chunk::<NONCE>().ok_or(Error::Unopenable)?;
    let payload = Payload { msg: body, aad: context };
    cipher.decrypt(&XNonce::from(*nonce), payload).map_err(|_| Error::Unopenable)
}

fn wrap_context(tenant: &Tenant, party: PartyId) -> Vec<u8> {
    context(tenant.as_str(), &party.to_string())
}

/// Two texts as one, in a way that no other two give.
fn context(one: &str, two: &str) -> Vec<u8> {
    [one.as_bytes(), &[0], two.as_bytes(), &[0]].concat()
}

fn mac(key: &[u8]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ring(seed: u64) -> Keyring {
        Keyring::new(&MasterKey::fresh(&Mint::seeded(seed)))
    }

    #[test]
    fn a_value_opens_only_as_what_it_was_sealed_as() {
        let (mint, tenant) = (Mint::seeded(1), "H55".parse().unwrap());
        let party = mint.id(Instant::UNIX_EPOCH);
        let (key, wrapped) = ring(7).fresh(&tenant, party, &mint);
        let sealed = key.seal(Label::CITIZEN_ID, b"019197008821", &mint);

        assert_eq!(sealed.len(), 12 + 41);
        assert_eq!(key.open(Label::CITIZEN_ID, &sealed).unwrap(), b"019197008821");
        assert!(key.open(Label::PHONE, &sealed).is_err(), "not as something else");
        for at in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[at] ^= 1;
            assert!(key.open(Label::CITIZEN_ID, &altered).is_err(), "byte {at}");
        }
        assert!(key.open(Label::CITIZEN_ID, &sealed[..20]).is_err(), "cut off");

        let again = ring(7).unwrap(&tenant, party, &wrapped).unwrap();
        assert_eq!(again.open(Label::CITIZEN_ID, &sealed).unwrap(), b"019197008821");
        let other = mint.id(Instant::UNIX_EPOCH);
        assert!(ring(7).unwrap(&tenant, other, &wrapped).is_err(), "not as another party's");
        assert!(ring(8).unwrap(&tenant, party, &wrapped).is_err(), "not under another master");
    }

    #[test]
    fn the_blind_index_is_stable_and_apart_by_meaning() {
        let (ring, here) = (ring(7), "H55".parse().unwrap());
        let blind = ring.blind(&here, Label::CITIZEN_ID, "019197008821");
        assert_eq!(blind, ring.blind(&here, Label::CITIZEN_ID, "019197008821"));
        let others = [
            ring.blind(&here, Label::CITIZEN_ID, "019197008822"),
            ring.blind(&here, Label::PHONE, "019197008821"),
            ring.blind(&"H44".parse().unwrap(), Label::CITIZEN_ID, "019197008821"),
            self::ring(8).blind(&here, Label::CITIZEN_ID, "019197008821"),
        ];
        assert!(!others.contains(&blind));
    }
}
