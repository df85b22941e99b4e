//! A process that works as fast as it can, and the questions that are put to the store after it.
//!
//! The process is this test binary, started once more for the one test [`child`]; it says on its
//! standard output what was answered, and only after it was.

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    io::Write as _,
    path::Path,
    process::{Command as Process, Stdio},
    sync::Arc,
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

use casework::{Command, Done, Error, Stamp, Waits, WorkItem};
use journal::{Audit, LogKey, Origin, Sealer, Verdict};
use kernel::{CaseId, EventId, Instant, Mint, Tenant, from_micros, micros};
use store::{Engine, Store, Tx, args};

use crate::common::{Commune, Desk, MONDAY_8, at};

/// Callers that work at the same time.
const CALLERS: u32 = 8;
/// The life of a dossier, as its events tell it.
const STORY: [&str; 6] =
    ["submitted", "accepted", "completed", "completed", "finished", "returned"];
/// Where the child finds its store, and which round of the test it is.
const STORE: &str = "TINHSO_TEST_LOAD_STORE";
const ROUND: &str = "TINHSO_TEST_LOAD_ROUND";
const SEED: &str = "TINHSO_TEST_LOAD_SEED";

/// Which process of which test; each round is a week later than the one before.
#[derive(Debug, Clone)]
pub(crate) struct Round {
    /// `sqlite:PATH` or `postgres:CONFIG`.
    pub(crate) place: String,
    pub(crate) number: u32,
    pub(crate) seed: u64,
}

impl Round {
    pub(crate) fn base(&self) -> Instant {
        from_micros(micros(at(MONDAY_8)) + i64::from(self.number) * 7 * 86_400_000_000)
    }

    /// Opens the store, once the process of the round is gone from it.
    pub(crate) fn open(&self) -> Store {
        let store = self.open_as("successor");
        if store.engine() == Engine::Postgres {
            // A server goes on for a moment with what a dead client had sent.
            wait_until_gone(&store, &self.name());
        }
        store
    }

    fn open_as(&self, name: &str) -> Store {
        match self.place.split_once(':') {
            Some(("sqlite", path)) => Store::sqlite(Path::new(path)).unwrap(),
            Some(("postgres", config)) => {
                Store::postgres(&format!("{config} application_name={name}"), 4).unwrap()
            }
            _ => panic!("{} is no place of a store", self.place),
        }
    }

    /// By this name the server knows the process of the round.
    fn name(&self) -> String {
        format!("load-{:x}-{}", self.seed, self.number)
    }

    /// Starts the process. `limit` is the size in KiB at which the system lets no file grow.
    pub(crate) fn start(&self, limit: Option<u32>) -> Process {
        let program = env::current_exe().unwrap();
        let mut process = match limit {
            // The signal that comes with the refusal would end the process; it is to live on.
            Some(kib) => {
                let blocks = kib * 2;
                let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
                let mut process = Process::new("sh");
                process.arg("-c").arg(script).arg(program);
                process
            }
            None => Process::new(program),
        };
        process.args(["load::child", "--exact", "--ignored", "--nocapture", "--test-threads=1"]);
        process.env(STORE, &self.place).env(ROUND, self.number.to_string());
        process.env(SEED, self.seed.to_string()).stdout(Stdio::piped());
        process
    }
}

fn wait_until_gone(store: &Store, name: &str) {
    let name = name.to_owned();
    let gone = move |tx: &mut Tx<'_>| {
        tx.one(
            "select count(*) from pg_stat_activity where application_name = $1",
            args!(&name),
            |row| Ok(row.get::<i64>(0)? == 0),
        )
    };
    for _ in 0..1000 {
        if store.read(gone.clone()).wait().map_err(|error: store::Error| error).unwrap() {
            return;
        }
        thread::sleep(Duration::from_millis(10));
    }
    panic!("the server still works for a client that is dead");
}

/// One command that was answered, as the child says it.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    case: CaseId,
    events: Vec<EventId>,
}

impl Answer {
    pub(crate) fn parse(line: &str) -> Option<Self> {
        let mut words = line.strip_prefix("answered ")?.split(' ');
        let case = words.next()?.parse().ok()?;
        Some(Self { case, events: words.map(|id| id.parse().unwrap()).collect() })
    }
}

#[test]
#[ignore = "the process that other tests start, and kill"]
fn child() {
    let get = |name| env::var(name).expect("started by another test");
    let number = get(ROUND).parse().unwrap();
    let round = Round { place: get(STORE), number, seed: get(SEED).parse().unwrap() };
    // Round for round other identifiers, and always the same for the same seed.
    let mint = Mint::seeded(round.seed.wrapping_add(u64::from(number)));
    let commune = Arc::new(Commune { mint, ..Commune::new() });
    let desk = Desk { commune, store: round.open_as(&round.name()) };
    say("\nready\n");
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        let sealer = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                let sealed = seal(&desk.store, &round.name(), round.base());
                if let Err(error) = sealed {
                    say(&format!("failed {error}\n"));
                }
                thread::sleep(Duration::from_millis(5));
            }
        });
        let work = |caller| {
            let desk = &desk;
            let round = &round;
            scope.spawn(move || work(desk, round, caller))
        };
        let callers: Vec<_> = (0..CALLERS).map(work).collect();
        callers.into_iter().for_each(|caller| caller.join().unwrap());
        over.store(true, Ordering::Relaxed);
        sealer.join().unwrap();
    });
}

/// Carries one dossier after the other through its life, until the store failed three times.
fn work(desk: &Desk, round: &Round, caller: u32) {
    let stamp =
        Stamp { happened_at: round.base(), recorded_at: round.base(), ..desk.commune.at(MONDAY_8) };
    let step = |step: &str, outcome: &str| {
        let (step, outcome) = (step.parse().unwrap(), outcome.parse().unwrap());
        Command::Complete { step, outcome, note: "".into() }
    };
    let commands = [
        Command::Accept { note: "".into() },
        step("tham-tra", "dat"),
        step("ky", "ky"),
        Command::ReturnResult { note: "".into() },
    ];
    let (mut serial, mut failures) = (0, 0);
    while failures < 3 {
        serial += 1;
        let mut filing = desk.commune.filing("1.001193");
        filing.form_hash = Some(format!("{}.{caller}.{serial}", round.number));
        let mut done = desk.file(filing, stamp.clone());
        for command in &commands {
            let Ok(filed) = &done else { break };
            answer(filed);
            done = desk.does(filed.case.id, command.clone(), stamp.clone());
        }
        match done {
            Ok(done) => answer(&done),
            Err(error) => {
                failures += 1;
                say(&format!("failed {error}\n"));
            }
        }
    }
}

fn answer(done: &Done) {
    let events: Vec<String> = done.events.iter().map(|event| event.id.to_string()).collect();
    say(&format!("answered {} {}\n", done.case.id, events.join(" ")));
}

/// One write for a line, so that a process that is killed says a line whole or not at all.
fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    // Whoever listened may be gone; then the line is for nobody.
    let _ = out.write_all(line.as_bytes()).and_then(|()| out.flush());
}

fn key(tenant: &Tenant) -> LogKey {
    LogKey::generate(&Mint::seeded(1), Origin::of(tenant))
}

fn seal(store: &Store, holder: &str, now: Instant) -> Result<(), journal::Error> {
    let tenant: Tenant = Commune::new().tenant;
    let sealer = Sealer::new(tenant.clone(), key(&tenant), holder);
    let sealed = store.write(move |tx: &mut Tx<'_>| sealer.seal(tx, now, Sealer::BATCH_MAX));
    sealed.wait().map(drop)
}

/// Seals what the process left, as its successor does, and asks whether the journal is sound.
pub(crate) fn verify(store: &Store, base: Instant) -> Result<Verdict, journal::Error> {
    let after = from_micros(micros(base) + 3_600_000_000);
    seal(store, "successor", after)?;
    let tenant: Tenant = Commune::new().tenant;
    let keys = vec![key(&tenant).verifier().clone()];
    let audit = Audit { tenant, keys, witnesses: vec![], sealed_until: after };
    store.read(move |tx: &mut Tx<'_>| journal::verify(tx, &audit, |_, _| ())).wait()
}

/// Everything that the store knows of the dossiers that were filed since an instant.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// Kinds of the events of each case, in order.
    stories: BTreeMap<CaseId, Vec<String>>,
    events: BTreeMap<EventId, CaseId>,
    /// Which filing each case is.
    filings: BTreeMap<CaseId, String>,
    outbox: BTreeSet<EventId>,
}

impl Found {
    /// Reads it, after checking that each case is what its events tell, and that the list of
    /// work is what the cases say.
    pub(crate) fn read(store: &Store, since: Instant) -> Result<Self, Error> {
        let read = move |tx: &mut Tx<'_>| {
            let tenant: Tenant = Commune::new().tenant;
            let mut found = Self::default();
            let rows: Vec<(EventId, CaseId, String, Option<String>)> = tx.all(
                "select id, case_id, kind, data ->> 'form_hash' from event
                 where tenant = $1 and recorded_at >= $2 order by case_id, version",
                args!(&tenant, since),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )?;
            for (id, case, kind, filing) in rows {
                found.events.insert(id, case);
                found.stories.entry(case).or_default().push(kind);
                if let Some(filing) = filing {
                    found.filings.insert(case, filing);
                }
            }
            let told = tx.all(
                "select event_id from outbox where tenant = $1 and recorded_at >= $2",
                args!(&tenant, since),
                |row| row.get(0),
            )?;
            found.outbox = told.into_iter().collect();
            let cases = tx.all(
                "select id from case_state where tenant = $1 and submitted_at >= $2 order by id",
                args!(&tenant, since),
                |row| row.get(0),
            )?;
            let cases: BTreeSet<CaseId> = cases.into_iter().collect();
            assert_eq!(cases, found.stories.keys().copied().collect(), "a state for each story");
            for id in cases {
                let case = casework::load(tx, &tenant, id)?.ok_or(Error::NoSuchCase)?;
                assert_eq!(case, casework::rebuild(tx, &tenant, id)?, "state and journal differ");
                assert_eq!(work_of(tx, &tenant, id)?, casework::items(&case), "{:?}", case.status);
            }
            Ok(found)
        };
        store.read(read).wait()
    }

    /// Everything that was answered is there.
    pub(crate) fn keep(&self, answers: &[Answer]) {
        for answer in answers {
            for event in &answer.events {
                let case = self.events.get(event);
                assert_eq!(case, Some(&answer.case), "answered and lost: {answer:?}");
            }
        }
    }

    /// Everything that one process answered is there; of what it did not, at most the one
    /// command that each caller waited for; and no command is there twice or by half.
    pub(crate) fn hold(&self, answers: &[Answer]) {
        self.keep(answers);
        let mut unanswered = self.events.clone();
        for event in answers.iter().flat_map(|answer| &answer.events) {
            unanswered.remove(event);
        }
        let mut in_flight: BTreeMap<u32, usize> = BTreeMap::new();
        for case in unanswered.into_values().collect::<BTreeSet<_>>() {
            let caller = self.filings[&case].split('.').nth(1).unwrap().parse().unwrap();
            *in_flight.entry(caller).or_default() += 1;
        }
        assert!(in_flight.values().all(|cases| *cases == 1), "done unasked: {in_flight:?}");
        for (case, story) in &self.stories {
            assert!(STORY.starts_with(&story.iter().map(String::as_str).collect::<Vec<_>>()));
            assert_ne!(story.len(), 4, "{case} was signed by half");
        }
        let filings: BTreeSet<&String> = self.filings.values().collect();
        assert_eq!(filings.len(), self.stories.len(), "a filing is there twice");
        assert_eq!(self.outbox, self.events.keys().copied().collect(), "each is to be told once");
    }
}

fn work_of(tx: &mut Tx<'_>, tenant: &Tenant, case: CaseId) -> store::Result<Vec<WorkItem>> {
    tx.all(
        "select step, agency_id, post_id, since_at, due_at, step_due_at, waits from work_item
         where tenant = $1 and case_id = $2 order by step",
        args!(tenant, case),
        |row| {
            Ok(WorkItem {
                step: row.get(0)?,
                agency: row.get(1)?,
                post: row.get(2)?,
                since: row.get(3)?,
                due: row.get(4)?,
                step_due: row.get(5)?,
                waits: Waits::of_number(row.get(6)?).unwrap(),
            })
        },
    )
}
