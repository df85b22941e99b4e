//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// The rooms of this system alone, and a procedure of two steps.
pub const ROOMS: Rooms = Rooms {
    migrations: &[crate::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[&[PROCEDURE]],
    rails: &[crate::RAIL],
    router: crate::router,
};

/// A procedure of two steps.
pub const PROCEDURE: &str = include_str!("../tests/procedure.toml");

/// What a forecast of now would rest on, as it is read on from what is kept of the run before, and
/// as it is read anew: both written out, with how many events the first had to read.
///
/// # Errors
/// Those of the store.
pub fn grounds(desk: &desk::Desk) -> crate::Result<(String, String, u64)> {
    let now = desk.now();
    let read = || {
        let shared = desk.clone();
        desk.front.store.read(move |tx| crate::ground::Ground::read(tx, &shared, now)).wait()
    };
    let before = crate::reader::taken(desk);
    let from = before.as_ref().map_or(0, |past| past.pos);
    if let Some(before) = before {
        crate::reader::keep(desk, before);
    }
    let (on, anew) = (read()?, read()?);
    let written = |ground: &crate::ground::Ground| format!("{:?}", ground.inputs());
    Ok((written(&on), written(&anew), on.past.pos - from))
}

/// Computes the next run, as the job does.
///
/// # Errors
/// Those of the store.
pub fn work(desk: &desk::Desk) -> crate::Result<bool> {
    crate::work::next(desk)
}
