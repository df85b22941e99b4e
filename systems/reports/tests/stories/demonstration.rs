//! The demonstration has reports in every state.

use std::collections::BTreeSet;

use desk::testing::House;
use reports::testing::ROOMS;
use store::{args, store_test};

store_test!(
    fn no_list_is_empty(store: Store) {
        let house = House::open(&store, "2026-12-01T02:00:00Z", &ROOMS);
        reports::demo(&house.desk).unwrap();
        let tenant = house.desk.front.tenant.clone();
        let read = house.desk.front.store.read(move |tx| {
            tx.all(
                "select state, period from report where tenant = $1 group by state, period",
                args!(&tenant),
                |row| Ok((row.get::<String>(0)?, row.get::<String>(1)?)),
            )
        });
        let found = read.wait().map_err(|error: store::Error| error).unwrap();
        let states: BTreeSet<&str> = found.iter().map(|(state, _)| state.as_str()).collect();
        let wanted = BTreeSet::from(["approving", "draft", "received", "returned", "sent"]);
        assert_eq!(states, wanted);
        let periods: BTreeSet<&str> = found.iter().map(|(_, period)| period.as_str()).collect();
        assert_eq!(periods, BTreeSet::from(["2026-09-r", "2026-10-r", "2026-11-r"]));
    }
);
