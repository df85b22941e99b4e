//! A formula that was checked, as steps on a small stack: fast, and without a way to fail but a
//! value that is none.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Body, Function, Node, Otherwise, Reference};
use crate::exact::Exact;

/// The value of a figure, or why there is none.
pub type Value = Result<Exact, Why>;

/// Why a figure has no value. None is not zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// There was nothing to divide by.
    NothingToDivideBy,
    /// The number is larger than any that is published.
    TooLarge,
    /// The period has not begun.
    NotBegun,
    /// It is counted for the authority as a whole, and not for a part of it.
    NotKeptHere,
    /// The definition was not in force in the period.
    NotInForce,
    /// Nothing was counted yet.
    NothingCounted,
}

impl Why {
    /// Its word in the store and at the end of the keys of texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NothingToDivideBy => "nothing_to_divide_by",
            Self::TooLarge => "too_large",
            Self::NotBegun => "not_begun",
            Self::NotKeptHere => "not_kept_here",
            Self::NotInForce => "not_in_force",
            Self::NothingCounted => "nothing_counted",
        }
    }

    /// The reason of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        let all = [
            Self::NothingToDivideBy,
            Self::TooLarge,
            Self::NotBegun,
            Self::NotKeptHere,
            Self::NotInForce,
            Self::NothingCounted,
        ];
        all.into_iter().find(|why| why.word() == word)
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Number(Exact),
    Load(usize),
    Plus,
    Minus,
    Times,
    /// Divides; where there is nothing to divide by, it is this number, or none.
    Over(Option<Exact>),
    Percent,
    Hours,
    Days,
    Min,
    Max,
}

/// A formula, ready to be evaluated.
#[derive(Debug, Clone)]
pub struct Formula {
    references: Vec<Reference>,
    steps: Vec<Step>,
    /// How much of the stack they need.
    depth: usize,
}

/// Deeper than any formula that is short enough to be read.
const STACK: usize = 24;
/// What most formulas need: a table of figures is computed several hundred thousand times.
const SHALLOW: usize = 4;

impl Formula {
    /// The formula of a tree that was checked; the trees of other indicators stand in `others`.
    /// None where it is too long with all of them.
    pub(crate) fn of(node: &Node, others: &BTreeMap<String, Node>) -> Option<Self> {
        let mut formula = Self { references: Vec::new(), steps: Vec::new(), depth: 0 };
        formula.depth = formula.add(node, others)?;
        (formula.depth <= STACK && formula.steps.len() <= 1000).then_some(formula)
    }

    /// Adds the steps of a tree; answers how much of the stack they need.
    fn add(&mut self, node: &Node, others: &BTreeMap<String, Node>) -> Option<usize> {
        if self.steps.len() > 1000 {
            return None;
        }
        let step = match &node.body {
            Body::Number(number) => Step::Number(*number),
            Body::Fact(reference) => {
                let known = self.references.iter().position(|one| one == reference);
                Step::Load(known.unwrap_or_else(|| {
                    self.references.push(reference.clone());
                    self.references.len() - 1
                }))
            }
            Body::Indicator(code) => return self.add(others.get(code)?, others),
            Body::Plus(left, right) => return self.two(left, right, Step::Plus, others),
            Body::Minus(left, right) => return self.two(left, right, Step::Minus, others),
            Body::Times(left, right) => return self.two(left, right, Step::Times, others),
            Body::Over { num, den, otherwise } => {
                let otherwise = match otherwise {
                    Otherwise::Number(number) => Some(*number),
                    Otherwise::None | Otherwise::Unsaid => None,
                };
                return self.two(num, den, Step::Over(otherwise), others);
            }
            Body::Call(function, arguments) => return self.call(*function, arguments, others),
        };
        self.steps.push(step);
        Some(1)
    }

    fn two(
        &mut self,
        left: &Node,
        right: &Node,
        step: Step,
        others: &BTreeMap<String, Node>,
    ) -> Option<usize> {
        let (left, right) = (self.add(left, others)?, self.add(right, others)?);
        self.steps.push(step);
        Some(left.max(right + 1))
    }

    fn call(
        &mut self,
        function: Function,
        arguments: &[Node],
        others: &BTreeMap<String, Node>,
    ) -> Option<usize> {
        let step = match (function, arguments) {
            (Function::Min, [left, right]) => return self.two(left, right, Step::Min, others),
            (Function::Max, [left, right]) => return self.two(left, right, Step::Max, others),
            (Function::Percent, _) => Some(Step::Percent),
            (Function::Hours, _) => Some(Step::Hours),
            (Function::Days, _) => Some(Step::Days),
            _ => None,
        };
        let depth = self.add(arguments.first()?, others)?;
        self.steps.extend(step);
        Some(depth)
    }

    /// What it reads, each once.
    #[must_use]
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// Its value where the references have these numbers, in their order.
    ///
    /// # Errors
    /// [`Why`] there is none.
    pub fn value(&self, numbers: impl Fn(usize) -> i64) -> Value {
        match self.steps.as_slice() {
            [Step::Load(at)] => Ok(Exact::whole(numbers(*at))),
            _ if self.depth <= SHALLOW => self.run::<SHALLOW>(numbers),
            _ => self.run::<STACK>(numbers),
        }
    }

    fn run<const DEPTH: usize>(&self, numbers: impl Fn(usize) -> i64) -> Value {
        let mut stack = [Exact::ZERO; DEPTH];
        let mut none = [None; DEPTH];
        let mut top = 0;
        for step in &self.steps {
            match step {
                Step::Number(number) => push(&mut stack, &mut none, &mut top, Ok(*number)),
                Step::Load(at) => {
                    push(&mut stack, &mut none, &mut top, Ok(Exact::whole(numbers(*at))));
                }
                Step::Percent | Step::Hours | Step::Days => {
                    let at = top - 1;
                    if none[at].is_none() {
                        let out = scale(*step, stack[at]);
                        (stack[at], none[at]) = split(out);
                    }
                }
                _ => {
                    top -= 1;
                    let (left, right) = (top - 1, top);
                    none[left] = none[left].or(none[right]);
                    if none[left].is_none() {
                        let out = combine(*step, stack[left], stack[right]);
                        (stack[left], none[left]) = split(out);
                    }
                }
            }
        }
        none[0].map_or(Ok(stack[0]), Err)
    }
}

fn push(stack: &mut [Exact], none: &mut [Option<Why>], top: &mut usize, value: Value) {
    (stack[*top], none[*top]) = split(value);
    *top += 1;
}

fn split(value: Value) -> (Exact, Option<Why>) {
    match value {
        Ok(number) => (number, None),
        Err(why) => (Exact::ZERO, Some(why)),
    }
}

fn scale(step: Step, of: Exact) -> Value {
    let out = match step {
        Step::Percent => of.times(Exact::whole(100)),
        Step::Hours => of.over(Exact::whole(3600)),
        _ => of.over(Exact::whole(86_400)),
    };
    out.ok_or(Why::TooLarge)
}

fn combine(step: Step, left: Exact, right: Exact) -> Value {
    let out = match step {
        Step::Plus => left.plus(right),
        Step::Minus => left.minus(right),
        Step::Times => left.times(right),
        Step::Min => Some(left.min(right)),
        Step::Max => Some(left.max(right)),
        Step::Over(otherwise) if right.is_zero() => {
            return otherwise.ok_or(Why::NothingToDivideBy);
        }
        _ => left.over(right),
    };
    out.ok_or(Why::TooLarge)
}
