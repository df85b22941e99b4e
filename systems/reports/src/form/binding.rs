//! A figure as a form names it: `dossiers.received[channel = online]`, in a cell or in prose.

use std::fmt;

use casework::Channel;
use indicators::{ProcedureNumber, Slice};
use kernel::ProcedureCode;

/// An indicator, perhaps of a part of what it counts.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Binding {
    /// The code of the indicator.
    pub code: String,
    /// Of which part.
    pub slice: Slice,
}

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Words.
    Words(&'t str),
    /// What stands in braces: a cell, or an indicator.
    Named(&'t str),
}

impl Binding {
    /// Reads a binding; `Err` has what is wrong in it.
    ///
    /// # Errors
    /// The filter, as it was written, where it is none.
    pub fn read(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let Some((code, filter)) = text.split_once('[') else {
            return Ok(Self { code: text.to_owned(), slice: Slice::default() });
        };
        let filter = filter.strip_suffix(']').ok_or_else(|| text.to_owned())?;
        let mut binding = Self { code: code.trim().to_owned(), slice: Slice::default() };
        binding.narrow(filter)?;
        Ok(binding)
    }

    /// Narrows it by further filters: `field = "Hộ tịch", channel = online`.
    ///
    /// # Errors
    /// The filter that is none, or that contradicts what is there.
    pub fn narrow(&mut self, filter: &str) -> Result<(), String> {
        for one in filter.split(',').filter(|one| !one.trim().is_empty()) {
            let fault = || one.trim().to_owned();
            let (key, value) = one.split_once('=').ok_or_else(fault)?;
            let value = value.trim().trim_matches('"');
            let fresh = match key.trim() {
                "channel" => {
                    let channel = Channel::from_word(value).ok_or_else(fault)?;
                    self.slice.channel.replace(channel).is_none()
                }
                "procedure" => {
                    let code: ProcedureCode = value.parse().map_err(|_| fault())?;
                    self.slice.procedure.replace(ProcedureNumber::of(&code)).is_none()
                }
                "field" => self.slice.field.replace(value.to_owned()).is_none(),
                _ => return Err(fault()),
            };
            if !fresh || value.is_empty() {
                return Err(fault());
            }
        }
        Ok(())
    }
}

impl fmt::Display for Binding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.slice.name_of(&self.code))
    }
}

/// Prose as words and what stands in braces. A brace without its other one is a word.
#[must_use]
pub fn pieces(text: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else { break };
        if open > 0 {
            pieces.push(Piece::Words(&rest[..open]));
        }
        pieces.push(Piece::Named(rest[open + 1..close].trim()));
        rest = &rest[close + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Words(rest));
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_binding_is_read_as_it_is_written() {
        for text in [
            "dossiers.received",
            "dossiers.received[channel = online, field = \"Đất đai\"]",
            "dossiers.finished[procedure = 1.000656]",
        ] {
            assert_eq!(Binding::read(text).unwrap().to_string(), text);
        }
        assert!(Binding::read("a[channel = pigeon]").is_err());
        assert!(Binding::read("a[colour = red]").is_err());
        assert!(Binding::read("a[field = x").is_err());
        let mut twice = Binding::read("a[field = x]").unwrap();
        assert!(twice.narrow("field = y").is_err());
    }

    #[test]
    fn prose_falls_into_words_and_figures() {
        let read = pieces("Nhận {a.b} hồ sơ, {c}");
        let wanted = [
            Piece::Words("Nhận "),
            Piece::Named("a.b"),
            Piece::Words(" hồ sơ, "),
            Piece::Named("c"),
        ];
        assert_eq!(read, wanted);
        assert_eq!(pieces("a { b"), [Piece::Words("a { b")]);
    }
}
