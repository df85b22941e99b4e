use payments::OrderState;
use store::store_test;

use crate::authority::{Desk, paid};

store_test!(
    fn an_order_is_offered_until_its_time_is_over(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000, 8_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        assert_eq!((order.reference.as_str(), order.amount), ("H55622603020001X1", 23_000));
        let again = desk.order(id, "2026-03-04T02:00:00Z").unwrap();
        assert_eq!(again, order, "the same, as long as it is offered");
        let next = desk.order(id, "2026-03-05T02:00:01Z").unwrap();
        assert_eq!((next.reference.as_str(), next.state), ("H55622603020001X2", OrderState::Open));

        // The banking app had the old code; the money counts all the same.
        let received = desk.comes(&paid("1", &order.reference, 23_000), "2026-03-06T02:00:00Z");
        assert_eq!((received.kept.applied, received.kept.problem), (23_000, None));
        assert_eq!(desk.order(id, "2026-03-06T03:00:00Z"), None, "nothing is owed");
        assert_eq!(desk.case(id).unpaid(), 0);
    }
);

store_test!(
    fn what_the_law_waives_needs_no_order(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[]);
        assert_eq!(desk.order(id, "2026-03-02T02:00:00Z"), None);
        let command = casework::Command::SetObligation {
            name: "Lệ phí (miễn cho người cao tuổi)".into(),
            amount: 0,
            pauses: false,
        };
        desk.does(id, command, "2026-03-02T02:00:00Z");
        assert_eq!(desk.order(id, "2026-03-02T02:00:00Z"), None);
    }
);

store_test!(
    fn a_gateway_is_asked_a_bounded_number_of_times(store: Store) {
        let desk = Desk::open(store);
        let id = desk.owing(&[15_000]);
        let order = desk.order(id, "2026-03-02T02:00:00Z").unwrap();
        let now = crate::authority::at("2026-03-02T02:00:00Z");
        desk.write(move |tx, commune| {
            payments::handed_over(tx, &commune.tenant, order.id, "cong", "https://g.example", now)
        })
        .unwrap();
        let mut asked = Vec::new();
        for minute in 0..6_000_i64 {
            let now = now + jiff::SignedDuration::from_mins(minute);
            let orders =
                desk.write(move |tx, commune| payments::to_ask(tx, &commune.tenant, now, 10));
            if orders.unwrap().len() == 1 {
                asked.push(minute);
            }
        }
        assert_eq!(asked.len(), 12);
        assert_eq!(asked[..5], [2, 6, 14, 30, 62]);
    }
);
