//! What if: one thing changes, and chance stays the same.

use jiff::civil::Date;
use kernel::{AgencyId, ProcedureCode};

use crate::{Error, Model, Promise, Result, StepName, minutes::Due};

/// The most minutes of overtime a day: half of the normal hours of a day (Labour Code
/// 45/2019/QH14, article 107.2b).
pub const OVERTIME_MAX: u16 = 240;
/// No change takes more than ten times as much.
const PERCENT_MAX: u16 = 1000;

/// Something that could be changed. Where it names a step, it changes the team that does it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// So many officers more at a step, on every day.
    Officers {
        /// Of which agency.
        agency: AgencyId,
        /// At which step.
        step: StepName,
        /// How many.
        more: u16,
    },
    /// Officers go from one team of an agency to another.
    Lend {
        /// Of which agency.
        agency: AgencyId,
        /// A step of the team that lends.
        from: StepName,
        /// A step of the team that borrows.
        to: StepName,
        /// How many.
        officers: u16,
    },
    /// Officers are away. Whoever is at work on something when the day ends finishes it.
    Away {
        /// Of which agency.
        agency: AgencyId,
        /// A step that they do.
        step: StepName,
        /// How many; more than there are on a day leave nobody.
        officers: u16,
        /// The first day on which they are away.
        from: Date,
        /// The last one.
        to: Date,
    },
    /// A team works longer on each working day.
    Overtime {
        /// Of which agency.
        agency: AgencyId,
        /// A step that it does.
        step: StepName,
        /// By so many minutes.
        minutes: u16,
    },
    /// A team takes what is due first, not what came first.
    ByDue {
        /// Of which agency.
        agency: AgencyId,
        /// A step that it does.
        step: StepName,
    },
    /// More or fewer cases come.
    Arrivals {
        /// To which agency; none for all.
        agency: Option<AgencyId>,
        /// Of which procedure; none for all.
        procedure: Option<ProcedureCode>,
        /// How many come for a hundred that would: 120 for a fifth more.
        percent: u16,
    },
    /// A procedure promises something else to whoever files from now on. What is promised
    /// already stays; of a procedure that nobody files nothing changes.
    Promise {
        /// Which procedure.
        procedure: ProcedureCode,
        /// What it promises.
        promise: Promise,
    },
    /// The work on a procedure, or on one of its steps, takes more or less of the officers' time.
    Work {
        /// Which procedure.
        procedure: ProcedureCode,
        /// Which step; none for all.
        step: Option<StepName>,
        /// How much time for a hundred minutes: 70 where three tenths are cut.
        percent: u16,
    },
    /// A day becomes a holiday. Nobody works; whatever is to come on it comes all the same, and
    /// waits for the next working day; new promises run past it, given ones do not move.
    Holiday {
        /// Which day.
        date: Date,
    },
}

impl Model {
    /// The model after some changes, one after the other. Chance stays the same: the same cases
    /// come, and each draws the same times at the same steps.
    ///
    /// # Errors
    /// [`Error::Nowhere`] where a change names a step that no work passes; [`Error::Officers`],
    /// [`Error::Lend`], [`Error::Overtime`], [`Error::Percent`], [`Error::Outside`].
    pub fn with(&self, changes: &[Change]) -> Result<Self> {
        let mut model = self.clone();
        changes.iter().try_for_each(|change| model.apply(change))?;
        Ok(model)
    }

    pub(crate) fn apply(&mut self, change: &Change) -> Result<()> {
        match change {
            Change::Officers { agency, step, more } => {
                let pool = self.pool_of(*agency, step)?;
                for officers in &mut self.pools[pool].officers {
                    *officers = officers.saturating_add(*more);
                }
            }
            Change::Lend { agency, from, to, officers } => {
                return self.lend(*agency, from, to, *officers);
            }
            Change::Away { agency, step, officers, from, to } => {
                let (from, to) = (self.day_of(*from)?, self.day_of(*to)?);
                let pool = self.pool_of(*agency, step)?;
                for day in from..=to {
                    let there = &mut self.pools[pool].officers[day];
                    *there = there.saturating_sub(*officers);
                }
            }
            Change::Overtime { agency, step, minutes } => {
                let pool = self.pool_of(*agency, step)?;
                let minutes = minutes.saturating_add(self.pools[pool].overtime);
                if !(1..=OVERTIME_MAX).contains(&minutes) {
                    return Err(Error::Overtime);
                }
                self.pools[pool].overtime = minutes;
                self.pools[pool].table = self.overtime_table(self.pools[pool].office, minutes);
            }
            Change::ByDue { agency, step } => {
                let pool = self.pool_of(*agency, step)?;
                self.pools[pool].by_due = true;
            }
            Change::Arrivals { agency, procedure, percent } => {
                check_percent(*percent)?;
                let (offices, classes, codes) = (&self.offices, &self.classes, &self.procedures);
                for stream in &mut self.streams {
                    let of = &codes[classes[stream.class as usize].procedure as usize];
                    let at = offices[stream.office as usize].agency;
                    let meant = agency.is_none_or(|agency| agency == at)
                        && procedure.as_ref().is_none_or(|procedure| procedure == of);
                    if meant {
                        stream.percent = stream.percent * u32::from(*percent) / 100;
                    }
                }
            }
            Change::Promise { procedure, promise } => {
                if let Some(index) = self.procedures.iter().position(|code| code == procedure) {
                    self.dues[index] = Due::new(Some(*promise), self.first, self.days);
                }
            }
            Change::Work { procedure, step, percent } => {
                check_percent(*percent)?;
                let (stations, codes) = (&self.stations, &self.procedures);
                for class in &mut self.classes {
                    let here = &stations[class.station as usize].step;
                    let meant = &codes[class.procedure as usize] == procedure
                        && step.as_ref().is_none_or(|step| step == here);
                    if meant {
                        let percent = u32::from(class.percent) * u32::from(*percent) / 100;
                        class.percent = percent.min(u32::from(PERCENT_MAX)) as u16;
                    }
                }
            }
            Change::Holiday { date } => {
                let day = self.day_of(*date)?;
                self.tables = self.tables.iter().map(|table| table.without(day)).collect();
            }
        }
        Ok(())
    }

    fn lend(
        &mut self,
        agency: AgencyId,
        from: &StepName,
        to: &StepName,
        officers: u16,
    ) -> Result<()> {
        let (lender, borrower) = (self.pool_of(agency, from)?, self.pool_of(agency, to)?);
        if lender == borrower {
            return Err(Error::Lend);
        }
        if self.pools[lender].officers.iter().any(|there| *there < officers) {
            return Err(Error::Officers(agency, from.clone()));
        }
        for day in 0..self.days {
            self.pools[lender].officers[day] -= officers;
            self.pools[borrower].officers[day] += officers;
        }
        Ok(())
    }

    /// The team that does a step.
    fn pool_of(&self, agency: AgencyId, step: &StepName) -> Result<usize> {
        Ok(self.stations[self.station_of(agency, step)?].pool as usize)
    }
}

fn check_percent(percent: u16) -> Result<()> {
    if percent <= PERCENT_MAX { Ok(()) } else { Err(Error::Percent) }
}
