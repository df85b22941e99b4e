//! Citizens sign in: at a real OpenID provider, which these tests start, and at a hostile one, which
//! does what a real one cannot be made to do. And what a passkey is asked, short of a device. On both
//! stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod hostile;
mod house;
mod real;

mod stories_hostile;
mod stories_passkey;
mod stories_real;
