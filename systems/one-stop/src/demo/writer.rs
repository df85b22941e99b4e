//! Writing a history: some ten thousand events in a transaction, while the next ones are made.

use std::sync::Arc;

use casework::Case;
use desk::Score;
use identity::{party, seal::Keyring};
use jiff::civil::Date;
use journal::{BulkJournal, Event, LogKey, VerifierKey};
use kernel::{AgencyId, Instant, Mint, from_micros, micros};
use store::{Pending, Tx, args};

use super::{Plan, people::Applicant};
use crate::{
    Desk, Error, Moment, Result,
    counting::{self, Over, Tally},
    measures::IrregularityKind,
};

/// So many events in one transaction.
const EVENTS_MAX: usize = 20_000;
/// The journal is held for half a minute; this long before the end it is free again.
const HELD_BEFORE: i64 = 31_000_000;

/// A dossier as it stands at the end of the history.
pub(super) struct Dossier {
    pub(super) case: Case,
    pub(super) form: Vec<u8>,
    pub(super) notes: Vec<(u32, Vec<u8>)>,
    pub(super) planted: Option<IrregularityKind>,
    pub(super) satisfaction: Option<(Score, Instant)>,
}

/// What goes into one transaction.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) parties: Vec<Arc<Applicant>>,
    pub(super) dossiers: Vec<Dossier>,
    /// In the order in which they were recorded.
    pub(super) events: Vec<Event>,
    /// The last number of an agency's day.
    pub(super) serials: Vec<(AgencyId, Date, u32)>,
}

/// What the writer's thread needs.
struct Tools {
    desk: Desk,
    key: LogKey,
    keys: Vec<VerifierKey>,
    now: Instant,
    seed: u64,
}

/// Writes batches one after the other, one of them while the next is made.
pub(super) struct Writer {
    tools: Arc<Tools>,
    under_way: Option<Pending<(), Error>>,
    batches: u64,
}

impl Writer {
    /// Marks the store as having half a history.
    ///
    /// # Errors
    /// [`Error::HasHistory`] or [`Error::HalfHistory`] where there is something already.
    pub(super) fn begin(desk: &Desk, key: &LogKey, plan: &Plan) -> Result<Self> {
        let now = from_micros(micros(plan.until) - HELD_BEFORE);
        let keys = vec![key.verifier().clone()];
        let (desk, key, seed) = (desk.clone(), key.clone(), plan.seed);
        let tools = Arc::new(Tools { desk, key, keys, now, seed });
        let (shared, plan) = (tools.clone(), *plan);
        tools.desk.front.store.write(move |tx| mark(tx, &shared.desk, &plan)).wait()?;
        Ok(Self { tools, under_way: None, batches: 0 })
    }

    /// Whether a batch is worth a transaction.
    pub(super) fn is_full(batch: &Batch) -> bool {
        batch.events.len() >= EVENTS_MAX || batch.dossiers.len() >= EVENTS_MAX / 4
    }

    /// Writes a batch while the caller makes the next one.
    pub(super) fn write(&mut self, batch: Batch) -> Result<()> {
        self.wait()?;
        let (tools, number) = (self.tools.clone(), self.batches);
        self.batches += 1;
        let store = &self.tools.desk.front.store;
        self.under_way = Some(store.write(move |tx| write(tx, &tools, &batch, number)));
        Ok(())
    }

    fn wait(&mut self) -> Result<()> {
        self.under_way.take().map_or(Ok(()), Pending::wait)
    }

    /// Says that the history is whole.
    pub(super) fn finish(mut self) -> Result<()> {
        self.wait()?;
        let tools = self.tools.clone();
        let done = self.tools.desk.front.store.write(move |tx| {
            let tenant = &tools.desk.front.tenant;
            counting::counted_all(tx, tenant)?;
            let sql = "update demo_history set finished = true where tenant = $1";
            Ok::<(), Error>(tx.put(sql, args!(tenant))?)
        });
        done.wait()
    }
}

fn mark(tx: &mut Tx<'_>, desk: &Desk, plan: &Plan) -> Result<()> {
    let tenant = &desk.front.tenant;
    let sql = "select finished from demo_history where tenant = $1";
    match tx.opt(sql, args!(tenant), |row| row.get::<bool>(0))? {
        Some(true) => return Err(Error::HasHistory),
        Some(false) => return Err(Error::HalfHistory),
        None => {}
    }
    let sql = "select 1 from case_state where tenant = $1 limit 1";
    if tx.opt(sql, args!(tenant), |row| row.get::<i64>(0))?.is_some() {
        return Err(Error::HasHistory);
    }
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    tx.put(
        "insert into demo_history (tenant, seed, dossiers, until_at, finished)
         values ($1, $2, $3, $4, false)",
        args!(tenant, number(plan.seed), number(plan.dossiers), plan.until),
    )?;
    Ok(())
}

fn write(tx: &mut Tx<'_>, tools: &Tools, batch: &Batch, number: u64) -> Result<()> {
    let tenant = &tools.desk.front.tenant;
    // Its own for each batch, so that the same batch written again is the same.
    let mint = Mint::seeded(tools.seed ^ (number + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15));
    for applicant in &batch.parties {
        keep(tx, tools, applicant, &mint)?;
    }
    let (mut tally, moment) = (Tally::default(), tools.desk.moment());
    for dossier in &batch.dossiers {
        insert(tx, tools, &moment, dossier)?;
        let calendar = moment.calendars.agency(dossier.case.decided_by);
        if let Some(over) = Over::of(&dossier.case, calendar) {
            tally.add(tx, tenant, &over)?;
        }
    }
    tally.write(tx, tenant)?;
    for (agency, day, last) in &batch.serials {
        tx.put(
            "insert into case_serial (tenant, agency_id, day, last) values ($1, $2, $3, $4)",
            args!(tenant, *agency, day.to_string(), *last),
        )?;
    }
    if batch.events.is_empty() {
        return Ok(());
    }
    let mut journal = BulkJournal::open(tx, tenant, &tools.keys, "demo", tools.now)?;
    for event in &batch.events {
        journal.append(tx, event.clone())?;
    }
    journal.finish(tx, &tools.key, tools.now)?;
    Ok(())
}

fn keep(tx: &mut Tx<'_>, tools: &Tools, applicant: &Applicant, mint: &Mint) -> Result<()> {
    let (tenant, keyring) = (&tools.desk.front.tenant, &tools.desk.keyring);
    let Applicant { id, party, key, wrapped, known_at, .. } = applicant;
    Keyring::keep(tx, tenant, *id, wrapped)?;
    party::insert(tx, tenant, keyring, *id, party, key, *known_at, mint)?;
    Ok(())
}

fn insert(tx: &mut Tx<'_>, tools: &Tools, moment: &Moment, dossier: &Dossier) -> Result<()> {
    let tenant = &tools.desk.front.tenant;
    let Dossier { case, form, notes, planted, satisfaction } = dossier;
    casework::insert_case(tx, tenant, moment, case)?;
    casework::sync_work(tx, tenant, case.id, &[], &casework::items(case))?;
    tx.put(
        "insert into dossier_form (tenant, case_id, sealed) values ($1, $2, $3)",
        args!(tenant, case.id, form),
    )?;
    for (version, sealed) in notes {
        tx.put(
            "insert into case_note (tenant, case_id, version, sealed) values ($1, $2, $3, $4)",
            args!(tenant, case.id, *version, sealed),
        )?;
    }
    if let Some(kind) = planted {
        tx.put(
            "insert into demo_planted (tenant, case_id, kind) values ($1, $2, $3)",
            args!(tenant, case.id, kind.word()),
        )?;
    }
    if let Some((score, at)) = satisfaction {
        tx.put(
            "insert into satisfaction (tenant, case_id, score, answered_at, agency_id,
                 procedure_code)
             values ($1, $2, $3, $4, $5, $6)",
            args!(tenant, case.id, score.number(), *at, case.decided_by, &case.procedure.code),
        )?;
    }
    Ok(())
}
