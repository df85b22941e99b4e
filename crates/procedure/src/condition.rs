//! Conditions on a dossier's data, in FEEL (the expression language of DMN 1.5).
//!
//! The grammar and the decimal numbers are dsntk's. What is evaluated is the part of FEEL that
//! a condition needs, and only what the checker can vouch for when the file is read: every
//! name is a field of the form, both sides of a comparison are of one kind, a choice is
//! compared with a choice that exists. So evaluating cannot fail, loop or reach outside.

mod body;
mod reading;

use std::collections::BTreeSet;

use dsntk_feel::FeelScope;
use dsntk_feel_parser::parse_expression;
use serde::{Serialize, Serializer};
use thiserror::Error;

use crate::{Field, FieldId};
use body::{Body, Value};
use reading::Reading;

/// A condition whose every name and kind has been checked.
#[derive(Debug, Clone)]
pub struct Condition {
    text: String,
    body: Body,
}

/// Why a text is not a condition.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ConditionFault {
    /// Longer than anyone reads.
    #[error("a condition has at most 500 characters")]
    TooLong,
    /// Not FEEL.
    #[error("this is not a FEEL expression")]
    Syntax,
    /// Mentions what is not a field of the form.
    #[error("the form has no field {0}")]
    UnknownField(String),
    /// FEEL, but not of the part that conditions may use.
    #[error("conditions cannot use {0}")]
    Unsupported(String),
    /// Compares or reckons with things of different kinds.
    #[error("{0} cannot be compared or reckoned with {1}")]
    Mixed(Kind, Kind),
    /// Gives something else than yes or no.
    #[error("a condition is true or false, not {0}")]
    NotYesNo(Kind),
    /// Gives something else than a number, where one is wanted.
    #[error("a number is wanted here, not {0}")]
    NotNumber(Kind),
    /// Compares a field with a choice that it does not offer.
    #[error("field {0} offers no choice {1}")]
    UnknownChoice(FieldId, String),
    /// A date that does not exist.
    #[error("{0} is not a date")]
    NoDate(String),
}

/// What kind of value an expression has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// True or false.
    YesNo,
    /// A number.
    Number,
    /// A text.
    Text,
    /// A day.
    Day,
    /// Null, which goes with every kind.
    Nothing,
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::YesNo => "true or false",
            Self::Number => "a number",
            Self::Text => "a text",
            Self::Day => "a date",
            Self::Nothing => "null",
        })
    }
}

const CHARACTERS_MAX: usize = 500;

impl Condition {
    /// Reads a condition on these fields.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str, fields: &[Field]) -> Result<Self, ConditionFault> {
        let body = read(text, fields)?;
        match body.kind() {
            Kind::YesNo => Ok(Self { text: text.to_owned(), body }),
            other => Err(ConditionFault::NotYesNo(other)),
        }
    }

    /// Whether it is true of these facts, an object of form fields. What is missing, empty or
    /// of another kind than its field counts as null; null is not true.
    #[must_use]
    pub fn holds(&self, facts: &serde_json::Value) -> bool {
        matches!(self.body.value(facts), Value::YesNo(true))
    }

    /// The condition as it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The fields that it mentions.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<&FieldId> {
        let mut found = BTreeSet::new();
        self.body.collect(&mut found);
        found
    }
}

fn read(text: &str, fields: &[Field]) -> Result<Body, ConditionFault> {
    if text.chars().count() > CHARACTERS_MAX {
        return Err(ConditionFault::TooLong);
    }
    let scope = FeelScope::default();
    for field in fields {
        scope.set_name(field.id.as_str().into());
    }
    let tree = parse_expression(&scope, text, false).map_err(|_| ConditionFault::Syntax)?;
    Reading { fields }.body(&tree)
}

/// How many of something a form asks for: a whole number, reckoned from its fields.
#[derive(Debug, Clone)]
pub struct Quantity {
    text: String,
    body: Body,
}

impl Quantity {
    /// Reads an expression on these fields.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn parse(text: &str, fields: &[Field]) -> Result<Self, ConditionFault> {
        let body = read(text, fields)?;
        match body.kind() {
            Kind::Number => Ok(Self { text: text.to_owned(), body }),
            other => Err(ConditionFault::NotNumber(other)),
        }
    }

    /// How many by these facts; none where a field that it needs is empty, or where it comes to
    /// no whole number. Less than nothing is nothing.
    #[must_use]
    pub fn of(&self, facts: &serde_json::Value) -> Option<u64> {
        match self.body.value(facts) {
            Value::Number(number) if number.is_negative() => Some(0),
            Value::Number(number) if number.is_integer() => number.trunc().to_string().parse().ok(),
            _ => None,
        }
    }

    /// The expression as it is written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Quantity {
    /// Two quantities are one when they are written alike.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}
impl PartialEq for Condition {
    /// Two conditions are one when they are written alike.
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl Serialize for Condition {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{Choice, FieldKind};

    fn field(id: &str, kind: FieldKind) -> Field {
        let choice =
            |id: &str| Choice { id: id.parse().unwrap(), label: id.to_owned(), label_en: None };
        let choices = match kind {
            FieldKind::Choice => vec![choice("nha_o"), choice("kinh_doanh")],
            _ => Vec::new(),
        };
        Field {
            id: id.parse().unwrap(),
            label: id.to_owned(),
            label_en: None,
            question: None,
            question_en: None,
            hint: None,
            hint_en: None,
            kind,
            required: false,
            choices,
            personal: false,
            known: None,
        }
    }

    fn form() -> Vec<Field> {
        vec![
            field("so_tang", FieldKind::Integer),
            field("muc_dich", FieldKind::Choice),
            field("ngay_cap", FieldKind::Date),
            field("ghi_chu", FieldKind::Text),
        ]
    }

    fn holds(text: &str, facts: serde_json::Value) -> bool {
        Condition::parse(text, &form()).unwrap().holds(&facts)
    }

    fn fault(text: &str) -> ConditionFault {
        Condition::parse(text, &form()).unwrap_err()
    }

    #[test]
    fn conditions_decide_by_the_form() {
        let house = json!({ "so_tang": 7, "muc_dich": "nha_o", "ngay_cap": "2026-03-01" });
        for text in [
            "so_tang > 6 or muc_dich = \"kinh_doanh\"",
            "so_tang between 5 and 7",
            "so_tang in [1..7]",
            "so_tang in (>6, 3)",
            "so_tang in (1, 7)",
            "muc_dich in (\"nha_o\", \"kinh_doanh\")",
            "not(muc_dich = \"kinh_doanh\")",
            "so_tang * 2 - 1 = 13",
            "so_tang / 2 = 3.5",
            "-so_tang < -6.5",
            "ngay_cap >= date(\"2026-01-01\")",
            "ghi_chu = null",
            "muc_dich != null and so_tang != null",
        ] {
            assert!(holds(text, house.clone()), "{text}");
        }
        for text in [
            "so_tang in [1..7)",
            "so_tang in (1, 3)",
            "ngay_cap < @\"2026-01-01\"",
            "so_tang / 0 = 1",
            "ghi_chu = \"x\"",
        ] {
            assert!(!holds(text, house.clone()), "{text}");
        }
    }

    #[test]
    fn quantities_are_reckoned_from_the_form() {
        let of = |text: &str, facts| Quantity::parse(text, &form()).unwrap().of(&facts);
        let seven = || json!({ "so_tang": 7 });
        assert_eq!(of("so_tang", seven()), Some(7));
        assert_eq!(of("so_tang - 2", seven()), Some(5));
        assert_eq!(of("min(so_tang, 2) * so_tang", seven()), Some(14));
        assert_eq!(of("min(2, so_tang - 8)", seven()), Some(0), "less than nothing");
        assert_eq!(of("so_tang / 2", seven()), None, "no half of a copy");
        assert_eq!(of("so_tang", json!({})), None);
        assert_eq!(
            Quantity::parse("so_tang > 1", &form()).unwrap_err(),
            ConditionFault::NotNumber(Kind::YesNo)
        );
    }

    #[test]
    fn an_empty_field_is_neither_more_nor_less() {
        for facts in [json!({}), json!({ "so_tang": null }), json!({ "so_tang": "" }), json!(7)] {
            assert!(!holds("so_tang > 6", facts.clone()));
            assert!(!holds("so_tang <= 6", facts.clone()));
            assert!(!holds("not(so_tang > 6)", facts.clone()));
            assert!(holds("so_tang = null", facts));
        }
        assert!(holds("so_tang > 6", json!({ "so_tang": "12" })), "numbers as forms send them");
        assert!(!holds("so_tang > 6", json!({ "so_tang": "nhiều" })));
    }

    #[test]
    fn what_could_never_be_true_is_refused_when_the_file_is_read() {
        use ConditionFault::*;
        assert_eq!(fault("so_tang >"), Syntax);
        assert_eq!(fault(""), Syntax);
        assert_eq!(fault("so_lau > 6"), UnknownField("so_lau".into()));
        assert_eq!(fault("so_tang = \"7\""), Mixed(Kind::Number, Kind::Text));
        assert_eq!(fault("ghi_chu < \"b\""), Mixed(Kind::Text, Kind::Text));
        assert_eq!(fault("so_tang + 1"), NotYesNo(Kind::Number));
        assert_eq!(
            fault("muc_dich = \"kinhdoanh\""),
            UnknownChoice("muc_dich".parse().unwrap(), "kinhdoanh".into())
        );
        assert_eq!(fault("ngay_cap = date(\"2026-02-30\")"), NoDate("2026-02-30".into()));
        assert_eq!(fault("if so_tang > 1 then true else false"), Unsupported("If".into()));
        assert_eq!(fault("count(so_tang) = 1"), Unsupported("count(…)".into()));
        assert_eq!(fault(&"1=1 and ".repeat(100)), TooLong);
    }

    proptest::proptest! {
        /// Whatever is typed as a condition is refused or can be asked.
        #[test]
        fn no_text_breaks_the_reader(
            words in proptest::collection::vec(
                proptest::sample::select(vec![
                    "so_tang", "muc_dich", "ngay_cap", "x", " ", "7", "1.5", "1e999", "\"nha_o\"",
                    "\"", "date(\"2026-01-01\")", "@\"x\"", "=", "!=", "<", ">=", "+", "-", "*", "/",
                    "**", "(", ")", "[", "]", "..", ",", "{", "}", ":", "and", "or", "not(", "in",
                    "between", "if", "then", "for", "function", "external", "null", "true", ".", "ề",
                ]),
                0..14,
            ),
        ) {
            for glue in ["", " "] {
                if let Ok(condition) = Condition::parse(&words.join(glue), &form()) {
                    let facts = json!({ "so_tang": 7, "muc_dich": "nha_o" });
                    let again = Condition::parse(condition.text(), &form()).unwrap();
                    proptest::prop_assert_eq!(condition.holds(&facts), again.holds(&facts));
                    let (empty, nothing) = (json!({}), json!(null));
                    proptest::prop_assert_eq!(condition.holds(&empty), again.holds(&nothing));
                }
            }
        }
    }
}
