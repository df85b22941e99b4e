//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// The rooms of this system alone; no officer finds it in the navigation, since a dossier leads
/// to it.
pub const ROOMS: Rooms = Rooms {
    migrations: &[],
    texts: &[crate::TEXTS],
    procedures: &[&[PROCEDURE]],
    rails: &[],
    router: crate::router,
};

/// A procedure whose last step ends it with a result.
pub const PROCEDURE: &str = include_str!("../tests/procedure.toml");
