//! One report, to the public and to who sent it: what became of it, and what can be said to it.

mod view;

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Path, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::{Rated, Score};
use kernel::CaseCode;
use serde::Deserialize;
use store::Tx;
use subtle::ConstantTimeEq;
use web::{
    MaybeCitizen,
    components::flash::{Flash, FlashKind},
    http::{self, Problem, flash::see_other_with},
    tr,
};

use super::{PUBLIC, new, typed::Typed};
use crate::{
    Error, Feedback, Result,
    bounds::{Deed, Sender},
    commands,
    model::{self, Report},
    queries::{self, PublicUpdate, Whole},
};

/// Most letters of what the reporter writes later.
const WORDS_MAX: usize = 2000;

/// The secret by which a reporter follows a report.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Secret {
    pub(super) khoa: String,
    moi: String,
}

/// What a page shows: the report, and whether its sender looks.
pub(super) struct Seen {
    pub(super) whole: Whole,
    pub(super) updates: Vec<PublicUpdate>,
    pub(super) mine: bool,
    /// The report that it is the same as, that it reopens, by which it was reopened; with the
    /// secret of those that are the reporter's own.
    pub(super) linked: Vec<(&'static str, Report, Option<String>)>,
    /// How the reporter judged the answer.
    pub(super) score: Option<Score>,
    /// The answer to the report that it goes on with.
    pub(super) joint: Option<Joint>,
}

/// The answer to a report of the same thing, for whoever's was joined to it.
pub(super) struct Joint {
    pub(super) answer: String,
    pub(super) agency: kernel::AgencyId,
    pub(super) ended_at: Option<kernel::Instant>,
    pub(super) photos: Vec<queries::Photo>,
}

/// Whether who asks sent the report: signed in as the one, or holding its secret.
pub(super) fn is_reporter(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    me: &MaybeCitizen,
    report: &Report,
    secret: &str,
) -> Result<bool> {
    let right = feedback.tracking_secret(report.case);
    let typed = secret.trim().to_uppercase();
    if bool::from(right.as_bytes().ct_eq(typed.as_bytes())) {
        return Ok(true);
    }
    let Some(citizen) = &me.citizen else { return Ok(false) };
    let case = casework::load(tx, &feedback.front.tenant, report.case)?;
    Ok(case.is_some_and(|case| case.applicant == citizen.party))
}

pub(super) async fn page(
    State(feedback): State<Feedback>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    Query(secret): Query<Secret>,
) -> Result<Response, Problem> {
    let Ok(code) = code.to_uppercase().parse::<CaseCode>() else {
        return Err(Problem::not_found());
    };
    let typed = !secret.khoa.is_empty();
    if typed && feedback.guesses.holds_back(from.ip(), me.now) {
        let page = view::ask(&me, &code, Some("track-too-often"));
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    match seen(&feedback, &me, &code, &secret.khoa).await? {
        Some(seen) => {
            let fresh = secret.moi == "1" && seen.mine;
            let page = view::page(&feedback, &me, &seen, &secret.khoa, fresh);
            // The secret stands in the address; it goes nowhere else.
            Ok(([(header::REFERRER_POLICY, "no-referrer")], page).into_response())
        }
        None => {
            if typed {
                feedback.guesses.failed(from.ip(), me.now);
            }
            let fault = typed.then_some("feedback-secret-wrong");
            let page = view::ask(&me, &code, fault);
            Ok((StatusCode::NOT_FOUND, page).into_response())
        }
    }
}

async fn seen(
    feedback: &Feedback,
    me: &MaybeCitizen,
    code: &CaseCode,
    secret: &str,
) -> Result<Option<Seen>, Problem> {
    let (shared, me, code, secret) =
        (feedback.clone(), me.clone(), code.clone(), secret.to_owned());
    let read = feedback.front.store.read(move |tx| {
        let tenant = &shared.front.tenant;
        let Some(report) = model::by_code(tx, tenant, &code)? else { return Ok(None) };
        let mine = is_reporter(tx, &shared, &me, &report, &secret)?;
        if !mine && !report.shown {
            return Ok(None);
        }
        let Some(whole) = queries::whole(tx, &shared, &code)? else { return Ok(None) };
        let updates = queries::updates_of(tx, &shared, report.case)?;
        let mut linked = Vec::new();
        let links = [
            ("merged", report.merged_into),
            ("reopens", report.reopens),
            ("reopened", report.reopened_as),
        ];
        for (kind, case) in links {
            let Some(other) = case else { continue };
            let Some(other) = model::by_case(tx, tenant, other)? else { continue };
            let loaded = casework::load(tx, tenant, other.case)?;
            let own = mine && loaded.is_some_and(|case| case.applicant == whole.case.applicant);
            let secret = own.then(|| shared.tracking_secret(other.case));
            if own || other.shown {
                linked.push((kind, other, secret));
            }
        }
        let score = match mine {
            true => desk::rating_of(tx, shared.desk(), report.case)?,
            false => None,
        };
        let joint = match report.merged_into {
            Some(into) if mine => joint(tx, &shared, into)?,
            _ => None,
        };
        Ok::<_, Error>(Some(Seen { whole, updates, mine, linked, score, joint }))
    });
    Ok(read.await?)
}

fn joint(tx: &mut Tx<'_>, feedback: &Feedback, into: kernel::CaseId) -> Result<Option<Joint>> {
    let Some(other) = model::by_case(tx, &feedback.front.tenant, into)? else { return Ok(None) };
    let Some(answer) = queries::answer_to_all(tx, feedback, &other)? else { return Ok(None) };
    let mut photos = queries::photos(tx, feedback, other.case)?;
    photos.retain(|photo| other.shown && photo.shown && photo.kind == "answer");
    Ok(Some(Joint { answer, agency: other.agency, ended_at: other.ended_at, photos }))
}

/// "This is mine too".
pub(super) async fn support(
    State(feedback): State<Feedback>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    headers: HeaderMap,
    Path(code): Path<String>,
    typed: Typed,
) -> Result<Response, Problem> {
    forged(&me, &typed)?;
    let sender = Sender::of(from.ip());
    if !feedback.bounds().allows(sender, Deed::Small, me.now) {
        return Err(Problem::of_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let party = me.citizen.as_ref().map(|citizen| citizen.party);
    let agent = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let who = match party {
        Some(party) => feedback.blind("feedback-who", &format!("party {party}")),
        None => feedback.blind("feedback-who", &format!("address {} {agent}", from.ip())),
    };
    let (shared, now, wanted) = (feedback.clone(), me.now, code.clone());
    let written = feedback.front.store.write(move |tx| {
        let report = of_code(tx, &shared, &wanted)?;
        commands::support(tx, &shared, report.case, &who, party, now)
    });
    let said = if written.await? { "feedback-supported" } else { "feedback-supported-before" };
    Ok(told(&me, &format!("{PUBLIC}/{code}"), said))
}

/// The reporter answers what was asked.
pub(super) async fn supply(
    State(feedback): State<Feedback>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    mut typed: Typed,
) -> Result<Response, Problem> {
    forged(&me, &typed)?;
    let back = back_to(&code, &typed);
    let words: String = typed.get("tra_loi").chars().take(WORDS_MAX).collect();
    if words.is_empty() {
        return Ok(told(&me, &back, "feedback-words-missing"));
    }
    if !feedback.bounds().allows(Sender::of(from.ip()), Deed::Small, me.now) {
        return Err(Problem::of_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let photos = std::mem::take(&mut typed.photos);
    let kept = match new::keep_photos(&feedback, photos, me.now).await? {
        Ok(kept) => kept.into_iter().map(|(hash, _)| hash).collect::<Vec<_>>(),
        Err(fault) => return Ok(told(&me, &back, fault)),
    };
    by_reporter(&feedback, &me, &code, &typed, move |tx, feedback, report, now| {
        commands::supply(tx, feedback, report.case, &words, &kept, now)
    })
    .await?;
    Ok(told(&me, &back, "feedback-supplied"))
}

/// How satisfied the reporter is: the same question, and the same one answer, as of every matter.
pub(super) async fn rate(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    typed: Typed,
) -> Result<Response, Problem> {
    forged(&me, &typed)?;
    let score = typed.get(desk::SCORE_FIELD).parse().ok().and_then(Score::of);
    let score = score.ok_or_else(Problem::bad_request)?;
    let rated = by_reporter(&feedback, &me, &code, &typed, move |tx, feedback, report, now| {
        commands::rate(tx, feedback, report.case, score, now)
    });
    let said = match rated.await? {
        Rated::Counted => "feedback-rated",
        Rated::Already | Rated::TooEarly => "feedback-rated-before",
    };
    Ok(told(&me, &back_to(&code, &typed), said))
}

/// Opens it again, once.
pub(super) async fn reopen(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    typed: Typed,
) -> Result<Response, Problem> {
    forged(&me, &typed)?;
    let why: String = typed.get("ly_do").chars().take(WORDS_MAX).collect();
    if why.chars().count() < 5 {
        return Ok(told(&me, &back_to(&code, &typed), "feedback-words-missing"));
    }
    let sent = by_reporter(&feedback, &me, &code, &typed, move |tx, feedback, report, now| {
        commands::reopen(tx, feedback, report.case, &why, now)
    })
    .await?;
    Ok(http::see_other(&format!("{PUBLIC}/{}?khoa={}&moi=1", sent.case.code, sent.secret)))
}

/// Runs what only the reporter may.
async fn by_reporter<T: Send + 'static>(
    feedback: &Feedback,
    me: &MaybeCitizen,
    code: &str,
    typed: &Typed,
    mut deed: impl FnMut(&mut Tx<'_>, &Feedback, &Report, kernel::Instant) -> Result<T> + Send + 'static,
) -> Result<T, Problem> {
    let (shared, who, code) = (feedback.clone(), me.clone(), code.to_owned());
    let secret = typed.get("khoa").to_owned();
    let written = feedback.front.store.write(move |tx| {
        let report = of_code(tx, &shared, &code)?;
        if !is_reporter(tx, &shared, &who, &report, &secret)? {
            return Err(Error::NoSuchReport);
        }
        deed(tx, &shared, &report, who.now)
    });
    Ok(written.await?)
}

fn of_code(tx: &mut Tx<'_>, feedback: &Feedback, code: &str) -> Result<Report> {
    let code: CaseCode = code.parse().map_err(|_| Error::NoSuchReport)?;
    model::by_code(tx, &feedback.front.tenant, &code)?.ok_or(Error::NoSuchReport)
}

fn forged(me: &MaybeCitizen, typed: &Typed) -> Result<(), Problem> {
    match &me.citizen {
        Some(citizen) if !citizen.csrf_fits(typed.token()) => Err(desk::typed::forged()),
        _ => Ok(()),
    }
}

fn back_to(code: &str, typed: &Typed) -> String {
    let secret = typed.get("khoa");
    if secret.is_empty() {
        return format!("{PUBLIC}/{code}");
    }
    format!("{PUBLIC}/{code}?khoa={}", http::encoded(secret))
}

fn told(me: &MaybeCitizen, path: &str, key: &str) -> Response {
    let text = me.words.t(key);
    see_other_with(path, Flash { kind: FlashKind::Done, text, undo: None })
}

/// For pages that say who is asked.
pub(super) fn questions(whole: &Whole) -> Option<String> {
    whole.story.iter().rev().find_map(|told| match told.change {
        casework::Change::SupplementRequested { .. } => told.note.clone(),
        _ => None,
    })
}

/// Why it was not taken on, in the officer's words.
pub(super) fn refused(whole: &Whole) -> Option<String> {
    whole.story.iter().rev().find_map(|told| match told.change {
        casework::Change::Declined { .. } => told.note.clone(),
        _ => None,
    })
}

/// The sentence that stands on the page of a report that is unknown to who asks.
pub(super) fn unknown(me: &MaybeCitizen) -> String {
    tr!(me, "feedback-unknown")
}
