//! One dossier after another, and what the head reads of them.

use casework::{Channel, Command, SupplementReason};
use indicators::{Scope, Why};
use serde_json::json;
use store::store_test;

use crate::common::{Desk, vn};

store_test! {
    fn a_month_is_told_by_its_figures(store: Store) {
        let desk = Desk::open(store);
        let east = desk.province.east;
        let all = Scope::all();
        let now = vn("2026-04-01T08:00");

        // Three dossiers in March: one in time, one too late, one still in hand and late.
        let early = desk.accepted(east, Channel::Online, vn("2026-03-02T08:00"));
        desk.finishes(early, vn("2026-03-03T10:00"));
        let late = desk.accepted(east, Channel::Counter, vn("2026-03-02T08:00"));
        desk.finishes(late, vn("2026-03-12T10:00"));
        desk.accepted(east, Channel::Counter, vn("2026-03-16T08:00"));
        // And one of February, in hand until April, its supplement awaited.
        let slow = desk.accepted(east, Channel::Counter, vn("2026-02-26T08:00"));
        let (reason, note) = (SupplementReason::MissingPaper, "giấy tờ".into());
        desk.does(slow, Command::RequestSupplement { reason, note }, vn("2026-02-27T08:00"));
        desk.count_all();

        let march = |code: &str| desk.text(code, &all, "2026-03", now);
        assert_eq!(march("dossiers.received"), "3");
        assert_eq!(march("dossiers.carried_over"), "1");
        assert_eq!(march("dossiers.in_hand"), "2");
        assert_eq!(march("dossiers.finished"), "2");
        assert_eq!(march("timeliness.finished_on_time"), "50.00");
        assert_eq!(march("timeliness.running_late"), "1");
        // In time: the one that was finished early, and the one that awaits its one supplement.
        assert_eq!(march("timeliness.on_time_766"), "50.00");
        assert_eq!(march("timeliness.points_766"), "10.00");
        assert_eq!(march("online.share"), "33.33");
        assert_eq!(march("papers.digital_share"), "50.00");
        assert_eq!(march("papers.reused_share"), "100.00");
        assert_eq!(march("supplements.waiting"), "1");
        assert_eq!(march("results.electronic_share_766"), "0.00");
        assert_eq!(desk.text("dossiers.received", &all, "2026-q1", now), "4");
        assert_eq!(desk.text("dossiers.received", &all, "2026-03-r", now), "3");

        // None is not zero, and says why.
        let none = |code: &str, period: &str| desk.figure(code, &all, period, now).value;
        assert_eq!(none("dossiers.clearance", "2026-01"), Err(Why::NothingToDivideBy));
        assert_eq!(none("dossiers.received", "2026-05"), Err(Why::NotBegun));
        assert_eq!(none("dossiers.received", "2010"), Err(Why::NotInForce));
        let commune = Scope::agency(desk.province.west);
        let of_one = desk.figure("citizen.consents_given", &commune, "2026-03", now);
        assert_eq!(of_one.value, Err(Why::NotKeptHere));
        assert_eq!(desk.text("dossiers.received", &commune, "2026-03", now), "0");
    }
}

store_test! {
    fn each_agency_has_the_answers_that_people_gave_about_it(store: Store) {
        let desk = Desk::open(store);
        let (east, west) = (desk.province.east, desk.province.west);
        let answers = [(east, "dossier", 3), (east, "dossier", 2), (east, "feedback", 1), (west, "dossier", 1)];
        for (number, (agency, matter, score)) in answers.into_iter().enumerate() {
            let about = json!({ "score": score, "agency": agency, "matter": matter });
            let subject = format!("satisfaction {number}");
            desk.tells(&subject, "satisfaction.answered", &about, vn("2026-03-09T08:00"));
        }
        desk.count_all();
        let now = vn("2026-04-01T08:00");
        let of = |code: &str, scope: &Scope| desk.text(code, scope, "2026-03", now);
        let (all, east, west) = (Scope::all(), Scope::agency(east), Scope::agency(west));
        assert_eq!(of("citizen.answers", &all), "4");
        assert_eq!(of("citizen.satisfied_share", &all), "50.00");
        assert_eq!(of("citizen.answers", &east), "3");
        assert_eq!(of("citizen.satisfied_share", &east), "66.67");
        assert_eq!(of("citizen.very_satisfied_share", &east), "33.33");
        assert_eq!(of("citizen.dissatisfied_share", &west), "100.00");
        // Where nobody answered there is no share, and no full marks.
        let before = desk.figure("citizen.satisfied_share", &west, "2026-02", now);
        assert_eq!(before.value, Err(Why::NothingToDivideBy));
    }
}

store_test! {
    fn a_promise_of_today_is_kept_until_its_hour(store: Store) {
        let desk = Desk::open(store);
        let all = Scope::all();
        // Five working days: due on Monday the 9th, when the office closes or before.
        let id = desk.accepted(desk.province.east, Channel::Online, vn("2026-03-02T08:00"));
        desk.count_all();
        let late = |now: &str| desk.text("timeliness.running_late", &all, "2026-03", vn(now));
        let in_time =
            |now: &str| desk.text("timeliness.on_time_766", &all, "2026-03", vn(now));
        assert_eq!((late("2026-03-06T23:00"), late("2026-03-08T12:00")), ("0".into(), "0".into()));
        let province = &desk.province;
        let tenant = province.tenant.clone();
        let case = desk.store.read(move |tx: &mut store::Tx<'_>| casework::load(tx, &tenant, id));
        let due = case.wait().unwrap().unwrap().due().unwrap();
        let minute = jiff::SignedDuration::from_mins(1);
        let at = |now: kernel::Instant| desk.text("timeliness.running_late", &all, "2026-03", now);
        assert_eq!((at(due - minute), at(due + minute)), ("0".into(), "1".into()));
        assert_eq!(in_time("2026-03-20T08:00"), "0.00");
        assert_eq!(late("2026-04-20T08:00"), "1", "as March ended");
    }
}

store_test! {
    fn what_is_of_a_part_is_read_of_it(store: Store) {
        let desk = Desk::open(store);
        let (east, west) = (desk.province.east, desk.province.west);
        let now = vn("2026-04-01T08:00");
        desk.accepted(east, Channel::Online, vn("2026-03-02T08:00"));
        desk.accepted(west, Channel::Counter, vn("2026-03-02T09:00"));
        desk.accepted(west, Channel::Counter, vn("2026-03-03T09:00"));
        desk.count_all();
        let of = |scope: &Scope, period: &str| desk.text("dossiers.received", scope, period, now);
        assert_eq!(of(&Scope::agency(east), "2026-03"), "1");
        assert_eq!(of(&Scope::agency(west), "2026-03"), "2");
        assert_eq!(of(&Scope::agency(desk.province.root), "2026-03"), "3", "those below it too");
        assert_eq!(of(&Scope::agency(west), "2026-03-03..2026-03-09"), "1");

        let slice = |slice: indicators::Slice| {
            let (cube, definitions) = (desk.cube.clone(), desk.definitions.clone());
            let tree = desk.province.tree();
            let read = move |tx: &mut store::Tx<'_>| {
                let indicator = definitions.get("dossiers.received").unwrap();
                let of = (&Scope::all(), "2026-03".parse().unwrap(), &slice);
                cube.figure(tx, &tree, indicator, of, now)
            };
            desk.store.read(read).wait().unwrap().value.unwrap().text(0)
        };
        let online = Some(Channel::Online);
        let procedure =
            Some(indicators::ProcedureNumber::of(&desk.province.procedure.code));
        let field = |name: &str| Some(name.to_owned());
        let none = indicators::Slice::default();
        assert_eq!(slice(indicators::Slice { channel: online, ..none.clone() }), "1");
        assert_eq!(slice(indicators::Slice { procedure, ..none.clone() }), "3");
        assert_eq!(slice(indicators::Slice { field: field("Xây dựng"), ..none.clone() }), "3");
        assert_eq!(slice(indicators::Slice { field: field("Hộ tịch"), ..none }), "0");
    }
}
