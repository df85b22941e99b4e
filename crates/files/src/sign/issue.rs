//! A certificate that a key issues to itself: for the demonstration, where no authority of
//! certificates is asked.

use std::{str::FromStr as _, time::Duration};

use der::Decode as _;
use kernel::{Instant, Mint};
use p256::ecdsa::DerSignature;
use x509_cert::{
    TbsCertificate,
    builder::{Builder as _, CertificateBuilder, profile::BuilderProfile},
    ext::{
        Extension, ToExtension as _,
        pkix::{KeyUsage, KeyUsages, SubjectKeyIdentifier},
    },
    name::Name,
    serial_number::SerialNumber,
    spki::{SubjectPublicKeyInfo, SubjectPublicKeyInfoRef},
    time::{Time, Validity},
};

use super::{Certificate, Fault, Key, Signer};

/// For so long it is in force.
const YEARS: u64 = 5;

impl Signer {
    /// A fresh key on P-256 with a certificate that it issued to itself, in force from the day
    /// before `now`.
    ///
    /// # Errors
    /// [`Fault::Encoding`], where the names cannot be written.
    pub fn self_signed(
        name: &str,
        organization: &str,
        now: Instant,
        mint: &Mint,
    ) -> Result<Self, Fault> {
        let key = Key::fresh(mint);
        let Key::P256(signing) = &key else { unreachable!("a fresh key is on P-256") };
        let told = |error: x509_cert::builder::Error| Fault::Encoding(error.to_string());
        let subject = format!("CN={},O={},C=VN", escaped(name), escaped(organization));
        let mut serial: [u8; 16] = mint.bytes();
        // Positive, and as long as it says.
        serial[0] = serial[0] & 0x7f | 0x40;
        let public = SubjectPublicKeyInfo::from_der(&key.public()?)?;
        let builder = CertificateBuilder::new(
            Own(Name::from_str(&subject)?),
            SerialNumber::new(&serial)?,
            validity(now)?,
            public,
        );
        let signed = builder.map_err(told)?.build::<_, DerSignature>(signing.as_ref());
        let certificate = Certificate::of(signed.map_err(told)?)?;
        Self::new(key, vec![certificate])
    }
}

fn validity(now: Instant) -> Result<Validity, Fault> {
    let day = 86_400;
    let seconds = u64::try_from(now.as_second()).unwrap_or(0).saturating_sub(day);
    let time = |seconds| {
        let time = der::DateTime::from_unix_duration(Duration::from_secs(seconds))?;
        // UTCTime to 2049, GeneralizedTime after (RFC 5280, 4.1.2.5).
        if time.year() < 2050 {
            der::asn1::UtcTime::from_date_time(time).map(Time::UtcTime)
        } else {
            Ok(Time::GeneralTime(der::asn1::GeneralizedTime::from_date_time(time)))
        }
    };
    Ok(Validity::new(time(seconds)?, time(seconds + YEARS * 366 * day)?))
}

/// What has a meaning in the text form of a name (RFC 4514) is taken literally.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        if matches!(c, ',' | '+' | '"' | '\\' | '<' | '>' | ';' | '=' | '#') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Signs documents, and answers for what it signed.
struct Own(Name);

impl BuilderProfile for Own {
    fn get_issuer(&self, subject: &Name) -> Name {
        subject.clone()
    }

    fn get_subject(&self) -> Name {
        self.0.clone()
    }

    fn build_extensions(
        &self,
        public: SubjectPublicKeyInfoRef<'_>,
        _issuer: SubjectPublicKeyInfoRef<'_>,
        made: &TbsCertificate,
    ) -> x509_cert::builder::Result<Vec<Extension>> {
        let (subject, none) = (made.subject(), &[][..]);
        let usage = KeyUsage(KeyUsages::DigitalSignature | KeyUsages::NonRepudiation);
        Ok(vec![
            (&usage).to_extension(subject, none)?,
            (&SubjectKeyIdentifier::try_from(public)?).to_extension(subject, none)?,
        ])
    }
}
