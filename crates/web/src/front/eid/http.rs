//! Asking the provider: with bounds on time and size, and never sent elsewhere.

use std::{pin::Pin, time::Duration};

use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};

/// Until a connection stands.
const CONNECT_WITHIN: Duration = Duration::from_secs(3);
/// Until the answer is whole. A person waits.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
/// A document of a provider is a few kilobytes.
const BYTES_MAX: usize = 256 * 1024;

/// A client for the provider.
#[derive(Debug, Clone)]
pub(super) struct Http(reqwest::Client);

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub(super) enum NoAnswer {
    /// No connection, or not in time.
    #[error(transparent)]
    Request(#[from] reqwest::Error),
    /// Longer than any answer should be.
    #[error("the answer is longer than {BYTES_MAX} bytes")]
    TooLong,
    /// Not HTTP.
    #[error(transparent)]
    Form(#[from] axum::http::Error),
}

impl Http {
    pub(super) fn new() -> Result<Self, reqwest::Error> {
        // Whoever comes first installs it; it is always the same.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = reqwest::Client::builder()
            .connect_timeout(CONNECT_WITHIN)
            .timeout(ANSWER_WITHIN)
            // A provider that sends us elsewhere would make us ask in its name.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent("tinhso")
            .build()?;
        Ok(Self(client))
    }

    /// Asks once.
    pub(super) async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, NoAnswer> {
        let mut answer = self.0.execute(request.try_into()?).await?;
        let mut body = Vec::new();
        while let Some(part) = answer.chunk().await? {
            if body.len() + part.len() > BYTES_MAX {
                return Err(NoAnswer::TooLong);
            }
            body.extend_from_slice(&part);
        }
        let mut response = axum::http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            *headers = answer.headers().clone();
        }
        Ok(response.body(body)?)
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = NoAnswer;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, NoAnswer>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
