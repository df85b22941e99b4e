//! The life of one dossier, lived through the same decisions as real ones: what is not allowed
//! does not happen here either.

use std::collections::{BTreeMap, HashMap};

use calendar::{Calendar, WorkingTime};
use casework::{Case, Channel, Command, Note, Stamp, Status, Submit, World, decide, evolve};
use desk::Answers;
use identity::seal::Label;
use journal::Event;
use kernel::{Actor, AgencyId, CaseCode, CaseId, Instant, Mint, PostId};
use procedure::{End, Procedure, StepId, Target};

use super::{
    arrivals::after, dice::Dice, office::Office, people::Applicant, phrases, scripts::Script,
    trouble::Trouble,
};
use crate::{Moment, Result};

/// What all lives share.
pub(super) struct Stage<'a> {
    pub(super) moment: &'a Moment,
    pub(super) mint: &'a Mint,
    /// The end of the history: what would be recorded later has not happened yet.
    pub(super) until: Instant,
    /// Who sits where.
    pub(super) officers: HashMap<PostId, Actor>,
    /// Who answers for an agency.
    pub(super) heads: HashMap<AgencyId, Actor>,
}

/// A dossier under way.
pub(super) struct Life<'a> {
    pub(super) stage: &'a Stage<'a>,
    pub(super) procedure: &'a Procedure,
    pub(super) office: &'a Office,
    pub(super) applicant: &'a Applicant,
    pub(super) script: Script,
    pub(super) dice: Dice,
    pub(super) case: Case,
    pub(super) events: Vec<Event>,
    /// What was written in words, sealed, by version.
    pub(super) notes: Vec<(u32, Vec<u8>)>,
    /// The history ended before the dossier did.
    pub(super) over: bool,
    /// When each open step will be done.
    pub(super) plans: BTreeMap<StepId, Instant>,
    /// What will disturb it, one after the other.
    pub(super) troubles: Vec<Trouble>,
    /// Whether it will be late.
    pub(super) late: bool,
    /// How much of the usual hours a step takes.
    pub(super) pace: f64,
    recorded: Instant,
    steps_done: u32,
}

/// A filing before it has a life.
pub(super) struct Birth<'a> {
    pub(super) procedure: &'a Procedure,
    pub(super) office: &'a Office,
    pub(super) applicant: &'a Applicant,
    pub(super) script: Script,
    pub(super) code: CaseCode,
    pub(super) filing: Submit,
    pub(super) answers: &'a Answers,
    pub(super) at: Instant,
}

impl<'a> Life<'a> {
    /// Files it, and lives it to its end or to the end of the history.
    pub(super) fn live(stage: &'a Stage<'a>, birth: Birth<'a>, dice: Dice) -> Result<Self> {
        let answers = birth.answers;
        let mut life = Self::begin(stage, birth, dice)?;
        life.charge(answers)?;
        life.pay_with_filing()?;
        life.reception()?;
        if life.case.status == Status::InProgress && !life.over {
            life.set_pace();
        }
        life.work()?;
        life.hand_over()?;
        Ok(life)
    }

    fn begin(stage: &'a Stage<'a>, birth: Birth<'a>, mut dice: Dice) -> Result<Self> {
        let Birth { procedure, office, applicant, script, code, filing, at, .. } = birth;
        let id: CaseId = stage.mint.id(at);
        let actor = match filing.channel {
            Channel::Online => Actor::Party(applicant.id),
            _ => dice.pick(&office.receivers).clone(),
        };
        let stamp = Stamp { actor, happened_at: at, recorded_at: at };
        let filed = casework::submit(stage.moment, &stamp, id, code, filing);
        let (case, change) = filed.map_err(casework::Error::from)?;
        let event = casework::event(stage.mint, id, 1, &change, None, &stamp)?;
        Ok(Self {
            stage,
            procedure,
            office,
            applicant,
            script,
            dice,
            case,
            events: vec![event],
            notes: Vec::new(),
            over: false,
            plans: BTreeMap::new(),
            troubles: Vec::new(),
            late: false,
            pace: 1.0,
            recorded: at,
            steps_done: 0,
        })
    }

    /// Does something at `at`, recorded seconds later, if the history goes on that long.
    pub(super) fn act(&mut self, actor: &Actor, at: Instant, command: &Command) -> Result<()> {
        let at = at.max(self.case.last_happened_at);
        let delay = match self.dice.unit() {
            thrown if thrown < 0.82 => self.dice.between(0.0, 3.0),
            thrown if thrown < 0.985 => self.dice.between(3.0, 40.0),
            _ => self.dice.between(40.0, 240.0),
        };
        self.act_recorded(actor, at, after(at, delay), command)
    }

    /// Does something at `at` that is recorded at `recorded`.
    pub(super) fn act_recorded(
        &mut self,
        actor: &Actor,
        at: Instant,
        recorded: Instant,
        command: &Command,
    ) -> Result<()> {
        let recorded_at = recorded.max(self.recorded).max(at);
        if self.over || recorded_at >= self.stage.until {
            self.over = true;
            return Ok(());
        }
        let stamp = Stamp { actor: actor.clone(), happened_at: at, recorded_at };
        let changes = decide(self.stage.moment, &stamp, &self.case, command);
        let changes = changes.map_err(casework::Error::from)?;
        let mut note = command.note().filter(|note| !note.0.is_empty());
        for change in &changes {
            evolve(&mut self.case, change, &stamp);
            let (id, version) = (self.case.id, self.case.version);
            let words = note.take();
            let event = casework::event(self.stage.mint, id, version, change, words, &stamp)?;
            self.events.push(event);
            if let Some(words) = words {
                let plain = words.0.as_bytes();
                let sealed = self.applicant.key.seal(Label::NOTE, plain, self.stage.mint);
                self.notes.push((version, sealed));
            }
        }
        self.recorded = recorded_at;
        Ok(())
    }

    /// When the next thing can happen at the earliest.
    pub(super) fn now(&self) -> Instant {
        self.recorded.max(self.case.last_happened_at)
    }

    pub(super) fn calendar(&self, agency: AgencyId) -> &'a Calendar {
        self.stage.moment.calendar(agency)
    }

    pub(super) fn desk_calendar(&self) -> &'a Calendar {
        self.calendar(self.case.received_by)
    }

    /// So much working time from `from` on at the desk that received it.
    pub(super) fn in_hours(&self, from: Instant, hours: f64) -> Instant {
        self.desk_calendar().add(from, working(hours * 3600.0))
    }

    pub(super) fn receiver(&mut self) -> Actor {
        self.dice.pick(&self.office.receivers).clone()
    }

    pub(super) fn is_online(&self) -> bool {
        self.case.channel == Channel::Online
    }

    /// Taken on at the counter while the applicant waits, otherwise within hours.
    fn reception(&mut self) -> Result<()> {
        let filed = self.case.submitted_at;
        let receiver = self.receiver();
        let ordinary = self.script == Script::Ordinary;
        let at_counter = self.case.channel == Channel::Counter;
        let wait = match self.dice.unit() {
            thrown if thrown < 0.015 => self.dice.between(8.2, 15.0),
            _ => self.dice.log_normal(1.3, 0.8).clamp(0.05, 7.6),
        };
        let at = match self.script {
            // Nobody takes it on, or a fee that is due with it was not paid.
            Script::Waiting => {
                self.over = true;
                return Ok(());
            }
            _ if self.case.status == Status::AwaitingPayment => {
                self.over = true;
                return Ok(());
            }
            _ if at_counter => after(filed, self.dice.between(5.0, 90.0)),
            _ => self.in_hours(filed, wait),
        };
        if self.script == Script::AcceptedAfterResult {
            return self.accept_after_result(&receiver, filed);
        }
        if ordinary && self.dice.chance(if at_counter { 0.007 } else { 0.033 }) {
            return self.decline(&receiver, at);
        }
        if ordinary && !at_counter && self.dice.chance(0.02) {
            self.supplement(&receiver, at)?;
            let received = self.now();
            if self.case.status != Status::Submitted {
                return Ok(());
            }
            let at = self.in_hours(received, wait.min(6.0));
            return self.act(&receiver, at, &Command::Accept { note: Note::default() });
        }
        self.act(&receiver, at, &Command::Accept { note: Note::default() })
    }

    fn decline(&mut self, receiver: &Actor, at: Instant) -> Result<()> {
        let reason = *self.dice.pick(casework::DeclineReason::ALL);
        let note = phrases::decline(&mut self.dice, reason);
        self.act(receiver, at, &Command::Decline { reason, note })
    }

    /// Everything was done first and entered in one go some hours later.
    fn accept_after_result(&mut self, receiver: &Actor, filed: Instant) -> Result<()> {
        let hours = self.dice.between(4.2, 9.0);
        let entered = self.in_hours(filed, hours);
        let accept = Command::Accept { note: Note::default() };
        let at = self.in_hours(filed, 0.4);
        self.act_recorded(receiver, at, entered, &accept)?;
        let mut number = 1.0;
        while self.case.status == Status::InProgress && !self.over {
            let Some(step) = self.case.holdings.keys().next().cloned() else { break };
            let Some(actor) = self.holder(&step) else { break };
            let Some(outcome) = self.forward(&step) else { break };
            let at = self.in_hours(filed, 0.5 + number * 1.2);
            let recorded = after(entered, number * 17.0);
            let command = Command::Complete { step, outcome, note: Note::default() };
            self.act_recorded(&actor, at, recorded, &command)?;
            number += 1.0;
        }
        Ok(())
    }

    /// From step to step until it ends.
    fn work(&mut self) -> Result<()> {
        while self.case.status == Status::InProgress && !self.over {
            self.make_plans();
            let next = self.plans.iter().min_by_key(|(_, at)| **at);
            let Some((step, at)) = next.map(|(step, at)| (step.clone(), *at)) else { break };
            if self.disturbed(&step, at)? {
                continue;
            }
            self.complete(&step, at)?;
        }
        Ok(())
    }

    fn complete(&mut self, step: &StepId, at: Instant) -> Result<()> {
        let (Some(actor), Some(mut outcome)) = (self.holder(step), self.forward(step)) else {
            self.over = true;
            return Ok(());
        };
        let at = at.max(self.now());
        let mut note = phrases::completion(&mut self.dice);
        if self.script == Script::Ordinary
            && self.dice.chance(0.014)
            && let Some(refusal) = self.refusal(step)
        {
            (outcome, note) = (refusal, phrases::refusal(&mut self.dice));
        }
        if self.case.due().is_some_and(|due| at > due) {
            note = phrases::late(&mut self.dice);
        }
        let last = self.procedure.workflow.step(step).is_some_and(|step| self.is_last(step));
        let command = Command::Complete { step: step.clone(), outcome, note };
        self.steps_done += 1;
        if last && self.script == Script::LateRecording {
            let days = self.dice.between(4.0, 11.0);
            let recorded = self.in_hours(at, days * 8.0);
            return self.act_recorded(&actor, at, recorded, &command);
        }
        if last {
            // What ends a dossier is pressed at the desk, so that nothing seems to be late.
            let recorded = after(at, self.dice.between(0.0, 2.0));
            return self.act_recorded(&actor, at, recorded, &command);
        }
        self.act(&actor, at, &command)
    }

    pub(super) fn steps_done(&self) -> u32 {
        self.steps_done
    }

    /// The first way on that is no refusal.
    fn forward(&self, step: &StepId) -> Option<procedure::OutcomeId> {
        let outcomes = &self.procedure.workflow.step(step)?.outcomes;
        let ahead = outcomes.iter().find(|o| o.target != Target::End(End::Refusal));
        ahead.or(outcomes.first()).map(|outcome| outcome.id.clone())
    }

    fn refusal(&self, step: &StepId) -> Option<procedure::OutcomeId> {
        let outcomes = &self.procedure.workflow.step(step)?.outcomes;
        let refusal = outcomes.iter().find(|o| o.target == Target::End(End::Refusal));
        refusal.map(|outcome| outcome.id.clone())
    }

    /// Who holds a step.
    pub(super) fn holder(&self, step: &StepId) -> Option<Actor> {
        let post = self.case.holdings.get(step)?.post;
        self.stage.officers.get(&post).cloned()
    }
}

/// So many seconds of working time.
pub(super) fn working(seconds: f64) -> WorkingTime {
    WorkingTime::seconds(seconds.max(0.0) as u64)
}
