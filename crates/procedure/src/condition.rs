//! Conditions on a dossier's data, in FEEL (the expression language of DMN 1.5).
//!
//! The grammar and the decimal numbers are dsntk's. What is evaluated is the part of FEEL that
//! a condition needs, and only what the checker can vouch for when the file is read: every
//! name is a field of the form, both sides of a comparison are of one kind, a choice is
//! compared with a choice that exists. So evaluating cannot fail, loop or reach outside.

use std::{cmp::Ordering, collections::BTreeSet};

use dsntk_feel::{FeelNumber, FeelScope};
use dsntk_feel_parser::{AstNode, parse_expression};
use jiff::civil::Date;
use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::{Field, FieldId, FieldKind};

/// A condition whose every name and kind has been checked.
#[derive(Debug, Clone)]
pub struct Condition {
    text: String,
    body: Body,
}

/// Why a text is not a condition.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConditionFault {
    /// Longer than anyone reads.
    #[error("a condition has at most 500 characters")]
    TooLong,
    /// Not FEEL.
    #[error("this is not a FEEL expression")]
    Syntax,
    /// Mentions what is not a field of the form.
    #[error("the form has no field {0}")]
    UnknownField(String),
    /// FEEL, but not of the part that conditions may use.
    #[error("conditions cannot use {0}")]
    Unsupported(String),
    /// Compares or reckons with things of different kinds.
    #[error("{0} cannot be compared or reckoned with {1}")]
    Mixed(Kind, Kind),
    /// Gives something else than yes or no.
    #[error("a condition is true or false, not {0}")]
    NotYesNo(Kind),
    /// Compares a field with a choice that it does not offer.
    #[error("field {0} offers no choice {1}")]
    UnknownChoice(FieldId, String),
    /// A date that does not exist.
    #[error("{0} is not a date")]
    NoDate(String),
}

/// What kind of value an expression has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    YesNo,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A day.
    Day,
    /// Null, which goes with every kind.
    Nothing,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::YesNo => "true or false",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Day => "a date",
            Self::Nothing => "null",
        })
    }
}

const CHARACTERS_MAX: usize = 500;

impl Condition {
    /// Reads a condition on these fields.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str, fields: &[Field]) -> Result<Self, ConditionFault> {
        if text.chars().count() > CHARACTERS_MAX {
            return Err(ConditionFault::TooLong);
        }
        let scope = FeelScope::default();
        for field in fields {
            scope.set_name(field.id.as_str().into());
        }
        let tree = parse_expression(&scope, text, false).map_err(|_| ConditionFault::Syntax)?;
        let body = Reading { fields }.body(&tree)?;
        match body.kind() {
            Kind::YesNo => Ok(Self { text: text.to_owned(), body }),
            other => Err(ConditionFault::NotYesNo(other)),
        }
    }

    /// Whether it is true of these facts, an object of form fields. What is missing, empty or
    /// of another kind than its field counts as null; null is not true.
    #[must_use]
    pub fn holds(&self, facts: &serde_json::Value) -> bool {
        matches!(self.body.value(facts), Value::YesNo(true))
    }

    /// The condition as it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields that it mentions.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<&FieldId> {
        let mut found = BTreeSet::new();
        self.body.collect(&mut found);
        found
    }
}

impl PartialEq for Condition {
    /// Two conditions are one when they are written alike.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

/// The checked expression. `between` and `in` have become comparisons.
#[derive(Debug, Clone)]
enum Body {
    Constant(Value),
    Fact(FieldId, FieldKind),
    Not(Box<Body>),
    And(Box<Body>, Box<Body>),
    Or(Box<Body>, Box<Body>),
    Compare(Relation, Box<Body>, Box<Body>),
    Reckon(Operator, Box<Body>, Box<Body>),
}

#[derive(Debug, Clone)]
enum Value {
    Nothing,
    YesNo(bool),
    Number(FeelNumber),
    Text(String),
    Day(Date),
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Relation {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, Copy)]
enum Operator {
    Add,
    Subtract,
    Multiply,
    Divide,
}

impl Body {
    fn kind(&self) -> Kind {
        match self {
            Self::Constant(value) => value.kind(),
            Self::Fact(_, FieldKind::Integer) => Kind::Number,
            Self::Fact(_, FieldKind::Date) => Kind::Day,
            Self::Fact(..) => Kind::Text,
            Self::Reckon(..) => Kind::Number,
            Self::Not(_) | Self::And(..) | Self::Or(..) | Self::Compare(..) => Kind::YesNo,
        }
    }

    fn collect<'b>(&'b self, found: &mut BTreeSet<&'b FieldId>) {
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
    fn value(&self, facts: &serde_json::Value) -> Value {
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
    fn kind(&self) -> Kind {
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
    }
}

/// Makes the checked expression of a syntax tree.
struct Reading<'f> {
    fields: &'f [Field],
}

type Read = Result<Body, ConditionFault>;

impl Reading<'_> {
    fn body(&self, node: &AstNode) -> Read {
        match node {
            AstNode::Null => Ok(Body::Constant(Value::Nothing)),
            AstNode::Boolean(yes) => Ok(Body::Constant(Value::YesNo(*yes))),
            AstNode::String(text) => Ok(Body::Constant(Value::Text(text.clone()))),
            AstNode::Numeric(whole, part, sign, exponent) => number(whole, part, *sign, exponent),
            AstNode::At(text) => day(text),
            AstNode::Name(name) => self.fact(name.as_str()),
            AstNode::And(a, b) => Ok(Body::And(self.yes_no(a)?, self.yes_no(b)?)),
            AstNode::Or(a, b) => Ok(Body::Or(self.yes_no(a)?, self.yes_no(b)?)),
            AstNode::Eq(a, b) => self.pair(Relation::Equal, a, b),
            AstNode::Nq(a, b) => self.pair(Relation::Unequal, a, b),
            AstNode::Lt(a, b) => self.pair(Relation::Less, a, b),
            AstNode::Le(a, b) => self.pair(Relation::LessOrEqual, a, b),
            AstNode::Gt(a, b) => self.pair(Relation::Greater, a, b),
            AstNode::Ge(a, b) => self.pair(Relation::GreaterOrEqual, a, b),
            AstNode::Between(a, low, high) => Ok(Body::And(
                Box::new(self.pair(Relation::GreaterOrEqual, a, low)?),
                Box::new(self.pair(Relation::LessOrEqual, a, high)?),
            )),
            AstNode::In(a, set) => self.within(&self.body(a)?, set),
            AstNode::Add(a, b) => self.reckon(Operator::Add, a, b),
            AstNode::Sub(a, b) => self.reckon(Operator::Subtract, a, b),
            AstNode::Mul(a, b) => self.reckon(Operator::Multiply, a, b),
            AstNode::Div(a, b) => self.reckon(Operator::Divide, a, b),
            AstNode::Neg(a) => {
                let zero = Body::Constant(Value::Number(FeelNumber::zero()));
                Ok(Body::Reckon(Operator::Subtract, Box::new(zero), self.number(a)?))
            }
            AstNode::FunctionInvocation(name, arguments) => self.call(name, arguments),
            other => Err(ConditionFault::Unsupported(label(other))),
        }
    }

    fn fact(&self, name: &str) -> Read {
        let field = self.fields.iter().find(|field| field.id.as_str() == name);
        let field = field.ok_or_else(|| ConditionFault::UnknownField(name.to_owned()))?;
        Ok(Body::Fact(field.id.clone(), field.kind))
    }

    fn of_kind(&self, node: &AstNode, wanted: Kind) -> Result<Box<Body>, ConditionFault> {
        let body = self.body(node)?;
        let kind = body.kind();
        if kind == wanted || kind == Kind::Nothing {
            Ok(Box::new(body))
        } else {
            Err(ConditionFault::Mixed(kind, wanted))
        }
    }

    fn yes_no(&self, node: &AstNode) -> Result<Box<Body>, ConditionFault> {
        self.of_kind(node, Kind::YesNo)
    }

    fn number(&self, node: &AstNode) -> Result<Box<Body>, ConditionFault> {
        self.of_kind(node, Kind::Number)
    }

    fn reckon(&self, operator: Operator, a: &AstNode, b: &AstNode) -> Read {
        Ok(Body::Reckon(operator, self.number(a)?, self.number(b)?))
    }

    fn pair(&self, relation: Relation, a: &AstNode, b: &AstNode) -> Read {
        self.relate(relation, self.body(a)?, self.body(b)?)
    }

    fn relate(&self, relation: Relation, a: Body, b: Body) -> Read {
        let (left, right) = (a.kind(), b.kind());
        let equality = matches!(relation, Relation::Equal | Relation::Unequal);
        let ordered = |kind| matches!(kind, Kind::Number | Kind::Day);
        let alike = left == right || left == Kind::Nothing || right == Kind::Nothing;
        let comparable = equality || (ordered(left) && ordered(right));
        if !alike || !comparable {
            return Err(ConditionFault::Mixed(left, right));
        }
        self.choice_exists(&a, &b)?;
        self.choice_exists(&b, &a)?;
        Ok(Body::Compare(relation, Box::new(a), Box::new(b)))
    }

    /// A choice compared with a word that it does not offer would never be true.
    fn choice_exists(&self, fact: &Body, word: &Body) -> Result<(), ConditionFault> {
        let (Body::Fact(id, FieldKind::Choice), Body::Constant(Value::Text(word))) = (fact, word)
        else {
            return Ok(());
        };
        let field = self.fields.iter().find(|field| field.id == *id);
        let offered = field
            .is_some_and(|field| field.choices.iter().any(|choice| choice.id.as_str() == word));
        if offered { Ok(()) } else { Err(ConditionFault::UnknownChoice(id.clone(), word.clone())) }
    }

    fn within(&self, value: &Body, set: &AstNode) -> Read {
        let relate =
            |relation, other: &AstNode| self.relate(relation, value.clone(), self.body(other)?);
        match set {
            AstNode::ExpressionList(items) | AstNode::List(items) => {
                let mut parts = items.iter().map(|item| self.within(value, item));
                let first = parts.next().unwrap_or(Ok(Body::Constant(Value::YesNo(false))))?;
                parts.try_fold(first, |all, part| Ok(Body::Or(Box::new(all), Box::new(part?))))
            }
            AstNode::Range(start, end) => {
                let (AstNode::IntervalStart(low, from), AstNode::IntervalEnd(high, to)) =
                    (start.as_ref(), end.as_ref())
                else {
                    return Err(ConditionFault::Unsupported(label(set)));
                };
                use dsntk_feel::IntervalType::Closed;
                let above = if matches!(from, Closed) {
                    Relation::GreaterOrEqual
                } else {
                    Relation::Greater
                };
                let below =
                    if matches!(to, Closed) { Relation::LessOrEqual } else { Relation::Less };
                Ok(Body::And(Box::new(relate(above, low)?), Box::new(relate(below, high)?)))
            }
            AstNode::UnaryLt(other) => relate(Relation::Less, other),
            AstNode::UnaryLe(other) => relate(Relation::LessOrEqual, other),
            AstNode::UnaryGt(other) => relate(Relation::Greater, other),
            AstNode::UnaryGe(other) => relate(Relation::GreaterOrEqual, other),
            AstNode::UnaryEq(other) => relate(Relation::Equal, other),
            AstNode::UnaryNe(other) => relate(Relation::Unequal, other),
            other => relate(Relation::Equal, other),
        }
    }

    fn call(&self, name: &AstNode, arguments: &AstNode) -> Read {
        let (AstNode::Name(name), AstNode::PositionalParameters(arguments)) = (name, arguments)
        else {
            return Err(ConditionFault::Unsupported(label(arguments)));
        };
        match (name.as_str(), arguments.as_slice()) {
            ("not", [inner]) => Ok(Body::Not(self.yes_no(inner)?)),
            ("date", [AstNode::String(text)]) => day(text),
            (other, _) => Err(ConditionFault::Unsupported(format!("{other}(…)"))),
        }
    }
}

fn number(whole: &str, part: &str, sign: char, exponent: &str) -> Read {
    let mut text = if whole.is_empty() { "0".to_owned() } else { whole.to_owned() };
    if !part.is_empty() {
        text.push('.');
        text.push_str(part);
    }
    if !exponent.is_empty() {
        text.push('e');
        text.push(sign);
        text.push_str(exponent);
    }
    let parsed = text.parse().map_err(|_| ConditionFault::Unsupported(text))?;
    Ok(Body::Constant(Value::Number(parsed)))
}

fn day(text: &str) -> Read {
    let parsed = text.parse().map_err(|_| ConditionFault::NoDate(text.to_owned()))?;
    Ok(Body::Constant(Value::Day(parsed)))
}

/// The name of a construct, as the grammar calls it: `If`, `For`, `Path`.
fn label(node: &AstNode) -> String {
    let text = format!("{node:?}");
    text.split(['(', ' ']).next().unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::Choice;

    fn field(id: &str, kind: FieldKind) -> Field {
        let choice =
            |id: &str| Choice { id: id.parse().unwrap(), label: id.to_owned(), label_en: None };
        let choices = match kind {
            FieldKind::Choice => vec![choice("nha_o"), choice("kinh_doanh")],
            _ => Vec::new(),
        };
        Field {
            id: id.parse().unwrap(),
            label: id.to_owned(),
            label_en: None,
            kind,
            required: false,
            choices,
            personal: false,
        }
    }

    fn form() -> Vec<Field> {
        vec![
            field("so_tang", FieldKind::Integer),
            field("muc_dich", FieldKind::Choice),
            field("ngay_cap", FieldKind::Date),
            field("ghi_chu", FieldKind::Text),
        ]
    }

    fn holds(text: &str, facts: serde_json::Value) -> bool {
        Condition::parse(text, &form()).unwrap().holds(&facts)
    }

    fn fault(text: &str) -> ConditionFault {
        Condition::parse(text, &form()).unwrap_err()
    }

    #[test]
    fn conditions_decide_by_the_form() {
        let house = json!({ "so_tang": 7, "muc_dich": "nha_o", "ngay_cap": "2026-03-01" });
        for text in [
            "so_tang > 6 or muc_dich = \"kinh_doanh\"",
            "so_tang between 5 and 7",
            "so_tang in [1..7]",
            "so_tang in (>6, 3)",
            "so_tang in (1, 7)",
            "muc_dich in (\"nha_o\", \"kinh_doanh\")",
            "not(muc_dich = \"kinh_doanh\")",
            "so_tang * 2 - 1 = 13",
            "so_tang / 2 = 3.5",
            "-so_tang < -6.5",
            "ngay_cap >= date(\"2026-01-01\")",
            "ghi_chu = null",
            "muc_dich != null and so_tang != null",
        ] {
            assert!(holds(text, house.clone()), "{text}");
        }
        for text in [
            "so_tang in [1..7)",
            "so_tang in (1, 3)",
            "ngay_cap < @\"2026-01-01\"",
            "so_tang / 0 = 1",
            "ghi_chu = \"x\"",
        ] {
            assert!(!holds(text, house.clone()), "{text}");
        }
    }

    #[test]
    fn an_empty_field_is_neither_more_nor_less() {
        for facts in [json!({}), json!({ "so_tang": null }), json!({ "so_tang": "" }), json!(7)] {
            assert!(!holds("so_tang > 6", facts.clone()));
            assert!(!holds("so_tang <= 6", facts.clone()));
            assert!(!holds("not(so_tang > 6)", facts.clone()));
            assert!(holds("so_tang = null", facts));
        }
        assert!(holds("so_tang > 6", json!({ "so_tang": "12" })), "numbers as forms send them");
        assert!(!holds("so_tang > 6", json!({ "so_tang": "nhiều" })));
    }

    #[test]
    fn what_could_never_be_true_is_refused_when_the_file_is_read() {
        use ConditionFault::*;
        assert_eq!(fault("so_tang >"), Syntax);
        assert_eq!(fault(""), Syntax);
        assert_eq!(fault("so_lau > 6"), UnknownField("so_lau".into()));
        assert_eq!(fault("so_tang = \"7\""), Mixed(Kind::Number, Kind::Text));
        assert_eq!(fault("ghi_chu < \"b\""), Mixed(Kind::Text, Kind::Text));
        assert_eq!(fault("so_tang + 1"), NotYesNo(Kind::Number));
        assert_eq!(
            fault("muc_dich = \"kinhdoanh\""),
            UnknownChoice("muc_dich".parse().unwrap(), "kinhdoanh".into())
        );
        assert_eq!(fault("ngay_cap = date(\"2026-02-30\")"), NoDate("2026-02-30".into()));
        assert_eq!(fault("if so_tang > 1 then true else false"), Unsupported("If".into()));
        assert_eq!(fault("count(so_tang) = 1"), Unsupported("count(…)".into()));
        assert_eq!(fault(&"1=1 and ".repeat(100)), TooLong);
    }

    proptest::proptest! {
        /// Whatever is typed as a condition is refused or can be asked.
        #[test]
        fn no_text_breaks_the_reader(
            words in proptest::collection::vec(
                proptest::sample::select(vec![
                    "so_tang", "muc_dich", "ngay_cap", "x", " ", "7", "1.5", "1e999", "\"nha_o\"",
                    "\"", "date(\"2026-01-01\")", "@\"x\"", "=", "!=", "<", ">=", "+", "-", "*", "/",
                    "**", "(", ")", "[", "]", "..", ",", "{", "}", ":", "and", "or", "not(", "in",
                    "between", "if", "then", "for", "function", "external", "null", "true", ".", "ề",
                ]),
                0..14,
            ),
        ) {
            for glue in ["", " "] {
                if let Ok(condition) = Condition::parse(&words.join(glue), &form()) {
                    let facts = json!({ "so_tang": 7, "muc_dich": "nha_o" });
                    let again = Condition::parse(condition.text(), &form()).unwrap();
                    proptest::prop_assert_eq!(condition.holds(&facts), again.holds(&facts));
                    let (empty, nothing) = (json!({}), json!(null));
                    proptest::prop_assert_eq!(condition.holds(&empty), again.holds(&nothing));
                }
            }
        }
    }
}
