//! What leaves the house: a notice as the one who delivers it wants it, and what their answer
//! means.

mod hook;
mod push;
mod vapid;

use kernel::Secret;

pub use hook::{hook_answered, to_hook, without_marks};
pub use push::{PUSH_BYTES_MAX, encrypt, push_answered, to_push};
pub use vapid::VapidKey;

/// A request to be posted.
#[derive(Debug, Clone)]
pub struct Request {
    /// Where to.
    pub url: String,
    /// Header fields; some let us in, so none is shown.
    pub headers: Vec<(String, Secret)>,
    /// The body.
    pub body: Vec<u8>,
}

/// What is said, in the reader's language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// A line above it: the province.
    pub title: String,
    /// The sentence.
    pub text: String,
    /// Where more stands.
    pub link: String,
    /// Code of the case; empty where there is none.
    pub code: String,
}
