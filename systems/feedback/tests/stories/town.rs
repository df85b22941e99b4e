//! A town with its reports, its officers and its citizens.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use desk::testing::{Answer, House, Rooms};
use feedback::{
    Feedback, commands,
    model::{self, Report},
};
use identity::{
    Assurance,
    party::{Party, PartyNumber},
};
use kernel::{CaseCode, PersonId};
use store::{Store, Tx, args};
use web::{front::testing::Signed, http::encoded};

/// Monday morning.
const BEGIN: &str = "2026-11-23T01:30:00Z";
pub(crate) const WARD: &str = "05443";
pub(crate) const HUB: &str = "trung-tam/tiep-nhan-3";
pub(crate) const WARD_HEAD: &str = "phuong-phan-dinh-phung/chu-tich";
pub(crate) const POTHOLE: &str = "Ổ gà to giữa đường trước số nhà 128, hôm qua có cháu ngã gãy tay. \
                                  Gọi tôi 0912345678";

const ROOMS: Rooms = Rooms {
    migrations: &[feedback::MIGRATIONS],
    texts: &[feedback::TEXTS, satisfaction::TEXTS],
    procedures: &[feedback::PROCEDURES],
    rails: &[feedback::RAIL],
    router: |desk| feedback::router(desk.clone()).merge(satisfaction::router(desk)),
};

pub(crate) struct Town {
    pub(crate) house: House,
    runtime: tokio::runtime::Runtime,
}

impl Town {
    pub(crate) fn open(store: &Store) -> Self {
        let house = House::open(store, BEGIN, &ROOMS);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        Self { house, runtime }
    }

    pub(crate) fn get(&self, path: &str, cookie: &str) -> Answer {
        self.runtime.block_on(self.house.get(path, cookie))
    }

    pub(crate) fn post(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Answer {
        self.runtime.block_on(self.house.post(path, cookie, fields))
    }

    pub(crate) fn wait(&self, minutes: i64) {
        let now = self.house.desk.now() + jiff::SignedDuration::from_mins(minutes);
        self.house.clock.set(now);
    }

    /// Sends a report as somebody does who typed for a minute.
    pub(crate) fn send(&self, fields: &[(&str, &str)]) -> Answer {
        let page = self.get("/phan-anh/moi", "").text();
        let stamp = between(&page, "name=\"luc\" value=\"", "\"").to_owned();
        self.wait(1);
        let mut all = vec![("luc", stamp.as_str())];
        all.extend(fields);
        self.post("/phan-anh/moi", "", &all)
    }

    /// Sends a pothole; answers its code and its secret.
    pub(crate) fn pothole(&self, text: &str) -> (String, String) {
        let sent = self.send(&[
            ("noi_dung", text),
            ("xa", WARD),
            ("linh_vuc", "duong-sa"),
            ("vi_do", "21.594200"),
            ("kinh_do", "105.848000"),
            ("khac", "1"),
        ]);
        sent_as(&sent)
    }

    /// Whoever holds the case now.
    pub(crate) fn holder(&self, code: &str) -> String {
        let (desk, code) = (self.house.desk.clone(), code.parse::<CaseCode>().unwrap());
        let post: kernel::PostId = self
            .house
            .desk
            .front
            .store
            .read(move |tx| {
                let tenant = &desk.front.tenant;
                tx.one(
                    "select w.post_id from work_item w join case_state c
                     on c.tenant = w.tenant and c.id = w.case_id
                     where c.tenant = $1 and c.code = $2 and w.post_id is not null",
                    args!(tenant, &code),
                    |row| row.get(0),
                )
            })
            .wait()
            .map_err(|error: store::Error| error)
            .unwrap();
        let directory = self.house.desk.front.directory.get();
        let person: PersonId = directory.holder(post, self.house.desk.now()).unwrap().id;
        let (slug, _) = self.house.persons.iter().find(|(_, id)| **id == person).unwrap();
        self.house.sign_in(slug)
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        mut work: impl FnMut(&mut Tx<'_>, &Feedback) -> feedback::Result<T> + Send + 'static,
    ) -> T {
        let feedback = Feedback::open(self.house.desk.clone());
        let store = feedback.front.store.clone();
        store.read(move |tx| work(tx, &feedback)).wait().unwrap()
    }

    pub(crate) fn report(&self, code: &str) -> Report {
        let code = code.parse::<CaseCode>().unwrap();
        self.read(move |tx, feedback| {
            let found = model::by_code(tx, &feedback.front.tenant, &code)?;
            found.ok_or(feedback::Error::NoSuchReport)
        })
    }

    /// Until when it is to be done, and by which agency.
    pub(crate) fn due(&self, code: &str) -> (i64, String) {
        let report = self.report(code);
        let directory = self.house.desk.front.directory.get();
        let agency = directory.agency(report.agency).unwrap().code.to_string();
        (report.due_at.unwrap().as_second(), agency)
    }

    /// What stands in the outbox to be told of a report, in the order of the alphabet.
    pub(crate) fn told(&self, code: &str) -> Vec<String> {
        let case = self.report(code).case;
        let kinds: Vec<String> = self.read(move |tx, feedback| {
            let sql = "select kind from outbox where tenant = $1 and case_id = $2 order by kind";
            Ok(tx.all(sql, args!(&feedback.front.tenant, case), |row| row.get(0))?)
        });
        let own = kinds.iter().filter_map(|kind| kind.strip_prefix("feedback."));
        own.map(str::to_owned).collect()
    }

    /// Heads are told of what is late; answers how many.
    pub(crate) fn escalate(&self) -> usize {
        let feedback = Feedback::open(self.house.desk.clone());
        let (now, store) = (feedback.now(), feedback.front.store.clone());
        store.write(move |tx| commands::escalate(tx, &feedback, now)).wait().unwrap()
    }

    /// Somebody who is signed in.
    pub(crate) fn citizen(&self, name: &str, number: &str) -> Signed {
        let party = Party {
            name: name.to_owned(),
            number: Some(PartyNumber::Citizen(number.parse().unwrap())),
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        let desk = &self.house.desk;
        web::front::testing::citizen(&desk.front, &desk.keyring, &party, Assurance::One)
    }

    pub(crate) fn ask(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let request = headers.iter().fold(Request::get(path), |r, (k, v)| r.header(*k, *v));
        self.runtime.block_on(self.house.send(request.body(Body::empty())))
    }

    /// A form of a citizen who is signed in.
    pub(crate) fn post_as(&self, who: &Signed, path: &str, fields: &[(&str, &str)]) -> Answer {
        let fields = fields.iter().copied().chain([("_csrf", who.csrf.as_str())]);
        let body: Vec<String> =
            fields.map(|(k, v)| format!("{}={}", encoded(k), encoded(v))).collect();
        let request = Request::post(path)
            .header(header::COOKIE, &who.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin");
        self.runtime.block_on(self.house.send(request.body(Body::from(body.join("&")))))
    }

    /// As [`Town::send`], by a citizen who is signed in.
    pub(crate) fn send_as(&self, who: &Signed, fields: &[(&str, &str)]) -> Answer {
        let page = self.get("/phan-anh/moi", &who.cookie).text();
        let stamp = between(&page, "name=\"luc\" value=\"", "\"").to_owned();
        self.wait(1);
        let mut all = vec![("luc", stamp.as_str())];
        all.extend(fields);
        self.post_as(who, "/phan-anh/moi", &all)
    }

    /// Sends a form with one photo, as a browser does.
    pub(crate) fn post_photo(&self, path: &str, fields: &[(&str, &str)], jpeg: &[u8]) -> Answer {
        const MARK: &str = "----tinhso";
        let part =
            |name: &str| format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend(format!("{}\r\n\r\n{value}\r\n", part(name)).into_bytes());
        }
        let file = "; filename=\"anh.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n";
        body.extend(format!("{}{file}", part("anh")).into_bytes());
        body.extend_from_slice(jpeg);
        body.extend(format!("\r\n--{MARK}--\r\n").into_bytes());
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={MARK}"))
            .header("sec-fetch-site", "same-origin");
        self.runtime.block_on(self.house.send(request.body(Body::from(body))))
    }

    /// Takes a report on at the desk and forwards it by the rules.
    pub(crate) fn sort(&self, code: &str) -> Answer {
        let hub = self.house.sign_in(HUB);
        self.post(
            &format!("/xu-ly-phan-anh/{code}/chuyen"),
            &hub,
            &[
                ("linh_vuc", "duong-sa"),
                ("xa", WARD),
                ("cong_khai", "1"),
                ("cong_khai_noi_dung", "Ổ gà to giữa đường, hôm qua có cháu ngã gãy tay."),
            ],
        )
    }

    /// Answers, approves and publishes.
    pub(crate) fn answer(&self, code: &str, words: &str) {
        let at = |deed: &str| format!("/xu-ly-phan-anh/{code}/{deed}");
        let sent = self.post(&at("tra-loi"), &self.holder(code), &[("tra_loi", words)]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let sent = self.post(&at("duyet"), &self.holder(code), &[]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        let hub = self.house.sign_in(HUB);
        let sent = self.post(&at("cong-khai"), &hub, &[("tra_loi", words)]);
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    }
}

pub(crate) fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let from = text.find(before).unwrap_or_else(|| panic!("no {before} in {text}")) + before.len();
    &text[from..from + text[from..].find(after).unwrap()]
}

pub(crate) fn sent_as(answer: &Answer) -> (String, String) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let location = answer.location();
    let code = between(location, "/phan-anh/", "?").to_owned();
    (code, between(location, "khoa=", "&").to_owned())
}
