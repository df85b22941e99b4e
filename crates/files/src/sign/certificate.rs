//! Certificates: who signs, says whoever issued it (X.509, RFC 5280).

use der::{Decode as _, Encode as _, Tagged as _, asn1::ObjectIdentifier};
use kernel::Instant;
use x509_cert::name::Name;

use super::Fault;
use crate::Sha256Hash;

const COMMON_NAME: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.3");
const ORGANIZATION: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.10");

/// A certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    read: x509_cert::Certificate,
}

impl Certificate {
    /// Reads a certificate.
    ///
    /// # Errors
    /// [`Fault::CertificateUnfit`].
    pub fn from_der(der: &[u8]) -> Result<Self, Fault> {
        let read = x509_cert::Certificate::from_der(der);
        let read = read.map_err(|error| Fault::CertificateUnfit(error.to_string()))?;
        Ok(Self { der: der.to_vec(), read })
    }

    pub(super) fn of(read: x509_cert::Certificate) -> Result<Self, Fault> {
        Ok(Self { der: read.to_der()?, read })
    }

    /// The certificate as it was issued.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    pub(super) fn read(&self) -> &x509_cert::Certificate {
        &self.read
    }

    /// Whose it is.
    #[must_use]
    pub fn subject(&self) -> String {
        name(self.read.tbs_certificate().subject())
    }

    /// Who issued it.
    #[must_use]
    pub fn issuer(&self) -> String {
        name(self.read.tbs_certificate().issuer())
    }

    /// Whether the holder issued it to itself, as in the demonstration.
    #[must_use]
    pub fn is_self_issued(&self) -> bool {
        let read = self.read.tbs_certificate();
        read.issuer() == read.subject()
    }

    /// SHA-256 of the whole certificate.
    #[must_use]
    pub fn fingerprint(&self) -> Sha256Hash {
        Sha256Hash::of(&self.der)
    }

    /// From when to when it is in force.
    #[must_use]
    pub fn validity(&self) -> (Instant, Instant) {
        let validity = self.read.tbs_certificate().validity();
        let instant = |time: x509_cert::time::Time| {
            let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
            Instant::from_second(seconds).unwrap_or(Instant::MAX)
        };
        (instant(validity.not_before), instant(validity.not_after))
    }

    /// The public key (SubjectPublicKeyInfo, DER).
    pub(super) fn public(&self) -> Result<Vec<u8>, Fault> {
        Ok(self.read.tbs_certificate().subject_public_key_info().to_der()?)
    }
}

/// The common name, else the organisation, else all of it.
fn name(name: &Name) -> String {
    let part = |oid| name.iter().find(|part| part.oid == oid);
    let known = part(COMMON_NAME).or_else(|| part(ORGANIZATION));
    let text = known.and_then(|part| match part.value.tag() {
        der::Tag::BmpString => {
            let units: Vec<u16> = part.value.value().chunks_exact(2).map(pair).collect();
            String::from_utf16(&units).ok()
        }
        _ => String::from_utf8(part.value.value().to_vec()).ok(),
    });
    text.unwrap_or_else(|| name.to_string())
}

fn pair(bytes: &[u8]) -> u16 {
    u16::from(bytes[0]) << 8 | u16::from(bytes[1])
}
