//! The answers of GeoReport v2, as trees.

use kernel::Instant;

use super::{Document, Value};

/// A service: a kind of report that can be sent.
#[derive(Debug, Clone)]
pub struct ServiceOf {
    /// The word of the category.
    pub code: String,
    /// Its name.
    pub name: String,
    /// What belongs to it.
    pub description: String,
    /// Whether a definition tells of further questions.
    pub metadata: bool,
    /// Words by which it is found, parted by commas.
    pub keywords: String,
    /// The group of services that it belongs to.
    pub group: String,
}

/// A further question of a service.
#[derive(Debug, Clone)]
pub struct AttributeOf {
    /// Its name in `attribute[…]`.
    pub code: String,
    /// `string`, `number`, `datetime`, `text`, `singlevaluelist` or `multivaluelist`.
    pub datatype: &'static str,
    /// Whether a report without it is refused.
    pub required: bool,
    /// The question.
    pub description: String,
    /// The answers that can be chosen: value and name.
    pub values: Vec<(String, String)>,
}

/// A report, as the public sees it.
#[derive(Debug, Clone, Default)]
pub struct RequestOf {
    /// The code of the case.
    pub id: String,
    /// Whether somebody still works on it.
    pub open: bool,
    /// Why it stands so, in words.
    pub status_notes: Option<String>,
    /// Name of the category.
    pub service_name: String,
    /// Word of the category.
    pub service_code: String,
    /// What was reported.
    pub description: Option<String>,
    /// Who answers it.
    pub agency: Option<String>,
    /// When it was sent.
    pub requested: Instant,
    /// When it last changed.
    pub updated: Instant,
    /// Until when it is to be answered.
    pub expected: Option<Instant>,
    /// Where, in words.
    pub address: Option<String>,
    /// The commune, by its code.
    pub address_id: Option<String>,
    /// Where: degrees north, degrees east.
    pub point: Option<(f64, f64)>,
    /// Address of a photo.
    pub media_url: Option<String>,
}

/// An update of a report.
#[derive(Debug, Clone)]
pub struct UpdateOf {
    /// Its identifier.
    pub id: String,
    /// Of which report.
    pub request: String,
    /// Whether the report was open after it.
    pub open: bool,
    /// When.
    pub at: Instant,
    /// What happened, in words.
    pub description: String,
    /// Address of a photo.
    pub media_url: Option<String>,
}

/// What became of a report that was sent.
#[derive(Debug, Clone)]
pub struct Answered {
    /// Its code.
    pub id: String,
    /// What happens next, in words.
    pub notice: String,
}

/// Something wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The status of HTTP.
    pub code: u16,
    /// What is wrong, in words.
    pub description: String,
}

/// An endpoint that discovery names.
#[derive(Debug, Clone)]
pub struct Endpoint {
    /// Where it is.
    pub url: String,
    /// `production` or `test`.
    pub kind: &'static str,
}

fn time(at: Instant) -> Value {
    // Whole seconds, since some clients read no fractions.
    let seconds = Instant::from_second(at.as_second()).unwrap_or(at);
    Value::Text(seconds.to_string())
}

/// `discovery`
#[must_use]
pub fn discovery(
    changed: Instant,
    contact: &str,
    key_service: &str,
    endpoints: &[Endpoint],
) -> Document {
    let formats = ["text/xml", "application/json"].map(Value::from).to_vec();
    let one = |endpoint: &Endpoint| {
        Value::Record(vec![
            ("specification", "http://wiki.open311.org/GeoReport_v2".into()),
            ("url", endpoint.url.as_str().into()),
            ("changeset", time(changed)),
            ("type", endpoint.kind.into()),
            ("formats", Value::List("format", formats.clone())),
        ])
    };
    let value = Value::Record(vec![
        ("changeset", time(changed)),
        ("contact", contact.into()),
        ("key_service", key_service.into()),
        ("endpoints", Value::List("endpoint", endpoints.iter().map(one).collect())),
    ]);
    Document { root: "discovery", value }
}

/// `services`
#[must_use]
pub fn services(services: &[ServiceOf]) -> Document {
    let one = |service: &ServiceOf| {
        Value::Record(vec![
            ("service_code", service.code.as_str().into()),
            ("service_name", service.name.as_str().into()),
            ("description", service.description.as_str().into()),
            ("metadata", service.metadata.into()),
            ("type", "realtime".into()),
            ("keywords", service.keywords.as_str().into()),
            ("group", service.group.as_str().into()),
        ])
    };
    list("services", "service", services.iter().map(one))
}

/// `services/CODE`
#[must_use]
pub fn definition(service: &str, attributes: &[AttributeOf]) -> Document {
    let one = |(order, attribute): (usize, &AttributeOf)| {
        let value = |(key, name): &(String, String)| {
            Value::Record(vec![("key", key.as_str().into()), ("name", name.as_str().into())])
        };
        let hint = if attribute.values.is_empty() { "" } else { "one of the values" };
        Value::Record(vec![
            ("variable", true.into()),
            ("code", attribute.code.as_str().into()),
            ("datatype", attribute.datatype.into()),
            ("required", attribute.required.into()),
            ("datatype_description", hint.into()),
            ("order", Value::Whole(i64::try_from(order + 1).unwrap_or(i64::MAX))),
            ("description", attribute.description.as_str().into()),
            ("values", Value::List("value", attribute.values.iter().map(value).collect())),
        ])
    };
    let attributes = attributes.iter().enumerate().map(one).collect();
    let value = Value::Record(vec![
        ("service_code", service.into()),
        ("attributes", Value::List("attribute", attributes)),
    ]);
    Document { root: "service_definition", value }
}

/// `requests`
#[must_use]
pub fn requests(requests: &[RequestOf]) -> Document {
    list("service_requests", "request", requests.iter().map(request))
}

fn request(of: &RequestOf) -> Value {
    Value::Record(vec![
        ("service_request_id", of.id.as_str().into()),
        ("status", status(of.open)),
        ("status_notes", of.status_notes.clone().into()),
        ("service_name", of.service_name.as_str().into()),
        ("service_code", of.service_code.as_str().into()),
        ("description", of.description.clone().into()),
        ("agency_responsible", of.agency.clone().into()),
        ("service_notice", Value::None),
        ("requested_datetime", time(of.requested)),
        ("updated_datetime", time(of.updated)),
        ("expected_datetime", of.expected.map_or(Value::None, time)),
        ("address", of.address.clone().into()),
        ("address_id", of.address_id.clone().into()),
        ("zipcode", Value::None),
        ("lat", of.point.map(|(lat, _)| lat).into()),
        ("long", of.point.map(|(_, long)| long).into()),
        ("media_url", of.media_url.clone().into()),
    ])
}

fn status(open: bool) -> Value {
    if open { "open" } else { "closed" }.into()
}

/// The answer to a report that was sent.
#[must_use]
pub fn made(answered: &Answered) -> Document {
    let one = Value::Record(vec![
        ("service_request_id", answered.id.as_str().into()),
        ("service_notice", answered.notice.as_str().into()),
        ("account_id", Value::None),
    ]);
    list("service_requests", "request", [one].into_iter())
}

/// `tokens/TOKEN`: every report is filed at once, so its token is its code.
#[must_use]
pub fn tokens(id: &str) -> Document {
    let one = Value::Record(vec![("service_request_id", id.into()), ("token", id.into())]);
    list("service_requests", "request", [one].into_iter())
}

/// `servicerequestupdates`
#[must_use]
pub fn updates(updates: &[UpdateOf]) -> Document {
    let one = |update: &UpdateOf| {
        Value::Record(vec![
            ("update_id", update.id.as_str().into()),
            ("service_request_id", update.request.as_str().into()),
            ("status", status(update.open)),
            ("updated_datetime", time(update.at)),
            ("description", update.description.as_str().into()),
            ("media_url", update.media_url.clone().into()),
        ])
    };
    list("service_request_updates", "request_update", updates.iter().map(one))
}

/// What is wrong.
#[must_use]
pub fn faults(faults: &[Fault]) -> Document {
    let one = |fault: &Fault| {
        Value::Record(vec![
            ("code", Value::Whole(fault.code.into())),
            ("description", fault.description.as_str().into()),
        ])
    };
    list("errors", "error", faults.iter().map(one))
}

fn list(root: &'static str, item: &'static str, items: impl Iterator<Item = Value>) -> Document {
    Document { root, value: Value::List(item, items.collect()) }
}
