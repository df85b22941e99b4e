//! Who we are to push services: a key on P-256 and short-lived tokens signed with it (VAPID,
//! RFC 8292).

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::SignedDuration;
use kernel::{Instant, Mint};
use p256::{
    SecretKey,
    ecdsa::{Signature, SigningKey, signature::Signer},
};

/// How long a token is good; a push service takes at most a day.
const LIFE: SignedDuration = SignedDuration::from_hours(12);

/// The key that push services know us by. A new one makes every subscription worthless.
#[derive(Clone)]
pub struct VapidKey(SecretKey);

impl fmt::Debug for VapidKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VapidKey({})", self.public())
    }
}

impl VapidKey {
    /// A fresh key.
    #[must_use]
    pub fn fresh(mint: &Mint) -> Self {
        loop {
            // All but one in 2^32 strings of bytes are a key.
            if let Ok(key) = SecretKey::from_slice(&mint.bytes::<32>()) {
                return Self(key);
            }
        }
    }

    /// The key in its text form; none where it is no key.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.trim()).ok()?;
        SecretKey::from_slice(&bytes).ok().map(Self)
    }

    /// The text form: 43 letters, to be kept secret.
    #[must_use]
    pub fn to_text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.to_bytes())
    }

    /// The public half, as a browser is given it: 87 letters.
    #[must_use]
    pub fn public(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0.public_key().to_sec1_bytes())
    }

    /// The `authorization` field for a request to the push service of that origin.
    #[must_use]
    pub fn authorization(&self, origin: &str, subject: &str, now: Instant) -> String {
        let expires = now.checked_add(LIFE).unwrap_or(Instant::MAX).as_second();
        let claims = serde_json::json!({ "aud": origin, "exp": expires, "sub": subject });
        let header = URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"ES256"}"#);
        let signed = format!("{header}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()));
        let signature: Signature = SigningKey::from(&self.0).sign(signed.as_bytes());
        let signature = URL_SAFE_NO_PAD.encode(signature.to_bytes());
        format!("vapid t={signed}.{signature}, k={}", self.public())
    }
}

#[cfg(test)]
mod tests {
    use p256::ecdsa::{VerifyingKey, signature::Verifier};

    use super::*;

    #[test]
    fn a_token_is_signed_under_the_key_beside_it() {
        let key = VapidKey::fresh(&Mint::seeded(1));
        assert_eq!(VapidKey::parse(&key.to_text()).unwrap().public(), key.public());
        assert_eq!(key.public().len(), 87);
        let now = Instant::from_second(1_800_000_000).unwrap();
        let field = key.authorization("https://push.example", "mailto:a@b.vn", now);
        let (token, public) = field.strip_prefix("vapid t=").unwrap().split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let public = URL_SAFE_NO_PAD.decode(public).unwrap();
        let verifier = VerifyingKey::from_sec1_bytes(&public).unwrap();
        let signature = URL_SAFE_NO_PAD.decode(signature).unwrap();
        let signature = Signature::from_slice(&signature).unwrap();
        verifier.verify(signed.as_bytes(), &signature).unwrap();
        let claims = URL_SAFE_NO_PAD.decode(signed.split_once('.').unwrap().1).unwrap();
        let claims: serde_json::Value = serde_json::from_slice(&claims).unwrap();
        assert_eq!(claims["aud"], "https://push.example");
        assert_eq!(claims["exp"], 1_800_043_200);
        assert!(VapidKey::parse("AAAA").is_none());
    }
}
