//! Nobody brings the state what the state has: results and papers are used again.
use axum::http::StatusCode;
use desk::{EndGround, NewResult, ResultSource, testing::House};
use kernel::CaseCode;
use store::store_test;

use crate::{
    common::{Browser, open, run, suong, tu},
    story::{filled, office, saved, sent},
};

/// Support with a funeral: asks for an excerpt from the register of deaths, where there is one.
const FUNERAL: &str = "1.001731";

/// The office ends a dossier with an excerpt from the register of deaths; answers its hash.
async fn excerpt(house: &House, code: &str) -> String {
    let me = house.officer(&house.sign_in("phuong-phan-dinh-phung/nong-thi-hien")).await;
    let stamp = stamp(house, &me);
    let content = b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n";
    let file = house.desk.blobs.put(files::Kind::Pdf, &content[..], 1 << 20).unwrap();
    let new = NewResult {
        serial: 1,
        name: "Trích lục khai tử".into(),
        number: "12/TL-KT".into(),
        source: ResultSource::Upload,
        file,
        signed_by: "UBND phường Phan Đình Phùng".into(),
        certificate: file.hash,
        by: (me.officer.person, me.seat()),
        replaces: None,
    };
    let (desk, code): (_, CaseCode) = (house.desk.clone(), code.parse().unwrap());
    let issued = house.desk.front.store.write(move |tx| {
        let case = desk::load_dossier(tx, &desk.front.tenant, &code)?.unwrap();
        desk::issue_result(tx, &desk, &case, &new, &stamp)
    });
    issued.await.unwrap().hash
}

fn stamp(house: &House, me: &web::SignedIn) -> casework::Stamp {
    let now = house.desk.now();
    casework::Stamp { actor: me.actor(), happened_at: now, recorded_at: now }
}

/// An application for support with a funeral, all but its paper.
async fn funeral(browser: &Browser<'_>) -> String {
    let draft = browser.begin(FUNERAL).await;
    let office = office(browser).await;
    for (question, fields) in [
        ("noi-nhan", vec![("a", office.as_str())]),
        ("o-nguoi_mat", vec![("a", "Hoàng Văn Mạc")]),
        ("o-so_dinh_danh", vec![("a", "019037001234")]),
        ("o-ngay_mat", vec![("a-day", "1"), ("a-month", "11"), ("a-year", "2026")]),
        ("o-quan_he", vec![("a", "con")]),
        ("o-tai_khoan", vec![("a", "")]),
        ("tra-ket-qua", vec![("a", "quay")]),
    ] {
        let answer = browser.answer(&draft, question, &fields).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{question}: {}", answer.text());
    }
    draft
}

store_test! {
    fn what_the_province_signed_is_not_asked_for_again(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            assert!(browser.get("/toi/giay-to").await.text().contains("Chưa có giấy tờ nào"));
            let code = sent(&browser, &filled(&browser).await).await;
            let hash = excerpt(&house, &code).await;
            let papers = browser.get("/toi/giay-to").await.text();
            assert!(papers.contains("Trích lục khai tử") && papers.contains("ký số ngày 23/11/2026"), "{papers}");
            assert!(papers.contains(&format!("/toi/ket-qua/{code}/1")), "{papers}");
            assert!(!Browser::of(&house, &tu()).get("/toi/giay-to").await.text().contains("Trích lục"));

            let draft = funeral(&browser).await;
            let question = "giay-khai-tu";
            let page = browser.get(&format!("{draft}/{question}")).await.text();
            assert!(page.contains("Đã có trong giấy tờ") && page.contains("ký số"), "{page}");
            let chosen = browser.answer(&draft, question, &[("co-san", hash.as_str())]).await;
            assert_eq!(chosen.status, StatusCode::SEE_OTHER, "{}", chosen.text());
            let check = browser.get(&format!("{draft}/kiem-tra")).await.text();
            assert!(check.contains("kết quả đã ký số của hồ sơ"), "{check}");
            let second = sent(&browser, &draft).await;
            let receipt = browser.get(&format!("/toi/ho-so/{second}")).await.text();
            assert!(receipt.contains("Trích lục khai tử") && receipt.contains("Nhà nước đã có"), "{receipt}");
            let saved = saved(&house).await;
            assert_eq!((saved.papers, saved.papers_known), (1, 1), "{saved:?}");
        });
    }
}

store_test! {
    fn a_result_that_was_taken_back_is_not_handed_in(store: Store) {
        let house = open(&store);
        run(async {
            let browser = Browser::of(&house, &suong());
            let code = sent(&browser, &filled(&browser).await).await;
            let hash = excerpt(&house, &code).await;
            let draft = funeral(&browser).await;
            browser.answer(&draft, "giay-khai-tu", &[("co-san", hash.as_str())]).await;

            let me = house.officer(&house.sign_in("phuong-phan-dinh-phung/nong-thi-hien")).await;
            let (desk, stamp, parsed) = (house.desk.clone(), stamp(&house, &me), code.parse::<CaseCode>().unwrap());
            let revoked = house.desk.front.store.write(move |tx| {
                let case = desk::load_dossier(tx, &desk.front.tenant, &parsed)?.unwrap();
                desk::revoke_result(tx, &desk, &case, 1, EndGround::Mistake, &stamp)
            });
            revoked.await.unwrap();
            let unsent = browser.post(&format!("{draft}/gui"), &[]).await;
            assert_eq!(unsent.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(unsent.text().contains("nay đã thay hoặc thu hồi"), "{}", unsent.text());
            assert!(!browser.get("/toi/giay-to").await.text().contains("Trích lục"));
            // Without it, the application can go.
            let gone = [("bo", hash.as_str()), ("khong-co", "1")];
            browser.answer(&draft, "giay-khai-tu", &gone).await;
            sent(&browser, &draft).await;
        });
    }
}
