//! Signed fields, as payment gateways exchange them: HMAC-SHA-256 over the fields in the order
//! of their names, under keys that change now and then.

use std::collections::BTreeMap;

use hmac::{Hmac, KeyInit, Mac};
use kernel::{Instant, Secret, hex};
use sha2::Sha256;

/// Fields by name.
pub type Fields = BTreeMap<String, String>;

/// A key that both sides know.
#[derive(Debug, Clone)]
pub struct SigningKey {
    /// What both sides call it.
    pub id: String,
    /// The key itself.
    pub secret: Secret,
    /// From when it is valid; always, where none.
    pub from: Option<Instant>,
    /// Until when it is valid; for good, where none.
    pub until: Option<Instant>,
}

impl SigningKey {
    fn is_valid(&self, now: Instant) -> bool {
        self.from.is_none_or(|from| from <= now) && self.until.is_none_or(|until| now < until)
    }

    fn mac(&self, fields: &Fields, except: &str) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.expose());
        let mac = mac.expect("HMAC takes a key of any length");
        mac.chain_update(canonical(fields, except))
    }
}

/// The newest key that is valid now: the last of the list that is.
#[must_use]
pub fn current(keys: &[SigningKey], now: Instant) -> Option<&SigningKey> {
    keys.iter().rev().find(|key| key.is_valid(now))
}

/// The signature of the fields, without the field `except` in which it will stand: hexadecimal
/// in small letters.
#[must_use]
pub fn sign(key: &SigningKey, fields: &Fields, except: &str) -> String {
    hex(&key.mac(fields, except).finalize().into_bytes())
}

/// Whether the fields are signed under a key that is valid now: the one of the name `key`, or
/// any where none is named. Compared in constant time.
#[must_use]
pub fn is_signed(
    keys: &[SigningKey],
    fields: &Fields,
    except: &str,
    key: Option<&str>,
    now: Instant,
) -> bool {
    let Some(signature) = fields.get(except).and_then(|text| unhex(text)) else { return false };
    let fits = |k: &&SigningKey| k.is_valid(now) && key.is_none_or(|id| id == k.id);
    keys.iter().filter(fits).any(|k| k.mac(fields, except).verify_slice(&signature).is_ok())
}

/// `name=value` in the order of names, joined by `&`, each value percent-encoded, so that no
/// two sets of fields have the same text.
fn canonical(fields: &Fields, except: &str) -> String {
    let pairs = fields.iter().filter(|(name, _)| *name != except);
    let pairs = pairs.map(|(name, value)| format!("{}={}", encoded(name), encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

/// Percent-encoded but for unreserved characters (RFC 3986).
#[must_use]
pub fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let bytes = text.as_bytes();
    if bytes.len() != 64 || !bytes.is_ascii() {
        return None;
    }
    let pair = |at: usize| u8::from_str_radix(text.get(at..at + 2)?, 16).ok();
    (0..bytes.len()).step_by(2).map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(id: &str, secret: &str, from: i64, until: i64) -> SigningKey {
        let at = |second| Instant::from_second(second).ok();
        let secret = Secret::new(secret.as_bytes().to_vec());
        SigningKey { id: id.into(), secret, from: at(from), until: at(until) }
    }

    fn second(n: i64) -> Instant {
        Instant::from_second(n).unwrap()
    }

    fn signed(key: &SigningKey) -> Fields {
        let mut fields = Fields::from([
            ("amount".into(), "15000".into()),
            ("order".into(), "H55622611230008X1".into()),
        ]);
        fields.insert("signature".into(), sign(key, &fields, "signature"));
        fields
    }

    #[test]
    fn keys_take_turns() {
        let keys = [key("a", "first key of both sides", 0, 100), key("b", "second one", 50, 200)];
        assert_eq!(current(&keys, second(10)).unwrap().id, "a");
        assert_eq!(current(&keys, second(60)).unwrap().id, "b");
        assert!(current(&keys, second(300)).is_none());
        let old = signed(&keys[0]);
        assert!(is_signed(&keys, &old, "signature", None, second(60)), "both are valid");
        assert!(is_signed(&keys, &old, "signature", Some("a"), second(60)));
        assert!(!is_signed(&keys, &old, "signature", Some("b"), second(60)), "another key");
        assert!(!is_signed(&keys, &old, "signature", None, second(150)), "the old key is over");
    }

    #[test]
    fn whatever_is_altered_is_found_out() {
        let keys = [key("a", "the only key", 0, 100)];
        let fields = signed(&keys[0]);
        let with = |name: &str, value: &str| {
            let mut altered = fields.clone();
            altered.insert(name.into(), value.into());
            altered
        };
        for altered in [
            with("amount", "1500"),
            with("order", "H55622611230008X2"),
            with("status", "paid"),
            with("signature", ""),
            with("signature", &"0".repeat(64)),
            with("signature", &"đ".repeat(32)),
        ] {
            assert!(!is_signed(&keys, &altered, "signature", None, second(1)), "{altered:?}");
        }
        assert!(is_signed(&keys, &fields, "signature", None, second(1)));
    }

    #[test]
    fn two_sets_of_fields_never_have_one_text() {
        let one = Fields::from([("a".into(), "1&b=2".into())]);
        let two = Fields::from([("a".into(), "1".into()), ("b".into(), "2".into())]);
        assert_ne!(canonical(&one, ""), canonical(&two, ""));
    }

    #[test]
    fn the_signature_is_plain_hmac() {
        let fields = Fields::from([("a".into(), "b".into())]);
        // printf 'a=b' | openssl dgst -sha256 -hmac Jefe
        assert_eq!(
            sign(&key("k", "Jefe", 0, 1), &fields, ""),
            "c1059bc64fb8dbff6716d55fc746b867ece78bd58d639db166782413cad3ed50"
        );
    }
}
