//! What can be wrong with a procedure file.

use std::fmt;

use kernel::CodeError;

use crate::{
    ConditionFault, FieldKind, KnownFrom, LimitError, OutcomeId, SchemaFault, SlugError, StepId,
    TimeLimit, fault_en, fault_vi,
};

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Line of the file, from 1.
    pub line: usize,
    /// What it is.
    pub kind: FaultKind,
}

/// The languages that faults are told in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// Tiếng Việt.
    Vietnamese,
    /// English.
    English,
}

impl Fault {
    /// One sentence on what is wrong and what to do, without the line.
    #[must_use]
    pub fn message(&self, language: Language) -> String {
        match language {
            Language::Vietnamese => fault_vi::sentence(&self.kind),
            Language::English => fault_en::sentence(&self.kind),
        }
    }
}

impl fmt::Display for Fault {
    /// `12: …`, in Vietnamese.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.line, self.message(Language::Vietnamese))
    }
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    /// The file is longer than any procedure.
    TooLong,
    /// Not the form that the file is written in (TOML), in the words of its parser.
    Syntax(String),
    /// A key that means nothing here; perhaps another was meant.
    UnknownKey {
        /// The key.
        key: String,
        /// A known key that looks like it.
        meant: Option<&'static str>,
    },
    /// A key that has to be there.
    MissingKey(&'static str),
    /// A value of the wrong shape.
    WrongShape {
        /// Of which key.
        key: &'static str,
        /// What it should be.
        shape: Shape,
    },
    /// A word that is not one of those that can stand there.
    UnknownWord {
        /// For which key.
        key: &'static str,
        /// The word.
        word: String,
        /// Those that can.
        known: &'static [&'static str],
    },
    /// Not an official code.
    BadCode(CodeError),
    /// Not a name for a part.
    BadName {
        /// The text.
        text: String,
        /// Why not.
        why: SlugError,
    },
    /// Not a time limit.
    BadLimit {
        /// The text.
        text: String,
        /// Why not.
        why: LimitError,
    },
    /// An amount of money that is negative or beyond belief.
    BadAmount,
    /// A whole number out of its range.
    BadNumber {
        /// Of which key.
        key: &'static str,
        /// The least.
        least: u32,
        /// The most.
        most: u32,
    },
    /// Hours that are not whole quarters, or nothing, or beyond belief.
    BadHours,
    /// Not a time of day.
    BadTime(String),
    /// The last day in force lies before the first.
    Reversed,
    /// A channel that is confirmed has no time limit.
    ConfirmedWithoutLimit,
    /// The same name or channel twice.
    Duplicate {
        /// Of what.
        what: What,
        /// The name.
        id: String,
    },
    /// A choice without choices, or choices without a choice.
    Choices {
        /// Whether there should be some.
        wanted: bool,
    },
    /// An answer that a field of this kind cannot take.
    KnownFrom {
        /// From where it would be known.
        known: KnownFrom,
        /// The kind of the field.
        kind: FieldKind,
    },
    /// No step at all.
    NoSteps,
    /// More steps than anyone can follow.
    TooManySteps,
    /// A step that nobody holds.
    NoRole(StepId),
    /// A step that cannot be completed.
    NoOutcome(StepId),
    /// An outcome that leads nowhere, or to a step and to the end.
    NoTarget(OutcomeId),
    /// An outcome that leads to a step that is not there.
    UnknownStep(String),
    /// A step that no way leads to.
    Unreachable(StepId),
    /// Routes that all have a condition, so that a case could get stuck.
    NoDefault(OutcomeId),
    /// Steps from which no way leads to an end.
    Trap(Vec<StepId>),
    /// A join that no parallel branches lead to.
    LonelyJoin(StepId),
    /// Parallel branches that meet at a step that is not a join, which would be done twice.
    MeetWithoutJoin(StepId),
    /// The longest way takes longer than the law gives.
    TooSlow {
        /// Working hours of the longest way, in quarters.
        quarters: u32,
        /// The steps of that way.
        way: Vec<StepId>,
        /// The shortest confirmed limit.
        limit: TimeLimit,
    },
    /// A condition that is not one.
    Condition(ConditionFault),
    /// Both a document of the form and sections of fields.
    FormTwice,
    /// The document of the form is broken.
    Schema(SchemaFault),
}

/// What a value should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Text that is not empty.
    Text,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// True or false.
    YesNo,
    /// A day.
    Date,
    /// A list of texts, not empty.
    Texts,
    /// A table in braces.
    Table,
    /// Sections in double brackets.
    Sections,
}

/// What there can be only one of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A channel.
    Channel,
    /// A component.
    Component,
    /// A field of the form.
    Field,
    /// A choice of a field.
    Choice,
    /// A step.
    Step,
    /// An outcome without condition.
    Outcome,
}

/// Names in a row, for a sentence.
pub(crate) fn row(steps: &[StepId], between: &str) -> String {
    steps.iter().map(StepId::as_str).collect::<Vec<_>>().join(between)
}
