//! What officers do here: a mandate on paper at the counter, and the figures of once only.
use axum::http::StatusCode;
use desk::testing::House;
use kernel::PartyId;
use store::{args, store_test};

use crate::{
    common::{Browser, hidden, open, photo, run, suong, tu},
    story::{SHOP, filled, saved, sent},
};

const COUNTER: &str = "/quay/uy-quyen";
const SAVED: &str = "/so-lieu/mot-lan";

/// An officer's form with a file.
async fn record(
    house: &House,
    cookie: &str,
    fields: &[(&str, &str)],
    paper: bool,
) -> desk::testing::Answer {
    let officer = Browser {
        house,
        signed: web::front::testing::Signed {
            cookie: cookie.to_owned(),
            csrf: house.csrf(cookie),
            ..Browser::of(house, &tu()).signed
        },
    };
    let file = [("giay", "uy-quyen.jpg", &photo()[..])];
    officer.upload(COUNTER, fields, if paper { &file } else { &[] }).await
}

fn paper() -> Vec<(&'static str, &'static str)> {
    vec![
        ("so", "019197008821"),
        ("ten", "Hoàng Thị Mai Sương"),
        ("so-giup", "019095001234"),
        ("pham-vi", "chon"),
        ("thu-tuc", SHOP),
        ("den-day", "30"),
        ("den-month", "6"),
        ("den-year", "2027"),
        ("da-xem", "1"),
    ]
}

async fn events_of(house: &House, party: PartyId) -> Vec<(String, kernel::Actor, String)> {
    let desk = house.desk.clone();
    let read = house.desk.front.store.read(move |tx| {
        let subject = journal::subject(&identity::party::subject(party));
        journal::read_case(tx, &desk.front.tenant, subject)
    });
    let events = read.await.unwrap();
    let told = events
        .iter()
        .map(|event| (event.kind.to_string(), event.actor.clone(), event.data.as_str().to_owned()));
    told.collect()
}

store_test! {
    fn a_mandate_on_paper_is_written_down_at_the_counter(store: Store) {
        let house = open(&store);
        run(async {
            let clerk = house.sign_in("phuong-phan-dinh-phung/nong-thi-hien");
            let page = house.get(COUNTER, &clerk).await.text();
            assert!(page.contains("Ghi giấy ủy quyền") && page.contains("Chưa ghi việc nhờ"), "{page}");
            // Nothing is written down that was not shown.
            let mut blind = paper();
            blind.pop();
            let refused = record(&house, &clerk, &blind, false).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
            for said in ["Xem căn cước và giấy ủy quyền rồi đánh dấu", "Quét hoặc chụp giấy", "019197008821"] {
                assert!(refused.text().contains(said), "{said}: {}", refused.text());
            }
            let mut long = paper();
            long[7] = ("den-year", "2029");
            assert!(record(&house, &clerk, &long, true).await.text().contains("không quá một năm"));
            let mut own = paper();
            own[2] = ("so-giup", "019197008821");
            assert!(record(&house, &clerk, &own, true).await.text().contains("Hai số định danh trùng nhau"));

            // Sent twice it is one mandate.
            for _ in 0..2 {
                let done = record(&house, &clerk, &paper(), true).await;
                assert_eq!(done.location(), COUNTER, "{}", done.text());
            }
            let listed = house.get(COUNTER, &clerk).await.text();
            assert_eq!(listed.matches("<b>Hoàng Thị Mai Sương</b>").count(), 1, "{listed}");
            assert!(listed.contains("Chờ người được nhờ nhận lời") && listed.contains("Đến 30/06/2027"), "{listed}");
            let mut other = paper();
            other[1] = ("ten", "Hoàng Thị Khác");
            assert!(record(&house, &clerk, &other, true).await.text().contains("với tên khác"));

            // Whoever entrusts is told, and the journal says who wrote it down, by which paper.
            let (suong, tu) = (Browser::of(&house, &suong()), Browser::of(&house, &tu()));
            let events = events_of(&house, suong.signed.party).await;
            let (kind, actor, data) = &events[0];
            assert_eq!(kind, "mandate.recorded");
            assert!(matches!(actor, kernel::Actor::Officer { .. }) && data.contains("sha256"), "{data}");
            assert!(!data.contains("0191970") && !data.contains("Sương"), "the journal names nobody: {data}");
            let (desk, party) = (house.desk.clone(), suong.signed.party);
            let to_tell: u64 = house.desk.front.store.read(move |tx| {
                let sql = "select count(*) from outbox where tenant = $1 and kind = 'mandate.recorded' and case_id = $2";
                tx.one(sql, args!(&desk.front.tenant, party), |row| row.get(0))
            }).await.unwrap();
            assert_eq!(to_tell, 1);

            // The helper takes it under their own name, for that procedure and no other.
            let offered = tu.get("/toi/uy-quyen").await.text();
            let mandate = hidden(&offered)["uy-quyen"].clone();
            tu.post("/toi/uy-quyen", &[("lam", "nhan"), ("uy-quyen", &mandate)]).await;
            let begin = async |procedure: &str| {
                let start = [("thu-tuc", procedure), ("thay", mandate.as_str())];
                tu.post("/lam", &start).await.status
            };
            assert_eq!(begin("1.001193").await, StatusCode::NOT_FOUND);
            assert!(!tu.get("/dich-vu/1.001193").await.text().contains("Thay Hoàng"));
            assert_eq!(begin(SHOP).await, StatusCode::SEE_OTHER);
            let given = suong.get("/toi/uy-quyen").await.text();
            assert!(given.contains("Ghi tại quầy của") && given.contains("hộ kinh doanh"), "{given}");

            // The paper can be seen by the counter, which is logged; and the mandate ended there.
            let seen = house.get(&format!("{COUNTER}/{mandate}/giay"), &clerk).await;
            assert!(seen.bytes.starts_with(b"%PDF-"), "{}", seen.text());
            let elsewhere = house.sign_in("thanh-tra-tinh/thu-truong");
            assert_ne!(house.get(&format!("{COUNTER}/{mandate}/giay"), &elsewhere).await.status, StatusCode::OK);
            let ended = house.post(&format!("{COUNTER}/{mandate}/thoi"), &clerk, &[]).await;
            assert_eq!(ended.location(), COUNTER);
            assert_eq!(begin(SHOP).await, StatusCode::NOT_FOUND);
            let kinds: Vec<String> = events_of(&house, suong.signed.party).await.into_iter().map(|(kind, ..)| kind).collect();
            assert_eq!(kinds, ["mandate.recorded", "mandate.taken", "mandate.ended"]);
        });
    }
}

store_test! {
    fn what_was_not_asked_again_opens_to_its_dossiers(store: Store) {
        let house = open(&store);
        run(async {
            let head = house.sign_in("phuong-phan-dinh-phung/chu-tich");
            let none = house.get(SAVED, &head).await.text();
            assert!(none.contains("Chưa có hồ sơ trực tuyến nào"), "{none}");
            let browser = Browser::of(&house, &suong());
            let code = sent(&browser, &filled(&browser).await).await;
            let before = saved(&house).await;
            let desk = house.desk.clone();
            let more = house.desk.front.store.write(move |tx| services::measures::add_up(tx, &desk.front.tenant, 10));
            assert!(!more.await.unwrap());
            assert_eq!(saved(&house).await, before, "added up or not, it is the same");
            let second = sent(&browser, &filled(&browser).await).await;
            assert_eq!(saved(&house).await.filings, 2);

            let page = house.get(SAVED, &head).await.text();
            assert!(page.contains("Theo thủ tục") && page.contains("tháng 11/2026"), "{page}");
            let behind = house.get(&format!("{SAVED}/ho-so?ky=2026-11&thu_tuc={SHOP}"), &head).await.text();
            assert!(behind.contains(&code) && behind.contains(&second), "{behind}");
            let other = house.get(&format!("{SAVED}/ho-so?ky=2026-10"), &head).await.text();
            assert!(other.contains("Chưa có hồ sơ trực tuyến nào"), "{other}");
            let clerk = house.sign_in("phuong-phan-dinh-phung/nong-thi-hien");
            assert_eq!(house.get(SAVED, &clerk).await.status, StatusCode::FORBIDDEN);

            // Every figure is evidence: the journal says the same of each filing.
            let desk = house.desk.clone();
            let told = house.desk.front.store.read(move |tx| {
                let tenant = &desk.front.tenant;
                let cases = tx.all("select case_id from once_only where tenant = $1", args!(tenant), |row| row.get(0))?;
                let mut known = 0;
                for case in cases {
                    let subject = journal::subject(&services::measures::subject(case));
                    let event = &journal::read_case(tx, tenant, subject)?[0];
                    let data: serde_json::Value = serde_json::from_str(event.data.as_str()).unwrap();
                    known += data["saved"]["fields_known"].as_u64().unwrap();
                }
                Ok::<_, journal::Error>(known)
            });
            assert_eq!(told.await.unwrap(), saved(&house).await.fields_known);
        });
    }
}
