//! Citizens sign in: at an identity provider by OpenID Connect (authorization code, PKCE, nonce),
//! and come back to where they were.
//!
//! What goes out with the browser is a state, a nonce and a challenge, all computed from one secret
//! that stays in a cookie of ten minutes; what comes back is believed only with that cookie, once,
//! and after the provider's signature was checked. Whoever is named by it is kept as a party by
//! [`identity::citizen::enter`]. The demonstration has no provider: it has a page to choose an
//! invented person, and the rest of the way is the same.

mod attempt;
mod claims;
mod demonstration;
pub(super) mod device;
mod door;
mod http;
mod provider;
mod refused;
mod settings;

use std::sync::{Arc, OnceLock};

use axum::{
    Router,
    extract::FromRef,
    routing::{get, post},
};
use identity::seal::Keyring;
use kernel::PartyId;

pub use refused::Refused;
pub use settings::{ClaimNames, Settings, SettingsFault};

use self::provider::Provider;
use super::{ENTER, Front};

/// Where the provider sends the browser back to.
pub const RETURN: &str = "/vao/tro-ve";
/// Where the way to the provider begins.
pub const LEAVE: &str = "/vao/di";
/// Where citizens sign out (POST).
pub const SIGN_OUT: &str = "/vao/ra";
/// Where somebody invented is chosen, in the demonstration only.
pub const DEMONSTRATION: &str = "/vao/trinh-dien";

/// Who says who a citizen is.
pub enum Source {
    /// An identity provider.
    Provider(Box<Settings>),
    /// Nobody, in the demonstration: invented people to choose from, named when they are made.
    Demonstration(Invented),
    /// Nobody yet: citizens cannot sign in.
    Nobody,
}

/// The invented people of a demonstration.
pub type Invented = Arc<OnceLock<Vec<PartyId>>>;

/// The front door of citizens; cheap to clone.
#[derive(Clone)]
pub struct Eid(Arc<Inner>);

/// What it is made of.
pub struct Inner {
    front: Arc<Front>,
    keyring: Keyring,
    provider: Option<Provider>,
    invented: Option<Invented>,
}

impl std::ops::Deref for Eid {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl FromRef<Eid> for Arc<Front> {
    fn from_ref(eid: &Eid) -> Self {
        eid.front.clone()
    }
}

impl Eid {
    /// The door of a house that citizens reach at `address` (`https://example.gov.vn`).
    ///
    /// # Errors
    /// [`SettingsFault`] where the provider cannot be asked so.
    pub fn new(
        front: Arc<Front>,
        keyring: Keyring,
        source: Source,
        address: &str,
    ) -> Result<Self, SettingsFault> {
        let (provider, invented) = match source {
            Source::Provider(settings) => {
                let back = format!("{}{RETURN}", address.trim_end_matches('/'));
                (Some(Provider::new(*settings, &back)?), None)
            }
            Source::Demonstration(people) => (None, Some(people)),
            Source::Nobody => (None, None),
        };
        Ok(Self(Arc::new(Inner { front, keyring, provider, invented })))
    }
}

/// The routes of the citizens' door.
pub fn router<S: Clone + Send + Sync + 'static>(eid: Eid) -> Router<S> {
    let mut routes = Router::new()
        .route(ENTER, get(door::show))
        .route(LEAVE, get(door::leave))
        .route(RETURN, get(door::come_back))
        .route(SIGN_OUT, post(door::sign_out));
    if eid.invented.is_some() {
        routes = routes.route(DEMONSTRATION, get(demonstration::show).post(demonstration::choose));
    }
    routes.with_state(eid)
}
