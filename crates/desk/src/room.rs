//! What the handlers of a room share: its parts, cheap to clone, with the desk at hand and
//! transactions that are run again where somebody was faster.

use std::{ops::Deref, sync::Arc};

use axum::extract::FromRef;
use store::Tx;
use web::Front;

use crate::Desk;

/// How often something is run again where somebody was faster.
const RUNS_MAX: u32 = 5;

/// What a room is made of.
pub trait Furnished: Send + Sync + 'static {
    /// Why something is not done there.
    type Error: From<store::Error> + Send + 'static;

    /// The desk.
    fn desk(&self) -> &Desk;

    /// Whether somebody else was faster, so that it may go well a second time.
    fn was_overtaken(_: &Self::Error) -> bool {
        false
    }
}

/// A room with its parts in place.
pub struct Room<P>(Arc<P>);

impl<P> Clone for Room<P> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<P> Deref for Room<P> {
    type Target = P;

    fn deref(&self) -> &P {
        &self.0
    }
}

impl<P: Furnished> FromRef<Room<P>> for Arc<Front> {
    fn from_ref(room: &Room<P>) -> Self {
        room.desk().front.clone()
    }
}

impl<P: Furnished> Room<P> {
    /// The room of these parts.
    #[must_use]
    pub fn new(parts: P) -> Self {
        Self(Arc::new(parts))
    }

    /// Runs `work` in a transaction, again where somebody was faster.
    ///
    /// # Errors
    /// Those of `work`, and of the store.
    pub async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Self) -> Result<T, P::Error> + Send + Clone + 'static,
    ) -> Result<T, P::Error> {
        let mut runs = 0;
        loop {
            runs += 1;
            let (shared, again) = (self.clone(), work.clone());
            match self.desk().front.store.write(move |tx| again(tx, &shared)).await {
                Err(error) if P::was_overtaken(&error) && runs < RUNS_MAX => {}
                out => return out,
            }
        }
    }

    /// Runs `work` on one view of the data.
    ///
    /// # Errors
    /// Those of `work`, and of the store.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Self) -> Result<T, P::Error> + Send + 'static,
    ) -> Result<T, P::Error> {
        let shared = self.clone();
        self.desk().front.store.read(move |tx| work(tx, &shared)).await
    }
}
