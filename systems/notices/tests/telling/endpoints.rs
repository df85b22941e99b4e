//! A push service that reads what a browser would, and a gateway for text messages and Zalo, on
//! this machine.

use std::sync::{Arc, Mutex};

use aes_gcm::{
    Aes128Gcm, KeyInit,
    aead::{Aead, Payload},
};
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    routing::post,
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use hkdf::Hkdf;
use kernel::Mint;
use p256::{PublicKey, SecretKey};
use sha2::Sha256;

/// What came to an endpoint.
#[derive(Debug, Clone)]
pub(crate) struct Came {
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// A server that keeps what comes, and answers as it is told to.
#[derive(Clone)]
pub(crate) struct Endpoint {
    pub(crate) host: String,
    state: Arc<Mutex<Answers>>,
}

#[derive(Default)]
struct Answers {
    came: Vec<Came>,
    status: u16,
    body: String,
    hangs: bool,
}

impl Endpoint {
    pub(crate) async fn open() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let host = listener.local_addr().unwrap().to_string();
        let state = Arc::new(Mutex::new(Answers { status: 200, ..Answers::default() }));
        let endpoint = Self { host, state };
        let router = Router::new().route("/{*path}", post(take)).with_state(endpoint.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        endpoint
    }

    pub(crate) fn answers(&self, status: u16, body: &str) {
        let mut state = self.state.lock().unwrap();
        (state.status, state.body, state.hangs) = (status, body.to_owned(), false);
    }

    pub(crate) fn hangs(&self) {
        self.state.lock().unwrap().hangs = true;
    }

    pub(crate) fn came(&self) -> Vec<Came> {
        self.state.lock().unwrap().came.clone()
    }
}

async fn take(
    State(endpoint): State<Endpoint>,
    Path(path): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> (StatusCode, String) {
    let (status, text, hangs) = {
        let mut state = endpoint.state.lock().unwrap();
        state.came.push(Came { path, headers, body: body.to_vec() });
        (state.status, state.body.clone(), state.hangs)
    };
    if hangs {
        tokio::time::sleep(std::time::Duration::from_secs(60)).await;
    }
    (StatusCode::from_u16(status).unwrap(), text)
}

/// A browser that subscribed: the half of the keys that never leaves it.
pub(crate) struct Subscriber {
    key: SecretKey,
    auth: [u8; 16],
    endpoint: String,
}

impl Subscriber {
    pub(crate) fn new(endpoint: &str, seed: u64) -> Self {
        let mint = Mint::seeded(seed);
        let key = SecretKey::from_slice(&mint.bytes::<32>()).unwrap();
        Self { key, auth: mint.bytes(), endpoint: endpoint.to_owned() }
    }

    /// What a browser says of its subscription.
    pub(crate) fn to_json(&self) -> String {
        let p256dh = URL_SAFE_NO_PAD.encode(self.key.public_key().to_sec1_bytes());
        let auth = URL_SAFE_NO_PAD.encode(self.auth);
        let keys = serde_json::json!({ "p256dh": p256dh, "auth": auth });
        let said =
            serde_json::json!({ "endpoint": self.endpoint, "keys": keys, "expirationTime": null });
        said.to_string()
    }

    /// Reads a message as a browser does: RFC 8188 and 8291, from the receiver's side.
    pub(crate) fn read(&self, body: &[u8]) -> serde_json::Value {
        let (salt, rest) = body.split_at(16);
        let (length, rest) = rest.split_at(4);
        assert_eq!(u32::from_be_bytes(length.try_into().unwrap()), 4096);
        let (sender, sealed) = rest[1..].split_at(usize::from(rest[0]));
        let public = PublicKey::from_sec1_bytes(sender).unwrap();
        let shared = self.key.diffie_hellman(&public);
        let ours = self.key.public_key().to_sec1_bytes();
        let info = [b"WebPush: info\0".as_slice(), &ours, sender].concat();
        let secret: [u8; 32] = derived(&self.auth, shared.raw_secret_bytes(), &info);
        let key: [u8; 16] = derived(salt, &secret, b"Content-Encoding: aes128gcm\0");
        let nonce: [u8; 12] = derived(salt, &secret, b"Content-Encoding: nonce\0");
        let payload = Payload { msg: sealed, aad: &[] };
        let plain = Aes128Gcm::new(&key.into()).decrypt(&nonce.into(), payload).unwrap();
        let (end, text) = plain.split_last().unwrap();
        assert_eq!(*end, 2, "the last record");
        serde_json::from_slice(text).unwrap()
    }
}

fn derived<const N: usize>(salt: &[u8], secret: &[u8], info: &[u8]) -> [u8; N] {
    let mut out = [0; N];
    Hkdf::<Sha256>::new(Some(salt), secret).expand(info, &mut out).unwrap();
    out
}
