//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// The rooms of this system alone.
pub const ROOMS: Rooms = Rooms {
    migrations: &[indicators::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[&[PROCEDURE]],
    rails: &[crate::RAIL],
    router: crate::router,
};

/// A procedure of two steps.
pub const PROCEDURE: &str = include_str!("../tests/procedure.toml");
