//! Figures from plain JSON, as tables of them are published.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, Visitor},
};
use serde_json::value::RawValue;

use crate::{Error, Given, Inputs, Number, Period, Result, Scorecard, Sureness};

/// JSON longer than this is refused.
pub const JSON_BYTES_MAX: usize = 1 << 20;

/// Objects within objects deeper than this are refused.
pub const JSON_DEPTH_MAX: usize = 8;

/// Reads the figures of one scorecard from a JSON object.
///
/// A key that is the name of an input (or one by which it is published) has a number, `null` for
/// a figure that is missing, or an object `{"value": …, "worst": …, "best": …, "sure": …}`. A key
/// that is the id or code of a part may have `{"numerator": …, "denominator": …}`. Objects under
/// other keys are looked into. `"sure": "verified"` or `"self-assessed"` on top says how sure the
/// figures are that say nothing themselves (self-assessed, where nothing is said), and `"period"`
/// is `"month"`, `"quarter"` or `"year"`. Every other key is kept in [`Inputs::unused`]: published
/// rows carry names, ranks and results beside the figures.
///
/// # Errors
/// What is wrong with the text or with a figure; [`Error::NothingKnown`] where no figure of the
/// scorecard is in it.
pub fn parse_inputs(scorecard: &Scorecard, json: &str) -> Result<Inputs> {
    read(scorecard, &object(bounded(json)?)?)
}

/// Reads the figures of many: a JSON array of objects as [`parse_inputs`] takes them, or an object
/// with such an array under `"rows"`; an object without it is one row. With each row comes its
/// `"name"`, empty where it has none.
///
/// # Errors
/// Those of [`parse_inputs`], for the first row that has any; [`Error::NoRows`].
pub fn parse_table(scorecard: &Scorecard, json: &str) -> Result<Vec<(String, Inputs)>> {
    let json = bounded(json)?;
    let rows = if json.trim_start().starts_with('[') {
        list(json)?
    } else {
        let top = object(json)?;
        match top.get("rows").filter(|rows| rows.starts_with('[')) {
            Some(rows) => list(rows)?,
            None => vec![top],
        }
    };
    if rows.is_empty() {
        let example = scorecard.inputs().first().map(|input| input.name.clone());
        return Err(Error::NoRows(example.unwrap_or_default()));
    }
    let row = |row: &Object| {
        let name = row.get("name").and_then(|raw| serde_json::from_str(raw).ok());
        Ok((name.unwrap_or_default(), read(scorecard, row)?))
    };
    rows.iter().map(row).collect()
}

/// Without the mark that some editors put first.
fn bounded(json: &str) -> Result<&str> {
    let json = json.strip_prefix('\u{feff}').unwrap_or(json);
    if json.len() > JSON_BYTES_MAX { Err(Error::TooMuch) } else { Ok(json) }
}

fn read(scorecard: &Scorecard, top: &Object) -> Result<Inputs> {
    let sure = match top.get("sure") {
        Some(word) => sureness(word)?,
        None => Sureness::default(),
    };
    let mut reader = Reader { scorecard, inputs: Inputs::none(scorecard), known: Vec::new(), sure };
    reader.walk(top, "", 0)?;
    if reader.known.is_empty() { Err(Error::NothingKnown) } else { Ok(reader.inputs) }
}

/// An object with its keys in order, its values as they are written: numbers lose no digit.
struct Object(Vec<(String, Box<RawValue>)>);

impl Object {
    fn get(&self, key: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == key).map(|(_, raw)| raw.get())
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;

        impl<'de> Visitor<'de> for Entries {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of figures")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Object(entries))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

fn object(json: &str) -> Result<Object> {
    serde_json::from_str(json).map_err(|error| refused(&error))
}

fn list(json: &str) -> Result<Vec<Object>> {
    serde_json::from_str(json).map_err(|error| refused(&error))
}

fn refused(error: &serde_json::Error) -> Error {
    match error.classify() {
        serde_json::error::Category::Data => Error::NotAnObject,
        _ => Error::Json { line: error.line(), column: error.column(), why: error.to_string() },
    }
}

fn sureness(raw: &str) -> Result<Sureness> {
    let known: &[&str] = &["verified", "self-assessed"];
    match raw {
        "\"verified\"" => Ok(Sureness::Verified),
        "\"self-assessed\"" => Ok(Sureness::SelfAssessed),
        _ => Err(Error::UnknownWord { key: "sure", known }),
    }
}

struct Reader<'s> {
    scorecard: &'s Scorecard,
    inputs: Inputs,
    /// The places of what was named, with a figure or with null.
    known: Vec<usize>,
    sure: Sureness,
}

impl Reader<'_> {
    fn walk(&mut self, object_of: &Object, path: &str, depth: usize) -> Result<()> {
        for (key, raw) in &object_of.0 {
            let raw = raw.get();
            let within = format!("{path}{key}");
            match (depth, key.as_str()) {
                (0, "sure") => {}
                (0, "period") => self.inputs.period = period(raw)?,
                _ if self.scorecard.input_place(key).is_some() => self.figure(key, raw)?,
                _ if !raw.starts_with('{') => self.inputs.unused.push(within),
                _ if depth + 1 >= JSON_DEPTH_MAX => return Err(Error::TooMuch),
                _ => {
                    let inner = object(raw)?;
                    if !self.ratio(key, &inner)? {
                        self.walk(&inner, &format!("{within}."), depth + 1)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn figure(&mut self, name: &str, raw: &str) -> Result<()> {
        let unknown = || Error::UnknownInput(name.to_owned());
        let place = self.scorecard.input_place(name).ok_or_else(unknown)?;
        if self.known.contains(&place) {
            return Err(Error::Twice(name.to_owned()));
        }
        self.known.push(place);
        if raw == "null" {
            return Ok(());
        }
        let mut given = Given { value: Number::zero(), worst: None, best: None, sure: self.sure };
        if raw.starts_with('{') {
            let inner = object(raw)?;
            let missing = || Error::NotANumber(name.to_owned());
            given.value = number(name, inner.get("value").ok_or_else(missing)?)?;
            given.worst = inner.get("worst").map(|raw| number(name, raw)).transpose()?;
            given.best = inner.get("best").map(|raw| number(name, raw)).transpose()?;
            given.sure = inner.get("sure").map_or(Ok(self.sure), sureness)?;
        } else {
            given.value = number(name, raw)?;
        }
        let input = &self.scorecard.inputs()[place];
        self.inputs.set(input, place, given)
    }

    /// Takes `{"numerator": …, "denominator": …}` under the id or code of a part.
    fn ratio(&mut self, key: &str, inner: &Object) -> Result<bool> {
        let called = |part: &&crate::Part| part.id == key || part.code.as_deref() == Some(key);
        let (Some(part), Some(numerator), Some(denominator)) = (
            self.scorecard.parts().iter().find(called),
            inner.get("numerator"),
            inner.get("denominator"),
        ) else {
            return Ok(false);
        };
        let measure = &part.measure;
        let below = measure.denominators.first().and_then(crate::Expression::only_input);
        let (Some(above), Some(below)) = (measure.numerator.only_input(), below) else {
            return Err(Error::NotARatio(key.to_owned()));
        };
        let name = |place: usize| self.scorecard.inputs()[place].name.clone();
        let (above, below) = (name(above), name(below));
        self.figure(&above, numerator)?;
        // Two parts may share a denominator; then it is given with both, and has to agree.
        let place = self.scorecard.input_place(&below);
        match place.and_then(|place| self.inputs.get(place)) {
            Some(given) if given.value == number(&below, denominator)? => {}
            _ => self.figure(&below, denominator)?,
        }
        Ok(true)
    }
}

fn period(raw: &str) -> Result<Period> {
    let known: &[&str] = &["month", "quarter", "year"];
    serde_json::from_str(raw).map_err(|_| Error::UnknownWord { key: "period", known })
}

fn number(name: &str, raw: &str) -> Result<Number> {
    raw.parse().map_err(|_| Error::NotANumber(name.to_owned()))
}
