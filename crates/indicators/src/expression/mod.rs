//! The language of formulas: small, typed, and checked when it is read, so that evaluating one
//! cannot fail, loop or reach outside.
//!
//! ```text
//! percent((ended_in_time_766 + end(in_hand) - end(open_late_766))
//!         / (ended_in_time_766 + ended_late_766 + end(in_hand)) else none)
//! percent(accepted[channel = online] / accepted else none)
//! points(min(6, 6 * @citizen.answers_on_time))
//! ```
//!
//! A flow stands for its sum over the period; a stock is taken at the `begin` or the `end` of
//! it. A division says what it is where there is nothing to divide by: `else none`, or a number
//! where the rule says one. None is not zero: it makes every number none that it comes into.

mod check;
mod parse;
mod program;
mod token;

use std::fmt;

use casework::Channel;
use procedure::Matter;

use crate::{catalogue::ProcedureNumber, count::Plane, exact::Exact, fact::Fact};

pub(crate) use check::{Known, check};
pub(crate) use parse::parse;
pub use program::{Formula, Value, Why};

/// A fact in a formula: which, of what, and when.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Which fact.
    pub fact: Fact,
    /// Over the period, or at one end of it.
    pub when: When,
    /// Of what.
    pub filter: Filter,
}

/// When a fact of a formula is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum When {
    /// Added up over the period.
    Sum,
    /// As it stood when the period began.
    Begin,
    /// As it stood when the period ended, or now while it runs.
    End,
}

/// Of what a fact is taken.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Filter {
    /// Dossiers, or reports of citizens.
    pub plane: Plane,
    /// Of one channel alone.
    pub channel: Option<Channel>,
    /// Of one procedure alone.
    pub procedure: Option<ProcedureNumber>,
    /// Of the procedures of one lĩnh vực alone.
    pub field: Option<String>,
}

/// A formula as it is written; places are bytes in its text.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) at: usize,
    pub(crate) body: Body,
}

#[derive(Debug, Clone)]
pub(crate) enum Body {
    Number(Exact),
    Fact(Reference),
    Indicator(String),
    Plus(Box<Node>, Box<Node>),
    Minus(Box<Node>, Box<Node>),
    Times(Box<Node>, Box<Node>),
    Over { num: Box<Node>, den: Box<Node>, otherwise: Otherwise },
    Call(Function, Vec<Node>),
}

/// What a division is where there is nothing to divide by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Otherwise {
    /// Nothing was said.
    Unsaid,
    None,
    Number(Exact),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Function {
    Percent,
    Points,
    Hours,
    Days,
    Min,
    Max,
}

impl Function {
    pub(crate) const ALL: [(&str, Self, usize); 6] = [
        ("percent", Self::Percent, 1),
        ("points", Self::Points, 1),
        ("hours", Self::Hours, 1),
        ("days", Self::Days, 1),
        ("min", Self::Min, 2),
        ("max", Self::Max, 2),
    ];
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Sum => "sum",
            Self::Begin => "begin",
            Self::End => "end",
        })
    }
}

/// The reference as a formula has it.
impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Filter { plane, channel, procedure, field } = &self.filter;
        let mut filters = Vec::new();
        let matter = plane.matter().filter(|matter| *matter != Matter::Dossier);
        filters.extend(matter.map(|matter| format!("matter = {}", matter.word())));
        filters.extend(channel.map(|channel| format!("channel = {}", channel.word())));
        let code = procedure.and_then(ProcedureNumber::code);
        filters.extend(code.map(|code| format!("procedure = \"{code}\"")));
        filters.extend(field.as_ref().map(|field| format!("field = \"{field}\"")));
        let filters =
            if filters.is_empty() { String::new() } else { format!("[{}]", filters.join(", ")) };
        match self.when {
            When::Sum => write!(f, "{}{filters}", self.fact.word()),
            when => write!(f, "{when}({}{filters})", self.fact.word()),
        }
    }
}
