//! A payment gateway on this machine: takes orders, is asked, goes down and comes back. What it
//! says is signed as real ones sign.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{Form, Json, Router, extract::State, http::StatusCode, routing::post};
use kernel::{Clock, FixedClock, Secret};
use payments::{
    Gateway, GatewaySettings,
    signature::{self, Fields, SigningKey},
};

const KEY: &str = "a key that both sides know";

/// The gateway as the test holds it.
#[derive(Clone)]
pub(crate) struct Bank(Arc<Inner>);

struct Inner {
    address: SocketAddr,
    clock: Arc<FixedClock>,
    state: Mutex<Books>,
}

#[derive(Default)]
struct Books {
    down: bool,
    /// Orders by reference, with what it says of each.
    orders: BTreeMap<String, (u64, &'static str)>,
}

impl Bank {
    /// Opens it, on a port that is free.
    pub(crate) async fn open(clock: Arc<FixedClock>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let bank = Self(Arc::new(Inner { address, clock, state: Mutex::default() }));
        let router = Router::new()
            .route("/create", post(create))
            .route("/query", post(query))
            .with_state(bank.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        bank
    }

    /// It as the configuration describes it.
    pub(crate) fn described(&self) -> Gateway {
        let settings = GatewaySettings {
            name: "cong".into(),
            title: "Cổng Thử Nghiệm".into(),
            merchant: "TN01".into(),
            create_url: format!("http://{}/create", self.0.address),
            query_url: format!("http://{}/query", self.0.address),
            fields: BTreeMap::new(),
            success: "00".into(),
            unit: 1,
        };
        Gateway::new(settings, vec![key(KEY)]).unwrap()
    }

    pub(crate) fn goes_down(&self, down: bool) {
        self.0.state.lock().unwrap().down = down;
    }

    /// Somebody paid, or failed to, on its page.
    pub(crate) fn notes(&self, reference: &str, status: &'static str) {
        self.0.state.lock().unwrap().orders.get_mut(reference).unwrap().1 = status;
    }

    /// The call that it makes, as a form; `change` alters it before it is signed.
    pub(crate) fn call(
        &self,
        reference: &str,
        amount: u64,
        number: &str,
        change: impl FnOnce(&mut Fields),
    ) -> String {
        let mut fields = self.about(reference, amount, "00", number);
        change(&mut fields);
        body(&self.signed(fields, KEY))
    }

    /// The same under a key of somebody else.
    pub(crate) fn forged(&self, reference: &str, amount: u64) -> String {
        let fields = self.about(reference, amount, "00", "FORGED");
        body(&self.signed(fields, "a key that nobody knows"))
    }

    fn about(&self, reference: &str, amount: u64, status: &str, number: &str) -> Fields {
        let now = self.0.clock.now().as_second().to_string();
        [
            ("merchant", "TN01"),
            ("order", reference),
            ("amount", &amount.to_string()),
            ("status", status),
            ("transaction", number),
            ("paid_at", &now),
            ("sent_at", &now),
            ("key", "k1"),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .into()
    }

    fn signed(&self, mut fields: Fields, secret: &str) -> Fields {
        let signature = signature::sign(&key(secret), &fields, "signature");
        fields.insert("signature".into(), signature);
        fields
    }
}

fn key(secret: &str) -> SigningKey {
    let secret = Secret::new(secret.as_bytes().to_vec());
    SigningKey { id: "k1".into(), secret, from: None, until: None }
}

fn body(fields: &Fields) -> String {
    let pairs = fields.iter().map(|(name, value)| format!("{name}={}", signature::encoded(value)));
    pairs.collect::<Vec<_>>().join("&")
}

type Asked = Form<BTreeMap<String, String>>;

async fn create(State(bank): State<Bank>, Form(fields): Asked) -> Result<Json<Fields>, StatusCode> {
    let reference = accepted(&bank, &fields)?;
    let amount = fields["amount"].parse().unwrap();
    bank.0.state.lock().unwrap().orders.insert(reference.clone(), (amount, "waiting"));
    let mut answer = bank.about(&reference, amount, "00", "");
    answer.insert("pay_url".into(), format!("http://{}/pay/{reference}", bank.0.address));
    Ok(Json(bank.signed(answer, KEY)))
}

async fn query(State(bank): State<Bank>, Form(fields): Asked) -> Result<Json<Fields>, StatusCode> {
    let reference = accepted(&bank, &fields)?;
    let (amount, status) = bank.0.state.lock().unwrap().orders[&reference];
    let number = format!("G-{reference}");
    Ok(Json(bank.signed(bank.about(&reference, amount, status, &number), KEY)))
}

/// It believes us no more than we believe it.
fn accepted(bank: &Bank, fields: &Fields) -> Result<String, StatusCode> {
    if bank.0.state.lock().unwrap().down {
        return Err(StatusCode::BAD_GATEWAY);
    }
    let signed =
        signature::is_signed(&[key(KEY)], fields, "signature", Some("k1"), bank.0.clock.now());
    if signed { Ok(fields["order"].clone()) } else { Err(StatusCode::FORBIDDEN) }
}
