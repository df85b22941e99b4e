//! A payment gateway on this machine, for tests: it takes orders, has a page on which one pays,
//! calls back, is asked, goes down and comes back. What it says is signed as real ones sign.
//!
//! It goes by the clock of whoever hands orders over, so that a house that stands at another day
//! believes it.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Form, Json, Router,
    extract::{Path as At, State},
    http::StatusCode,
    response::{Html, IntoResponse, Redirect, Response},
    routing::{get, post},
};
use jiff::SignedDuration;
use kernel::{Clock, Instant, Secret};
use payments::{
    Gateway, GatewaySettings,
    signature::{self, Fields, SigningKey},
};

/// The key that both sides know, as it stands in its file.
pub const KEY: &str = "a key that both sides know";
/// Its name in addresses: `/cong-thanh-toan/cong/bao`.
pub const NAME: &str = "cong";
/// Its name as people know it.
pub const TITLE: &str = "Cổng Thử Nghiệm";
const KEY_ID: &str = "k1";
const MERCHANT: &str = "TN01";
const WAIT: Duration = Duration::from_secs(10);

/// The gateway as a test holds it.
#[derive(Clone)]
pub struct Bank(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    clock: Arc<dyn Clock>,
    http: Option<reqwest::Client>,
    books: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    down: bool,
    /// How far ahead the clock of whoever hands over is.
    ahead: SignedDuration,
    orders: BTreeMap<String, Taken>,
}

/// An order that was handed over.
#[derive(Clone, Default)]
struct Taken {
    amount: u64,
    status: String,
    back: String,
    call: String,
}

impl Bank {
    /// Opens it, on a port that is free.
    ///
    /// # Panics
    /// Where there is none.
    pub async fn open(clock: Arc<dyn Clock>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address");
        let (http, books) = (web::http::outside(WAIT), Mutex::default());
        let bank = Self(Arc::new(Inner { address, clock, http, books }));
        let router = Router::new()
            .route("/create", post(create))
            .route("/query", post(query))
            .route("/pay/{reference}", get(page).post(pay))
            .with_state(bank.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        bank
    }

    /// It as a room is told of it.
    ///
    /// # Panics
    /// Never: its settings are sound.
    #[must_use]
    pub fn described(&self) -> Gateway {
        let settings = GatewaySettings {
            name: NAME.into(),
            title: TITLE.into(),
            merchant: MERCHANT.into(),
            create_url: format!("http://{}/create", self.0.address),
            query_url: format!("http://{}/query", self.0.address),
            fields: BTreeMap::new(),
            success: "00".into(),
            unit: 1,
        };
        Gateway::new(settings, vec![key(KEY)]).expect("sound settings")
    }

    /// It as the configuration of the program describes it, with its key in a file that is for
    /// the test to write ([`KEY`], mode 600).
    #[must_use]
    pub fn configuration(&self, key_file: &Path) -> String {
        format!(
            "[[payments.gateway]]\nname = \"{NAME}\"\ntitle = \"{TITLE}\"\n\
             merchant = \"{MERCHANT}\"\ncreate_url = \"http://{address}/create\"\n\
             query_url = \"http://{address}/query\"\n\n\
             [[payments.gateway.key]]\nid = \"{KEY_ID}\"\nfile = \"{}\"\n",
            key_file.display(),
            address = self.0.address,
        )
    }

    /// Goes down, or comes back.
    pub fn goes_down(&self, down: bool) {
        self.books().down = down;
    }

    /// Somebody paid, or failed to, on its page; it does not call.
    ///
    /// # Panics
    /// Where the order was never handed over.
    pub fn notes(&self, reference: &str, status: &str) {
        let mut books = self.books();
        books.orders.get_mut(reference).expect("an order").status = status.to_owned();
    }

    /// The call that it makes, as a form; `change` alters it before it is signed.
    #[must_use]
    pub fn call(
        &self,
        reference: &str,
        amount: u64,
        number: &str,
        change: impl FnOnce(&mut Fields),
    ) -> String {
        let mut fields = self.about(reference, amount, "00", number);
        change(&mut fields);
        body(&signed(fields, KEY))
    }

    /// The same under a key of somebody else.
    #[must_use]
    pub fn forged(&self, reference: &str, amount: u64) -> String {
        let fields = self.about(reference, amount, "00", "FORGED");
        body(&signed(fields, "a key that nobody knows"))
    }

    fn about(&self, reference: &str, amount: u64, status: &str, number: &str) -> Fields {
        let now = self.now().as_second().to_string();
        [
            ("merchant", MERCHANT),
            ("order", reference),
            ("amount", &amount.to_string()),
            ("status", status),
            ("transaction", number),
            ("paid_at", &now),
            ("sent_at", &now),
            ("key", KEY_ID),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    fn now(&self) -> Instant {
        let ahead = self.books().ahead;
        self.0.clock.now().checked_add(ahead).unwrap_or(Instant::MAX)
    }

    fn books(&self) -> MutexGuard<'_, Books> {
        self.0.books.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// It believes others no more than they believe it.
    fn accepted(&self, fields: &Fields) -> Result<String, StatusCode> {
        if self.books().down {
            return Err(StatusCode::BAD_GATEWAY);
        }
        let now = self.0.clock.now();
        let signed = signature::is_signed(&[key(KEY)], fields, "signature", Some(KEY_ID), now);
        let field = |name: &str| fields.get(name).cloned().ok_or(StatusCode::BAD_REQUEST);
        if !signed {
            return Err(StatusCode::FORBIDDEN);
        }
        let sent_at: i64 = field("sent_at")?.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
        self.books().ahead = SignedDuration::from_secs(sent_at - now.as_second());
        field("order")
    }
}

fn key(secret: &str) -> SigningKey {
    let secret = Secret::new(secret.as_bytes().to_vec());
    SigningKey { id: KEY_ID.into(), secret, from: None, until: None }
}

fn signed(mut fields: Fields, secret: &str) -> Fields {
    let signature = signature::sign(&key(secret), &fields, "signature");
    fields.insert("signature".into(), signature);
    fields
}

fn body(fields: &Fields) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", signature::encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

async fn create(
    State(bank): State<Bank>,
    Form(fields): Form<Fields>,
) -> Result<Json<Fields>, StatusCode> {
    let reference = bank.accepted(&fields)?;
    let field = |name: &str| fields.get(name).cloned().ok_or(StatusCode::BAD_REQUEST);
    let amount = field("amount")?.parse().map_err(|_| StatusCode::BAD_REQUEST)?;
    let (back, call) = (field("return_url")?, field("notify_url")?);
    let taken = Taken { amount, status: "waiting".into(), back, call };
    bank.books().orders.insert(reference.clone(), taken);
    let mut answer = bank.about(&reference, amount, "00", "");
    answer.insert("pay_url".into(), format!("http://{}/pay/{reference}", bank.0.address));
    Ok(Json(signed(answer, KEY)))
}

async fn query(
    State(bank): State<Bank>,
    Form(fields): Form<Fields>,
) -> Result<Json<Fields>, StatusCode> {
    let reference = bank.accepted(&fields)?;
    let taken = bank.books().orders.get(&reference).cloned().ok_or(StatusCode::NOT_FOUND)?;
    let number = format!("G-{reference}");
    Ok(Json(signed(bank.about(&reference, taken.amount, &taken.status, &number), KEY)))
}

/// The page on which one pays.
async fn page(
    State(bank): State<Bank>,
    At(reference): At<String>,
) -> Result<Html<String>, StatusCode> {
    let taken = bank.books().orders.get(&reference).cloned().ok_or(StatusCode::NOT_FOUND)?;
    Ok(Html(format!(
        "<!doctype html><html lang=\"vi\"><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width\"><title>{TITLE}</title>\
         <h1>{TITLE}</h1><p>{reference}: {} đồng</p><form method=\"post\">\
         <button name=\"do\" value=\"tra\">Trả tiền</button> \
         <button name=\"do\" value=\"thoi\">Không trả nữa</button></form></html>",
        taken.amount
    )))
}

/// Whoever is on its page pays, or does not: it calls, and sends them back.
async fn pay(
    State(bank): State<Bank>,
    At(reference): At<String>,
    Form(fields): Form<Fields>,
) -> Result<Response, StatusCode> {
    let taken = bank.books().orders.get(&reference).cloned().ok_or(StatusCode::NOT_FOUND)?;
    let status = if fields.get("do").is_some_and(|what| what == "tra") { "00" } else { "24" };
    bank.notes(&reference, status);
    let about = bank.about(&reference, taken.amount, status, &format!("G-{reference}"));
    if let Some(http) = &bank.0.http {
        let call = http
            .post(&taken.call)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(body(&signed(about, KEY)));
        // Where it is not heard, it will be asked.
        let _ = call.send().await;
    }
    Ok(Redirect::to(&format!("{}?order={reference}", taken.back)).into_response())
}
