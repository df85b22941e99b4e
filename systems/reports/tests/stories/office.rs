//! An office with a small regime: two departments report to the office of the province, which adds
//! up for the government.

use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use casework::{Channel, Stamp};
use desk::{
    Applicant, Charge, Filing,
    testing::{Answer, House},
};
use identity::party::Party;
use journal::{LogKey, Origin, Sealer};
use kernel::{Actor, CaseCode, PostId};
use procedure::Matter;
use reports::{
    library::{self, TextKind},
    model::{self, Report},
    obligations, queries,
    testing::ROOMS,
};
use store::{Store, Tx, args};

/// Monday morning, the day after the period closed on Saturday and a Sunday.
pub(crate) const BEGIN: &str = "2026-11-16T01:30:00Z";
pub(crate) const PERIOD: &str = "2026-11-r";
pub(crate) const REGIME: &str = "THU-T";
pub(crate) const TEXT: &str = r#"
code = "THU-T"
version = 1
name = "Báo cáo thử"
name_en = "Report to try"
kind = "periodic"
frequency = "month"
form = "tthc-thang"
content = "Thử"
method = "Trên hệ thống"
legal_basis = ["Nghị định 09/2019/NĐ-CP"]
valid_from = 2026-01-15

[[level]]
id = "so"
who = ["H55.02", "H55.04"]
to = "H55.01"
day = 17

[[level]]
id = "tinh"
who = ["H55"]
to_elsewhere = "Văn phòng Chính phủ"
day = 20
covers = "all"
adds_up = true
"#;

pub(crate) struct Office {
    pub(crate) house: House,
    runtime: tokio::runtime::Runtime,
    key: LogKey,
}

impl Office {
    /// Opens the office and the round of November.
    pub(crate) fn open(store: &Store) -> Self {
        let office = Self::without_rounds(store);
        office.open_round(PERIOD);
        office
    }

    pub(crate) fn without_rounds(store: &Store) -> Self {
        let house = House::open(store, BEGIN, &ROOMS);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let origin: Origin = "tinhso.example/reports".parse().unwrap();
        let key = LogKey::generate(&house.desk.front.mint, origin);
        let office = Self { house, runtime, key };
        office.write(|tx, desk| {
            library::keep(tx, desk, TextKind::Regime, TEXT, desk.now()).map(|_| ())
        });
        office
    }

    pub(crate) fn open_round(&self, period: &'static str) -> usize {
        self.write(move |tx, desk| {
            let round = (REGIME, period.parse().unwrap());
            obligations::open_one(tx, desk, round, desk.now(), 100)
        })
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &desk::Desk) -> reports::Result<T> + Send + 'static,
    ) -> T {
        let desk = self.house.desk.clone();
        let store = desk.front.store.clone();
        store.write(move |tx| work(tx, &desk)).wait().unwrap()
    }

    /// Seals the journal and counts it.
    pub(crate) fn count(&self) {
        let (front, now) = (&self.house.desk.front, self.house.desk.now());
        let sealer = Sealer::new(front.tenant.clone(), self.key.clone(), "test");
        front.store.write(move |tx| sealer.seal(tx, now, 10_000)).wait().unwrap();
        let cube = self.house.desk.cube();
        let run = front.store.write(move |tx| cube.follow(tx, 10_000));
        run.wait().map_err(|error: indicators::Error| error).unwrap();
    }

    /// A dossier that a department took on at an instant, and that is written down now.
    pub(crate) fn received_late(&self, agency: &str, channel: Channel, happened: &str) {
        let (agency, happened) = (agency.to_owned(), happened.parse().unwrap());
        self.write(move |tx, desk| {
            let directory = desk.front.directory.get();
            let received_by = directory.agency_by_code(&agency.parse().unwrap()).unwrap().id;
            let stamp = Stamp {
                actor: Actor::System("test".into()),
                happened_at: happened,
                recorded_at: desk.now(),
            };
            let filing = Filing {
                matter: Matter::Dossier,
                procedure: "1.910099".parse().unwrap(),
                channel,
                applicant: Applicant::Described(Party::named("Lý Văn Sự")),
                answers: desk::Answers::new(),
                papers: Vec::new(),
                received_by,
                decided_by: None,
                reopens: None,
                term: None,
                charge: Charge::default(),
            };
            let filed = desk::file(tx, desk, &filing, &stamp)?;
            desk::accept(tx, desk, filed, &stamp)?;
            Ok(())
        });
    }

    pub(crate) fn get(&self, path: &str, cookie: &str) -> Answer {
        self.runtime.block_on(self.house.get(path, cookie))
    }

    pub(crate) fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        self.runtime.block_on(self.house.post(path, cookie, fields))
    }

    pub(crate) fn send(&self, request: Request<Body>) -> Answer {
        self.runtime.block_on(self.house.send(Ok(request)))
    }

    /// Serves the pages and the API on this machine; answers where.
    pub(crate) fn serve(&self) -> std::net::SocketAddr {
        let router = reports::router(self.house.desk.clone());
        self.runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let address = listener.local_addr().unwrap();
            let service = router.into_make_service_with_connect_info::<std::net::SocketAddr>();
            tokio::spawn(async move { axum::serve(listener, service).await });
            address
        })
    }

    /// The newest report of an agency.
    pub(crate) fn report(&self, agency: &str) -> Report {
        self.report_in(agency, PERIOD)
    }

    pub(crate) fn report_in(&self, agency: &str, period: &str) -> Report {
        let (agency, period) = (agency.to_owned(), period.to_owned());
        self.write(move |tx, desk| {
            let directory = desk.front.directory.get();
            let unit = directory.agency_by_code(&agency.parse().unwrap()).unwrap().id;
            let code: CaseCode = tx.one(
                "select code from report where tenant = $1 and unit = $2 and newest
                     and regime = $3 and period = $4",
                args!(&desk.front.tenant, unit, REGIME, &period),
                |row| row.get(0),
            )?;
            model::by_code(tx, &desk.front.tenant, &code)
        })
    }

    pub(crate) fn round(&self) -> Vec<Report> {
        self.write(|tx, desk| queries::round(tx, desk, REGIME, PERIOD.parse().unwrap()))
    }

    /// A session of whoever holds the report now.
    pub(crate) fn holder(&self, report: &Report) -> String {
        let case = report.case;
        let post: PostId = self.write(move |tx, desk| {
            let case = casework::load(tx, &desk.front.tenant, case)?.unwrap();
            Ok(case.holdings.values().next().unwrap().post)
        });
        let directory = self.house.desk.front.directory.get();
        let person = directory.holder(post, self.house.desk.now()).unwrap().id;
        let (slug, _) = self.house.persons.iter().find(|(_, id)| **id == person).unwrap();
        self.house.sign_in(slug)
    }

    /// What has to be typed for a report to be sent.
    pub(crate) fn fill(&self, report: &Report, people: &str) -> Answer {
        let fields = [
            ("c.to-chuc.tap-huan.so", "12"),
            ("c.to-chuc.luu-dong.so", "2"),
            ("c.to-chuc.ho-tro.so", people),
            ("p.nhan-xet", "Tiếp nhận {dossiers.received} hồ sơ."),
            ("do", "trinh"),
        ];
        self.post(&page(report), &self.holder(report), &fields)
    }

    pub(crate) fn deed(&self, report: &Report, deed: &str, fields: &[(&str, &str)]) -> Answer {
        self.post(&format!("{}/{deed}", page(report)), &self.holder(report), fields)
    }

    /// Written, signed and sent.
    pub(crate) fn sent(&self, agency: &str, people: &str) -> Report {
        let report = self.report(agency);
        follows(&self.fill(&report, people));
        follows(&self.deed(&report, "gui", &[]));
        self.report(agency)
    }
}

pub(crate) fn page(report: &Report) -> String {
    format!("/bao-cao/{}", report.code)
}

/// It was done: the browser is sent on.
pub(crate) fn follows(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}
