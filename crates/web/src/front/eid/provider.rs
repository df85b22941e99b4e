//! The identity provider, asked by OpenID Connect: where it is, by which keys it signs, and what it
//! says of the person whom an attempt brought back.

use std::sync::Arc;

use axum::http::{HeaderValue, Request, header};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::{DateTime, Utc};
use identity::citizen::Named;
use jiff::SignedDuration;
use kernel::Instant;
use openidconnect::{
    AccessToken, AuthenticationContextClass, AuthorizationCode, ClaimsVerificationError, ClientId,
    ClientSecret, CsrfToken, DiscoveryError, EndpointMaybeSet, EndpointNotSet, EndpointSet,
    IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    RequestTokenError, Scope, SignatureVerificationError, TokenResponse,
    core::{
        CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreJsonWebKeySet,
        CoreJwsSigningAlgorithm, CoreProviderMetadata,
    },
};
use serde_json::{Map, Value};
use tokio::sync::Mutex;

use super::{Refused, Settings, SettingsFault, attempt::Attempt, claims, http::Http};

/// How long what the provider says of itself is believed without asking again.
const BELIEVED: SignedDuration = SignedDuration::from_hours(1);
/// A key that is not known is asked for at most so often, whoever sends what.
const KEYS_AGAIN: SignedDuration = SignedDuration::from_secs(10);

/// Signatures by the provider's own key only; never by a secret that both sides know.
const ALGORITHMS: [CoreJwsSigningAlgorithm; 6] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
];

type Client = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// The provider.
pub(super) struct Provider {
    pub(super) settings: Settings,
    issuer: IssuerUrl,
    back: RedirectUrl,
    http: Http,
    known: Mutex<Option<Known>>,
}

/// What the provider says of itself, since when we know, and when we asked for its keys again.
#[derive(Clone)]
struct Known {
    metadata: Arc<CoreProviderMetadata>,
    read_at: Instant,
    keys_again_at: Option<Instant>,
}

impl Provider {
    pub(super) fn new(settings: Settings, back: &str) -> Result<Self, SettingsFault> {
        settings.check()?;
        let issuer = IssuerUrl::new(settings.issuer.clone());
        let issuer = issuer.map_err(|_| SettingsFault::Issuer(settings.issuer.clone()))?;
        let back = RedirectUrl::new(back.to_owned());
        let back = back.map_err(|error| SettingsFault::Address(error.to_string()))?;
        let http = Http::new().map_err(|error| SettingsFault::Client(error.to_string()))?;
        Ok(Self { settings, issuer, back, http, known: Mutex::default() })
    }

    /// Where the browser goes to begin this attempt.
    pub(super) async fn way_out(&self, attempt: &Attempt, now: Instant) -> Result<String, Refused> {
        let client = self.client(&*self.metadata(now).await?);
        let (state, nonce) = (attempt.state(), attempt.nonce());
        let verifier = PkceCodeVerifier::new(attempt.verifier());
        let mut ask = client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                || CsrfToken::new(state),
                || Nonce::new(nonce),
            )
            .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier));
        for scope in &self.settings.scopes {
            ask = ask.add_scope(Scope::new(scope.clone()));
        }
        for acr in self.settings.acr_of(attempt.level) {
            ask = ask.add_auth_context_value(AuthenticationContextClass::new(acr.to_owned()));
        }
        Ok(ask.url().0.to_string())
    }

    /// Whom the provider names by this code. `issuer` is the one that the answer itself names
    /// (RFC 9207), where it names one.
    pub(super) async fn whom(
        &self,
        attempt: &Attempt,
        code: &str,
        issuer: Option<&str>,
        now: Instant,
    ) -> Result<Named, Refused> {
        if issuer.is_some_and(|issuer| issuer != self.issuer.as_str()) {
            return Err(Refused::Untrusted("it comes from another issuer".into()));
        }
        let metadata = self.metadata(now).await?;
        let token = self
            .client(&metadata)
            .exchange_code(AuthorizationCode::new(code.to_owned()))
            .map_err(|error| Refused::Away(error.to_string()))?
            .set_pkce_verifier(PkceCodeVerifier::new(attempt.verifier()))
            .request_async(&self.http)
            .await
            .map_err(|error| match error {
                RequestTokenError::ServerResponse(said) => Refused::Untrusted(said.to_string()),
                RequestTokenError::Request(error) => Refused::Away(error.to_string()),
                RequestTokenError::Parse(error, _) => Refused::Away(error.to_string()),
                RequestTokenError::Other(error) => Refused::Away(error),
            })?;
        let id_token = token.id_token().ok_or(Refused::Untrusted("it has no ID token".into()))?;
        self.verify(id_token, &metadata, attempt, now).await?;
        let signed = payload(&id_token.to_string())?;
        let subject = signed.get("sub").and_then(Value::as_str).unwrap_or_default().to_owned();
        let level = self.settings.level(signed.get("acr").and_then(Value::as_str));
        let said = match metadata.userinfo_endpoint() {
            Some(from) => {
                let more = self.userinfo(from.as_str(), token.access_token()).await?;
                if more.get("sub").and_then(Value::as_str) != Some(subject.as_str()) {
                    return Err(Refused::Untrusted("userinfo is of another person".into()));
                }
                signed.into_iter().chain(more).collect()
            }
            None => signed,
        };
        let party = claims::party(&said, &self.settings.claims)?;
        Ok(Named { issuer: self.settings.issuer.clone(), subject, party, level })
    }

    /// Checks signature, issuer, audience, nonce and times. A key that is not known is asked for:
    /// the provider may have changed it.
    async fn verify(
        &self,
        token: &CoreIdToken,
        metadata: &CoreProviderMetadata,
        attempt: &Attempt,
        now: Instant,
    ) -> Result<(), Refused> {
        use ClaimsVerificationError::SignatureVerification;
        let verdict = self.check(token, metadata, attempt, now);
        let Err(SignatureVerification(SignatureVerificationError::NoMatchingKey)) = verdict else {
            return verdict.map_err(|error| Refused::Untrusted(error.to_string()));
        };
        let renewed = self.keys_again(now).await?;
        let verdict = self.check(token, &renewed, attempt, now);
        verdict.map_err(|error| Refused::Untrusted(error.to_string()))
    }

    fn check(
        &self,
        token: &CoreIdToken,
        metadata: &CoreProviderMetadata,
        attempt: &Attempt,
        now: Instant,
    ) -> Result<(), ClaimsVerificationError> {
        let client = self.client(metadata);
        let skew = SignedDuration::from_secs(i64::from(self.settings.clock_skew_seconds));
        let (earliest, latest) = (attempt.begun_at - skew, now + skew);
        let verifier = client
            .id_token_verifier()
            .set_allowed_algs(ALGORITHMS)
            // What ran out within the skew is not over yet.
            .set_time_fn(move || utc(now - skew))
            .set_issue_time_verifier_fn(move |issued| {
                let fits = (utc(earliest)..=utc(latest)).contains(&issued);
                if fits { Ok(()) } else { Err("not issued during the attempt".to_owned()) }
            });
        token.claims(&verifier, &Nonce::new(attempt.nonce())).map(drop)
    }

    async fn userinfo(
        &self,
        from: &str,
        token: &AccessToken,
    ) -> Result<Map<String, Value>, Refused> {
        let away = |error: &dyn std::fmt::Display| Refused::Away(format!("userinfo: {error}"));
        let bearer = format!("Bearer {}", token.secret());
        let bearer = HeaderValue::from_str(&bearer).map_err(|error| away(&error))?;
        let request = Request::get(from)
            .header(header::AUTHORIZATION, bearer)
            .header(header::ACCEPT, "application/json")
            .body(Vec::new())
            .map_err(|error| away(&error))?;
        let answer = self.http.ask(request).await.map_err(|error| away(&error))?;
        if !answer.status().is_success() {
            return Err(away(&answer.status()));
        }
        serde_json::from_slice(answer.body()).map_err(|error| away(&error))
    }

    fn client(&self, metadata: &CoreProviderMetadata) -> Client {
        let secret = self.settings.client_secret.clone().map(ClientSecret::new);
        let client = ClientId::new(self.settings.client_id.clone());
        CoreClient::from_provider_metadata(metadata.clone(), client, secret)
            .set_redirect_uri(self.back.clone())
    }

    /// What the provider says of itself, asked once an hour by whoever comes first.
    async fn metadata(&self, now: Instant) -> Result<Arc<CoreProviderMetadata>, Refused> {
        let mut known = self.known.lock().await;
        let fresh = |known: &&Known| now < known.read_at + BELIEVED && known.read_at <= now;
        if let Some(known) = known.as_ref().filter(fresh) {
            return Ok(known.metadata.clone());
        }
        let read = CoreProviderMetadata::discover_async(self.issuer.clone(), &self.http).await;
        let metadata = Arc::new(read.map_err(of_discovery)?);
        *known = Some(Known { metadata: metadata.clone(), read_at: now, keys_again_at: None });
        Ok(metadata)
    }

    /// The provider with the keys that it has now.
    async fn keys_again(&self, now: Instant) -> Result<Arc<CoreProviderMetadata>, Refused> {
        let before = self.metadata(now).await?;
        let mut known = self.known.lock().await;
        let Some(known) = known.as_mut() else { return Ok(before) };
        if known.keys_again_at.is_some_and(|at| now < at + KEYS_AGAIN) {
            return Ok(known.metadata.clone());
        }
        let keys = CoreJsonWebKeySet::fetch_async(known.metadata.jwks_uri(), &self.http).await;
        let keys = keys.map_err(of_discovery)?;
        let metadata = CoreProviderMetadata::clone(&known.metadata).set_jwks(keys);
        known.metadata = Arc::new(metadata);
        known.keys_again_at = Some(now);
        Ok(known.metadata.clone())
    }
}

fn of_discovery<E: std::error::Error>(error: DiscoveryError<E>) -> Refused {
    match error {
        DiscoveryError::Validation(why) => Refused::Untrusted(why),
        DiscoveryError::Request(error) => Refused::Away(error.to_string()),
        other => Refused::Away(other.to_string()),
    }
}

/// The claims of a token whose signature was checked, under whatever names.
fn payload(token: &str) -> Result<Map<String, Value>, Refused> {
    let body = token.split('.').nth(1).and_then(|body| BASE64.decode(body).ok());
    let claims = body.and_then(|body| serde_json::from_slice(&body).ok());
    claims.ok_or(Refused::Untrusted("its claims cannot be read".into()))
}

fn utc(at: Instant) -> DateTime<Utc> {
    DateTime::from_timestamp(at.as_second(), 0).unwrap_or(DateTime::UNIX_EPOCH)
}
