//! What is sent from the page of a target.

use axum::{
    extract::{Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::Desk;
use scorecards::{Month, Number};
use web::{
    SignedIn,
    components::flash::Flash,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::{may_declare, may_overrule, open};
use crate::{
    commands::{self, NewFigure},
    model::likelihood_of,
    pages::{
        common,
        typed::{Sent, keep},
    },
};

/// Letters that make a reason.
const REASON_MIN: usize = 20;

type At = Path<(String, String)>;

fn failed(path: &str, text: String) -> Response {
    see_other_with(path, Flash::failed(text))
}

/// A head says otherwise than what was computed, or takes that back.
pub(in crate::pages) async fn overrule(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((programme, target)): At,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let open = open(&desk, &me, (&programme, &target)).await?;
    let target = open.standing.target.clone();
    if !may_overrule(&desk, &me, target.head) {
        return Err(Problem::forbidden().detail(tr!(me, "programme-only-head")));
    }
    let (path, stamp) = (target.address(), common::stamp(&me));
    if sent.typed.get("do") == "thoi" {
        let written =
            common::write(&desk, move |tx, desk| commands::end_override(tx, desk, &target, &stamp));
        return match written.await {
            Ok(()) => Ok(common::done(&path, tr!(me, "programme-overrule-ended"))),
            Err(error) => common::refused(&me, &path, error),
        };
    }
    let reason = sent.typed.get("ly_do").to_owned();
    let Some(said) = likelihood_of(sent.typed.get("nhan_dinh")) else {
        return Ok(failed(&path, tr!(me, "programme-fault-choose")));
    };
    if reason.chars().count() < REASON_MIN {
        return Ok(failed(&path, tr!(me, "programme-fault-reason", n = REASON_MIN)));
    }
    if sent.typed.get("ky").is_empty() {
        return Ok(failed(&path, tr!(me, "programme-fault-sign")));
    }
    let computed = open.standing.judged.as_ref().map(|judged| judged.likelihood);
    let written = common::write(&desk, move |tx, desk| {
        commands::overrule(tx, desk, &target, (said, computed), &reason, &stamp)
    });
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-overruled"))),
        Err(error) => common::refused(&me, &path, error),
    }
}

/// A figure is declared with its paper.
pub(in crate::pages) async fn declare(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((programme, target)): At,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let open = open(&desk, &me, (&programme, &target)).await?;
    if !may_declare(&desk, &me, &open) {
        return Err(Problem::forbidden());
    }
    let (target, stamp) = (open.standing.target, common::stamp(&me));
    let path = target.address();
    let month = sent.typed.get("thang").parse::<Month>().ok();
    let value = number(sent.typed.get("gia_tri"));
    let (Some(month), Some(value)) = (month, value) else {
        return Ok(failed(&path, tr!(me, "programme-fault-number")));
    };
    let kept = match keep(&desk, &me.words, sent.papers).await? {
        Ok(kept) => kept,
        Err(fault) => return Ok(failed(&path, fault)),
    };
    let Some(evidence) = kept.into_iter().next() else {
        return Ok(failed(&path, tr!(me, "programme-fault-evidence")));
    };
    let new = NewFigure { month, value, evidence };
    let written =
        common::write(&desk, move |tx, desk| commands::declare(tx, desk, &target, &new, &stamp));
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-declared-done"))),
        Err(error) => common::refused(&me, &path, error),
    }
}

/// A number as people type it: with a comma, and dots between thousands.
pub(in crate::pages) fn number(typed: &str) -> Option<Number> {
    let plain: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
    let plain = match plain.contains(',') {
        true => plain.replace('.', "").replace(',', "."),
        false => plain,
    };
    plain.parse().ok()
}

/// A second person checks a figure.
pub(in crate::pages) async fn check(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((programme, target)): At,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let open = open(&desk, &me, (&programme, &target)).await?;
    if !may_declare(&desk, &me, &open) {
        return Err(Problem::forbidden());
    }
    let month = sent.typed.get("thang").parse::<Month>().ok();
    let number = sent.typed.get("so").parse::<u32>().ok();
    let of = month.zip(number).ok_or_else(Problem::bad_request)?;
    let (target, stamp) = (open.standing.target, common::stamp(&me));
    let path = target.address();
    let written =
        common::write(&desk, move |tx, desk| commands::check(tx, desk, &target, of, &stamp));
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-checked"))),
        Err(error) => common::refused(&me, &path, error),
    }
}

/// The paper behind a declared figure.
pub(in crate::pages) async fn evidence(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((programme, target, name)): Path<(String, String, String)>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, (&programme, &target)).await?;
    let known =
        |one: &&crate::model::Declared| name == format!("{}.{}", one.evidence.0, one.evidence.2);
    let found = open.declared.iter().find(known).ok_or_else(Problem::not_found)?;
    shown(&desk, &found.evidence.0, &found.evidence.2, &found.evidence.1).await
}

/// A kept paper, to be taken along: it is never opened by the browser as a page of ours.
pub(in crate::pages) async fn shown(
    desk: &Desk,
    hash: &str,
    extension: &str,
    name: &str,
) -> Result<Response, Problem> {
    let hash: files::Sha256Hash = hash.parse().map_err(|_| Problem::not_found())?;
    let shared = desk.clone();
    let read = tokio::task::spawn_blocking(move || shared.blobs.get(hash));
    let bytes =
        read.await.map_err(|error| Problem::internal(&error))?.map_err(desk::Error::from)?;
    let kind = match extension {
        "pdf" => "application/pdf",
        "jpg" => "image/jpeg",
        "png" => "image/png",
        _ => "application/octet-stream",
    };
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).take(60).collect();
    let disposition = format!("attachment; filename=\"{plain}.{extension}\"");
    let headers = [
        (header::CONTENT_TYPE, kind.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
    ];
    Ok((StatusCode::OK, headers, bytes).into_response())
}
