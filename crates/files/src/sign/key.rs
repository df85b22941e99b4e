//! Private keys that documents are signed with.

use kernel::Mint;
use p256::{
    ecdsa::{self, signature::Signer as _},
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _},
};
use rsa::{
    Pkcs1v15Sign, RsaPrivateKey,
    pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _, EncodePublicKey as _},
    sha2::Sha256 as RsaSha256,
    traits::PublicKeyParts as _,
};

use super::Fault;
use crate::Sha256Hash;

/// Smallest and largest RSA modulus, in bits: below is unsafe, above only slow.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=4096;

/// A private key, by kind.
pub enum Key {
    /// ECDSA on P-256 (FIPS 186-5); signatures are deterministic (RFC 6979).
    P256(Box<ecdsa::SigningKey>),
    /// RSA, PKCS#1 v1.5 (RFC 8017).
    Rsa(Box<RsaPrivateKey>),
}

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.kind())
    }
}

impl Key {
    /// A fresh key on P-256.
    #[must_use]
    pub fn fresh(mint: &Mint) -> Self {
        loop {
            // A number beyond the order of the curve is none; that happens once in 2³².
            if let Ok(key) = ecdsa::SigningKey::from_slice(&mint.bytes::<32>()) {
                return Self::P256(Box::new(key));
            }
        }
    }

    /// Reads a key in PKCS#8 (RFC 5208).
    ///
    /// # Errors
    /// [`Fault::KeyUnfit`].
    pub fn from_pkcs8(der: &[u8]) -> Result<Self, Fault> {
        if let Ok(key) = ecdsa::SigningKey::from_pkcs8_der(der) {
            return Ok(Self::P256(Box::new(key)));
        }
        let key = RsaPrivateKey::from_pkcs8_der(der);
        let key = key.map_err(|error| Fault::KeyUnfit(error.to_string()))?;
        let bits = key.n().bits();
        if !RSA_BITS.contains(&bits) {
            return Err(Fault::KeyUnfit(format!("RSA of {bits} bits")));
        }
        Ok(Self::Rsa(Box::new(key)))
    }

    /// `ECDSA P-256`, `RSA 2048`.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::P256(_) => "ECDSA P-256",
            Self::Rsa(_) => "RSA",
        }
    }

    /// The public half (SubjectPublicKeyInfo, DER).
    pub(super) fn public(&self) -> Result<Vec<u8>, Fault> {
        let told = |error: String| Fault::KeyUnfit(error);
        match self {
            Self::P256(key) => {
                let public = key.verifying_key().to_public_key_der();
                Ok(public.map_err(|error| told(error.to_string()))?.into_vec())
            }
            Self::Rsa(key) => {
                let public = key.to_public_key().to_public_key_der();
                Ok(public.map_err(|error| told(error.to_string()))?.into_vec())
            }
        }
    }

    /// The key in PKCS#8, to be kept.
    pub(super) fn to_pkcs8(&self) -> Result<Vec<u8>, Fault> {
        let told = |error: String| Fault::KeyUnfit(error);
        match self {
            Self::P256(key) => {
                let document = key.to_pkcs8_der().map_err(|error| told(error.to_string()))?;
                Ok(document.as_bytes().to_vec())
            }
            Self::Rsa(key) => {
                let document = key.to_pkcs8_der().map_err(|error| told(error.to_string()))?;
                Ok(document.as_bytes().to_vec())
            }
        }
    }

    /// Signs SHA-256 of a message.
    pub(super) fn sign(&self, message: &[u8], mint: &Mint) -> Result<Vec<u8>, Fault> {
        match self {
            Self::P256(key) => {
                let signature: ecdsa::DerSignature = key.sign(message);
                Ok(signature.as_bytes().to_vec())
            }
            Self::Rsa(key) => {
                let hash = Sha256Hash::of(message);
                let padding = Pkcs1v15Sign::new::<RsaSha256>();
                let signed = key.sign_with_rng(&mut Blinding(mint), padding, hash.as_bytes());
                signed.map_err(|error| Fault::KeyUnfit(error.to_string()))
            }
        }
    }
}

/// Randomness that hides the private exponent from whoever measures time.
struct Blinding<'m>(&'m Mint);

impl rsa::rand_core::RngCore for Blinding<'_> {
    fn next_u32(&mut self) -> u32 {
        u32::from_le_bytes(self.0.bytes())
    }

    fn next_u64(&mut self) -> u64 {
        u64::from_le_bytes(self.0.bytes())
    }

    fn fill_bytes(&mut self, to: &mut [u8]) {
        for chunk in to.chunks_mut(32) {
            chunk.copy_from_slice(&self.0.bytes::<32>()[..chunk.len()]);
        }
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), rsa::rand_core::Error> {
        self.fill_bytes(to);
        Ok(())
    }
}

impl rsa::rand_core::CryptoRng for Blinding<'_> {}
