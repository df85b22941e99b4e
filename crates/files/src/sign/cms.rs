//! The signature itself: CMS (RFC 5652), detached, with the attributes that PAdES asks for.

use cms::{
    cert::{CertificateChoices, IssuerAndSerialNumber},
    content_info::{CmsVersion, ContentInfo},
    signed_data::{
        CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier,
        SignerInfo, SignerInfos,
    },
};
use der::{
    Any, Decode, Encode as _, Reader as _, Sequence, SliceReader, Tag,
    asn1::{ObjectIdentifier, OctetString, SetOfVec},
};
use kernel::Mint;
use p256::ecdsa::{self, signature::Verifier as _};
use rsa::{Pkcs1v15Sign, RsaPublicKey, sha2::Sha256 as RsaSha256};
use x509_cert::{attr::Attribute, spki::AlgorithmIdentifierOwned};

use super::{Certificate, Fault, Key, Signer};
use crate::Sha256Hash;

const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
const SIGNED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.2");
const CONTENT_TYPE: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.3");
const MESSAGE_DIGEST: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.4");
const SIGNING_CERTIFICATE: ObjectIdentifier =
    ObjectIdentifier::new_unwrap("1.2.840.113549.1.9.16.2.47");
const SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const ECDSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.4.3.2");
const RSA_SHA_256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.11");
const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");

/// The certificate that is meant, by its SHA-256 (RFC 5035), so that none is put in its place.
#[derive(Sequence)]
struct SigningCertificate {
    certificates: Vec<CertificateHash>,
}

#[derive(Sequence)]
struct CertificateHash {
    sha_256: OctetString,
}

/// Signs a content by its hash; the content is not part of it.
pub(super) fn signed(content: Sha256Hash, signer: &Signer, mint: &Mint) -> Result<Vec<u8>, Fault> {
    let attributes = attributes(content, signer.certificate())?;
    let signature = signer.sign(&attributes.to_der()?, mint)?;
    let sha_256 = AlgorithmIdentifierOwned { oid: SHA_256, parameters: None };
    let own = signer.certificate().read().tbs_certificate();
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: own.issuer().clone(),
            serial_number: own.serial_number().clone(),
        }),
        digest_alg: sha_256.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: match signer.key() {
            Key::P256(_) => AlgorithmIdentifierOwned { oid: ECDSA_SHA_256, parameters: None },
            Key::Rsa(_) => {
                let parameters = Some(Any::new(Tag::Null, [])?);
                AlgorithmIdentifierOwned { oid: RSA_SHA_256, parameters }
            }
        },
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let chain =
        signer.chain().iter().map(|one| CertificateChoices::Certificate(one.read().clone()));
    let data = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![sha_256])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: DATA, econtent: None },
        certificates: Some(CertificateSet(SetOfVec::try_from(chain.collect::<Vec<_>>())?)),
        crls: None,
        signer_infos: SignerInfos(SetOfVec::try_from(vec![info])?),
    };
    let info = ContentInfo { content_type: SIGNED_DATA, content: Any::encode_from(&data)? };
    Ok(info.to_der()?)
}

fn attributes(content: Sha256Hash, own: &Certificate) -> Result<SignedAttributes, Fault> {
    let hash = OctetString::new(own.fingerprint().as_bytes().as_slice())?;
    let meant = SigningCertificate { certificates: vec![CertificateHash { sha_256: hash }] };
    let digest = OctetString::new(content.as_bytes().as_slice())?;
    let one = |oid, value: Any| -> Result<Attribute, Fault> {
        Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
    };
    Ok(SetOfVec::try_from(vec![
        one(CONTENT_TYPE, Any::encode_from(&DATA)?)?,
        one(MESSAGE_DIGEST, Any::encode_from(&digest)?)?,
        one(SIGNING_CERTIFICATE, Any::encode_from(&meant)?)?,
    ])?)
}

/// What a signature says of a content.
pub(super) enum Verdict {
    /// Signed by the holder of this certificate, and unaltered since.
    Whole(Box<Certificate>),
    /// Of another content, or not of the certificate that it names.
    Broken,
    /// Made in a way that is not understood here.
    Unknown,
}

/// Checks a signature over a content with this hash. Whether the certificate is to be trusted is
/// another question.
pub(super) fn check(signature: &[u8], content: Sha256Hash) -> Verdict {
    let Some((data, info)) = read(signature) else { return Verdict::Unknown };
    let SignerIdentifier::IssuerAndSerialNumber(meant) = &info.sid else { return Verdict::Unknown };
    let of_signer = data.certificates.iter().flat_map(|set| set.0.iter()).find_map(|one| {
        let CertificateChoices::Certificate(one) = one else { return None };
        let read = one.tbs_certificate();
        let is = *read.issuer() == meant.issuer && *read.serial_number() == meant.serial_number;
        is.then(|| Certificate::of(one.clone()).ok()).flatten()
    });
    let (Some(certificate), Some(attributes)) = (of_signer, &info.signed_attrs) else {
        return Verdict::Unknown;
    };
    if info.digest_alg.oid != SHA_256 {
        return Verdict::Unknown;
    }
    let (Some(digest), Ok(message)) = (message_digest(attributes), attributes.to_der()) else {
        return Verdict::Unknown;
    };
    if digest.as_bytes() != content.as_bytes() {
        return Verdict::Broken;
    }
    match fits(&certificate, info.signature_algorithm.oid, &message, info.signature.as_bytes()) {
        Some(true) => Verdict::Whole(Box::new(certificate)),
        Some(false) => Verdict::Broken,
        None => Verdict::Unknown,
    }
}

/// The signature without the zeros that fill its place up.
fn read(signature: &[u8]) -> Option<(SignedData, SignerInfo)> {
    let mut reader = SliceReader::new(signature).ok()?;
    let info = ContentInfo::decode(&mut reader).ok()?;
    let rest = reader.read_slice(reader.remaining_len()).ok()?;
    if info.content_type != SIGNED_DATA || rest.iter().any(|byte| *byte != 0) {
        return None;
    }
    let data: SignedData = info.content.decode_as().ok()?;
    let info = data.signer_infos.0.get(0)?.clone();
    Some((data, info))
}

fn message_digest(attributes: &SignedAttributes) -> Option<OctetString> {
    let digest = attributes.iter().find(|one| one.oid == MESSAGE_DIGEST)?;
    digest.values.get(0)?.decode_as().ok()
}

fn fits(
    certificate: &Certificate,
    algorithm: ObjectIdentifier,
    message: &[u8],
    signature: &[u8],
) -> Option<bool> {
    let public = certificate.public().ok()?;
    match algorithm {
        ECDSA_SHA_256 => {
            use p256::pkcs8::DecodePublicKey as _;
            let key = ecdsa::VerifyingKey::from_public_key_der(&public).ok()?;
            let signature = ecdsa::DerSignature::from_bytes(signature).ok()?;
            Some(key.verify(message, &signature).is_ok())
        }
        RSA | RSA_SHA_256 => {
            use rsa::pkcs8::DecodePublicKey as _;
            let key = RsaPublicKey::from_public_key_der(&public).ok()?;
            let hash = Sha256Hash::of(message);
            let padding = Pkcs1v15Sign::new::<RsaSha256>();
            Some(key.verify(padding, hash.as_bytes(), signature).is_ok())
        }
        _ => None,
    }
}
