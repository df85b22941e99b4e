use axum::http::StatusCode;
use casework::Command;
use store::store_test;

use crate::house::run;

store_test!(
    fn only_who_has_the_receipt_sees_what_is_owed(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let page = format!("/nop/{}", case.code);
            let stranger = house.browser();
            let nothing = stranger.get(&page).await;
            assert_eq!(nothing.status, StatusCode::OK);
            assert!(!nothing.text.contains("15.000"), "a code alone tells nothing");
            let unknown = stranger.get("/nop/H55.62-200101-0001").await;
            assert_eq!(unknown.status, StatusCode::OK, "nor whether there is such a dossier");
            let wrong = stranger.get(&format!("{page}?khoa=AAAAAAAA")).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert_eq!(stranger.get(&format!("{page}/da-ve")).await.status, StatusCode::NOT_FOUND);

            let payer = house.payer(&case).await;
            let text = payer.get(&page).await.text;
            for shown in ["15.000", "Lệ phí bản sao", "0011001234567", "<svg", "X1</b>"] {
                assert!(text.contains(shown), "{shown}");
            }
            assert!(!text.contains("Lò Thị Mẩy"), "whose it is they know");

            // Another of that name has no more than a stranger.
            let other = house.citizen("Lò Thị Mẩy", "019197008821");
            let text = house.browser_of(&other).get(&page).await.text;
            assert!(!text.contains("15.000"), "another of that name");
        });
    }
);

store_test!(
    fn who_owes_nothing_is_told_so(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[0]).await;
            let payer = house.payer(&case).await;
            let text = payer.get(&format!("/nop/{}", case.code)).await.text;
            assert!(text.contains("Được miễn, không phải nộp"));
            assert!(!text.contains("<svg xmlns"), "no code for nothing");
        });
    }
);

store_test!(
    fn paying_through_the_gateway(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000, 8_000]).await;
            let page = format!("/nop/{}", case.code);
            let payer = house.payer(&case).await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));

            let sent = payer.post(&format!("{page}/qua/cong"), "").await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER);
            let text = payer.get(&page).await.text;
            assert!(text.contains(&format!("/pay/{reference}")), "the way to the gateway");

            // The browser comes back first and says that it paid: it counts for nothing.
            let back = format!("/cong-thanh-toan/cong/tro-ve?order={reference}&status=00");
            assert_eq!(payer.get(&back).await.location(), format!("{page}?ve=1"));
            assert_eq!(house.case(case.id).await.unpaid(), 23_000);
            let text = payer.get(&format!("{page}?ve=1")).await.text;
            assert!(text.contains("Đang chờ tiền về"));

            let call = house.bank.call(&reference, 23_000, "G1", |_| ());
            assert_eq!(house.called(call.clone()).await, (StatusCode::OK, "00".into()));
            assert_eq!(house.called(call).await, (StatusCode::OK, "02".into()));
            assert_eq!(house.case(case.id).await.unpaid(), 0);
            let text = payer.get(&page).await.text;
            assert!(text.contains("Đã nộp đủ") && text.contains("cong G1"), "the receipt");
            let arrived = payer.get(&format!("{page}/da-ve")).await.text;
            assert_eq!(arrived, r#"{"unpaid":0}"#);
        });
    }
);

store_test!(
    fn a_transfer_after_the_counter_is_paid_back(store: Store) {
        run(store, async |house| {
            let case = house.owing(&[15_000]).await;
            let page = format!("/nop/{}", case.code);
            let payer = house.payer(&case).await;
            payer.get(&page).await;
            let reference = format!("{}X1", case.code.as_str().replace(['.', '-'], ""));
            let cash = Command::RecordPayment {
                number: 1,
                amount: 15_000,
                online: false,
                reference: "quyển 3 số 12".into(),
            };
            house.does(case.id, cash).await;
            let call = house.bank.call(&reference, 15_000, "G1", |_| ());
            assert_eq!(house.called(call).await.1, "00", "it came, and is kept");
            let text = payer.get(&page).await.text;
            assert!(text.contains("Ông/bà đã nộp thừa 15.000"), "{text}");
        });
    }
);
