//! Who signs: a key with the certificate that says whose it is.

use kernel::{Instant, Mint};
use p12_keystore::{KeyStore, Pkcs12ImportPolicy};

use super::{Certificate, Fault, Key};

/// At most so many certificates go into a signature.
const CHAIN_MAX: usize = 6;

/// A key, its certificate, and those that lead from it to an issuer whom people trust.
#[derive(Debug)]
pub struct Signer {
    key: Key,
    chain: Vec<Certificate>,
}

impl Signer {
    /// Puts a key and its certificates together; the first one is the key's.
    ///
    /// # Errors
    /// [`Fault::CertificateUnfit`] where there is none of this key.
    pub fn new(key: Key, mut chain: Vec<Certificate>) -> Result<Self, Fault> {
        let public = key.public()?;
        let own = chain.iter().position(|one| one.public().is_ok_and(|its| its == public));
        let Some(own) = own else {
            return Err(Fault::CertificateUnfit("no certificate is of this key".to_owned()));
        };
        chain.swap(0, own);
        chain.truncate(CHAIN_MAX);
        Ok(Self { key, chain })
    }

    /// Reads PEM texts (RFC 7468): one `PRIVATE KEY` in PKCS#8, and its `CERTIFICATE`s.
    ///
    /// # Errors
    /// [`Fault::KeyFile`] where there is no key, and those of [`Signer::new`].
    pub fn from_pem(text: &str) -> Result<Self, Fault> {
        let (mut key, mut chain) = (None, Vec::new());
        for block in blocks(text) {
            let read = der::pem::decode_vec(block.as_bytes());
            let (label, der) = read.map_err(|error| Fault::KeyFile(error.to_string()))?;
            match label {
                "PRIVATE KEY" => key = Some(Key::from_pkcs8(&der)?),
                "CERTIFICATE" => chain.push(Certificate::from_der(&der)?),
                "ENCRYPTED PRIVATE KEY" => {
                    let why = "the key is under a password; put it into a PKCS#12 file";
                    return Err(Fault::KeyFile(why.to_owned()));
                }
                _ => {}
            }
        }
        let missing = || Fault::KeyFile("there is no PRIVATE KEY in PKCS#8".to_owned());
        Self::new(key.ok_or_else(missing)?, chain)
    }

    /// Reads a PKCS#12 file (RFC 7292), as authorities of certificates give them out.
    ///
    /// # Errors
    /// [`Fault::KeyFile`], most often since the password is another one.
    pub fn from_pkcs12(file: &[u8], password: &str) -> Result<Self, Fault> {
        let store = KeyStore::from_pkcs12(file, password, Pkcs12ImportPolicy::Relaxed);
        let store = store.map_err(|error| Fault::KeyFile(error.to_string()))?;
        let missing = || Fault::KeyFile("there is no private key in it".to_owned());
        let (_, entry) = store.private_key_chain().ok_or_else(missing)?;
        let key = Key::from_pkcs8(entry.key().as_der())?;
        let chain: Result<_, _> =
            entry.certs().iter().map(|one| Certificate::from_der(one.as_der())).collect();
        Self::new(key, chain?)
    }

    /// Key and certificates as PEM texts, to be kept where nobody else reads them.
    ///
    /// # Errors
    /// [`Fault::Encoding`], which a key that was read does not meet.
    pub fn to_pem(&self) -> Result<String, Fault> {
        let block = |label, der: &[u8]| {
            let text = der::pem::encode_string(label, der::pem::LineEnding::LF, der);
            text.map_err(|error| Fault::Encoding(error.to_string()))
        };
        let mut text = String::new();
        for one in &self.chain {
            text.push_str(&block("CERTIFICATE", one.der())?);
        }
        text.push_str(&block("PRIVATE KEY", &self.key.to_pkcs8()?)?);
        Ok(text)
    }

    /// Whose key it is.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.chain[0]
    }

    /// Of which kind the key is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.key.kind()
    }

    pub(super) fn chain(&self) -> &[Certificate] {
        &self.chain
    }

    pub(super) fn key(&self) -> &Key {
        &self.key
    }

    /// Whether the certificate is in force.
    ///
    /// # Errors
    /// [`Fault::NotInForce`].
    pub fn in_force(&self, at: Instant) -> Result<(), Fault> {
        let (from, until) = self.certificate().validity();
        if from <= at && at <= until { Ok(()) } else { Err(Fault::NotInForce { from, until }) }
    }

    pub(super) fn sign(&self, message: &[u8], mint: &Mint) -> Result<Vec<u8>, Fault> {
        self.key.sign(message, mint)
    }
}

/// The PEM texts of a file, each from its first to its last line.
fn blocks(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.match_indices("-----BEGIN ").map(|(at, _)| at);
    starts.filter_map(|start| {
        let rest = &text[start..];
        let end = rest.find("-----END ")?;
        let line = rest[end..].find('\n').map_or(rest.len(), |line| end + line);
        Some(rest[..line].trim_end())
    })
}
