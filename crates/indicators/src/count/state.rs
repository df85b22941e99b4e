//! What has to be known of a case to count its next event.

use casework::Channel;
use kernel::{AgencyId, Instant};
use procedure::Matter;
use serde::{Deserialize, Serialize};

use super::{
    cell::{Cell, Channels},
    told::{Clock, Ground, Told, What},
};
use crate::{
    catalogue::{Catalogue, ProcedureNumber},
    day::Day,
    fact::Fact,
};

/// The small state of a case: computed from its events alone, and kept only while more of them
/// may come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseState {
    /// Who decides it.
    pub agency: AgencyId,
    /// On which procedure.
    pub procedure: ProcedureNumber,
    /// Which version of it.
    pub version: u32,
    /// What kind of matter it is.
    pub matter: Matter,
    /// How it came in.
    pub channel: Channel,
    /// When it was filed.
    pub submitted: Instant,
    /// Until when it must be taken on.
    pub accept_by: Instant,
    /// When it was taken on.
    pub accepted: Option<Instant>,
    /// What is promised.
    pub due: Option<Instant>,
    /// Since when its clock stands, and why.
    pub stands: Option<(Instant, Ground)>,
    /// How often its clock stood and went on.
    pub pauses: u32,
    /// For how many seconds in all.
    pub pause_seconds: i64,
    /// How often the agency stopped its clock, fees not counted.
    pub own_pauses: u32,
    /// When papers were asked for, each time.
    pub requests: Vec<Instant>,
    /// Whether the newest request waits for its answer.
    pub awaits_papers: bool,
    /// Whether the date was moved.
    pub extended: bool,
    /// What is owed: number and amount.
    pub owed: Vec<(u32, i64)>,
    /// Since when something is owed.
    pub owing_since: Option<Instant>,
    /// Whether anything was ever owed.
    pub had_fee: bool,
    /// Whether anything was paid online.
    pub paid_online: bool,
    /// When it was over.
    pub ended: Option<Instant>,
    /// Whether it ended with work done, so that the applicant fetches something.
    pub done: bool,
    /// Whether the applicant has it.
    pub returned: bool,
    /// Since when it is in each stock; a later instant than now for what is known in advance.
    pub held: Vec<(u8, Instant)>,
}

impl CaseState {
    /// The state that a filing begins; none of any other event.
    #[must_use]
    pub fn begin(told: &Told, catalogue: &Catalogue) -> Option<Self> {
        let What::Submitted { procedure, version, channel, decided_by, accept_by, .. } = told.what
        else {
            return None;
        };
        Some(Self {
            agency: decided_by,
            procedure,
            version,
            matter: catalogue.traits(procedure, version).matter,
            channel,
            submitted: told.happened,
            accept_by,
            accepted: None,
            due: None,
            stands: None,
            pauses: 0,
            pause_seconds: 0,
            own_pauses: 0,
            requests: Vec::new(),
            awaits_papers: false,
            extended: false,
            owed: Vec::new(),
            owing_since: None,
            had_fee: false,
            paid_online: false,
            ended: None,
            done: false,
            returned: false,
            held: Vec::new(),
        })
    }

    /// The next state.
    pub fn evolve(&mut self, told: &Told) {
        let at = told.happened;
        match &told.what {
            What::Accepted(clock) => {
                self.accepted = Some(at);
                self.turn(Some(clock));
            }
            What::Forwarded(agency) | What::Moved(agency) => self.agency = *agency,
            What::SupplementRequested(_, clock) => {
                self.requests.push(at);
                self.awaits_papers = true;
                self.own_pauses += u32::from(clock.is_some());
                self.turn(clock.as_ref());
            }
            What::SupplementReceived(clock, accept_by) => {
                self.awaits_papers = false;
                self.accept_by = accept_by.unwrap_or(self.accept_by);
                self.turn(clock.as_ref());
            }
            What::ObligationSet { number, amount, clock } => {
                if *amount > 0 {
                    self.owed.push((*number, *amount));
                    self.owing_since = self.owing_since.or(Some(at));
                    self.had_fee = true;
                }
                self.turn(clock.as_ref());
            }
            What::Paid { number, online, clock } => {
                self.owed.retain(|(owed, _)| owed != number);
                if self.owed.is_empty() {
                    self.owing_since = None;
                }
                self.paid_online |= online;
                self.turn(clock.as_ref());
            }
            What::Suspended(clock) => {
                self.own_pauses += 1;
                self.turn(Some(clock));
            }
            What::Resumed(clock) => self.turn(Some(clock)),
            What::Extended(clock) => {
                self.extended = true;
                self.turn(Some(clock));
            }
            What::Declined(_) => self.end(at, None, false),
            What::Discontinued(clock) => self.end(at, Some(clock), false),
            What::Withdrawn(clock) => self.end(at, clock.as_ref(), false),
            What::Finished(_, clock) => self.end(at, Some(clock), true),
            What::Returned => self.returned = true,
            _ => {}
        }
    }

    fn turn(&mut self, clock: Option<&Clock>) {
        if let Some(clock) = clock {
            self.due = Some(clock.due);
            self.stands = clock.stands;
            self.pauses = clock.pauses;
            self.pause_seconds = clock.pause_seconds;
        }
    }

    fn end(&mut self, at: Instant, clock: Option<&Clock>, done: bool) {
        self.turn(clock);
        self.ended = Some(at);
        self.done = done;
        self.stands = None;
        self.awaits_papers = false;
    }

    /// Whether no further event is to be expected, so that nothing has to be remembered. Should
    /// one come all the same, the state is computed from the journal again.
    #[must_use]
    pub const fn is_over(&self) -> bool {
        self.returned || (self.ended.is_some() && !self.done)
    }

    /// The cell of the case on a day.
    #[must_use]
    pub fn cell(&self, day: Day) -> Cell {
        Cell {
            agency: self.agency,
            plane: self.matter.into(),
            procedure: self.procedure,
            channel: Channels::from(self.channel),
            day,
        }
    }

    /// Since when it is in a stock.
    #[must_use]
    pub fn held_since(&self, stock: Fact) -> Option<Instant> {
        self.held.iter().find(|(number, _)| *number == stock.number()).map(|(_, since)| *since)
    }
}
