use axum::http::StatusCode;
use notices::Address;
use store::store_test;

use crate::house::run;

store_test!(
    fn an_address_is_confirmed_by_its_owner_before_it_is_used(store: Store) {
        run(store, async |house| {
            let Some(postman) = &house.postman else { return };
            let who = house.citizen();
            let form = format!("_csrf={}&thu=Hoa%40example.vn", who.csrf);
            house.post("/toi/thong-bao/thu-dien-tu", &who.cookie, &form).await;
            let case = house.dossier().await;
            house.asks_for_money(&case).await;
            assert_eq!(house.tells().await, 1, "only the question");
            let mail = postman.taken(1)[0].clone();
            assert_eq!(mail.to, "Hoa@example.vn");
            let at = mail.body.find("/thong-bao/xac-nhan?ma=").unwrap();
            let link: String = mail.body[at..].chars().take_while(|c| !c.is_whitespace()).collect();

            // Mail programs follow links by themselves.
            assert_eq!(house.get(&link, "").await.status, StatusCode::OK);
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            assert!(page.contains("Chờ ông/bà xác nhận") && !page.contains("Hoa@"));
            let confirmed = house.post(&link, "", "").await;
            assert!(confirmed.text.contains("Đã xác nhận"));
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            assert!(page.contains("Đang nhận"));
            let other = house.post(&link.replace("ma=", "ma=0"), "", "").await;
            assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        });
    }
);

store_test!(
    fn what_happens_is_told_by_mail_without_a_word_about_it(store: Store) {
        run(store, async |house| {
            let Some(postman) = &house.postman else { return };
            let who = house.citizen();
            house.told_at(&who, Address::email("hoa@example.vn").unwrap()).await;
            let case = house.dossier().await;
            assert_eq!(house.tells().await, 1, "that it was taken on, and not that it was filed");
            let mail = postman.taken(1)[0].clone();
            assert!(mail.body.contains("đã được tiếp nhận"), "{}", mail.body);
            assert!(mail.body.contains(&format!("/toi/ho-so/{}", case.code)));
            for secret in ["Mẩy", "khai sinh", "0912", "019197008821"] {
                assert!(!mail.body.contains(secret), "{secret}");
            }
            for header in
                ["Auto-Submitted: auto-generated", "List-Unsubscribe-Post:", "Message-ID: <"]
            {
                assert!(mail.head.contains(header), "{}", mail.head);
            }
            let sent = house.events("notice.sent").await;
            assert_eq!(sent.len(), 1);
            assert_eq!(
                (&sent[0]["occasion"], &sent[0]["channel"]),
                (&"taken_on".into(), &"email".into())
            );
            assert!(!sent[0].to_string().contains("hoa@"), "the address only as its hash");
            assert!(sent[0]["address_hmac"].as_str().unwrap().len() == 64);

            // One click in a mail program stops it.
            let at = mail.body.find("/thong-bao/ngung?ma=").unwrap();
            let link: String = mail.body[at..].chars().take_while(|c| !c.is_whitespace()).collect();
            let stopped = house.post(&link, "", "List-Unsubscribe=One-Click").await;
            assert!(stopped.text.contains("Đã ngừng gửi"));
            house.asks_for_money(&case).await;
            assert_eq!(house.tells().await, 0);
        });
    }
);

store_test!(
    fn a_mail_server_may_say_later_and_never(store: Store) {
        run(store, async |house| {
            let Some(postman) = &house.postman else { return };
            let who = house.citizen();
            house.told_at(&who, Address::email("later@example.vn").unwrap()).await;
            house.told_at(&who, Address::email("nobody@example.vn").unwrap()).await;
            house.dossier().await;
            house.tells().await;
            assert!(postman.taken(0).is_empty());
            assert_eq!(house.events("notice.dropped").await[0]["fault"], "gone");
            house.walls.at("2026-11-23T01:31:01Z");
            house.tells().await;
            assert_eq!(postman.taken(1).len(), 1);
            assert_eq!(house.events("notice.sent").await[0]["attempts"], 2);
            let page = house.get("/toi/thong-bao", &who.cookie).await.text;
            assert!(page.contains("Không còn đến được"));
        });
    }
);
