//! A figure opens down to its cases, a page at a time.

use std::collections::BTreeSet;

use casework::{Channel, Command};
use indicators::{Figure, Opening, Place, Scope};
use kernel::{CaseId, Instant};
use store::{Tx, store_test};

use crate::common::{Desk, vn};

/// All lines behind a fact, read in pages of `limit`; each page's place goes through its text.
fn lines(desk: &Desk, opening: &Opening, now: Instant, limit: usize) -> Vec<CaseId> {
    let (mut cases, mut place): (Vec<CaseId>, Option<Place>) = (Vec::new(), None);
    loop {
        let (cube, tree) = (desk.cube.clone(), desk.province.tree());
        let opening = opening.clone();
        let open = move |tx: &mut Tx<'_>| cube.open(tx, &tree, &opening, now, place, limit);
        let page = desk.store.read(open).wait().unwrap();
        assert!(page.lines.len() <= limit);
        cases.extend(page.lines.iter().map(|line| line.case));
        match page.next {
            Some(next) => place = Some(next.to_string().parse().unwrap()),
            None => return cases,
        }
    }
}

fn part<'f>(figure: &'f Figure, fact: &str) -> &'f (Opening, i64) {
    figure.parts.iter().find(|(of, _)| of.reference.to_string() == fact).unwrap()
}

store_test! {
    fn each_fact_opens_to_as_many_cases_as_it_counts(store: Store) {
        let desk = Desk::open(store);
        let (east, west) = (desk.province.east, desk.province.west);
        let now = vn("2026-04-10T08:00");
        let mut open = Vec::new();
        for n in 0..14 {
            let of = if n % 3 == 0 { west } else { east };
            let start = vn("2026-03-02T08:00") + jiff::SignedDuration::from_hours(n * 24);
            let id = desk.accepted(of, Channel::Counter, start);
            match n % 4 {
                0 => drop(desk.finishes(id, start + jiff::SignedDuration::from_hours(30))),
                1 => drop(desk.finishes(id, vn("2026-04-03T08:00"))),
                2 => drop(desk.does(id, Command::Withdraw { note: "".into() }, vn("2026-04-09T08:00"))),
                _ => open.push(id),
            }
        }
        desk.count_all();
        for scope in [Scope::all(), Scope::agency(east), Scope::agency(desk.province.root)] {
            for period in ["2026-03", "2026-04", "2026-03-05..2026-03-31", "2026-03-r"] {
                for code in ["timeliness.on_time_766", "dossiers.carried_over", "dossiers.ended"] {
                    let figure = desk.figure(code, &scope, period, now);
                    for (opening, n) in &figure.parts {
                        let name = format!("{} of {scope} in {period}", opening.reference);
                        for limit in [1, 3, 100] {
                            let cases = lines(&desk, opening, now, limit);
                            assert_eq!(cases.len() as i64, *n, "{name} by {limit}");
                            let different: BTreeSet<&CaseId> = cases.iter().collect();
                            assert_eq!(different.len(), cases.len(), "{name}");
                        }
                    }
                }
            }
        }
        // Every event is behind the share of those that were recorded late, one line each.
        let figure = desk.figure("evidence.recorded_later_share", &Scope::all(), "2026-q1", now);
        for (opening, n) in &figure.parts {
            assert_eq!(lines(&desk, opening, now, 4).len() as i64, *n, "{}", opening.reference);
        }
        let figure = desk.figure("dossiers.in_hand", &Scope::all(), "2026-04", now);
        let mut cases = lines(&desk, &part(&figure, "end(in_hand)").0, now, 2);
        cases.sort_unstable();
        open.sort_unstable();
        assert_eq!(cases, open);
    }
}

store_test! {
    fn a_long_list_is_read_in_parts(store: Store) {
        let desk = Desk::open(store);
        for n in 0..300 {
            let start = vn("2026-03-02T08:00") + jiff::SignedDuration::from_mins(n);
            desk.file(desk.province.filing(desk.province.east, Channel::Online), start);
        }
        desk.count_all();
        let now = vn("2026-04-01T08:00");
        let figure = desk.figure("dossiers.submitted", &Scope::all(), "2026-03", now);
        let (opening, n) = part(&figure, "submitted");
        assert_eq!(*n, 300);
        let cases: BTreeSet<CaseId> = lines(&desk, opening, now, 70).into_iter().collect();
        assert_eq!(cases.len(), 300);
        assert!("x.y".parse::<Place>().is_err());
    }
}

store_test! {
    fn opening_touches_only_the_lists_of_its_cells(store: Store) {
        let desk = Desk::open(store);
        let now = vn("2026-04-01T08:00");
        for agency in [desk.province.east, desk.province.west] {
            desk.accepted(agency, Channel::Online, vn("2026-03-02T08:00"));
        }
        desk.count_all();
        let scope = Scope::agency(desk.province.east);
        let figure = desk.figure("dossiers.received", &scope, "2026-03", now);
        let opening = part(&figure, "accepted").0.clone();
        let (cube, tree) = (desk.cube.clone(), desk.province.tree());
        let open = move |tx: &mut Tx<'_>| {
            let (page, ran) =
                store::testing::record(|| cube.open(tx, &tree, &opening, now, None, 50));
            Ok::<_, indicators::Error>((page?, ran))
        };
        let (page, ran) = desk.store.read(open).wait().unwrap();
        assert_eq!(page.lines.len(), 1);
        let tables: Vec<&str> = ran
            .iter()
            .map(|(sql, _)| sql.split("from ").nth(1).unwrap().split_whitespace().next().unwrap())
            .collect();
        assert_eq!(tables, ["cube_current", "cube_trace", "cube_trace", "event"]);
    }
}
