//! What does not go straight: papers asked for, clocks that stand, second thoughts.

use casework::{Command, DiscontinueGround, Status, SupplementReason, SuspensionGround};
use kernel::{Actor, Instant};
use procedure::StepId;

use super::{
    arrivals::after,
    dice::Dice,
    life::{Life, working},
    phrases,
};
use crate::Result;

/// Something that disturbs a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Papers are missing.
    Supplement,
    /// Papers are missing once more; the head allowed to ask.
    SecondSupplement,
    /// The clock stands on a legal ground.
    Suspension {
        /// For a month, not for days.
        long: bool,
    },
    /// Papers that take months to come.
    VeryLongPause,
    /// The applicant takes it back.
    Withdrawal,
    /// As arranged, five working hours after filing.
    WithdrawnOnPurpose,
    /// The agency stops it.
    Discontinuation,
    /// The signatory is not content.
    SendBack,
    /// An apology and a new date, before the old one.
    Extension,
}

impl Trouble {
    /// What will disturb a dossier with so many working hours allowed.
    pub(super) fn draw(dice: &mut Dice, allowed: f64, late: bool) -> Vec<Self> {
        let mut troubles = Vec::new();
        let some_days = allowed >= 15.0;
        if dice.chance(if some_days { 0.13 } else { 0.035 }) {
            troubles.push(Self::Supplement);
            if dice.chance(0.06) {
                troubles.push(Self::SecondSupplement);
            }
        } else if some_days && dice.chance(0.022) {
            troubles.push(Self::Suspension { long: false });
        } else if dice.chance(0.009) {
            troubles.push(Self::Withdrawal);
        } else if dice.chance(0.004) {
            troubles.push(Self::Discontinuation);
        }
        if late && some_days && dice.chance(0.4) {
            troubles.push(Self::Extension);
        }
        if dice.chance(0.03) {
            troubles.push(Self::SendBack);
        }
        troubles
    }
}

impl Life<'_> {
    /// Whether something comes between now and `done`, when `step` would be completed.
    pub(super) fn disturbed(&mut self, step: &StepId, done: Instant) -> Result<bool> {
        let Some(trouble) = self.troubles.first().copied() else { return Ok(false) };
        let from = self.now();
        let share = self.dice.between(0.2, 0.8);
        let calendar = self.desk_calendar();
        let between = calendar.elapsed(from, done.min(self.stage.until)).as_seconds() as f64;
        let mut at = calendar.add(from, working(between * share));
        match trouble {
            Trouble::SendBack if self.steps_done() == 0 => return Ok(false),
            // They were asked for before it was taken on.
            Trouble::Supplement if !self.case.supplements.is_empty() => {
                self.troubles.remove(0);
                return Ok(false);
            }
            Trouble::Extension => {
                let Some(due) = self.case.due() else { return Ok(false) };
                let hours = self.dice.between(1.5, 6.0);
                at = calendar.before(due, working(hours * 3600.0));
                if at > done || at < from {
                    // Not yet, or no longer: then there is no apology.
                    if at < from {
                        self.troubles.remove(0);
                    }
                    return Ok(false);
                }
            }
            _ => {}
        }
        self.troubles.remove(0);
        let Some(holder) = self.holder(step) else { return Ok(false) };
        match trouble {
            Trouble::Supplement => self.supplement(&holder, at)?,
            Trouble::SecondSupplement => self.second_supplement(&holder, at)?,
            Trouble::Suspension { long } => self.suspension(&holder, at, long)?,
            Trouble::VeryLongPause => self.very_long_pause(&holder, at)?,
            Trouble::Withdrawal => self.withdrawal(at)?,
            Trouble::WithdrawnOnPurpose => {
                let at = self.in_hours(self.case.submitted_at, 5.0);
                self.withdrawal(at)?;
            }
            Trouble::Discontinuation => {
                self.discontinue(&holder, at, DiscontinueGround::MootObject)?;
            }
            Trouble::SendBack => return self.send_back(&holder, step, done),
            Trouble::Extension => self.extension(&holder, at)?,
        }
        Ok(true)
    }

    /// Asks for papers and waits for them; some never come.
    pub(super) fn supplement(&mut self, officer: &Actor, at: Instant) -> Result<()> {
        let reason = *self.dice.pick(SupplementReason::ALL);
        let note = phrases::supplement(&mut self.dice, reason);
        self.act(officer, at, &Command::RequestSupplement { reason, note })?;
        let days = self.dice.log_normal(2.6, 0.8).clamp(0.1, 14.0);
        // A case that was not taken on cannot be stopped, only declined.
        let never = self.case.clock.is_some() && self.dice.chance(0.05);
        if never {
            let at = self.in_hours(self.now(), 15.0 * 8.0);
            return self.discontinue(officer, at, DiscontinueGround::NoSupplement);
        }
        self.papers_come(days)
    }

    fn papers_come(&mut self, days: f64) -> Result<()> {
        if self.case.status != Status::AwaitingSupplement {
            return Ok(());
        }
        let stood = self.now();
        let come = after(stood, days * 86_400.0);
        let (actor, at) = match self.is_online() {
            true => (Actor::Party(self.applicant.id), come),
            false => (self.receiver(), self.in_hours(come, 0.3)),
        };
        self.act(&actor, at, &Command::ReceiveSupplement { components: Vec::new() })?;
        self.shift_plans(stood);
        Ok(())
    }

    fn second_supplement(&mut self, officer: &Actor, at: Instant) -> Result<()> {
        let head = self.stage.heads.get(&self.case.decided_by).cloned();
        let (Some(head), [_]) = (head, self.case.supplements.as_slice()) else { return Ok(()) };
        let note = phrases::second_supplement(&mut self.dice);
        self.act(&head, at, &Command::ApproveSecondSupplement { note })?;
        let at = self.in_hours(self.now(), 0.5);
        self.supplement(officer, at)
    }

    fn very_long_pause(&mut self, officer: &Actor, at: Instant) -> Result<()> {
        let reason = SupplementReason::MissingPaper;
        let note = phrases::supplement(&mut self.dice, reason);
        self.act(officer, at, &Command::RequestSupplement { reason, note })?;
        let days = self.dice.between(110.0, 160.0);
        self.papers_come(days)
    }

    fn suspension(&mut self, officer: &Actor, at: Instant, long: bool) -> Result<()> {
        let grounds = SuspensionGround::ALL;
        // Mostly another agency or a verification.
        let ground = if self.dice.chance(0.9) {
            grounds[self.dice.weighted(&[0.6, 1.0])]
        } else {
            *self.dice.pick(grounds)
        };
        let note = phrases::suspension(&mut self.dice, ground);
        self.act(officer, at, &Command::Suspend { ground, note })?;
        let stood = self.now();
        let days = match long {
            true => self.dice.between(28.0, 45.0),
            false => self.dice.log_normal(5.0, 0.5).clamp(1.0, 15.0),
        };
        let at = self.in_hours(after(stood, days * 86_400.0), 0.5);
        self.act(officer, at, &Command::Resume)?;
        self.shift_plans(stood);
        Ok(())
    }

    fn withdrawal(&mut self, at: Instant) -> Result<()> {
        let actor = match self.is_online() {
            true => Actor::Party(self.applicant.id),
            false => self.receiver(),
        };
        let note = phrases::withdrawal(&mut self.dice);
        self.act(&actor, at, &Command::Withdraw { note })
    }

    pub(super) fn discontinue(
        &mut self,
        officer: &Actor,
        at: Instant,
        ground: DiscontinueGround,
    ) -> Result<()> {
        let note = phrases::discontinue(&mut self.dice, ground);
        self.act(officer, at, &Command::Discontinue { ground, note })
    }

    /// Sent back instead of signed.
    fn send_back(&mut self, officer: &Actor, step: &StepId, at: Instant) -> Result<bool> {
        let targets = self.procedure.workflow.send_back_targets(&self.case.marking, step);
        let Some(to) = targets.last().map(|step| step.id.clone()) else { return Ok(false) };
        let note = phrases::send_back(&mut self.dice);
        let command = Command::SendBack { step: step.clone(), to, note };
        self.act(officer, at, &command)?;
        Ok(true)
    }

    /// Half of those who apologise keep the new date.
    fn extension(&mut self, officer: &Actor, at: Instant) -> Result<()> {
        let Some(due) = self.case.due() else { return Ok(()) };
        let hours = self.dice.between(8.0, 40.0);
        let to =
            self.calendar(self.case.decided_by).add(due, working((hours / 8.0).ceil() * 28_800.0));
        let note = phrases::extension(&mut self.dice);
        self.act(officer, at, &Command::Extend { to, note })?;
        self.late = self.dice.chance(0.3);
        self.plans.clear();
        Ok(())
    }

    /// The clock stood since `stood`: everything that was planned comes so much later.
    pub(super) fn shift_plans(&mut self, stood: Instant) {
        let (calendar, now) = (self.desk_calendar(), self.now());
        for at in self.plans.values_mut().filter(|at| **at > stood && **at < Instant::MAX) {
            *at = calendar.add(now, calendar.elapsed(stood, *at));
        }
    }
}
