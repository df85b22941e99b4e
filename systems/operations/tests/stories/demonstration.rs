//! What the demonstration shows, by the rules that ship.

use operations::queries::{Which, list};
use store::store_test;

use super::office::{CHAIR, Town, WARD_HEAD, blocking, run};

store_test!(
    fn the_demonstration_has_an_incident_in_hand_and_one_that_is_over(store: Store) {
        let town = Town::open(&store);
        town.late(12);
        let desk = town.house.desk.clone();
        blocking(|| operations::demo(&desk)).unwrap();
        let read = || {
            let desk = desk.clone();
            let read = desk.front.store.clone().read(move |tx| list(tx, &desk, Which::All));
            blocking(|| read.wait()).unwrap()
        };
        let alerts = read();
        let closed = alerts.iter().filter(|alert| alert.closed_at.is_some()).count();
        let in_hand = alerts
            .iter()
            .filter(|alert| alert.closed_at.is_none() && alert.acknowledged_at.is_some());
        assert_eq!((closed, in_hand.count()), (1, 1), "{alerts:?}");
        blocking(|| operations::demo(&desk)).unwrap();
        let invented = |id: &str| {
            read().iter().filter(|a| a.rule.as_ref().is_some_and(|rule| rule.id == id)).count()
        };
        assert_eq!(invented("so-lieu-cham"), 1, "the same history, the same incidents");

        // Every kind of rule that ships is read again and again; the ward has twelve late ones,
        // and its head is given the incident.
        for minute in 1..4 {
            town.house.at(&format!("2026-12-03T02:{minute:02}:00Z"));
            town.count();
            town.evaluate();
        }
        let alerts = read();
        let of = |id: &str| {
            let found = alerts.iter().find(|a| a.rule.as_ref().is_some_and(|rule| rule.id == id));
            found.unwrap_or_else(|| panic!("{id}: {alerts:?}"))
        };
        let ward = of("qua-han-xa");
        assert_eq!(ward.reading, 12.0);
        run(async {
            let head = town.house.sign_in(WARD_HEAD);
            let list = town.house.get("/canh-bao", &head).await.text();
            assert!(list.contains("Xã, phường có nhiều hồ sơ quá hạn"), "{list}");
            assert!(
                !list.contains("Số hồ sơ nhận khác thường"),
                "the province's is not the ward's"
            );
            let path = format!("/su-co/{}", ward.code);
            let done = town.house.post(&format!("{path}/nhan"), &head, &[]).await;
            assert_eq!(done.status, 303, "{}", done.text());
            let chair = town.house.sign_in(CHAIR);
            let rules = town.house.get("/canh-bao/quy-tac", &chair).await.text();
            assert!(rules.contains("trên 9, hết khi còn 5"), "{rules}");
        });
    }
);
