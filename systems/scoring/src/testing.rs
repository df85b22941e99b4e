//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// The rooms of this system alone, with the cube that it counts by and a procedure of two steps.
pub const ROOMS: Rooms = Rooms {
    migrations: &[indicators::MIGRATIONS, crate::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[&[include_str!("../tests/procedure.toml")]],
    rails: &[crate::RAIL],
    router: crate::router,
};
