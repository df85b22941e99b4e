//! How much one sender may do in an hour: by address, by account, by key; in memory, bounded,
//! forgotten after a while. It holds off a flood; whoever reports in earnest never meets it.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use jiff::SignedDuration;
use kernel::{Instant, PartyId};

const WINDOW: SignedDuration = SignedDuration::from_hours(1);
/// At most so many senders are remembered.
const SENDERS_MAX: usize = 20_000;

/// Who sends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Sender {
    /// An address, or the network that one customer has.
    Address(IpAddr),
    /// A citizen who signed in.
    Party(PartyId),
    /// A program, by the hash of its key.
    Key(Vec<u8>),
}

/// What is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Deed {
    /// A report is sent.
    Report,
    /// A photo is sent.
    Photo,
    /// "This is mine too", and other small things.
    Small,
}

impl Deed {
    /// How often an hour.
    const fn max(self, sender: &Sender) -> u32 {
        match (self, sender) {
            (Self::Report, Sender::Key(_)) => 600,
            // A whole commune may share one address.
            (Self::Report, Sender::Address(_)) => 30,
            (Self::Report, Sender::Party(_)) => 10,
            (Self::Photo, _) => 60,
            (Self::Small, _) => 120,
        }
    }
}

/// What was done lately.
#[derive(Debug, Default)]
pub(crate) struct Bounds(Mutex<HashMap<(Sender, Deed), (Instant, u32)>>);

impl Bounds {
    /// Counts a deed; answers whether it may be done.
    pub(crate) fn allows(&self, sender: Sender, deed: Deed, now: Instant) -> bool {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= SENDERS_MAX {
            known.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
        }
        if known.len() >= SENDERS_MAX {
            known.clear();
        }
        let max = deed.max(&sender);
        let counted = known.entry((sender, deed)).or_insert((now, 0));
        if now.duration_since(counted.0) >= WINDOW {
            *counted = (now, 0);
        }
        counted.1 = counted.1.saturating_add(1);
        counted.1 <= max
    }
}

impl Sender {
    /// The sender of an address.
    pub(crate) fn of(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(v6) => {
                let [a, b, c, d, ..] = v6.segments();
                IpAddr::from([a, b, c, d, 0, 0, 0, 0])
            }
            v4 => v4,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_held_off_and_forgotten() {
        let (bounds, second) = (Bounds::default(), |n| Instant::from_second(n).unwrap());
        let sender = || Sender::of("192.0.2.1".parse().unwrap());
        assert!((0..30).all(|n| bounds.allows(sender(), Deed::Report, second(n))));
        assert!(!bounds.allows(sender(), Deed::Report, second(31)));
        assert!(bounds.allows(sender(), Deed::Small, second(31)));
        assert!(bounds.allows(sender(), Deed::Report, second(3601)));
    }
}
