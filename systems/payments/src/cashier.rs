//! What this room is made of.

use std::time::Duration;

use desk::{Desk, Furnished, Room};
use kernel::AgencyCode;
use payments::Settings;

use crate::Error;

/// How long a gateway is waited for.
const GATEWAY_WAIT: Duration = Duration::from_secs(5);

/// The room, open.
pub type Cashier = Room<Parts>;

/// What the room is made of.
pub struct Parts {
    /// The desk.
    pub desk: Desk,
    /// Accounts, gateways, statements.
    pub settings: Settings,
    /// Whose accountant holds statements against what came; the province itself, where none is
    /// named.
    pub reconciled_by: Option<AgencyCode>,
    /// The way to gateways; none where no line can be made.
    pub(crate) http: Option<reqwest::Client>,
}

impl Parts {
    /// The parts, with a way to gateways.
    #[must_use]
    pub fn new(desk: Desk, settings: Settings, reconciled_by: Option<AgencyCode>) -> Self {
        Self { desk, settings, reconciled_by, http: web::http::outside(GATEWAY_WAIT) }
    }
}

impl Furnished for Parts {
    type Error = Error;

    fn was_overtaken(error: &Error) -> bool {
        matches!(error, Error::Payments(error) if error.was_overtaken())
    }

    fn desk(&self) -> &Desk {
        &self.desk
    }
}
