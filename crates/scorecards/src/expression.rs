//! What is added up to a numerator or a denominator: inputs, sums, the largest of some.
//! How it is written is told in `grammar.rs`.

use std::fmt;

use thiserror::Error;

use crate::{InputKind, Number, Period, grammar};

/// An expression longer than this is refused.
pub const EXPRESSION_BYTES_MAX: usize = 300;

/// Why a text is no expression.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ExpressionFault {
    /// Longer than [`EXPRESSION_BYTES_MAX`].
    #[error("longer than {EXPRESSION_BYTES_MAX} bytes")]
    TooLong,
    /// Something else should stand here.
    #[error("at {at}: expected {expected}")]
    Syntax {
        /// The byte in the expression, from 0.
        at: usize,
        /// What should stand there.
        expected: &'static str,
    },
    /// An input that is not declared.
    #[error("there is no input {0}")]
    UnknownInput(String),
    /// Two things of different kinds added or compared.
    #[error("{0} and {1} cannot be added or compared")]
    Kinds(InputKind, InputKind),
    /// A product or quotient by something that may vary.
    #[error("only a constant can stand after * and /")]
    NotConstant,
    /// A division by zero.
    #[error("division by zero")]
    DivisionByZero,
}

/// How something follows an input that rises.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// It does not look at it.
    Absent,
    /// It does not fall.
    Up,
    /// It does not rise.
    Down,
    /// That depends.
    Mixed,
}

impl Direction {
    /// How a sum of both follows.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (one, Self::Absent) | (Self::Absent, one) => one,
            (one, two) if one == two => one,
            _ => Self::Mixed,
        }
    }

    pub(crate) fn turned(self) -> Self {
        match self {
            Self::Up => Self::Down,
            Self::Down => Self::Up,
            other => other,
        }
    }
}

/// An expression over the inputs of one scorecard, known by their places in its list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expression {
    text: String,
    root: Node,
    kind: Option<InputKind>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Node {
    Constant(Constant),
    Input(usize),
    Add(Box<Node>, Box<Node>),
    Subtract(Box<Node>, Box<Node>),
    Times(Box<Node>, Constant),
    Over(Box<Node>, Constant),
    Largest(Vec<Node>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Constant {
    Number(Number),
    PeriodsInYear,
}

impl Constant {
    fn value(&self, period: Period) -> Number {
        match self {
            Self::Number(number) => number.clone(),
            Self::PeriodsInYear => period.in_year().into(),
        }
    }
}

impl Expression {
    /// Reads an expression; `resolve` finds an input by its name, with its place and kind.
    ///
    /// # Errors
    /// What is wrong with the text, the first thing only.
    pub fn parse(
        text: &str,
        resolve: &dyn Fn(&str) -> Option<(usize, InputKind)>,
    ) -> Result<Self, ExpressionFault> {
        if text.len() > EXPRESSION_BYTES_MAX {
            return Err(ExpressionFault::TooLong);
        }
        let (root, kind) = grammar::read(text, resolve)?;
        Ok(Self { text: text.to_owned(), root, kind })
    }

    /// The value under a state of the inputs; where one is missing, its place in the list.
    ///
    /// # Errors
    /// The first input that is missing.
    pub fn value(&self, state: &[Option<Number>], period: Period) -> Result<Number, usize> {
        value(&self.root, state, period)
    }

    /// How the value follows an input that rises.
    #[must_use]
    pub fn direction(&self, input: usize) -> Direction {
        direction(&self.root, input)
    }

    /// The inputs that it looks at, by place; one more than once where it stands more than once.
    #[must_use]
    pub fn inputs(&self) -> Vec<usize> {
        let mut found = Vec::new();
        gather(&self.root, &mut found);
        found
    }

    /// What kind of thing it gives; none for a constant, which fits every kind.
    #[must_use]
    pub fn kind(&self) -> Option<InputKind> {
        self.kind
    }

    /// Its value, where it is a plain number.
    #[must_use]
    pub fn constant(&self) -> Option<&Number> {
        if let Node::Constant(Constant::Number(number)) = &self.root { Some(number) } else { None }
    }

    /// The input, where it is one and nothing else.
    #[must_use]
    pub fn only_input(&self) -> Option<usize> {
        if let Node::Input(place) = &self.root { Some(*place) } else { None }
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn value(node: &Node, state: &[Option<Number>], period: Period) -> Result<Number, usize> {
    Ok(match node {
        Node::Constant(constant) => constant.value(period),
        Node::Input(place) => state[*place].clone().ok_or(*place)?,
        Node::Add(one, two) => value(one, state, period)? + value(two, state, period)?,
        Node::Subtract(one, two) => value(one, state, period)? - value(two, state, period)?,
        Node::Times(node, by) => value(node, state, period)? * by.value(period),
        Node::Over(node, by) => {
            let divided = value(node, state, period)?.over(&by.value(period));
            divided.expect("a constant that divides was checked not to be zero")
        }
        Node::Largest(nodes) => {
            let values: Result<Vec<_>, usize> =
                nodes.iter().map(|node| value(node, state, period)).collect();
            values?.into_iter().max().unwrap_or_default()
        }
    })
}

fn direction(node: &Node, input: usize) -> Direction {
    match node {
        Node::Constant(_) => Direction::Absent,
        Node::Input(place) if *place == input => Direction::Up,
        Node::Input(_) => Direction::Absent,
        Node::Add(one, two) => direction(one, input).and(direction(two, input)),
        Node::Subtract(one, two) => direction(one, input).and(direction(two, input).turned()),
        // A constant is not negative: the grammar has no sign.
        Node::Times(node, _) | Node::Over(node, _) => direction(node, input),
        Node::Largest(nodes) => {
            nodes.iter().fold(Direction::Absent, |sum, node| sum.and(direction(node, input)))
        }
    }
}

fn gather(node: &Node, found: &mut Vec<usize>) {
    match node {
        Node::Constant(_) => {}
        Node::Input(place) => found.push(*place),
        Node::Add(one, two) | Node::Subtract(one, two) => {
            gather(one, found);
            gather(two, found);
        }
        Node::Times(node, _) | Node::Over(node, _) => gather(node, found),
        Node::Largest(nodes) => nodes.iter().for_each(|node| gather(node, found)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> Result<Expression, ExpressionFault> {
        Expression::parse(text, &|name| match name {
            "a" => Some((0, InputKind::Count)),
            "b" => Some((1, InputKind::Count)),
            "s" => Some((2, InputKind::Share)),
            _ => None,
        })
    }

    fn value(text: &str) -> Result<String, usize> {
        let state = [Some(Number::from(7)), Some(Number::from(12)), None];
        parse(text).unwrap().value(&state, Period::Quarter).map(|value| value.to_string())
    }

    #[test]
    fn sums_products_and_the_largest() {
        assert_eq!(value("a + b - 2 * 3").as_deref(), Ok("13"));
        assert_eq!(value("max(a, b) - (a - 1)").as_deref(), Ok("6"));
        assert_eq!(value("b / periods_in_year").as_deref(), Ok("3"));
        assert_eq!(value("a / 0.5").as_deref(), Ok("14"));
        assert_eq!(value("s"), Err(2));
    }

    #[test]
    fn faults_name_their_place() {
        use ExpressionFault as F;
        assert_eq!(
            parse("a +"),
            Err(F::Syntax { at: 3, expected: "an input, a number or max(…)" })
        );
        assert_eq!(parse("a b"), Err(F::Syntax { at: 2, expected: "an operator or the end" }));
        assert_eq!(parse("max(a, c)"), Err(F::UnknownInput("c".into())));
        assert_eq!(parse("a + s"), Err(F::Kinds(InputKind::Count, InputKind::Share)));
        assert_eq!(parse("a * b"), Err(F::NotConstant));
        assert_eq!(parse("a / 0"), Err(F::DivisionByZero));
        assert_eq!(parse(&"(".repeat(301)), Err(F::TooLong));
    }

    #[test]
    fn an_expression_knows_how_it_follows_its_inputs() {
        let follows = |text: &str| parse(text).unwrap().direction(0);
        assert_eq!(follows("a + b"), Direction::Up);
        assert_eq!(follows("b - a"), Direction::Down);
        assert_eq!(follows("max(a, b) - a"), Direction::Mixed);
        assert_eq!(follows("b"), Direction::Absent);
    }
}
