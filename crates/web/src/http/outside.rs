//! Asking other services.

use std::time::Duration;

/// A client that waits so long for an answer and follows nobody elsewhere. None, said in the log,
/// where the machine has no certificates to trust: what needs another service then says that it is
/// away, and everything else works.
#[must_use]
pub fn outside(wait: Duration) -> Option<reqwest::Client> {
    // Whoever comes first installs it; it is always the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .timeout(wait)
        .redirect(reqwest::redirect::Policy::none())
        .user_agent("tinhso")
        .build();
    client.inspect_err(|error| tracing::error!(%error, "other services cannot be asked")).ok()
}
