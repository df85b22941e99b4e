//! PostgreSQL: 16 callers of the program, against 16 clients of pgbench with the same statements.

use std::{fmt::Write as _, fs, process::Command};

use anyhow::{Context, Result, bail, ensure};
use store::{Arg, Store, Tx, testing::Statement};

use super::{ground::Pace, life::Load, take_turns};
use crate::say;

/// Callers at the same time.
const CALLERS: usize = 16;
/// Dossiers that each carries to the end…
const DOSSIERS: usize = 150;
/// …in so many transitions.
const TRANSITIONS: f64 = 4.0;

pub(super) fn run(server: &str, pgbench: &str) -> Result<()> {
    let admin = Store::postgres(server, 1)?;
    let durable = admin.read(|tx: &mut Tx<'_>| {
        tx.one(
            "select current_setting('fsync') = 'on'
                 and current_setting('synchronous_commit') = 'on'",
            &[],
            |row| row.get(0),
        )
    });
    let durable: bool = durable.wait().map_err(|error: store::Error| error)?;
    ensure!(durable, "the server does not wait for its disk");
    let schema = Schema { admin, server: server.to_owned() };
    let script = Script::of_a_run(&schema)?;
    let (program, reference) = take_turns(|| program(&schema), || script.replay(&schema, pgbench))?;
    say("casework.postgres.transitions_per_second", program.rate, "1/s");
    say("casework.postgres.pgbench_per_second", reference.rate, "1/s");
    say("casework.postgres.ratio", program.rate / reference.rate, "1");
    Ok(())
}

/// The one schema that everything happens in, empty again for each turn.
struct Schema {
    admin: Store,
    server: String,
}

impl Schema {
    const NAME: &str = "bench";

    fn config(&self) -> String {
        format!("{} options='-c search_path={}'", self.server, Self::NAME)
    }

    /// Makes it anew.
    fn empty(&self) -> Result<()> {
        for sql in ["drop schema if exists bench cascade", "create schema bench"] {
            self.run(sql)?;
        }
        Ok(())
    }

    fn run(&self, sql: &str) -> Result<()> {
        let text = format!("set local search_path to {}", Self::NAME);
        let sql = sql.to_owned();
        let run = move |tx: &mut Tx<'_>| {
            tx.exec(&text, &[])?;
            tx.exec(&sql, &[])
        };
        self.admin.write(run).wait().map_err(|error: store::Error| error)?;
        Ok(())
    }

    /// The statements did what they did in the program: every dossier came to its end.
    fn all_returned(&self) -> Result<()> {
        let count = "select count(*) from bench.case_state where status = 'returned'";
        let count = self.admin.read(move |tx: &mut Tx<'_>| tx.one(count, &[], |row| row.get(0)));
        let count: i64 = count.wait().map_err(|error: store::Error| error)?;
        ensure!(count == (CALLERS * DOSSIERS) as i64, "{count} dossiers came to their end");
        Ok(())
    }

    /// Files the dossiers, and lets the planner know what is in the tables.
    fn filed(&self) -> Result<Load> {
        self.empty()?;
        let store = Store::postgres(&self.config(), CALLERS)?;
        let (load, _) = Load::file(store, CALLERS, DOSSIERS)?;
        self.run("analyze")?;
        Ok(load)
    }
}

fn program(schema: &Schema) -> Result<Pace> {
    schema.filed()?.live()
}

/// The life of a dossier as pgbench runs it. What differs from dossier to dossier is made of a
/// number: the program's own identifiers grow in the same way.
struct Script {
    text: String,
    /// Values that travel with each statement, as the program's do.
    values: Vec<(String, String)>,
}

impl Script {
    fn of_a_run(schema: &Schema) -> Result<Self> {
        schema.empty()?;
        let store = Store::postgres(&schema.config(), 1)?;
        let (load, _) = Load::file(store, 1, 1)?;
        let life = load.recorded()?.remove(0);
        // Each transition begins with loading its case, by tenant and id.
        let Some(Arg::Uuid(case)) = life[0][0].1.get(1) else { bail!("no case was loaded") };
        let case = &case.to_string();
        let mut script = Self { text: String::new(), values: Vec::new() };
        script.text.push_str("\\set i :i + 1\n\\set n0 (:client_id * 100000 + :i) * 8\n");
        for event in 1..7 {
            let _ = writeln!(script.text, "\\set n{event} :n0 + {event}");
        }
        let (mut events, mut statements) = (Vec::new(), 0_usize);
        for transition in &life {
            script.text.push_str("begin;\n");
            for statement in transition {
                statements += 1;
                script.statement(statement, case, &mut events);
            }
            script.text.push_str("commit;\n");
        }
        say(
            "casework.postgres.statements_per_transition",
            statements as f64 / life.len() as f64,
            "1",
        );
        Ok(script)
    }

    fn statement(&mut self, (sql, args): &Statement, case: &str, events: &mut Vec<String>) {
        // From the last number down, so that `$1` does not eat the head of `$12`.
        let mut sql = sql.split_whitespace().collect::<Vec<_>>().join(" ");
        for (place, arg) in args.iter().enumerate().rev() {
            let text = match arg {
                Arg::Null => "null".to_owned(),
                Arg::Uuid(id) if id.to_string() == case => numbered("n0"),
                Arg::Uuid(id) if sql.starts_with("insert into event") => {
                    events.push(id.to_string());
                    numbered(&format!("n{}", events.len()))
                }
                Arg::Uuid(id) => {
                    let event = events.iter().position(|event| *event == id.to_string());
                    event.map_or_else(
                        || self.value(id.to_string()),
                        |event| numbered(&format!("n{}", event + 1)),
                    )
                }
                Arg::Bool(value) => self.value(value.to_string()),
                Arg::Int(value) => self.value(value.to_string()),
                Arg::Real(value) => self.value(value.to_string()),
                Arg::Text(value) => self.value(value.to_string()),
                Arg::Bytes(_) => self.value(String::new()),
            };
            sql = sql.replace(&format!("${}", place + 1), &text);
        }
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{sql};");
    }

    /// Runs it on the same dossiers with as many clients.
    fn replay(&self, schema: &Schema, pgbench: &str) -> Result<Pace> {
        schema.empty()?;
        Load::file(Store::postgres(&schema.config(), 1)?, 1, 1)?;
        for sql in filing() {
            schema.run(&sql)?;
        }
        schema.run("analyze")?;
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("life.sql");
        fs::write(&file, &self.text)?;
        let mut command = Command::new(pgbench);
        command.args(["--no-vacuum", "--protocol=prepared", "--jobs=2"]);
        command.args(["--client", &CALLERS.to_string(), "--transactions", &DOSSIERS.to_string()]);
        command.args(["--define", "i=0"]).arg("--file").arg(file);
        for (name, value) in &self.values {
            command.args(["--define", &format!("{name}={value}")]);
        }
        command.arg(&schema.server).env("PGOPTIONS", format!("-c search_path={}", Schema::NAME));
        let out = command.output().context("pgbench")?;
        let (said, wrong) =
            (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
        ensure!(out.status.success(), "pgbench: {said}{wrong}");
        schema.all_returned()?;
        let lives = said.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next());
        let lives: f64 = lives.with_context(|| format!("pgbench said {said}"))?.parse()?;
        Ok(Pace { rate: lives * TRANSITIONS, cost: None })
    }

    fn value(&mut self, value: String) -> String {
        let known = self.values.iter().find(|(_, known)| *known == value);
        let name = known.map(|(name, _)| name.clone()).unwrap_or_else(|| {
            let name = format!("v{}", self.values.len());
            self.values.push((name.clone(), value));
            name
        });
        format!(":{name}")
    }
}

/// An identifier that grows with a number.
fn numbered(number: &str) -> String {
    format!("('00000000-0000-7000-8000-' || lpad(:{number}::text, 12, '0'))::uuid")
}

/// Files a dossier for each turn of each client, like the one that is there.
fn filing() -> [String; 4] {
    let id = |place: i32| {
        format!("('00000000-0000-7000-8000-' || lpad((n * 8 + {place})::text, 12, '0'))::uuid")
    };
    let (case, event) = (id(0), id(7));
    let numbers = format!(
        "(select client * 100000 + turn as n from generate_series(0, {CALLERS} - 1) as client,
              generate_series(1, {DOSSIERS}) as turn) as numbers"
    );
    [
        format!(
            "insert into case_state (tenant, id, version, code, procedure_code,
                 procedure_version, applicant, channel, received_by, decided_by, status,
                 submitted_at, supplements, paused_seconds, state)
             select tenant, {case}, version, code || n, procedure_code, procedure_version,
                 applicant, channel, received_by, decided_by, status, submitted_at, supplements,
                 paused_seconds, state
             from case_state, {numbers}"
        ),
        format!(
            "insert into work_item (tenant, case_id, step, agency_id, post_id, since_at, due_at,
                 step_due_at, waits)
             select tenant, {case}, step, agency_id, post_id, since_at, due_at, step_due_at,
                 waits
             from work_item, {numbers}"
        ),
        format!(
            "insert into event (tenant, id, case_id, version, kind, actor, happened_at,
                 recorded_at, data)
             select tenant, {event}, {case}, version, kind, actor, happened_at, recorded_at, data
             from event, {numbers}"
        ),
        format!(
            "insert into outbox (tenant, event_id, case_id, kind, recorded_at)
             select tenant, {event}, {case}, kind, recorded_at from outbox, {numbers}"
        ),
    ]
}
