//! A working day: what waits, what is done, what is refused and why, from form to page.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use std::collections::BTreeSet;

use axum::http::StatusCode;
use casework::Case;
use kernel::{CaseCode, Id};
use one_stop::testing::{self, House};
use store::store_test;

const MONDAY: &str = "2026-11-23T02:14:00Z";
const COUNTER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const EXPERT: &str = "phuong-phan-dinh-phung/ma-van-khanh";
const DEPUTY: &str = "phuong-phan-dinh-phung/tran-thu-ha";
const HEAD: &str = "phuong-phan-dinh-phung/chu-tich";

/// A birth is registered at the counter of the ward, complete, and taken on.
async fn birth(house: &House, counter: &str, name: &str) -> Case {
    let mut filing = testing::birth(name);
    filing.applicant.phone = Some("0912345604".parse().unwrap());
    house.file(counter, filing).await
}

fn path(case: &Case, command: &str) -> String {
    format!("/ho-so/{}/viec/{command}", case.code)
}

store_test!(
    fn a_birth_goes_from_the_expert_to_the_deputy_and_home(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert, deputy] = [COUNTER, EXPERT, DEPUTY].map(|who| house.sign_in(who));
        run(async move {
            let case = birth(&house, &counter, "Hoàng Thị Mai Sương").await;
            let code = case.code.as_str();

            let work = house.get("/viec", &expert).await.text();
            assert!(work.contains(code) && work.contains("Hoàng Thị Mai Sương"), "{work}");
            let found = house.get("/viec?q=mai+suong", &expert).await.text();
            assert!(found.contains(code), "found by a name without marks");
            let found = house.get("/viec?q=ngoc+anh", &expert).await.text();
            assert!(!found.contains(code));

            let dossier = house.get(&format!("/ho-so/{code}"), &expert).await.text();
            for said in
                ["Đạt, trình ký", "Ma Văn Khánh", "Hẹn trả", "0912 ••• 604", "Nông Thị Hiền"]
            {
                assert!(dossier.contains(said), "{said}: {dossier}");
            }
            let version = case.version.to_string();
            let fields =
                [("version", version.as_str()), ("do", "tham-tra dat"), ("note", "Đã ghi sổ")];
            let done = house.post(&path(&case, "complete"), &expert, &fields).await;
            assert_eq!(
                (done.status, done.location()),
                (StatusCode::SEE_OTHER, "/viec"),
                "{}",
                done.text()
            );
            assert!(!house.get("/viec", &expert).await.text().contains(code));

            assert!(house.get("/viec", &deputy).await.text().contains(code));
            let done = house.post(&path(&case, "complete"), &deputy, &[("do", "ky ky")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());

            let results = house.get("/tra-ket-qua", &counter).await.text();
            assert!(results.contains(code), "{results}");
            let fields = [("note", "Bà Sương nhận"), ("back", "/tra-ket-qua")];
            let done = house.post(&path(&case, "return_result"), &counter, &fields).await;
            assert_eq!(done.location(), "/tra-ket-qua", "{}", done.text());
            assert!(!house.get("/tra-ket-qua", &counter).await.text().contains(code));

            let dossier = house.get(&format!("/ho-so/{code}"), &counter).await.text();
            for said in ["Đã trả kết quả", "Trần Thu Hà", "Bà Sương nhận", "Đã ghi sổ", "Xong"]
            {
                assert!(dossier.contains(said), "{said}: {dossier}");
            }
        });
    }
);

store_test!(
    fn who_does_not_hold_it_is_told_who_does(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, head] = [COUNTER, HEAD].map(|who| house.sign_in(who));
        run(async move {
            let case = birth(&house, &counter, "Nguyễn Thế Vinh").await;
            let dossier = house.get(&format!("/ho-so/{}", case.code), &head).await.text();
            let why =
                "Hồ sơ đang do người khác giữ. Người làm được: Ma Văn Khánh, Công chức tư pháp";
            assert!(dossier.contains(why), "{dossier}");
            let fields = [("do", "tham-tra dat"), ("note", "chữ đã gõ")];
            let answer = house.post(&path(&case, "complete"), &head, &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let page = answer.text();
            assert!(page.contains(why) && page.contains("chữ đã gõ"), "{page}");
        });
    }
);

store_test!(
    fn a_second_request_for_papers_names_the_head(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert, head] = [COUNTER, EXPERT, HEAD].map(|who| house.sign_in(who));
        run(async move {
            let case = birth(&house, &counter, "Lý Thị Xuân").await;
            let ask = [("reason", "missing_paper"), ("note", "Thiếu tờ khai có chữ ký")];
            let asked = house.post(&path(&case, "request_supplement"), &expert, &ask).await;
            assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.text());
            let work = house.get("/viec?phan=cho-nguoi-khac", &expert).await.text();
            assert!(work.contains(case.code.as_str()) && work.contains("khi có bổ sung"), "{work}");

            house.at("2026-11-23T02:34:00Z");
            let came = house
                .post(&path(&case, "receive_supplement"), &counter, &[("paper", "to-khai")])
                .await;
            assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.text());

            let again = house.post(&path(&case, "request_supplement"), &expert, &ask).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(again.text().contains("Thiếu tờ khai có chữ ký"), "what was typed stays");
            let dossier = house.get(&format!("/ho-so/{}", case.code), &expert).await.text();
            assert!(dossier.contains("Lần hai cần người đứng đầu"), "{dossier}");
            assert!(dossier.contains("Lương Mạnh Cường, Chủ tịch UBND phường"), "{dossier}");

            let leave = [("note", "Giấy chứng sinh tẩy xóa")];
            let given = house.post(&path(&case, "approve_second_supplement"), &head, &leave).await;
            assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.text());
            let again = house.post(&path(&case, "request_supplement"), &expert, &ask).await;
            assert_eq!(again.status, StatusCode::SEE_OTHER, "{}", again.text());
        });
    }
);

store_test!(
    fn of_two_at_once_the_slower_keeps_what_was_typed(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert, head] = [COUNTER, EXPERT, HEAD].map(|who| house.sign_in(who));
        run(async move {
            let case = birth(&house, &counter, "Vi Văn Thắng").await;
            let seen = case.version.to_string();
            let hold = [("reason", "dispute"), ("note", "Có đơn tranh chấp")];
            let held = house.post(&path(&case, "suspend"), &head, &hold).await;
            assert_eq!(held.status, StatusCode::SEE_OTHER, "{}", held.text());

            let typed = "Đã thẩm tra, đủ điều kiện, đề nghị ký";
            let fields = [("version", seen.as_str()), ("do", "tham-tra dat"), ("note", typed)];
            let slower = house.post(&path(&case, "complete"), &expert, &fields).await;
            assert_eq!(slower.status, StatusCode::CONFLICT);
            let page = slower.text();
            for said in [typed, "Trong lúc đó", "Có đơn tranh chấp", "Lương Mạnh Cường"]
            {
                assert!(page.contains(said), "{said}: {page}");
            }
        });
    }
);

store_test!(
    fn of_three_at_once_the_one_that_fails_is_reported(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert, head] = [COUNTER, EXPERT, HEAD].map(|who| house.sign_in(who));
        run(async move {
            let mut cases = Vec::new();
            for name in ["Một", "Hai", "Ba"] {
                cases.push(birth(&house, &counter, name).await);
            }
            let hold = [("reason", "dispute"), ("note", "Có đơn")];
            house.post(&path(&cases[1], "suspend"), &head, &hold).await;
            let codes = cases.iter().map(|case| case.code.as_str()).collect::<Vec<_>>();
            let ticked = codes.iter().map(|code| format!("{code}/tham-tra")).collect::<Vec<_>>();
            let mut fields: Vec<_> = ticked.iter().map(|one| ("case", one.as_str())).collect();
            fields.push(("do", "complete.dat-trinh-ky"));
            let report = house.post("/viec/hang-loat", &expert, &fields).await;
            assert_eq!(report.status, StatusCode::OK);
            let page = report.text();
            assert!(
                page.contains("1 hồ sơ chưa làm được") && page.contains("2 hồ sơ khác"),
                "{page}"
            );
            assert!(page.contains(codes[1]) && !page.contains(codes[0]), "{page}");
            assert!(page.contains("Tạm dừng theo luật"), "and why: {page}");
            let left = house.get("/viec", &expert).await.text();
            assert!(
                left.contains(codes[1]) && !left.contains(codes[0]) && !left.contains(codes[2])
            );
            let again = house.post("/viec/hang-loat", &expert, &fields).await.text();
            assert!(again.contains("3 hồ sơ chưa làm được"), "the step is over: {again}");
        });
    }
);

store_test!(
    fn a_thousand_dossiers_come_page_by_page_each_once(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert] = [COUNTER, EXPERT].map(|who| house.sign_in(who));
        run(async move {
            let first = birth(&house, &counter, "Hoàng Thị Mai Sương").await;
            let agency =
                house.desk.moment().directory.agency(first.received_by).unwrap().code.clone();
            let desk = house.desk.clone();
            let written = store.write(move |tx| {
                for serial in 2..=1000 {
                    let mut case = first.clone();
                    case.id = Id::from_uuid(uuid(serial));
                    case.code = CaseCode::new(&agency, kernel::today(case.submitted_at), serial);
                    casework::insert_case(tx, &desk.front.tenant, &desk.moment(), &case)?;
                    casework::sync_work(
                        tx,
                        &desk.front.tenant,
                        case.id,
                        &[],
                        &casework::items(&case),
                    )?;
                }
                Ok::<_, one_stop::Error>(())
            });
            written.await.unwrap();

            let (mut seen, mut at, mut pages) = (BTreeSet::new(), "/viec".to_owned(), 0);
            loop {
                let page = house.get(&at, &expert).await.text();
                assert!(page.len() < 300_000, "a page has a bound: {}", page.len());
                assert!(page.contains("1.000"), "the count is of all");
                let codes: Vec<&str> = page.split("name=\"case\" value=\"").skip(1).collect();
                assert!(codes.len() <= 50);
                for code in codes {
                    let code = code.split('"').next().unwrap().to_owned();
                    assert!(seen.insert(code.clone()), "{code} came twice");
                }
                pages += 1;
                let Some((_, next)) = page.split_once("rel=\"next\" href=\"") else { break };
                at = next.split('"').next().unwrap().replace("&amp;", "&");
            }
            assert_eq!((seen.len(), pages), (1000, 20));
        });
    }
);

store_test!(
    fn a_look_at_the_whole_number_is_written_down(store: Store) {
        let house = House::open(&store, MONDAY);
        let [counter, expert] = [COUNTER, EXPERT].map(|who| house.sign_in(who));
        run(async move {
            let case = birth(&house, &counter, "Triệu Mùi Pham").await;
            let page = house.post(&format!("/ho-so/{}/danh-tinh", case.code), &expert, &[]).await;
            assert!(page.text().contains("0912345604"), "{}", page.text());
            let (tenant, party, now) =
                (house.desk.front.tenant.clone(), case.applicant, house.desk.now());
            let looks = store.read(move |tx| {
                let later = kernel::from_micros(kernel::micros(now) + 1);
                identity::audit::looks_at(tx, &tenant, party, later, 10)
            });
            let looks = looks.await.unwrap();
            assert_eq!(looks.len(), 1);
            assert_eq!((looks[0].action.as_str(), looks[0].case), ("open_identity", Some(case.id)));
        });
    }
);

#[test]
fn the_texts_of_these_pages_are_whole_in_both_languages() {
    let pairs = [
        (include_str!("../texts/work.vi.ftl"), include_str!("../texts/work.en.ftl")),
        (include_str!("../texts/dossier.vi.ftl"), include_str!("../texts/dossier.en.ftl")),
    ];
    for (vi, en) in pairs {
        assert_eq!(web::i18n::check_parity(vi, en), Ok(()));
    }
    let texts = [&web::TEXTS[..], desk::TEXTS, one_stop::TEXTS].concat();
    let texts = web::Texts::new(&texts).unwrap();
    let pages = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages");
    assert_eq!(web::i18n::check_keys_used(&texts, &pages), Ok(()));
}

fn uuid(n: u32) -> uuid::Uuid {
    uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))
}

fn run(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story);
}
