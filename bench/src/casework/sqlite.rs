//! SQLite: 64 callers of the program, against 64 callers of a bare loop over the driver.

use std::{collections::HashMap, path::Path, sync::mpsc, thread, time::Instant};

use anyhow::{Result, anyhow};
use crossbeam_channel::{Receiver, Sender, bounded};
use rusqlite::Connection;
use store::{Store, testing::Statement};

use super::{
    ground::{Pace, Watch},
    life::Load,
    take_turns,
};
use crate::say;

/// Callers at the same time.
const CALLERS: usize = 64;
/// Dossiers that each carries to the end, in four transitions.
const DOSSIERS: usize = 100;
/// As the store has them.
const BATCH_MAX: usize = 256;
const BATCH_TIME_MAX: std::time::Duration = std::time::Duration::from_millis(5);

pub(super) fn run() -> Result<()> {
    let script = Script::of_a_run()?;
    say("casework.sqlite.statements_per_transition", script.per_transition(), "1");
    say("casework.sqlite.bytes_per_transition", script.bytes_per_transition(), "B");
    let (program, bare) = take_turns(program, || script.replay())?;
    say("casework.sqlite.transitions_per_second", program.rate, "1/s");
    say("casework.sqlite.bare_per_second", bare.rate, "1/s");
    say("casework.sqlite.ratio", program.rate / bare.rate, "1");
    if let (Some(program), Some(bare)) = (program.cost, bare.cost) {
        say("casework.sqlite.cpu_per_transition", program, "us");
        say("casework.sqlite.bare_cpu_per_transition", bare, "us");
        say("casework.sqlite.cpu_ratio", bare / program, "1");
    }
    Ok(())
}

fn program() -> Result<Pace> {
    let folder = tempfile::tempdir()?;
    let store = Store::sqlite(&folder.path().join("program.db"))?;
    Load::file(store, CALLERS, DOSSIERS)?.0.live()
}

/// A statement by its number, its values in the order in which the engine numbers them.
type Step = (usize, Vec<rusqlite::types::Value>);

/// What the program ran, ready for the driver.
struct Script {
    texts: Vec<String>,
    filing: Vec<Step>,
    /// The transitions of each caller.
    callers: Vec<Vec<Vec<Step>>>,
}

impl Script {
    fn of_a_run() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let store = Store::sqlite(&folder.path().join("recorded.db"))?;
        let (load, filing) = Load::file(store, CALLERS, DOSSIERS)?;
        let mut texts = Texts::default();
        let filing = texts.steps(filing)?;
        let mut callers = Vec::new();
        for transitions in load.recorded()? {
            let steps = transitions.into_iter().map(|one| texts.steps(one));
            callers.push(steps.collect::<Result<Vec<_>>>()?);
        }
        Ok(Self { texts: texts.texts, filing, callers })
    }

    fn transitions(&self) -> f64 {
        (CALLERS * self.callers[0].len()) as f64
    }

    fn per_transition(&self) -> f64 {
        let steps = self.callers.iter().flatten().map(Vec::len).sum::<usize>();
        steps as f64 / self.transitions()
    }

    fn bytes_per_transition(&self) -> f64 {
        let values = self.callers.iter().flatten().flatten().flat_map(|(_, values)| values);
        let bytes = values.map(|value| match value {
            rusqlite::types::Value::Text(text) => text.len(),
            rusqlite::types::Value::Blob(bytes) => bytes.len(),
            _ => 8,
        });
        bytes.sum::<usize>() as f64 / self.transitions()
    }

    /// Runs it all on an empty database with nothing but the driver.
    fn replay(&self) -> Result<Pace> {
        let folder = tempfile::tempdir()?;
        let path = folder.path().join("bare.db");
        Store::sqlite(&path)?.migrate(&[journal::MIGRATIONS, casework::MIGRATIONS])?;
        let connection = open(&path)?;
        let (queue, jobs) = bounded::<Job<'_>>(4096);
        thread::scope(|scope| {
            let (filed, is_filed) = mpsc::channel();
            let writer = scope.spawn(move || {
                let mut bare = Bare::new(&connection, &self.texts)?;
                connection.execute_batch("begin immediate")?;
                self.filing.iter().try_for_each(|step| bare.step(step))?;
                connection.execute_batch("commit")?;
                let _ = filed.send(Watch::start());
                bare.serve(&connection, &jobs)
            });
            let watch = is_filed.recv().map_err(|_| anyhow!("the dossiers were not filed"))?;
            let mut callers = Vec::new();
            for transitions in &self.callers {
                let queue = queue.clone();
                callers.push(scope.spawn(move || call(&queue, transitions)));
            }
            for caller in callers {
                caller.join().map_err(|_| anyhow!("a caller died"))?;
            }
            let pace = watch.stop(self.transitions());
            drop(queue);
            writer.join().map_err(|_| anyhow!("the writer died"))??;
            Ok(pace)
        })
    }
}

/// The texts of statements, each once.
#[derive(Default)]
struct Texts {
    numbers: HashMap<String, usize>,
    texts: Vec<String>,
}

impl Texts {
    fn steps(&mut self, statements: Vec<Statement>) -> Result<Vec<Step>> {
        statements.into_iter().map(|statement| self.step(statement)).collect()
    }

    fn step(&mut self, (sql, args): Statement) -> Result<Step> {
        // The engine numbers `$2` by where it first stands, not by its two.
        let mut order: Vec<usize> = Vec::new();
        for part in sql.split('$').skip(1) {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            let number = digits.parse()?;
            if !order.contains(&number) {
                order.push(number);
            }
        }
        let values = order.iter().map(|number| value(&args[number - 1])).collect();
        let number = *self.numbers.entry(sql).or_insert_with_key(|sql| {
            self.texts.push(sql.clone());
            self.texts.len() - 1
        });
        Ok((number, values))
    }
}

fn value(arg: &store::Arg<'_>) -> rusqlite::types::Value {
    use rusqlite::types::Value;
    match arg {
        store::Arg::Null => Value::Null,
        store::Arg::Bool(value) => Value::Integer(i64::from(*value)),
        store::Arg::Int(value) => Value::Integer(*value),
        store::Arg::Real(value) => Value::Real(*value),
        store::Arg::Text(value) => Value::Text(value.to_string()),
        store::Arg::Bytes(value) => Value::Blob(value.to_vec()),
        store::Arg::Uuid(value) => Value::Blob(value.as_bytes().to_vec()),
    }
}

/// As the store opens its writer.
fn open(path: &Path) -> Result<Connection> {
    let connection = Connection::open(path)?;
    connection.execute_batch(
        "pragma journal_mode=wal; pragma synchronous=full; pragma foreign_keys=on;
         pragma temp_store=memory; pragma cache_size=-32768; pragma mmap_size=1073741824;
         pragma wal_autocheckpoint=4000; pragma trusted_schema=off;",
    )?;
    Ok(connection)
}

/// One transition, and where its caller waits.
struct Job<'s> {
    steps: &'s [Step],
    answer: Sender<()>,
}

fn call<'s>(queue: &Sender<Job<'s>>, transitions: &'s [Vec<Step>]) {
    let (answer, answered) = bounded(1);
    for steps in transitions {
        let job = Job { steps, answer: answer.clone() };
        if queue.send(job).is_err() || answered.recv().is_err() {
            return;
        }
    }
}

/// Every statement, prepared once and kept.
struct Bare<'c> {
    statements: Vec<rusqlite::Statement<'c>>,
}

impl<'c> Bare<'c> {
    fn new(connection: &'c Connection, texts: &[String]) -> Result<Self> {
        let prepare = |sql: &String| Ok(connection.prepare(sql)?);
        Ok(Self { statements: texts.iter().map(prepare).collect::<Result<_>>()? })
    }

    fn step(&mut self, (number, values): &Step) -> Result<()> {
        let statement = &mut self.statements[*number];
        for (position, value) in (1..).zip(values) {
            statement.raw_bind_parameter(position, value)?;
        }
        if statement.column_count() == 0 {
            statement.raw_execute()?;
            return Ok(());
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            row.get::<_, rusqlite::types::Value>(0)?;
        }
        Ok(())
    }

    /// The same group commit as the store: what is queued shares one fsync, each transition
    /// behind a savepoint, and nobody is answered before the commit.
    fn serve(&mut self, connection: &Connection, jobs: &Receiver<Job<'_>>) -> Result<()> {
        let run = |sql| -> Result<()> {
            connection.prepare_cached(sql)?.execute([])?;
            Ok(())
        };
        while let Ok(first) = jobs.recv() {
            let (mut done, mut next) = (Vec::new(), Some(first));
            let started = Instant::now();
            run("begin immediate")?;
            while let Some(job) = next.take() {
                run("savepoint job")?;
                job.steps.iter().try_for_each(|step| self.step(step))?;
                run("release job")?;
                done.push(job.answer);
                if done.len() < BATCH_MAX && started.elapsed() < BATCH_TIME_MAX {
                    next = jobs.try_recv().ok();
                }
            }
            run("commit")?;
            for answer in done {
                let _ = answer.send(());
            }
        }
        Ok(())
    }
}
