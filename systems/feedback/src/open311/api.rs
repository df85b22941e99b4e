//! The addresses of Open311: `/open311/v2/…`, in XML and JSON.

use std::{collections::BTreeMap, net::SocketAddr};

use axum::{
    Router,
    extract::{ConnectInfo, Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};
use directory::Directory;
use kernel::Instant;
use web::{Lang, Words, http::uploads};

use super::{
    Document, Endpoint, Fault, Filters, Format, RequestOf, ServiceOf, UpdateOf, Wrong, documents,
};
use crate::{
    Error, Feedback, Result,
    category::Category,
    model::{self, Report},
    pages::parts,
    photo, queries,
    rules::{Attribute, Rules},
};

/// Bytes of a report that a program sends, photos included.
const BYTES_MAX: usize = photo::COUNT_MAX * photo::BYTES_MAX + 100_000;

pub(crate) fn router() -> Router<Feedback> {
    let sent = super::sent::routes().layer(uploads(BYTES_MAX));
    Router::new()
        .route("/open311/{name}", get(discovery))
        .route("/open311/v2/services/{name}", get(definition))
        .route("/open311/v2/requests/{name}", get(request))
        .route("/open311/v2/tokens/{name}", get(token))
        .merge(sent)
}

/// What a program asked with.
pub(super) type Asked = BTreeMap<String, String>;

/// An answer.
pub(super) fn answer(format: Format, status: StatusCode, document: &Document) -> Response {
    let headers = [
        (header::CONTENT_TYPE, format.media_type()),
        // Programs in browsers of others may read what everybody may.
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
    ];
    (status, headers, document.write(format)).into_response()
}

/// What is wrong, in the format that was asked for.
pub(super) fn fault(format: Format, code: StatusCode, description: impl Into<String>) -> Response {
    let fault = Fault { code: code.as_u16(), description: description.into() };
    answer(format, code, &documents::faults(&[fault]))
}

/// A failure of ours. The cause goes into the log.
pub(super) fn failed(format: Format, error: &Error) -> Response {
    if let Error::NoSuchReport = error {
        return fault(format, StatusCode::NOT_FOUND, "service_request_id was not found");
    }
    tracing::error!(%error, "a program was not answered");
    fault(format, StatusCode::INTERNAL_SERVER_ERROR, "the server failed; please try again")
}

/// Whether the jurisdiction that was named is this one; most name none.
pub(super) fn here(
    feedback: &Feedback,
    asked: &Asked,
    format: Format,
) -> Result<(), Box<Response>> {
    let named = asked.get("jurisdiction_id").map_or("", |named| named.trim());
    let own = feedback.front.tenant.as_str();
    let host = feedback.address.rsplit("//").next().unwrap_or_default().trim_end_matches('/');
    if named.is_empty() || named.eq_ignore_ascii_case(own) || named.eq_ignore_ascii_case(host) {
        return Ok(());
    }
    let said = "jurisdiction_id provided was not found";
    Err(Box::new(fault(format, StatusCode::NOT_FOUND, said)))
}

pub(super) fn vietnamese(feedback: &Feedback) -> Words {
    Words::new(Lang::Vi, feedback.front.texts.clone())
}

/// An address whose ending is no format of ours.
pub(super) fn no_format() -> Response {
    fault(
        Format::Xml,
        StatusCode::NOT_FOUND,
        "there is no such resource; end it with .xml or .json",
    )
}

async fn discovery(State(feedback): State<Feedback>, Path(name): Path<String>) -> Response {
    match Format::of_path(&name) {
        Some(("discovery", format)) => discovered(&feedback, format),
        _ => no_format(),
    }
}

pub(super) fn discovered(feedback: &Feedback, format: Format) -> Response {
    let base = feedback.address.trim_end_matches('/');
    let endpoint = Endpoint { url: format!("{base}/open311/v2"), kind: "production" };
    let words = vietnamese(feedback);
    // The day on which this interface last changed.
    let changed: Instant = Instant::from_second(1_795_305_600).unwrap_or(Instant::UNIX_EPOCH);
    let (contact, key) = (words.t("open311-contact"), words.t("open311-key"));
    answer(format, StatusCode::OK, &documents::discovery(changed, &contact, &key, &[endpoint]))
}

/// `services`
pub(super) async fn services(feedback: &Feedback, asked: &Asked, format: Format) -> Response {
    if let Err(wrong) = here(feedback, asked, format) {
        return *wrong;
    }
    let words = vietnamese(feedback);
    match rules(feedback).await {
        Ok(rules) => {
            let all = Category::ALL.iter().map(|category| service(&words, &rules, *category));
            let document = documents::services(&all.collect::<Vec<_>>());
            answer(format, StatusCode::OK, &document)
        }
        Err(error) => failed(format, &error),
    }
}

pub(super) async fn rules(feedback: &Feedback) -> Result<Rules> {
    let shared = feedback.clone();
    feedback.front.store.read(move |tx| shared.rules(tx)).await
}

fn service(words: &Words, rules: &Rules, category: Category) -> ServiceOf {
    let rule = rules.category(category);
    ServiceOf {
        code: category.word().to_owned(),
        name: parts::category(words, category),
        description: rule.keywords.clone(),
        metadata: !rule.attribute.is_empty(),
        keywords: rule.keywords.clone(),
        group: rule.group.clone(),
    }
}

async fn definition(
    State(feedback): State<Feedback>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some((code, format)) = Format::of_path(&name) else { return no_format() };
    if let Err(wrong) = here(&feedback, &asked, format) {
        return *wrong;
    }
    let Some(category) = Category::from_word(code) else {
        return fault(format, StatusCode::NOT_FOUND, "service_code was not found");
    };
    let rules = match rules(&feedback).await {
        Ok(rules) => rules,
        Err(error) => return failed(format, &error),
    };
    let attributes: Vec<_> = rules.category(category).attribute.iter().map(attribute).collect();
    answer(format, StatusCode::OK, &documents::definition(code, &attributes))
}

fn attribute(of: &Attribute) -> documents::AttributeOf {
    documents::AttributeOf {
        code: of.id.clone(),
        datatype: if of.choices.is_empty() { "string" } else { "singlevaluelist" },
        required: of.required,
        description: of.label.clone(),
        values: of.choices.clone(),
    }
}

/// What a list is narrowed to, or the answer that says what cannot be read.
fn wanted(feedback: &Feedback, asked: &Asked, format: Format) -> Result<Filters, Box<Response>> {
    here(feedback, asked, format)?;
    Filters::read(asked, feedback.now()).map_err(|Wrong(name, value)| {
        let said = format!("{name} cannot be read: {value}");
        Box::new(fault(format, StatusCode::BAD_REQUEST, said))
    })
}

/// `requests`
pub(super) async fn requests(feedback: &Feedback, asked: &Asked, format: Format) -> Response {
    let filters = match wanted(feedback, asked, format) {
        Ok(filters) => filters,
        Err(wrong) => return *wrong,
    };
    let shared = feedback.clone();
    let read = feedback.front.store.read(move |tx| {
        let found = queries::found(tx, &shared, &filters)?;
        with_photos(tx, &shared, found)
    });
    match read.await {
        Ok(found) => {
            let all: Vec<_> = found.iter().map(|(r, photo)| told(feedback, r, photo)).collect();
            answer(format, StatusCode::OK, &documents::requests(&all))
        }
        Err(error) => failed(format, &error),
    }
}

fn with_photos(
    tx: &mut store::Tx<'_>,
    feedback: &Feedback,
    reports: Vec<Report>,
) -> Result<Vec<(Report, Option<String>)>> {
    let mut out = Vec::with_capacity(reports.len());
    for report in reports {
        let photos = queries::photos(tx, feedback, report.case)?;
        let shown = photos.into_iter().find(|photo| photo.shown && photo.kind != "answer");
        out.push((report, shown.map(|photo| photo.hash)));
    }
    Ok(out)
}

/// `requests/CODE`: whole once the public sees it; before, whoever sent it learns that it is
/// there and where it stands, and nothing that was written.
async fn request(
    State(feedback): State<Feedback>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some((code, format)) = Format::of_path(&name) else { return no_format() };
    if let Err(wrong) = here(&feedback, &asked, format) {
        return *wrong;
    }
    match one(&feedback, code).await {
        Ok((report, photo)) => {
            let all = [told(&feedback, &report, &photo)];
            answer(format, StatusCode::OK, &documents::requests(&all))
        }
        Err(error) => failed(format, &error),
    }
}

async fn one(feedback: &Feedback, code: &str) -> Result<(Report, Option<String>)> {
    let code = code.parse().map_err(|_| Error::NoSuchReport)?;
    let shared = feedback.clone();
    let read = feedback.front.store.read(move |tx| {
        let report = model::by_code(tx, &shared.front.tenant, &code)?;
        let report = report.filter(|r| r.shown || (r.wanted_shown && !r.confidential));
        let found = with_photos(tx, &shared, report.into_iter().collect())?;
        found.into_iter().next().ok_or(Error::NoSuchReport)
    });
    read.await
}

async fn token(
    State(feedback): State<Feedback>,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Response {
    let Some((code, format)) = Format::of_path(&name) else { return no_format() };
    if let Err(wrong) = here(&feedback, &asked, format) {
        return *wrong;
    }
    match one(&feedback, code).await {
        Ok((report, _)) => answer(format, StatusCode::OK, &documents::tokens(report.code.as_str())),
        Err(Error::NoSuchReport) => fault(format, StatusCode::NOT_FOUND, "token was not found"),
        Err(error) => failed(format, &error),
    }
}

/// A report as programs read it.
fn told(feedback: &Feedback, report: &Report, photo: &Option<String>) -> RequestOf {
    let words = vietnamese(feedback);
    let directory: std::sync::Arc<Directory> = feedback.front.directory.get();
    let base = feedback.address.trim_end_matches('/');
    let place = parts::place(&directory, report.place.as_ref());
    let said = report.public_place.as_deref().unwrap_or_default();
    let address = [said, &place].into_iter().filter(|part| !part.is_empty());
    let address = address.collect::<Vec<_>>().join(", ");
    let notes = match &report.answer {
        Some(answer) if report.shown => answer.clone(),
        _ => parts::state(&words, report.state),
    };
    let agency = directory.agency(report.agency).map(|agency| agency.name.clone());
    RequestOf {
        id: report.code.to_string(),
        open: report.is_open,
        status_notes: Some(notes),
        service_name: parts::category(&words, report.category),
        service_code: report.category.word().to_owned(),
        description: report.public_text.clone(),
        agency,
        requested: report.submitted_at,
        updated: report.updated_at,
        expected: report.due_at.filter(|_| report.forwarded_at.is_some()),
        address: (report.shown && !address.is_empty()).then_some(address),
        address_id: report.place.as_ref().filter(|_| report.shown).map(ToString::to_string),
        point: report.point.filter(|_| report.shown).map(|point| (point.north, point.east)),
        media_url: photo.as_ref().map(|hash| format!("{base}/phan-anh/anh/{hash}.jpg")),
    }
}

/// `servicerequestupdates`
pub(super) async fn updates(feedback: &Feedback, asked: &Asked, format: Format) -> Response {
    let filters = match wanted(feedback, asked, format) {
        Ok(filters) => filters,
        Err(wrong) => return *wrong,
    };
    let shared = feedback.clone();
    let size = if asked.contains_key("page_size") { filters.page_size } else { 1000 };
    let offset = (filters.page - 1) * size;
    let read = feedback.front.store.read(move |tx| {
        queries::updates_between(tx, &shared, filters.from, filters.to, size, offset)
    });
    let found = match read.await {
        Ok(found) => found,
        Err(error) => return failed(format, &error),
    };
    let words = vietnamese(feedback);
    let one = |update: &queries::PublicUpdate| UpdateOf {
        id: update.id.to_string(),
        request: update.code.to_string(),
        open: update.is_open,
        at: update.at,
        description: match &update.words {
            Some(said) => said.clone(),
            None => words.t(&format!("feedback-short-{}", update.kind)),
        },
        media_url: update.media.clone(),
    };
    let all: Vec<UpdateOf> = found.iter().map(one).collect();
    answer(format, StatusCode::OK, &documents::updates(&all))
}

/// Where a program sends from.
pub(super) type From = ConnectInfo<SocketAddr>;
