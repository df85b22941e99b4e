//! What is sent of an input: a figure with its evidence, and what a second person finds.

use std::io::Cursor;

use axum::{
    Form,
    extract::{Multipart, Path, Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use desk::{
    Furnished,
    typed::{Typed, forged},
};
use identity::access::Action;
use scorecards::Number;
use web::{
    SignedIn,
    components::flash::Flash,
    form::Faults,
    http::{self, Problem, flash::see_other_with},
    tr,
};

use super::{
    super::{Asked, admit, only, stamp, words},
    FILE_BYTES_MAX, Shown, found, page,
};
use crate::{
    Error, Scoring, commands,
    commands::{Judged, New},
    model::{Evidence, NOTE_LETTERS_MAX},
};

/// The parts of a form with a file.
async fn sent(mut parts: Multipart) -> Result<(Typed, Option<(String, Vec<u8>)>), Problem> {
    let (mut pairs, mut file) = (Vec::new(), None);
    while let Some(part) = parts.next_field().await.map_err(|_| Problem::bad_request())? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "tep" {
            let named = part.file_name().unwrap_or_default().to_owned();
            let bytes = part.bytes().await.map_err(|error| Problem::of_status(error.status()))?;
            if !named.is_empty() && !bytes.is_empty() {
                file = Some((named, bytes.to_vec()));
            }
        } else {
            let text = part.text().await.map_err(|_| Problem::bad_request())?;
            pairs.push((name, text));
        }
    }
    Ok((Typed(pairs), file))
}

pub(super) async fn say(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, input)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    parts: Multipart,
) -> Result<Response, Problem> {
    let (typed, file) = sent(parts).await?;
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let shown = found(&scoring, &me, (&name, &input), &asked).await?;
    only(&scoring, &me, Action::ViewFigures, shown.at.agency)?;
    let mut faults = Faults::default();
    let mut new = parsed(&me, &shown, &typed, &mut faults);
    if let (Some(new), Some((named, bytes))) = (&mut new, file) {
        match kept(&scoring, &named, bytes).await {
            Some(evidence) => new.file = Some(evidence),
            None => faults.add("tep", tr!(me, "scoring-fault-file")),
        }
    }
    if let Some(new) = new.filter(|_| faults.is_empty()) {
        let (stamp, of) = (stamp(&me), shown.at.clone());
        let written = scoring.write(move |tx, scoring| {
            let card = scoring.card(&of.name, of.period)?;
            commands::say(tx, scoring, card, (of.agency, of.period), &new, &stamp)
        });
        match written.await {
            Ok(_) => {
                let done = Flash::done(tr!(me, "scoring-say-done"));
                return Ok(see_other_with(&shown.at.address(&format!("/so/{input}")), done));
            }
            Err(Error::Score(_)) => faults.add("gia-tri", tr!(me, "scoring-fault-bounds")),
            Err(error) => return Err(error.into()),
        }
    }
    let page = page(&scoring, &me, &shown, (&faults, Some(&typed))).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

fn parsed(me: &SignedIn, shown: &Shown, typed: &Typed, faults: &mut Faults) -> Option<New> {
    let mut number = |field: &'static str, needed: bool| -> Option<Number> {
        let text = typed.get(field);
        let read = words::read(text).filter(|number| *number >= 0);
        if read.is_none() && (needed || !text.is_empty()) {
            faults.add(field, tr!(me, "scoring-fault-number"));
        }
        read
    };
    let (value, worst, best) =
        (number("gia-tri", true), number("thap", false), number("cao", false));
    let note: String = kernel::nfc(typed.get("ghi-chu"));
    if note.is_empty() || note.chars().count() > NOTE_LETTERS_MAX.into() {
        faults.add("ghi-chu", tr!(me, "scoring-fault-note"));
    }
    let reason: String =
        kernel::nfc(typed.get("ly-do")).chars().take(NOTE_LETTERS_MAX.into()).collect();
    if shown.closed && reason.is_empty() {
        faults.add("ly-do", tr!(me, "scoring-fault-reason"));
    }
    // A file that was given before stays, where no other is sent.
    let file = shown.line.said.as_ref().and_then(|said| said.file.clone());
    let input = shown.input.name.clone();
    Some(New { input, value: value?, worst, best, note, file, reason })
}

/// Keeps a file, on a thread that may wait for the disk; none where it is none of those taken.
async fn kept(scoring: &Scoring, name: &str, bytes: Vec<u8>) -> Option<Evidence> {
    let (blobs, named) = (scoring.desk().blobs.clone(), name.to_owned());
    let keep = move || {
        let kind = files::Kind::of_name(&named).ok()?;
        let stored = blobs.put(kind, Cursor::new(bytes), FILE_BYTES_MAX as u64).ok()?;
        Some(commands::evidence(stored.hash, &named, stored.kind))
    };
    tokio::task::spawn_blocking(keep).await.ok().flatten()
}

pub(super) async fn judge(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, input)): Path<(String, String)>,
    Query(asked): Query<Asked>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let shown = found(&scoring, &me, (&name, &input), &asked).await?;
    only(&scoring, &me, Action::Direct, shown.at.agency)?;
    let letters = |text: &str| kernel::nfc(text).chars().take(NOTE_LETTERS_MAX.into()).collect();
    let judged = Judged {
        input: input.clone(),
        accepted: typed.get("ket-qua") == "dat",
        note: letters(typed.get("y-kien")),
        reason: letters(typed.get("ly-do")),
    };
    let mut faults = Faults::default();
    if !judged.accepted && judged.note.is_empty() {
        faults.add("y-kien", tr!(me, "scoring-fault-review"));
    }
    if shown.closed && judged.reason.is_empty() {
        faults.add("ly-do", tr!(me, "scoring-fault-reason"));
    }
    if !faults.is_empty() {
        let page = page(&scoring, &me, &shown, (&faults, None)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (stamp, of, accepted) = (stamp(&me), shown.at.clone(), judged.accepted);
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::judge(tx, scoring, card, (of.agency, of.period), &judged, &stamp)
    });
    written.await?;
    let key = if accepted { "scoring-judged" } else { "scoring-given-back" };
    Ok(see_other_with(&shown.at.address(&format!("/so/{input}")), Flash::done(me.words.t(key))))
}

/// The file that is evidence.
pub(super) async fn evidence(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, input)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    admit(&scoring, &me)?;
    let shown = found(&scoring, &me, (&name, &input), &asked).await?;
    let file = shown.line.said.and_then(|said| said.file).ok_or_else(Problem::not_found)?;
    let hash = file.hash.parse().map_err(|_| Problem::not_found())?;
    let blobs = scoring.desk().blobs.clone();
    let read = tokio::task::spawn_blocking(move || blobs.get(hash)).await;
    let bytes = read.map_err(|error| Problem::internal(&error))?;
    let bytes = bytes.map_err(|_| Problem::not_found())?;
    let name = format!("attachment; filename*=UTF-8''{}", http::encoded(&file.name));
    let kind = "application/octet-stream".to_owned();
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, bytes).into_response())
}
