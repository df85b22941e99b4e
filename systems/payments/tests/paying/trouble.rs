use axum::http::StatusCode;
use store::store_test;

use crate::house::run;

store_test!(
    fn what_is_not_signed_counts_for_nothing(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let payer = house.payer(&case).await;
            payer.get(&format!("/nop/{}", case.code)).await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));
            let refused = (StatusCode::FORBIDDEN, "97".to_owned());
            assert_eq!(house.called(house.bank.forged(&reference, 15_000)).await, refused);
            let good = house.bank.call(&reference, 15_000, "G1", |_| ());
            assert_eq!(house.called(good.replace("G1", "G2")).await, refused, "altered");
            assert_eq!(house.called(format!("{good}&amount=1")).await, refused, "a field twice");
            assert_eq!(house.called(String::new()).await, refused);
            assert_eq!(house.called("%%%=&&".into()).await, refused);
            // A recording, an hour later.
            house.walls.at("2026-11-23T02:30:00Z");
            assert_eq!(house.called(good).await, refused);
            assert_eq!(house.case(case.id).await.unpaid(), 15_000);
        });
    }
);

store_test!(
    fn wrong_amounts_and_unknown_orders_are_kept_for_the_accountant(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let page = format!("/nop/{}", case.code);
            let payer = house.payer(&case).await;
            payer.get(&page).await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));
            let less = house.bank.call(&reference, 1_500, "G1", |_| ());
            assert_eq!(house.called(less).await.1, "04");
            let unknown = house.bank.call("H55X9", 15_000, "G2", |_| ());
            assert_eq!(house.called(unknown).await.1, "01");
            let failed = house
                .bank
                .call(&reference, 15_000, "G3", |f| drop(f.insert("status".into(), "24".into())));
            assert_eq!(house.called(failed).await.1, "00");
            let text = payer.get(&page).await.text;
            assert!(text.contains("không đúng số phải nộp") && text.contains("Phải nộp 15.000"));
            assert!(text.contains("Lần nộp trước không thành công"));
        });
    }
);

store_test!(
    fn a_gateway_that_is_down_takes_no_money_and_comes_back(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let page = format!("/nop/{}", case.code);
            let payer = house.payer(&case).await;
            house.bank.goes_down(true);
            let sent = payer.post(&format!("{page}/qua/cong"), "").await;
            assert_eq!(sent.location(), page);
            let text = payer.get(&page).await.text;
            assert!(text.contains("chưa trả lời") && text.contains("<svg"), "the code still works");
            house.bank.goes_down(false);
            payer.post(&format!("{page}/qua/cong"), "").await;
            assert!(payer.get(&page).await.text.contains("/pay/"));
        });
    }
);

store_test!(
    fn a_call_that_was_lost_is_asked_for(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let page = format!("/nop/{}", case.code);
            let payer = house.payer(&case).await;
            payer.post(&format!("{page}/qua/cong"), "").await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));
            house.bank.notes(&reference, "00");
            paying::ask(&house.cashier).await.unwrap();
            assert_eq!(house.case(case.id).await.unpaid(), 15_000, "not at once");
            // It is down when it is asked first.
            house.bank.goes_down(true);
            house.walls.at("2026-11-23T01:33:00Z");
            paying::ask(&house.cashier).await.unwrap();
            assert_eq!(house.case(case.id).await.unpaid(), 15_000);
            house.bank.goes_down(false);
            house.walls.at("2026-11-23T01:38:00Z");
            paying::ask(&house.cashier).await.unwrap();
            assert_eq!(house.case(case.id).await.unpaid(), 0);
            // The lost call comes after all.
            let call = house.bank.call(&reference, 15_000, &format!("G-{reference}"), |_| ());
            assert_eq!(house.called(call).await.1, "02");
            assert!(payer.get(&page).await.text.contains("Đã nộp đủ"));
        });
    }
);

store_test!(
    fn the_payer_who_comes_back_makes_us_ask(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let page = format!("/nop/{}", case.code);
            let payer = house.payer(&case).await;
            payer.post(&format!("{page}/qua/cong"), "").await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));
            house.bank.notes(&reference, "00");
            payer.get(&format!("/cong-thanh-toan/cong/tro-ve?order={reference}")).await;
            assert_eq!(house.case(case.id).await.unpaid(), 0, "by the gateway's own word");
        });
    }
);
