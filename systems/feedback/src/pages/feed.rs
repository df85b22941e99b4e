//! The newest reports as a feed, by area and category: Atom (RFC 4287) and RSS 2.0 of one source.

mod write;

use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use kernel::{Instant, hex};
use sha2::{Digest, Sha256};
use web::{MaybeCitizen, Speaks, http::Problem, page::FeedLink, tr};

use self::write::{Entry, Feed};
use super::{PUBLIC, list::Address, parts};
use crate::{Feedback, Result, model::Report, queries};

const ENTRIES: u32 = 50;

/// In which format it is wanted.
#[derive(Debug, Clone, Copy)]
enum Format {
    Atom,
    Rss,
}

impl Format {
    const fn path(self) -> &'static str {
        match self {
            Self::Atom => "/phan-anh/tin.atom",
            Self::Rss => "/phan-anh/tin.rss",
        }
    }

    const fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Rss => "application/rss+xml",
        }
    }
}

/// Where the feeds of a view of the list are.
pub(super) fn links(me: &MaybeCitizen, feedback: &Feedback, address: &Address) -> Vec<FeedLink> {
    let title = title(feedback, me, address);
    let one = |format: Format, name: &str| FeedLink {
        kind: format.media_type(),
        title: format!("{title} ({name})"),
        href: address.at(format.path(), &[]),
    };
    vec![one(Format::Atom, "Atom"), one(Format::Rss, "RSS")]
}

pub(super) async fn atom(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, Problem> {
    answered(&feedback, &me, &headers, &address, Format::Atom).await
}

pub(super) async fn rss(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    headers: HeaderMap,
    Query(address): Query<Address>,
) -> Result<Response, Problem> {
    answered(&feedback, &me, &headers, &address, Format::Rss).await
}

async fn answered(
    feedback: &Feedback,
    me: &MaybeCitizen,
    headers: &HeaderMap,
    address: &Address,
    format: Format,
) -> Result<Response, Problem> {
    let feed = feed(feedback, me, address, format).await?;
    let body = match format {
        Format::Atom => feed.atom(),
        Format::Rss => feed.rss(),
    };
    let tag = format!("\"{}\"", hex(&Sha256::digest(body.as_bytes())[..16]));
    let kept = [
        (header::ETAG, tag.clone()),
        (header::LAST_MODIFIED, http_date(feed.updated)),
        // Whoever follows asks again, and is told in a few bytes that nothing is new.
        (header::CACHE_CONTROL, "no-cache".to_owned()),
        (header::VARY, "accept-language, cookie".to_owned()),
    ];
    if is_known(headers, &tag, feed.updated) {
        return Ok((StatusCode::NOT_MODIFIED, kept).into_response());
    }
    let kind = format!("{}; charset=utf-8", format.media_type());
    Ok((kept, [(header::CONTENT_TYPE, kind)], body).into_response())
}

/// Whether whoever asks has it already (RFC 9110, 13.2.2: the tag counts before the date).
fn is_known(headers: &HeaderMap, tag: &str, updated: Instant) -> bool {
    let said = |name| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(known) = said(header::IF_NONE_MATCH) {
        let bare = |part: &str| part.trim().trim_start_matches("W/").to_owned();
        return known.split(',').any(|part| bare(part) == tag || part.trim() == "*");
    }
    let since = said(header::IF_MODIFIED_SINCE);
    let since = since.and_then(|date| DateTimeParser::new().parse_timestamp(date).ok());
    since.is_some_and(|since| since.as_second() >= updated.as_second())
}

/// An instant as HTTP and RSS write it: "Mon, 23 Nov 2026 01:30:00 GMT".
fn http_date(at: Instant) -> String {
    // Years of more than four digits alone cannot be written.
    DateTimePrinter::new().timestamp_to_rfc9110_string(&at).unwrap_or_default()
}

async fn feed(
    feedback: &Feedback,
    me: &MaybeCitizen,
    address: &Address,
    format: Format,
) -> Result<Feed, Problem> {
    let (shared, asked) = (feedback.clone(), address.asked());
    let read =
        feedback.front.store.read(move |tx| queries::newest(tx, &shared, &asked, None, ENTRIES));
    let reports = read.await?;
    let base = feedback.address.trim_end_matches('/');
    let updated = reports.iter().map(|report| report.updated_at).max();
    Ok(Feed {
        title: title(feedback, me, address),
        about: tr!(me, "feedback-lead"),
        own: format!("{base}{}", address.at(format.path(), &[])),
        page: format!("{base}{}", address.at(PUBLIC, &[])),
        updated: updated.unwrap_or(Instant::UNIX_EPOCH),
        entries: reports.iter().map(|report| entry(feedback, me, report)).collect(),
    })
}

fn title(feedback: &Feedback, me: &MaybeCitizen, address: &Address) -> String {
    let (directory, asked) = (feedback.front.directory.get(), address.asked());
    let title = [
        tr!(me, "feedback-title"),
        feedback.front.place.name.clone(),
        parts::place(&directory, asked.place.as_ref()),
        asked.category.map_or_else(String::new, |of| parts::category(me.words(), of)),
    ];
    let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).collect();
    title.join(", ")
}

fn entry(feedback: &Feedback, me: &MaybeCitizen, report: &Report) -> Entry {
    let text = report.public_text.as_deref().unwrap_or_default();
    let answer = report.answer.as_deref().map(|answer| format!("\n\n{answer}"));
    Entry {
        title: parts::beginning(text),
        link: feedback.address_of(&report.code),
        published: report.submitted_at,
        updated: report.updated_at,
        author: report.name_shown.clone().unwrap_or_else(|| tr!(me, "feedback-anonymous")),
        category: report.category.word(),
        label: parts::category(me.words(), report.category),
        text: format!("{text}{}", answer.unwrap_or_default()),
    }
}
