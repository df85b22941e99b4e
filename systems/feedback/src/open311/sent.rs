//! What programs send: reports and updates, with their key.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::Response,
    routing::get,
};
use kernel::{EventId, nfc};
use serde_json::Map;
use store::args;

use super::{
    Answered, Document, Format, Value, api, documents,
    keys::{self, Key},
};
use crate::{
    Error, Feedback, Result,
    boundary::Boundaries,
    bounds::{Deed, Sender},
    category::Category,
    commands::{self, NewReport, TakeError},
    geo::Point,
    model,
    pages::typed::Typed,
    rules::Rules,
};

const LETTERS_MAX: usize = 4000;

pub(super) fn routes() -> Router<Feedback> {
    Router::new().route("/open311/v2/{name}", get(read).post(write))
}

async fn read(
    State(feedback): State<Feedback>,
    Path(name): Path<String>,
    Query(asked): Query<api::Asked>,
) -> Response {
    match Format::of_path(&name) {
        Some(("discovery", format)) => api::discovered(&feedback, format),
        Some(("services", format)) => api::services(&feedback, &asked, format).await,
        Some(("requests", format)) => api::requests(&feedback, &asked, format).await,
        Some(("servicerequestupdates", format)) => api::updates(&feedback, &asked, format).await,
        _ => api::no_format(),
    }
}

async fn write(
    State(feedback): State<Feedback>,
    _from: api::From,
    Path(name): Path<String>,
    Query(asked): Query<api::Asked>,
    mut typed: Typed,
) -> Response {
    let Some((what, format)) = Format::of_path(&name) else { return api::no_format() };
    // Some programs put the key and the jurisdiction into the address.
    for (name, value) in &asked {
        if typed.get(name).is_empty() {
            typed.set(name, value.as_str());
        }
    }
    let own: api::Asked = typed.fields.iter().cloned().collect();
    if let Err(wrong) = api::here(&feedback, &own, format) {
        return *wrong;
    }
    let key = match key(&feedback, &typed).await {
        Ok(Some(key)) => key,
        Ok(None) if typed.get("api_key").is_empty() => {
            return api::fault(format, StatusCode::BAD_REQUEST, "api_key was not provided");
        }
        Ok(None) => return api::fault(format, StatusCode::FORBIDDEN, "api_key is not valid"),
        Err(error) => return api::failed(format, &error),
    };
    let sender = Sender::Key(key.hash.clone());
    if !feedback.bounds().allows(sender, Deed::Report, feedback.now()) {
        return api::fault(format, StatusCode::TOO_MANY_REQUESTS, "too many requests in an hour");
    }
    match what {
        "requests" => report(&feedback, key, typed, format).await,
        "servicerequestupdates" => update(&feedback, key, &typed, format).await,
        _ => api::no_format(),
    }
}

async fn key(feedback: &Feedback, typed: &Typed) -> Result<Option<Key>> {
    let given = typed.get("api_key").to_owned();
    if given.is_empty() {
        return Ok(None);
    }
    let shared = feedback.clone();
    feedback.front.store.read(move |tx| keys::find(tx, &shared.front.tenant, &given)).await
}

async fn report(feedback: &Feedback, key: Key, mut typed: Typed, format: Format) -> Response {
    let rules = match api::rules(feedback).await {
        Ok(rules) => rules,
        Err(error) => return api::failed(format, &error),
    };
    let boundaries = match feedback.boundaries().await {
        Ok(boundaries) => boundaries,
        Err(error) => return api::failed(format, &error),
    };
    let new = match read_report(feedback, &rules, &boundaries, &key, &typed) {
        Ok(new) => new,
        Err((code, said)) => return api::fault(format, code, said),
    };
    let photos = std::mem::take(&mut typed.photos);
    let shared = feedback.clone();
    let taken = tokio::task::spawn_blocking(move || commands::take_uploads(&shared, &photos)).await;
    let taken = match taken {
        Ok(Ok(taken)) => taken,
        Ok(Err(TakeError::Photo(error))) => {
            return api::fault(format, StatusCode::BAD_REQUEST, error.to_string());
        }
        Ok(Err(TakeError::File(error))) => return api::failed(format, &error.into()),
        Err(error) => {
            tracing::error!(%error, "photos were not painted");
            return api::fault(format, StatusCode::INTERNAL_SERVER_ERROR, "the server failed");
        }
    };
    let (shared, now) = (feedback.clone(), feedback.now());
    let sent = feedback.front.store.write(move |tx| {
        let mut new = new.clone();
        for (full, small, at) in &taken {
            commands::keep_upload(tx, &shared, full, small, *at, now)?;
            new.photos.push(full.clone());
            let taken_at = at.and_then(|(north, east)| Point::new(north, east));
            new.point = new.point.or(taken_at);
        }
        commands::report(tx, &shared, &new, now)
    });
    match sent.await {
        Ok(sent) => {
            let notice = api::vietnamese(feedback).t("open311-notice");
            let answered = Answered { id: sent.case.code.to_string(), notice };
            api::answer(format, StatusCode::OK, &documents::made(&answered))
        }
        Err(error) => api::failed(format, &error),
    }
}

fn read_report(
    feedback: &Feedback,
    rules: &Rules,
    boundaries: &Boundaries,
    key: &Key,
    typed: &Typed,
) -> Result<NewReport, (StatusCode, String)> {
    let bad = |said: &str| (StatusCode::BAD_REQUEST, said.to_owned());
    let code = typed.get("service_code");
    if code.is_empty() {
        return Err(bad("service_code was not provided"));
    }
    let category = Category::from_word(code)
        .ok_or((StatusCode::NOT_FOUND, "service_code was not found".to_owned()))?;
    let text: String = typed.get("description").chars().take(LETTERS_MAX).collect();
    if text.is_empty() {
        return Err(bad("description was not provided"));
    }
    let number = |name: &str| typed.get(name).parse::<f64>().ok();
    let given = !typed.get("lat").is_empty() || !typed.get("long").is_empty();
    let point = number("lat").zip(number("long")).and_then(|(n, e)| Point::new(n, e));
    if given && point.is_none() {
        return Err(bad("lat and long cannot be read"));
    }
    let directory = feedback.front.directory.get();
    let named = typed.get("address_id").parse().ok();
    let named = named.filter(|code| directory.places().get(code).is_some());
    let around = || feedback.commune_at(boundaries, point?);
    let place = named.or_else(around);
    let address = typed.get("address_string").to_owned();
    if point.is_none() && place.is_none() && address.is_empty() {
        return Err(bad("a location was not provided: lat and long, address_string or address_id"));
    }
    let name = nfc(&format!("{} {}", typed.get("last_name"), typed.get("first_name")));
    Ok(NewReport {
        text,
        category,
        suggested: None,
        place,
        point,
        address,
        anonymous: true,
        name,
        phone: typed.get("phone").parse().ok(),
        email: Some(typed.get("email").to_owned()).filter(|email| !email.is_empty()),
        wanted_shown: true,
        photos: Vec::new(),
        attributes: attributes(rules, category, typed)?,
        source: key.name.clone(),
        party: None,
        reopens: None,
        to: None,
    })
}

/// Answers to the further questions of the category, as `attribute[CODE]`.
fn attributes(
    rules: &Rules,
    category: Category,
    typed: &Typed,
) -> Result<Map<String, serde_json::Value>, (StatusCode, String)> {
    let bad = |said: String| (StatusCode::BAD_REQUEST, said);
    let mut out = Map::new();
    for attribute in &rules.category(category).attribute {
        let name = format!("attribute[{}]", attribute.id);
        let value: String = typed.get(&name).chars().take(500).collect();
        if value.is_empty() {
            if attribute.required {
                return Err(bad(format!("{name} was not provided")));
            }
            continue;
        }
        let fits = attribute.choices.is_empty()
            || attribute.choices.iter().any(|(choice, _)| *choice == value);
        if !fits {
            return Err(bad(format!("{name} is none of its values: {value}")));
        }
        out.insert(attribute.id.clone(), value.into());
    }
    let media = typed.get("media_url");
    if !media.is_empty() {
        out.insert("media_url".into(), media.chars().take(500).collect::<String>().into());
    }
    Ok(out)
}

/// What another system tells of a report: a line of its story. It moves nothing by itself.
async fn update(feedback: &Feedback, key: Key, typed: &Typed, format: Format) -> Response {
    let code = typed.get("service_request_id").to_owned();
    let words: String = typed.get("description").chars().take(LETTERS_MAX).collect();
    if code.is_empty() || words.is_empty() {
        let said = "service_request_id and description must be provided";
        return api::fault(format, StatusCode::BAD_REQUEST, said);
    }
    let status = typed.get("status").to_lowercase();
    if !matches!(status.as_str(), "" | "open" | "closed") {
        return api::fault(format, StatusCode::BAD_REQUEST, "status is open or closed");
    }
    let media = Some(typed.get("media_url").to_owned()).filter(|address| is_web(address));
    let (shared, now) = (feedback.clone(), feedback.now());
    let written = feedback.front.store.write(move |tx| {
        let front = &shared.front;
        let code = code.parse().map_err(|_| Error::NoSuchReport)?;
        let report = model::by_code(tx, &front.tenant, &code)?;
        let report = report.filter(|report| report.shown).ok_or(Error::NoSuchReport)?;
        let id: EventId = front.mint.id(now);
        tx.put(
            "insert into feedback_update (tenant, id, case_id, at, kind, is_open, words, media,
                 source)
             values ($1, $2, $3, $4, 'comment', $5, $6, $7, $8)",
            args!(
                &front.tenant,
                id,
                report.case,
                now,
                report.is_open,
                &words,
                media.as_deref(),
                &key.name
            ),
        )?;
        Ok::<_, Error>(id)
    });
    match written.await {
        Ok(id) => {
            let one = Value::Record(vec![("update_id", id.to_string().into())]);
            let value = Value::List("request_update", vec![one]);
            let document = Document { root: "service_request_updates", value };
            api::answer(format, StatusCode::OK, &document)
        }
        Err(error) => api::failed(format, &error),
    }
}

fn is_web(address: &str) -> bool {
    (address.starts_with("https://") || address.starts_with("http://")) && address.len() < 500
}
