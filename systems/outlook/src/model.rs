//! What can be asked, and what came of it, as it is kept.

use forecast::Spread;
use jiff::civil::Date;
use kernel::{AgencyId, CaseId, Instant, PersonId, ProcedureCode};
use serde::{Deserialize, Deserializer, Serialize};

kernel::ids! {
    /// Something that is computed.
    RunId = RunKind, "run";
}

kernel::words! {
    /// What is computed.
    Kind {
        /// What will be late if nothing changes.
        Forecast = "forecast",
        /// What some changes would do.
        WhatIf = "what_if",
        /// The fewest moves that bring enough in on time.
        Plan = "plan",
        /// How well a month that is over would have been foreseen.
        BackTest = "back_test",
    }
}

kernel::words! {
    /// Where a run stands.
    State {
        /// It waits for its turn.
        Waiting = "waiting",
        /// It is computed.
        Running = "running",
        /// It is done.
        Done = "done",
        /// It could not be computed.
        Failed = "failed",
    }
}

kernel::words! {
    /// What of a run is being done.
    Stage {
        /// Nothing yet.
        Queue = "queue",
        /// The journal is read.
        Reading = "reading",
        /// The days to come are run.
        Running = "running",
        /// Nothing any more.
        Over = "over",
    }
}

/// What is asked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "ask", rename_all = "snake_case")]
pub(crate) enum Question {
    /// What will be late if nothing changes.
    Forecast,
    /// What these together would change.
    WhatIf {
        /// The changes. A run of before there could be several has one.
        #[serde(deserialize_with = "one_or_many")]
        supposed: Vec<Supposed>,
    },
    /// The fewest moves to more than 99 in a hundred on time.
    Plan {
        /// In which agency; none for all.
        agency: Option<AgencyId>,
    },
    /// The last days, as they would have been foreseen.
    BackTest {
        /// How many.
        days: u16,
    },
}

impl Question {
    pub(crate) const fn kind(&self) -> Kind {
        match self {
            Self::Forecast => Kind::Forecast,
            Self::WhatIf { .. } => Kind::WhatIf,
            Self::Plan { .. } => Kind::Plan,
            Self::BackTest { .. } => Kind::BackTest,
        }
    }
}

fn one_or_many<'de, D: Deserializer<'de>>(text: D) -> Result<Vec<Supposed>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Either {
        Many(Vec<Supposed>),
        One(Supposed),
    }
    Ok(match Either::deserialize(text)? {
        Either::Many(all) => all,
        Either::One(one) => vec![one],
    })
}

/// Something that is supposed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "supposed", rename_all = "snake_case")]
pub(crate) enum Supposed {
    /// Officers more at a step.
    Officers { agency: AgencyId, step: String, more: u16 },
    /// Minutes of overtime a day for whoever does a step.
    Overtime { agency: AgencyId, step: String, minutes: u16 },
    /// Work on a procedure takes so many hundredths of its time.
    Work { procedure: ProcedureCode, percent: u16 },
    /// So many cases come for a hundred that would.
    Arrivals { agency: Option<AgencyId>, percent: u16 },
    /// A day becomes a holiday.
    Holiday { date: Date },
}

/// A run, without what came of it.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    pub(crate) id: RunId,
    pub(crate) question: Question,
    pub(crate) state: State,
    pub(crate) stage: Stage,
    pub(crate) asked_by: Option<PersonId>,
    pub(crate) asked_at: Instant,
    pub(crate) ended_at: Option<Instant>,
    /// The position in the journal that it rests on.
    pub(crate) pos: Option<u64>,
    /// Why it could not be computed.
    pub(crate) failure: Option<String>,
}

/// A figure over all runs: expected, and between what eight runs of ten lie.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub(crate) struct Range {
    pub(crate) mean: f64,
    pub(crate) low: f64,
    pub(crate) high: f64,
}

impl From<Spread> for Range {
    fn from(spread: Spread) -> Self {
        Self { mean: spread.mean, low: spread.low, high: spread.high }
    }
}

/// What came of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "told", rename_all = "snake_case")]
pub(crate) enum Told {
    /// Of a forecast.
    Forecast(Box<Foreseen>),
    /// Of a what-if.
    WhatIf(Compared),
    /// Of a plan.
    Plan(Drawn),
    /// Of a back-test.
    BackTest(Tested),
}

/// A forecast.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Foreseen {
    /// The instant from which it looks ahead.
    pub(crate) from: Instant,
    pub(crate) runs: u32,
    pub(crate) province: Ahead,
    pub(crate) agencies: Vec<(AgencyId, Ahead)>,
    pub(crate) steps: Vec<StepAhead>,
    /// Cases that may become late, the likeliest first, with how likely.
    pub(crate) at_risk: Vec<(CaseId, f64)>,
    pub(crate) late_already: u32,
    pub(crate) open: f64,
    pub(crate) came: f64,
    pub(crate) notes: Vec<Noted>,
    /// Records that could not be used.
    pub(crate) dropped: u32,
    /// Records that it rests on, and since when they are.
    pub(crate) records: u64,
    pub(crate) since: Instant,
}

/// What is to be expected somewhere.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Ahead {
    pub(crate) late: Range,
    /// Share in time of what falls due, 0 to 1.
    pub(crate) share: Option<Range>,
    /// Cases that fall due, expected; not said by runs of before it was kept.
    #[serde(default)]
    pub(crate) due: Option<f64>,
    pub(crate) days: Vec<DayAhead>,
    /// Share of it that rests on little.
    pub(crate) few: f64,
    /// Share of the days that are unlike those observed.
    pub(crate) unlike: f64,
}

/// One day.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DayAhead {
    pub(crate) date: Date,
    pub(crate) late: Range,
    pub(crate) overdue: Range,
    pub(crate) waiting: f64,
    /// Share of the officers' time that is taken; none on a day of rest.
    pub(crate) used: Option<f64>,
}

/// A step of an agency.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct StepAhead {
    pub(crate) agency: AgencyId,
    pub(crate) step: String,
    pub(crate) officers: u16,
    pub(crate) late: Range,
    /// Expected late on each day.
    pub(crate) days: Vec<f64>,
    /// Mean share of the officers' time over the working days.
    pub(crate) used: Option<f64>,
    pub(crate) few: f64,
}

/// What a reader must know.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "note", rename_all = "snake_case")]
pub(crate) enum Noted {
    NoHistory,
    NoOfficer { agency: AgencyId, step: String },
    NoTeam { agency: AgencyId, step: String },
    Resting { count: u32 },
    NoPromise { procedures: Vec<ProcedureCode> },
}

/// What a change comes to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Compared {
    pub(crate) days: u16,
    pub(crate) runs: u32,
    pub(crate) province: Differs,
    pub(crate) agencies: Vec<(AgencyId, Differs)>,
}

/// Late without and with a change.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Differs {
    pub(crate) without: Range,
    pub(crate) with: Range,
    pub(crate) more: Range,
    /// Share of the pairs of runs in which fewer become late.
    pub(crate) better: f64,
}

/// Cases that a move of a plan saves at least: fewer read as none.
pub(crate) const LEAST_SAVED: f64 = 0.05;

/// A plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Drawn {
    pub(crate) days: u16,
    pub(crate) runs: u32,
    pub(crate) moves: Vec<Moved>,
    pub(crate) without: Reached,
    pub(crate) with: Reached,
    pub(crate) proof: Proved,
    /// Steps at which cases become late whatever is done, with how many, most first; not said by
    /// runs of before it was kept.
    #[serde(default)]
    pub(crate) too_long: Vec<(AgencyId, String, f64)>,
    pub(crate) trials: u32,
}

impl Drawn {
    /// The moves that save something that can be seen. Runs of before such were left out have
    /// others as well.
    pub(crate) fn useful(&self) -> impl Iterator<Item = &Moved> {
        self.moves.iter().filter(|moved| moved.fewer >= LEAST_SAVED)
    }
}

/// A move of a plan.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Moved {
    pub(crate) what: Move,
    pub(crate) agency: AgencyId,
    pub(crate) step: String,
    /// How many fewer become late by it.
    pub(crate) fewer: f64,
    pub(crate) used_without: f64,
    pub(crate) used_with: f64,
}

/// What a move is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "move", rename_all = "snake_case")]
pub(crate) enum Move {
    AddOfficer,
    Lend { from: String },
    Overtime { minutes: u16 },
    ByDue,
}

/// How many are in time.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Reached {
    pub(crate) late: Range,
    pub(crate) due: f64,
    pub(crate) share: f64,
}

/// How sure a plan is.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(tag = "proof", rename_all = "snake_case")]
pub(crate) enum Proved {
    Fewest,
    AtLeast { moves: u16 },
    Impossible { best: f64 },
    NotFound { moves: u16 },
}

/// How well it would have been foreseen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Tested {
    pub(crate) split: Date,
    pub(crate) days: u16,
    pub(crate) runs: u32,
    pub(crate) agencies: Vec<AgencyTested>,
    /// Mean error of the counts of the agencies over all days, in cases: of the forecast, of "as
    /// many as before", of "as on that weekday".
    pub(crate) period_errors: [f64; 3],
    /// The same for each working day.
    pub(crate) day_errors: [f64; 3],
    /// In how many agencies the count lay in its interval, of how many.
    pub(crate) covered: (u32, u32),
    /// The same among those where something was late, or foreseen to be.
    pub(crate) covered_where_late: (u32, u32),
}

impl Tested {
    /// The better of the two simple guesses: its place among the errors, and its error over all
    /// days.
    pub(crate) fn guess(&self) -> (usize, f64) {
        let [_, last, weekday] = self.period_errors;
        if weekday < last { (2, weekday) } else { (1, last) }
    }

    /// How the forecast stands to it: less is better.
    pub(crate) fn against_guess(&self) -> std::cmp::Ordering {
        self.period_errors[0].total_cmp(&self.guess().1)
    }
}

/// One agency.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct AgencyTested {
    pub(crate) agency: AgencyId,
    pub(crate) actual: u32,
    pub(crate) foreseen: Range,
    pub(crate) last_period: f64,
    pub(crate) weekdays: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_of_before_that_was_kept_lists_only_what_saves_something() {
        let moved = |fewer: f64| {
            format!(
                r#"{{"what":{{"move":"by_due"}},"agency":"0198f4c2-0000-7000-8000-000000000001",
                    "step":"ky","fewer":{fewer},"used_without":0.5,"used_with":0.5}}"#
            )
        };
        let late = r#"{"late":{"mean":4.0,"low":2.0,"high":6.0},"due":10.0,"share":0.6}"#;
        let kept = format!(
            r#"{{"days":14,"runs":30,"moves":[{},{},{}],"without":{late},"with":{late},
                "proof":{{"proof":"not_found","moves":2}},"trials":9}}"#,
            moved(2.0),
            moved(0.05),
            moved(0.04)
        );
        let drawn: Drawn = serde_json::from_str(&kept).expect("as it was kept");
        assert_eq!((drawn.moves.len(), drawn.useful().count(), drawn.too_long.len()), (3, 2, 0));
    }
}
