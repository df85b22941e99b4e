//! The plan: the fewest moves that bring enough cases in on time.

mod moves;
mod search;

use kernel::AgencyId;

use crate::{Change, Difference, Error, Model, OVERTIME_MAX, Result, Runs, Spread, StepName};

/// What a plan is to reach, and how far it may look for it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// The share of the cases falling due within the days of the forecast that is to be in time,
    /// expected over the runs: 0.99.
    pub share: f64,
    /// In which agency; none for the province.
    pub agency: Option<AgencyId>,
    /// The most moves of a plan; more than 200 are taken as 200.
    pub moves_max: u16,
    /// The most trials: runs of one part of the province with some moves, as often as asked.
    pub trials_max: u32,
    /// Minutes of overtime a day that one move asks of a team. The default of 90 comes to 33
    /// hours in a month of 22 working days, below the 40 that the Labour Code allows
    /// (45/2019/QH14, article 107.2).
    pub overtime: u16,
    /// A team can lend an officer where less than this share of its time is taken.
    pub slack: f64,
    /// The fewest cases that a move is to save within the plan, expected; what saves less is left
    /// out, also where the plan then falls short of the share.
    pub least: f64,
}

impl Default for Wish {
    /// 99 in a hundred, in the province, by at most 40 moves, however little each saves, within
    /// 3,000 trials.
    fn default() -> Self {
        Self {
            share: 0.99,
            agency: None,
            moves_max: 40,
            trials_max: 3000,
            overtime: 90,
            slack: 0.6,
            least: 0.0,
        }
    }
}

/// One thing that the head of an agency can decide. This list is closed. Moves are offered where
/// work waits, and overtime where there is work at all; an officer is added, or lent, on every
/// day of the forecast.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Move {
    /// An officer more for the team that does a step; can be made several times.
    AddOfficer {
        /// Of which agency.
        agency: AgencyId,
        /// The first of the team's steps.
        step: StepName,
    },
    /// An officer goes from a team with slack to another of the same agency.
    Lend {
        /// Of which agency.
        agency: AgencyId,
        /// The first step of the team that lends.
        from: StepName,
        /// The first step of the team that borrows.
        to: StepName,
    },
    /// A team works longer each day.
    Overtime {
        /// Of which agency.
        agency: AgencyId,
        /// The first of the team's steps.
        step: StepName,
        /// By so many minutes.
        minutes: u16,
    },
    /// A team takes what is due first.
    ByDue {
        /// Of which agency.
        agency: AgencyId,
        /// The first of the team's steps.
        step: StepName,
    },
}

impl From<Move> for Change {
    fn from(made: Move) -> Self {
        match made {
            Move::AddOfficer { agency, step } => Self::Officers { agency, step, more: 1 },
            Move::Lend { agency, from, to } => Self::Lend { agency, from, to, officers: 1 },
            Move::Overtime { agency, step, minutes } => Self::Overtime { agency, step, minutes },
            Move::ByDue { agency, step } => Self::ByDue { agency, step },
        }
    }
}

/// The fewest moves that were found.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The moves, what helps most first.
    pub moves: Vec<Planned>,
    /// How it stands without the plan.
    pub without: Reached,
    /// How it stands with it.
    pub with: Reached,
    /// How sure it is that no fewer moves do.
    pub proof: Proof,
    /// Where cases become late that no plan can help, most first.
    pub too_long: Vec<TooLong>,
    /// How many trials were made.
    pub trials: u32,
}

/// A step at which cases become late even where nothing waits anywhere and everybody works
/// overtime: their own time, on the way up to it, is too long for what was promised.
#[derive(Debug, Clone, PartialEq)]
pub struct TooLong {
    /// Of which agency.
    pub agency: AgencyId,
    /// Which step.
    pub step: StepName,
    /// Cases that become late there even so, expected.
    pub late: f64,
}

/// A move of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// What is done.
    pub made: Move,
    /// What it does within the plan: cases that become late in this part of the province with
    /// all other moves of the plan, without and with this one.
    pub effect: Difference,
    /// Share of its team's time that is taken without the plan; of a team that borrows, its own.
    pub used_without: f64,
    /// The same with the plan.
    pub used_with: f64,
}

/// How many cases are in time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reached {
    /// Cases that become late.
    pub late: Spread,
    /// Cases that fall due, expected.
    pub due: f64,
    /// The expected share in time: `1 - late / due`; 1 where none falls due.
    pub share: f64,
}

/// How sure a plan is. All of it is meant of these runs: another seed is another chance.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Proof {
    /// It reaches the share, and no fewer moves of the list do: every smaller choice was tried,
    /// or cannot help enough even where nothing waits anywhere.
    Fewest,
    /// It reaches the share; fewer than so many moves cannot, and between the two nothing was
    /// proven before the trials were used up.
    AtLeast(u16),
    /// Nothing of the list reaches the share, not even unlimited officers with overtime: what
    /// steps take without any waiting is too long. The plan is the best that was found.
    Impossible {
        /// The share that no plan can exceed.
        best: f64,
    },
    /// Within the moves and trials allowed, of moves that each save as much as is wished, no plan
    /// was found that reaches the share, and fewer than so many moves cannot. The plan is the best
    /// that was found.
    NotFound(u16),
}

impl Model {
    /// Looks for the fewest moves that reach a share.
    ///
    /// # Errors
    /// [`Error::Share`], [`Error::Overtime`].
    pub fn plan(&self, wish: &Wish, runs: Runs) -> Result<Plan> {
        if !(wish.share > 0.0 && wish.share <= 1.0) {
            return Err(Error::Share);
        }
        if !(1..=OVERTIME_MAX).contains(&wish.overtime) {
            return Err(Error::Overtime);
        }
        Ok(search::search(self, wish, runs))
    }
}
