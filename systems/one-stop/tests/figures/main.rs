//! The figures of timeliness: what is read as sums is what judging every dossier gives, whenever
//! it is asked; and their pages.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod history;

mod exact;
mod pages;
