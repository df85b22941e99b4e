//! Passkeys: signing in with what a device keeps and its owner unlocks, for officers and citizens.
//!
//! Registering and signing in are two questions each, asked by a small script: what to prove, and
//! the proof. What must be remembered between the two goes with the browser, under the house's
//! own mark, for five minutes and good for once. The user is always verified (fingerprint, face,
//! code), and a counter that does not rise betrays a copy.

mod ceremony;
mod entering;
mod managing;
mod page;

use std::sync::Arc;

use axum::{
    Router,
    extract::FromRef,
    routing::{get, post},
};
use identity::seal::Keyring;
use webauthn_rs::{Webauthn, WebauthnBuilder, prelude::Url};

pub use page::button;

use super::{Front, PASSKEYS};

/// Where an officer's passkeys are kept in order.
pub const OFFICER_PASSKEYS: &str = "/tai-khoan/khoa";
/// The two questions of registering, and of signing in.
const REGISTER: [&str; 2] = ["/vao/khoa/tao", "/vao/khoa/tao/xong"];
const ENTER_BY_KEY: [&str; 2] = ["/vao/khoa/hoi", "/vao/khoa/vao"];

/// What checks passkeys; cheap to clone.
#[derive(Clone)]
pub struct Passkeys(Arc<Inner>);

/// What it is made of.
pub struct Inner {
    front: Arc<Front>,
    keyring: Keyring,
    webauthn: Webauthn,
}

impl std::ops::Deref for Passkeys {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl FromRef<Passkeys> for Arc<Front> {
    fn from_ref(passkeys: &Passkeys) -> Self {
        passkeys.front.clone()
    }
}

/// The address of the house is none that a passkey can be bound to.
#[derive(Debug, thiserror::Error)]
#[error("passkeys cannot be bound to the address {0}")]
pub struct AddressFault(String);

impl Passkeys {
    /// For a house that browsers reach at `address`. A passkey is bound to a name, never to a
    /// number: a house at a number (127.0.0.1) has them at `localhost` only.
    ///
    /// # Errors
    /// [`AddressFault`].
    pub fn new(front: Arc<Front>, keyring: Keyring, address: &str) -> Result<Self, AddressFault> {
        let fault = || AddressFault(address.to_owned());
        let mut origin = Url::parse(address).map_err(|_| fault())?;
        if origin.domain().is_none() {
            origin.set_host(Some("localhost")).map_err(|_| fault())?;
        }
        let host = origin.host_str().ok_or_else(fault)?.to_owned();
        let builder = WebauthnBuilder::new(&host, &origin).map_err(|_| fault())?;
        let webauthn = builder.rp_name(&front.place.name).build().map_err(|_| fault())?;
        Ok(Self(Arc::new(Inner { front, keyring, webauthn })))
    }
}

/// The routes of passkeys.
pub fn router<S: Clone + Send + Sync + 'static>(passkeys: Passkeys) -> Router<S> {
    Router::new()
        .route(REGISTER[0], post(managing::begin))
        .route(REGISTER[1], post(managing::finish))
        .route(ENTER_BY_KEY[0], post(entering::begin))
        .route(ENTER_BY_KEY[1], post(entering::finish))
        .route(PASSKEYS, get(managing::citizen).post(managing::change_citizen))
        .route(OFFICER_PASSKEYS, get(managing::officer).post(managing::change_officer))
        .with_state(passkeys)
}
