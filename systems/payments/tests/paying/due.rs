//! What falls due by itself, what waits for it, and who may pay.

use casework::{Command, Note, Refusal, Status};
use desk::mandates;
use kernel::{Actor, CaseId};
use serde_json::json;
use store::store_test;

use crate::house::{House, run};

/// At the desk of the ward, and at the centre of the province.
const WARD: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const CENTRE: &str = "trung-tam/tiep-nhan-1";

fn accept() -> Command {
    Command::Accept { note: Note::default() }
}

fn reference(code: &kernel::CaseCode) -> String {
    format!("{}X1", code.as_str().replace(['.', '-'], ""))
}

/// Money comes through the gateway for all that is owed; its answer.
async fn pays(house: &House, id: CaseId) -> String {
    let case = house.case(id).await;
    house.payer(&case).await.get(&format!("/nop/{}", case.code)).await;
    let call = house.bank.call(&reference(&case.code), case.unpaid(), "G1", |_| ());
    house.called(call).await.1
}

store_test!(
    fn a_fee_is_set_by_the_procedure_for_the_channel_and_the_form(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821").party;
            let owed = async |procedure: &str, answers: serde_json::Value| {
                let case = house.files(who, procedure, WARD, answers).await;
                case.obligations.iter().map(|owed| owed.amount).collect::<Vec<_>>()
            };
            assert_eq!(owed("1.004873", json!({})).await, [7_500], "reduced online");
            assert!(owed("1.001612", json!({})).await.is_empty(), "free of charge online");
            assert_eq!(owed("2.001583", json!({})).await, [100_000], "one of two is");
            assert_eq!(owed("2.000635", json!({ "so_ban": 3 })).await, [24_000]);
            assert_eq!(owed("2.000488", json!({ "so_ban": 4 })).await, [200_000, 10_000]);
            assert_eq!(owed("2.000488", json!({ "so_ban": 2 })).await, [200_000]);
            assert!(owed("1.001193", json!({ "ngay_sinh": "2026-11-01" })).await.is_empty());
            assert_eq!(owed("1.001193", json!({ "ngay_sinh": "2026-09-01" })).await, [8_000]);
        });
    }
);

store_test!(
    fn a_plain_fee_stops_nothing_but_the_handing_over(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821");
            let case = house.files(who.party, "1.004873", WARD, json!({})).await;
            assert_eq!(case.status, Status::Submitted);
            house.does(case.id, accept()).await;
            let promised = house.case(case.id).await.due();
            house.walls.at("2026-11-23T01:50:00Z");
            assert_eq!(house.case(case.id).await.due(), promised, "the clock runs on");

            // The owner pays, signed in, without any secret.
            let page = format!("/nop/{}", case.code);
            let text = house.browser_of(&who).get(&page).await.text;
            assert!(text.contains("Phải nộp 7.500") && text.contains("trước khi nhận kết quả"));
            assert_eq!(pays(&house, case.id).await, "00");
            let paid = house.case(case.id).await;
            assert_eq!((paid.unpaid(), paid.due()), (0, promised));
            let text = house.browser_of(&who).get(&page).await.text;
            assert!(text.contains("Đã nộp đủ") && text.contains("bien-nhan.pdf"));
            let sheet = house.browser_of(&who).get(&format!("{page}/bien-nhan.pdf")).await;
            assert!(sheet.text.starts_with("%PDF-"));
            let stranger = house.browser().get(&format!("{page}/bien-nhan.pdf")).await;
            assert_eq!(stranger.status, axum::http::StatusCode::NOT_FOUND);
        });
    }
);

store_test!(
    fn an_appraisal_is_paid_before_it_is_taken_on(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821").party;
            let case = house.files(who, "1.004616", CENTRE, json!({})).await;
            assert_eq!((case.status, case.unpaid()), (Status::AwaitingPayment, 500_000));
            assert_eq!(house.refused(case.id, accept()).await, Refusal::UnpaidBefore(500_000));
            let before = case.accept_by;

            // Paid the next day: the eight hours of taking it on begin then.
            house.walls.at("2026-11-25T02:00:00Z");
            assert_eq!(pays(&house, case.id).await, "00");
            let paid = house.case(case.id).await;
            assert_eq!(paid.status, Status::Submitted);
            assert!(paid.accept_by > before, "{} {before}", paid.accept_by);
            house.does(case.id, accept()).await;
            assert_eq!(house.case(case.id).await.status, Status::InProgress);
        });
    }
);

store_test!(
    fn whom_the_law_frees_goes_on_without_paying(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821").party;
            let case = house.files(who, "1.004616", CENTRE, json!({})).await;
            house.payer(&case).await.get(&format!("/nop/{}", case.code)).await;
            let waive = |note: &str| Command::WaiveObligation { number: 1, note: note.into() };
            assert_eq!(house.refused(case.id, waive(" ")).await, Refusal::ReasonMissing);
            house.does(case.id, waive("Người khuyết tật, giấy xác nhận số 12")).await;
            let freed = house.case(case.id).await;
            assert_eq!((freed.status, freed.unpaid()), (Status::Submitted, 0));
            assert_eq!(house.refused(case.id, waive("x")).await, Refusal::NothingOwed(1));
            // A transfer that was under way comes too late: it is to be paid back.
            let call = house.bank.call(&reference(&case.code), 500_000, "G1", |_| ());
            assert_eq!(house.called(call).await.1, "00");
            let text = house.payer(&case).await.get(&format!("/nop/{}", case.code)).await.text;
            assert!(text.contains("Được miễn") && text.contains("nộp thừa 500.000"), "{text}");
        });
    }
);

store_test!(
    fn papers_may_be_asked_for_beside_a_fee(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821").party;
            let case = house.files(who, "1.004616", CENTRE, json!({})).await;
            let reason = casework::SupplementReason::Illegible;
            let ask =
                Command::RequestSupplement { reason, note: "Bằng cấp chụp mờ".into() };
            house.does(case.id, ask).await;
            house.does(case.id, Command::ReceiveSupplement { components: Vec::new() }).await;
            assert_eq!(house.case(case.id).await.status, Status::AwaitingPayment, "still owed");
            assert_eq!(pays(&house, case.id).await, "00");
            assert_eq!(house.case(case.id).await.status, Status::Submitted);
        });
    }
);

store_test!(
    fn what_was_paid_for_a_dossier_that_is_taken_back_is_on_record(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821");
            let withdraw = || Command::Withdraw { note: Note::default() };
            // Paid, then withdrawn: the receipt stays.
            let case = house.files(who.party, "1.004873", WARD, json!({})).await;
            assert_eq!(pays(&house, case.id).await, "00");
            house.does(case.id, withdraw()).await;
            let text = house.browser_of(&who).get(&format!("/nop/{}", case.code)).await.text;
            assert!(text.contains("Hồ sơ đã kết thúc") && text.contains("Biên nhận"), "{text}");
            // Withdrawn, then paid: it is to be paid back, whole.
            let case = house.files(who.party, "1.004873", WARD, json!({})).await;
            house.payer(&case).await.get(&format!("/nop/{}", case.code)).await;
            house.does(case.id, withdraw()).await;
            let call = house.bank.call(&reference(&case.code), 7_500, "G2", |_| ());
            assert_eq!(house.called(call.clone()).await.1, "00");
            assert_eq!(house.called(call).await.1, "02", "once");
            let text = house.browser_of(&who).get(&format!("/nop/{}", case.code)).await.text;
            assert!(text.contains("nộp thừa 7.500"), "{text}");
        });
    }
);

store_test!(
    fn who_files_for_another_may_pay_for_them_while_the_mandate_stands(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821");
            let helper = house.citizen("Lường Văn Tú", "019095001234");
            let case = house.files(who.party, "1.004873", WARD, json!({})).await;
            let page = format!("/nop/{}", case.code);
            let sees = async || house.browser_of(&helper).get(&page).await.text.contains("7.500");
            assert!(!sees().await, "nobody asked them");

            let (desk, principal, taker) = (house.walls.desk.clone(), who.party, helper.party);
            let shared = desk.clone();
            let number: kernel::CitizenId = "019095001234".parse().unwrap();
            let offered = desk.front.store.write(move |tx| {
                let now = shared.now();
                let id = mandates::offer(tx, &shared, principal, &number, now)?.unwrap();
                assert!(mandates::take(tx, &shared, id, taker, &number, now)?);
                Ok::<_, desk::Error>(id)
            });
            let mandate = offered.await.unwrap();
            assert!(sees().await);
            let sent = house.browser_of(&helper).post(&format!("{page}/qua/cong"), "").await;
            assert_eq!(sent.location(), format!("{page}#cong"), "and may go on to the gateway");

            let shared = desk.clone();
            let ended = desk
                .front
                .store
                .write(move |tx| mandates::end(tx, &shared, mandate, principal, shared.now()));
            assert!(ended.await.unwrap());
            assert!(!sees().await, "no longer");
        });
    }
);

store_test!(
    fn the_house_itself_sets_what_is_owed(store: Store) {
        run(store, async |house| {
            let who = house.citizen("Lò Thị Mẩy", "019197008821").party;
            let case = house.files(who, "1.004873", WARD, json!({})).await;
            let tenant = house.walls.desk.front.tenant.clone();
            let read = house
                .walls
                .desk
                .front
                .store
                .read(move |tx| journal::read_case(tx, &tenant, case.id));
            let events = read.await.unwrap();
            let set = events.iter().find(|event| event.kind.as_str() == "obligation_set").unwrap();
            assert_eq!(set.actor, Actor::System("fees".into()));
            assert!(!set.data.as_str().contains("waits"), "nothing waits for it");
        });
    }
);
