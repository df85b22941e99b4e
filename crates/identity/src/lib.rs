//! Who is signed in, and what they may do.

pub mod access;
