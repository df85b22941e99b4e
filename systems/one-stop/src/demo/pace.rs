//! How fast a dossier is worked on, and when each of its steps will be done.

use kernel::{Instant, PostId};
use procedure::{End, Step, StepId, Target};

use super::{
    arrivals::after,
    life::{Life, working},
    scripts::Script,
    trouble::Trouble,
};

impl Life<'_> {
    /// How fast the work will go, whether it will be late, and what will disturb it.
    pub(super) fn set_pace(&mut self) {
        let calendar = self.calendar(self.case.decided_by);
        let (Some(start), Some(due)) = (self.case.accepted_at, self.case.due()) else { return };
        let allowed = calendar.elapsed(start, due).as_hours().max(0.2);
        let usual = self.usual_hours(self.procedure.workflow.first()).max(0.1);
        let slow = self.case.holdings.values().any(|held| is_slow(held.post));
        let ordinary = self.script == Script::Ordinary;
        self.late = ordinary && self.dice.chance(if slow { 0.17 } else { 0.048 });
        let share = match (self.late, slow) {
            (true, _) => 1.0 + self.dice.log_normal(0.35, 0.7).min(3.0),
            (false, true) => self.dice.log_normal(0.66, 0.25),
            (false, false) => self.dice.log_normal(0.42, 0.4),
        };
        self.pace = allowed / usual * share;
        self.troubles = match self.script {
            Script::Ordinary => Trouble::draw(&mut self.dice, allowed, self.late),
            Script::Held(trouble) => trouble.into_iter().collect(),
            Script::Withdrawn(_) => vec![Trouble::WithdrawnOnPurpose],
            Script::LongPause { repeated: false } => vec![Trouble::VeryLongPause],
            Script::LongPause { repeated: true } => vec![Trouble::Suspension { long: true }; 3],
            _ => Vec::new(),
        };
    }

    /// Hours from the beginning of a step to the end, on the longest usual way.
    fn usual_hours(&self, step: &Step) -> f64 {
        let steps = self.procedure.workflow.steps();
        let place = |id: &StepId| steps.iter().position(|step| step.id == *id);
        let own = place(&step.id);
        let next = step.outcomes.iter().filter_map(|outcome| match &outcome.target {
            Target::To(to) => Some(to),
            Target::End(_) => None,
        });
        let later = next.flatten().filter(|id| place(id) > own);
        let hours = later.filter_map(|id| self.procedure.workflow.step(id));
        let rest = hours.map(|step| self.usual_hours(step)).fold(0.0, f64::max);
        step.hours.hours() + rest
    }

    pub(super) fn make_plans(&mut self) {
        let holdings = &self.case.holdings;
        self.plans.retain(|step, _| holdings.contains_key(step));
        let new: Vec<StepId> =
            holdings.keys().filter(|step| !self.plans.contains_key(step)).cloned().collect();
        for step in new {
            if let Some(at) = self.plan(&step) {
                self.plans.insert(step, at);
            }
        }
    }

    /// When a step will be done.
    fn plan(&mut self, id: &StepId) -> Option<Instant> {
        let step = self.procedure.workflow.step(id)?;
        let agency = self.case.holdings.get(id)?.agency;
        let (since, due) = (self.now(), self.case.due()?);
        let calendar = self.calendar(agency);
        let last = self.is_last(step);
        match self.script {
            Script::Held(_) if step.role.as_str() == directory::RoleCode::EXPERT => {
                return Some(Instant::MAX);
            }
            Script::ClosingBurst(at) if last => return Some(at),
            Script::ClosingBurst(_) => return Some(self.in_hours(since, 1.0)),
            _ => {}
        }
        let own = step.hours.hours();
        let mut hours = own * self.pace * self.dice.log_normal(1.0, 0.45);
        let rest = self.usual_hours(step).max(own);
        if !self.late {
            let room = calendar.elapsed(since, due).as_hours();
            hours = hours.min(room * own / rest * 0.94);
        }
        let at = calendar.add(since, working(hours.max(0.005) * 3600.0));
        let late = self.late && last && at <= due;
        let over = self.dice.log_normal(3.0, 1.0).clamp(0.4, 60.0);
        let at = if late { calendar.add(due, working(over * 3600.0)) } else { at };
        Some(if last && self.script == Script::OutsideHours { self.evening(at) } else { at })
    }

    fn evening(&mut self, at: Instant) -> Instant {
        let day = kernel::today(at);
        let ten = kernel::from_local(day.at(22, 0, 0, 0));
        after(ten, self.dice.between(-1500.0, 2400.0))
    }

    /// Whether nothing comes after the step, as things usually go.
    pub(super) fn is_last(&self, step: &Step) -> bool {
        let ends = step.outcomes.iter().any(|o| o.target == Target::End(End::Result));
        ends && self.case.holdings.len() == 1 && self.case.marking.arrived.is_empty()
    }
}

/// Some seats are slower than others, always the same ones.
fn is_slow(post: PostId) -> bool {
    post.uuid().as_u64_pair().1.is_multiple_of(9)
}
