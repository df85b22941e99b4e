//! The newest reports as a feed, by area or category (RFC 4287).

use std::fmt::Write as _;

use axum::{
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use web::{MaybeCitizen, http::Problem, tr};

use super::{PUBLIC, list::Address, parts};
use crate::{Feedback, Result, open311::escaped, queries};

const ENTRIES: u32 = 50;

pub(super) async fn atom(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Query(address): Query<Address>,
) -> Result<Response, Problem> {
    let (shared, asked) = (feedback.clone(), address.asked());
    let read =
        feedback.front.store.read(move |tx| queries::newest(tx, &shared, &asked, None, ENTRIES));
    let reports = read.await?;
    let directory = feedback.front.directory.get();
    let base = feedback.address.trim_end_matches('/');
    let own = format!("{base}{}", address.at("/phan-anh/tin.atom", &[]));
    let updated = reports.iter().map(|report| report.updated_at).max().unwrap_or(me.now);
    let title = [
        tr!(me, "feedback-title"),
        feedback.front.place.name.clone(),
        parts::place(&directory, address.asked().place.as_ref()),
        address.asked().category.map_or_else(String::new, |c| parts::category(&me.words, c)),
    ];
    let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).collect();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
    // Writing to a string cannot fail, here and below.
    let _ = write!(
        out,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"vi\"><title>{}</title><id>{id}</id>\
         <link rel=\"self\" href=\"{id}\"/><link href=\"{}\"/><updated>{updated}</updated>",
        escaped(&title.join(", ")),
        escaped(&format!("{base}{}", address.at(PUBLIC, &[]))),
        id = escaped(&own),
    );
    for report in &reports {
        let text = report.public_text.as_deref().unwrap_or_default();
        let link = escaped(&feedback.address_of(&report.code));
        let answer = report.answer.as_deref().map(|answer| format!("\n\n{answer}"));
        let name = report.name_shown.clone().unwrap_or_else(|| tr!(me, "feedback-anonymous"));
        let _ = write!(
            out,
            "<entry><title>{}</title><id>{link}</id><link href=\"{link}\"/>\
             <published>{}</published><updated>{}</updated><author><name>{}</name></author>\
             <category term=\"{}\" label=\"{}\"/><summary>{}</summary></entry>",
            escaped(&parts::beginning(text)),
            report.submitted_at,
            report.updated_at,
            escaped(&name),
            report.category.word(),
            escaped(&parts::category(&me.words, report.category)),
            escaped(&format!("{text}{}", answer.unwrap_or_default())),
        );
    }
    out.push_str("</feed>\n");
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], out).into_response())
}
