//! Paying, and having the result.

use casework::{Command, DiscontinueGround, Status};
use kernel::Actor;
use procedure::ChannelKind;

use super::{arrivals::after, life::Life, phrases, scripts::Script};
use crate::Result;

impl Life<'_> {
    /// Fees are asked for when a dossier is taken on: at the counter they are paid at once or
    /// with the result, online work waits for them.
    pub(super) fn pay_at_reception(&mut self) -> Result<()> {
        if !matches!(self.script, Script::Ordinary | Script::Held(_)) {
            return Ok(());
        }
        let fees = self.fees();
        if fees.is_empty() {
            return Ok(());
        }
        let receiver = self.receiver();
        let at = self.now();
        let pauses = self.is_online();
        for (number, (name, amount)) in fees.iter().enumerate() {
            let pauses = pauses && number + 1 == fees.len();
            let command = Command::SetObligation { name: name.clone(), amount: *amount, pauses };
            self.act(&receiver, at, &command)?;
        }
        if !pauses {
            return if self.dice.chance(0.85) { self.pay(&receiver) } else { Ok(()) };
        }
        let party = Actor::Party(self.applicant.id);
        if self.dice.chance(0.012) {
            let at = self.in_hours(self.now(), 80.0);
            let Some(step) = self.case.holdings.keys().next().cloned() else { return Ok(()) };
            let Some(officer) = self.holder(&step) else { return Ok(()) };
            return self.discontinue(&officer, at, DiscontinueGround::NoPayment);
        }
        self.pay(&party)
    }

    /// What is asked for through the channel of this dossier.
    fn fees(&mut self) -> Vec<(String, u64)> {
        let kind = match self.case.channel {
            casework::Channel::Counter => ChannelKind::Counter,
            casework::Channel::Online => ChannelKind::Online,
            casework::Channel::Postal => ChannelKind::Postal,
        };
        let mut fees = Vec::new();
        for fee in self.procedure.fees_for(kind).filter(|fee| fee.amount > 0) {
            // Only who comes late pays it.
            if fee.name.contains("không đúng hạn") && !self.dice.chance(0.1) {
                continue;
            }
            let many = matches!(fee.per.as_str(), "bản" | "trang" | "phiếu");
            let count = if many { self.dice.whole(1, 6) } else { 1 };
            fees.push((fee.name.clone(), fee.amount * u64::try_from(count).unwrap_or(1)));
        }
        fees
    }

    fn pay(&mut self, actor: &Actor) -> Result<()> {
        let online = self.is_online() || self.dice.chance(0.38);
        let minutes = match self.is_online() {
            true => self.dice.log_normal(50.0, 1.2).clamp(1.0, 4000.0),
            false => self.dice.between(0.3, 3.0),
        };
        let at = after(self.now(), minutes * 60.0);
        let owed = self.case.obligations.iter().filter(|owed| owed.payment.is_none());
        let owed: Vec<(u32, u64)> = owed.map(|owed| (owed.number, owed.amount)).collect();
        for (number, amount) in owed {
            let prefix = if online { "GD" } else { "BL" };
            let reference = format!("{prefix}{:08}", self.dice.whole(1, 99_999_999));
            let command = Command::RecordPayment { number, amount, online, reference };
            self.act(actor, at, &command)?;
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
            self.pay_on_pick_up(&returner, at)?;
        }
        let note = phrases::handed_over(&mut self.dice);
        self.act(&returner, at, &Command::ReturnResult { note })
    }

    fn pay_on_pick_up(&mut self, actor: &Actor, at: kernel::Instant) -> Result<()> {
        let owed: Vec<(u32, u64)> =
            self.case.obligations.iter().map(|owed| (owed.number, owed.amount)).collect();
        let online = self.dice.chance(0.38);
        for (number, amount) in owed {
            let reference = format!("BL{:08}", self.dice.whole(1, 99_999_999));
            let command = Command::RecordPayment { number, amount, online, reference };
            self.act(actor, at, &command)?;
        }
        Ok(())
    }
}
