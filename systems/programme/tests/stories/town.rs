//! A province with its heads, and a programme of theirs.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use casework::Stamp;
use desk::testing::{Answer, House, Rooms};
use identity::party::Party;
use journal::{LogKey, Origin, Sealer};
use kernel::{Instant, Mint};
use programme::{
    Result, commands, exchange,
    model::{Code, Target, Task},
    queries,
};
use serde_json::Map;
use store::{Store, Tx};

/// Monday morning in the middle of a quarter.
pub(crate) const BEGIN: &str = "2026-08-17T01:30:00Z";
pub(crate) const CHAIR: &str = "ubnd-tinh/chu-tich";
pub(crate) const JUSTICE: &str = "so-tu-phap/thu-truong";
pub(crate) const WARD: &str = "phuong-phan-dinh-phung/chu-tich";
pub(crate) const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const SIGNER: &str = "phuong-phan-dinh-phung/tran-thu-ha";

/// A programme of two goals; `{ward}` is the code of the ward.
pub(crate) const TEXT: &str = r#"
code = "NQ-7"
number = "07-NQ/TU"
name = "Nghị quyết về chuyển đổi số"
agency = "H55"
signed_on = "2026-07-20"
from = "2026-08"
to = "2027-07"

[[goal]]
name = "Trả đúng hẹn"
[[goal]]
name = "Người ở cơ sở"

[[target]]
code = "CT-1"
goal = 1
name = "Trả đúng hạn tại phường"
indicator = "timeliness.finished_on_time"
scope = "{ward}"
start = "80"
target = "95"
head = "{ward}"

[[target]]
code = "CT-2"
goal = 2
name = "Tổ công nghệ số"
unit = "tổ"
places = 0
better = "more"
start = "0"
target = "24"
head = "{ward}"

[[task]]
code = "NV-1"
goal = 1
target = "CT-1"
name = "Rà hồ sơ đến hạn mỗi chiều"
head = "{ward}"
supporters = ["H55.04"]
budget = 5000000
term = "2026-09-15"

[[task]]
code = "NV-2"
goal = 2
name = "Sửa hướng dẫn giấy tờ"
head = "H55.04"
term = "2026-10-01"
"#;

const ROOMS: Rooms = Rooms {
    procedures: &[programme::PROCEDURES, &[satisfaction::testing::PROCEDURE]],
    ..programme::testing::ROOMS
};

pub(crate) struct Town {
    pub(crate) house: House,
    runtime: tokio::runtime::Runtime,
}

impl Town {
    pub(crate) fn open(store: &Store) -> Self {
        let house = House::open(store, BEGIN, &ROOMS);
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        Self { house, runtime }
    }

    /// A province in which the programme was issued.
    pub(crate) fn with_programme(store: &Store) -> Self {
        let town = Self::open(store);
        town.set(TEXT);
        let stamp = town.stamp(CHAIR);
        town.write(move |tx, desk| commands::issue(tx, desk, &code("NQ-7"), &stamp)).unwrap();
        town
    }

    /// Keeps a text as a draft.
    pub(crate) fn set(&self, text: &str) {
        let desk = &self.house.desk;
        let raw = exchange::read_toml(&text.replace("{ward}", &self.ward())).unwrap();
        let draft = exchange::check(desk, &raw, desk.now()).unwrap();
        let stamp = self.stamp(CHAIR);
        self.write(move |tx, desk| commands::draft(tx, desk, &draft, &stamp)).unwrap();
    }

    /// The code of the ward's agency.
    pub(crate) fn ward(&self) -> String {
        let directory = self.house.desk.front.directory.get();
        let post = self.post(WARD);
        let agency = directory.post(post).unwrap().agency;
        directory.agency(agency).unwrap().code.to_string()
    }

    pub(crate) fn post(&self, slug: &str) -> kernel::PostId {
        match self.house.actor(slug) {
            kernel::Actor::Officer { post, .. } => post,
            other => panic!("{other} holds no seat"),
        }
    }

    pub(crate) fn stamp(&self, slug: &str) -> Stamp {
        let now = self.house.desk.now();
        Stamp { actor: self.house.actor(slug), happened_at: now, recorded_at: now }
    }

    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &desk::Desk) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        let desk = self.house.desk.clone();
        self.house.desk.front.store.write(move |tx| work(tx, &desk)).wait()
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &desk::Desk) -> Result<T> + Send + 'static,
    ) -> T {
        let desk = self.house.desk.clone();
        self.house.desk.front.store.read(move |tx| work(tx, &desk)).wait().unwrap()
    }

    pub(crate) fn task(&self, name: &str) -> Task {
        let name = code(name);
        self.read(move |tx, desk| {
            queries::task_of_code(tx, &desk.front.tenant, &code("NQ-7"), &name)
        })
    }

    pub(crate) fn target(&self, name: &str) -> Target {
        let name = code(name);
        self.read(move |tx, desk| queries::target(tx, &desk.front.tenant, &code("NQ-7"), &name))
    }

    /// The address of a task's page.
    pub(crate) fn page_of(&self, task: &str) -> String {
        format!("/nhiem-vu/{}", self.task(task).case.unwrap().code)
    }

    pub(crate) fn get(&self, path: &str, who: &str) -> Answer {
        self.runtime.block_on(self.house.get(path, &self.house.sign_in(who)))
    }

    pub(crate) fn post_form(&self, path: &str, who: &str, fields: &[(&str, &str)]) -> Answer {
        self.runtime.block_on(self.house.post(path, &self.house.sign_in(who), fields))
    }

    /// A form with one file, as a browser sends it.
    pub(crate) fn post_file(
        &self,
        path: &str,
        who: &str,
        fields: &[(&str, &str)],
        (name, content): (&str, &[u8]),
    ) -> Answer {
        const MARK: &str = "----tinhso";
        let cookie = self.house.sign_in(who);
        let csrf = self.house.csrf(&cookie);
        let part =
            |name: &str| format!("--{MARK}\r\nContent-Disposition: form-data; name=\"{name}\"");
        let mut body = Vec::new();
        for (name, value) in fields.iter().copied().chain([("_csrf", csrf.as_str())]) {
            body.extend(format!("{}\r\n\r\n{value}\r\n", part(name)).into_bytes());
        }
        let file =
            format!("; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n");
        body.extend(format!("{}{file}", part("tep")).into_bytes());
        body.extend_from_slice(content);
        body.extend(format!("\r\n--{MARK}--\r\n").into_bytes());
        let request = Request::post(path)
            .header(header::COOKIE, &cookie)
            .header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={MARK}"))
            .header("sec-fetch-site", "same-origin");
        self.runtime.block_on(self.house.send(request.body(Body::from(body))))
    }

    /// The journal is sealed and the cube follows it.
    pub(crate) fn count(&self) {
        let front = &self.house.desk.front;
        let key = LogKey::generate(&Mint::seeded(1), Origin::of(&front.tenant));
        let (sealer, now) = (Sealer::new(front.tenant.clone(), key, "test"), self.now());
        front.store.write(move |tx| sealer.seal(tx, now, 10_000)).wait().unwrap();
        let cube = self.house.desk.cube();
        front.store.write(move |tx| cube.follow(tx, 10_000)).wait().unwrap();
    }

    /// A dossier that the ward finished in time.
    pub(crate) fn finish_dossier(&self, name: &str) {
        let person = Party {
            name: name.to_owned(),
            number: None,
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        self.finish(&self.house.receive(RECEIVER, "1.000656", &person, Map::new()));
    }

    /// The ward verifies and signs a dossier.
    pub(crate) fn finish(&self, case: &casework::Case) {
        let case = self.house.complete(case, EXPERT, "tham-tra", "dat");
        let _ = self.house.complete(&case, SIGNER, "ky", "ky");
    }

    /// A dossier that waits for the ward's expert.
    pub(crate) fn receive_dossier(&self, name: &str) -> casework::Case {
        let person = Party {
            name: name.to_owned(),
            number: None,
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        self.house.receive(RECEIVER, "1.000656", &person, Map::new())
    }

    pub(crate) fn now(&self) -> Instant {
        self.house.desk.now()
    }
}

pub(crate) fn code(text: &str) -> Code {
    text.parse().unwrap()
}

/// A small whole PDF.
pub(crate) fn pdf() -> Vec<u8> {
    let sheet = "#set document(title: \"Minh chứng\")\n#set text(font: \"Tinos\")\nMinh chứng";
    let at = "2026-08-17T01:30:00Z".parse().unwrap();
    files::Template::new("evidence.typ", sheet)
        .render(&serde_json::json!({}), at)
        .unwrap()
        .into_bytes()
}

pub(crate) fn done(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

/// What stands on a page between its frame, a line for each piece of text.
pub(crate) fn read_aloud(page: &str) -> String {
    let main = page.split_once("<main").unwrap().1.split_once("</main>").unwrap().0;
    let pieces = main.split('<').map(|piece| piece.split_once('>').map_or("", |piece| piece.1));
    let lines = pieces.map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// The words of a PDF as they lie on its pages; none where nothing here can read them.
pub(crate) fn words_of(bytes: &[u8]) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.pdf");
    std::fs::write(&path, bytes).unwrap();
    let read = std::process::Command::new("pdftotext").arg("-layout").arg(&path).arg("-").output();
    let Ok(read) = read else {
        let said = "pdftotext is not installed (Debian: poppler-utils); not read back";
        assert!(std::env::var_os("TINHSO_TEST_REQUIRED").is_none(), "{said}");
        eprintln!("SKIPPED: {said}");
        return None;
    };
    assert!(read.status.success());
    let text = String::from_utf8(read.stdout).unwrap();
    let lines = text.lines().map(str::trim_end).filter(|line| !line.is_empty());
    Some(lines.collect::<Vec<_>>().join("\n"))
}
