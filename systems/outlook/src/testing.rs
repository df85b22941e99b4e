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

/// Computes the next run, as the job does.
///
/// # Errors
/// Those of the store.
pub fn work(desk: &desk::Desk) -> crate::Result<bool> {
    crate::work::next(desk)
}
