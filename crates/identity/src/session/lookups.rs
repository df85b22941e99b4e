//! What was looked up of sessions a moment ago, by the hash of their tokens.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use jiff::SignedDuration;
use kernel::Instant;

use super::after;

/// How long a looked-up session is believed without asking the store. It bounds how long
/// another process may still let in a session that was closed here.
const BELIEVED: SignedDuration = SignedDuration::from_secs(10);

/// How many looked-up sessions are kept.
const MAX: usize = 20_000;

/// Looked-up sessions.
#[derive(Debug)]
pub(super) struct Lookups<S>(Mutex<HashMap<[u8; 32], Looked<S>>>);

/// What a look-up said, and until when it is believed; no session for a token that is closed.
#[derive(Debug)]
struct Looked<S> {
    session: Option<S>,
    until: Instant,
}

impl<S> Default for Lookups<S> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<S: Clone> Lookups<S> {
    /// What was said of a token, if that is still to be believed.
    pub(super) fn recall(&self, hash: &[u8; 32], now: Instant) -> Option<Option<S>> {
        let all = self.all();
        all.get(hash).filter(|looked| now < looked.until).map(|looked| looked.session.clone())
    }

    /// Remembers what a look-up said; none for a session that was closed.
    pub(super) fn remember(&self, hash: [u8; 32], session: Option<S>, now: Instant) {
        let mut all = self.all();
        if all.len() >= MAX {
            all.retain(|_, looked| now < looked.until);
        }
        if all.len() >= MAX {
            all.clear();
        }
        // A look-up that began before the session was closed must not bring it back.
        let closed = all.get(&hash).is_some_and(|l| l.session.is_none() && now < l.until);
        if closed && session.is_some() {
            return;
        }
        all.insert(hash, Looked { session, until: after(now, BELIEVED) });
    }

    /// Forgets a token, so that the store is asked next.
    pub(super) fn forget(&self, hash: &[u8; 32]) {
        self.all().remove(hash);
    }

    /// Changes what is remembered of a living session.
    pub(super) fn change(&self, hash: &[u8; 32], change: impl FnOnce(&mut S)) {
        if let Some(session) = self.all().get_mut(hash).and_then(|l| l.session.as_mut()) {
            change(session);
        }
    }

    /// Closes every remembered session of that kind.
    pub(super) fn close(&self, now: Instant, gone: impl Fn(&[u8; 32], &S) -> bool) {
        for (hash, looked) in self.all().iter_mut() {
            if looked.session.as_ref().is_some_and(|session| gone(hash, session)) {
                *looked = Looked { session: None, until: after(now, BELIEVED) };
            }
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<[u8; 32], Looked<S>>> {
        // A poisoned lock only means that another thread died between two whole entries.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
