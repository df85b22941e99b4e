//! What is owed, on the pages of whose matter it is.

use casework::{Case, Channel, Command, Stamp};
use desk::{Applicant, Charge, Filing, Paper, testing::House};
use kernel::{Actor, PartyId};
use procedure::Matter;
use serde_json::Map;
use store::store_test;

use crate::common::{Browser, open, run, suong};

/// Files online at the ward, as the last press of a draft does.
async fn files(house: &House, who: PartyId, procedure: &str) -> Case {
    let (desk, now) = (house.desk.clone(), house.desk.now());
    let directory = desk.front.directory.get();
    let clerk = house.persons["phuong-phan-dinh-phung/nong-thi-hien"];
    let ward = directory.post(directory.posts_of(clerk, now)[0].post).unwrap().agency;
    let code = procedure.parse().unwrap();
    let moment = desk.moment();
    let known = moment.shelf.in_force(&code, kernel::today(now)).unwrap();
    let papers = known.components.iter().map(|component| Paper {
        component: Some(component.id.to_string()),
        copies: 1,
        source: "online",
        file: None,
    });
    let filing = Filing {
        matter: Matter::Dossier,
        procedure: code,
        channel: Channel::Online,
        applicant: Applicant::Known(who),
        answers: Map::new(),
        papers: papers.collect(),
        received_by: ward,
        decided_by: None,
        reopens: None,
        term: None,
        charge: Charge::default(),
    };
    let stamp = Stamp { actor: Actor::Party(who), happened_at: now, recorded_at: now };
    let shared = desk.clone();
    let filed = desk.front.store.write(move |tx| desk::file(tx, &shared, &filing, &stamp));
    filed.await.unwrap().case
}

async fn pays(house: &House, case: &Case) {
    let (desk, case, now) = (house.desk.clone(), case.clone(), house.desk.now());
    let owed = &case.obligations[0];
    let (number, amount) = (owed.number, owed.amount);
    let reference = "cong G1".to_owned();
    let command = Command::RecordPayment { number, amount, online: true, reference };
    let actor = Actor::System("payments:cong".into());
    let stamp = Stamp { actor, happened_at: now, recorded_at: now };
    let shared = desk.clone();
    let paid = desk
        .front
        .store
        .write(move |tx| desk::act(tx, &shared, case.clone(), None, &command, &stamp).map(drop));
    paid.await.unwrap();
}

store_test!(
    fn what_is_owed_is_told_with_the_way_to_pay_it(store: Store) {
        let house = open(&store);
        run(async {
            let suong = Browser::of(&house, &suong());
            let case = files(&house, suong.signed.party, "1.004873").await;
            let page = format!("/toi/ho-so/{}", case.code);
            let pay = format!("href=\"/nop/{}\"", case.code);
            for at in [format!("{page}/bien-nhan"), page.clone()] {
                let text = suong.get(&at).await.text();
                assert!(text.contains("7.500") && text.contains(&pay), "{at}: {text}");
                assert!(text.contains("trước khi nhận kết quả"), "{at}");
            }
            let sheet = suong.get(&format!("{page}/bien-nhan.pdf")).await;
            assert!(sheet.bytes.starts_with(b"%PDF-"));

            pays(&house, &case).await;
            let text = suong.get(&page).await.text();
            assert!(text.contains("đã nộp") && !text.contains(&pay), "{text}");
            assert!(text.contains(&format!("/nop/{}/bien-nhan.pdf", case.code)));
            let text = suong.get(&format!("{page}/bien-nhan")).await.text();
            assert!(text.contains("Đã nộp 7.500"), "{text}");
        });
    }
);

store_test!(
    fn what_waits_for_a_fee_says_so(store: Store) {
        let house = open(&store);
        run(async {
            let suong = Browser::of(&house, &suong());
            let case = files(&house, suong.signed.party, "1.004616").await;
            let page = format!("/toi/ho-so/{}", case.code);
            let text = suong.get(&format!("{page}/bien-nhan")).await.text();
            assert!(text.contains("Sau khi nộp phí") && text.contains("500.000"), "{text}");
            let text = suong.get(&page).await.text();
            assert!(text.contains("Đang chờ ông/bà nộp phí"), "{text}");
            assert!(text.contains("8 giờ làm việc để trả lời tính từ lúc nộp"), "{text}");
            let home = suong.get("/").await.text();
            assert!(home.contains("Một hồ sơ đang chờ ông/bà nộp phí"), "{home}");
            pays(&house, &case).await;
            let text = suong.get(&page).await.text();
            assert!(text.contains("Đã gửi, đang chờ tiếp nhận"), "{text}");
        });
    }
);
