//! What is owed, paying, and having the result.

use casework::{Command, Obligation, Status};
use desk::{Answers, Seen};
use kernel::{Actor, today};
use procedure::Due;

use super::{arrivals::after, life::Life, phrases, scripts::Script};
use crate::Result;

impl Life<'_> {
    /// What it owes is set as it is filed, by its procedure.
    pub(super) fn charge(&mut self, answers: &Answers) -> Result<()> {
        // What is arranged to be irregular is so in one thing alone.
        if !matches!(self.script, Script::Ordinary | Script::Held(_)) {
            return Ok(());
        }
        let (at, kind, seen) = (self.case.submitted_at, self.case.channel.kind(), Seen::default());
        let house = Actor::System("fees".to_owned());
        for owed in desk::fees(self.procedure, kind, answers, &seen, today(at)) {
            let (name, amount) = (owed.fee.name.clone(), owed.amount());
            let pauses = owed.fee.due == Due::Acceptance;
            self.act_recorded(&house, at, at, &Command::SetObligation { name, amount, pauses })?;
        }
        Ok(())
    }

    /// Most pay as they file: at the counter to the clerk, online within minutes. Who does not
    /// pays with the result; what is due with the application makes it wait.
    pub(super) fn pay_with_filing(&mut self) -> Result<()> {
        if self.case.unpaid() == 0 {
            return Ok(());
        }
        let must = self.case.status == Status::AwaitingPayment;
        let share = match (must, self.is_online()) {
            (true, true) => 0.94,
            (true, false) => 1.0,
            (false, _) => 0.72,
        };
        if matches!(self.script, Script::Ordinary) && !self.dice.chance(share) {
            return Ok(());
        }
        let payer =
            if self.is_online() { Actor::Party(self.applicant.id) } else { self.receiver() };
        let online = self.is_online() || self.dice.chance(0.38);
        let minutes = match self.is_online() {
            true => self.dice.log_normal(5.0, 0.9).clamp(1.0, 45.0),
            false => self.dice.between(0.3, 3.0),
        };
        let at = after(self.now(), minutes * 60.0);
        self.pay(&payer, at, online)
    }

    fn pay(&mut self, payer: &Actor, at: kernel::Instant, online: bool) -> Result<()> {
        let owed = |o: &Obligation| o.is_owed().then_some((o.number, o.amount));
        let owed: Vec<(u32, u64)> = self.case.obligations.iter().filter_map(owed).collect();
        for (number, amount) in owed {
            let prefix = if online { "GD" } else { "BL" };
            let reference = format!("{prefix}{:08}", self.dice.whole(1, 99_999_999));
            let command = Command::RecordPayment { number, amount, online, reference };
            self.act(payer, at, &command)?;
        }
        Ok(())
    }

    /// The applicant has the result: at once online, at the counter when they come; a few have
    /// not come yet.
    pub(super) fn hand_over(&mut self) -> Result<()> {
        if self.case.status != Status::Finished || self.over {
            return Ok(());
        }
        let done = self.now();
        let soon = self.dice.chance(0.45);
        let minutes = self.dice.log_normal(60.0, 0.9).clamp(4.0, 400.0);
        let days = self.dice.log_normal(1.6, 0.9).clamp(0.3, 30.0);
        let at = match self.is_online() {
            true if self.dice.chance(0.93) => after(done, self.dice.between(8.0, 200.0)),
            _ if self.dice.chance(0.02) => return Ok(()),
            _ if soon => self.in_hours(done, minutes / 60.0),
            _ => self.in_hours(done, days * 8.0),
        };
        let returner = self.dice.pick(&self.office.returners).clone();
        if self.case.unpaid() > 0 {
            // Not before the applicant is at the desk.
            if at >= self.stage.until {
                self.over = true;
                return Ok(());
            }
            let online = self.is_online() || self.dice.chance(0.38);
            let payer =
                if self.is_online() { Actor::Party(self.applicant.id) } else { returner.clone() };
            self.pay(&payer, at, online)?;
        }
        let note = phrases::handed_over(&mut self.dice);
        self.act(&returner, at, &Command::ReturnResult { note })
    }
}
