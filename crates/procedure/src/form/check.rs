//! What a form says about answers.

use jsonschema::error::{ValidationError, ValidationErrorKind as Kind};
use serde_json::{Map, Value};

use super::Form;
use crate::FieldId;

/// Something wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Complaint {
    /// Of which field; none where it is about the answers as a whole.
    pub field: Option<FieldId>,
    /// What.
    pub why: Why,
}

/// What is wrong with an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Why {
    /// It is not there.
    Missing,
    /// It has not the form that its kind has: not a date, not a number of 12 digits.
    Form,
    /// None of those that can be chosen.
    NotChoice,
    /// Fewer letters than there must be.
    TooShort {
        /// The least.
        least: u64,
    },
    /// More letters than there may be.
    TooLong {
        /// The most.
        most: u64,
    },
    /// A smaller number than there may be.
    TooSmall {
        /// The least.
        least: i64,
    },
    /// A greater number than there may be.
    TooGreat {
        /// The greatest.
        most: i64,
    },
    /// The form has no such question.
    Unasked,
    /// It does not go with another answer.
    Together,
}

impl Form {
    /// What is wrong with these answers: at most one complaint of a field, in the order of the
    /// form. Answers are as they are kept: a day as `2026-11-14`, a number as a number.
    #[must_use]
    pub fn check(&self, answers: &Map<String, Value>) -> Vec<Complaint> {
        // A document that was accepted compiles; were it not so, nothing would be accepted by it.
        let Some(validator) = self.validator() else {
            return vec![Complaint { field: None, why: Why::Together }];
        };
        let instance = Value::Object(answers.clone());
        let mut found: Vec<Complaint> = Vec::new();
        for error in validator.iter_errors(&instance) {
            for complaint in complaints(&error) {
                if !found.iter().any(|known| known.field == complaint.field) {
                    found.push(complaint);
                }
            }
        }
        let order = |complaint: &Complaint| {
            let name = complaint.field.as_ref()?.as_str();
            self.schema["properties"].as_object()?.keys().position(|key| key == name)
        };
        found.sort_by_key(|complaint| order(complaint).unwrap_or(usize::MAX));
        found
    }
}

fn complaints(error: &ValidationError<'_>) -> Vec<Complaint> {
    let path = error.instance_path().to_string();
    let at = path.split('/').nth(1).and_then(|name| name.parse::<FieldId>().ok());
    let one = |why| vec![Complaint { field: at.clone(), why }];
    match error.kind() {
        Kind::Required { property } => {
            let field = property.as_str().and_then(|name| name.parse().ok());
            vec![Complaint { field, why: Why::Missing }]
        }
        Kind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|name| Complaint { field: name.parse().ok(), why: Why::Unasked })
            .collect(),
        Kind::Format { .. } | Kind::Pattern { .. } | Kind::Type { .. } => one(Why::Form),
        // A choice is `oneOf` at a field; above the fields it is a rule about several of them.
        Kind::Enum { .. } | Kind::Constant { .. } | Kind::OneOfNotValid { .. } if at.is_some() => {
            one(Why::NotChoice)
        }
        Kind::MinLength { limit: 1 } => one(Why::Missing),
        Kind::MinLength { limit } => one(Why::TooShort { least: *limit }),
        Kind::MaxLength { limit } => one(Why::TooLong { most: *limit }),
        Kind::Minimum { limit } => one(Why::TooSmall { least: limit.as_i64().unwrap_or(0) }),
        Kind::Maximum { limit } => one(Why::TooGreat { most: limit.as_i64().unwrap_or(i64::MAX) }),
        _ => one(Why::Together),
    }
}
