//! A published figure stays as it was published; what is learned later is said beside it.

use casework::Channel;
use indicators::{Error, Fact, Figure, LateMove, Revised, Scope};
use kernel::{Actor, Instant};
use store::{Tx, store_test};

use crate::common::{Desk, vn};

fn freeze(desk: &Desk, figure: &Figure, reason: &str, at: Instant) -> Result<Revised, Error> {
    let (cube, definitions) = (desk.cube.clone(), desk.definitions.clone());
    let (figure, reason) = (figure.clone(), reason.to_owned());
    let freeze = move |tx: &mut Tx<'_>| {
        let indicator = definitions.get(&figure.indicator).unwrap();
        let by = Actor::System("monthly report".into());
        cube.freeze(tx, indicator, &figure, &reason, (&by, at))
    };
    desk.store.write(freeze).wait()
}

fn published(desk: &Desk, figure: &Figure) -> Vec<Revised> {
    let (cube, figure) = (desk.cube.clone(), figure.clone());
    let read =
        move |tx: &mut Tx<'_>| cube.published(tx, &figure.indicator, &figure.scope, figure.period);
    desk.store.read(read).wait().unwrap()
}

fn moved_since(desk: &Desk, figure: &Figure, pos: u64) -> Vec<LateMove> {
    let (cube, tree, figure) = (desk.cube.clone(), desk.province.tree(), figure.clone());
    let read = move |tx: &mut Tx<'_>| cube.moved_since(tx, &tree, &figure, pos);
    desk.store.read(read).wait().unwrap()
}

store_test! {
    fn a_late_fact_moves_the_past_in_sight(store: Store) {
        let desk = Desk::open(store);
        let east = desk.province.east;
        let scope = Scope::agency(east);
        desk.accepted(east, Channel::Counter, vn("2026-03-02T08:00"));
        let done = desk.accepted(east, Channel::Counter, vn("2026-03-04T08:00"));
        desk.finishes(done, vn("2026-03-06T08:00"));
        desk.count_all();

        // On 1 April the figure of March is published.
        let april = vn("2026-04-01T08:00");
        let figure = desk.figure("dossiers.received", &scope, "2026-03", april);
        let first = freeze(&desk, &figure, "", april).unwrap();
        assert_eq!((first.number, first.value), (1, figure.value));
        assert_eq!(first.parts, [("accepted".to_owned(), 2)]);
        assert_eq!(first.pos, figure.as_of.pos);
        assert_eq!(freeze(&desk, &figure, "", april).unwrap(), first, "once is enough");

        // In April somebody writes down a dossier that was taken on at the end of March.
        let late = desk.file_late(
            desk.province.filing(east, Channel::Online),
            vn("2026-03-30T08:00"),
            vn("2026-04-02T09:00"),
        );
        let accept = casework::Command::Accept { note: "".into() };
        desk.does_late(late, accept, vn("2026-03-30T08:05"), vn("2026-04-02T09:01"));
        desk.count_all();
        let now = vn("2026-04-03T08:00");
        let figure = desk.figure("dossiers.received", &scope, "2026-03", now);
        assert_eq!(figure.value.unwrap().text(0), "3");
        assert_eq!(published(&desk, &figure), std::slice::from_ref(&first), "the published one stays");
        let moved = moved_since(&desk, &figure, first.pos);
        let told: Vec<_> = moved.iter().map(|one| (one.fact, one.n, one.day.to_string())).collect();
        assert_eq!(told, [(Fact::Accepted.number(), 1, "2026-03-30".to_owned())]);
        assert_eq!(moved[0].recorded, vn("2026-04-02T09:01"));

        // It is corrected for a reason, and both stand.
        assert!(matches!(freeze(&desk, &figure, " ", now), Err(Error::Frozen)));
        let second = freeze(&desk, &figure, "Một hồ sơ ghi muộn", now).unwrap();
        assert_eq!((second.number, second.value), (2, figure.value));
        assert_eq!(published(&desk, &figure), [first, second.clone()]);
        assert!(moved_since(&desk, &figure, second.pos).is_empty());
        desk.cube.rebuild(&desk.store, |_, _| ()).unwrap();
        assert_eq!(published(&desk, &figure).len(), 2, "a rebuild leaves what was published");
    }
}
