//! What is wrong with the text of a regime or of a form, and in which line.

kernel::words! {
    /// What is wrong.
    FaultKind {
        /// Not TOML, or another shape.
        Syntax = "syntax",
        /// A word that is none of those that may stand here.
        Word = "word",
        /// An identifier that is not of small letters, digits and `-`.
        Id = "id",
        /// The same identifier twice.
        Twice = "twice",
        /// No such indicator.
        Indicator = "indicator",
        /// The filter behind an indicator cannot be read.
        Filter = "filter",
        /// No such cell.
        Cell = "cell",
        /// A sum with a number by itself.
        Sum = "sum",
        /// Choices without a code, or with one twice, or in a cell of numbers.
        Options = "options",
        /// A rule that cannot be read.
        Rule = "rule",
        /// Something that must not be empty.
        Empty = "empty",
        /// More than there may be.
        Many = "many",
        /// No such form.
        Form = "form",
        /// A day that no month has, or a round without its deadline.
        Deadline = "deadline",
        /// A period that is none.
        Period = "period",
        /// Rows that repeat hold what only fixed rows can.
        Repeat = "repeat",
    }
}

/// Something wrong, in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong.
    pub kind: FaultKind,
    /// With what.
    pub about: String,
}

/// Findings as they are collected.
#[derive(Debug)]
pub(crate) struct Findings<'t> {
    text: &'t str,
    found: Vec<Finding>,
}

impl<'t> Findings<'t> {
    pub(crate) const fn of(text: &'t str) -> Self {
        Self { text, found: Vec::new() }
    }

    /// Notes a finding at a byte of the text.
    pub(crate) fn add(&mut self, byte: usize, kind: FaultKind, about: impl Into<String>) {
        let line = 1 + self.text.bytes().take(byte).filter(|b| *b == b'\n').count();
        self.found.push(Finding { line, kind, about: about.into() });
    }

    /// What the reader of TOML says.
    pub(crate) fn syntax(&mut self, error: &toml::de::Error) {
        let at = error.span().map_or(0, |span| span.start);
        self.add(at, FaultKind::Syntax, error.message());
    }

    /// The value, if nothing was found.
    pub(crate) fn or<T>(mut self, value: T) -> Result<T, Vec<Finding>> {
        self.found.sort_by_key(|finding| finding.line);
        if self.found.is_empty() { Ok(value) } else { Err(self.found) }
    }

    /// What was found.
    pub(crate) fn into(self) -> Vec<Finding> {
        self.found
    }
}

/// Whether a text is an identifier: small letters, digits and `-`, forty at most.
pub(crate) fn is_id(text: &str) -> bool {
    let fits = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    (1..=40).contains(&text.len()) && text.bytes().all(fits)
}
