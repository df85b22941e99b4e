//! What this system furnishes a house of tests with.

use desk::testing::Rooms;

/// Tables, texts, procedures, navigation and addresses.
pub const ROOMS: Rooms = Rooms {
    migrations: &[crate::MIGRATIONS, indicators::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[crate::PROCEDURES],
    rails: &[crate::RAIL],
    router: crate::router,
};
