//! Dossiers of a house for tests, filed and worked on without any page.

use casework::{Case, Channel, Command, Note, Stamp};
use identity::party::Party;
use journal::{LogKey, Origin, Sealer};
use kernel::{Actor, Mint};
use procedure::Matter;

use super::House;
use crate::{Answers, Applicant, Charge, Filing, Paper, accept, act, file};

impl House {
    /// A person as an actor, in the first of their seats.
    ///
    /// # Panics
    /// Where there is no such person, or they hold no seat.
    #[must_use]
    pub fn actor(&self, slug: &str) -> Actor {
        let person = self.persons[slug];
        let directory = self.desk.front.directory.get();
        let post = directory.posts_of(person, self.desk.now())[0].post;
        Actor::Officer { person, post, acting_for: None }
    }

    fn stamp(&self, slug: &str) -> Stamp {
        let now = self.desk.now();
        Stamp { actor: self.actor(slug), happened_at: now, recorded_at: now }
    }

    /// A dossier is filed at the counter by somebody, and taken on.
    ///
    /// # Panics
    /// Where it is refused.
    #[must_use]
    pub fn receive(&self, slug: &str, procedure: &str, who: &Party, answers: Answers) -> Case {
        let (desk, stamp) = (self.desk.clone(), self.stamp(slug));
        let moment = desk.moment();
        let Actor::Officer { post, .. } = stamp.actor else { unreachable!("an officer") };
        let agency = moment.directory.post(post).expect("a seat").agency;
        let code = procedure.parse().expect("a code");
        let procedure = moment.shelf.in_force(&code, kernel::today(desk.now()));
        let papers = procedure.expect("a procedure in force").components.iter();
        let papers = papers.map(|component| Paper {
            component: Some(component.id.to_string()),
            copies: 1,
            source: "paper",
            file: None,
        });
        let filing = Filing {
            matter: Matter::Dossier,
            procedure: code,
            channel: Channel::Counter,
            applicant: Applicant::Described(who.clone()),
            answers,
            papers: papers.collect(),
            received_by: agency,
            decided_by: None,
            reopens: None,
            term: None,
            charge: Charge::default(),
        };
        let store = desk.front.store.clone();
        let written = store.write(move |tx| {
            let filed = file(tx, &desk, &filing, &stamp)?;
            accept(tx, &desk, filed, &stamp)
        });
        // On a thread of its own, since a story may be asynchronous.
        let written = std::thread::spawn(|| written.wait()).join().expect("no panic");
        written.expect("a dossier that is taken on").case
    }

    /// Somebody completes the step in hand.
    ///
    /// # Panics
    /// Where it is refused.
    #[must_use]
    pub fn complete(&self, case: &Case, slug: &str, step: &str, outcome: &str) -> Case {
        let (step, outcome) = (step.parse().expect("a step"), outcome.parse().expect("an outcome"));
        self.command(case, slug, Command::Complete { step, outcome, note: Note::default() })
    }

    /// Somebody gives a command.
    ///
    /// # Panics
    /// Where it is refused.
    #[must_use]
    pub fn command(&self, case: &Case, slug: &str, command: Command) -> Case {
        let (desk, stamp, id) = (self.desk.clone(), self.stamp(slug), case.id);
        let store = desk.front.store.clone();
        let written = store.write(move |tx| {
            let case = casework::load(tx, &desk.front.tenant, id)?;
            let case = case.ok_or(casework::Error::NoSuchCase)?;
            act(tx, &desk, case, None, &command, &stamp)
        });
        let written = std::thread::spawn(|| written.wait()).join().expect("no panic");
        written.expect("a command that is let").case
    }

    /// Seals the journal and lets figures follow it, as the program does every second.
    ///
    /// # Panics
    /// Where the store fails.
    pub fn count(&self) {
        let (front, now) = (self.desk.front.clone(), self.desk.now());
        let key = LogKey::generate(&Mint::seeded(1), Origin::of(&front.tenant));
        let sealer = Sealer::new(front.tenant.clone(), key, "test");
        front
            .store
            .write(move |tx| sealer.seal(tx, now, 10_000))
            .wait()
            .expect("the journal is sealed");
        loop {
            let cube = self.desk.cube();
            let followed = front.store.write(move |tx| cube.follow(tx, 4096)).wait();
            if !followed.expect("the cube follows").more {
                return;
            }
        }
    }
}
