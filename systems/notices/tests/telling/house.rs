//! A house with the teller in it, and citizens with browsers.

use std::{collections::BTreeMap, net::SocketAddr};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use casework::{Case, Command, Stamp};
use desk::testing::{House as Walls, Rooms};
use identity::{
    Assurance,
    party::{Party, PartyNumber},
};
use kernel::{Actor, CaseId, Clock, PartyId, Secret};
use notices::{Address, Channel, Hook, MailSettings, Push, Settings, Tls, out::VapidKey};
use store::Store;
use telling::{Parts, Round, Teller};
use tower::ServiceExt;
use web::{front::testing::Signed, http::Hall};

use crate::{endpoints::Endpoint, postman::Postman};

pub(crate) const NOW: &str = "2026-11-23T01:30:00Z";
const CLERK: &str = "phuong-phan-dinh-phung/nong-thi-hien";

const ROOMS: Rooms = Rooms {
    migrations: &[one_stop::MIGRATIONS, notices::MIGRATIONS, feedback::MIGRATIONS],
    texts: &[one_stop::TEXTS, telling::TEXTS, feedback::TEXTS],
    procedures: &[one_stop::PROCEDURES, feedback::PROCEDURES],
    rails: &[one_stop::RAIL, telling::RAIL],
    router: one_stop::router,
};

pub(crate) struct House {
    pub(crate) walls: Walls,
    pub(crate) teller: Teller,
    pub(crate) push: Endpoint,
    pub(crate) gateway: Endpoint,
    pub(crate) postman: Option<Postman>,
    router: Router,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

/// Runs an asynchronous story.
pub(crate) fn run(store: Store, story: impl AsyncFnOnce(House)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async { story(House::open(&store).await).await });
}

fn settings(push: &Endpoint, gateway: &Endpoint, postman: Option<&Postman>) -> Settings {
    let hook = |path: &str| Hook {
        url: format!("http://{}/{path}", gateway.host),
        body: serde_json::json!({ "to": "{phone}", "text": "{text}", "id": "{id}", "t": "{template}" }),
        headers: vec![("authorization".into(), Secret::new(b"Bearer abc".to_vec()))],
        templates: BTreeMap::new(),
        answer: None,
        taken: String::new(),
        marks: false,
        country_code: false,
    };
    let zalo = Hook {
        answer: Some("/error".into()),
        taken: "0".into(),
        marks: true,
        country_code: true,
        templates: [("taken_on", "101"), ("payment_asked", "102")]
            .map(|(occasion, number)| (occasion.to_owned(), number.to_owned()))
            .into(),
        ..hook("zalo")
    };
    let mail = postman.map(|postman| MailSettings {
        host: "127.0.0.1".into(),
        port: postman.port,
        tls: Tls::None,
        login: None,
        from: "thong-bao@tinhso.example".into(),
    });
    Settings {
        mail,
        push: Some(Push {
            key: VapidKey::fresh(&kernel::Mint::seeded(3)),
            subject: "mailto:quan-tri@tinhso.example".into(),
            hosts: vec![push.host.clone()],
        }),
        sms: Some(hook("sms")),
        zalo: Some(zalo),
        texts_by_default: false,
    }
}

impl House {
    async fn open(store: &Store) -> Self {
        let store = store.clone();
        let opened = tokio::task::spawn_blocking(move || {
            (Walls::open(&store, NOW, &ROOMS), Postman::start())
        });
        let (walls, postman) = opened.await.unwrap();
        let (push, gateway) = (Endpoint::open().await, Endpoint::open().await);
        let desk = walls.desk.clone();
        let settings = settings(&push, &gateway, postman.as_ref());
        let teller = Teller::new(Parts::new(desk.clone(), settings).unwrap());
        let front = desk.front.clone();
        let clock: std::sync::Arc<dyn Clock> = walls.clock.clone();
        let hall = Hall::new(front.texts.clone(), front.place.clone(), front.mint.clone(), clock);
        let router = web::http::hall(telling::router(teller.clone()), hall);
        Self { walls, teller, push, gateway, postman, router }
    }

    /// A citizen who is signed in.
    pub(crate) fn citizen(&self) -> Signed {
        let party = Party {
            name: "Lò Thị Mẩy".into(),
            number: Some(PartyNumber::Citizen("019197008821".parse().unwrap())),
            born: None,
            phone: Some("0912345604".parse().unwrap()),
            email: None,
            address: None,
        };
        let desk = &self.walls.desk;
        web::front::testing::citizen(&desk.front, &desk.keyring, &party, Assurance::Two)
    }

    /// A dossier of the citizen, filed at the counter and taken on.
    pub(crate) async fn dossier(&self) -> Case {
        let clerk = self.walls.sign_in(CLERK);
        let me = self.walls.officer(&clerk).await;
        let mut filing = one_stop::testing::birth("Lò Thị Mẩy");
        filing.applicant.number = Some(PartyNumber::Citizen("019197008821".parse().unwrap()));
        let filed = one_stop::commands::file_at_counter(&self.walls.desk, &me, filing).await;
        self.case(filed.unwrap().case.id).await
    }

    pub(crate) async fn does(&self, id: CaseId, command: Command) {
        let desk = self.walls.desk.clone();
        let actor = Actor::System("test".into());
        let stamp = Stamp { actor, happened_at: desk.now(), recorded_at: desk.now() };
        let shared = desk.clone();
        let done = desk.front.store.write(move |tx| {
            let case = casework::load(tx, &shared.front.tenant, id)?.unwrap();
            desk::act(tx, &shared, case, None, &command, &stamp).map(drop)
        });
        done.await.unwrap();
    }

    /// Says that something is to be paid.
    pub(crate) async fn asks_for_money(&self, case: &Case) {
        let name = "Lệ phí bản sao".to_owned();
        self.does(case.id, Command::SetObligation { name, amount: 8_000, pauses: false }).await;
    }

    async fn case(&self, id: CaseId) -> Case {
        let tenant = self.walls.desk.front.tenant.clone();
        let read = self.walls.desk.front.store.read(move |tx| casework::load(tx, &tenant, id));
        read.await.unwrap().unwrap()
    }

    /// Somebody's address, used at once.
    pub(crate) async fn told_at(&self, who: &Signed, address: Address) {
        self.reached_at(who.party, address).await;
    }

    /// An address of a party, used at once.
    pub(crate) async fn reached_at(&self, owner: PartyId, address: Address) {
        let desk = self.walls.desk.clone();
        let shared = desk.clone();
        let added = desk.front.store.write(move |tx| {
            let (front, keyring) = (&shared.front, &shared.keyring);
            let (tenant, mint) = (&front.tenant, &front.mint);
            let id = notices::add(tx, tenant, keyring, mint, owner, &address, shared.now())?;
            if address.channel() == Channel::Email {
                let (confirm, _) = notices::links(keyring, tenant, id);
                assert!(notices::confirm(tx, tenant, keyring, &confirm, shared.now())?);
                tx.exec("delete from notice", &[])?;
            }
            Ok::<_, notices::Error>(())
        });
        added.await.unwrap();
    }

    /// Rounds of one process, until nothing is left to do at once.
    pub(crate) async fn tells(&self) -> usize {
        let mut carried = 0;
        loop {
            let round: Round = telling::tell(&self.teller, "one").await.unwrap();
            carried += round.carried;
            if !round.more {
                return carried;
            }
        }
    }

    /// Events of a kind, with their data.
    pub(crate) async fn events(&self, kind: &'static str) -> Vec<serde_json::Value> {
        let tenant = self.walls.desk.front.tenant.clone();
        let read = self.walls.desk.front.store.read(move |tx| {
            let sql = "select data from event where tenant = $1 and kind = $2 order by id";
            tx.all(sql, store::args!(&tenant, kind), |row| row.get::<String>(0))
        });
        let texts: Vec<String> = read.await.map_err(|error: store::Error| error).unwrap();
        texts.iter().map(|text| serde_json::from_str(text).unwrap()).collect()
    }

    pub(crate) async fn get(&self, path: &str, cookie: &str) -> Answer {
        let request = Request::get(path).header(header::COOKIE, cookie);
        self.send(request.body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, cookie: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        let here: SocketAddr = ([127, 0, 0, 1], 1).into();
        request.extensions_mut().insert(ConnectInfo(here));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 8 << 20).await.unwrap();
        Answer { status, headers, text: String::from_utf8_lossy(&body).into_owned() }
    }
}
