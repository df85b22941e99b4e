//! A whole house for tests: the demonstration province on an empty store, furnished with the
//! rooms that a test is about, a clock that stands where it is put, and a browser without a screen.

mod office;

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{Arc, Mutex},
};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{ConnectInfo, FromRequestParts},
    http::{Request, StatusCode, header},
};
use calendar::{Holidays, Thresholds};
use directory::{CurrentDirectory, demo};
use files::{
    Blobs,
    sign::{Certificates, Signer},
};
use identity::{
    Sessions,
    access::Access,
    account::{self, NewAccount},
    seal::{Keyring, MasterKey},
};
use kernel::{Clock, FixedClock, Instant, Mint, PersonId};
use store::{Migration, Store};
use tower::ServiceExt;
use web::{
    Front, Lang, SignedIn, Texts,
    http::{Hall, encoded},
    page::PlaceName,
};

use crate::{Book, Desk, Parts, Rail};

/// The systems that a house is furnished with.
#[derive(Clone, Copy)]
pub struct Rooms {
    /// Their tables, beside those of every house.
    pub migrations: &'static [&'static [Migration]],
    /// Their texts, beside those of every house.
    pub texts: &'static [&'static [(Lang, &'static str)]],
    /// Their procedures, as text.
    pub procedures: &'static [&'static [&'static str]],
    /// Their places in the navigation of officers.
    pub rails: &'static [Rail],
    /// Their addresses.
    pub router: fn(Desk) -> Router,
}

/// A house with its clock in hand.
pub struct House {
    /// The desk.
    pub desk: Desk,
    /// The clock.
    pub clock: Arc<FixedClock>,
    /// Who works here, by `agency/person`.
    pub persons: BTreeMap<String, PersonId>,
    router: Router,
    logins: Mutex<u32>,
    folder: tempfile::TempDir,
}

/// An answer.
#[derive(Debug)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: axum::http::HeaderMap,
    /// Its body.
    pub bytes: Vec<u8>,
}

impl Answer {
    /// The body as text.
    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    /// Where it sends the browser.
    #[must_use]
    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).and_then(|v| v.to_str().ok()).unwrap_or_default()
    }
}

impl House {
    /// Opens the house at an instant, with the demonstration's agencies and people.
    ///
    /// # Panics
    /// Where anything fails: it is a test.
    #[must_use]
    pub fn open(store: &Store, now: &str, rooms: &Rooms) -> Self {
        let now: Instant = now.parse().expect("an instant");
        let tenant = demo::tenant().expect("the demonstration's tenant");
        let ground = [
            directory::MIGRATIONS,
            identity::MIGRATIONS,
            journal::MIGRATIONS,
            casework::MIGRATIONS,
            crate::MIGRATIONS,
        ];
        store.migrate(&[&ground[..], rooms.migrations].concat()).expect("empty tables");
        let mint = Arc::new(Mint::seeded(1));
        let seeded = mint.clone();
        let founded: Instant = "2025-06-30T17:00:00Z".parse().expect("an instant");
        let procedures = rooms.procedures;
        let persons = store
            .write(move |tx| {
                let loaded = demo::load(tx, &seeded, founded)?;
                for text in procedures.iter().copied().flatten() {
                    Book::add(tx, &demo::tenant()?, text, founded)?;
                }
                Ok::<_, crate::Error>(loaded.persons)
            })
            .wait()
            .expect("the demonstration's directory");
        let folder = tempfile::tempdir().expect("a temporary folder");
        let clock = Arc::new(FixedClock::at(now));
        let all_texts = [&[&web::TEXTS[..], crate::TEXTS][..], rooms.texts].concat().concat();
        let texts = Arc::new(Texts::new(&all_texts).expect("texts"));
        let place =
            PlaceName {
                name: "Tỉnh Thái Nguyên".into(), unit: String::new(), home: "/".into()
            };
        let front = Arc::new(Front {
            directory: CurrentDirectory::open(store.clone(), tenant.clone()).expect("a directory"),
            tenant,
            store: store.clone(),
            clock: clock.clone(),
            mint: mint.clone(),
            sessions: Sessions::new(identity::SessionLimits::default()),
            access: Access::new().expect("policies"),
            texts: texts.clone(),
            place: place.clone(),
            https: false,
            try_accounts: BTreeMap::new(),
        });
        let desk = Desk::open(Parts {
            front,
            keyring: Keyring::new(&MasterKey::fresh(&mint)),
            blobs: Blobs::open(folder.path()).expect("a folder for files"),
            certificates: Certificates::at(&folder.path().join("certificates")),
            holidays: Holidays::default(),
            definitions: indicators::Definitions::shipped().expect("the shipped definitions"),
            thresholds: Thresholds::default(),
            address: "https://tinhso.example".into(),
            rails: rooms.rails.to_vec(),
        });
        let desk = desk.expect("a desk");
        let hall = Hall::new(texts, place, mint, clock.clone() as Arc<dyn Clock>);
        let router = web::http::hall((rooms.router)(desk.clone()), hall);
        let (persons, logins) = (persons.into_iter().collect(), Mutex::new(0));
        Self { desk, clock, persons, router, logins, folder }
    }

    /// Moves the clock to an instant.
    ///
    /// # Panics
    /// Where it is none.
    pub fn at(&self, now: &str) {
        self.clock.set(now.parse().expect("an instant"));
    }

    /// Gives an agency a key to sign with, that it issued to itself.
    ///
    /// # Panics
    /// Where the folder cannot be written.
    pub fn certify(&self, agency: kernel::AgencyId) {
        let (front, directory) = (&self.desk.front, self.desk.front.directory.get());
        let agency = directory.agency(agency).expect("an agency");
        let signer = Signer::self_signed(&agency.name, "Thử", self.desk.now(), &front.mint);
        let kept = self.desk.certificates.keep(&agency.code, &signer.expect("a certificate"));
        kept.expect("a folder for keys");
    }

    /// Takes the key of an agency away.
    ///
    /// # Panics
    /// Where it has none.
    pub fn uncertify(&self, agency: kernel::AgencyId) {
        let directory = self.desk.front.directory.get();
        let code = &directory.agency(agency).expect("an agency").code;
        let file = self.folder.path().join("certificates").join(format!("{code}.pem"));
        std::fs::remove_file(file).expect("the file of a key");
    }

    /// Signs a person in without a password; answers the value of the `cookie` header. The
    /// token against forged forms is [`House::csrf`] of it.
    ///
    /// # Panics
    /// Where there is no such person.
    #[must_use]
    pub fn sign_in(&self, slug: &str) -> String {
        let person = *self.persons.get(slug).unwrap_or_else(|| panic!("nobody is {slug}"));
        let mut logins = self.logins.lock().expect("one test at a time");
        *logins += 1;
        let login = format!("test{logins}").parse().expect("a login");
        let (front, now) = (self.desk.front.clone(), self.desk.now());
        let password = identity::PasswordHash::parse(PASSWORD_HASH.to_owned()).expect("a hash");
        let new = NewAccount { login, password, person: Some(person), must_change: false };
        let token = self.desk.front.store.write(move |tx| {
            let account = account::create(tx, &front.tenant, &new, now, &front.mint)?;
            front.sessions.open(tx, &front.tenant, account, None, now, &front.mint)
        });
        // On a thread of its own, since a story may be asynchronous.
        let token = std::thread::spawn(|| token.wait()).join().expect("no panic");
        format!("tinhso={}", token.expect("a session").cookie())
    }

    /// Whoever is signed in with this cookie.
    ///
    /// # Panics
    /// Where nobody is.
    pub async fn officer(&self, cookie: &str) -> SignedIn {
        let request = Request::get("/").header(header::COOKIE, cookie).body(()).expect("a request");
        let mut parts = request.into_parts().0;
        let who = SignedIn::from_request_parts(&mut parts, &self.desk).await;
        who.unwrap_or_else(|_| panic!("nobody is signed in"))
    }

    /// The token that forms of this session carry.
    ///
    /// # Panics
    /// Where the cookie is none.
    #[must_use]
    pub fn csrf(&self, cookie: &str) -> String {
        let value = cookie.strip_prefix("tinhso=").expect("a cookie");
        identity::SessionToken::parse(value).expect("a token").csrf()
    }

    /// Asks for a page.
    pub async fn get(&self, path: &str, cookie: &str) -> Answer {
        self.send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty())).await
    }

    /// Sends a form; the token against forged forms is added.
    pub async fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        let csrf = if cookie.is_empty() { String::new() } else { self.csrf(cookie) };
        let pairs = fields.iter().copied().chain([("_csrf", csrf.as_str())]);
        let body = pairs.map(|(k, v)| format!("{}={}", encoded(k), encoded(v)));
        let body = body.collect::<Vec<_>>().join("&");
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.send(request.body(Body::from(body))).await
    }

    /// Sends any request.
    ///
    /// # Panics
    /// Where the request is none.
    pub async fn send(&self, request: Result<Request<Body>, axum::http::Error>) -> Answer {
        answered(&self.router, request).await
    }

    /// Asks another router than that of the house.
    ///
    /// # Panics
    /// Where the path is none.
    pub async fn send_to(&self, router: &Router, path: &str) -> Answer {
        answered(router, Request::get(path).body(Body::empty())).await
    }

    /// Texts in Vietnamese, for what a page should say.
    #[must_use]
    pub fn words(&self) -> web::Words {
        web::Words::new(Lang::Vi, self.desk.front.texts.clone())
    }
}

/// Nobody signs in with it: sessions are opened directly.
const PASSWORD_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHRzb21lc2FsdA$\
                             AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

async fn answered(router: &Router, request: Result<Request<Body>, axum::http::Error>) -> Answer {
    let mut request = request.expect("a request");
    let here: SocketAddr = ([127, 0, 0, 1], 1).into();
    request.extensions_mut().insert(ConnectInfo(here));
    let response = router.clone().oneshot(request).await.expect("infallible");
    let (status, headers) = (response.status(), response.headers().clone());
    let body = to_bytes(response.into_body(), 64 << 20).await.expect("a body");
    Answer { status, headers, bytes: body.to_vec() }
}
