//! The secret in the session cookie, and the CSRF token that is derived from it.

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hmac::{Hmac, KeyInit, Mac};
use kernel::Mint;
use sha2::{Digest, Sha256};

/// What the browser keeps: 32 random bytes. The store keeps only their hash, so a stolen
/// database lets nobody in.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken([u8; 32]);

impl SessionToken {
    /// A fresh token.
    #[must_use]
    pub fn fresh(mint: &Mint) -> Self {
        Self(mint.bytes())
    }

    /// Reads a cookie; `None` where it is no token.
    #[must_use]
    pub fn parse(cookie: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(cookie).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// The value of the cookie: 43 characters.
    #[must_use]
    pub fn cookie(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The token that every form of this session carries. Another site cannot know it, since it
    /// cannot read the cookie.
    #[must_use]
    pub fn csrf(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.csrf_mac().finalize().into_bytes())
    }

    /// Whether a form carries the token of this session; compared in constant time.
    #[must_use]
    pub fn csrf_matches(&self, token: &str) -> bool {
        let bytes = URL_SAFE_NO_PAD.decode(token);
        bytes.is_ok_and(|bytes| self.csrf_mac().verify_slice(&bytes).is_ok())
    }

    /// What the store knows it by.
    pub(crate) fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0).into()
    }

    fn csrf_mac(&self) -> Hmac<Sha256> {
        let mac = Hmac::<Sha256>::new_from_slice(&self.0).expect("HMAC takes a key of any length");
        mac.chain_update(b"tinhso csrf v1")
    }
}

impl fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_of_another_session_is_refused() {
        let mint = Mint::seeded(1);
        let (mine, other) = (SessionToken::fresh(&mint), SessionToken::fresh(&mint));
        assert!(mine.csrf_matches(&mine.csrf()));
        assert!(!mine.csrf_matches(&other.csrf()));
        assert!(!mine.csrf_matches(""));
        assert_ne!(mine.csrf(), mine.cookie(), "the form does not give the cookie away");
    }

    #[test]
    fn a_cookie_comes_back_as_the_token() {
        let token = SessionToken::fresh(&Mint::seeded(1));
        assert_eq!(token.cookie().len(), 43);
        assert_eq!(SessionToken::parse(&token.cookie()), Some(token.clone()));
        assert_eq!(SessionToken::parse("AAAA"), None);
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
    }
}
