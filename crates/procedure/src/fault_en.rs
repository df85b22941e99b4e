//! Faults of a procedure file, told in English.

use crate::{FaultKind, SchemaFault, Shape, What, WorkingHours, fault::row};

pub(crate) fn sentence(kind: &FaultKind) -> String {
    use FaultKind as K;
    match kind {
        K::TooLong => "The file is longer than 1 MB; a file holds one procedure.".into(),
        K::Syntax(detail) => format!("This line breaks the syntax ({detail})."),
        K::UnknownKey { key, meant: Some(meant) } => {
            format!("There is no key '{key}'; perhaps '{meant}' is meant.")
        }
        K::UnknownKey { key, meant: None } => format!("There is no key '{key}' here."),
        K::MissingKey(key) => format!("The key '{key}' is missing."),
        K::WrongShape { key, shape } => format!("'{key}' has to be {}.", self::shape(*shape)),
        K::UnknownWord { key, word, known } => {
            format!("'{key}' cannot be '{word}'; it is one of {}.", known.join(", "))
        }
        K::BadCode(why) => format!("Not an official code: {why}."),
        K::BadName { text, why } => format!("'{text}': {why}."),
        K::BadLimit { text, why } => format!("'{text}' is no time limit: {why}."),
        K::BadAmount => "An amount is 0 to 100 billion đồng, digits only.".into(),
        K::BadNumber { key, least, most } => {
            format!("'{key}' is a whole number from {least} to {most}.")
        }
        K::BadHours => "Hours are more than 0, at most 8000, in steps of 0.25.".into(),
        K::BadTime(text) => format!("'{text}' is not a time of day, as in \"15:00\"."),
        K::Reversed => "The last day in force lies before the first.".into(),
        K::ConfirmedWithoutLimit => {
            "A channel without a time limit needs confirmed = false.".into()
        }
        K::Duplicate { what, id } => format!("{} '{id}' stands here twice.", self::what(*what)),
        K::Choices { wanted: true } => "A field of kind choice needs its choices.".into(),
        K::Choices { wanted: false } => "Only a field of kind choice has choices.".into(),
        K::KnownFrom { known, kind } => {
            format!("A field of kind {} cannot be known from {}.", kind.word(), known.word())
        }
        K::NoSteps => "The procedure has no step.".into(),
        K::TooManySteps => "The workflow has more than 200 steps.".into(),
        K::NoRole(step) => format!("Nobody holds step '{step}': it has no role."),
        K::NoOutcome(step) => format!("Step '{step}' has no outcome."),
        K::NoTarget(outcome) => format!("'{outcome}' needs either 'to' or 'end', and only one."),
        K::UnknownStep(step) => format!("There is no step '{step}'."),
        K::Unreachable(step) => format!("No way leads to step '{step}'."),
        K::NoDefault(outcome) => {
            format!("Every route of '{outcome}' has a condition; one without 'when' is needed.")
        }
        K::Trap(steps) => {
            format!("From {} no way leads to an end: a loop without exit.", row(steps, ", "))
        }
        K::LonelyJoin(step) => {
            format!("Step '{step}' is a join, but no parallel branches lead to it.")
        }
        K::MeetWithoutJoin(step) => {
            format!(
                "Parallel branches meet at step '{step}'; without join = true it is done twice."
            )
        }
        K::TooSlow { quarters, way, limit } => format!(
            "The longest way ({}) takes {} working hours, more than {limit} ({} working hours).",
            row(way, " → "),
            WorkingHours::from_quarters(*quarters),
            limit.working_hours_at_least(),
        ),
        K::Condition(fault) => format!("The condition is wrong: {fault}."),
        K::FormTwice => {
            "A form is written in one way: as [form] or as sections [[field]], not both.".into()
        }
        K::Schema(fault) => schema(fault),
    }
}

fn schema(fault: &SchemaFault) -> String {
    use SchemaFault as S;
    match fault {
        S::Syntax(detail) => format!("The form is not JSON ({detail})."),
        S::Draft(draft) => format!(
            "The form is written in {draft}; only https://json-schema.org/draft/2020-12/schema is read."
        ),
        S::NotObject => {
            "The form must have \"type\": \"object\" and \"properties\" that are its questions."
                .into()
        }
        S::Keyword(detail) => format!("The form breaks JSON Schema 2020-12 ({detail})."),
        S::Outside(to) => format!("The form may not refer outside itself (\"{to}\")."),
        S::NoQuestion(name) => format!(
            "\"{name}\" cannot be asked: a question has type string (perhaps with format date, \
             citizen-id, phone, commune, or with oneOf) or integer."
        ),
        S::Name { text, why } => format!("\"{text}\": {why}."),
        S::NoTitle(name) => format!("The question \"{name}\" has no title."),
        S::Known(word) => format!("x-known cannot be {word} for a question of this kind."),
        S::RequiredUnknown(name) => {
            format!("required names \"{name}\", which properties do not have.")
        }
        S::TooMany => "The form has more than 120 questions.".into(),
    }
}

fn shape(shape: Shape) -> &'static str {
    match shape {
        Shape::Text => "text in quotes, not empty",
        Shape::Integer => "a whole number",
        Shape::Number => "a number",
        Shape::YesNo => "true or false",
        Shape::Date => "a date, as in 2025-07-01",
        Shape::Texts => "a list of texts in brackets, not empty",
        Shape::Table => "a group of keys in braces",
        Shape::Sections => "sections opened with double brackets",
    }
}

fn what(what: What) -> &'static str {
    match what {
        What::Channel => "Channel",
        What::Component => "Component",
        What::Field => "Field",
        What::Choice => "Choice",
        What::Step => "Step",
        What::Outcome => "The route without condition of",
    }
}
