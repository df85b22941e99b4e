//! Scorecards: indices made of indicators, computed from their figures, ranked, and asked where
//! the next effort pays most.
//!
//! The idea: a scorecard is **data**, a TOML file that says what is counted, how a share becomes
//! points, and how points add up. [`load`] makes a [`Scorecard`] of it, or says every fault with
//! file and line. One small mechanism carries all of them: a part measures a share (an input, or
//! one sum of counts over another, with a word for what nothing of nothing gives), a [`Rule`]
//! makes points of the share, an [`Index`] adds points up. No scorecard has code of its own.
//! Three are [`shipped`]: `dti-922`, `766`, `agency-9`; their files tell every odd rule.
//!
//! ```
//! use scorecards::{compute, newest, parse_inputs, report, shipped};
//!
//! let scorecards = shipped().unwrap();
//! let index = newest(&scorecards, "766").unwrap();
//! let counts = r#"{ "sure": "verified", "received": 1600, "on_time": 1415 }"#;
//! let scored = compute(index, &parse_inputs(index, counts)?);
//!
//! assert_eq!(scored.part("2.1").unwrap().points.as_ref().unwrap().shown(2), "17.69");
//! // What was not given is missing, not zero: the total may still be anything up to 97.69.
//! assert_eq!(report(&scored)[0].to_string(), "total 17.69 100 missing 17.69 97.69 17.6875");
//! # Ok::<(), scorecards::Error>(())
//! ```
//!
//! # The shape of the figures
//!
//! [`parse_inputs`] takes a JSON object of plain figures under the names of the inputs: for
//! `dti-922` the nine main indices as shares of 1, for `766` counts, for `agency-9` grades of 0,
//! 1 or 2; the folder `scorecards/examples` has a file of each, and the TOML files list the names
//! under `[[input]]`. A figure may say more:
//! `{"value": 0.9, "worst": 0.8, "best": 0.95, "sure": "verified"}`. Counts of `766` may stand
//! under the code of their metric as well: `{"ON_TIME": {"numerator": 156, "denominator": 161}}`.
//! [`parse_table`] takes many rows at once, as tables are published.
//!
//! # Rounding
//!
//! Numbers are exact fractions ([`Number`]); nothing is rounded on the way, and what is shown is
//! rounded once, half away from zero: [`AsPublished`]. A scorecard may name sums that are rounded
//! before they are added up, where its table is published so; the rows of the DTI that we know are
//! reproduced by rounding its two groups. Each scorecard says within which tolerance a published
//! figure counts as the same, since what it was computed from may have been rounded too.
//!
//! # Sureness
//!
//! A figure is verified or self-assessed, or it is missing. Missing is not zero: a part without
//! its figures has no points, and an index says how much of its maximum was judged. Each score
//! carries the interval that it may be in after review: what is self-assessed may be struck
//! unless its worst is said, and where the decision can be read in more ways than one, all are
//! counted.
//!
//! The boundary: no store, no clock, no sentences. What is counted comes from the rooms above, as
//! do owners, which are opaque here.

mod number;

mod expression;
mod grammar;
mod model;

mod fault;
mod load;
mod raw;
mod shipped;

mod error;

mod inputs;
mod parse;

mod compute;
mod judge;
mod ranking;
mod report;

mod action;
mod breakthrough;
mod sets;
mod solve;
mod terrain;

mod trajectory;

pub use action::{ACTIONS_MAX, Action, Change, LEVELS_MAX, Level, missing_cases};
pub use breakthrough::{Aim, Chosen, Headroom, Left, Plan, Point, Question, Share, find, headroom};
pub use compute::{AsPublished, IndexScore, PartScore, Scored, Step, compute};
pub use error::{Error, Result};
pub use expression::{Direction, EXPRESSION_BYTES_MAX, Expression, ExpressionFault};
pub use fault::{Fault, FaultKind};
pub use inputs::{Given, Inputs, Scenario, Sureness};
pub use load::{TEXT_BYTES_MAX, load};
pub use model::{
    AtZero, Band, Index, Input, InputKind, Measure, Name, Part, Period, Rule, Scorecard, TOTAL,
};
pub use number::{Number, NumberError};
pub use parse::{JSON_BYTES_MAX, JSON_DEPTH_MAX, parse_inputs, parse_table};
pub use ranking::{Placed, Published, Standing, compare, rank, rank_each};
pub use report::{Line, report};
pub use sets::SETS_MAX;
pub use shipped::{in_force, newest, shipped};
pub use terrain::Gain;
pub use trajectory::{Better, Judgement, Likelihood, Month, PACE_MONTHS, Shape, Trajectory};
