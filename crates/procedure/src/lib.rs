//! Administrative procedures (thủ tục hành chính) and the internal workflow of each.
//!
//! The idea: what the law says about a procedure and how an agency works through it stand in
//! one text file that a person without programming can read and change. [`load`] makes a
//! [`Procedure`] of it, or says every fault with its line; a [`Procedure`] that exists has
//! passed every check, so what runs a case never meets a step that is not there. From there
//! on a workflow is a pure function: a [`Marking`] and an outcome give the next marking.
//!
//! The boundary: no store, no clock, no network. Who may act, what the time is and where a
//! marking is kept is for the rooms above. Spreadsheets and published catalogues come in
//! through [`sheet`] and [`catalogue`].

mod slug;

mod limit;
mod model;

mod form;

mod workflow;

mod condition;
mod fee;
mod flow;
mod graph;

mod fault;
mod fault_en;
mod fault_vi;

mod check;
mod confirm;
mod load;
mod read;

mod text;

pub mod catalogue;
pub mod sheet;

pub use condition::{Condition, ConditionFault, Quantity};
pub use confirm::ConfirmError;
pub use fault::{Fault, FaultKind, Language, Shape, What};
pub use fee::{After, Due, Fee};
pub use flow::{FlowError, Marking, Move};
pub use form::{Complaint, Form, Limits, QUESTIONS_MAX, SchemaFault, Why};
pub use limit::{AcceptLimit, ConfirmedLimit, LimitError, TimeLimit, Unit};
pub use load::{TEXT_BYTES_MAX, load};
pub use model::{
    Audience, Channel, ChannelKind, ChannelLimit, Choice, Component, ComponentKind, Field,
    FieldKind, KnownFrom, Level, Matter, OnlineLevel, Procedure, ResultDocument,
};
pub use slug::{ComponentId, FieldId, OutcomeId, Role, SlugError, StepId};
pub use text::steps_text;
pub use workflow::{
    AgencySelector, End, Outcome, Place, STEPS_MAX, Step, Target, Timer, TimerAction, Workflow,
    WorkingHours,
};
