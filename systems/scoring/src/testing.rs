//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// The rooms of this system alone, with the cube that it counts by.
pub const ROOMS: Rooms = Rooms {
    migrations: &[indicators::MIGRATIONS, crate::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[],
    rails: &[crate::RAIL],
    router: crate::router,
};
