//! From a red figure to a closed incident.

use directory::{Delegation, Validity};
use kernel::PartyId;
use operations::{
    commands::{Silence, escalate, silence},
    queries::{Which, list},
};
use store::{args, store_test};

use super::office::{CHAIR, EXPERT, RECEIVER, RULES, Town, blocking, run};

fn open(town: &Town, which: Which) -> Vec<operations::queries::Alert> {
    let desk = town.house.desk.clone();
    let read = desk.front.store.clone().read(move |tx| list(tx, &desk, which));
    blocking(|| read.wait()).unwrap()
}

store_test!(
    fn what_is_raised_opens_one_incident_that_people_close(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        let cases = town.late(3);
        let house = &town.house;
        assert_eq!(town.evaluate().opened, 0, "the rule wants two readings in a row");
        assert_eq!(town.evaluate().opened, 0, "a reading of the same moment is none");
        house.at("2026-12-03T02:01:00Z");
        assert_eq!(town.evaluate().opened, 1);
        house.at("2026-12-03T02:02:00Z");
        assert_eq!(town.evaluate().opened, 0, "one incident, however often it is read");
        let alerts = open(&town, Which::Open);
        let [alert] = &alerts[..] else { panic!("{alerts:?}") };
        assert_eq!(alert.reading, 3.0);
        run(async {
            let path = format!("/su-co/{}", alert.code);
            let head = house.sign_in(CHAIR);
            let list = house.get("/canh-bao", &head).await.text();
            assert!(
                list.contains("Hồ sơ đang quá hạn: Toàn tỉnh") && list.contains(&path),
                "{list}"
            );
            let seen = house.get(&path, &head).await.text();
            assert!(seen.contains("Gọi người đứng đầu các cơ quan đó."), "the playbook: {seen}");
            assert!(!seen.contains("/nhan\""), "who does not hold it cannot acknowledge it");
            let figure = "timeliness.running_late?cua=all&amp;ky=2026-12-03..2026-12-03";
            let ways = [figure, ".cap.xml\"", "href=\"/canh-bao\">Cảnh báo</a> / "];
            for way in ways {
                assert!(seen.contains(way), "{way}: {seen}");
            }
            let clerk = house.sign_in(RECEIVER);
            assert_eq!(house.get(&path, &clerk).await.status, 403);

            let expert = house.sign_in(EXPERT);
            let seen = house.get(&path, &expert).await.text();
            assert!(seen.contains("Nhận xử lý"), "{seen}");
            for way in ways {
                assert!(!seen.contains(way), "who sees no figures is not led to them: {way}");
            }
            let done = house.post(&format!("{path}/nhan"), &expert, &[]).await;
            assert_eq!(done.location(), path, "{}", done.text());
            let empty = house.post(&format!("{path}/ghi"), &expert, &[("viec", " ")]).await;
            assert_eq!(empty.status, 422);
            house.post(&format!("{path}/ghi"), &expert, &[("viec", "Đã gọi phường")]).await;
            let fields = [("nguyen-nhan", "people"), ("ket-qua", "Thêm một người ở bước thẩm tra")];
            let done = house.post(&format!("{path}/xong"), &expert, &fields).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let done = house.post(&format!("{path}/dong"), &head, &[("ket-luan", "")]).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let seen = house.get(&path, &head).await.text();
            for told in ["Sự cố đã đóng", "Đã gọi phường", "Thiếu người", "Đề nghị đóng"]
            {
                assert!(seen.contains(told), "{told}: {seen}");
            }
        });
        assert!(open(&town, Which::Open).is_empty());
        drop(cases);
    }
);

store_test!(
    fn an_incident_outlives_the_figure_that_raised_it(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        let cases = town.late(2);
        let house = &town.house;
        let read = |minute: u32| {
            house.at(&format!("2026-12-03T02:{minute:02}:00Z"));
            town.count();
            town.evaluate()
        };
        read(1);
        assert_eq!(read(2).opened, 1);
        for case in &cases {
            let case =
                house.complete(case, "phuong-phan-dinh-phung/ma-van-khanh", "tham-tra", "dat");
            let _ = house.complete(&case, "phuong-phan-dinh-phung/tran-thu-ha", "ky", "ky");
        }
        assert_eq!(read(3).cleared, 0);
        assert_eq!(read(4).cleared, 1);
        let alerts = open(&town, Which::Open);
        assert_eq!(alerts.len(), 1, "people close it");
        assert!(alerts[0].cleared_at.is_some());
    }
);

store_test!(
    fn what_nobody_acknowledges_goes_one_step_up(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        town.late(2);
        town.evaluate();
        town.house.at("2026-12-03T02:01:00Z");
        town.evaluate();
        let run_escalate = || {
            let desk = town.house.desk.clone();
            blocking(move || escalate(&desk)).unwrap()
        };
        assert_eq!(run_escalate(), 0);
        town.house.at("2026-12-03T07:30:00Z");
        assert_eq!(run_escalate(), 1, "four working hours went by");
        assert_eq!(run_escalate(), 0, "once");
        let alert = open(&town, Which::Open).remove(0);
        assert!(alert.escalated_at.is_some());
        run(async {
            let head = town.house.sign_in(CHAIR);
            let done = town.house.post(&format!("/su-co/{}/nhan", alert.code), &head, &[]).await;
            assert_eq!(done.status, 303, "now it is the head's: {}", done.text());
        });
    }
);

store_test!(
    fn a_silence_expires_and_what_is_still_bad_opens_then(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        town.late(2);
        let (desk, house) = (town.house.desk.clone(), &town.house);
        let by = house.actor(CHAIR);
        let set = |hours: i64, why: &str| {
            let (desk, by, now) = (desk.clone(), by.clone(), desk.now());
            let silence_ = Silence {
                rule: "qua-han".into(),
                scope: indicators::Scope::all(),
                until: now + jiff::SignedDuration::from_hours(hours),
                why: why.to_owned(),
            };
            let write =
                desk.front.store.clone().write(move |tx| silence(tx, &desk, &silence_, (&by, now)));
            blocking(|| write.wait())
        };
        assert!(set(4, " ").is_err(), "a silence has a reason");
        assert!(set(15 * 24, "nghỉ lễ").is_err(), "and an end");
        set(4, "đang dồn hồ sơ sau sáp nhập").unwrap();
        town.count();
        for minute in 1..4 {
            house.at(&format!("2026-12-03T02:{minute:02}:00Z"));
            assert_eq!(town.evaluate().opened, 0, "silent");
        }
        run(async {
            let head = house.sign_in(CHAIR);
            let text = house.get("/canh-bao", &head).await.text();
            assert!(text.contains("đang dồn hồ sơ sau sáp nhập") && text.contains("Báo lại"));
        });
        house.at("2026-12-03T06:30:00Z");
        assert_eq!(town.evaluate().opened, 1, "the silence is over");
        let tenant = desk.front.tenant.clone();
        let kinds: Vec<String> = blocking(|| {
            desk.front
                .store
                .read(move |tx| {
                    tx.all(
                        "select kind from event where tenant = $1 and kind like 'alert.%' order by recorded_at",
                        args!(&tenant),
                        |row| row.get(0),
                    )
                })
                .wait()
        })
        .unwrap();
        assert_eq!(kinds, ["alert.silenced", "alert.opened"], "and the journal tells of it");
    }
);

store_test!(
    fn a_silence_without_a_reason_comes_back_with_what_was_typed(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        town.late(2);
        town.evaluate();
        town.house.at("2026-12-03T02:01:00Z");
        town.evaluate();
        let (alert, house) = (open(&town, Which::Open).remove(0), &town.house);
        run(async {
            let head = house.sign_in(CHAIR);
            let path = format!("/su-co/{}", alert.code);
            let seen = house.get(&path, &head).await.text();
            assert!(seen.contains("name=\"su-co\"") && seen.contains("Bắt buộc."), "{seen}");
            let code = alert.code.to_string();
            let mut fields = vec![("quy-tac", "qua-han"), ("cua", "all"), ("su-co", code.as_str())];
            fields.extend([("gio", "72"), ("ly-do", " ")]);
            let back = house.post("/canh-bao/im", &head, &fields).await;
            assert_eq!(back.status, 422, "{}", back.text());
            let text = back.text();
            let told = [
                "ghi lý do, và chọn",
                "<option value=\"72\" selected",
                "<details class=\"card\" open",
            ];
            for told in told {
                assert!(text.contains(told), "{told}: {text}");
            }
            fields.retain(|(name, _)| *name != "ly-do");
            fields.push(("ly-do", "đang dồn hồ sơ"));
            let done = house.post("/canh-bao/im", &head, &fields).await;
            assert_eq!(done.location(), "/canh-bao");
        });
    }
);

/// Who was told of what, in order: the kind of event, and the officer in the outbox.
fn told(town: &Town) -> Vec<(String, PartyId)> {
    let tenant = town.house.desk.front.tenant.clone();
    let read = town.house.desk.front.store.read(move |tx| {
        tx.all(
            "select o.kind, o.case_id from outbox o
             join event e on e.tenant = o.tenant and e.id = o.event_id
             where o.tenant = $1 and o.kind like 'alert.%' order by o.event_id",
            args!(&tenant),
            |row| Ok((row.get::<String>(0)?, row.get::<PartyId>(1)?)),
        )
    });
    let read: Result<_, store::Error> = blocking(|| read.wait());
    read.unwrap()
}

store_test!(
    fn whoever_has_it_in_hand_is_told_until_it_is_acknowledged(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        let cases = town.late(2);
        let house = &town.house;
        let officer = |who: &str| notices::officer(house.persons[who]);
        let read = |minute: u32| {
            house.at(&format!("2026-12-03T02:{minute:02}:00Z"));
            town.count();
            town.evaluate()
        };
        read(1);
        assert!(told(&town).is_empty());
        read(2);
        let opened = || ("alert.opened".to_owned(), officer(EXPERT));
        assert_eq!(told(&town), [opened()], "the expert owns it");
        read(3);
        assert_eq!(told(&town).len(), 1, "it is told once, however often it is read");

        // Well again, and bad again before anybody acknowledged it.
        for case in &cases {
            let case =
                house.complete(case, "phuong-phan-dinh-phung/ma-van-khanh", "tham-tra", "dat");
            let _ = house.complete(&case, "phuong-phan-dinh-phung/tran-thu-ha", "ky", "ky");
        }
        read(4);
        assert_eq!(read(5).cleared, 1);
        town.late(2);
        let again = |hour: &str| {
            house.at(&format!("2026-12-09T{hour}:00Z"));
            town.count();
            town.evaluate();
        };
        again("02:00");
        again("02:01");
        assert_eq!(told(&town), [opened(), opened()]);

        house.at("2026-12-09T02:02:00Z");
        let desk = house.desk.clone();
        assert_eq!(blocking(move || escalate(&desk)).unwrap(), 1);
        let escalated = ("alert.escalated".to_owned(), officer(CHAIR));
        assert_eq!(told(&town)[2..], [escalated], "the next head above");
        let desk = house.desk.clone();
        assert_eq!(blocking(move || escalate(&desk)).unwrap(), 0);
        assert_eq!(told(&town).len(), 3);
    }
);

store_test!(
    fn what_was_acknowledged_is_not_told_again(store: Store) {
        let town = Town::open(&store);
        town.rules(RULES);
        let cases = town.late(2);
        let house = &town.house;
        let read = |time: &str| {
            house.at(&format!("2026-12-{time}:00Z"));
            town.count();
            town.evaluate()
        };
        read("03T02:01");
        assert_eq!(read("03T02:02").opened, 1);
        let alert = open(&town, Which::Open).remove(0);
        run(async {
            let expert = house.sign_in(EXPERT);
            let done = house.post(&format!("/su-co/{}/nhan", alert.code), &expert, &[]).await;
            assert_eq!(done.status, 303);
        });
        for case in &cases {
            let case =
                house.complete(case, "phuong-phan-dinh-phung/ma-van-khanh", "tham-tra", "dat");
            let _ = house.complete(&case, "phuong-phan-dinh-phung/tran-thu-ha", "ky", "ky");
        }
        read("03T02:04");
        assert_eq!(read("03T02:05").cleared, 1);
        town.late(2);
        read("09T02:00");
        read("09T02:01");
        let desk = house.desk.clone();
        assert_eq!(blocking(move || escalate(&desk)).unwrap(), 0);
        let alert = open(&town, Which::Open).remove(0);
        assert_eq!((alert.again, told(&town).len()), (1, 1), "raised again, and told once");
    }
);

store_test!(
    fn whoever_acts_for_the_seat_is_told_too(store: Store) {
        const DEPUTY: &str = "ubnd-tinh/pct-kinh-te";
        let town = Town::open(&store);
        town.rules(RULES);
        let house = &town.house;
        let front = &house.desk.front;
        let seat = |who: &str| {
            let (directory, now) = (front.directory.get(), house.desk.now());
            directory.posts_of(house.persons[who], now)[0].post
        };
        let delegation = Delegation {
            id: front.mint.id(house.desk.now()),
            from: seat(EXPERT),
            to: seat(DEPUTY),
            scope: "Trực trung tâm điều hành".to_owned(),
            validity: Validity::since(house.desk.now()),
        };
        let tenant = front.tenant.clone();
        let write = front
            .store
            .write(move |tx| directory::edit(tx, &tenant, |edit| edit.delegate(&delegation)));
        blocking(|| write.wait()).unwrap();
        front.directory.refresh().unwrap();

        town.late(2);
        for minute in 1..=2 {
            house.at(&format!("2026-12-03T02:{minute:02}:00Z"));
            town.count();
            town.evaluate();
        }
        let mut heard: Vec<PartyId> = told(&town).into_iter().map(|(_, officer)| officer).collect();
        heard.sort();
        let mut meant = [EXPERT, DEPUTY].map(|who| notices::officer(house.persons[who]));
        meant.sort();
        assert_eq!(heard, meant, "the expert, and the deputy who sits in for the expert");
    }
);
