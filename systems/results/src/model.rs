//! What an officer is about to sign.

use desk::EndGround;

/// Most letters of what is written on a result.
pub(crate) const TEXT_LETTERS_MAX: usize = 4000;
/// Most letters of its name and of its number.
pub(crate) const NAME_LETTERS_MAX: usize = 200;
/// Most bytes of a file that is to be signed.
pub(crate) const FILE_BYTES_MAX: u64 = 20_000_000;

/// A result, before it is signed.
#[derive(Debug, Clone)]
pub struct Draft {
    /// What kind of document it is.
    pub name: String,
    /// Its number and notation; empty where it has none.
    pub number: String,
    /// What it says.
    pub content: Content,
    /// Why it replaces the one in force, where there is one.
    pub replaces: Option<EndGround>,
}

/// Where the content of a result comes from.
#[derive(Debug, Clone)]
pub enum Content {
    /// A PDF that another program made; perhaps signed already.
    File(Vec<u8>),
    /// It is set from the answers of the dossier, with these words.
    Words(String),
}
