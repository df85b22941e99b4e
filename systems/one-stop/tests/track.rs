//! Tracking, the register and its files, the head's page, figures and irregularities, as people
//! meet them: through their addresses, on both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use axum::http::StatusCode;
use casework::{
    Case, Channel, Command, Component, DiscontinueGround, ProcedureRef, Stamp, Submit,
    SupplementReason,
};
use identity::party::{self, Party, PartyNumber};
use kernel::{Actor, Instant};
use one_stop::testing::House;
use store::{Store, store_test};

const WARD: &str = "phuong-phan-dinh-phung";
const CODE: &str = "1.004873";

/// The office as its officers use it, without pages.
struct Office<'h>(&'h House);

impl Office<'_> {
    fn actor(&self, slug: &str) -> Actor {
        let person = self.0.persons[&format!("{WARD}/{slug}")];
        let directory = self.0.desk.front.directory.get();
        let post = directory.posts_of(person, self.0.desk.now())[0].post;
        Actor::Officer { person, post, acting_for: None }
    }

    fn stamp(&self, slug: &str) -> Stamp {
        let now = self.0.desk.now();
        Stamp { actor: self.actor(slug), happened_at: now, recorded_at: now }
    }

    /// Files at the counter, and takes on.
    fn receive(&self, name: &str, number: &str) -> Case {
        let (desk, stamp) = (self.0.desk.clone(), self.stamp("nong-thi-hien"));
        let moment = desk.moment();
        let Actor::Officer { post, .. } = stamp.actor else { unreachable!() };
        let agency = moment.directory.post(post).unwrap().agency;
        let code = moment.directory.agency(agency).unwrap().code.clone();
        let party = Party {
            name: name.to_owned(),
            number: Some(PartyNumber::Citizen(number.parse().unwrap())),
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        let store = desk.front.store.clone();
        let filed = store.write(move |tx| {
            let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
            let applicant =
                party::keep(tx, tenant, &desk.keyring, &party, stamp.recorded_at, mint)?;
            let submit = Submit {
                procedure: ProcedureRef { code: CODE.parse().unwrap(), version: 1 },
                applicant,
                channel: Channel::Counter,
                received_by: agency,
                decided_by: agency,
                facts: serde_json::Map::new(),
                components: ["to-khai", "giay-to-tuy-than"].map(paper).to_vec(),
                form_hash: None,
                reopens: None,
                term: None,
            };
            let filed =
                desk.in_office(&moment, |o| casework::file(tx, o, &code, submit, &stamp))?;
            let accept = Command::Accept { note: "đủ theo tờ khai".into() };
            let done = desk.in_office(&moment, |o| {
                casework::handle_loaded(tx, o, filed.case, None, &accept, &stamp)
            })?;
            Ok::<_, one_stop::Error>(done.case)
        });
        filed.wait().unwrap()
    }

    fn act(&self, case: &Case, slug: &str, command: Command) -> Case {
        let stamp = self.stamp(slug);
        self.act_as(case, &stamp, command)
    }

    fn act_as(&self, case: &Case, stamp: &Stamp, command: Command) -> Case {
        let (desk, id, stamp) = (self.0.desk.clone(), case.id, stamp.clone());
        let store = desk.front.store.clone();
        let done = store.write(move |tx| {
            let moment = desk.moment();
            let case = casework::load(tx, &desk.front.tenant, id)?.unwrap();
            let done = desk.in_office(&moment, |o| {
                casework::handle_loaded(tx, o, case, None, &command, &stamp)
            })?;
            Ok::<_, one_stop::Error>(done.case)
        });
        done.wait().unwrap()
    }

    fn finish(&self, case: &Case) -> Case {
        let complete = |step: &str, outcome: &str| Command::Complete {
            step: step.parse().unwrap(),
            outcome: outcome.parse().unwrap(),
            note: "".into(),
        };
        self.act(case, "ma-van-khanh", complete("tham-tra", "dat"));
        self.act(case, "tran-thu-ha", complete("ky", "ky"));
        self.act(case, "van-thu", complete("van-thu", "xong"))
    }
}

fn paper(id: &str) -> Component {
    let (id, source) = (Some(id.to_owned()), "paper".to_owned());
    Component { id, copies: 1, file: None, source }
}

fn open(store: &Store) -> House {
    // Monday 2 November 2026, 09:00 in Việt Nam.
    House::open(store, "2026-11-02T02:00:00Z")
}

store_test!(
    fn an_applicant_sees_where_the_dossier_is_and_what_to_do(store: Store) {
        let house = open(&store);
        let office = Office(&house);
        let case = office.receive("Lường Văn Tú", "019090000821");
        let secret = house.desk.tracking_secret(case.id);
        let address = format!("/tra-cuu?ma={}&khoa={secret}", case.code);
        let get = |address: String| run(async { house.get(&address, "").await });

        let page = get(address.clone());
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let text = page.text();
        assert!(text.contains("ông Tú") && text.contains("Ma Văn Khánh"), "{text}");
        assert!(text.contains("Ông/bà chưa phải làm gì."));
        for private in ["Lường", "019090000821", "821"] {
            assert!(!text.contains(private), "{private} must not be shown");
        }

        let wrong_secret = get(format!("/tra-cuu?ma={}&khoa=AAAAAAAA", case.code));
        let wrong_code = get(format!("/tra-cuu?ma=H55.62-261102-9999&khoa={secret}"));
        assert_eq!(wrong_secret.status, StatusCode::UNPROCESSABLE_ENTITY);
        let sentence = house.words().t("track-wrong");
        assert!(wrong_secret.text().contains(&sentence) && wrong_code.text().contains(&sentence));

        let asked = Command::RequestSupplement {
            reason: SupplementReason::MissingPaper,
            note: "Trích lục ghi chú ly hôn".into(),
        };
        office.act(&case, "ma-van-khanh", asked);
        let text = get(address.clone()).text();
        assert!(text.contains("Thiếu giấy tờ. Trích lục ghi chú ly hôn"), "{text}");

        let receipt = get(format!("/tra-cuu/bien-nhan?ma={}&khoa={secret}", case.code));
        let receipt = journal::Receipt::from_json(&receipt.text()).unwrap();
        assert!(receipt.entry.unwrap().contains("\naccepted\n"));

        (0..20).for_each(|_| drop(get("/tra-cuu?ma=H55.62-261102-0001&khoa=x".to_owned())));
        assert_eq!(get(address).status, StatusCode::TOO_MANY_REQUESTS);
    }
);

store_test!(
    fn the_register_is_searched_filtered_and_taken_along(store: Store) {
        let house = open(&store);
        let office = Office(&house);
        let cases: Vec<Case> = (0..120)
            .map(|n| office.receive(&format!("=Nguyễn Thị {n}"), &format!("0191900{n:05}")))
            .collect();
        let other = office.receive("Hoàng Văn Sơn", "019088000777");
        office.act(&other, "nong-thi-hien", Command::Withdraw { note: "đổi ý".into() });
        let clerk = house.sign_in(&format!("{WARD}/nong-thi-hien"));
        let get = |address: &str| run(async { house.get(address, &clerk).await });
        let found = |address: &str| {
            let page = get(address);
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            page.text().matches("<td class=\"what\">").count()
        };
        assert_eq!(found("/so-theo-doi"), 50);
        assert_eq!(found("/so-theo-doi?q=hoang+van"), 1, "a name, without marks");
        assert_eq!(found("/so-theo-doi?q=019088000777"), 1, "an identity number");
        assert_eq!(found(&format!("/so-theo-doi?q={}", cases[7].code)), 1, "a code");
        assert_eq!(found("/so-theo-doi?q=8"), 1, "a serial number");
        assert_eq!(found("/so-theo-doi?q=261102-0008"), 1, "a day and a serial number");
        assert_eq!(found("/so-theo-doi?trang_thai=withdrawn"), 1);
        assert_eq!(found("/so-theo-doi?trang_thai=dang&kenh=online"), 0);
        assert_eq!(found("/so-theo-doi?tre=dang"), 0);
        assert!(!get("/so-theo-doi").text().contains("019088000777"), "identity is masked");

        // The pages hold every dossier once.
        let (mut seen, mut address) = (Vec::new(), Some("/so-theo-doi".to_owned()));
        while let Some(at) = address {
            let text = get(&at).text();
            seen.extend(
                text.split("<code>").skip(1).map(|t| t.split('<').next().unwrap().to_owned()),
            );
            address = text
                .split("rel=\"next\" href=\"")
                .nth(1)
                .map(|rest| rest.split('"').next().unwrap().replace("&amp;", "&"));
        }
        assert_eq!(seen.len(), 121);
        seen.dedup();
        assert_eq!(seen.len(), 121);

        let csv = get("/so-theo-doi.csv?trang_thai=in_progress");
        let text = csv.text();
        assert!(text.starts_with('\u{feff}') && !text.contains("Hoàng Văn Sơn"));
        assert_eq!(text.lines().count(), 121, "a head and 120 lines");
        assert!(text.contains("'=Nguyễn Thị 7,"), "no formula");
        let xlsx = get("/so-theo-doi.xlsx");
        assert!(xlsx.bytes.starts_with(b"PK") && xlsx.bytes.len() > 5_000);
        let pdf = get("/so-theo-doi.pdf");
        assert!(pdf.bytes.starts_with(b"%PDF"), "{}", pdf.text());

        let elsewhere = get("/so-theo-doi?don_vi=H55.01");
        assert_eq!(elsewhere.status, StatusCode::FORBIDDEN);

        house.at("2026-11-09T02:00:00Z");
        let clerk = house.sign_in(&format!("{WARD}/nong-thi-hien"));
        let late = |address: &str| {
            let page = run(async { house.get(address, &clerk).await });
            page.text().matches("<td class=\"what\">").count()
        };
        assert_eq!(late("/so-theo-doi?tre=dang"), 50);
        assert_eq!(late("/so-theo-doi?tre=co"), 50);
        assert_eq!(late("/so-theo-doi?tre=sap"), 0);
    }
);

store_test!(
    fn a_head_reads_a_sentence_and_opens_every_number(store: Store) {
        let house = open(&store);
        let office = Office(&house);
        let late = office.receive("Một", "019090000001");
        let paused = office.receive("Hai", "019090000002");
        let asked = |text: &str| Command::RequestSupplement {
            reason: SupplementReason::MissingPaper,
            note: text.into(),
        };
        office.act(&paused, "ma-van-khanh", asked("bản gốc"));
        let done = office.receive("Ba", "019090000003");
        house.at("2026-11-03T02:00:00Z");
        office.finish(&done);
        house.at("2026-11-09T02:00:00Z");
        let head = house.sign_in(&format!("{WARD}/chu-tich"));
        let get = |address: &str| {
            let page = run(async { house.get(address, &head).await });
            assert_eq!(page.status, StatusCode::OK, "{address}: {}", page.text());
            page.text()
        };
        let page = get("/don-vi");
        let sentence = "Đang giải quyết <b>2 hồ sơ</b>; quá hạn <b>1</b>";
        assert!(page.replace(['\u{2068}', '\u{2069}'], "").contains(sentence), "{page}");
        assert!(get("/so-theo-doi?tre=dang").contains(late.code.as_str()));
        let held = get("/so-theo-doi?trang_thai=tam_dung");
        assert!(held.contains(paused.code.as_str()) && !held.contains(late.code.as_str()));

        // Item 2.1: one done on time, one late, and one that awaits its supplement in time.
        let figures = get("/so-lieu?ky=2026-11").replace(['\u{2068}', '\u{2069}'], "");
        assert!(figures.contains("66,67%") && figures.contains("13,33 trên 20 điểm"), "{figures}");
        assert!(figures.contains("2 trên 3 hồ sơ"));
        let listed = get("/so-lieu/ho-so?ky=2026-11&loai=766:open_late");
        assert!(listed.contains(late.code.as_str()) && !listed.contains(done.code.as_str()));
        assert!(get("/so-lieu/ho-so?ky=2026-11&loai=ban:early").contains(done.code.as_str()));
        let differs = get("/so-lieu/ho-so?ky=2026-11&loai=khac:paused");
        assert!(differs.contains(paused.code.as_str()));
        let empty = get("/so-lieu?ky=2025-10");
        assert!(
            empty.contains(&house.words().t("figures-none")) && !empty.contains("trên 20 điểm")
        );

        let clerk = house.sign_in(&format!("{WARD}/nong-thi-hien"));
        let refused = run(async { house.get("/so-lieu", &clerk).await });
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
    }
);

store_test!(
    fn asking_twice_is_overdue_by_the_index_and_the_page_says_why(store: Store) {
        let house = open(&store);
        let office = Office(&house);
        let case = office.receive("Một", "019090000001");
        let asked = |text: &str| Command::RequestSupplement {
            reason: SupplementReason::MissingPaper,
            note: text.into(),
        };
        let came = || Command::ReceiveSupplement { components: Vec::new() };
        office.act(&case, "ma-van-khanh", asked("lần một"));
        house.at("2026-11-02T03:00:00Z");
        office.act(&case, "nong-thi-hien", came());
        let leave = Command::ApproveSecondSupplement { note: "giấy tờ mới".into() };
        office.act(&case, "chu-tich", leave);
        office.act(&case, "ma-van-khanh", asked("lần hai"));
        house.at("2026-11-02T07:00:00Z");
        office.act(&case, "nong-thi-hien", came());
        office.finish(&case);
        let head = house.sign_in(&format!("{WARD}/chu-tich"));
        let page = run(async { house.get("/so-lieu/ho-so?loai=khac:asked_again", &head).await });
        assert!(page.text().contains(case.code.as_str()), "{}", page.text());
        let figures = run(async { house.get("/so-lieu", &head).await }).text();
        assert!(figures.contains("0,00%") && figures.contains("100,0%"), "{figures}");
    }
);

store_test!(
    fn irregularities_are_found_in_the_journal(store: Store) {
        let house = open(&store);
        let office = Office(&house);
        let first = office.receive("Một", "019090000001");
        house.at("2026-11-03T02:00:00Z");
        office.act(&first, "nong-thi-hien", Command::Withdraw { note: "xin rút".into() });
        house.at("2026-11-03T08:00:00Z");
        let again = office.receive("Một", "019090000001");
        // At 22:40 somebody closes, as of the afternoon two days before.
        house.at("2026-11-06T15:40:00Z");
        let then: Instant = "2026-11-04T08:00:00Z".parse().unwrap();
        let stamp = Stamp { happened_at: then, ..office.stamp("tran-thu-ha") };
        let stop = Command::Discontinue {
            ground: DiscontinueGround::MootObject,
            note: "không còn đối tượng".into(),
        };
        office.act_as(&again, &stamp, stop);
        let head = house.sign_in(&format!("{WARD}/chu-tich"));
        let page = run(async { house.get("/bat-thuong", &head).await });
        assert_eq!(page.status, StatusCode::OK, "{}", page.text());
        let text = page.text();
        for key in ["irregular-rule-refiled", "irregular-rule-outside_hours"] {
            assert!(text.contains(&house.words().t(key)), "{key}: {text}");
        }
        assert!(!text.contains(&house.words().t("irregular-rule-closing_burst")));
        assert!(text.contains(first.code.as_str()) && text.contains(again.code.as_str()));
    }
);

store_test!(
    fn the_catalogue_is_searched_and_each_procedure_can_be_taken_along(store: Store) {
        let house = open(&store);
        let clerk = house.sign_in(&format!("{WARD}/nong-thi-hien"));
        let get = |address: &str| run(async { house.get(address, &clerk).await });
        let all = get("/thu-tuc").text();
        assert!(all.contains("Hộ tịch") && all.contains(CODE), "{all}");
        assert!(get("/thu-tuc?q=xac+nhan+tinh+trang+hon+nhan").text().contains(CODE));
        let one = get(&format!("/thu-tuc/{CODE}")).text();
        for said in ["15.000", "Đã xác nhận", "Đóng dấu, vào sổ", "Giấy tờ tùy thân"]
        {
            assert!(one.contains(said), "{said}: {one}");
        }
        let text = get(&format!("/thu-tuc/{CODE}/quy-trinh.toml")).text();
        assert!(procedure::load(&text).is_ok());
        assert_eq!(get("/thu-tuc/9.999999").status, StatusCode::NOT_FOUND);
    }
);

fn run<T>(work: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(work)
}
