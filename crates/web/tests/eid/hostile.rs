//! A provider that lies, one way at a time.

use std::sync::{Arc, Mutex};

use axum::{
    Json, Router,
    extract::{Form, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use ed25519_dalek::{Signer, SigningKey};
use kernel::{Clock, FixedClock};
use serde_json::{Value, json};

/// What is wrong with its answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lie {
    None,
    OtherIssuer,
    OtherAudience,
    RanOut,
    FromTheFuture,
    FromBefore,
    OtherNonce,
    OtherKey,
    UnknownKey,
    NoSignature,
    SharedSecret,
    NoToken,
    UserinfoOfAnother,
    UserinfoBroken,
    TooLong,
    SendsElsewhere,
    NotJson,
}

#[derive(Clone)]
pub(crate) struct Hostile(Arc<Inner>);

struct Inner {
    pub(crate) issuer: String,
    lie: Mutex<Lie>,
    keys_asked: Mutex<u32>,
    clock: Arc<FixedClock>,
}

impl Hostile {
    pub(crate) async fn start(clock: Arc<FixedClock>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let (lie, keys_asked) = (Mutex::new(Lie::None), Mutex::new(0));
        let hostile = Self(Arc::new(Inner { issuer, lie, keys_asked, clock }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .route("/me", get(userinfo))
            .with_state(hostile.clone());
        tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        hostile
    }

    pub(crate) fn issuer(&self) -> &str {
        &self.0.issuer
    }

    pub(crate) fn lies(&self, lie: Lie) {
        *self.0.lie.lock().unwrap() = lie;
    }

    pub(crate) fn keys_asked(&self) -> u32 {
        *self.0.keys_asked.lock().unwrap()
    }

    fn lie(&self) -> Lie {
        *self.0.lie.lock().unwrap()
    }
}

fn key(seed: u8) -> SigningKey {
    SigningKey::from_bytes(&[seed; 32])
}

async fn metadata(State(me): State<Hostile>) -> Json<Value> {
    let issuer = me.issuer();
    Json(json!({
        "issuer": issuer, "authorization_endpoint": format!("{issuer}/auth"),
        "token_endpoint": format!("{issuer}/token"), "jwks_uri": format!("{issuer}/jwks"),
        "userinfo_endpoint": format!("{issuer}/me"), "response_types_supported": ["code"],
        "subject_types_supported": ["public"], "id_token_signing_alg_values_supported": ["EdDSA"],
    }))
}

async fn keys(State(me): State<Hostile>) -> Json<Value> {
    *me.0.keys_asked.lock().unwrap() += 1;
    let public = BASE64.encode(key(1).verifying_key().as_bytes());
    Json(json!({ "keys": [
        { "kty": "OKP", "crv": "Ed25519", "x": public, "kid": "one", "use": "sig", "alg": "EdDSA" },
    ] }))
}

#[derive(serde::Deserialize)]
struct Asked {
    /// The test says the nonce as the code.
    code: String,
}

async fn token(State(me): State<Hostile>, Form(Asked { code }): Form<Asked>) -> Response {
    let lie = me.lie();
    let now = me.0.clock.now().as_second();
    let issuer = if lie == Lie::OtherIssuer { "https://evil.example" } else { me.issuer() };
    let claims = json!({
        "iss": issuer,
        "aud": if lie == Lie::OtherAudience { "another" } else { "tinh" },
        "sub": "suong",
        "nonce": if lie == Lie::OtherNonce { "another" } else { &code },
        "iat": match lie { Lie::FromTheFuture => now + 90, Lie::FromBefore => now - 3600, _ => now },
        "exp": if lie == Lie::RanOut { now - 61 } else { now + 300 },
        "acr": "urn:muc:2", "so_dinh_danh": "019197008821", "name": "Hoàng Thị Mai Sương",
    });
    let id_token = match lie {
        Lie::NoSignature => format!("{}.{}.", part(&json!({ "alg": "none" })), part(&claims)),
        Lie::SharedSecret => with_secret(&claims),
        Lie::OtherKey => signed(&claims, 2, "one"),
        Lie::UnknownKey => signed(&claims, 2, "two"),
        _ => signed(&claims, 1, "one"),
    };
    match lie {
        Lie::TooLong => "a".repeat(300_000).into_response(),
        Lie::SendsElsewhere => Redirect::to("http://127.0.0.1:9/token").into_response(),
        Lie::NotJson => "<h1>502</h1>".into_response(),
        Lie::NoToken => {
            Json(json!({ "access_token": "a", "token_type": "bearer" })).into_response()
        }
        _ => Json(json!({ "access_token": "a", "token_type": "bearer", "id_token": id_token }))
            .into_response(),
    }
}

async fn userinfo(State(me): State<Hostile>) -> Response {
    match me.lie() {
        Lie::UserinfoOfAnother => {
            Json(json!({ "sub": "tu", "so_dinh_danh": "019091004417" })).into_response()
        }
        Lie::UserinfoBroken => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => Json(json!({ "sub": "suong" })).into_response(),
    }
}

fn part(value: &Value) -> String {
    BASE64.encode(value.to_string())
}

fn signed(claims: &Value, seed: u8, kid: &str) -> String {
    let text = format!("{}.{}", part(&json!({ "alg": "EdDSA", "kid": kid })), part(claims));
    let signature = BASE64.encode(key(seed).sign(text.as_bytes()).to_bytes());
    format!("{text}.{signature}")
}

/// Signed with what the house sends along with every question.
fn with_secret(claims: &Value) -> String {
    use hmac::{Hmac, KeyInit, Mac};
    let text = format!("{}.{}", part(&json!({ "alg": "HS256" })), part(claims));
    let mac = Hmac::<sha2::Sha256>::new_from_slice(b"bi-mat-cua-tinh").unwrap();
    let mac = mac.chain_update(&text).finalize().into_bytes();
    format!("{text}.{}", BASE64.encode(mac))
}
