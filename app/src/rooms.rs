//! The rooms of the house: every system, and what it brings along.

use axum::Router;
use desk::{Desk, Job, Rail};
use store::Migration;
use web::Lang;

/// A system.
pub(crate) struct Room {
    /// Its tables.
    pub(crate) migrations: &'static [Migration],
    /// Its texts.
    pub(crate) texts: &'static [(Lang, &'static str)],
    /// Procedures that ship with it.
    pub(crate) procedures: &'static [&'static str],
    /// Its places in the navigation of officers.
    pub(crate) rail: Option<Rail>,
    /// Its addresses.
    pub(crate) router: fn(Desk) -> Router,
    /// What it does by itself.
    pub(crate) jobs: &'static [Job],
}

/// Every system, in the order in which officers find them in the navigation.
pub(crate) const ROOMS: &[Room] = &[
    Room {
        migrations: one_stop::MIGRATIONS,
        texts: one_stop::TEXTS,
        procedures: one_stop::PROCEDURES,
        rail: Some(one_stop::RAIL),
        router: one_stop::router,
        jobs: &[],
    },
    Room {
        migrations: feedback::MIGRATIONS,
        texts: feedback::TEXTS,
        procedures: feedback::PROCEDURES,
        rail: Some(feedback::RAIL),
        router: feedback::router,
        jobs: &[],
    },
    Room {
        migrations: eid::MIGRATIONS,
        texts: eid::TEXTS,
        procedures: &[],
        rail: Some(eid::RAIL),
        router: eid::router,
        jobs: &[],
    },
    Room {
        migrations: services::MIGRATIONS,
        texts: services::TEXTS,
        procedures: &[],
        rail: Some(services::RAIL),
        router: services::router,
        jobs: &[],
    },
    Room {
        migrations: &[],
        texts: results::TEXTS,
        procedures: &[],
        rail: None,
        router: results::router,
        jobs: &[],
    },
    Room {
        migrations: &[],
        texts: satisfaction::TEXTS,
        procedures: &[],
        rail: Some(satisfaction::RAIL),
        router: satisfaction::router,
        jobs: &[],
    },
    Room {
        migrations: operations::MIGRATIONS,
        texts: operations::TEXTS,
        procedures: operations::PROCEDURES,
        rail: Some(operations::RAIL),
        router: operations::router,
        jobs: operations::JOBS,
    },
    Room {
        migrations: figures::MIGRATIONS,
        texts: figures::TEXTS,
        procedures: figures::PROCEDURES,
        rail: Some(figures::RAIL),
        router: figures::router,
        jobs: figures::JOBS,
    },
    Room {
        migrations: reports::MIGRATIONS,
        texts: reports::TEXTS,
        procedures: reports::PROCEDURES,
        rail: Some(reports::RAIL),
        router: reports::router,
        jobs: reports::JOBS,
    },
    Room {
        migrations: programme::MIGRATIONS,
        texts: programme::TEXTS,
        procedures: programme::PROCEDURES,
        rail: Some(programme::RAIL),
        router: programme::router,
        jobs: programme::JOBS,
    },
    Room {
        migrations: scoring::MIGRATIONS,
        texts: scoring::TEXTS,
        procedures: scoring::PROCEDURES,
        rail: Some(scoring::RAIL),
        router: scoring::router,
        jobs: scoring::JOBS,
    },
    Room {
        migrations: outlook::MIGRATIONS,
        texts: outlook::TEXTS,
        procedures: outlook::PROCEDURES,
        rail: Some(outlook::RAIL),
        router: outlook::router,
        jobs: outlook::JOBS,
    },
    // The addresses of these two need settings of their own; the house adds them.
    Room {
        migrations: payments::MIGRATIONS,
        texts: paying::TEXTS,
        procedures: &[],
        rail: Some(paying::RAIL),
        router: |_| Router::new(),
        jobs: &[],
    },
    Room {
        migrations: notices::MIGRATIONS,
        texts: telling::TEXTS,
        procedures: &[],
        rail: Some(telling::RAIL),
        router: |_| Router::new(),
        jobs: &[],
    },
];

/// The procedures that ship, of every system.
pub(crate) fn procedures() -> impl Iterator<Item = &'static str> {
    ROOMS.iter().flat_map(|room| room.procedures).copied()
}

/// The texts of every room, with those that all share.
pub(crate) fn texts() -> Vec<(Lang, &'static str)> {
    let shared = web::TEXTS.iter().chain(desk::TEXTS);
    shared.chain(ROOMS.iter().flat_map(|room| room.texts)).copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_rooms_give_one_name_to_two_texts() {
        web::Texts::new(&texts()).expect("the texts of all rooms fit together");
    }
}
