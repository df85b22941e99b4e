//! The reports of the demonstration.

use desk::{Tally, tallies};
use feedback::demo;
use procedure::Matter;
use store::{args, store_test};

use crate::town::Town;

store_test!(
    fn the_demonstration_has_reports_of_every_kind_and_none_that_is_made_up_for_show(store: Store) {
        let town = Town::open(&store);
        let until = town.house.desk.now();
        assert_eq!(demo::generate(&town.house.desk, until, 7).unwrap(), 320);
        let states: Vec<(String, i64)> = town.read(|tx, feedback| {
            let sql = "select state, count(*) from feedback where tenant = $1 group by state";
            let read = |row: &store::Row<'_>| Ok((row.get(0)?, row.get(1)?));
            Ok(tx.all(sql, args!(&feedback.front.tenant), read)?)
        });
        for state in ["handling", "closed", "refused"] {
            assert!(states.iter().any(|(of, count)| of == state && *count > 0), "{states:?}");
        }
        // Nothing happens after the day, and what a row says is what its case says.
        let (later, strange): (i64, i64) = town.read(move |tx, feedback| {
            let tenant = &feedback.front.tenant;
            let later = tx.one(
                "select count(*) from event where tenant = $1 and recorded_at > $2",
                args!(tenant, until + jiff::SignedDuration::from_hours(48)),
                |row| row.get(0),
            )?;
            let strange = tx.one(
                "select count(*) from feedback f
                 join case_state c on c.tenant = f.tenant and c.id = f.case_id
                 where f.tenant = $1 and (f.agency <> c.decided_by or f.shown and f.confidential)",
                args!(tenant),
                |row| row.get(0),
            )?;
            Ok((later, strange))
        });
        assert_eq!((later, strange), (0, 0));
        // Ratings stand where those of dossiers stand.
        let all = town.read(move |tx, feedback| {
            let from = until - jiff::SignedDuration::from_hours(24 * 60);
            let to = until + jiff::SignedDuration::from_hours(48);
            Ok(tallies(tx, feedback.desk(), Matter::Feedback, from, to)?)
        });
        let answers: u64 = all.values().map(Tally::count).sum();
        let satisfied: u64 = all.values().map(Tally::satisfied).sum();
        assert!(answers > 30 && satisfied > answers / 2 && satisfied < answers, "{all:?}");
        for page in ["/phan-anh", "/phan-anh/ban-do", "/phan-anh/so-lieu", "/phan-anh/tin.rss"] {
            let text = town.get(page, "").text().to_lowercase();
            assert!(text.contains("phường") || text.contains("xã"), "{page}: {text}");
        }
    }
);
