//! The house of tests with the one-stop desk in it.

use casework::{Case, Channel};
use desk::{
    Charge, Paper,
    testing::{House as Walls, Rooms},
};
use identity::party::Party;
use store::Store;

use crate::commands::{CounterFiling, file_at_counter};

pub use desk::testing::Answer;

/// What this system furnishes a house with.
pub const ROOMS: Rooms = Rooms {
    migrations: &[crate::MIGRATIONS],
    texts: &[crate::TEXTS],
    procedures: &[crate::PROCEDURES],
    rails: &[crate::RAIL],
    router: crate::router,
};

/// A house with the one-stop desk.
pub struct House(Walls);

impl std::ops::Deref for House {
    type Target = Walls;

    fn deref(&self) -> &Walls {
        &self.0
    }
}

impl House {
    /// Opens the house at an instant, with the demonstration's agencies, people and procedures.
    ///
    /// # Panics
    /// Where anything fails: it is a test.
    #[must_use]
    pub fn open(store: &Store, now: &str) -> Self {
        Self(Walls::open(store, now, &ROOMS))
    }

    /// A dossier is filed at the counter of whoever is signed in.
    ///
    /// # Panics
    /// Where it is refused.
    pub async fn file(&self, cookie: &str, filing: CounterFiling) -> Case {
        let me = self.officer(cookie).await;
        file_at_counter(&self.desk, &me, filing).await.expect("a dossier that is filed").case
    }
}

/// A dossier on paper of a person of whom only the name is known, with these papers, to be taken
/// on at once.
///
/// # Panics
/// Where the code of the procedure is none.
#[must_use]
pub fn filing(procedure: &str, name: &str, papers: &[&str]) -> CounterFiling {
    let paper = |id: &&str| Paper {
        component: Some((*id).to_owned()),
        copies: 1,
        source: "paper",
        file: None,
    };
    let name = name.to_owned();
    CounterFiling {
        procedure: procedure.parse().expect("a code"),
        channel: Channel::Counter,
        applicant: Party {
            name,
            number: None,
            born: None,
            phone: None,
            email: None,
            address: None,
        },
        answers: serde_json::Map::new(),
        papers: papers.iter().map(paper).collect(),
        decided_by: None,
        reopens: None,
        charge: Charge::default(),
        paid: None,
        accept: true,
    }
}

/// A birth that is registered at the counter, complete.
#[must_use]
pub fn birth(name: &str) -> CounterFiling {
    filing("1.001193", name, &["to-khai", "giay-chung-sinh", "giay-to-tuy-than"])
}
