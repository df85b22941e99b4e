//! What a system does by itself, again and again.

use std::{error::Error, time::Duration};

use crate::Desk;

/// One thing that is done over and over while the program runs, on a thread that may wait. Where
/// several processes share a store, each does it; so it must be right to do it twice.
#[derive(Debug, Clone, Copy)]
pub struct Job {
    /// What it is, for operators who read why it failed: `obligations`.
    pub name: &'static str,
    /// How long to wait after it had nothing more to do.
    pub every: Duration,
    /// Does some of it, in transactions of its own; answers whether there is more at once.
    pub run: fn(&Desk) -> Result<bool, Box<dyn Error + Send + Sync>>,
}
