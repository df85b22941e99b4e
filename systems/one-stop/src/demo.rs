//! The history of the demonstration province: who came, what became of it, until now.
//!
//! Nothing in it is drawn as a state. Every dossier is filed, taken on, worked and handed over
//! through the same pure core as a real one, at instants that the dice choose; its events go
//! into the journal in the order in which they were recorded. The same seed and the same end
//! give the same history, to the byte.

mod dice;

mod people;
mod phrases;

mod answers;
mod arrivals;
mod office;
mod scripts;

mod life;
mod money;
mod pace;
mod trouble;

mod writer;

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, HashMap},
    sync::Arc,
};

use casework::{Case, ProcedureRef, Status, Submit};
use desk::Score;
use identity::seal::Label;
use jiff::civil::Date;
use journal::{Event, Happened, LogKey};
use kernel::{Actor, AgencyId, CaseCode, Instant, Mint, hex, today};
use procedure::Matter;
use sha2::{Digest, Sha256};

use self::{
    arrivals::{Arrival, Arrivals, Scene, after},
    dice::Dice,
    life::{Birth, Life, Stage},
    people::{Applicant, Population},
    scripts::Script,
    writer::{Batch, Dossier, Writer},
};
use crate::{Desk, Moment, Result};

/// Which history.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many dossiers.
    pub dossiers: u64,
    /// What the dice begin with.
    pub seed: u64,
    /// When the history ends: now.
    pub until: Instant,
    /// For how many months before that it goes back.
    pub months: u32,
}

impl Plan {
    /// The usual history until `until`: 20,000 dossiers in fourteen months.
    #[must_use]
    pub const fn until(until: Instant) -> Self {
        Self { dossiers: 20_000, seed: 7, until, months: 14 }
    }
}

/// What came of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// Dossiers.
    pub dossiers: u64,
    /// Events in the journal.
    pub events: u64,
    /// Applicants.
    pub parties: u64,
    /// Dossiers on which somebody still has to act.
    pub open: u64,
    /// Dossiers that were made irregular on purpose.
    pub planted: u64,
}

/// Fills an empty store with a history; `progress` hears how many of how many dossiers are done.
///
/// # Errors
/// [`crate::Error::HasHistory`] where there are dossiers already, [`crate::Error::HalfHistory`]
/// where an earlier run did not come to its end: then the store is to be thrown away.
pub fn generate(
    desk: &Desk,
    journal_key: &LogKey,
    plan: &Plan,
    progress: &mut dyn FnMut(u64, u64),
) -> Result<Summary> {
    let mut writer = Writer::begin(desk, journal_key, plan)?;
    let (moment, mint) = (desk.moment(), Mint::seeded(plan.seed));
    let scene = Scene::of(&moment, &desk.holidays, plan);
    let stage = stage(&moment, &mint, plan.until);
    let mut history = History::new(desk, &scene, &stage, plan.seed);
    for arrival in Arrivals::new(&scene, plan, &desk.holidays) {
        history.emit_until(arrival.at);
        history.come(&arrival)?;
        if history.summary.dossiers.is_multiple_of(100) {
            progress(history.summary.dossiers, plan.dossiers);
        }
        if Writer::is_full(&history.batch) {
            writer.write(std::mem::take(&mut history.batch))?;
        }
    }
    history.emit_until(Instant::MAX);
    history.turn_day(None);
    writer.write(history.batch)?;
    writer.finish()?;
    progress(history.summary.dossiers, plan.dossiers);
    Ok(history.summary)
}

fn stage<'a>(moment: &'a Moment, mint: &'a Mint, until: Instant) -> Stage<'a> {
    let directory = &moment.directory;
    let officer = |post| office::officer(directory, post, until);
    let officers = directory.posts().filter_map(|post| Some((post.id, officer(post.id)?)));
    let heads = directory.agencies().filter_map(|agency| {
        let head: Actor = officer(directory.head_of(agency.id, until)?)?;
        Some((agency.id, head))
    });
    Stage { moment, mint, until, officers: officers.collect(), heads: heads.collect() }
}

/// A history in the making.
struct History<'a> {
    desk: &'a Desk,
    scene: &'a Scene,
    stage: &'a Stage<'a>,
    seed: u64,
    population: Population,
    /// Who withdrew, to file again.
    pairs: HashMap<u64, Arc<Applicant>>,
    /// Events of dossiers that were begun, up to the next arrival not yet emitted.
    pending: BinaryHeap<Reverse<Recorded>>,
    serials: HashMap<AgencyId, u32>,
    day: Option<Date>,
    batch: Batch,
    summary: Summary,
}

impl<'a> History<'a> {
    fn new(desk: &'a Desk, scene: &'a Scene, stage: &'a Stage<'a>, seed: u64) -> Self {
        Self {
            desk,
            scene,
            stage,
            seed,
            population: Population::default(),
            pairs: HashMap::new(),
            pending: BinaryHeap::new(),
            serials: HashMap::new(),
            day: None,
            batch: Batch::default(),
            summary: Summary::default(),
        }
    }

    /// What was recorded before `next` comes before whatever begins then.
    fn emit_until(&mut self, next: Instant) {
        while self.pending.peek().is_some_and(|Reverse(first)| first.0.recorded_at < next) {
            self.batch.events.extend(self.pending.pop().map(|Reverse(recorded)| recorded.0));
            self.summary.events += 1;
        }
    }

    /// Somebody comes, and their dossier lives its life.
    fn come(&mut self, arrival: &Arrival) -> Result<()> {
        self.turn_day(Some(today(arrival.at)));
        let mut dice = Dice::of(self.seed, self.summary.dossiers);
        let applicant = self.applicant(arrival, &mut dice);
        let office = &self.scene.offices[arrival.office];
        let form = answers::Form {
            procedure: &arrival.procedure,
            applicant: &applicant,
            today: today(arrival.at),
            communes: &self.scene.communes,
        };
        let answers = answers::fill(&form, &mut dice, &mut self.population);
        let facts = answers.iter().filter(|(id, _)| {
            let fields = &arrival.procedure.fields;
            fields.iter().any(|field| field.id.as_str() == *id && !field.personal)
        });
        let facts = facts.map(|(id, value)| (id.clone(), value.clone())).collect();
        let written = serde_json::to_vec(&answers)?;
        let sealed = applicant.key.seal(Label::FORM, &written, self.stage.mint);
        let (code, version) = (arrival.procedure.code.clone(), arrival.procedure.version);
        let filing = Submit {
            procedure: ProcedureRef { code, version },
            applicant: applicant.id,
            channel: arrival.channel,
            received_by: office.agency,
            decided_by: arrival.decided_by,
            facts,
            components: answers::papers(&arrival.procedure, arrival.channel, &mut dice),
            form_hash: Some(hex(&Sha256::digest(&written))),
            reopens: None,
            term: None,
        };
        let serial = self.serials.entry(office.agency).or_default();
        *serial += 1;
        let birth = Birth {
            procedure: &arrival.procedure,
            office,
            applicant: &applicant,
            script: arrival.script,
            code: CaseCode::new(&office.code, today(arrival.at), *serial),
            filing,
            answers: &answers,
            at: arrival.at,
        };
        let mut life = Life::live(self.stage, birth, dice)?;
        let satisfaction = satisfaction(&mut life, self.stage.until);
        self.keep(life, sealed, satisfaction)
    }

    fn keep(
        &mut self,
        life: Life<'_>,
        form: Vec<u8>,
        satisfaction: Option<(Score, Instant)>,
    ) -> Result<()> {
        let Life { case, events, notes, script, .. } = life;
        self.pending.extend(events.into_iter().map(|event| Reverse(Recorded(event))));
        if let Some((score, at)) = satisfaction {
            let told = self.answered(&case, score, at)?;
            self.pending.push(Reverse(Recorded(told)));
        }
        // What was arranged counts only where the history went on long enough for it.
        let planted =
            script.irregularity().filter(|_| !case.status.is_open() || case.end.is_some());
        self.summary.dossiers += 1;
        self.summary.open += u64::from(case.status.is_open());
        self.summary.planted += u64::from(planted.is_some());
        self.batch.dossiers.push(Dossier { case, form, notes, planted, satisfaction });
        Ok(())
    }

    /// The event of an answer, as it comes into the journal when somebody gives it.
    fn answered(&self, case: &Case, score: Score, at: Instant) -> Result<Event> {
        let (subject, happened) = desk::answered(self.desk, case, Matter::Dossier, score, at)?;
        let Happened { kind, actor, happened_at, recorded_at, data } = happened;
        let (id, case) = (self.stage.mint.id(at), journal::subject(&subject));
        Ok(Event { id, case, version: 1, kind, actor, happened_at, recorded_at, data })
    }

    fn applicant(&mut self, arrival: &Arrival, dice: &mut Dice) -> Arc<Applicant> {
        if let Script::Refiled(pair) = arrival.script
            && let Some(known) = self.pairs.get(&pair)
        {
            return known.clone();
        }
        let office = &self.scene.offices[arrival.office];
        let firm = arrivals::by_firm(&arrival.procedure, dice);
        let ordinary = arrival.script == Script::Ordinary;
        if ordinary
            && dice.chance(0.17)
            && let Some(known) = self.population.returning(dice, office.agency, firm)
        {
            return known;
        }
        let commune = match &office.commune {
            Some(commune) if dice.chance(0.9) => commune,
            _ => &dice.pick(&self.scene.communes).name,
        };
        let (keyring, tenant) = (&self.desk.keyring, &self.desk.front.tenant);
        let mint = self.stage.mint;
        let new = self.population.newcomer(dice, firm, commune, arrival.at, keyring, tenant, mint);
        if ordinary {
            self.population.remember(dice, office.agency, &new);
        }
        if let Script::Withdrawn(pair) = arrival.script {
            self.pairs.insert(pair, new.clone());
        }
        self.summary.parties += 1;
        self.batch.parties.push(new.clone());
        new
    }

    /// Dossiers are numbered anew each day; what was counted is kept.
    fn turn_day(&mut self, day: Option<Date>) {
        if self.day == day {
            return;
        }
        if let Some(day) = self.day {
            let mut serials: Vec<_> = self.serials.drain().collect();
            serials.sort_unstable();
            self.batch.serials.extend(serials.into_iter().map(|(agency, n)| (agency, day, n)));
        }
        self.day = day;
    }
}

/// What an applicant answered when they had the result: 3, 2 or 1, less often content when it
/// was late.
fn satisfaction(life: &mut Life<'_>, until: Instant) -> Option<(Score, Instant)> {
    let (case, dice) = (&life.case, &mut life.dice);
    let returned = case.returned_at.filter(|_| case.status == Status::Returned)?;
    if !dice.chance(0.2) {
        return None;
    }
    let late = case.ended_at > case.due();
    let weights = if late { [0.45, 0.85, 1.0] } else { [0.025, 0.30, 1.0] };
    let score = match dice.weighted(&weights) {
        0 => Score::Dissatisfied,
        1 => Score::Satisfied,
        _ => Score::VerySatisfied,
    };
    let at = after(returned, dice.log_normal(1800.0, 1.8).min(500_000.0));
    (at < until).then_some((score, at))
}

/// An event by when it was recorded, as the journal orders them.
struct Recorded(Event);

impl Recorded {
    fn key(&self) -> (Instant, kernel::CaseId, u32) {
        (self.0.recorded_at, self.0.case, self.0.version)
    }
}
impl PartialEq for Recorded {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Recorded {}
impl PartialOrd for Recorded {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Recorded {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}
