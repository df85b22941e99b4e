//! Filing a dossier for an applicant who stands at the counter.

use axum::{extract::State, response::Response};
use casework::Channel;
use desk::{Charge, Kept, Paper, dossier_id};
use identity::party::Party;
use jiff::civil::Date;
use kernel::{AgencyCode, CaseCode, PhoneNumber, ProcedureCode, nfc, today};
use procedure::{Field, FieldKind, Procedure};
use serde::Deserialize;
use serde_json::{Map, Value};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use web::tr;

use super::{
    answer::{Fault, FieldFault, Refusals},
    parties::Number,
    take::{Body, Caller, CommandHeaders, Conditions},
    view::{Outcome, channels},
};
use crate::{
    Desk,
    commands::{CounterFiling, file},
};

/// Most papers of one filing, and most letters of one answer.
const PAPERS_MAX: usize = 100;
const ANSWER_LETTERS_MAX: usize = 4000;

pub(super) fn routes() -> OpenApiRouter<Desk> {
    OpenApiRouter::new().routes(routes!(dossier_file))
}

/// A filing.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Filing {
    #[schema(value_type = String, example = "1.001193")]
    procedure: ProcedureCode,
    #[serde(default = "counter")]
    #[schema(schema_with = channels, required = false)]
    channel: Channel,
    applicant: Applicant,
    /// Answers of the procedure's form, by field.
    #[serde(default)]
    #[schema(value_type = Object)]
    answers: Map<String, Value>,
    /// What was handed in. Files are uploaded to the dossier afterwards.
    #[serde(default)]
    papers: Vec<HandedIn>,
    /// Code of the agency that decides, where that is another than the one that receives.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    decided_by: Option<AgencyCode>,
    /// Code of the dossier that this one reopens.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    reopens: Option<CaseCode>,
    /// Whether to take it on at once; where a fee is due with it, it waits for that.
    #[serde(default)]
    accept: bool,
}

const fn counter() -> Channel {
    Channel::Counter
}

/// Whose matter it is. What is left out is kept as it is known.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Applicant {
    #[schema(example = "Nguyễn Thị Hoa", max_length = 200)]
    name: String,
    #[serde(default)]
    number: Option<Number>,
    /// Day of birth.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    born: Option<Date>,
    #[serde(default)]
    #[schema(value_type = Option<String>, example = "0912345678")]
    phone: Option<PhoneNumber>,
    #[serde(default)]
    #[schema(max_length = 200)]
    email: Option<String>,
    #[serde(default)]
    #[schema(max_length = 500)]
    address: Option<String>,
}

/// A paper that was handed in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct HandedIn {
    /// Which of the procedure's components; none for a further paper.
    #[serde(default)]
    #[schema(example = "giay-chung-sinh")]
    component: Option<String>,
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 100)]
    copies: u32,
}

const fn one() -> u32 {
    1
}

/// File a dossier for an applicant, and take it on where asked
#[utoipa::path(
    post,
    path = "/api/v1/dossiers",
    tag = "dossiers",
    params(CommandHeaders),
    request_body = Filing,
    responses(
        (status = 201, description = "Filed", body = Outcome, headers(("Location" = String))),
        Refusals,
    ),
)]
async fn dossier_file(
    State(desk): State<Desk>,
    me: Caller,
    conditions: Conditions,
    body: Body<Filing>,
) -> Result<Response, Fault> {
    let (filing, reopens) = parse(&desk, &me, body.value)?;
    let (desk_too, me_too) = (desk.clone(), me.clone());
    let work = move |tx: &mut store::Tx<'_>| {
        let reopened = reopens
            .as_ref()
            .map(|code| dossier_id(tx, &desk_too.front.tenant, code))
            .transpose()?;
        let reopens = match reopened {
            Some(None) => return Err(casework::Error::NoSuchCase.into()),
            other => other.flatten(),
        };
        let filed = file(tx, &desk_too, &me_too, &CounterFiling { reopens, ..filing.clone() })?;
        let body = serde_json::to_string(&Outcome::of(&desk_too, &filed.case, &filed.events))?;
        let location = Some(format!("/api/v1/dossiers/{}", filed.case.code));
        Ok(Kept { status: 201, version: Some(filed.case.version), location, body })
    };
    me.write_once(&desk, &conditions, body.request, None, work).await
}

/// Everything that is wrong is said at once.
fn parse(
    desk: &Desk,
    me: &Caller,
    filing: Filing,
) -> Result<(CounterFiling, Option<CaseCode>), Fault> {
    let shelf = desk.book.shelf();
    let procedure = shelf.in_force(&filing.procedure, today(me.now)).ok_or_else(|| {
        Fault::from(crate::Error::NoProcedure(filing.procedure.as_str().to_owned()))
    })?;
    let mut faults = Vec::new();
    let mut fault = |field: &str, key: &str| {
        faults.push(FieldFault { field: field.to_owned(), message: tr!(**me, key) });
    };
    let applicant = &filing.applicant;
    let name = nfc(applicant.name.trim());
    if name.is_empty() {
        fault("applicant.name", "api-field-missing");
    }
    for (field, text, max) in [
        ("applicant.name", Some(&name), 200),
        ("applicant.email", applicant.email.as_ref(), 200),
        ("applicant.address", applicant.address.as_ref(), 500),
    ] {
        if text.is_some_and(|text| text.chars().count() > max) {
            fault(field, "api-field-long");
        }
    }
    check_answers(procedure, &filing.answers, &mut fault);
    check_papers(procedure, &filing.papers, &mut fault);
    let decided_by = filing.decided_by.as_ref().map(|code| me.directory.agency_by_code(code));
    if decided_by == Some(None) {
        fault("decided_by", "api-field-none-such");
    }
    if !faults.is_empty() {
        return Err(Fault::faults(faults));
    }
    let Applicant { number, born, phone, email, address, .. } = filing.applicant;
    let papers = filing.papers.into_iter().map(|paper| Paper {
        component: paper.component,
        copies: paper.copies,
        source: "paper",
        file: None,
    });
    let parsed = CounterFiling {
        procedure: filing.procedure,
        channel: filing.channel,
        applicant: Party { name, number: number.map(Into::into), born, phone, email, address },
        answers: filing.answers,
        papers: papers.collect(),
        decided_by: decided_by.flatten().map(|agency| agency.id),
        reopens: None,
        charge: Charge::default(),
        paid: None,
        accept: filing.accept,
    };
    Ok((parsed, filing.reopens))
}

fn check_answers(
    procedure: &Procedure,
    answers: &Map<String, Value>,
    fault: &mut impl FnMut(&str, &str),
) {
    for id in answers.keys().filter(|id| procedure.fields.iter().all(|f| f.id.as_str() != *id)) {
        fault(&format!("answers.{id}"), "api-field-unknown");
    }
    for field in &procedure.fields {
        let name = format!("answers.{}", field.id);
        match answers.get(field.id.as_str()) {
            None | Some(Value::Null) if field.required => fault(&name, "api-field-missing"),
            None | Some(Value::Null) => {}
            Some(value) if !fits(field, value) => fault(&name, "api-answer-wrong"),
            Some(_) => {}
        }
    }
}

/// Whether an answer is of the field's kind.
fn fits(field: &Field, value: &Value) -> bool {
    if field.kind == FieldKind::Integer {
        return value.is_i64();
    }
    let Some(text) = value.as_str() else { return false };
    match field.kind {
        FieldKind::Text | FieldKind::LongText => {
            let blank = field.required && text.trim().is_empty();
            !blank && text.chars().count() <= ANSWER_LETTERS_MAX
        }
        FieldKind::Date => text.parse::<Date>().is_ok(),
        FieldKind::Choice => field.choices.iter().any(|choice| choice.id.as_str() == text),
        FieldKind::CitizenId => text.parse::<kernel::CitizenId>().is_ok(),
        FieldKind::Phone => text.parse::<PhoneNumber>().is_ok(),
        FieldKind::Commune => text.parse::<kernel::PlaceCode>().is_ok(),
        FieldKind::Integer => false,
    }
}

fn check_papers(procedure: &Procedure, papers: &[HandedIn], fault: &mut impl FnMut(&str, &str)) {
    if papers.len() > PAPERS_MAX {
        fault("papers", "api-field-long");
    }
    for (index, paper) in papers.iter().enumerate().take(PAPERS_MAX) {
        let known = |id: &String| procedure.components.iter().any(|c| c.id.as_str() == id);
        if !paper.component.as_ref().is_none_or(known) {
            fault(&format!("papers[{index}].component"), "api-field-none-such");
        }
        if !(1..=100).contains(&paper.copies) {
            fault(&format!("papers[{index}].copies"), "api-answer-wrong");
        }
    }
}
