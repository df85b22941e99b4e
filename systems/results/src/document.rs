//! A result that is set from the dossier.

use std::sync::LazyLock;

use desk::{Desk, Dossier};
use files::Template;
use identity::party::PartyNumber;
use kernel::{Instant, PlaceCode, today, vn_date};
use procedure::{Field, FieldKind};
use serde::Serialize;
use serde_json::Value;
use web::SignedIn;

/// What is printed.
#[derive(Serialize)]
struct Printed {
    head: Head,
    name: String,
    procedure: String,
    procedure_code: String,
    code: String,
    applicant: String,
    identity: Option<Line>,
    address: String,
    facts: Vec<Fact>,
    text: String,
    signed: Signed,
    recipients: Vec<&'static str>,
}

#[derive(Serialize)]
struct Head {
    superior: Option<String>,
    agency: String,
    number: Option<String>,
    place: String,
    day: String,
}

#[derive(Serialize)]
struct Line {
    label: &'static str,
    number: String,
}

#[derive(Serialize)]
struct Fact {
    label: String,
    value: String,
}

#[derive(Serialize)]
struct Signed {
    titles: Vec<String>,
    name: String,
}

/// Sets a result from the answers of the dossier, with what the officer wrote.
///
/// # Errors
/// Of [`Template::render`].
pub(crate) fn set(
    desk: &Desk,
    me: &SignedIn,
    dossier: &Dossier,
    (name, number, text): (&str, &str, &str),
) -> files::Result<Vec<u8>> {
    static TEMPLATE: LazyLock<Template> =
        LazyLock::new(|| Template::new("result.typ", include_str!("../forms/result.typ")));
    let (case, moment) = (&dossier.case, desk.moment());
    let procedure = moment.shelf.version(&case.procedure);
    let party = dossier.applicant.as_ref();
    let fields = procedure.map_or(&[][..], |procedure| &procedure.fields);
    let facts = fields.iter().filter_map(|field| {
        let value = written(desk, field, dossier.answers.get(field.id.as_str())?)?;
        Some(Fact { label: field.label.clone(), value })
    });
    let identity = party.and_then(|party| party.number.as_ref()).map(|number| match number {
        PartyNumber::Citizen(id) => {
            Line { label: "Số định danh cá nhân", number: id.as_str().to_owned() }
        }
        PartyNumber::Tax(code) => Line { label: "Mã số thuế", number: code.to_string() },
    });
    let printed = Printed {
        head: head(desk, case.decided_by, number, me.now),
        name: name.to_owned(),
        procedure: procedure.map_or_else(String::new, |procedure| procedure.name.clone()),
        procedure_code: case.procedure.code.to_string(),
        code: case.code.to_string(),
        applicant: party.map_or_else(String::new, |party| party.name.clone()),
        identity,
        address: party.and_then(|party| party.address.clone()).unwrap_or_default(),
        facts: facts.collect(),
        text: text.to_owned(),
        signed: signed(me),
        recipients: vec!["Như trên", "Bộ phận một cửa", "Lưu: VT"],
    };
    Ok(TEMPLATE.render(&printed, me.now)?.into_bytes())
}

fn head(desk: &Desk, agency: kernel::AgencyId, number: &str, now: Instant) -> Head {
    let directory = desk.front.directory.get();
    let agency = directory.agency(agency);
    let above = agency.and_then(|a| a.parent).and_then(|above| directory.agency(above));
    let place = agency.and_then(|agency| directory.places().get(agency.place.as_ref()?));
    let day = today(now);
    // Below 10 a day has a 0 in front, and of the months only the first two (annex I, II.4.b).
    let zero = if day.month() <= 2 { "0" } else { "" };
    Head {
        superior: above.map(|above| above.name_at(now).to_owned()),
        agency: agency.map_or_else(String::new, |a| a.name_at(now).to_owned()),
        number: (!number.is_empty()).then(|| number.to_owned()),
        place: place.map_or_else(String::new, |place| place.bare_name().to_owned()),
        day: format!("ngày {:02} tháng {zero}{} năm {}", day.day(), day.month(), day.year()),
    }
}

fn signed(me: &SignedIn) -> Signed {
    let post = me.directory.post(me.seat()).map(|post| post.title.to_uppercase());
    let name = me.directory.person(me.officer.person).map(|person| person.name.clone());
    Signed { titles: post.into_iter().collect(), name: name.unwrap_or_default() }
}

/// An answer as people write it; none where it is empty.
fn written(desk: &Desk, field: &Field, value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        Value::Bool(true) => "có".to_owned(),
        Value::Bool(false) => "không".to_owned(),
        _ => return None,
    };
    let text = match field.kind {
        FieldKind::Date => text.parse().map_or(text, vn_date),
        FieldKind::Choice => {
            let chosen = field.choices.iter().find(|choice| choice.id.as_str() == text);
            chosen.map_or(text, |choice| choice.label.clone())
        }
        FieldKind::Commune => {
            let directory = desk.front.directory.get();
            let place = text
                .parse()
                .ok()
                .and_then(|code: PlaceCode| Some(directory.places().get(&code)?.name.to_string()));
            place.unwrap_or(text)
        }
        _ => text,
    };
    (!text.trim().is_empty()).then_some(text)
}
