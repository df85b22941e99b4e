//! A report in one short page: what, a photo, where. What is probably the same is offered before
//! anything new is sent.

mod check;
mod view;

use std::net::SocketAddr;

use axum::{
    extract::{ConnectInfo, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use kernel::EventId;
use serde::Deserialize;
use web::{
    MaybeCitizen, Words,
    form::Faults,
    http::{self, Problem},
    tr,
};

use self::check::{Checked, check};
use super::{PUBLIC, map, typed::Typed};
use crate::{
    Feedback, Result,
    boundary::Boundaries,
    bounds::{Deed, Sender},
    category::Category,
    commands::{self, TakeError},
    geo::{Point, spots},
    queries::{self, Near, What},
    suggestion::Suggestion,
};

/// A form that comes back sooner was filled by no hand.
const SECONDS_MIN: i64 = 3;
/// A form that comes back later was left open; its photos are forgotten.
const SECONDS_MAX: i64 = 24 * 3600;
/// From this on a suggested category is taken without asking; an officer looks at it anyway.
const SURE_FROM: f32 = 0.55;
/// A map of more than this is tapped a second time, nearer.
const METRES_EXACT: f64 = 6_000.0;

/// What the address carries: a question about a look at personal data, with its line in the log.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Begun {
    ve: String,
    muc: String,
    xa: String,
}

pub(super) async fn form(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Query(begun): Query<Begun>,
) -> Result<Response, Problem> {
    let mut typed = Typed::default();
    typed.set("xa", begun.xa);
    if begun.ve == "du-lieu" && begun.muc.parse::<EventId>().is_ok() {
        typed.set("muc", begun.muc);
        typed.set("linh_vuc", Category::Conduct.word());
        typed.set("noi_dung", tr!(me, "feedback-about-data"));
    }
    let page = view::form(&feedback, &me, &typed, &Faults::default());
    Ok(page.into_response())
}

pub(super) async fn send(
    State(feedback): State<Feedback>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    mut typed: Typed,
) -> Result<Response, Problem> {
    if me.citizen.as_ref().is_some_and(|citizen| !citizen.csrf_fits(typed.token())) {
        return Err(desk::typed::forged());
    }
    let mut faults = Faults::default();
    take_photos(&feedback, &me, from, &mut typed, &mut faults).await?;
    let boundaries = feedback.boundaries().await?;
    place_of(&feedback, &boundaries, &mut typed);
    if let Some(answer) = tapped(&feedback, &boundaries, &me, &mut typed) {
        return Ok(answer);
    }
    let checked = check(&feedback, &me, &typed, &mut faults);
    held_off(&feedback, &me.words, &typed, me.now, &mut faults);
    let Some(mut checked) = checked.filter(|_| faults.is_empty()) else {
        let page = view::form(&feedback, &me, &typed, &faults);
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let model = feedback.model().await?;
    let suggested = model.suggest(&checked.new.text);
    let first = suggested.first().copied();
    checked.new.suggested = first.map(|one| (one.category, one.sure));
    let near = similar(&feedback, &checked, &typed, first).await?;
    let asks = asks_category(&checked, first);
    if !near.is_empty() || asks {
        let offered = if asks { &suggested[..] } else { &[] };
        return Ok(view::review(&feedback, &me, &typed, &near, offered).into_response());
    }
    if let (None, Some(first)) = (checked.category, first) {
        checked.new.category = first.category;
    }
    let mut senders = vec![Sender::of(from.ip())];
    senders.extend(me.citizen.as_ref().map(|citizen| Sender::Party(citizen.party)));
    if !senders.into_iter().all(|one| feedback.bounds().allows(one, Deed::Report, me.now)) {
        faults.add("noi_dung", tr!(me, "feedback-too-often"));
        let page = view::form(&feedback, &me, &typed, &faults);
        return Ok((StatusCode::TOO_MANY_REQUESTS, page).into_response());
    }
    file(&feedback, &me, checked).await
}

/// Files it, and leads to its page with the secret by which it is followed.
async fn file(
    feedback: &Feedback,
    me: &MaybeCitizen,
    checked: Checked,
) -> Result<Response, Problem> {
    let (shared, now, looked) = (feedback.clone(), me.now, checked.looked_at);
    let new = checked.new;
    let party = new.party;
    let sent = feedback.front.store.write(move |tx| {
        let mut new = new.clone();
        if let Some((entry, party)) = looked.zip(party) {
            let found = queries::looked(tx, &shared, entry, party)?;
            new.to = found.map(|looked| looked.agency);
            if found.is_some() {
                new.attributes.insert(queries::ABOUT.to_owned(), entry.to_string().into());
            }
        }
        commands::report(tx, &shared, &new, now)
    });
    let sent = sent.await?;
    Ok(http::see_other(&format!("{PUBLIC}/{}?khoa={}&moi=1", sent.case.code, sent.secret)))
}

/// Photos go to the disk at once, so that nobody sends them twice; the form carries their names.
async fn take_photos(
    feedback: &Feedback,
    me: &MaybeCitizen,
    from: SocketAddr,
    typed: &mut Typed,
    faults: &mut Faults,
) -> Result<(), Problem> {
    let photos = std::mem::take(&mut typed.photos);
    if photos.is_empty() {
        return Ok(());
    }
    if !feedback.bounds().allows(Sender::of(from.ip()), Deed::Photo, me.now) {
        faults.add("anh", tr!(me, "feedback-too-often"));
        return Ok(());
    }
    match keep_photos(feedback, photos, me.now).await? {
        Ok(kept) => {
            let taken_at = kept.iter().find_map(|(_, at)| *at);
            for (hash, _) in kept {
                typed.fields.push(("da_co".to_owned(), hash));
            }
            if let (Some((north, east)), true) = (taken_at, typed.get("vi_do").is_empty()) {
                typed.set("vi_do", format!("{north:.6}"));
                typed.set("kinh_do", format!("{east:.6}"));
                typed.set("theo_anh", "1");
            }
        }
        Err(fault) => faults.add("anh", me.words.t(fault)),
    }
    Ok(())
}

/// The names of photos and where each was taken.
pub(super) type Kept = Vec<(String, Option<(f64, f64)>)>;

/// Paints photos anew and keeps them; the key of a sentence where one is none.
pub(super) async fn keep_photos(
    feedback: &Feedback,
    photos: Vec<Vec<u8>>,
    now: kernel::Instant,
) -> Result<Result<Kept, &'static str>, Problem> {
    let shared = feedback.clone();
    let painted =
        tokio::task::spawn_blocking(move || commands::take_uploads(&shared, &photos)).await;
    let taken = match painted.map_err(|error| Problem::internal(&error))? {
        Ok(taken) => taken,
        Err(TakeError::Photo(fault)) => return Ok(Err(photo_fault(fault))),
        Err(TakeError::File(error)) => return Err(crate::Error::from(error).into()),
    };
    let (shared, kept) = (feedback.clone(), taken.clone());
    let written = feedback.front.store.write(move |tx| {
        for (full, small, at) in &kept {
            commands::keep_upload(tx, &shared, full, small, *at, now)?;
        }
        Ok::<_, crate::Error>(())
    });
    written.await?;
    Ok(Ok(taken.into_iter().map(|(full, _, at)| (full, at)).collect()))
}

const fn photo_fault(fault: crate::photo::PhotoError) -> &'static str {
    use crate::photo::PhotoError;
    match fault {
        PhotoError::Bytes => "feedback-photo-bytes",
        PhotoError::Size => "feedback-photo-size",
        PhotoError::Form => "feedback-photo-form",
    }
}

/// Where a point is known and no commune was chosen, the commune around it.
fn place_of(feedback: &Feedback, boundaries: &Boundaries, typed: &mut Typed) {
    if !typed.get("xa").is_empty() {
        return;
    }
    let Some(point) = point_of(typed) else { return };
    if let Some(place) = feedback.commune_at(boundaries, point) {
        typed.set("xa", place.as_str());
    }
}

fn point_of(typed: &Typed) -> Option<Point> {
    Point::new(typed.get("vi_do").parse().ok()?, typed.get("kinh_do").parse().ok()?)
}

/// The map, where it was asked for or tapped on: first all of the province or the commune, then
/// the surroundings, then back to the form with the point.
fn tapped(
    feedback: &Feedback,
    boundaries: &Boundaries,
    me: &MaybeCitizen,
    typed: &mut Typed,
) -> Option<Response> {
    let number = |name: &str| typed.get(name).parse::<f64>().ok();
    let tap = number("diem.x").zip(number("diem.y"));
    let shown = number("ban_do_n").zip(number("ban_do_e")).zip(number("ban_do_m"));
    if let (Some((x, y)), Some(((north, east), metres))) = (tap, shown) {
        let view = map::View { middle: Point::new(north, east)?, metres };
        let point = view.point(x * map::WIDTH / map::TAP, y * map::HEIGHT / map::TAP)?;
        if metres > METRES_EXACT {
            let near = map::View::around(point);
            return Some(view::tap(me, typed, near).into_response());
        }
        typed.set("vi_do", format!("{:.6}", point.north));
        typed.set("kinh_do", format!("{:.6}", point.east));
        place_of(feedback, boundaries, typed);
        return Some(view::form(feedback, me, typed, &Faults::default()).into_response());
    }
    if typed.get("do") == "quay-lai" {
        return Some(view::form(feedback, me, typed, &Faults::default()).into_response());
    }
    if typed.get("do") != "ban-do" {
        return None;
    }
    let commune = typed.get("xa").parse().ok();
    let begun = match (point_of(typed), commune.and_then(|place| spots().get(&place))) {
        (Some(point), _) => Some(map::View::around(point)),
        (None, Some(spot)) => Some(map::view_of(spot)),
        (None, None) => map::View::of_province(feedback),
    };
    Some(view::tap(me, typed, begun?).into_response())
}

/// What no hand does: the field that nobody sees is filled, or the form came back at once.
fn held_off(
    feedback: &Feedback,
    words: &Words,
    typed: &Typed,
    now: kernel::Instant,
    faults: &mut Faults,
) {
    let age = feedback.form_age(typed.get("luc"), now);
    let by_hand = age.is_some_and(|age| (SECONDS_MIN..SECONDS_MAX).contains(&age));
    if !by_hand || !typed.get("trang_web").is_empty() {
        faults.add("noi_dung", tr!(words, "feedback-again"));
    }
}

/// What is perhaps the same, unless somebody said already that it is not.
async fn similar(
    feedback: &Feedback,
    checked: &Checked,
    typed: &Typed,
    first: Option<Suggestion>,
) -> Result<Vec<Near>, Problem> {
    let confidential = checked.category.is_some_and(Category::is_confidential);
    if typed.ticked("khac") || confidential {
        return Ok(Vec::new());
    }
    let (shared, new, now) = (feedback.clone(), checked.new.clone(), feedback.now());
    let model = feedback.model().await?;
    let category = checked.category.or(first.map(|one| one.category));
    let read = feedback.front.store.read(move |tx| {
        let what = What {
            text: &new.text,
            category,
            point: new.point,
            place: new.place.as_ref(),
            except: None,
        };
        queries::near(tx, &shared, &model, &what, now, false)
    });
    Ok(read.await?)
}

/// Whether to ask what it is about: nobody said, and the model is not sure, or thinks that it is
/// about somebody's conduct, which is never shown and which only the reporter can say.
fn asks_category(checked: &Checked, first: Option<Suggestion>) -> bool {
    let unsure = first.is_none_or(|one| one.sure < SURE_FROM || one.category.is_confidential());
    checked.category.is_none() && unsure
}
