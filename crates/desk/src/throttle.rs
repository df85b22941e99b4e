//! A bound on guesses at secrets, for the pages and the API together: by address, in memory,
//! forgotten after a while.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use jiff::SignedDuration;
use kernel::Instant;

/// Wrong guesses that an address has in [`WINDOW`]; a family mistypes, and a commune may share
/// one address.
const FAILURES_MAX: u32 = 20;
/// How long failures are remembered.
pub const WINDOW: SignedDuration = SignedDuration::from_mins(10);
/// At most so many addresses are remembered.
const ADDRESSES_MAX: usize = 10_000;

/// Wrong guesses by address.
#[derive(Debug, Default)]
pub struct Throttle(Mutex<HashMap<IpAddr, (Instant, u32)>>);

impl Throttle {
    /// Whether this address has guessed wrong too often.
    pub fn holds_back(&self, from: IpAddr, now: Instant) -> bool {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let counted = known.get(&network(from));
        counted.is_some_and(|(since, count)| {
            now.duration_since(*since) < WINDOW && *count >= FAILURES_MAX
        })
    }

    /// Counts a wrong guess.
    pub fn failed(&self, from: IpAddr, now: Instant) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= ADDRESSES_MAX {
            known.retain(|_, (since, _)| now.duration_since(*since) < WINDOW);
        }
        if known.len() >= ADDRESSES_MAX {
            // A flood of addresses: the memory has its bound, and forgets rather than grows.
            known.clear();
        }
        let counted = known.entry(network(from)).or_insert((now, 0));
        if now.duration_since(counted.0) >= WINDOW {
            *counted = (now, 0);
        }
        counted.1 += 1;
    }
}

/// The address, or for IPv6 the network of which one customer usually has all addresses.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => {
            let [a, b, c, d, ..] = v6.segments();
            IpAddr::from([a, b, c, d, 0, 0, 0, 0])
        }
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guessing_is_held_back_and_forgotten() {
        let throttle = Throttle::default();
        let second = |n| Instant::from_second(n).unwrap();
        let from: IpAddr = "192.0.2.1".parse().unwrap();
        (0..20).for_each(|n| throttle.failed(from, second(n)));
        assert!(throttle.holds_back(from, second(20)));
        assert!(!throttle.holds_back("192.0.2.2".parse().unwrap(), second(20)));
        assert!(!throttle.holds_back(from, second(601)));
    }
}
