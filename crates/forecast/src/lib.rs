//! What will be late if nothing changes.
//!
//! (written at the end)

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
pub use plan::{Move, Plan, Planned, Proof, Reached, Wish};
pub use record::{Arrived, At, Next, Record, Resumed, StepDone, StepName, Successors};
pub use runs::Runs;
pub use spread::Spread;
