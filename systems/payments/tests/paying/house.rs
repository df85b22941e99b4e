//! A house with the cashier in it, and a browser without a screen that keeps its cookies.

use std::{collections::BTreeMap, net::SocketAddr, sync::Mutex};

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::ConnectInfo,
    http::{HeaderMap, Request, StatusCode, header},
};
use casework::{Case, Channel, Command, Refusal, Stamp};
use desk::{
    Applicant, Charge, Filing, Paper,
    testing::{House as Walls, Rooms},
};
use identity::{
    Assurance,
    party::{Party, PartyNumber},
};
use kernel::{Actor, CaseId, Clock, PartyId};
use one_stop::testing::birth;
use paying::{Cashier, Parts, testing::Bank};
use payments::{
    AccountSettings, Settings, StatementSettings, statement::Columns, vietqr::BankAccount,
};
use procedure::Matter;
use serde_json::Value;
use store::Store;
use tower::ServiceExt;
use web::{front::testing::Signed, http::Hall};

pub(crate) const NOW: &str = "2026-11-23T01:30:00Z";
const CLERK: &str = "phuong-phan-dinh-phung/nong-thi-hien";

const ROOMS: Rooms = Rooms {
    migrations: &[one_stop::MIGRATIONS, services::MIGRATIONS, payments::MIGRATIONS],
    texts: &[one_stop::TEXTS, paying::TEXTS],
    procedures: &[one_stop::PROCEDURES],
    rails: &[one_stop::RAIL, paying::RAIL],
    router: one_stop::router,
};

pub(crate) struct House {
    pub(crate) walls: Walls,
    pub(crate) cashier: Cashier,
    pub(crate) bank: Bank,
    router: Router,
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

/// Runs an asynchronous story.
pub(crate) fn run(store: Store, story: impl AsyncFnOnce(House)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(async { story(House::open(&store).await).await });
}

impl House {
    async fn open(store: &Store) -> Self {
        let store = store.clone();
        let walls = tokio::task::spawn_blocking(move || Walls::open(&store, NOW, &ROOMS)).await;
        let walls = walls.unwrap();
        let bank = Bank::open(walls.clock.clone()).await;
        let account = BankAccount::new(
            "Vietcombank".into(),
            "970436".into(),
            "0011001234567".into(),
            "UBND PHUONG PHAN DINH PHUNG".into(),
        );
        let columns = Columns {
            number: "So GD".into(),
            paid_at: "Ngay".into(),
            amount: "Ghi co".into(),
            words: "Noi dung".into(),
        };
        let settings = Settings {
            accounts: vec![AccountSettings { agency: None, account: account.unwrap() }],
            gateways: vec![bank.described()],
            statements: vec![StatementSettings {
                source: "cong".into(),
                title: "Cổng Thử Nghiệm".into(),
                columns,
            }],
            life: None,
        };
        let desk = walls.desk.clone();
        let directory = desk.front.directory.get();
        let head = directory.posts_of(walls.persons["trung-tam/giam-doc"], desk.now())[0].post;
        let centre = directory.post(head).unwrap().agency;
        let reconciled_by = Some(directory.agency(centre).unwrap().code.clone());
        let cashier = Cashier::new(Parts::new(desk.clone(), settings, reconciled_by));
        let front = desk.front.clone();
        let clock: std::sync::Arc<dyn Clock> = walls.clock.clone();
        let hall = Hall::new(front.texts.clone(), front.place.clone(), front.mint.clone(), clock);
        let router = web::http::hall(paying::router(cashier.clone()), hall);
        Self { walls, cashier, bank, router }
    }

    /// A birth is registered at the counter; these fees are owed.
    pub(crate) async fn owing(&self, fees: &[u64]) -> Case {
        let clerk = self.walls.sign_in(CLERK);
        let me = self.walls.officer(&clerk).await;
        let filed = one_stop::commands::file_at_counter(&self.walls.desk, &me, birth("Lò Thị Mẩy"));
        let id = filed.await.unwrap().case.id;
        for amount in fees {
            let name = "Lệ phí bản sao".to_owned();
            self.does(id, Command::SetObligation { name, amount: *amount, pauses: false }).await;
        }
        self.case(id).await
    }

    /// Somebody files online at an agency; what it owes is set by the procedure.
    pub(crate) async fn files(
        &self,
        who: PartyId,
        procedure: &str,
        agency: &str,
        answers: Value,
    ) -> Case {
        let (desk, directory) = (self.walls.desk.clone(), self.walls.desk.front.directory.get());
        let seat = directory.posts_of(self.walls.persons[agency], desk.now())[0].post;
        let code = procedure.parse().unwrap();
        let moment = desk.moment();
        let known = moment.shelf.in_force(&code, kernel::today(desk.now())).unwrap();
        let papers = known.components.iter().map(|component| Paper {
            component: Some(component.id.to_string()),
            copies: 1,
            source: "online",
            file: None,
        });
        let Value::Object(answers) = answers else { panic!("answers are an object") };
        let filing = Filing {
            matter: Matter::Dossier,
            procedure: code,
            channel: Channel::Online,
            applicant: Applicant::Known(who),
            answers,
            papers: papers.collect(),
            received_by: directory.post(seat).unwrap().agency,
            decided_by: None,
            reopens: None,
            term: None,
            charge: Charge::default(),
        };
        let now = desk.now();
        let stamp = Stamp { actor: Actor::Party(who), happened_at: now, recorded_at: now };
        let shared = desk.clone();
        let filed = desk.front.store.write(move |tx| desk::file(tx, &shared, &filing, &stamp));
        filed.await.unwrap().case
    }

    /// A citizen who is signed in.
    pub(crate) fn citizen(&self, name: &str, number: &str) -> Signed {
        let party = Party {
            name: name.into(),
            number: Some(PartyNumber::Citizen(number.parse().unwrap())),
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        let desk = &self.walls.desk;
        web::front::testing::citizen(&desk.front, &desk.keyring, &party, Assurance::Two)
    }

    /// Their browser.
    pub(crate) fn browser_of(&self, who: &Signed) -> Browser<'_> {
        let browser = self.browser();
        let (name, value) = who.cookie.split_once('=').unwrap();
        browser.cookies.lock().unwrap().insert(name.into(), value.into());
        browser
    }

    /// The rules' answer to a command that is refused.
    pub(crate) async fn refused(&self, id: CaseId, command: Command) -> Refusal {
        match self.tries(id, command).await {
            Err(desk::Error::Case(casework::Error::Refused(refusal))) => refusal,
            other => panic!("not refused: {other:?}"),
        }
    }

    pub(crate) async fn does(&self, id: CaseId, command: Command) {
        self.tries(id, command).await.unwrap();
    }

    async fn tries(&self, id: CaseId, command: Command) -> desk::Result<()> {
        let desk = self.walls.desk.clone();
        let stamp = Stamp {
            actor: Actor::System("test".into()),
            happened_at: desk.now(),
            recorded_at: desk.now(),
        };
        let shared = desk.clone();
        let done = desk.front.store.write(move |tx| {
            let case = casework::load(tx, &shared.front.tenant, id)?.unwrap();
            desk::act(tx, &shared, case, None, &command, &stamp).map(drop)
        });
        done.await
    }

    pub(crate) async fn case(&self, id: CaseId) -> Case {
        let tenant = self.walls.desk.front.tenant.clone();
        let read = self.walls.desk.front.store.read(move |tx| casework::load(tx, &tenant, id));
        read.await.unwrap().unwrap()
    }

    /// A browser of somebody with the receipt in hand, on the page of the dossier.
    pub(crate) async fn payer(&self, case: &Case) -> Browser<'_> {
        let browser = self.browser();
        let secret = self.walls.desk.tracking_secret(case.id);
        let in_ = browser.get(&format!("/nop/{}?khoa={secret}", case.code)).await;
        assert_eq!(in_.status, StatusCode::SEE_OTHER);
        assert_eq!(in_.location(), format!("/nop/{}", case.code), "no secret in the address");
        browser
    }

    pub(crate) fn browser(&self) -> Browser<'_> {
        Browser { house: self, cookies: Mutex::default() }
    }

    /// A call of the gateway.
    pub(crate) async fn called(&self, body: String) -> (StatusCode, String) {
        let request = Request::post("/cong-thanh-toan/cong/bao")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body));
        let answer = self.send(request.unwrap()).await;
        let json: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        (answer.status, json["code"].as_str().unwrap_or_default().to_owned())
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

pub(crate) struct Browser<'h> {
    house: &'h House,
    pub(crate) cookies: Mutex<BTreeMap<String, String>>,
}

impl Browser<'_> {
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.ask(Request::get(path), Body::empty()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.ask(request, Body::from(body.to_owned())).await
    }

    pub(crate) async fn ask(&self, request: axum::http::request::Builder, body: Body) -> Answer {
        let cookies: Vec<String> = {
            let jar = self.cookies.lock().unwrap();
            jar.iter().map(|(name, value)| format!("{name}={value}")).collect()
        };
        let request = request.header(header::COOKIE, cookies.join("; ")).body(body).unwrap();
        let answer = self.house.send(request).await;
        let mut jar = self.cookies.lock().unwrap();
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().unwrap().split(';').next().unwrap();
            let (name, value) = pair.split_once('=').unwrap();
            jar.insert(name.to_owned(), value.to_owned());
        }
        answer
    }
}
