//! Passwords: how strong they must be, and how they are kept.

use argon2::{
    Algorithm, Argon2, Params, PasswordVerifier, Version, password_hash::phc::PasswordHash as Phc,
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use kernel::{Mint, fold};
use thiserror::Error;

use crate::{Error, Login};

/// Memory in KiB, passes and lanes of argon2id: the first set that the OWASP Password Storage
/// Cheat Sheet recommends (19 MiB, 2, 1). One check takes about 20 ms of one core.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Shortest password, in characters.
pub const PASSWORD_CHARS_MIN: usize = 10;

/// Longest password, in bytes, so that nobody makes the server hash a book.
pub const PASSWORD_BYTES_MAX: usize = 256;

/// Fewest different characters.
const DISTINCT_CHARS_MIN: usize = 5;

/// Words that passwords are made of, without marks, digits and signs; sorted.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why a password is too easy to guess.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum Weakness {
    /// Fewer than [`PASSWORD_CHARS_MIN`] characters.
    #[error("a password has at least {PASSWORD_CHARS_MIN} characters")]
    Short,
    /// More than [`PASSWORD_BYTES_MAX`] bytes.
    #[error("a password has at most {PASSWORD_BYTES_MAX} bytes")]
    Long,
    /// The same few characters over and over.
    #[error("a password has at least {DISTINCT_CHARS_MIN} different characters")]
    Monotonous,
    /// A word that everybody tries first, with digits and signs around it, or digits alone.
    #[error("the password is one that everybody tries first")]
    Common,
    /// It contains the login.
    #[error("the password contains the login")]
    ContainsLogin,
}

/// A password that may be set: its strength was checked.
pub struct NewPassword(String);

impl NewPassword {
    /// Checks the strength.
    ///
    /// # Errors
    /// [`Weakness`], the first that is found.
    pub fn parse(text: &str, login: &Login) -> Result<Self, Weakness> {
        if text.chars().count() < PASSWORD_CHARS_MIN {
            return Err(Weakness::Short);
        }
        if text.len() > PASSWORD_BYTES_MAX {
            return Err(Weakness::Long);
        }
        let mut letters: Vec<char> = text.chars().collect();
        letters.sort_unstable();
        letters.dedup();
        if letters.len() < DISTINCT_CHARS_MIN {
            return Err(Weakness::Monotonous);
        }
        let folded = fold(text);
        if folded.replace(' ', "").contains(&fold(login.as_str()).replace(' ', "")) {
            return Err(Weakness::ContainsLogin);
        }
        let word: String = folded.chars().filter(|c| c.is_alphabetic()).collect();
        if word.is_empty() || COMMON.lines().any(|common| common == word) {
            return Err(Weakness::Common);
        }
        Ok(Self(text.to_owned()))
    }
}

impl std::fmt::Debug for NewPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("NewPassword(…)")
    }
}

/// A password as it is kept: the PHC string of argon2id.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

impl PasswordHash {
    /// Hashes a new password under a fresh salt. Slow on purpose: never inside a transaction.
    #[must_use]
    pub fn of(password: &NewPassword, mint: &Mint) -> Self {
        hash(password.0.as_bytes(), mint.bytes())
    }

    /// Reads a hash that the store kept.
    ///
    /// # Errors
    /// [`Error::DamagedHash`] where the text is no such hash.
    pub fn parse(text: String) -> Result<Self, Error> {
        Phc::new(&text).map_err(|_| Error::DamagedHash)?;
        Ok(Self(text))
    }

    /// The text that the store keeps.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the password. Slow on purpose: never inside a transaction.
    #[must_use]
    pub fn verify(&self, password: &str) -> bool {
        // The work of an absurdly long one is refused before it is done.
        if password.len() > PASSWORD_BYTES_MAX {
            return false;
        }
        Phc::new(&self.0)
            .is_ok_and(|phc| hasher().verify_password(password.as_bytes(), &phc).is_ok())
    }

    /// The same password under the cost of today, where this hash was made under another.
    #[must_use]
    pub fn renewed(&self, password: &str, mint: &Mint) -> Option<Self> {
        let phc = Phc::new(&self.0).ok()?;
        let current = Params::try_from(&phc).is_ok_and(|params| {
            (params.m_cost(), params.t_cost(), params.p_cost()) == COST
                && phc.algorithm.as_str() == Algorithm::Argon2id.as_str()
        });
        (!current).then(|| hash(password.as_bytes(), mint.bytes()))
    }

    /// Does the work of [`Self::verify`] for an account that does not exist, so that the time
    /// an answer takes does not tell who has an account.
    pub fn spend(password: &str) {
        if password.len() <= PASSWORD_BYTES_MAX {
            let _ = hash(password.as_bytes(), [0; 16]);
        }
    }
}

impl std::fmt::Debug for PasswordHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PasswordHash(…)")
    }
}

fn hasher() -> Argon2<'static> {
    let (memory, passes, lanes) = COST;
    let params =
        Params::new(memory, passes, lanes, None).expect("the cost is within argon2's own bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &[u8], salt: [u8; 16]) -> PasswordHash {
    let mut digest = [0; Params::DEFAULT_OUTPUT_LEN];
    hasher()
        .hash_password_into(password, &salt, &mut digest)
        .expect("salt and output have the lengths that argon2 asks for");
    let (memory, passes, lanes) = COST;
    let (salt, digest) = (STANDARD_NO_PAD.encode(salt), STANDARD_NO_PAD.encode(digest));
    PasswordHash(format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${digest}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn weakness(text: &str) -> Option<Weakness> {
        NewPassword::parse(text, &"tran.hien".parse().unwrap()).err()
    }

    #[test]
    fn easy_passwords_are_refused_with_the_reason() {
        assert_eq!(weakness("ngan8kytu"), Some(Weakness::Short));
        assert_eq!(weakness(&"dài".repeat(100)), Some(Weakness::Long));
        assert_eq!(weakness("aaaaabbbbb"), Some(Weakness::Monotonous));
        assert_eq!(weakness("Thainguyen@2026"), Some(Weakness::Common));
        assert_eq!(weakness("Mật-Khẩu-123456"), Some(Weakness::Common));
        assert_eq!(weakness("0912345678"), Some(Weakness::Common));
        assert_eq!(weakness("!!TranHien1990"), Some(Weakness::ContainsLogin));
        assert_eq!(weakness("nắng ấm sau mưa dài"), None);
    }

    #[test]
    fn the_list_is_sorted_and_folded() {
        let words: Vec<&str> = COMMON.lines().collect();
        assert!(words.is_sorted());
        assert!(words.iter().all(|word| word.bytes().all(|b| b.is_ascii_lowercase())));
    }

    #[test]
    fn a_hash_knows_its_password_and_hides_it() {
        let login = "tran.hien".parse().unwrap();
        let password = NewPassword::parse("nắng ấm sau mưa", &login).unwrap();
        let (one, two) = (
            PasswordHash::of(&password, &Mint::seeded(1)),
            PasswordHash::of(&password, &Mint::seeded(2)),
        );
        assert_ne!(one.as_str(), two.as_str(), "each has its salt");
        assert!(one.as_str().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(one.verify("nắng ấm sau mưa"));
        assert!(!one.verify("nắng ấm sau mưa "));
        assert_eq!(format!("{one:?} {password:?}"), "PasswordHash(…) NewPassword(…)");
        assert!(PasswordHash::parse(one.as_str().to_owned()).is_ok());
        assert!(PasswordHash::parse("plain".to_owned()).is_err());
    }

    #[test]
    fn a_hash_of_another_cost_is_renewed_once() {
        // Made with the reference implementation: argon2id, 64 KiB, 2 passes, "password" and
        // the salt "somesalt".
        let cheap = "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ\
                     $nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
        let cheap = PasswordHash::parse(cheap.to_owned()).unwrap();
        assert!(cheap.verify("password"));
        let renewed = cheap.renewed("password", &Mint::seeded(1)).unwrap();
        assert!(renewed.verify("password"));
        assert_eq!(renewed.renewed("password", &Mint::seeded(1)), None);
    }
}
