//! What an XLSForm computes and demands, as far as our forms can say it: sums with factors, shares
//! in hundredths, comparisons of such sums. Everything else is refused.

use std::collections::BTreeMap;

use super::token::{Token, tokens};
use crate::number::Number;

/// A sum: how often each question, and a number by itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Linear {
    pub(super) terms: BTreeMap<String, Number>,
    pub(super) constant: Number,
}

/// What a calculation comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    /// A sum.
    Linear(Linear),
    /// A sum divided by another one, so many times.
    Ratio(Linear, Linear, Number),
}

/// Two sums that must stand so to each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Comparison {
    pub(super) left: Linear,
    pub(super) sign: &'static str,
    pub(super) right: Linear,
}

/// A calculation; none where our forms cannot say it.
pub(super) fn calculation(text: &str) -> Option<Value> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let value = reader.sum()?;
    (reader.at == tokens.len()).then_some(value)
}

/// A constraint as comparisons that must all hold; none where our rules cannot say it.
pub(super) fn constraint(text: &str) -> Option<Vec<Comparison>> {
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let mut all = Vec::new();
    loop {
        let left = reader.sum()?;
        let Some(Token::Sign(sign)) = reader.next() else { return None };
        let (Value::Linear(left), Value::Linear(right)) = (left, reader.sum()?) else {
            return None;
        };
        all.push(Comparison { left, sign, right });
        match reader.next() {
            None => return Some(all),
            Some(Token::And) => {}
            Some(_) => return None,
        }
    }
}

impl Linear {
    fn number(constant: Number) -> Self {
        Self { terms: BTreeMap::new(), constant }
    }

    fn one(name: &str) -> Self {
        let terms = BTreeMap::from([(name.to_owned(), Number::whole(1))]);
        Self { terms, constant: Number::ZERO }
    }

    fn plus(mut self, other: Self, sign: Number) -> Self {
        for (name, factor) in other.terms {
            let sum = self.terms.entry(name).or_default();
            *sum = sum.plus(factor.times(sign));
        }
        self.terms.retain(|_, factor| *factor != Number::ZERO);
        self.constant = self.constant.plus(other.constant.times(sign));
        self
    }

    fn times(self, factor: Number) -> Self {
        let terms = self.terms.into_iter().map(|(name, n)| (name, n.times(factor))).collect();
        Self { terms, constant: self.constant.times(factor) }
    }

    /// The question that it is, where it is one alone.
    pub(super) fn alone(&self) -> Option<&str> {
        let (name, factor) = self.terms.iter().next()?;
        let alone = self.terms.len() == 1 && *factor == Number::whole(1);
        (alone && self.constant == Number::ZERO).then_some(name.as_str())
    }

    fn is_number(&self) -> bool {
        self.terms.is_empty()
    }
}

struct Reader<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Reader<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<&'t Token> {
        self.at += 1;
        self.tokens.get(self.at - 1)
    }

    fn sum(&mut self) -> Option<Value> {
        let mut sum = self.product()?;
        while let Some(sign) = match self.peek() {
            Some(Token::Plus) => Some(Number::whole(1)),
            Some(Token::Minus) => Some(Number::whole(-1)),
            _ => None,
        } {
            self.at += 1;
            let (Value::Linear(a), Value::Linear(b)) = (sum, self.product()?) else { return None };
            sum = Value::Linear(a.plus(b, sign));
        }
        Some(sum)
    }

    fn product(&mut self) -> Option<Value> {
        let mut product = self.factor()?;
        loop {
            match self.peek() {
                Some(Token::Times) => {
                    self.at += 1;
                    product = times(product, self.factor()?)?;
                }
                Some(Token::Divided) => {
                    self.at += 1;
                    let (Value::Linear(a), Value::Linear(b)) = (product, self.factor()?) else {
                        return None;
                    };
                    // By a number there may be no end of places; by a question it is a share.
                    if b.is_number() {
                        return None;
                    }
                    product = Value::Ratio(a, b, Number::whole(1));
                }
                _ => return Some(product),
            }
        }
    }

    fn factor(&mut self) -> Option<Value> {
        match self.next()? {
            Token::Name(name) => Some(Value::Linear(Linear::one(name))),
            Token::Number(number) => Some(Value::Linear(Linear::number(*number))),
            Token::Minus => times(self.factor()?, Value::Linear(Linear::number(Number::whole(-1)))),
            Token::Open => {
                let inside = self.sum()?;
                (self.next()? == &Token::Close).then_some(inside)
            }
            _ => None,
        }
    }
}

/// The part of a ratio, where the ratio is `all` times it; none where it is not.
pub(super) fn scaled(part: Linear, times: Number, all: Number) -> Option<Linear> {
    let part = part.times(times);
    let name = part.terms.keys().next()?.clone();
    let exact = Linear::one(&name).times(all);
    (part == exact).then(|| Linear::one(&name))
}

fn times(a: Value, b: Value) -> Option<Value> {
    match (a, b) {
        (Value::Linear(a), Value::Linear(b)) if b.is_number() => {
            Some(Value::Linear(a.times(b.constant)))
        }
        (Value::Linear(a), Value::Linear(b)) if a.is_number() => {
            Some(Value::Linear(b.times(a.constant)))
        }
        (Value::Ratio(part, whole, n), Value::Linear(b))
        | (Value::Linear(b), Value::Ratio(part, whole, n))
            if b.is_number() =>
        {
            Some(Value::Ratio(part, whole, n.times(b.constant)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(linear: &Linear) -> String {
        let terms = linear.terms.iter().map(|(name, n)| format!("{} {name}", n.to_plain()));
        let constant = (linear.constant != Number::ZERO).then(|| linear.constant.to_plain());
        terms.chain(constant).collect::<Vec<_>>().join(" + ")
    }

    #[test]
    fn sums_and_shares_are_said() {
        let sum = |text: &str| match calculation(text) {
            Some(Value::Linear(linear)) => shown(&linear),
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(sum("${a} + 2 * ${b} - (${c} - 3)"), "1 a + 2 b + -1 c + 3");
        assert_eq!(sum("-${a} * 0.5 + ${a}"), "0.5 a");
        for text in ["${a} div ${b} * 100", "100 * ${a} div ${b}", "(${a} div ${b}) * 100"] {
            match calculation(text) {
                Some(Value::Ratio(part, whole, n)) => {
                    let part = scaled(part, n, Number::whole(100)).unwrap();
                    assert_eq!((part.alone(), whole.alone()), (Some("a"), Some("b")), "{text}");
                }
                other => panic!("{text}: {other:?}"),
            }
        }
    }

    #[test]
    fn constraints_are_comparisons_joined_by_and() {
        let all = constraint(". >= 0 and . <= ${tong} - 1").unwrap();
        let said: Vec<String> = all
            .iter()
            .map(|one| format!("{} {} {}", shown(&one.left), one.sign, shown(&one.right)))
            .collect();
        assert_eq!(said, ["1 . >= ", "1 . <= 1 tong + -1"]);
    }

    #[test]
    fn what_cannot_be_said_is_not_guessed() {
        for text in [
            "regex(., '[0-9]+')",
            ". > 0 or . = -1",
            "${a} * ${b} > 3",
            "if(${a} > 1, 2, 3)",
            "string-length(.) < 5",
            ". >",
            "",
            ". mod 2 = 0",
        ] {
            assert_eq!(constraint(text), None, "{text}");
        }
        for text in ["${a} * ${b}", "${a} div 3", "today()", "${a} +", "concat(${a}, ${b})"] {
            assert_eq!(calculation(text), None, "{text}");
        }
    }
}
