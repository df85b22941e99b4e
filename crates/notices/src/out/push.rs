//! A notice for a browser, which alone can read it: message encryption for web push (RFC 8291)
//! in the content coding aes128gcm (RFC 8188).

use aes_gcm::{
    Aes128Gcm, KeyInit,
    aead::{Aead, Payload},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use kernel::{Instant, Mint, Secret};
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

use super::{Request, Saying};
use crate::{AddressFault, Notice, Outcome, PushAddress, settings::Push};

/// Bytes that a push service takes with certainty, once encrypted (RFC 8030, section 7.2).
pub const PUSH_BYTES_MAX: usize = 4096;
/// Seconds that a push service keeps a message for a browser that is away: three days.
const TTL: &str = "259200";

impl PushAddress {
    /// What a browser gave, checked.
    ///
    /// # Errors
    /// [`AddressFault::Subscription`] where a key is none; [`AddressFault::Service`] where the
    /// service is not one of those that are called.
    pub fn new(
        push: &Push,
        endpoint: &str,
        p256dh: &str,
        auth: &str,
    ) -> Result<Self, AddressFault> {
        let decoded = |text: &str| {
            URL_SAFE_NO_PAD
                .decode(text.trim_end_matches('='))
                .map_err(|_| AddressFault::Subscription)
        };
        let (p256dh, auth) = (decoded(p256dh)?, decoded(auth)?);
        if auth.len() != 16 || p256dh.len() != 65 || PublicKey::from_sec1_bytes(&p256dh).is_err() {
            return Err(AddressFault::Subscription);
        }
        if !push.knows(endpoint) {
            return Err(AddressFault::Service);
        }
        Ok(Self { endpoint: endpoint.to_owned(), p256dh, auth })
    }
}

/// The request for a notice; none where the subscription's key is none.
#[must_use]
pub fn to_push(
    push: &Push,
    notice: &Notice,
    to: &PushAddress,
    saying: &Saying,
    mint: &Mint,
    now: Instant,
) -> Option<Request> {
    let id = notice.id.uuid();
    let message = serde_json::json!({
        "title": saying.title, "body": saying.text, "url": saying.link, "tag": id.simple().to_string(),
    });
    let sender = loop {
        if let Ok(key) = SecretKey::from_slice(&mint.bytes::<32>()) {
            break key;
        }
    };
    let body = encrypt(message.to_string().as_bytes(), to, &sender, mint.bytes())?;
    let authorization = push.key.authorization(origin(&to.endpoint), &push.subject, now);
    let headers = [
        ("authorization", authorization),
        ("content-encoding", "aes128gcm".to_owned()),
        ("content-type", "application/octet-stream".to_owned()),
        ("ttl", TTL.to_owned()),
        ("urgency", "normal".to_owned()),
        // The same notice, sent again, takes the place of the first.
        ("topic", URL_SAFE_NO_PAD.encode(id.as_bytes())),
    ];
    let headers = headers.map(|(name, value)| (name.to_owned(), Secret::new(value.into_bytes())));
    Some(Request { url: to.endpoint.clone(), headers: headers.into(), body })
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> &str {
    let after = url.find("://").map_or(0, |at| at + 3);
    let end = url[after..].find(['/', '?', '#']).map_or(url.len(), |at| after + at);
    &url[..end]
}

/// Encrypts a message for one browser, under a key of this message alone and a salt. None where
/// the browser's key is none, or the message too long.
#[must_use]
pub fn encrypt(
    message: &[u8],
    to: &PushAddress,
    sender: &SecretKey,
    salt: [u8; 16],
) -> Option<Vec<u8>> {
    /// Salt, length of a record, length of the key, the key; a delimiter and a tag.
    const AROUND: usize = 16 + 4 + 1 + 65 + 1 + 16;
    if message.len() + AROUND > PUSH_BYTES_MAX {
        return None;
    }
    let receiver = PublicKey::from_sec1_bytes(&to.p256dh).ok()?;
    let ours = sender.public_key().to_sec1_bytes();
    let shared = sender.diffie_hellman(&receiver);
    // RFC 8291, section 3.4.
    let info = [b"WebPush: info\0".as_slice(), &to.p256dh, &ours].concat();
    let secret: [u8; 32] = derived(&to.auth, shared.raw_secret_bytes(), &info);
    // RFC 8188, sections 2.2 and 2.3.
    let key: [u8; 16] = derived(&salt, &secret, b"Content-Encoding: aes128gcm\0");
    let nonce: [u8; 12] = derived(&salt, &secret, b"Content-Encoding: nonce\0");
    // One record, which is the last: its delimiter is 2.
    let plain = [message, &[2]].concat();
    let payload = Payload { msg: &plain, aad: &[] };
    let sealed = Aes128Gcm::new(&key.into()).encrypt(&nonce.into(), payload).ok()?;
    let mut body = salt.to_vec();
    body.extend(u32::try_from(PUSH_BYTES_MAX).unwrap_or(u32::MAX).to_be_bytes());
    body.push(65);
    body.extend_from_slice(&ours);
    body.extend(sealed);
    Some(body)
}

fn derived<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    let hkdf = Hkdf::<Sha256>::new(Some(salt), secret);
    hkdf.expand(info, &mut out).expect("HKDF gives up to 8,160 bytes");
    out
}

/// What the answer of a push service means (RFC 8030, section 5).
#[must_use]
pub fn push_answered(status: u16) -> Outcome {
    match status {
        200..300 => Outcome::Sent,
        404 | 410 => Outcome::Gone,
        408 | 425 | 429 | 500.. => Outcome::Later("push_busy"),
        _ => Outcome::Refused("push_refused"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decoded(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    /// RFC 8291, section 5 and appendix A.
    #[test]
    fn the_example_of_the_standard_comes_out_to_the_byte() {
        let to = PushAddress {
            endpoint: String::new(),
            p256dh: decoded(
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            ),
            auth: decoded("BTBZMqHH6r4Tts7J_aSIgg"),
        };
        let sender =
            SecretKey::from_slice(&decoded("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw")).unwrap();
        let salt = decoded("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let body =
            encrypt(b"When I grow up, I want to be a watermelon", &to, &sender, salt).unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(body),
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYW\
             AmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgS\
             xsj_Qulcy4a-fN"
        );
    }

    #[test]
    fn an_origin_is_what_stands_before_the_path() {
        assert_eq!(origin("https://a.example:8443/x?y"), "https://a.example:8443");
        assert_eq!(origin("https://a.example"), "https://a.example");
    }

    #[test]
    fn what_is_too_long_is_not_sent() {
        let mint = Mint::seeded(1);
        let sender = SecretKey::from_slice(&mint.bytes::<32>()).unwrap();
        let p256dh = sender.public_key().to_sec1_bytes().to_vec();
        let to = PushAddress { endpoint: String::new(), p256dh, auth: vec![0; 16] };
        let size = |length| encrypt(&vec![0; length], &to, &sender, [0; 16]).map(|b| b.len());
        assert_eq!(size(3993), Some(PUSH_BYTES_MAX));
        assert_eq!(size(3994), None);
    }
}
