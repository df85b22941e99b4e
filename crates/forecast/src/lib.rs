//! What will be late if nothing changes, and what would change it.
//!
//! A [`History`] takes what the journal tells, as plain records, and makes [`Inputs`] of it: what
//! is in hand, what comes on which days, how long steps take, who does them, and where cases go
//! on. They are compiled into a [`Model`], which is run many times as a discrete-event
//! simulation. From the runs come
//! - a [`Forecast`]: for every agency and step the cases that become late on each of the next
//!   days, with the interval in which eight runs of ten lie, and the cases most at risk;
//! - a [`Comparison`] with one thing [changed](Change), by the same chance on both sides;
//! - a [`Plan`]: the fewest moves that bring enough cases in on time, and how sure that is;
//! - a [`BackTest`]: what would have been forecast, held against what happened.
//!
//! ```
//! use std::{collections::BTreeMap, sync::Arc};
//! use forecast::{Arrivals, Inputs, Model, Office, OpenWork, Procedure, Runs, StepRule, Team};
//!
//! let agency = "0198f4c2-0000-7000-8000-000000000001".parse()?;
//! let at = forecast::At { agency, procedure: "1.001193".parse()?, step: "ký".parse()? };
//! let hour = |h| kernel::from_local(jiff::civil::date(2026, 11, 23).at(h, 0, 0, 0));
//! let limit = Some(calendar::WorkingTime::hours(4));
//! let rule = StepRule { step: at.step.clone(), limit, next: None, join: false };
//! let inputs = Inputs {
//!     now: hour(8),
//!     offices: vec![Office { agency, calendar: Arc::default(), hours: [0; 24] }],
//!     teams: vec![Team { agency, steps: vec![at.step.clone()], officers: 1 }],
//!     procedures: vec![Procedure { code: at.procedure.clone(), promise: None, steps: vec![rule] }],
//!     open: vec![OpenWork {
//!         case: "0198f4c2-0000-7000-8000-000000000002".parse()?,
//!         at,
//!         entered: hour(7),
//!         due: Some(hour(10)),
//!         paused: None,
//!     }],
//!     arrivals: Arrivals::default(),
//!     stays: BTreeMap::new(),
//!     routes: BTreeMap::new(),
//!     pauses: BTreeMap::new(),
//!     dropped: Default::default(),
//! };
//! let forecast = Model::new(&inputs, 7, forecast::FEW)?.forecast(Runs::new(100, 1)?);
//! // Nobody was seen to do this step: it is taken to need its limit, and is late after two hours.
//! assert_eq!(forecast.province.late.mean, 1.0);
//! assert_eq!(forecast.province.evidence.few, 1.0);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! What the model takes to be so, and what it leaves out:
//! - Officers of a team share one queue, work on one case at a time and do not interrupt it. The
//!   journal knows no more than when a step opened and when it was completed; how work is told
//!   from waiting is a reading of it (see `gather/stays.rs`).
//! - Days to come are like observed days of their kind (weekday, day of rest, first day after
//!   holidays). There is no trend, and no season longer than a week.
//! - What is in hand begins its step anew. Clocks that stand go on as they used to; new pauses
//!   are not foreseen, since they move the end and the due time alike.
//! - A case counts as late once, where it stands when its due time passes; cases that were late
//!   before the forecast began are in the stock of what is overdue, and in no other figure.
//!
//! Pure: no store, no clock, no randomness but from a seed. The same inputs and the same seed
//! give the same forecast on any number of threads.

mod error;

mod inputs;
mod record;

mod gather;

mod draw;
mod minutes;
mod model;
mod sim;

mod outlook;

mod change;
mod compare;
mod plan;

mod back_test;
mod runs;
mod spread;
mod threads;

pub use back_test::{AgencyTest, BackTest, Coverage, Errors};
pub use change::{Change, OVERTIME_MAX};
pub use compare::{Comparison, Difference};
pub use error::{Error, Result};
pub use gather::{FEW, History};
pub use inputs::{
    Arrivals, Dropped, Inputs, Office, OpenWork, Procedure, Promise, Stay, StepRule, Stream, Team,
};
pub use model::{Basis, DAYS_MAX, Model, Note};
pub use outlook::{CaseAtRisk, Day, Evidence, Flow, Forecast, Outlook, StepOutlook};
pub use plan::{Move, Plan, Planned, Proof, Reached, TooLong, Wish};
pub use record::{Arrived, At, Next, Record, Resumed, StepDone, StepName, Successors};
pub use runs::Runs;
pub use spread::Spread;
