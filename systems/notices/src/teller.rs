//! What the handlers and the worker of this room share.

use std::{sync::Arc, time::Duration};

use axum::extract::FromRef;
use desk::Desk;
use notices::Settings;
use store::Tx;
use web::Front;

use crate::{Error, Result, error::OpenFault, mail::Mailer};

/// How long a gateway or a push service is waited for.
const WAIT: Duration = Duration::from_secs(10);

/// What the room is made of.
pub struct Parts {
    /// The desk.
    pub desk: Desk,
    /// The ways that the province has.
    pub settings: Settings,
}

/// The teller; cheap to clone.
#[derive(Clone)]
pub struct Teller(Arc<Inner>);

/// The parts, and the ways out of the house.
pub struct Inner {
    parts: Parts,
    pub(crate) http: Option<reqwest::Client>,
    pub(crate) mailer: Option<Mailer>,
}

impl std::ops::Deref for Teller {
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

impl FromRef<Teller> for Arc<Front> {
    fn from_ref(teller: &Teller) -> Self {
        teller.desk.front.clone()
    }
}

impl Teller {
    /// A teller.
    ///
    /// # Errors
    /// [`OpenFault`] where the mail server, or the address that mail comes from, cannot be used.
    pub fn new(parts: Parts) -> Result<Self, OpenFault> {
        let http = web::http::outside(WAIT);
        let name = &parts.desk.front.place.name;
        let mailer =
            parts.settings.mail.as_ref().map(|mail| Mailer::new(mail, name)).transpose()?;
        Ok(Self(Arc::new(Inner { parts, http, mailer })))
    }

    /// Runs `work` in a transaction.
    pub(crate) async fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Self) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let shared = self.clone();
        self.desk.front.store.write(move |tx| work(tx, &shared)).await
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
