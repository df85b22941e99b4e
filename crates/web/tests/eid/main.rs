//! Citizens sign in: at a real OpenID provider, which these tests start, and at a hostile one, which
//! does what a real one cannot be made to do. On both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod hostile;
mod house;
mod real;

mod stories_hostile;
mod stories_real;
