//! What the API answers when it does not do what was asked: problem documents (RFC 9457) whose
//! members let a program tell the reasons apart.

use axum::{
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use casework::Refusal;
use identity::access::{Denial, Who};
use procedure::ConfirmError;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::{IntoResponses, ToSchema};
use web::http::Problem;

use crate::Error;

/// A problem and the headers that belong to it.
#[derive(Debug)]
pub(super) struct Fault {
    problem: Box<Problem>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Fault {
    pub(super) fn new(kind: &'static str, status: StatusCode) -> Self {
        Problem::new(kind, status).into()
    }

    /// Nobody is signed in.
    pub(super) fn unauthorized() -> Self {
        let how = HeaderValue::from_static("Bearer realm=\"tinhso\"");
        Self::from(Problem::of_status(StatusCode::UNAUTHORIZED))
            .header(header::WWW_AUTHENTICATE, how)
    }

    pub(super) fn not_found() -> Self {
        Problem::not_found().into()
    }

    /// One value of the request is not right.
    pub(super) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::faults(vec![FieldFault { field: field.to_owned(), message: message.into() }])
    }

    /// Values of the request are not right.
    pub(super) fn faults(errors: Vec<FieldFault>) -> Self {
        Problem::invalid().with("errors", json!(errors)).into()
    }

    /// Ask again after so many seconds.
    pub(super) fn retry_after(self, seconds: u64) -> Self {
        self.header(header::RETRY_AFTER, HeaderValue::from(seconds))
    }

    pub(super) fn with(mut self, member: &str, value: impl Into<Value>) -> Self {
        *self.problem = self.problem.with(member, value);
        self
    }

    /// Why, and what to do, in words.
    pub(super) fn detail(mut self, detail: String) -> Self {
        *self.problem = self.problem.detail(detail);
        self
    }

    fn header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl From<Problem> for Fault {
    fn from(problem: Problem) -> Self {
        Self { problem: Box::new(problem), headers: Vec::new() }
    }
}
impl From<store::Error> for Fault {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Busy => Self::new("busy", StatusCode::SERVICE_UNAVAILABLE).retry_after(1),
            other => Problem::of_store(&other).into(),
        }
    }
}
impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        match error {
            Error::Denied(denial) => denied(&denial),
            Error::Case(casework::Error::Refused(refusal)) => refused(&refusal),
            Error::Case(casework::Error::NoSuchCase) => Self::not_found(),
            Error::Case(casework::Error::Stale { found, .. }) => stale(found),
            Error::Store(error)
            | Error::Case(casework::Error::Store(error))
            | Error::Identity(identity::Error::Store(error)) => error.into(),
            Error::Identity(identity::Error::KeyDestroyed { .. }) => {
                Problem::of_status(StatusCode::GONE).into()
            }
            Error::NoProcedure(code) => {
                Self::new("no-procedure", StatusCode::UNPROCESSABLE_ENTITY).with("procedure", code)
            }
            Error::Confirm(why) => unconfirmed(&why),
            Error::KeyReused => {
                Self::new("idempotency-key-reused", StatusCode::UNPROCESSABLE_ENTITY)
            }
            Error::KeyTaken => {
                Self::new("idempotency-key-taken", StatusCode::CONFLICT).retry_after(1)
            }
            Error::TooManyFiles { max } => {
                Self::new("too-many-files", StatusCode::CONFLICT).with("max", max)
            }
            Error::Cursor => Self::new("no-cursor", StatusCode::UNPROCESSABLE_ENTITY),
            Error::File(error) => of_file(&error),
            other => Problem::internal(&other).into(),
        }
    }
}
impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.problem.into_response();
        response.headers_mut().extend(self.headers);
        response
    }
}

/// A value that is not right, and why.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub(super) struct FieldFault {
    /// Where in the request: `applicant.phone`.
    pub(super) field: String,
    /// Why, in the language that was asked for.
    pub(super) message: String,
}

/// A problem document (RFC 9457), of the media type `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct ProblemDocument {
    /// Which kind of problem, as an address.
    #[schema(example = "/problems/conflict")]
    r#type: String,
    /// HTTP status.
    status: u16,
    /// What happened, in the language that was asked for.
    title: String,
    /// Why, and what to do.
    detail: String,
    /// Number of the request, to be named to those who keep the house.
    request: String,
    /// What was not right, value by value (422).
    errors: Option<Vec<FieldFault>>,
    /// The version that the dossier has (412).
    version: Option<u32>,
    /// Code of the reason (403), or of the rule that said no (409, 422).
    reason: Option<String>,
    /// Who could do it (403).
    #[schema(value_type = Option<Vec<Object>>)]
    who: Option<Value>,
}

/// How a request can be refused; every operation may answer so.
#[derive(IntoResponses)]
#[expect(dead_code, reason = "only its description is used")]
pub(super) enum Refusals {
    /// Nobody is signed in, or the session is over.
    #[response(status = 401, content_type = "application/problem+json")]
    Unauthorized(ProblemDocument),
    /// This person may not; `reason` says why not and `who` could.
    #[response(
        status = 403,
        content_type = "application/problem+json",
        example = json!({"type": "/problems/forbidden", "status": 403, "reason": "role",
            "who": [{"role": "receiver", "agency": "H55.62"}]}),
    )]
    Forbidden(ProblemDocument),
    /// There is no such thing.
    #[response(status = 404, content_type = "application/problem+json")]
    NotFound(ProblemDocument),
    /// A value, a field or a rule does not fit; `errors` names the fields.
    #[response(
        status = 422,
        content_type = "application/problem+json",
        example = json!({"type": "/problems/invalid", "status": 422,
            "errors": [{"field": "colour", "message": "There is no such field."}]}),
    )]
    Invalid(ProblemDocument),
    /// Too many are waiting; `Retry-After` says when to ask again.
    #[response(status = 503, content_type = "application/problem+json")]
    Busy(ProblemDocument),
}

fn denied(denial: &Denial) -> Fault {
    let who: Vec<Value> = denial
        .who
        .iter()
        .map(|who| match who {
            Who::Holder(post) => json!({ "post": post }),
            Who::Role(role, agency) => json!({ "role": role.name(), "agency": agency }),
        })
        .collect();
    let problem = Problem::forbidden().with("action", denial.action.name());
    problem.with("reason", denial.reason.code()).with("who", who).into()
}

fn stale(found: u32) -> Fault {
    let tag = HeaderValue::from_str(&etag(found)).expect("digits in quotes");
    Fault::new("stale", StatusCode::PRECONDITION_FAILED)
        .with("version", found)
        .header(header::ETAG, tag)
}

/// Where the limit was confirmed before, the state says no; otherwise what was sent does not fit.
fn unconfirmed(why: &ConfirmError) -> Fault {
    let (reason, status) = match why {
        ConfirmError::NotOffered(_) => ("channel_not_offered", StatusCode::UNPROCESSABLE_ENTITY),
        ConfirmError::Confirmed(_) => ("confirmed_before", StatusCode::CONFLICT),
        ConfirmError::TooSlow(..) => ("steps_take_longer", StatusCode::UNPROCESSABLE_ENTITY),
    };
    Fault::new("refused", status).with("reason", reason).with("rule", why.to_string())
}

/// The tag of a version of a dossier.
pub(super) fn etag(version: u32) -> String {
    format!("\"{version}\"")
}

fn refused(refusal: &Refusal) -> Fault {
    let (reason, status) = rule(refusal);
    Fault::new("refused", status).with("reason", reason).with("rule", refusal.to_string())
}

/// The code of a rule, and whether it speaks of where the case stands (409) or of what was sent
/// (422).
fn rule(refusal: &Refusal) -> (&'static str, StatusCode) {
    const STATE: StatusCode = StatusCode::CONFLICT;
    const SENT: StatusCode = StatusCode::UNPROCESSABLE_ENTITY;
    match refusal {
        Refusal::WrongStatus { .. } => ("wrong_status", STATE),
        Refusal::UnknownProcedure(_) => ("unknown_procedure", SENT),
        Refusal::ChannelNotOffered => ("channel_not_offered", SENT),
        Refusal::UnconfirmedTimeLimit => ("unconfirmed_time_limit", STATE),
        Refusal::MissingComponents(_) => ("missing_components", SENT),
        Refusal::NoHolder { .. } => ("no_holder", STATE),
        Refusal::StepNotOpen(_) => ("step_not_open", STATE),
        Refusal::Flow(_) => ("flow", SENT),
        Refusal::Clock(_) => ("clock", STATE),
        Refusal::HappenedInFuture => ("happened_in_future", SENT),
        Refusal::HappenedTooEarly { .. } => ("happened_too_early", SENT),
        Refusal::ReasonMissing => ("reason_missing", SENT),
        Refusal::TooLong { .. } => ("too_long", SENT),
        Refusal::SecondSupplementNeedsApproval { .. } => ("second_supplement", STATE),
        Refusal::NoThirdSupplement => ("no_third_supplement", STATE),
        Refusal::ApprovalNotNeeded => ("approval_not_needed", STATE),
        Refusal::ExtensionTooLate { .. } => ("extension_too_late", STATE),
        Refusal::ExtendedBefore { .. } => ("extended_before", STATE),
        Refusal::NoTerm => ("no_term", STATE),
        Refusal::NothingOwed(_) => ("nothing_owed", STATE),
        Refusal::WrongAmount { .. } => ("wrong_amount", SENT),
        Refusal::Unpaid(_) => ("unpaid", STATE),
        Refusal::UnpaidBefore(_) => ("unpaid_before", STATE),
        Refusal::TooMany { .. } => ("too_many", SENT),
        Refusal::SameHolder => ("same_holder", STATE),
    }
}

fn of_file(error: &files::Error) -> Fault {
    let kind = match error {
        files::Error::TooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
        files::Error::NotFound(_) | files::Error::NotAHash => StatusCode::NOT_FOUND,
        files::Error::Empty
        | files::Error::Extension
        | files::Error::UnknownContent
        | files::Error::OtherKind { .. }
        | files::Error::CutOff { .. }
        | files::Error::Macros { .. } => StatusCode::UNPROCESSABLE_ENTITY,
        other => return Problem::internal(other).into(),
    };
    let kind = Problem::of_status(kind);
    let errors = json!([{ "field": "file", "message": error.to_string() }]);
    if kind.status == StatusCode::UNPROCESSABLE_ENTITY {
        return kind.with("errors", errors).into();
    }
    kind.into()
}
