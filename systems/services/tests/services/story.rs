//! From everyday words to a result: a citizen files online, is asked for more, and withdraws.
use crate::common::{Browser, MORNING, open, photo, run, suong, tu};
use axum::http::StatusCode;
use casework::{Command, Note, Stamp, SupplementReason};
use desk::testing::House;
use kernel::CaseCode;
use store::store_test;

/// A household business: most of it is known of the applicant, some is asked.
const SHOP: &str = "1.001612";

/// Fills in the form of a household business to its end; answers the address of the draft.
pub(crate) async fn filled(browser: &Browser<'_>) -> String {
    let draft = browser.begin(SHOP).await;
    fill(browser, &draft).await;
    draft
}

async fn fill(browser: &Browser<'_>, draft: &str) {
    for (question, fields) in [
        ("noi-nhan", vec![("a", "H55.25")]),
        ("o-ten_ho", vec![("a", "Phở Sương")]),
        ("o-dia_diem", vec![("a", "Số 12, đường Hoàng Văn Thụ")]),
        ("o-xa_kinh_doanh", vec![("a", "phuong phan dinh phung")]),
        ("o-nganh_nghe", vec![("a", "Ăn uống")]),
        ("o-von", vec![("a", "50.000.000")]),
        ("o-so_lao_dong", vec![("a", "3")]),
        ("o-thue", vec![("a", "ke_khai")]),
        ("tra-ket-qua", vec![("a", "quay")]),
    ] {
        let fields = if question == "noi-nhan" {
            vec![("a", office(browser).await)]
        } else {
            fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect()
        };
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let answer = browser.answer(draft, question, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{question}: {}", answer.text());
    }
    for paper in ["giay-bien-ban-hop", "giay-uy-quyen"] {
        let answer = browser.answer(draft, paper, &[("khong-co", "1")]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{paper}: {}", answer.text());
    }
}

/// The code of the office of phường Phan Đình Phùng.
async fn office(browser: &Browser<'_>) -> String {
    let directory = browser.house.desk.front.directory.get();
    let place = "05443".parse().unwrap();
    let mut agencies = directory.agencies();
    agencies.find(|agency| agency.place.as_ref() == Some(&place)).unwrap().code.to_string()
}

/// Sends a draft; answers the code of the dossier.
pub(crate) async fn sent(browser: &Browser<'_>, draft: &str) -> String {
    let answer = browser.post(&format!("{draft}/gui"), &[]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    let address = answer.location().to_owned();
    address.strip_prefix("/toi/ho-so/").unwrap().strip_suffix("/bien-nhan").unwrap().to_owned()
}

/// The clerk at the counter of phường Phan Đình Phùng does something with a dossier.
pub(crate) async fn officer(house: &House, code: &str, command: Command) {
    let clerk = house.officer(&house.sign_in("phuong-phan-dinh-phung/nong-thi-hien")).await;
    let (desk, code): (_, CaseCode) = (house.desk.clone(), code.parse().unwrap());
    let now = house.desk.now();
    let stamp = Stamp { actor: clerk.actor(), happened_at: now, recorded_at: now };
    let done = house.desk.front.store.write(move |tx| {
        let case = desk::load_dossier(tx, &desk.front.tenant, &code)?.unwrap();
        desk::act(tx, &desk, case, None, &command, &stamp).map(|_| ())
    });
    done.await.unwrap();
}

store_test! {
    fn a_shop_is_registered_from_a_telephone(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let found = browser.get("/dich-vu?q=mo+quan+pho").await.text();
            assert!(found.contains("Đăng ký thành lập hộ kinh doanh"), "{found}");
            let before = browser.get(&format!("/dich-vu/{SHOP}")).await.text();
            assert!(before.contains("3 ngày làm việc") && before.contains("Bắt đầu"));

            let draft = filled(&browser).await;
            let check = browser.get(&format!("{draft}/kiem-tra")).await.text();
            for known in ["019197008821", "0912345604", "Dữ liệu định danh", "Phở Sương", "Phường Phan Đình Phùng"] {
                assert!(check.contains(known), "{known} is not in {check}");
            }
            let code = sent(&browser, &draft).await;
            let receipt = browser.get(&format!("/toi/ho-so/{code}/bien-nhan")).await.text();
            assert!(receipt.contains(&code) && receipt.contains("Khóa tra cứu"), "{receipt}");
            let pdf = browser.get(&format!("/toi/ho-so/{code}/bien-nhan.pdf")).await;
            assert!(pdf.bytes.starts_with(b"%PDF-"), "{}", pdf.text());
            let proof = browser.get(&format!("/toi/ho-so/{code}/bien-nhan.json")).await.text();
            assert!(proof.contains("leaf"), "{proof}");
            assert!(browser.get("/toi").await.text().contains(&code));

            // Sent again, it is the same dossier.
            assert_eq!(sent(&browser, &draft).await, code);
            let desk = house.desk.clone();
            let counted = house.desk.front.store.read(move |tx| {
                let (from, to) = (MORNING.parse().unwrap(), "2027-01-01T00:00:00Z".parse().unwrap());
                services::measures::once_only(tx, &desk.front.tenant, from, to)
            });
            let counted = counted.await.unwrap();
            assert_eq!((counted.filings, counted.fields_known), (1, 2), "{counted:?}");
        });
    }
}

store_test! {
    fn papers_are_asked_for_and_sent_in_place(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = filled(&browser).await;
            let code = sent(&browser, &draft).await;
            let ask = Command::RequestSupplement {
                reason: SupplementReason::MissingPaper,
                note: "Thiếu biên bản họp của gia đình; số vốn ghi chưa đúng.".into(),
            };
            officer(&house, &code, ask).await;
            let home = browser.get("/").await.text();
            assert!(home.contains("đang chờ ông/bà bổ sung"), "{home}");
            let address = format!("/toi/ho-so/{code}/bo-sung");
            let page = browser.get(&address).await.text();
            assert!(page.contains("Thiếu biên bản họp"), "{page}");
            let empty = browser.upload(&address, &[], &[]).await;
            assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
            let papers = [("giay-bien-ban-hop", "bien-ban.jpg", &photo()[..])];
            let done = browser.upload(&address, &[("o-von", "60.000.000")], &papers).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
            let story = browser.get(&format!("/toi/ho-so/{code}")).await.text();
            assert!(story.contains("60.000.000") && story.contains("Đã bổ sung"), "{story}");
            assert!(story.contains("Biên bản họp"), "{story}");
            // The papers are in the person's store now, and offered in the next filing.
            let papers = browser.get("/toi/giay-to").await.text();
            assert!(papers.contains("Biên bản họp"), "{papers}");
            let again = browser.begin(SHOP).await;
            let page = browser.get(&format!("{again}/giay-bien-ban-hop")).await.text();
            assert!(page.contains("Đã có trong giấy tờ") && page.contains(&code), "{page}");
        });
    }
}

store_test! {
    fn a_dossier_is_taken_back(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let code = sent(&browser, &filled(&browser).await).await;
            let address = format!("/toi/ho-so/{code}/rut");
            assert!(browser.get(&address).await.text().contains("Rút hồ sơ"));
            let done = browser.post(&address, &[("ly-do", "Chưa mở quán nữa")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER);
            let page = browser.get(&format!("/toi/ho-so/{code}")).await.text();
            assert!(page.contains("đã rút hồ sơ"), "{page}");
        });
    }
}

store_test! {
    fn nobody_sees_what_is_anothers(store: Store) {
        let house = open(&store);
        run(async {
            let (mine, other) = (Browser::of(&house, &suong()), Browser::of(&house, &tu()));
            let draft = filled(&mine).await;
            for path in [format!("{draft}/1"), format!("{draft}/kiem-tra")] {
                assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            assert_eq!(other.post(&format!("{draft}/gui"), &[]).await.status, StatusCode::NOT_FOUND);
            let code = sent(&mine, &draft).await;
            for path in ["", "/bien-nhan", "/bien-nhan.pdf", "/bien-nhan.json", "/bo-sung", "/rut"] {
                let path = format!("/toi/ho-so/{code}{path}");
                assert_eq!(other.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
            }
            let signed_out = house.get(&format!("/toi/ho-so/{code}"), "").await;
            assert!(signed_out.location().starts_with("/vao?tiep="));
        });
    }
}

store_test! {
    fn two_windows_on_one_draft_lose_nothing(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let address = format!("{draft}/o-ten_ho");
            let (first, second) = (browser.get(&address).await, browser.get(&address).await);
            let carried = |page: &desk::testing::Answer| crate::common::hidden(&page.text())["_cu"].clone();
            let done = browser.post(&address, &[("_cu", &carried(&first)), ("a", "Phở Sương")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER);
            let late = browser.post(&address, &[("_cu", &carried(&second)), ("a", "Bún Sương")]).await;
            assert_eq!(late.status, StatusCode::CONFLICT);
            let page = late.text();
            assert!(page.contains("Phở Sương") && page.contains("Bún Sương"), "{page}");
            // Whoever confirms has the last word.
            let again = crate::common::hidden(&page)["_cu"].clone();
            let done = browser.post(&address, &[("_cu", &again), ("a", "Bún Sương")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER);
            // Another question in an old window is no conflict.
            let done = browser.answer(&draft, "o-von", &[("a", "1000")]).await;
            assert_eq!(done.status, StatusCode::SEE_OTHER);
        });
    }
}

store_test! {
    fn a_session_that_ends_while_typing_loses_nothing(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let address = format!("{draft}/o-dia_diem");
            let nobody = house.post(&address, "", &[("_cau", "o-dia_diem"), ("a", "Số 12, ngõ 3")]).await;
            assert_eq!(nobody.location(), format!("/vao?tiep={}", web::http::encoded(&address)));
            let back = Browser::of(&house, &suong());
            let page = back.get(&address).await.text();
            assert!(page.contains("Số 12, ngõ 3") && page.contains("đăng nhập lại"), "{page}");
            back.answer(&draft, "o-dia_diem", &[("a", "Số 12, ngõ 3")]).await;
            let page = back.get(&address).await.text();
            assert!(page.contains("Số 12, ngõ 3") && !page.contains("đăng nhập lại"), "{page}");
        });
    }
}

store_test! {
    fn what_is_typed_wrong_comes_back_with_what_to_do(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin("1.001193").await;
            let day = [("a-day", "31"), ("a-month", "11"), ("a-year", "2026")];
            let answer = browser.answer(&draft, "o-ngay_sinh", &day).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
            let page = answer.text();
            assert!(page.contains("Lỗi:") && page.contains("30 ngày") && page.contains("value=\"31\""), "{page}");
            let answer = browser.answer(&draft, "o-noi_sinh", &[("a", "hoa binh")]).await;
            let page = answer.text();
            assert!(page.contains("nhiều nơi cùng tên"), "{page}");
            let chosen = browser.answer(&draft, "o-noi_sinh", &[("a", "hoa binh"), ("a-noi", "05443")]).await;
            assert_eq!(chosen.status, StatusCode::SEE_OTHER);
            // Sending with questions open names them all.
            let unsent = browser.post(&format!("{draft}/gui"), &[]).await;
            assert_eq!(unsent.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(unsent.text().contains("Giới tính: chưa trả lời"), "{}", unsent.text());
            // A photo taken sideways becomes an upright page, with both hashes shown.
            let address = format!("{draft}/giay-giay-chung-sinh");
            let page = browser.get(&address).await.text();
            let seen = crate::common::hidden(&page)["_cu"].clone();
            let files = [("tep", "IMG_0012.jpg", &photo()[..])];
            let sent = browser.upload(&address, &[("_cu", &seen), ("them", "1")], &files).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
            let page = browser.get(&address).await.text();
            assert!(page.contains("IMG_0012.jpg") && page.contains("đã xoay thẳng"), "{page}");
            let bad = browser.upload(&address, &[("_cu", &seen)], &[("tep", "x.exe", b"MZ")]).await;
            assert_eq!(bad.status, StatusCode::UNPROCESSABLE_ENTITY);
        });
    }
}

store_test! {
    fn the_form_is_served_as_the_document_that_checks_it(store: Store) {
        let house = open(&store);
        run(async {
            let answer = house.get(&format!("/dich-vu/{SHOP}/mau.json"), "").await;
            assert_eq!(answer.headers["content-type"], "application/schema+json");
            assert!(answer.text().contains("https://json-schema.org/draft/2020-12/schema"));
        });
    }
}

store_test! {
    fn a_province_has_words_of_its_own(store: Store) {
        let house = open(&store);
        let desk = house.desk.clone();
        let own = "[names]\n\"1.001612\" = [\"mở hàng bún đậu mắm tôm\"]\n";
        let keep = move |names: &'static str| {
            let desk = desk.clone();
            let front = desk.front.clone();
            front.store.write(move |tx| services::words::keep(tx, &desk.front.tenant, Some(names), None, desk.now())).wait()
        };
        assert!(keep("[names]\n\"1.\" = []\n").unwrap_err().to_string().contains("line 2"));
        keep(own).unwrap();
        let router = services::router(house.desk.clone());
        run(async {
            let found = house.send_to(&router, "/dich-vu?q=bun+dau+mam+tom").await;
            // The router stands without its hall here, and without its address of the asker.
            assert!(found.text().contains("hộ kinh doanh"), "{}", found.text());
        });
    }
}

store_test! {
    fn a_form_filled_without_a_connection_is_sent_once(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let draft = browser.begin(SHOP).await;
            let whole = format!("{draft}/ca-don");
            let page = browser.get(&whole).await.text();
            assert!(page.contains("data-offline") && page.contains("nằm trong trình duyệt của máy này"), "{page}");
            let typed = [("o-ten_ho", "Phở Sương"), ("o-von", "1.000"), ("o-so_lao_dong", "ba")];
            let wrong = browser.post(&whole, &typed).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(wrong.text().contains("Phở Sương") && wrong.text().contains("Chỉ nhập chữ số"));
            let typed = [("o-ten_ho", "Phở Sương"), ("o-von", "1.000"), ("o-so_lao_dong", "3")];
            for _ in 0..2 {
                let done = browser.post(&whole, &typed).await;
                assert_eq!(done.location(), format!("{draft}/kiem-tra"));
            }
            let check = browser.get(&format!("{draft}/kiem-tra")).await.text();
            assert!(check.contains("Phở Sương") && check.contains("1.000"), "{check}");
            for path in ["/sw.js", "/manifest.webmanifest", "/khong-mang"] {
                assert_eq!(house.get(path, "").await.status, StatusCode::OK, "{path}");
            }
            let home = house.get("/", "").await.text();
            let script = home.split("/tro-giup/").nth(1).unwrap().split('"').next().unwrap();
            let script = house.get(&format!("/tro-giup/{script}"), "").await;
            assert_eq!(script.headers["content-type"], "text/javascript; charset=utf-8");
        });
    }
}

store_test! {
    fn somebody_files_for_another_by_a_mandate_of_both(store: Store) {
        let house = open(&store);
        run(async {
            let (suong, tu) = (Browser::of(&house, &suong()), Browser::of(&house, &tu()));
            let page = "/toi/uy-quyen";
            let own = suong.post(page, &[("lam", "nho"), ("so", "019197008821")]).await;
            assert!(own.text().contains("số của chính ông/bà"), "{}", own.text());
            let asked = suong.post(page, &[("lam", "nho"), ("so", "019 095 001 234")]).await;
            assert_eq!(asked.status, StatusCode::SEE_OTHER);
            let seen = tu.get(page).await.text();
            assert!(seen.contains("Hoàng Thị Mai Sương nhờ ông/bà"), "{seen}");
            let mandate = crate::common::hidden(&seen)["uy-quyen"].clone();
            // Before it is taken it lets nobody do anything; whoever offered it cannot take it.
            let start = [("thu-tuc", SHOP), ("thay", mandate.as_str())];
            assert_eq!(tu.post("/lam", &start).await.status, StatusCode::NOT_FOUND);
            let by_owner = suong.post(page, &[("lam", "nhan"), ("uy-quyen", &mandate)]).await;
            assert_eq!(by_owner.status, StatusCode::NOT_FOUND);
            let taken = tu.post(page, &[("lam", "nhan"), ("uy-quyen", &mandate)]).await;
            assert_eq!(taken.status, StatusCode::SEE_OTHER);
            assert!(tu.get(&format!("/dich-vu/{SHOP}")).await.text().contains("Thay Hoàng Thị Mai Sương"));

            let draft = tu.post("/lam", &start).await.location().to_owned();
            fill(&tu, &draft).await;
            let check = tu.get(&format!("{draft}/kiem-tra")).await.text();
            assert!(check.contains("019197008821"), "what is known is of the applicant: {check}");
            let code = sent(&tu, &draft).await;
            // The dossier is the applicant's; the journal names who filed it.
            assert!(suong.get("/toi").await.text().contains(&code));
            assert!(tu.get("/toi").await.text().contains("nộp thay"));
            let (desk, parsed): (_, CaseCode) = (house.desk.clone(), code.parse().unwrap());
            let story = house.desk.front.store.read(move |tx| {
                let case = desk::load_dossier(tx, &desk.front.tenant, &parsed)?.unwrap();
                let events = journal::read_case(tx, &desk.front.tenant, case.id)?;
                Ok::<_, desk::Error>((case.applicant, events[0].actor.clone()))
            });
            let (applicant, actor) = story.await.unwrap();
            assert_eq!(applicant, suong.signed.party);
            assert_eq!(actor, kernel::Actor::Party(tu.signed.party));

            // Ended, the helper neither sees nor sends anything of hers.
            let second = tu.post("/lam", &start).await.location().to_owned();
            fill(&tu, &second).await;
            let ended = suong.post(page, &[("lam", "thoi"), ("uy-quyen", &mandate)]).await;
            assert_eq!(ended.status, StatusCode::SEE_OTHER);
            let unsent = tu.post(&format!("{second}/gui"), &[]).await;
            assert_eq!(unsent.status, StatusCode::NOT_FOUND);
            assert_eq!(tu.get(&format!("/toi/ho-so/{code}")).await.status, StatusCode::NOT_FOUND);
        });
    }
}

store_test! {
    fn what_was_sent_whole_is_taken_on_as_it_stands(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let code = sent(&browser, &filled(&browser).await).await;
            // The form is what she answered, and who she is was shown by signing in.
            officer(&house, &code, Command::Accept { note: Note::default() }).await;
            let page = browser.get(&format!("/toi/ho-so/{code}")).await.text();
            assert!(page.contains("Đang giải quyết"), "{page}");
        });
    }
}
