//! A house with nothing in it but the citizens' door, and a browser in front of it.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, FromRef},
    http::{HeaderMap, Request, StatusCode, header},
    routing::get,
};
use directory::CurrentDirectory;
use identity::{
    Assurance, Sessions,
    access::Access,
    seal::{Keyring, MasterKey},
};
use jiff::SignedDuration;
use kernel::{Clock, FixedClock, Mint, SystemClock};
use store::Store;
use tower::ServiceExt;
use web::{
    Citizen, Front, Texts,
    front::{
        eid::{self, Eid, Settings, Source},
        passkey::{self, Passkeys},
    },
    http::{Hall, Problem},
    page::PlaceName,
};

/// Where citizens reach the house, as the provider knows it.
pub(crate) const ADDRESS: &str = "http://127.0.0.1:1";

pub(crate) struct House {
    pub(crate) front: Arc<Front>,
    pub(crate) keyring: Keyring,
    pub(crate) clock: Arc<FixedClock>,
    router: Router,
}

#[derive(Clone)]
struct Rooms(Arc<Front>);

impl FromRef<Rooms> for Arc<Front> {
    fn from_ref(rooms: &Rooms) -> Self {
        rooms.0.clone()
    }
}

impl House {
    /// Opens the house at the present instant, since a provider has no other.
    pub(crate) fn open(store: &Store, source: Source) -> Self {
        store.migrate(&[directory::MIGRATIONS, identity::MIGRATIONS]).unwrap();
        let clock = Arc::new(FixedClock::at(SystemClock.now()));
        let mint = Arc::new(Mint::system());
        let texts = Arc::new(Texts::new(&web::TEXTS).unwrap());
        let tenant: kernel::Tenant = "H55".parse().unwrap();
        let keyring = Keyring::new(&MasterKey::fresh(&mint));
        let place = PlaceName { name: "Tỉnh".into(), unit: String::new(), home: "/".into() };
        let front = Arc::new(Front {
            directory: CurrentDirectory::open(store.clone(), tenant.clone()).unwrap(),
            tenant,
            store: store.clone(),
            clock: clock.clone(),
            mint: mint.clone(),
            sessions: Sessions::new(identity::SessionLimits::default()),
            access: Access::new().unwrap(),
            texts: texts.clone(),
            place: place.clone(),
            https: false,
            try_accounts: BTreeMap::new(),
        });
        let door = Eid::new(front.clone(), keyring.clone(), source, ADDRESS).unwrap();
        let keys = Passkeys::new(front.clone(), keyring.clone(), ADDRESS).unwrap();
        let rooms = Router::new()
            .route("/toi/nha", get(whoami))
            .route("/toi/can-hai", get(surely))
            .with_state(Rooms(front.clone()))
            .merge(eid::router(door))
            .merge(passkey::router(keys));
        let hall = Hall::new(texts, place, mint, clock.clone() as Arc<dyn Clock>);
        Self { front, keyring, clock, router: web::http::hall(rooms, hall) }
    }

    pub(crate) fn pass(&self, time: SignedDuration) {
        self.clock.set(self.clock.now() + time);
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { house: self, cookies: Mutex::default() }
    }
}

async fn whoami(me: Citizen) -> String {
    format!("{} {} {}", me.session.name, me.level.number(), me.session.device)
}

async fn surely(me: Citizen) -> Result<String, Problem> {
    me.needs(Assurance::Two)?;
    Ok(format!("surely {}", me.session.name))
}

/// A provider's settings.
pub(crate) fn settings(issuer: &str) -> Settings {
    serde_json::from_value(serde_json::json!({
        "issuer": issuer, "client_id": "tinh", "client_secret": "bi-mat-cua-tinh",
        "name": "VNeID", "acr": { "urn:muc:1": 1, "urn:muc:2": 2 },
        "claims": { "number": "so_dinh_danh" },
    }))
    .unwrap()
}

/// A browser: keeps cookies of the house, and shows what it was answered.
pub(crate) struct Browser<'h> {
    house: &'h House,
    cookies: Mutex<BTreeMap<String, String>>,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
}

impl Browser<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path.strip_prefix(ADDRESS).unwrap_or(path));
        self.send(request.header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header(header::ACCEPT, "text/html");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn ask(&self, path: &str, json: &serde_json::Value) -> Answer {
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT, "application/json")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(json.to_string())).unwrap()).await
    }

    async fn send(&self, mut request: Request<Body>) -> Answer {
        let kept: Vec<String> =
            self.cookies.lock().unwrap().iter().map(|(k, v)| format!("{k}={v}")).collect();
        let headers = request.headers_mut();
        headers.insert(header::COOKIE, kept.join("; ").parse().unwrap());
        headers.insert(header::USER_AGENT, "Mozilla/5.0 (Android 14) Chrome/130".parse().unwrap());
        let here: SocketAddr = ([127, 0, 0, 1], 1).into();
        request.extensions_mut().insert(ConnectInfo(here));
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        for cookie in headers.get_all(header::SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            let mut kept = self.cookies.lock().unwrap();
            if value.is_empty() || rest.contains("Max-Age=0") {
                kept.remove(name);
            } else {
                kept.insert(name.to_owned(), value.to_owned());
            }
        }
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        Answer { status, headers, text: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Another browser with the same cookies.
    pub(crate) fn copy(&self) -> Self {
        Self { house: self.house, cookies: Mutex::new(self.cookies.lock().unwrap().clone()) }
    }

    /// The cookies that it keeps.
    pub(crate) fn cookies(&self) -> Vec<String> {
        self.cookies.lock().unwrap().keys().cloned().collect()
    }

    /// The token that forms of this session carry.
    pub(crate) fn csrf(&self) -> String {
        let cookies = self.cookies.lock().unwrap();
        identity::SessionToken::parse(&cookies["tinhso-dan"]).unwrap().csrf()
    }
}
