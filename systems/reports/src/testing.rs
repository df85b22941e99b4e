//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// The rooms of this system alone.
pub const ROOMS: Rooms = Rooms {
    migrations: &[crate::MIGRATIONS, indicators::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[crate::PROCEDURES, &[PROCEDURE]],
    rails: &[crate::RAIL],
    router: crate::router,
};

/// A procedure of one step, so that there are dossiers to report on.
const PROCEDURE: &str = include_str!("../tests/procedure.toml");
