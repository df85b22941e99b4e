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
/// Cells that are computed together, step by step: few enough that they stay near the processor.
const LANES: usize = 256;

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
        let numbers: Vec<[i64; 1]> = (0..self.references.len()).map(|at| [numbers(at)]).collect();
        let mut value = [Err(Why::NothingCounted)];
        self.column(|at| &numbers[at], &mut value);
        value[0]
    }

    /// The values of many cells at once: `numbers` has those of a reference in all of them, in the
    /// order of `values`.
    pub(crate) fn column<'n>(&self, numbers: impl Fn(usize) -> &'n [i64], values: &mut [Value]) {
        let width = values.len().min(LANES);
        let mut above = vec![Ok(Exact::ZERO); width * self.depth.saturating_sub(1)];
        for (chunk, values) in values.chunks_mut(LANES).enumerate() {
            let lanes = |at| &numbers(at)[chunk * LANES..];
            let above = above.chunks_mut(width.max(1));
            self.run(lanes, std::iter::once(values).chain(above).collect());
        }
    }

    /// Runs the steps on a stack of lanes; the values are left in the lowest ones.
    fn run<'n>(&self, numbers: impl Fn(usize) -> &'n [i64], stack: Vec<&mut [Value]>) {
        let mut stack = Stack { levels: stack, top: 0 };
        let (hour, day) = (Exact::whole(3600), Exact::whole(86_400));
        for step in &self.steps {
            match *step {
                Step::Number(number) => stack.push().fill(Ok(number)),
                Step::Load(at) => {
                    let lanes = stack.push().iter_mut().zip(numbers(at));
                    lanes.for_each(|(lane, number)| *lane = Ok(Exact::whole(*number)));
                }
                Step::Percent => stack.each(|of| of.times(Exact::whole(100))),
                Step::Hours => stack.each(|of| of.over(hour)),
                Step::Days => stack.each(|of| of.over(day)),
                Step::Plus => stack.pairs(|a, b| a.plus(b).ok_or(Why::TooLarge)),
                Step::Minus => stack.pairs(|a, b| a.minus(b).ok_or(Why::TooLarge)),
                Step::Times => stack.pairs(|a, b| a.times(b).ok_or(Why::TooLarge)),
                Step::Min => stack.pairs(|a, b| Ok(a.min(b))),
                Step::Max => stack.pairs(|a, b| Ok(a.max(b))),
                Step::Over(otherwise) => stack.pairs(|a, b| match otherwise {
                    _ if !b.is_zero() => a.over(b).ok_or(Why::TooLarge),
                    Some(number) => Ok(number),
                    None => Err(Why::NothingToDivideBy),
                }),
            }
        }
    }
}

/// Lanes upon lanes: each step takes from the top. A formula that was checked never takes more
/// than there is.
struct Stack<'s> {
    levels: Vec<&'s mut [Value]>,
    top: usize,
}

impl Stack<'_> {
    fn push(&mut self) -> &mut [Value] {
        self.top += 1;
        self.levels[self.top - 1]
    }

    /// Makes something of each number on top; what is none stays so.
    fn each(&mut self, make: impl Fn(Exact) -> Option<Exact>) {
        for lane in self.levels[self.top - 1].iter_mut() {
            if let Ok(number) = *lane {
                *lane = make(number).ok_or(Why::TooLarge);
            }
        }
    }

    /// Makes one number of the two on top; where one is none, so is what becomes of it.
    fn pairs(&mut self, make: impl Fn(Exact, Exact) -> Value) {
        self.top -= 1;
        let (below, above) = self.levels.split_at_mut(self.top);
        for (left, right) in below[self.top - 1].iter_mut().zip(above[0].iter()) {
            *left = match (*left, *right) {
                (Ok(a), Ok(b)) => make(a, b),
                (Err(why), _) | (Ok(_), Err(why)) => Err(why),
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::{count::Plane, expression::parse};

    const FORMULAS: [&str; 7] = [
        "submitted",
        "percent(accepted_in_time / accepted else none)",
        "points(min(6, 6 * cases_paid_online / cases_with_fee else 0))",
        "hours(acceptance_seconds / accepted else none) - days(handling_seconds)",
        "max(submitted, accepted) / (returned - finished_late / submitted else 0.5) else none",
        "submitted * accepted * returned + finished_early / finished_late else none",
        "percent((submitted + accepted) / (submitted - accepted) else 2) * (1 / returned else none)",
    ];

    /// What the formula says, node by node, for one cell.
    fn meant(node: &Node, number: &dyn Fn(&Reference) -> i64) -> Value {
        let of = |node: &Node| meant(node, number);
        let fits = |out: Option<Exact>| out.ok_or(Why::TooLarge);
        match &node.body {
            Body::Number(number) => Ok(*number),
            Body::Fact(reference) => Ok(Exact::whole(number(reference))),
            Body::Plus(a, b) => fits(of(a)?.plus(of(b)?)),
            Body::Minus(a, b) => fits(of(a)?.minus(of(b)?)),
            Body::Times(a, b) => fits(of(a)?.times(of(b)?)),
            Body::Over { num, den, otherwise } => match (of(num)?, of(den)?, otherwise) {
                (_, den, Otherwise::Number(number)) if den.is_zero() => Ok(*number),
                (_, den, _) if den.is_zero() => Err(Why::NothingToDivideBy),
                (num, den, _) => fits(num.over(den)),
            },
            Body::Call(function, of_what) => match (function, of_what.as_slice()) {
                (Function::Percent, [one]) => fits(of(one)?.times(Exact::whole(100))),
                (Function::Hours, [one]) => fits(of(one)?.over(Exact::whole(3600))),
                (Function::Days, [one]) => fits(of(one)?.over(Exact::whole(86_400))),
                (Function::Min, [a, b]) => Ok(of(a)?.min(of(b)?)),
                (Function::Max, [a, b]) => Ok(of(a)?.max(of(b)?)),
                (_, [one]) => of(one),
                _ => unreachable!("every function has one or two arguments"),
            },
            Body::Indicator(_) => unreachable!("these formulas stand alone"),
        }
    }

    fn number() -> impl Strategy<Value = i64> {
        prop_oneof![4 => 0_i64..3, 4 => 0_i64..100_000, 1 => Just(i64::MAX), 1 => any::<i64>()]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(16))]

        #[test]
        fn many_cells_at_once_are_each_what_the_formula_says(
            cells in proptest::collection::vec(
                proptest::collection::vec(number(), 8), 1..LANES * 2 + 20,
            ),
        ) {
            for text in FORMULAS {
                let node = parse(text, Plane::Dossier).unwrap();
                let formula = Formula::of(&node, &BTreeMap::new()).unwrap();
                let columns: Vec<Vec<i64>> = (0..formula.references().len())
                    .map(|at| cells.iter().map(|cell| cell[at]).collect())
                    .collect();
                let mut values = vec![Err(Why::NothingCounted); cells.len()];
                formula.column(|at| &columns[at], &mut values);
                for (cell, value) in cells.iter().zip(values) {
                    let place = |of: &Reference| {
                        formula.references().iter().position(|one| one == of).unwrap()
                    };
                    let meant = meant(&node, &|of| cell[place(of)]);
                    prop_assert_eq!(value, meant, "{}", text);
                    prop_assert_eq!(formula.value(|at| cell[at]), meant, "{}", text);
                }
            }
        }
    }
}
