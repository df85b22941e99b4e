//! What a forecast rests on, typed and plain.

use std::{collections::BTreeMap, sync::Arc};

use calendar::{Allowance, Calendar, WorkingTime};
use jiff::civil::{Date, Time};
use kernel::{AgencyId, CaseId, Instant, ProcedureCode};

use crate::{At, Next, StepName};

/// Everything that a forecast rests on.
#[derive(Debug, Clone)]
pub struct Inputs {
    /// The instant from which the forecast looks ahead.
    pub now: Instant,
    /// The agencies and their hours.
    pub offices: Vec<Office>,
    /// Who does which steps.
    pub teams: Vec<Team>,
    /// What the procedures promise, and how they go on where nothing was observed.
    pub procedures: Vec<Procedure>,
    /// What is in hand.
    pub open: Vec<OpenWork>,
    /// What came, day by day.
    pub arrivals: Arrivals,
    /// How long steps took.
    pub stays: BTreeMap<At, Vec<Stay>>,
    /// How often a step led where; an empty list of steps is the end.
    pub routes: BTreeMap<At, BTreeMap<Vec<Next>, u32>>,
    /// How long pauses lasted, in seconds of the calendar.
    pub pauses: BTreeMap<ProcedureCode, Vec<u32>>,
    /// What could not be used.
    pub dropped: Dropped,
}

/// An agency and its time.
#[derive(Debug, Clone)]
pub struct Office {
    /// Which agency.
    pub agency: AgencyId,
    /// Its hours and holidays.
    pub calendar: Arc<Calendar>,
    /// How much comes in each hour of the day; where all are nought, cases come evenly through
    /// the working time.
    pub hours: [u32; 24],
}

/// Officers who do one step, or several, of one agency. What waits for any of these steps waits
/// in one queue, and whoever is free takes the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// Of which agency.
    pub agency: AgencyId,
    /// The steps that it does.
    pub steps: Vec<StepName>,
    /// How many officers.
    pub officers: u16,
}

/// What is promised to whoever files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// The result is due after that time.
    Within(Allowance),
    /// The result is due the same day, or the next working day where it came after the cutoff.
    SameDay {
        /// Until when on the day a case must come.
        cutoff: Time,
    },
}

/// What is known of a procedure without looking at any case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Procedure {
    /// Which.
    pub code: ProcedureCode,
    /// What it promises; a case without a promise is never late.
    pub promise: Option<Promise>,
    /// Its steps.
    pub steps: Vec<StepRule>,
}

/// A step as the workflow of a procedure has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepRule {
    /// Which step.
    pub step: StepName,
    /// How long it may take.
    pub limit: Option<WorkingTime>,
    /// The step that usually follows, in the same agency; none where the case ends.
    pub next: Option<StepName>,
    /// Whether it waits for every branch that can still lead to it.
    pub join: bool,
}

/// A step that somebody has in hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenWork {
    /// Of which case; a case with several open steps has several rows.
    pub case: CaseId,
    /// Which step, where.
    pub at: At,
    /// When the step opened.
    pub entered: Instant,
    /// When the case is due; none where nothing was promised.
    pub due: Option<Instant>,
    /// Since when its clock stands, where it does.
    pub paused: Option<Instant>,
}

/// What came, by agency, procedure and day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Arrivals {
    /// The days that were observed, in order, whether anything came or not.
    pub days: Vec<Date>,
    /// The streams of cases.
    pub streams: Vec<Stream>,
}

/// Cases of one procedure that come to one agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stream {
    /// Where they come, with the first step.
    pub at: At,
    /// How many came on each observed day.
    pub counts: Vec<u16>,
}

/// How long a step took, in working time, in two parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stay {
    /// While an officer was occupied with it.
    pub work: WorkingTime,
    /// While it lay for other reasons, and officers went on with other cases.
    pub delay: WorkingTime,
}

/// What could not be used, so that nobody takes a forecast for more than it is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dropped {
    /// Records that end before they begin: a clock jumped.
    pub backwards: u32,
    /// Records from after the end of the time that was looked at.
    pub ahead: u32,
    /// Records from before its beginning.
    pub before: u32,
    /// Records of agencies of which no hours are known.
    pub nowhere: u32,
}
