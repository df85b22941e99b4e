//! A generated history that goes on.

use casework::{Case, Change, Command, Note, Stamp, Status};
use jiff::{SignedDuration, ToSpan};
use journal::{LogKey, Origin, Sealer};
use kernel::{Actor, AgencyId, Instant, Mint, ProcedureCode, today};
use one_stop::{
    Error,
    demo::{self, Plan},
    measures::Period,
    queries::{Scope, Wanted},
    testing::House,
};
use store::{Store, args};

/// A Monday, ten past ten in the morning.
pub(crate) const NOW: &str = "2026-11-23T03:10:00Z";

pub(crate) struct History {
    pub(crate) house: House,
    pub(crate) now: Instant,
    sealer: Sealer,
    mint: Mint,
    agencies: Vec<AgencyId>,
    procedures: Vec<ProcedureCode>,
}

impl History {
    pub(crate) fn begin(store: &Store, dossiers: u64) -> Self {
        let house = House::open(store, NOW);
        let now: Instant = NOW.parse().unwrap();
        let plan = Plan { dossiers, ..Plan::until(now) };
        let key = LogKey::generate(&Mint::seeded(3), Origin::of(&house.desk.front.tenant));
        demo::generate(&house.desk, &key, &plan, &mut |_, _| {}).unwrap();
        let tenant = house.desk.front.tenant.clone();
        let sealer = Sealer::new(tenant.clone(), key, "test");
        let read = house.desk.front.store.read(move |tx| {
            let agencies = "select distinct decided_by from case_state where tenant = $1";
            let procedures = "select distinct procedure_code from case_state where tenant = $1";
            let agencies = tx.all(agencies, args!(&tenant), |row| row.get(0))?;
            Ok((agencies, tx.all(procedures, args!(&tenant), |row| row.get(0))?))
        });
        let read = read.wait().map_err(|error: store::Error| error);
        let (mut agencies, mut procedures): (Vec<AgencyId>, Vec<ProcedureCode>) = read.unwrap();
        agencies.sort();
        procedures.sort();
        let mint = Mint::seeded(11);
        Self { house, now, sealer, mint, agencies, procedures }
    }

    /// A number below `below`.
    pub(crate) fn draw(&self, below: usize) -> usize {
        usize::try_from(u64::from_le_bytes(self.mint.bytes()) % below as u64).unwrap()
    }

    pub(crate) fn whole(&self) -> Scope {
        let directory = self.house.desk.front.directory.get();
        let top = directory.agencies().find(|agency| agency.parent.is_none()).unwrap().id;
        Scope::of(&directory, top)
    }

    /// Any agency, procedure and period that touches the history.
    pub(crate) fn wanted(&self) -> Wanted {
        let directory = self.house.desk.front.directory.get();
        let scope = match self.draw(2) {
            0 => self.whole(),
            _ => Scope::of(&directory, self.agencies[self.draw(self.agencies.len())]),
        };
        let procedure = match self.draw(3) {
            0 => Some(self.procedures[self.draw(self.procedures.len())].clone()),
            _ => None,
        };
        let back = i64::try_from(self.draw(460)).unwrap() - 30;
        let day = today(self.now).saturating_sub(back.days());
        let period = match self.draw(6) {
            0 => Period::month_of(day),
            1 => Period::quarter_of(day),
            2 => Period::year_of(day),
            3 => Period::days(day, day).unwrap(),
            _ => {
                let days = i64::try_from(self.draw(150)).unwrap();
                Period::days(day, day.saturating_add(days.days())).unwrap()
            }
        };
        Wanted { scope, procedure, period, now: self.now }
    }

    /// Gives what was recorded its place in the journal.
    pub(crate) fn seal(&self) {
        let (sealer, now) = (self.sealer.clone(), self.now);
        let sealed =
            self.house.desk.front.store.write(move |tx| sealer.seal(tx, now, 10_000)).wait();
        assert!(sealed.unwrap().is_some(), "nobody else holds the journal");
    }

    /// Counts at most so many events; answers whether there are more.
    pub(crate) fn count(&self, limit: u32) -> bool {
        let desk = self.house.desk.clone();
        let write = self.house.desk.front.store.write(move |tx| one_stop::count(tx, &desk, limit));
        write.wait().unwrap()
    }

    /// Three weeks pass, in which some dossiers go on and end, one way or another.
    pub(crate) fn go_on(&mut self) {
        self.now += SignedDuration::from_hours(21 * 24);
        self.house.clock.set(self.now);
        for case in self.cases() {
            let officer = match case.holdings.values().next() {
                Some(held) => self.officer(held.post),
                None => Actor::System("test".into()),
            };
            let note = Note::from("Ghi chú");
            let command = match (case.status, self.draw(3)) {
                (Status::Finished, 0) => Command::ReturnResult { note },
                (Status::InProgress, 0) => Command::Withdraw { note },
                (Status::InProgress, _) => self.forward(&case),
                (Status::Suspended, 0) => Command::Resume,
                _ => continue,
            };
            self.run(&case, &officer, command);
        }
        self.succeed();
    }

    /// A dossier whose result waits to be fetched goes to the successor of its agency.
    fn succeed(&self) {
        let cases = self.cases();
        let case = cases.into_iter().find(|case| case.status == Status::Finished).unwrap();
        let heir = self.agencies.iter().find(|agency| **agency != case.decided_by).unwrap();
        let (decided_by, received_by) = (*heir, *heir);
        let change = Change::Moved { decided_by, received_by, opened: Vec::new() };
        let stamp = Stamp {
            actor: Actor::System("succession".into()),
            happened_at: self.now,
            recorded_at: self.now,
        };
        let desk = self.house.desk.clone();
        let write = desk.clone().front.store.write(move |tx| {
            let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
            casework::apply(tx, tenant, mint, case.clone(), &change, &stamp)
        });
        write.wait().unwrap();
    }

    fn forward(&self, case: &Case) -> Command {
        let procedure = self.house.desk.moment().shelf.version(&case.procedure).cloned().unwrap();
        let step = case.holdings.keys().next().unwrap().clone();
        let outcomes = &procedure.workflow.step(&step).unwrap().outcomes;
        let outcome = outcomes[self.draw(outcomes.len())].id.clone();
        Command::Complete { step, outcome, note: Note::from("Ghi chú") }
    }

    fn run(&self, case: &Case, actor: &Actor, command: Command) {
        let desk = self.house.desk.clone();
        let (actor, now, id) = (actor.clone(), self.now, case.id);
        let stamp = Stamp { actor, happened_at: now, recorded_at: now };
        let write = desk.clone().front.store.write(move |tx| {
            let moment = desk.moment();
            desk.in_office(&moment, |office| {
                casework::handle(tx, office, id, None, &command, &stamp)
            })
        });
        match write.wait() {
            // Some ways on need what this dossier does not have.
            Ok(_) | Err(casework::Error::Refused(_)) => {}
            Err(error) => panic!("{error}"),
        }
    }

    fn officer(&self, post: kernel::PostId) -> Actor {
        let directory = self.house.desk.front.directory.get();
        let person = directory.holder(post, self.now).unwrap().id;
        Actor::Officer { person, post, acting_for: None }
    }

    fn cases(&self) -> Vec<Case> {
        let tenant = self.house.desk.front.tenant.clone();
        let read = self.house.desk.front.store.read(move |tx| {
            let sql = "select state from case_state where tenant = $1 order by id";
            let states: Vec<String> = tx.all(sql, args!(&tenant), |row| row.get(0))?;
            let cases = states.iter().map(|state| serde_json::from_str(state));
            Ok::<Vec<Case>, Error>(cases.collect::<Result<_, _>>()?)
        });
        read.wait().unwrap()
    }
}
