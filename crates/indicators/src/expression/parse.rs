//! From tokens to a formula.

use casework::Channel;
use kernel::ProcedureCode;
use procedure::Matter;

use super::{
    Body, Filter, Function, Node, Otherwise, Reference, When,
    token::{Token, TokenKind, tokens},
};
use crate::{
    catalogue::ProcedureNumber,
    count::Plane,
    definition::FaultKind,
    fact::{Fact, Kept, Kind},
};

/// Bytes of the longest formula.
const TEXT_MAX: usize = 4000;
/// How deep parentheses may stand in each other.
const DEPTH_MAX: usize = 32;

type Fallible<T> = Result<T, (usize, FaultKind)>;

/// The formula of a text whose facts are of `plane` where a filter does not say otherwise.
///
/// # Errors
/// The first fault, with the byte at which it stands.
pub(crate) fn parse(text: &str, plane: Plane) -> Fallible<Node> {
    if text.len() > TEXT_MAX {
        return Err((0, FaultKind::FormulaTooLong));
    }
    let tokens =
        tokens(text).map_err(|at| (at, FaultKind::Formula("a sign that means nothing")))?;
    let mut parser = Parser { tokens: &tokens, next: 0, depth: 0, end: text.len(), plane };
    let node = parser.sum()?;
    match parser.peek() {
        None => Ok(node),
        Some(token) => Err((token.at, FaultKind::Formula("an end, or one of + - * /"))),
    }
}

struct Parser<'t> {
    tokens: &'t [Token],
    next: usize,
    depth: usize,
    end: usize,
    plane: Plane,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.next)
    }

    fn take(&mut self) -> Option<&'t Token> {
        let token = self.peek();
        self.next += 1;
        token
    }

    fn at(&self) -> usize {
        self.peek().map_or(self.end, |token| token.at)
    }

    fn sign(&mut self, sign: char) -> bool {
        let found = self.peek().is_some_and(|token| token.kind == TokenKind::Sign(sign));
        self.next += usize::from(found);
        found
    }

    fn need(&mut self, sign: char, what: &'static str) -> Fallible<()> {
        let at = self.at();
        if self.sign(sign) { Ok(()) } else { Err((at, FaultKind::Formula(what))) }
    }

    fn word(&mut self, what: &'static str) -> Fallible<(usize, &'t str)> {
        let at = self.at();
        match self.take().map(|token| &token.kind) {
            Some(TokenKind::Word(word)) => Ok((at, word)),
            _ => Err((at, FaultKind::Formula(what))),
        }
    }

    fn sum(&mut self) -> Fallible<Node> {
        self.depth += 1;
        if self.depth > DEPTH_MAX {
            return Err((self.at(), FaultKind::Formula("fewer parentheses")));
        }
        let mut left = self.product()?;
        loop {
            let at = self.at();
            let body = if self.sign('+') {
                Body::Plus(left.into(), self.product()?.into())
            } else if self.sign('-') {
                Body::Minus(left.into(), self.product()?.into())
            } else {
                self.depth -= 1;
                return Ok(left);
            };
            left = Node { at, body };
        }
    }

    fn product(&mut self) -> Fallible<Node> {
        let mut left = self.factor()?;
        loop {
            let at = self.at();
            let body = if self.sign('*') {
                Body::Times(left.into(), self.factor()?.into())
            } else if self.sign('/') {
                let den = self.factor()?.into();
                Body::Over { num: left.into(), den, otherwise: self.otherwise()? }
            } else {
                return Ok(left);
            };
            left = Node { at, body };
        }
    }

    fn otherwise(&mut self) -> Fallible<Otherwise> {
        if !matches!(self.peek().map(|token| &token.kind), Some(TokenKind::Word(w)) if w == "else")
        {
            return Ok(Otherwise::Unsaid);
        }
        self.next += 1;
        let at = self.at();
        match self.take().map(|token| &token.kind) {
            Some(TokenKind::Word(word)) if word == "none" => Ok(Otherwise::None),
            Some(TokenKind::Number(number)) => Ok(Otherwise::Number(*number)),
            _ => Err((at, FaultKind::Formula("`none` or a number after `else`"))),
        }
    }

    fn factor(&mut self) -> Fallible<Node> {
        let at = self.at();
        let body = match self.take().map(|token| &token.kind) {
            Some(TokenKind::Number(number)) => Body::Number(*number),
            Some(TokenKind::Code(code)) => Body::Indicator(code.clone()),
            Some(TokenKind::Sign('(')) => {
                let inner = self.sum()?;
                self.need(')', "a closing parenthesis")?;
                inner.body
            }
            Some(TokenKind::Word(word)) => return self.named(at, word),
            _ => return Err((at, FaultKind::Formula("a fact, a number or a parenthesis"))),
        };
        Ok(Node { at, body })
    }

    fn named(&mut self, at: usize, word: &str) -> Fallible<Node> {
        let called = self.peek().is_some_and(|token| token.kind == TokenKind::Sign('('));
        if called {
            let when = match word {
                "begin" => Some(When::Begin),
                "end" => Some(When::End),
                _ => None,
            };
            self.next += 1;
            let body = match when {
                Some(when) => {
                    let (at, word) = self.word("a stock")?;
                    Body::Fact(self.fact(at, word, when)?)
                }
                None => self.call(at, word)?,
            };
            self.need(')', "a closing parenthesis")?;
            return Ok(Node { at, body });
        }
        Ok(Node { at, body: Body::Fact(self.fact(at, word, When::Sum)?) })
    }

    fn call(&mut self, at: usize, word: &str) -> Fallible<Body> {
        let found = Function::ALL.into_iter().find(|(name, ..)| *name == word);
        let (_, function, count) =
            found.ok_or_else(|| (at, FaultKind::UnknownFunction(word.to_owned())))?;
        let mut arguments = vec![self.sum()?];
        for _ in 1..count {
            self.need(',', "a comma and a second value")?;
            arguments.push(self.sum()?);
        }
        Ok(Body::Call(function, arguments))
    }

    fn fact(&mut self, at: usize, word: &str, when: When) -> Fallible<Reference> {
        let fact =
            Fact::from_word(word).ok_or_else(|| (at, FaultKind::UnknownFact(word.to_owned())))?;
        match (fact.kind(), when) {
            (Kind::Stock, When::Sum) => return Err((at, FaultKind::StockWithoutEnd(fact))),
            (Kind::Flow, When::Begin | When::End) => return Err((at, FaultKind::FlowAtEnd(fact))),
            _ => {}
        }
        let plane = if fact.kept() == Kept::Whole { Plane::Other } else { self.plane };
        let mut filter = Filter { plane, channel: None, procedure: None, field: None };
        if self.sign('[') {
            if fact.kept() == Kept::Whole {
                return Err((at, FaultKind::FilterOnWhole(fact)));
            }
            loop {
                self.condition(&mut filter)?;
                if !self.sign(',') {
                    break;
                }
            }
            self.need(']', "a closing bracket")?;
            let Filter { channel, procedure, field, .. } = &filter;
            let is_parted = channel.is_some() || procedure.is_some() || field.is_some();
            if is_parted && fact.kept() == Kept::Unit {
                return Err((at, FaultKind::FilterOnWhole(fact)));
            }
        }
        Ok(Reference { fact, when, filter })
    }

    fn condition(&mut self, filter: &mut Filter) -> Fallible<()> {
        let (at, key) = self.word("channel, matter, procedure or field")?;
        self.need('=', "an equals sign")?;
        let value_at = self.at();
        let value = match self.take().map(|token| &token.kind) {
            Some(TokenKind::Word(word) | TokenKind::Text(word)) => word.as_str(),
            _ => return Err((value_at, FaultKind::Formula("a word, or a text in quotes"))),
        };
        let unknown = || (value_at, FaultKind::UnknownValue(value.to_owned()));
        match key {
            "channel" => filter.channel = Some(Channel::from_word(value).ok_or_else(unknown)?),
            "matter" => filter.plane = Matter::from_word(value).ok_or_else(unknown)?.into(),
            "procedure" => {
                let code: ProcedureCode = value.parse().map_err(|_| unknown())?;
                filter.procedure = Some(ProcedureNumber::of(&code));
            }
            "field" => filter.field = Some(value.to_owned()),
            _ => return Err((at, FaultKind::UnknownFilter(key.to_owned()))),
        }
        Ok(())
    }
}
