//! Reading TOML with its lines: each value is asked for by key, faults gather, and what nobody
//! asked for is an unknown key.

use std::str::FromStr;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};

use crate::{Fault, FaultKind, Shape};

/// Where each line of a text begins, and the faults found so far.
pub(crate) struct Findings {
    starts: Vec<usize>,
    pub(crate) faults: Vec<Fault>,
}

impl Findings {
    pub(crate) fn new(text: &str) -> Self {
        let ends = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let starts = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Self { starts, faults: Vec::new() }
    }

    /// The line of a byte offset, from 1.
    pub(crate) fn line(&self, offset: usize) -> usize {
        self.starts.partition_point(|start| *start <= offset)
    }

    pub(crate) fn add(&mut self, line: usize, kind: FaultKind) {
        self.faults.push(Fault { line, kind });
    }
}

/// A value and its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct At<T> {
    pub(crate) line: usize,
    pub(crate) value: T,
}

/// A table of the file, with the keys that were asked for.
pub(crate) struct Section<'t> {
    table: &'t DeTable<'t>,
    line: usize,
    asked: Vec<&'static str>,
}

/// Why a value is refused; the section adds the key.
pub(crate) enum Wrong {
    Shape(Shape),
    Word(String, &'static [&'static str]),
    Kind(FaultKind),
}

impl<'t> Section<'t> {
    pub(crate) fn new(table: &'t DeTable<'t>, line: usize) -> Self {
        Self { table, line, asked: Vec::new() }
    }

    pub(crate) fn line(&self) -> usize {
        self.line
    }

    /// The value of a key, if it is there and right.
    pub(crate) fn may<T>(
        &mut self,
        found: &mut Findings,
        key: &'static str,
        parse: impl FnOnce(&'t DeValue<'t>) -> Result<T, Wrong>,
    ) -> Option<At<T>> {
        self.asked.push(key);
        let (_, value) = self.table.iter().find(|(name, _)| name.get_ref() == key)?;
        let line = found.line(value.span().start);
        let kind = match parse(value.get_ref()) {
            Ok(value) => return Some(At { line, value }),
            Err(Wrong::Shape(shape)) => FaultKind::WrongShape { key, shape },
            Err(Wrong::Word(word, known)) => FaultKind::UnknownWord { key, word, known },
            Err(Wrong::Kind(kind)) => kind,
        };
        found.add(line, kind);
        None
    }

    /// The value of a key that has to be there.
    pub(crate) fn need<T>(
        &mut self,
        found: &mut Findings,
        key: &'static str,
        parse: impl FnOnce(&'t DeValue<'t>) -> Result<T, Wrong>,
    ) -> Option<At<T>> {
        if !self.has(key) {
            found.add(self.line, FaultKind::MissingKey(key));
        }
        self.may(found, key, parse)
    }

    pub(crate) fn has(&self, key: &str) -> bool {
        self.table.iter().any(|(name, _)| name.get_ref() == key)
    }

    /// The sections under a key, `[[key]]`, in the order of the file.
    pub(crate) fn sections(&mut self, found: &mut Findings, key: &'static str) -> Vec<Section<'t>> {
        let shape = || Wrong::Shape(Shape::Sections);
        let items = self.may(found, key, |value| value.as_array().ok_or_else(shape));
        let mut sections = Vec::new();
        for item in items.iter().flat_map(|items| items.value.iter()) {
            let line = found.line(item.span().start);
            match item.get_ref() {
                DeValue::Table(table) => sections.push(Section::new(table, line)),
                _ => found.add(line, FaultKind::WrongShape { key, shape: Shape::Sections }),
            }
        }
        sections
    }

    /// Tells of the keys that nobody asked for.
    pub(crate) fn finish(self, found: &mut Findings) {
        for (name, _) in self.table {
            let key: &str = name.get_ref();
            if !self.asked.contains(&key) {
                let near = self.asked.iter().map(|known| (distance(key, known), *known));
                let meant = near.min().filter(|(letters, _)| *letters <= 2).map(|(_, known)| known);
                let kind = FaultKind::UnknownKey { key: key.to_owned(), meant };
                found.add(found.line(name.span().start), kind);
            }
        }
    }
}

/// Text, with blanks at its ends taken off, and not empty.
pub(crate) fn text(value: &DeValue<'_>) -> Result<String, Wrong> {
    let text = value.as_str().map(str::trim).unwrap_or_default();
    if text.is_empty() { Err(Wrong::Shape(Shape::Text)) } else { Ok(text.to_owned()) }
}

/// Text that is some code or name.
pub(crate) fn parsed<T: FromStr>(
    kind: impl FnOnce(String, T::Err) -> FaultKind,
) -> impl FnOnce(&DeValue<'_>) -> Result<T, Wrong> {
    |value| {
        let text = text(value)?;
        text.parse().map_err(|why| Wrong::Kind(kind(text, why)))
    }
}

/// One of the words of an enumeration.
pub(crate) fn word<T>(
    from_word: impl Fn(&str) -> Option<T>,
    known: &'static [&'static str],
) -> impl Fn(&DeValue<'_>) -> Result<T, Wrong> {
    move |value| {
        let text = text(value)?;
        from_word(&text).ok_or(Wrong::Word(text, known))
    }
}

/// A list that is not empty.
pub(crate) fn list<T>(
    item: impl Fn(&DeValue<'_>) -> Result<T, Wrong>,
) -> impl Fn(&DeValue<'_>) -> Result<Vec<T>, Wrong> {
    move |value| {
        let items = value.as_array().filter(|items| !items.is_empty());
        let items = items.ok_or(Wrong::Shape(Shape::Texts))?;
        items.iter().map(|one| item(one.get_ref())).collect()
    }
}

pub(crate) fn yes_no(value: &DeValue<'_>) -> Result<bool, Wrong> {
    value.as_bool().ok_or(Wrong::Shape(Shape::YesNo))
}

/// A whole number, however it is written.
pub(crate) fn integer(value: &DeValue<'_>) -> Result<i64, Wrong> {
    let number = value.as_integer().ok_or(Wrong::Shape(Shape::Integer))?;
    i64::from_str_radix(number.as_str(), number.radix()).map_err(|_| Wrong::Shape(Shape::Integer))
}

/// A whole number in a range.
pub(crate) fn number_in(
    key: &'static str,
    least: u32,
    most: u32,
) -> impl FnOnce(&DeValue<'_>) -> Result<u32, Wrong> {
    move |value| {
        let number = integer(value)?;
        let fits = u32::try_from(number).ok().filter(|number| (least..=most).contains(number));
        fits.ok_or(Wrong::Kind(FaultKind::BadNumber { key, least, most }))
    }
}

/// A number with or without a fraction.
pub(crate) fn decimal(value: &DeValue<'_>) -> Result<f64, Wrong> {
    let parsed = match value {
        DeValue::Integer(_) => return integer(value).map(|whole| whole as f64),
        DeValue::Float(number) => number.as_str().parse(),
        _ => return Err(Wrong::Shape(Shape::Number)),
    };
    parsed.map_err(|_| Wrong::Shape(Shape::Number))
}

/// A day.
pub(crate) fn date(value: &DeValue<'_>) -> Result<Date, Wrong> {
    let shape = || Wrong::Shape(Shape::Date);
    let found = value.as_datetime().ok_or_else(shape)?;
    let (Some(date), None) = (found.date, found.time) else { return Err(shape()) };
    date.to_string().parse().map_err(|_| shape())
}

/// How many letters part two keys; enough of them to tell a slip from another word.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, letter) in a.chars().take(64).enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for j in 0..b.len() {
            let change = corner + usize::from(letter != b[j]);
            corner = row[j + 1];
            row[j + 1] = change.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}
