//! A unit that merges in the middle of a month: whose figure is whose.

use casework::Channel;
use directory::{Directory, Parts, Place, PlaceKind, Validity};
use indicators::{Before, Day, Scope, Tree};
use store::store_test;

use crate::common::{Desk, vn};

store_test! {
    fn before_a_merger_each_counts_for_itself(store: Store) {
        let desk = Desk::open(store);
        let (east, west) = (desk.province.east, desk.province.west);
        let now = vn("2026-05-01T08:00");
        // East ends on 16 March; what it has in hand goes to West.
        desk.accepted(west, Channel::Counter, vn("2026-03-02T08:00"));
        let open = desk.accepted(east, Channel::Counter, vn("2026-03-03T08:00"));
        let done = desk.accepted(east, Channel::Counter, vn("2026-02-23T08:00"));
        desk.finishes(done, vn("2026-03-04T08:00"));
        desk.moves(open, west, vn("2026-03-16T00:00"));
        desk.accepted(west, Channel::Counter, vn("2026-03-17T08:00"));
        desk.finishes(open, vn("2026-03-18T08:00"));
        desk.count_all();

        let mut agencies = desk.province.agencies();
        let merged = vn("2026-03-16T00:00");
        agencies[1].validity = Validity::between(agencies[1].validity.from, merged).unwrap();
        agencies[1].successor = Some(west);
        let tree = desk.province.tree_of(agencies);
        let text = |scope: &Scope, code: &str, period: &str| {
            let figure = desk.figure_in(&tree, code, scope, period, now);
            crate::common::text(&desk.definitions, &figure)
        };
        let (as_was, comparable) = (Scope::agency(west), Scope::agency(west).comparable());
        assert_eq!(text(&as_was, "dossiers.received", "2026-03"), "2");
        assert_eq!(text(&comparable, "dossiers.received", "2026-03"), "3");
        assert_eq!(text(&comparable, "dossiers.received", "2026-02"), "1");
        assert_eq!(text(&Scope::agency(east), "dossiers.received", "2026-03"), "1");
        // Finished by whoever had it then.
        assert_eq!(text(&Scope::agency(east), "dossiers.finished", "2026-03"), "1");
        assert_eq!(text(&as_was, "dossiers.finished", "2026-03"), "1");
        assert_eq!(text(&as_was, "organisation.moved_here", "2026-03"), "1");
        // What was in hand is nowhere twice.
        assert_eq!(text(&Scope::agency(east), "dossiers.in_hand", "2026-03-01..2026-03-15"), "1");
        assert_eq!(text(&as_was, "dossiers.in_hand", "2026-03-01..2026-03-15"), "1");
        assert_eq!(text(&comparable, "dossiers.in_hand", "2026-03-01..2026-03-15"), "2");
        assert_eq!(text(&Scope::agency(east), "dossiers.in_hand", "2026-03"), "0");
        assert_eq!(text(&as_was, "dossiers.in_hand", "2026-03"), "2");
        for period in ["2026-02", "2026-03", "2026-03-10..2026-03-20"] {
            let whole = text(&Scope::all(), "dossiers.received", period);
            let root = Scope::agency(desk.province.root);
            assert_eq!(text(&root, "dossiers.received", period), whole, "{period}");
        }
    }
}

store_test! {
    fn a_unit_that_moves_in_the_middle_of_a_month_counts_for_both_by_days(store: Store) {
        let desk = Desk::open(store);
        let (east, west) = (desk.province.east, desk.province.west);
        let now = vn("2026-05-01T08:00");
        for day in ["2026-03-02T08:00", "2026-03-09T08:00", "2026-03-23T08:00"] {
            desk.accepted(east, Channel::Counter, vn(day));
        }
        desk.count_all();
        // East stood under the province until the 9th, and stands under West from then on.
        let mut agencies = desk.province.agencies();
        agencies[1].parent = Some(west);
        let before = Before::Parent(Some(desk.province.root));
        let changes = vec![(east, Day::of(vn("2026-03-09T00:00")), before)];
        let tree = Tree::new(&desk.province.directory(agencies), changes);
        let received = |scope: &Scope, period: &str| {
            let figure = desk.figure_in(&tree, "dossiers.received", scope, period, now);
            crate::common::text(&desk.definitions, &figure)
        };
        assert_eq!(received(&Scope::agency(west), "2026-03"), "2");
        assert_eq!(received(&Scope::agency(west), "2026-03-r"), "1");
        assert_eq!(received(&Scope::agency(east), "2026-03"), "3");
        assert_eq!(received(&Scope::agency(desk.province.root), "2026-03"), "3");
    }
}

/// A place with its days, and where it went.
fn place(code: &str, name: &'static str, until: Option<&str>, into: &[&str]) -> Place {
    Place {
        code: code.parse().unwrap(),
        name: name.into(),
        kind: PlaceKind::of(name).unwrap().0,
        parent: Some("19".parse().unwrap()),
        note: "".into(),
        valid_from: "2025-07-01".parse().unwrap(),
        valid_to: until.map(|day| day.parse().unwrap()),
        successors: into.iter().map(|code| code.parse().unwrap()).collect(),
    }
}

store_test! {
    fn a_place_has_the_figures_of_its_authorities(store: Store) {
        let desk = Desk::open(store);
        let (east, west) = (desk.province.east, desk.province.west);
        let now = vn("2026-05-01T08:00");
        desk.accepted(east, Channel::Counter, vn("2026-03-02T08:00"));
        desk.accepted(west, Channel::Counter, vn("2026-03-03T08:00"));
        desk.accepted(west, Channel::Counter, vn("2026-03-20T08:00"));
        desk.count_all();
        // The commune of East goes into that of West on the 16th, and so does its authority.
        let mut agencies = desk.province.agencies();
        agencies[0].place = Some("19".parse().unwrap());
        agencies[1].place = Some("99901".parse().unwrap());
        agencies[2].place = Some("99902".parse().unwrap());
        let merged = vn("2026-03-16T00:00");
        agencies[1].validity = Validity::between(agencies[1].validity.from, merged).unwrap();
        agencies[1].successor = Some(west);
        let places = vec![
            place("99901", "Xã Đông", Some("2026-03-16"), &["99902"]),
            place("99902", "Xã Tây", None, &[]),
        ];
        let parts = Parts { agencies, places, ..Parts::default() };
        let tree = Tree::new(&Directory::new("H55".parse().unwrap(), 1, parts), Vec::new());
        let received = |code: &str, comparable: bool| {
            let scope = Scope::place(code.parse().unwrap());
            let scope = if comparable { scope.comparable() } else { scope };
            let figure = desk.figure_in(&tree, "dossiers.received", &scope, "2026-03", now);
            crate::common::text(&desk.definitions, &figure)
        };
        assert_eq!(received("99901", false), "1");
        assert_eq!(received("99902", false), "2");
        assert_eq!(received("99902", true), "3");
        assert_eq!(received("19", false), "3", "the province has those of its communes");
    }
}
