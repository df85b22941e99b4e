//! The answers to the procedure's own fields, from what was typed.

use desk::Answers;
use directory::Gazetteer;
use identity::party::Party;
use kernel::{CodeError, PlaceCode, fold};
use procedure::{Field, FieldKind, Procedure};
use serde_json::Value;
use web::{SignedIn, form, form::Faults, tr};

use super::{
    filing::{RETURN_ANSWER, RETURNS},
    known,
    typed::Typed,
};
use crate::Moment;

/// The answers, by the kinds of the procedure's fields. What is known of the applicant and stays
/// covered on the page is taken where nothing else was typed.
pub(super) fn answers(
    me: &SignedIn,
    moment: &Moment,
    procedure: &Procedure,
    typed: &Typed,
    party: Option<&Party>,
    faults: &mut Faults,
) -> Answers {
    let mut answers = Answers::new();
    for field in &procedure.fields {
        let name = field_name(field);
        let text = typed.text(&name);
        if text.is_empty() {
            if let Some(phone) = known::covered(field, party) {
                answers.insert(field.id.to_string(), phone.as_str().into());
            } else if field.required {
                faults.add(name, tr!(me, "counter-field-missing", label = label(me, field)));
            }
            continue;
        }
        match answer(me, moment, field, text) {
            Ok(value) => {
                answers.insert(field.id.to_string(), value);
            }
            Err(fault) => faults.add(name, fault),
        }
    }
    let wanted = typed.text("nhan-ket-qua");
    let wanted = RETURNS.into_iter().find(|way| *way == wanted).unwrap_or(RETURNS[0]);
    answers.insert(RETURN_ANSWER.to_owned(), wanted.into());
    answers
}

/// What the form sends a field as.
pub(super) fn field_name(field: &Field) -> String {
    format!("t-{}", field.id)
}

/// Its label in the reader's language.
pub(super) fn label<'a>(me: &SignedIn, field: &'a Field) -> &'a str {
    match (me.words.lang, &field.label_en) {
        (web::Lang::En, Some(label)) => label,
        _ => &field.label,
    }
}

fn answer(me: &SignedIn, moment: &Moment, field: &Field, text: &str) -> Result<Value, String> {
    Ok(match field.kind {
        FieldKind::Text | FieldKind::LongText => text.into(),
        FieldKind::Date => form::date(text).map_err(|f| f.say(&me.words))?.to_string().into(),
        FieldKind::Integer => integer(text).ok_or_else(|| tr!(me, "counter-integer-form"))?.into(),
        FieldKind::Choice => {
            let known = field.choices.iter().find(|choice| choice.id.as_str() == text);
            known.ok_or_else(|| tr!(me, "counter-choice-unknown"))?.id.to_string().into()
        }
        FieldKind::CitizenId => {
            let id: kernel::CitizenId = text.parse().map_err(|error| match error {
                CodeError::CitizenProvince => {
                    tr!(me, "counter-number-province", digits = &text[..3.min(text.len())])
                }
                _ => tr!(me, "counter-citizen-form"),
            })?;
            id.as_str().into()
        }
        FieldKind::Phone => {
            let phone: kernel::PhoneNumber =
                text.parse().map_err(|_| tr!(me, "counter-phone-form"))?;
            phone.as_str().into()
        }
        FieldKind::Commune => {
            commune(me, moment.directory.places(), province(me, moment), text)?.as_str().into()
        }
    })
}

/// A whole number, perhaps with dots between thousands.
fn integer(text: &str) -> Option<i64> {
    let digits: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse().ok() } else { None }
}

/// The province of the officer's agency.
pub(super) fn province(me: &SignedIn, moment: &Moment) -> Option<PlaceCode> {
    let place = moment.directory.agency(me.agency)?.place.clone()?;
    let known = moment.directory.places().get(&place)?;
    Some(known.parent.clone().unwrap_or(place))
}

/// The commune that was meant: "Phường Phan Đình Phùng", "xa hoa binh, tinh lang son", or any
/// text that ends with a code, as in "Xã Văn Lang (05665)".
fn commune(
    me: &SignedIn,
    places: &Gazetteer,
    province: Option<PlaceCode>,
    text: &str,
) -> Result<PlaceCode, String> {
    let code = text.trim_end_matches(')').rsplit(['(', ' ']).next().unwrap_or_default();
    if let Ok(code) = code.parse::<PlaceCode>()
        && places.get(&code).is_some_and(|place| place.parent.is_some())
    {
        return Ok(code);
    }
    let (name, within) = text.split_once(',').unwrap_or((text, ""));
    let named = (!within.trim().is_empty()).then(|| {
        let wanted = fold(within);
        places.provinces().find(|p| fold(&p.name) == wanted || fold(p.bare_name()) == wanted)
    });
    let within = named.map_or(province, |found| found.map(|place| place.code.clone()));
    let wanted = fold(name);
    let exact = |within: Option<&PlaceCode>| -> Vec<PlaceCode> {
        let hits = places.search(name, within, 20).into_iter();
        let hits = hits.filter(|p| fold(&p.name) == wanted || fold(p.bare_name()) == wanted);
        hits.filter(|p| p.parent.is_some()).map(|p| p.code.clone()).collect()
    };
    let mut found = exact(within.as_ref());
    if found.is_empty() && named.is_none() {
        found = exact(None);
    }
    match &found[..] {
        [one] => Ok(one.clone()),
        [] => Err(tr!(me, "counter-commune-unknown", name = name.trim())),
        several => Err(tr!(me, "counter-commune-several", name = name.trim(), n = several.len())),
    }
}
