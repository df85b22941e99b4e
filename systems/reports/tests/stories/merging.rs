//! A unit that ends in the middle of a period.

use directory::edit;
use store::store_test;

use crate::office::{Office, PERIOD, follows, page};

store_test!(
    fn a_unit_merged_within_the_period_is_reported_by_its_successor_which_says_so(store: Store) {
        let office = Office::without_rounds(&store);
        // The department of justice ends on 1 November; the one of home affairs takes over.
        office.write(|tx, desk| {
            let directory = desk.front.directory.get();
            let id = |code: &str| directory.agency_by_code(&code.parse().unwrap()).unwrap().id;
            let (ends, heir) = (id("H55.04"), id("H55.02"));
            let at = "2026-10-31T17:00:00Z".parse().unwrap();
            let closed =
                edit(tx, &desk.front.tenant, |edit| edit.close_agency(ends, at, Some(heir)));
            closed.map_err(desk::Error::from)?;
            Ok(())
        });
        office.house.desk.front.directory.refresh().unwrap();
        assert_eq!(office.open_round(PERIOD), 3, "both units owe, and the province");
        let round = office.round();
        let heir = office.report("H55.02").unit;
        let ended = round.iter().find(|report| report.unit != report.owner).unwrap();
        assert_eq!(ended.owner, heir);
        let shown = office.get(&page(ended), &office.holder(ended)).text();
        assert!(shown.contains("đã sáp nhập") && shown.contains("báo cáo thay"), "{shown}");
        // Its figures are those of the unit that ended, not of who reports them.
        assert!(shown.contains(&format!("cua=agency:{}", ended.unit)), "{shown}");
        follows(&office.fill(ended, "5"));
        follows(&office.deed(ended, "gui", &[]));
        // After it, it owes nothing more.
        office.house.at("2026-12-15T02:00:00Z");
        assert_eq!(office.open_round("2026-12-r"), 2);
    }
);
