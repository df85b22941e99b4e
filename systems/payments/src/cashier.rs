//! What the handlers of this room share.

use std::{sync::Arc, time::Duration};

use axum::extract::FromRef;
use desk::Desk;
use kernel::AgencyCode;
use payments::Settings;
use store::Tx;
use web::Front;

use crate::{Error, Result};

/// How long a gateway is waited for.
const GATEWAY_WAIT: Duration = Duration::from_secs(5);
/// How often something is run again where somebody was faster.
const RUNS_MAX: u32 = 5;

/// What the room is made of.
pub struct Parts {
    /// The desk.
    pub desk: Desk,
    /// Accounts, gateways, statements.
    pub settings: Settings,
    /// Whose accountant holds statements against what came; the province itself, where none is
    /// named.
    pub reconciled_by: Option<AgencyCode>,
}

/// The cashier; cheap to clone.
#[derive(Clone)]
pub struct Cashier(Arc<Inner>);

/// The parts, and the way to gateways.
pub struct Inner {
    parts: Parts,
    pub(crate) http: Option<reqwest::Client>,
}

impl std::ops::Deref for Cashier {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::ops::Deref for Inner {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl FromRef<Cashier> for Arc<Front> {
    fn from_ref(cashier: &Cashier) -> Self {
        cashier.desk.front.clone()
    }
}

impl Cashier {
    /// A cashier.
    #[must_use]
    pub fn new(parts: Parts) -> Self {
        let http = web::http::outside(GATEWAY_WAIT);
        Self(Arc::new(Inner { parts, http }))
    }

    /// Runs `work` in a transaction, again where somebody was faster.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Self) -> Result<T> + Send + Clone + 'static,
    ) -> Result<T> {
        let mut runs = 0;
        loop {
            runs += 1;
            let (shared, again) = (self.clone(), work.clone());
            let out = self.desk.front.store.write(move |tx| again(tx, &shared)).await;
            match out {
                Err(error) if error.was_overtaken() && runs < RUNS_MAX => {}
                out => return out,
            }
        }
    }

    /// Runs `work` on one view of the data.
    pub(crate) async fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Self) -> Result<T, Error> + Send + 'static,
    ) -> Result<T> {
        let shared = self.clone();
        self.desk.front.store.read(move |tx| work(tx, &shared)).await
    }
}
