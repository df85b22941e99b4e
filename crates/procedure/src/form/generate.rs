//! From the fields of a procedure file to a JSON Schema document.

use serde_json::{Map, Value, json};

use super::format_of;
use crate::{Choice, Field, FieldKind};

/// Most letters of a line, and of several.
pub(super) const LINE_MAX: u64 = 300;
pub(super) const LINES_MAX: u64 = 4000;
/// Greatest whole number: what a browser still counts exactly.
const NUMBER_MAX: i64 = 9_007_199_254_740_991;

/// The document that asks these fields, in their order.
pub(super) fn schema(title: &str, fields: &[Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.id.to_string(), property(field))).collect();
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.id.as_str()).collect();
    json!({
        "$schema": super::read::DRAFT,
        "title": title,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

fn property(field: &Field) -> Value {
    let mut part = Map::new();
    part.insert("title".into(), field.label.as_str().into());
    let mut say = |key: &str, text: &Option<String>| {
        if let Some(text) = text {
            part.insert(key.into(), text.as_str().into());
        }
    };
    say("x-title-en", &field.label_en);
    say("x-question", &field.question);
    say("x-question-en", &field.question_en);
    say("description", &field.hint);
    say("x-hint-en", &field.hint_en);
    for (key, value) in shape(field) {
        part.insert(key.into(), value);
    }
    if !field.personal {
        part.insert("x-personal".into(), false.into());
    }
    if let Some(known) = field.known {
        part.insert("x-known".into(), known.word().into());
    }
    Value::Object(part)
}

/// The keywords that constrain the answer.
fn shape(field: &Field) -> Vec<(&'static str, Value)> {
    if let Some(format) = format_of(field.kind) {
        return vec![("type", "string".into()), ("format", format.into())];
    }
    match field.kind {
        FieldKind::Integer => {
            vec![("type", "integer".into()), ("minimum", 0.into()), ("maximum", NUMBER_MAX.into())]
        }
        FieldKind::Choice => {
            let choices: Vec<Value> = field.choices.iter().map(choice).collect();
            vec![("type", "string".into()), ("oneOf", choices.into())]
        }
        FieldKind::LongText => vec![
            ("type", "string".into()),
            ("minLength", 1.into()),
            ("maxLength", LINES_MAX.into()),
            ("x-lines", 4.into()),
        ],
        _ => {
            vec![("type", "string".into()), ("minLength", 1.into()), ("maxLength", LINE_MAX.into())]
        }
    }
}

fn choice(choice: &Choice) -> Value {
    match &choice.label_en {
        Some(english) => {
            json!({ "const": choice.id, "title": choice.label, "x-title-en": english })
        }
        None => json!({ "const": choice.id, "title": choice.label }),
    }
}
