//! My data, as a citizen meets it: who looked, what I agree to, what is wrong, all of it to take
//! along; and how it ends. On both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

use desk::testing::{Answer, House, Rooms};
use identity::{
    Assurance,
    consent::{self, Purpose},
    party::{Party, PartyNumber},
};
use journal::{Audit, LogKey, Origin, Sealer, Verdict, verify};
use one_stop::testing::birth;
use store::store_test;
use web::front::testing::{Signed, citizen};

const MORNING: &str = "2026-11-25T02:14:00Z";
const RECEIVER: &str = "phuong-phan-dinh-phung/nong-thi-hien";
const CONTROLLER: &str = "trung-tam/kiem-soat";
const HOME: &str = "/toi/du-lieu";

const ROOMS: Rooms = Rooms {
    migrations: &[one_stop::MIGRATIONS, eid::MIGRATIONS],
    texts: &[one_stop::TEXTS, eid::TEXTS],
    procedures: &[one_stop::PROCEDURES],
    rails: &[one_stop::RAIL, eid::RAIL],
    router: |desk| one_stop::router(desk.clone()).merge(eid::router(desk)),
};

fn suong() -> Party {
    Party {
        name: "Hoàng Thị Mai Sương".into(),
        number: Some(PartyNumber::Citizen("019197008821".parse().unwrap())),
        born: Some("1997-08-03".parse().unwrap()),
        phone: Some("0912345604".parse().unwrap()),
        email: None,
        address: Some("Tổ 5, phường Phan Đình Phùng".into()),
    }
}

fn sign_in(house: &House, level: Assurance) -> Signed {
    citizen(&house.desk.front, &house.desk.keyring, &suong(), level)
}

fn run(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(story);
}

/// Sends a form of a citizen.
async fn post(house: &House, me: &Signed, path: &str, fields: &[(&str, &str)]) -> Answer {
    let fields = fields.iter().copied().chain([("_csrf", me.csrf.as_str())]);
    let body: Vec<String> = fields.map(|(k, v)| format!("{k}={}", web::http::encoded(v))).collect();
    let request = axum::http::Request::post(path)
        .header("cookie", &me.cookie)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "same-origin")
        .body(axum::body::Body::from(body.join("&")));
    house.send(request).await
}

/// A dossier of hers, filed at the counter; answers its code.
async fn at_counter(house: &House) -> String {
    let cookie = house.sign_in(RECEIVER);
    let me = house.officer(&cookie).await;
    let mut filing = birth("x");
    filing.applicant = suong();
    let filed = one_stop::commands::file_at_counter(&house.desk, &me, filing).await.unwrap();
    filed.case.code.to_string()
}

store_test!(
    fn who_opened_a_dossier_is_told_to_whose_it_is_and_can_be_asked_about(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let code = at_counter(&house).await;
            let officer = house.sign_in(RECEIVER);
            for _ in 0..3 {
                assert_eq!(house.get(&format!("/ho-so/{code}"), &officer).await.status, 200);
            }
            house.at("2026-11-25T03:00:00Z");
            let officer = house.sign_in(RECEIVER);
            let path = format!("/ho-so/{code}/danh-tinh");
            let shown = house.post(&path, &officer, &[]).await;
            assert_eq!(shown.status, 200, "{}", shown.text());

            let me = sign_in(&house, Assurance::One);
            let home = house.get(HOME, &me.cookie).await.text();
            assert!(home.contains("2 lượt trong 30 ngày qua"), "{home}");
            assert!(home.contains("0912 ••• 604") && !home.contains("019197008821"), "{home}");

            let looks = house.get("/toi/du-lieu/ai-xem", &me.cookie).await.text();
            assert_eq!(looks.matches("Đã mở hồ sơ").count(), 1, "three times is one look: {looks}");
            assert_eq!(looks.matches("Đã xem đủ số định danh").count(), 1, "{looks}");
            assert!(looks.contains("phường Phan Đình Phùng"), "{looks}");
            assert!(looks.contains("Căn cứ: "), "{looks}");
            assert!(looks.contains(&format!("/toi/ho-so/{code}")), "{looks}");
            assert!(looks.contains("/phan-anh/moi?ve=du-lieu&amp;muc="), "{looks}");
            assert!(looks.contains("thứ Tư, 25/11/2026"), "{looks}");

            // Nobody else sees it, and nobody at all who has not signed in.
            let tu = Party {
                name: "Nguyễn Văn Tú".into(),
                number: Some(PartyNumber::Citizen("019091004417".parse().unwrap())),
                ..suong()
            };
            let tu = citizen(&house.desk.front, &house.desk.keyring, &tu, Assurance::Two);
            let his = house.get("/toi/du-lieu/ai-xem", &tu.cookie).await.text();
            assert!(his.contains("Chưa có cán bộ nào"), "{his}");
            let stranger = house.get("/toi/du-lieu/ai-xem", "").await;
            assert_eq!(stranger.location(), "/vao?tiep=%2Ftoi%2Fdu-lieu%2Fai-xem");
            let officer = house.get("/toi/du-lieu", &officer).await;
            assert_eq!(officer.status, 303, "an officer's session is no citizen's");
        });
    }
);

store_test!(
    fn consent_is_given_and_taken_back_and_the_journal_knows_it(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let me = sign_in(&house, Assurance::One);
            let path = "/toi/du-lieu/dong-y";
            for give in ["1", "1", "0"] {
                let done = post(&house, &me, path, &[("viec", "reuse"), ("dong_y", give)]).await;
                assert_eq!(done.location(), path);
            }
            let (front, party) = (house.desk.front.clone(), me.party);
            let (given, kinds) = front
                .store
                .clone()
                .read(move |tx| {
                    let given = consent::given(tx, &front.tenant, party, Purpose::Reuse)?;
                    let subject = journal::subject(&eid::commands::subject(party));
                    let events = journal::read_case(tx, &front.tenant, subject)?;
                    let kinds = events.iter().map(|event| event.kind.as_str().to_owned());
                    Ok::<_, eid::Error>((given, kinds.collect::<Vec<_>>()))
                })
                .await
                .unwrap();
            assert!(!given);
            assert_eq!(kinds, ["consent.given", "consent.revoked"], "what stands is no event");

            let mut forged = me.clone();
            forged.csrf = "another".into();
            let refused = post(&house, &forged, path, &[("viec", "reuse"), ("dong_y", "1")]).await;
            assert_eq!(refused.status, 403);
        });
    }
);

store_test!(
    fn what_is_wrong_is_put_right_by_somebody_who_may_with_a_reason(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            at_counter(&house).await;
            let me = sign_in(&house, Assurance::One);
            let path = "/toi/du-lieu/sua";
            let wrong = [("muc", "born"), ("dung", "31/02/1997"), ("vi", "khai sinh")];
            let refused = post(&house, &me, path, &wrong).await;
            assert_eq!(refused.status, 422);
            let text = refused.text();
            assert!(text.contains("value=\"31/02/1997\"") && text.contains("khai sinh"), "{text}");

            let right = [("muc", "address"), ("dung", "Tổ 9, xã Đại Từ"), ("vi", "mới chuyển nhà")];
            assert_eq!(post(&house, &me, path, &right).await.location(), path);
            assert!(house.get(path, &me.cookie).await.text().contains("Đang chờ"));

            // Who may not decide does not even see that there is something.
            let receiver = house.sign_in(RECEIVER);
            assert_eq!(house.get("/dinh-danh/dinh-chinh", &receiver).await.status, 403);
            let controller = house.sign_in(CONTROLLER);
            let list = house.get("/dinh-danh/dinh-chinh", &controller).await.text();
            assert!(list.contains("Hoàng Thị Mai Sương") && !list.contains("Đại Từ"), "{list}");
            let id = list.split("/dinh-danh/dinh-chinh/").nth(1).unwrap()[..36].to_owned();
            let one = format!("/dinh-danh/dinh-chinh/{id}");
            let page = house.get(&one, &controller).await.text();
            assert!(
                page.contains("Tổ 5, phường Phan Đình Phùng") && page.contains("Tổ 9, xã Đại Từ")
            );
            let bare = house.post(&one, &controller, &[("ly_do", " "), ("sua", "1")]).await;
            assert_eq!(bare.status, 422);
            let reply = [("ly_do", "Đã đối chiếu nơi cư trú."), ("sua", "1")];
            let made = house.post(&one, &controller, &reply).await;
            assert_eq!(made.status, 303, "{}", made.text());
            let again = house.post(&one, &controller, &reply).await;
            assert_eq!(again.status, 409, "somebody was faster");

            let mine = house.get(path, &me.cookie).await.text();
            assert!(mine.contains("Đã sửa") && mine.contains("Đã đối chiếu nơi cư trú."), "{mine}");
            let home = house.get(HOME, &me.cookie).await.text();
            assert!(home.contains("Tổ 9, xã Đại Từ"), "{home}");
            let looks = house.get("/toi/du-lieu/ai-xem", &me.cookie).await.text();
            assert!(looks.contains("Theo đề nghị của ông/bà"), "that it was read is told: {looks}");

            // Signing in again does not bring the old address back.
            let me = sign_in(&house, Assurance::One);
            assert!(house.get(HOME, &me.cookie).await.text().contains("Tổ 9, xã Đại Từ"));
        });
    }
);

store_test!(
    fn everything_is_taken_along_by_who_surely_is_the_person(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let code = at_counter(&house).await;
            let me = sign_in(&house, Assurance::One);
            let more = house.get("/toi/du-lieu/tai-ve", &me.cookie).await;
            assert_eq!(more.location(), "/vao?muc=2&tiep=%2Ftoi%2Fdu-lieu%2Ftai-ve");

            let me = sign_in(&house, Assurance::Two);
            let page = house.get("/toi/du-lieu/tai-ve", &me.cookie).await.text();
            assert!(page.contains(&code) && page.contains("019197008821"), "{page}");
            let file = house.get("/toi/du-lieu/tai-ve.json", &me.cookie).await;
            let json: serde_json::Value = serde_json::from_slice(&file.bytes).unwrap();
            assert_eq!(json["person"]["number"], "019197008821");
            assert_eq!(json["dossiers"][0]["code"], code);
            assert_eq!(json["sessions"].as_array().unwrap().len(), 2);
            assert_eq!(json["consents"][0]["given"], false);
        });
    }
);

store_test!(
    fn devices_are_signed_out_one_by_one_or_all(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        run(async {
            let phone = sign_in(&house, Assurance::One);
            let laptop = sign_in(&house, Assurance::One);
            let path = "/toi/du-lieu/thiet-bi";
            let list = house.get(path, &phone.cookie).await.text();
            assert_eq!(list.matches("Thiết bị này").count(), 1, "{list}");
            let id = list.split("name=\"phien\" value=\"").nth(1).unwrap()[..36].to_owned();
            let ended = post(&house, &phone, path, &[("phien", &id)]).await;
            assert_eq!(ended.location(), path);
            assert_eq!(house.get(path, &laptop.cookie).await.status, 303);
            assert_eq!(house.get(path, &phone.cookie).await.status, 200);
        });
    }
);

store_test!(
    fn what_was_destroyed_is_gone_everywhere_and_the_journal_is_whole(store: Store) {
        let house = House::open(&store, MORNING, &ROOMS);
        let key = LogKey::generate(&house.desk.front.mint, Origin::of(&house.desk.front.tenant));
        let code = std::sync::Mutex::new(String::new());
        let party = std::sync::Mutex::new(None);
        run(async {
            *code.lock().unwrap() = at_counter(&house).await;
            let me = sign_in(&house, Assurance::Two);
            post(&house, &me, "/toi/du-lieu/dong-y", &[("viec", "reuse"), ("dong_y", "1")]).await;
            let asked = [("muc", "phone"), ("dung", "0987654321"), ("vi", "đổi số")];
            post(&house, &me, "/toi/du-lieu/sua", &asked).await;

            let (front, party_id, now) = (house.desk.front.clone(), me.party, house.desk.now());
            let done = front.store.clone().write(move |tx| {
                front.sessions.citizens().close_all(tx, &front.tenant, party_id, None, now)?;
                let (tenant, mint) = (&front.tenant, &front.mint);
                eid::commands::destroy(tx, tenant, party_id, "12/QĐ-UBND", now, mint)
            });
            assert!(done.await.unwrap());
            *party.lock().unwrap() = Some(me.party);

            // She is signed out; her dossier stands, without her.
            assert_eq!(house.get(HOME, &me.cookie).await.status, 303);
            let officer = house.sign_in(RECEIVER);
            let path = format!("/ho-so/{}", code.lock().unwrap());
            let page = house.get(&path, &officer).await;
            assert_eq!(page.status, 200);
            let text = page.text();
            assert!(text.contains("đã được hủy"), "{text}");
            assert!(!text.contains("Sương") && !text.contains("0912"), "{text}");
            let list = house.get("/so-theo-doi", &officer).await.text();
            assert!(!list.contains("Sương"), "{list}");

            // Who comes with her number is a stranger.
            let again = sign_in(&house, Assurance::Two);
            assert_ne!(again.party, me.party);
            let home = house.get("/toi/du-lieu/tai-ve", &again.cookie).await.text();
            assert!(!home.contains(code.lock().unwrap().as_str()), "{home}");
        });

        // The journal is sealed and verified as ever, and tells that it was done, and on what ground.
        let (front, now) = (house.desk.front.clone(), house.desk.now());
        let sealer = Sealer::new(front.tenant.clone(), key.clone(), "test");
        let sealed = store.write(move |tx| sealer.seal(tx, now, 1000)).wait().unwrap().unwrap();
        assert!(!sealed.is_empty());
        let audit = Audit {
            tenant: front.tenant.clone(),
            keys: vec![key.verifier().clone()],
            witnesses: Vec::new(),
            sealed_until: now,
        };
        let verdict = store.read(move |tx| verify(tx, &audit, |_, _| {})).wait().unwrap();
        assert!(matches!(verdict, Verdict::Sound { .. }), "{verdict:?}");
        let gone = party.lock().unwrap().unwrap();
        let subject = journal::subject(&eid::commands::subject(gone));
        let told =
            store.read(move |tx| journal::read_case(tx, &front.tenant, subject)).wait().unwrap();
        let last = told.last().unwrap();
        assert_eq!(last.kind.as_str(), "party.destroyed");
        assert_eq!(last.data.as_str(), "{\"reason\":\"12/QĐ-UBND\"}");
        assert!(told.iter().all(|event| !event.data.as_str().contains("0987654321")));
    }
);
