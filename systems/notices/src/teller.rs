//! What this room is made of.

use std::time::Duration;

use desk::{Desk, Furnished, Room};
use notices::Settings;

use crate::{Error, error::OpenFault, mail::Mailer};

/// How long a gateway or a push service is waited for.
const WAIT: Duration = Duration::from_secs(10);

/// The room, open.
pub type Teller = Room<Parts>;

/// What the room is made of.
pub struct Parts {
    /// The desk.
    pub desk: Desk,
    /// The ways that the province has.
    pub settings: Settings,
    /// The way to gateways and push services; none where no line can be made.
    pub(crate) http: Option<reqwest::Client>,
    pub(crate) mailer: Option<Mailer>,
}

impl Parts {
    /// The parts, with the ways out of the house.
    ///
    /// # Errors
    /// [`OpenFault`] where the mail server, or the address that mail comes from, cannot be used.
    pub fn new(desk: Desk, settings: Settings) -> Result<Self, OpenFault> {
        let name = &desk.front.place.name;
        let mailer = settings.mail.as_ref().map(|mail| Mailer::new(mail, name)).transpose()?;
        Ok(Self { desk, settings, http: web::http::outside(WAIT), mailer })
    }
}

impl Furnished for Parts {
    type Error = Error;

    fn desk(&self) -> &Desk {
        &self.desk
    }
}
