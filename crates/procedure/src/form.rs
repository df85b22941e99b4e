//! The form of a procedure: a JSON Schema 2020-12 document and the questions that it asks.
//!
//! There is one mechanism. Either the procedure file carries the document (`[form] schema`), and
//! its properties are read as fields; or the file has `[[field]]` sections, and the document is
//! made of them. Either way both exist, the server and the browser check answers by the same
//! document, and whatever else looks at answers (conditions, the counter, what is known already)
//! looks at the fields.

mod check;
mod generate;
mod place;
mod read;

use std::sync::{Arc, OnceLock};

use jsonschema::{Draft, PatternOptions, Validator};
use serde_json::Value;

pub use check::{Complaint, Why};
pub use read::SchemaFault;
pub(crate) use read::read;

use crate::{Field, FieldId, FieldKind};

/// Most questions of one form.
pub const QUESTIONS_MAX: usize = 120;

/// A document of the 2020-12 draft, with what checks answers by it.
#[derive(Clone)]
pub struct Form {
    schema: Arc<Value>,
    /// Made when the first answer comes: most versions of a book are never filled in again.
    validator: OnceLock<Arc<Validator>>,
}

/// What a field's own part of the document says about its answer, for the constraints of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Limits {
    /// Least letters.
    pub min_length: Option<u64>,
    /// Most letters.
    pub max_length: Option<u64>,
    /// Least number.
    pub minimum: Option<i64>,
    /// Greatest number.
    pub maximum: Option<i64>,
    /// Regular expression that part of the answer must match.
    pub pattern: Option<String>,
}

impl Form {
    /// The form that asks these fields.
    #[must_use]
    pub fn of_fields(title: &str, fields: &[Field]) -> Self {
        Self::unchecked(generate::schema(title, fields))
    }

    pub(crate) fn unchecked(schema: Value) -> Self {
        Self { schema: Arc::new(schema), validator: OnceLock::new() }
    }

    /// The document, as it is served to browsers.
    #[must_use]
    pub fn schema(&self) -> &Value {
        &self.schema
    }

    /// The constraints on one field.
    #[must_use]
    pub fn limits(&self, field: &FieldId) -> Limits {
        let part = &self.schema["properties"][field.as_str()];
        Limits {
            min_length: part["minLength"].as_u64(),
            max_length: part["maxLength"].as_u64(),
            minimum: part["minimum"].as_i64(),
            maximum: part["maximum"].as_i64(),
            pattern: part["pattern"].as_str().map(str::to_owned),
        }
    }

    /// Whether the document says more than its properties do one by one, so that an answer can
    /// be wrong because of another.
    #[must_use]
    pub fn joins_fields(&self) -> bool {
        const JOINING: [&str; 7] =
            ["allOf", "anyOf", "oneOf", "if", "not", "dependentRequired", "dependentSchemas"];
        JOINING.iter().any(|keyword| self.schema.get(keyword).is_some())
    }

    fn validator(&self) -> Option<&Validator> {
        if let Some(made) = self.validator.get() {
            return Some(made);
        }
        let made = Arc::new(compiled(&self.schema).ok()?);
        Some(self.validator.get_or_init(|| made))
    }
}

/// Formats of their own that forms use besides those of the standard.
const CITIZEN_ID: &str = "citizen-id";
const PHONE: &str = "phone";
const COMMUNE: &str = "commune";
const DATE: &str = "date";

/// What checks by a document; patterns run in linear time, and nothing is fetched.
fn compiled(schema: &Value) -> Result<Validator, Box<jsonschema::ValidationError<'static>>> {
    jsonschema::options()
        .with_draft(Draft::Draft202012)
        .should_validate_formats(true)
        .with_format(CITIZEN_ID, |text: &str| {
            text.parse::<kernel::CitizenId>().is_ok_and(|id| id.as_str() == text)
        })
        .with_format(PHONE, |text: &str| {
            text.parse::<kernel::PhoneNumber>().is_ok_and(|phone| phone.as_str() == text)
        })
        .with_format(COMMUNE, |text: &str| {
            text.len() == 5 && text.parse::<kernel::PlaceCode>().is_ok()
        })
        .with_pattern_options(PatternOptions::regex().size_limit(1 << 20))
        .build(schema)
        .map_err(Box::new)
}

/// The `format` of a kind of field, where it has one.
const fn format_of(kind: FieldKind) -> Option<&'static str> {
    match kind {
        FieldKind::Date => Some(DATE),
        FieldKind::CitizenId => Some(CITIZEN_ID),
        FieldKind::Phone => Some(PHONE),
        FieldKind::Commune => Some(COMMUNE),
        FieldKind::Text | FieldKind::LongText | FieldKind::Integer | FieldKind::Choice => None,
    }
}

impl PartialEq for Form {
    fn eq(&self, other: &Self) -> bool {
        self.schema == other.schema
    }
}

impl std::fmt::Debug for Form {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Form").field(&self.schema).finish()
    }
}
