//! One tree for both formats: a record has named parts, a list has a name for its items that
//! only XML shows.

use std::fmt::Write as _;

use serde_json::{Map, Number};

/// In which format an answer is wanted: the ending of the path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// `.xml`
    Xml,
    /// `.json`
    Json,
}

impl Format {
    /// The name before the ending, and the format; none for another ending.
    #[must_use]
    pub fn of_path(name: &str) -> Option<(&str, Self)> {
        let (stem, ending) = name.rsplit_once('.')?;
        match ending {
            "xml" => Some((stem, Self::Xml)),
            "json" => Some((stem, Self::Json)),
            _ => None,
        }
    }

    /// The media type of answers.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Xml => "text/xml; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
        }
    }
}

/// A part of an answer.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing is known: an empty element, `null`.
    None,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// A number.
    Real(f64),
    /// Yes or no.
    Flag(bool),
    /// Named parts, in order.
    Record(Vec<(&'static str, Value)>),
    /// Items, each an element of that name.
    List(&'static str, Vec<Value>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::None, Into::into)
    }
}
impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}
impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Flag(value)
    }
}

/// A whole answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// Name of the outermost element.
    pub root: &'static str,
    /// What is in it.
    pub value: Value,
}

impl Document {
    /// The answer as text.
    #[must_use]
    pub fn write(&self, format: Format) -> String {
        match format {
            Format::Json => json(&self.value).to_string(),
            Format::Xml => {
                let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
                element(&mut out, self.root, &self.value);
                out
            }
        }
    }
}

fn json(value: &Value) -> serde_json::Value {
    match value {
        Value::None => serde_json::Value::Null,
        Value::Text(text) => text.clone().into(),
        Value::Whole(number) => (*number).into(),
        Value::Real(number) => {
            Number::from_f64(*number).map_or(serde_json::Value::Null, Into::into)
        }
        Value::Flag(flag) => (*flag).into(),
        Value::Record(parts) => {
            let parts = parts.iter().map(|(name, part)| ((*name).to_owned(), json(part)));
            serde_json::Value::Object(parts.collect::<Map<_, _>>())
        }
        Value::List(_, items) => items.iter().map(json).collect::<Vec<_>>().into(),
    }
}

fn element(out: &mut String, name: &str, value: &Value) {
    if matches!(value, Value::None) {
        // Writing to a string cannot fail, here and below.
        let _ = write!(out, "<{name}/>");
        return;
    }
    let _ = write!(out, "<{name}>");
    match value {
        Value::None => {}
        Value::Text(text) => escape(out, text),
        Value::Whole(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Real(number) => {
            let _ = write!(out, "{number}");
        }
        Value::Flag(flag) => {
            let _ = write!(out, "{flag}");
        }
        Value::Record(parts) => parts.iter().for_each(|(name, part)| element(out, name, part)),
        Value::List(item, items) => items.iter().for_each(|part| element(out, item, part)),
    }
    let _ = write!(out, "</{name}>");
}

/// The text as XML holds it.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(&mut out, text);
    out
}

/// What XML 1.0 cannot hold is left out.
fn escape(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' | '\r' => out.push(letter),
            control if control.is_control() || matches!(control, '\u{FFFE}' | '\u{FFFF}') => {}
            other => out.push(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_tree_is_written_in_both_formats() {
        let one = Value::Record(vec![
            ("name", "Ổ gà & \"hố\" <to>\u{8}".into()),
            ("lat", 21.59.into()),
            ("photo", Value::None),
        ]);
        let doc = Document { root: "things", value: Value::List("thing", vec![one]) };
        assert_eq!(
            doc.write(Format::Xml),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<things><thing><name>Ổ gà &amp; \
             &quot;hố&quot; &lt;to&gt;</name><lat>21.59</lat><photo/></thing></things>"
        );
        let written: serde_json::Value = serde_json::from_str(&doc.write(Format::Json)).unwrap();
        assert_eq!(written[0]["lat"], 21.59);
        assert!(written[0]["photo"].is_null());
        assert_eq!(Format::of_path("H55.1-1.json"), Some(("H55.1-1", Format::Json)));
        assert_eq!(Format::of_path("services"), None);
    }
}
