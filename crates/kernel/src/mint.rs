//! Where identifiers and secrets come from.

use std::sync::Mutex;

use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::Uuid;

use crate::{Id, Instant, Kind, micros};

/// A source of identifiers and random bytes; seeded where a run must be repeatable.
#[derive(Debug)]
pub struct Mint(Mutex<StdRng>);

impl Mint {
    /// A mint seeded by the operating system.
    ///
    /// # Panics
    /// Where the operating system has no randomness to give; nothing can be done safely then.
    #[must_use]
    pub fn system() -> Self {
        let rng = StdRng::try_from_rng(&mut rand::rngs::SysRng);
        Self(Mutex::new(rng.expect("the operating system gives randomness")))
    }

    /// A mint that always gives the same sequence for the same seed.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }

    /// A fresh identifier, time-ordered by `at`.
    pub fn id<K: Kind>(&self, at: Instant) -> Id<K> {
        let millis = u64::try_from(micros(at) / 1000).unwrap_or(0);
        let bytes = self.bytes::<10>();
        let builder = uuid::Builder::from_unix_timestamp_millis(millis, &bytes);
        let uuid: Uuid = builder.into_uuid();
        Id::from_uuid(uuid)
    }

    /// `N` random bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        // A poisoned lock only means that another thread died; the generator is still sound.
        let mut rng = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        rng.fill_bytes(&mut bytes);
        bytes
    }
}
