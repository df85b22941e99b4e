//! Against forms that another site sends in a reader's name: twice.
//!
//! First, a request that changes something must come from our own pages: browsers say so in
//! `Sec-Fetch-Site` or `Origin`, checked for every route by the hall. Second, each form carries the
//! token of its session, checked by the handler with [`verify`]; it also holds where an old
//! browser or a proxy drops those headers.

use subtle::ConstantTimeEq;

/// The name of the hidden field.
pub const FIELD: &str = "_csrf";

/// Whether the token that came with a form is the session's. Takes the same time for every wrong
/// token; an empty one is never right.
#[must_use]
pub fn verify(expected: &str, given: &str) -> bool {
    !expected.is_empty() && bool::from(expected.as_bytes().ct_eq(given.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_sessions_own_token_is_right() {
        assert!(verify("7f3a", "7f3a"));
        assert!(!verify("7f3a", "7f3b"));
        assert!(!verify("7f3a", "7f3"));
        assert!(!verify("", ""), "a session without a token accepts no form");
    }
}
