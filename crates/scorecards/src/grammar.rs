//! The grammar of expressions.
//!
//! ```text
//! sum     = product { ("+" | "-") product }
//! product = atom { ("*" | "/") constant }
//! atom    = constant | INPUT | "max" "(" sum { "," sum } ")" | "(" sum ")"
//! ```
//!
//! A constant is a decimal or `periods_in_year` (12 for a month, 4 for a quarter, 1 for a year);
//! what divides is a constant that is not zero, so that an expression cannot fail.

use crate::{
    ExpressionFault, InputKind,
    expression::{Constant, Node},
};

/// Reads a whole text.
pub(crate) fn read(text: &str, resolve: &Resolve<'_>) -> Result<(Node, Kind), ExpressionFault> {
    let mut reader = Reader { text, at: 0, resolve };
    let read = reader.sum()?;
    reader.end()?;
    Ok(read)
}

/// Finds an input by its name, with its place and kind.
type Resolve<'t> = dyn Fn(&str) -> Option<(usize, InputKind)> + 't;

/// The kind of what was read; none for a constant.
type Kind = Option<InputKind>;

struct Reader<'t> {
    text: &'t str,
    at: usize,
    resolve: &'t Resolve<'t>,
}

impl<'t> Reader<'t> {
    fn rest(&mut self) -> &'t str {
        let rest = &self.text[self.at..];
        let trimmed = rest.trim_start();
        self.at += rest.len() - trimmed.len();
        trimmed
    }

    fn take(&mut self, sign: char) -> bool {
        let found = self.rest().starts_with(sign);
        self.at += if found { sign.len_utf8() } else { 0 };
        found
    }

    fn need(&mut self, sign: char, expected: &'static str) -> Result<(), ExpressionFault> {
        if self.take(sign) { Ok(()) } else { Err(self.fault(expected)) }
    }

    fn fault(&self, expected: &'static str) -> ExpressionFault {
        ExpressionFault::Syntax { at: self.at, expected }
    }

    fn end(&mut self) -> Result<(), ExpressionFault> {
        if self.rest().is_empty() { Ok(()) } else { Err(self.fault("an operator or the end")) }
    }

    fn sum(&mut self) -> Result<(Node, Kind), ExpressionFault> {
        let (mut node, mut kind) = self.product()?;
        loop {
            let plus = self.take('+');
            if !plus && !self.take('-') {
                return Ok((node, kind));
            }
            let (other, its) = self.product()?;
            kind = same(kind, its)?;
            let make = if plus { Node::Add } else { Node::Subtract };
            node = make(Box::new(node), Box::new(other));
        }
    }

    fn product(&mut self) -> Result<(Node, Kind), ExpressionFault> {
        let (mut node, kind) = self.atom()?;
        loop {
            let times = self.take('*');
            if !times && !self.take('/') {
                return Ok((node, kind));
            }
            let (Node::Constant(by), _) = self.atom()? else {
                return Err(ExpressionFault::NotConstant);
            };
            if !times && matches!(&by, Constant::Number(number) if number.is_zero()) {
                return Err(ExpressionFault::DivisionByZero);
            }
            let make = if times { Node::Times } else { Node::Over };
            node = make(Box::new(node), by);
        }
    }

    fn atom(&mut self) -> Result<(Node, Kind), ExpressionFault> {
        if self.take('(') {
            let inner = self.sum()?;
            self.need(')', ")")?;
            return Ok(inner);
        }
        match self.word() {
            "" => Err(self.fault("an input, a number or max(…)")),
            "max" => self.largest(),
            "periods_in_year" => Ok((Node::Constant(Constant::PeriodsInYear), None)),
            word if word.starts_with(|letter: char| letter.is_ascii_digit()) => {
                let number = word.parse().map_err(|_| self.fault("a number"))?;
                Ok((Node::Constant(Constant::Number(number)), None))
            }
            name => match (self.resolve)(name) {
                Some((place, kind)) => Ok((Node::Input(place), Some(kind))),
                None => Err(ExpressionFault::UnknownInput(name.to_owned())),
            },
        }
    }

    fn largest(&mut self) -> Result<(Node, Kind), ExpressionFault> {
        self.need('(', "( after max")?;
        let (first, mut kind) = self.sum()?;
        let mut nodes = vec![first];
        while self.take(',') {
            let (node, its) = self.sum()?;
            kind = same(kind, its)?;
            nodes.push(node);
        }
        self.need(')', ") after max")?;
        Ok((Node::Largest(nodes), kind))
    }

    fn word(&mut self) -> &'t str {
        let rest = self.rest();
        let part = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | '.');
        let end = rest.find(|letter| !part(letter)).unwrap_or(rest.len());
        self.at += end;
        &rest[..end]
    }
}

fn same(one: Kind, two: Kind) -> Result<Kind, ExpressionFault> {
    match (one, two) {
        (Some(one), Some(two)) if one != two => Err(ExpressionFault::Kinds(one, two)),
        _ => Ok(one.or(two)),
    }
}
