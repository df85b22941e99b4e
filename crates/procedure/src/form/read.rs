//! From a JSON Schema document to the fields that it asks, or what is wrong with it and where.

use serde_json::{Map, Value};

use super::{CITIZEN_ID, COMMUNE, DATE, Form, PHONE, QUESTIONS_MAX, compiled, place::line_of};
use crate::{Choice, Field, FieldId, FieldKind, KnownFrom, SlugError};

/// The draft that documents are written in.
pub(super) const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// What is wrong with the document of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaFault {
    /// Not JSON, in the words of its parser.
    Syntax(String),
    /// Another draft than 2020-12.
    Draft(String),
    /// The form as a whole is not an object with properties.
    NotObject,
    /// The standard does not allow it, in the words of the checker.
    Keyword(String),
    /// Refers to a document outside.
    Outside(String),
    /// A property that no page can ask for: an object, a list, an unknown format.
    NoQuestion(String),
    /// A property, or one of its choices, whose name cannot name a field.
    Name {
        /// The name.
        text: String,
        /// Why not.
        why: SlugError,
    },
    /// A property without a title, which nobody could understand.
    NoTitle(String),
    /// `x-known` names no source, or one that this kind of question cannot take.
    Known(String),
    /// `required` names a property that is not there.
    RequiredUnknown(String),
    /// More questions than anyone answers.
    TooMany,
}

/// A fault and its line in the text, from 1.
pub(crate) type Lined = (usize, SchemaFault);

/// Reads a document.
///
/// # Errors
/// Every fault with its line.
pub(crate) fn read(text: &str) -> Result<(Form, Vec<Field>), Vec<Lined>> {
    let schema: Value = match serde_json::from_str(text) {
        Ok(schema) => schema,
        Err(error) => {
            return Err(vec![(error.line().max(1), SchemaFault::Syntax(error.to_string()))]);
        }
    };
    let faults = whole(&schema);
    let at = |(pointer, fault): (String, SchemaFault)| (line_of(text, &pointer), fault);
    if !faults.is_empty() {
        return Err(faults.into_iter().map(at).collect());
    }
    if let Err(error) = compiled(&schema) {
        let pointer = error.instance_path().to_string();
        return Err(vec![at((pointer, SchemaFault::Keyword(error.to_string())))]);
    }
    let (fields, faults) = fields(&schema);
    if faults.is_empty() {
        Ok((Form::unchecked(schema), fields))
    } else {
        Err(faults.into_iter().map(at).collect())
    }
}

type Found = Vec<(String, SchemaFault)>;

/// What makes the rest not worth reading.
fn whole(schema: &Value) -> Found {
    let mut found = Found::new();
    if let Some(draft) = schema.get("$schema")
        && draft.as_str() != Some(DRAFT)
    {
        found.push(("/$schema".into(), SchemaFault::Draft(draft.to_string())));
    }
    if schema["type"] != "object" || !schema["properties"].is_object() {
        found.push((String::new(), SchemaFault::NotObject));
    }
    outside(schema, &mut String::new(), &mut found);
    found
}

/// References that lead out of the document.
fn outside(part: &Value, pointer: &mut String, found: &mut Found) {
    let mut below = |key: &str, part: &Value, found: &mut Found| {
        let length = pointer.len();
        pointer.push('/');
        pointer.push_str(&key.replace('~', "~0").replace('/', "~1"));
        if matches!(key, "$ref" | "$dynamicRef")
            && let Some(to) = part.as_str().filter(|to| !to.starts_with('#'))
        {
            found.push((pointer.clone(), SchemaFault::Outside(to.to_owned())));
        }
        outside(part, pointer, found);
        pointer.truncate(length);
    };
    match part {
        Value::Object(parts) => parts.iter().for_each(|(key, part)| below(key, part, found)),
        Value::Array(parts) => {
            parts.iter().enumerate().for_each(|(n, part)| below(&n.to_string(), part, found));
        }
        _ => {}
    }
}

fn fields(schema: &Value) -> (Vec<Field>, Found) {
    let (mut fields, mut found) = (Vec::new(), Found::new());
    let none = Map::new();
    let properties = schema["properties"].as_object().unwrap_or(&none);
    if properties.len() > QUESTIONS_MAX {
        found.push(("/properties".into(), SchemaFault::TooMany));
    }
    let required: Vec<&str> =
        schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    for (n, name) in required.iter().enumerate() {
        if !properties.contains_key(*name) {
            let fault = SchemaFault::RequiredUnknown((*name).to_owned());
            found.push((format!("/required/{n}"), fault));
        }
    }
    for (name, part) in properties {
        match field(name, part, required.contains(&name.as_str())) {
            Ok(field) => fields.push(field),
            Err(fault) => found.push((format!("/properties/{name}"), fault)),
        }
    }
    (fields, found)
}

fn field(name: &str, part: &Value, required: bool) -> Result<Field, SchemaFault> {
    let id = slug(name)?;
    let text = |key: &str| part[key].as_str().map(kernel::nfc).filter(|text| !text.is_empty());
    let label = text("title").ok_or_else(|| SchemaFault::NoTitle(name.to_owned()))?;
    let choices = choices(part)?;
    let kind =
        kind(part, !choices.is_empty()).ok_or_else(|| SchemaFault::NoQuestion(name.to_owned()))?;
    let known = match part.get("x-known") {
        None => None,
        Some(word) => {
            let known = word.as_str().and_then(KnownFrom::from_word);
            let fits = known.filter(|known| known.fits(kind));
            Some(fits.ok_or_else(|| SchemaFault::Known(word.to_string()))?)
        }
    };
    Ok(Field {
        id,
        label,
        label_en: text("x-title-en"),
        question: text("x-question"),
        question_en: text("x-question-en"),
        hint: text("description"),
        hint_en: text("x-hint-en"),
        kind,
        required,
        choices,
        personal: part["x-personal"].as_bool().unwrap_or(true),
        known,
    })
}

fn slug(name: &str) -> Result<FieldId, SchemaFault> {
    name.parse().map_err(|why| SchemaFault::Name { text: name.to_owned(), why })
}

/// The answers that can be chosen, of `oneOf` with titles or of a plain `enum`.
fn choices(part: &Value) -> Result<Vec<Choice>, SchemaFault> {
    let titled = part["oneOf"].as_array().into_iter().flatten().filter_map(|one| {
        let value = one["const"].as_str()?;
        let label = one["title"].as_str().map_or_else(|| value.to_owned(), kernel::nfc);
        Some((value, label, one["x-title-en"].as_str().map(kernel::nfc)))
    });
    let plain = part["enum"].as_array().into_iter().flatten();
    let plain = plain.filter_map(|one| Some((one.as_str()?, one.as_str()?.to_owned(), None)));
    titled
        .chain(plain)
        .map(|(value, label, label_en)| Ok(Choice { id: slug(value)?, label, label_en }))
        .collect()
}

fn kind(part: &Value, chosen: bool) -> Option<FieldKind> {
    match (part["type"].as_str()?, part["format"].as_str()) {
        ("string", None) if chosen => Some(FieldKind::Choice),
        ("string", None) if part["x-lines"].as_u64().is_some_and(|lines| lines > 1) => {
            Some(FieldKind::LongText)
        }
        ("string", None) => Some(FieldKind::Text),
        ("string", Some(DATE)) => Some(FieldKind::Date),
        ("string", Some(CITIZEN_ID)) => Some(FieldKind::CitizenId),
        ("string", Some(PHONE)) => Some(FieldKind::Phone),
        ("string", Some(COMMUNE)) => Some(FieldKind::Commune),
        ("integer", None) => Some(FieldKind::Integer),
        _ => None,
    }
}
