//! From a syntax tree of FEEL to the checked expression.

use dsntk_feel::FeelNumber;
use dsntk_feel_parser::AstNode;

use super::{
    ConditionFault, Kind,
    body::{Body, Operator, Relation, Value},
};
use crate::{Field, FieldKind};

/// Makes the checked expression of a syntax tree.
pub(super) struct Reading<'f> {
    pub(super) fields: &'f [Field],
}

type Read = Result<Body, ConditionFault>;

impl Reading<'_> {
    pub(super) fn body(&self, node: &AstNode) -> Read {
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
            ("min", [a, b]) => self.reckon(Operator::Least, a, b),
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
