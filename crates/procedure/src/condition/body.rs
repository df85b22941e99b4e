//! The checked expression, and what it is worth.

use std::{cmp::Ordering, collections::BTreeSet};

use dsntk_feel::FeelNumber;
use jiff::civil::Date;

use super::Kind;
use crate::{FieldId, FieldKind};

/// The checked expression. `between` and `in` have become comparisons.
#[derive(Debug, Clone)]
pub(super) enum Body {
    Constant(Value),
    Fact(FieldId, FieldKind),
    Not(Box<Body>),
    And(Box<Body>, Box<Body>),
    Or(Box<Body>, Box<Body>),
    Compare(Relation, Box<Body>, Box<Body>),
    Reckon(Operator, Box<Body>, Box<Body>),
}

#[derive(Debug, Clone)]
pub(super) enum Value {
    Nothing,
    YesNo(bool),
    Number(FeelNumber),
    Text(String),
    Day(Date),
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Relation {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
    /// The lesser of the two: `min(a, b)`.
    Least,
}

impl Body {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Constant(value) => value.kind(),
            Self::Fact(_, FieldKind::Integer) => Kind::Number,
            Self::Fact(_, FieldKind::Date) => Kind::Day,
            Self::Fact(..) => Kind::Text,
            Self::Reckon(..) => Kind::Number,
            Self::Not(_) | Self::And(..) | Self::Or(..) | Self::Compare(..) => Kind::YesNo,
        }
    }

    pub(super) fn collect<'b>(&'b self, found: &mut BTreeSet<&'b FieldId>) {
        match self {
            Self::Constant(_) => {}
            Self::Fact(id, _) => {
                found.insert(id);
            }
            Self::Not(inner) => inner.collect(found),
            Self::And(a, b) | Self::Or(a, b) | Self::Compare(_, a, b) | Self::Reckon(_, a, b) => {
                a.collect(found);
                b.collect(found);
            }
        }
    }

    /// FEEL's logic has three values: what is neither true nor false is null.
    pub(super) fn value(&self, facts: &serde_json::Value) -> Value {
        match self {
            Self::Constant(value) => value.clone(),
            Self::Fact(id, kind) => fact(facts.get(id.as_str()), *kind),
            Self::Not(inner) => match inner.value(facts) {
                Value::YesNo(yes) => Value::YesNo(!yes),
                _ => Value::Nothing,
            },
            Self::And(a, b) => match (a.value(facts), b.value(facts)) {
                (Value::YesNo(false), _) | (_, Value::YesNo(false)) => Value::YesNo(false),
                (Value::YesNo(true), Value::YesNo(true)) => Value::YesNo(true),
                _ => Value::Nothing,
            },
            Self::Or(a, b) => match (a.value(facts), b.value(facts)) {
                (Value::YesNo(true), _) | (_, Value::YesNo(true)) => Value::YesNo(true),
                (Value::YesNo(false), Value::YesNo(false)) => Value::YesNo(false),
                _ => Value::Nothing,
            },
            Self::Compare(relation, a, b) => compare(*relation, &a.value(facts), &b.value(facts)),
            Self::Reckon(operator, a, b) => reckon(*operator, a.value(facts), b.value(facts)),
        }
    }
}

impl Value {
    pub(super) fn kind(&self) -> Kind {
        match self {
            Self::Nothing => Kind::Nothing,
            Self::YesNo(_) => Kind::YesNo,
            Self::Number(_) => Kind::Number,
            Self::Text(_) => Kind::Text,
            Self::Day(_) => Kind::Day,
        }
    }
}

fn fact(found: Option<&serde_json::Value>, kind: FieldKind) -> Value {
    let text = match found {
        Some(serde_json::Value::String(text)) if !text.trim().is_empty() => text.trim().to_owned(),
        Some(serde_json::Value::Number(number)) => number.to_string(),
        _ => return Value::Nothing,
    };
    match kind {
        FieldKind::Integer => text.parse().map_or(Value::Nothing, Value::Number),
        FieldKind::Date => text.parse().map_or(Value::Nothing, Value::Day),
        _ => Value::Text(text),
    }
}

fn compare(relation: Relation, a: &Value, b: &Value) -> Value {
    let order = match (a, b) {
        (Value::Nothing, Value::Nothing) => Some(Ordering::Equal),
        (Value::YesNo(a), Value::YesNo(b)) => Some(a.cmp(b)),
        (Value::Number(a), Value::Number(b)) => a.partial_cmp(b),
        (Value::Text(a), Value::Text(b)) => Some(a.cmp(b)),
        (Value::Day(a), Value::Day(b)) => Some(a.cmp(b)),
        _ => None,
    };
    let nothing = matches!(a, Value::Nothing) || matches!(b, Value::Nothing);
    match relation {
        // Equality knows null; the other relations have no answer about it.
        Relation::Equal => Value::YesNo(order == Some(Ordering::Equal)),
        Relation::Unequal => Value::YesNo(order != Some(Ordering::Equal)),
        _ if nothing => Value::Nothing,
        Relation::Less => Value::YesNo(order.is_some_and(Ordering::is_lt)),
        Relation::LessOrEqual => Value::YesNo(order.is_some_and(Ordering::is_le)),
        Relation::Greater => Value::YesNo(order.is_some_and(Ordering::is_gt)),
        Relation::GreaterOrEqual => Value::YesNo(order.is_some_and(Ordering::is_ge)),
    }
}

fn reckon(operator: Operator, a: Value, b: Value) -> Value {
    let (Value::Number(a), Value::Number(b)) = (a, b) else { return Value::Nothing };
    match operator {
        Operator::Add => Value::Number(a + b),
        Operator::Subtract => Value::Number(a - b),
        Operator::Multiply => Value::Number(a * b),
        Operator::Divide if b.is_zero() => Value::Nothing,
        Operator::Divide => Value::Number(a / b),
        Operator::Least => Value::Number(if b < a { b } else { a }),
    }
}
