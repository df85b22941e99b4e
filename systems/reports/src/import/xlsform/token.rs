//! The words of an XPath expression, as far as our forms know them.

use crate::number::Number;

/// `.`: the question itself.
pub(super) const SELF: &str = ".";
/// A longer text is none that our rules could say.
const LETTERS_MAX: usize = 1_000;

/// A word of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    Name(String),
    Number(Number),
    Plus,
    Minus,
    Times,
    Divided,
    Open,
    Close,
    And,
    Sign(&'static str),
}

/// The longer signs first: `<` begins `<=`.
const SIGNS: [&str; 6] = ["<=", ">=", "!=", "<", ">", "="];

/// The words of an expression; none where one of them is none of ours.
pub(super) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut rest = text.trim();
    if rest.is_empty() || rest.len() > LETTERS_MAX {
        return None;
    }
    let mut tokens = Vec::new();
    while !rest.is_empty() {
        let (token, behind) = token(rest)?;
        tokens.push(token);
        rest = behind.trim_start();
    }
    Some(tokens)
}

fn token(rest: &str) -> Option<(Token, &str)> {
    if let Some(named) = rest.strip_prefix("${") {
        let (name, behind) = named.split_once('}')?;
        return Some((Token::Name(name.trim().to_owned()), behind));
    }
    if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
        return Some((Token::Sign(sign), &rest[sign.len()..]));
    }
    let length = rest.bytes().take_while(|b| b.is_ascii_digit() || *b == b'.').count();
    if length > 0 {
        let (number, behind) = rest.split_at(length);
        let token = match number {
            SELF => Token::Name(SELF.to_owned()),
            number => Token::Number(Number::plain(number)?),
        };
        return Some((token, behind));
    }
    let words = [("and ", Token::And), ("div ", Token::Divided)];
    let signs = [
        ("+", Token::Plus),
        ("-", Token::Minus),
        ("*", Token::Times),
        ("(", Token::Open),
        (")", Token::Close),
    ];
    let known = words.into_iter().chain(signs);
    known.into_iter().find_map(|(text, token)| Some((token, rest.strip_prefix(text)?)))
}
