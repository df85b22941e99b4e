//! From text to words, numbers and signs.

use crate::exact::Exact;

/// A token and the byte at which it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    pub(super) at: usize,
    pub(super) kind: TokenKind,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum TokenKind {
    Number(Exact),
    Word(String),
    /// The code of another indicator, written behind an `@`.
    Code(String),
    Text(String),
    Sign(char),
}

/// The tokens of a text; where a character belongs to none, its place.
pub(super) fn tokens(text: &str) -> Result<Vec<Token>, usize> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let at = text.len() - rest.len();
        let length = match first {
            c if c.is_whitespace() => {
                rest = &rest[c.len_utf8()..];
                continue;
            }
            '0'..='9' => span(rest, |c| c.is_ascii_digit() || c == '.'),
            'a'..='z' => span(rest, is_word),
            '@' => 1 + span(&rest[1..], |c| is_word(c) || c == '.' || c == '-'),
            '"' => 2 + rest[1..].find('"').ok_or(at)?,
            '+' | '-' | '*' | '/' | '(' | ')' | '[' | ']' | ',' | '=' => 1,
            _ => return Err(at),
        };
        let word = &rest[..length];
        let kind = match first {
            '0'..='9' => TokenKind::Number(word.parse().map_err(|_| at)?),
            'a'..='z' => TokenKind::Word(word.to_owned()),
            '@' => TokenKind::Code(word[1..].to_owned()),
            '"' => TokenKind::Text(word[1..length - 1].to_owned()),
            sign => TokenKind::Sign(sign),
        };
        tokens.push(Token { at, kind });
        rest = &rest[length..];
    }
    Ok(tokens)
}

fn is_word(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
}

fn span(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}
