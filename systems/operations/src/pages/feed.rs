//! Alerts for other programs: one message of CAP 1.2, and a feed of the newest. An officer reads
//! them signed in; a program has a key that its address carries.

use axum::{
    extract::{FromRequestParts, Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use directory::{Directory, spots};
use identity::seal::Label;
use indicators::Scope;
use kernel::{CaseCode, Instant, hex};
use serde::Deserialize;
use subtle::ConstantTimeEq;
use web::{Lang, SignedIn, Words, http::Problem};

use super::{ALERTS, INCIDENTS, Room, say, scope_of};
use crate::{
    Error,
    cap::{self, Area, Entry, Info, MEDIA_TYPE, Message, MessageKind},
    model::{Rule, Severity, Source, What},
    queries::{self, Alert, Which},
};

/// Whoever asks, signed in or not.
type MaybeSignedIn = Result<SignedIn, <SignedIn as FromRequestParts<Room>>::Rejection>;

/// Entries of a feed.
const ENTRIES: usize = 50;

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    cua: String,
    #[serde(default)]
    khoa: String,
}

/// The key of a feed: computed from the master key, so that nothing is kept and nobody guesses it.
pub(super) fn key(room: &Room, scope: &Scope) -> String {
    let blind = room.keyring.blind(&room.front.tenant, Label("cap-feed"), &scope.to_string());
    hex(&blind[..16])
}

/// Of whom alerts may be read: as whoever signed in sees them, or as the key says.
fn allowed(room: &Room, me: Option<&SignedIn>, asked: &Asked) -> Result<Scope, Problem> {
    if let Some(me) = me {
        return scope_of(room, me);
    }
    let scope: Scope = asked.cua.parse().map_err(|_| Problem::forbidden())?;
    let fits: bool = key(room, &scope).as_bytes().ct_eq(asked.khoa.as_bytes()).into();
    if fits { Ok(scope) } else { Err(Problem::forbidden()) }
}

pub(super) async fn atom(
    State(room): State<Room>,
    me: MaybeSignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let scope = allowed(&room, me.as_ref().ok(), &asked)?;
    let (shared, of) = (room.clone(), scope.clone());
    let read = room.front.store.read(move |tx| {
        let mut alerts = queries::list(tx, &shared, Which::All)?;
        let directory = shared.front.directory.get();
        alerts.retain(|alert| queries::under(&directory, &of, alert.agency));
        Ok::<_, Error>(alerts)
    });
    let alerts = read.await?;
    let words = Words::new(Lang::Vi, room.front.texts.clone());
    let directory = room.front.directory.get();
    let base = room.address.trim_end_matches('/');
    let suffix = format!("?cua={scope}&khoa={}", key(&room, &scope));
    let entry = |alert: &Alert| Entry {
        link: format!("{base}{ALERTS}/{}.cap.xml{suffix}", alert.code),
        title: say::alert(&words, &directory, alert),
        updated: alert.updated_at,
        author: room.front.place.name.clone(),
    };
    let entries: Vec<Entry> = alerts.iter().take(ENTRIES).map(entry).collect();
    let updated = entries.iter().map(|entry| entry.updated).max().unwrap_or(Instant::UNIX_EPOCH);
    let own = format!("{base}{ALERTS}/tin.atom{suffix}");
    let feed = cap::feed(&words.t("operations-alerts"), &own, updated, &entries);
    Ok(([(header::CONTENT_TYPE, "application/atom+xml; charset=utf-8")], feed).into_response())
}

pub(super) async fn message(
    State(room): State<Room>,
    me: MaybeSignedIn,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let Some(bare) = code.strip_suffix(".cap.xml") else {
        // The page of an alert is that of its incident.
        let known: CaseCode = code.parse().map_err(|_| Problem::not_found())?;
        return Ok(web::http::see_other(&format!("{INCIDENTS}/{known}")));
    };
    let scope = allowed(&room, me.as_ref().ok(), &asked)?;
    let code: CaseCode = bare.parse().map_err(|_| Problem::not_found())?;
    let shared = room.clone();
    let read = room.front.store.read(move |tx| {
        let found = queries::by_code(tx, &shared.front.tenant, &code)?;
        let mut alert = found.ok_or(Error::NoSuchIncident)?;
        queries::explain(tx, &shared, std::slice::from_mut(&mut alert))?;
        Ok::<_, Error>(alert)
    });
    let alert = read.await?;
    let directory = room.front.directory.get();
    if !queries::under(&directory, &scope, alert.agency) {
        return Err(Problem::not_found());
    }
    let message = message_of(&room, &directory, &alert).to_xml();
    let kind = format!("{MEDIA_TYPE}; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], message).into_response())
}

/// The message of an alert as it stands.
fn message_of(room: &Room, directory: &Directory, alert: &Alert) -> Message {
    let over = alert.cleared_at.or(alert.closed_at).is_some();
    let kind = match (over, alert.updated_at > alert.raised_at) {
        (true, _) => MessageKind::Cancel,
        (false, true) => MessageKind::Update,
        (false, false) => MessageKind::Alert,
    };
    let named = |at: Instant| format!("{}.{}", alert.code, at.as_second());
    let references = match kind {
        MessageKind::Alert => Vec::new(),
        MessageKind::Update | MessageKind::Cancel => {
            vec![(named(alert.raised_at), alert.raised_at)]
        }
    };
    let languages = [(Lang::Vi, "vi-VN"), (Lang::En, "en-US")];
    Message {
        identifier: named(alert.updated_at),
        sender: format!("{}@{}", room.front.tenant, host(&room.address)),
        sent: alert.updated_at,
        exercise: !room.front.try_accounts.is_empty(),
        kind,
        restriction: Words::new(Lang::Vi, room.front.texts.clone()).t("operations-restriction"),
        references,
        incident: alert.code.to_string(),
        infos: languages
            .map(|(lang, code)| info(room, directory, alert, lang, code, over))
            .into_iter()
            .collect(),
    }
}

fn info(
    room: &Room,
    directory: &Directory,
    alert: &Alert,
    lang: Lang,
    language: &'static str,
    over: bool,
) -> Info {
    let words = Words::new(lang, room.front.texts.clone());
    let rule = alert.rule.as_ref();
    let title = say::alert(&words, directory, alert);
    let said = rule.map_or_else(String::new, |of| say::reading(&words, room, of, alert));
    let severity = rule.map_or(Severity::Minor, |rule| rule.severity);
    let playbook = rule.map_or("", |rule| rule.playbook.trim());
    let base = room.address.trim_end_matches('/');
    let agency = directory.agency(alert.agency);
    let place = agency.and_then(|agency| agency.place.as_ref());
    let spot = place.and_then(|place| spots().get(place));
    let radius = |km2: f64| (km2 / std::f64::consts::PI).sqrt();
    Info {
        language,
        category: category(rule),
        event: rule.map_or(title.as_str(), |rule| say::rule(&words, rule)).to_owned(),
        response: if over { "AllClear" } else { "Execute" },
        urgency: match (over, severity) {
            (true, _) => "Past",
            (false, Severity::Severe | Severity::Extreme) => "Immediate",
            (false, Severity::Moderate | Severity::Minor) => "Expected",
        },
        severity: match severity {
            Severity::Minor => "Minor",
            Severity::Moderate => "Moderate",
            Severity::Severe => "Severe",
            Severity::Extreme => "Extreme",
        },
        certainty: match rule.map(|rule| &rule.watch) {
            Some(What::Clock { .. } | What::Weekday { .. }) => "Likely",
            _ => "Observed",
        },
        effective: alert.raised_at,
        expires: rule.map(|rule| expires(room, rule, alert)),
        sender_name: room.front.place.name.clone(),
        headline: title,
        description: said,
        instruction: playbook.to_owned(),
        web: format!("{base}{INCIDENTS}/{}", alert.code),
        parameters: vec![
            ("rule", rule.map_or_else(String::new, |rule| rule.id.clone())),
            ("reading", alert.reading.to_string()),
            ("journal-position", alert.pos.to_string()),
        ],
        area: Area {
            description: agency
                .map_or_else(|| room.front.place.name.clone(), |agency| agency.name.clone()),
            circle: spot.map(|spot| (spot.north, spot.east, radius(spot.square_km))),
            place: place.map(|place| place.as_str().to_owned()),
        },
    }
}

/// A message holds for as long as the rule gives to see to the matter, from when it was sent; the
/// next one about it prolongs that.
fn expires(room: &Room, rule: &Rule, alert: &Alert) -> Instant {
    let within = calendar::WorkingTime::hours(rule.within_hours.into());
    room.moment().calendars.agency(alert.agency).add(alert.updated_at, within)
}

/// What fails is a machine or a line; anything else is the work of an office.
fn category(rule: Option<&Rule>) -> &'static str {
    match rule.map(|rule| &rule.watch) {
        Some(What::Silence { source: Source::Journal | Source::Cube }) => "Infra",
        _ => "Other",
    }
}

/// The name in an address: `tinhso.example`.
fn host(address: &str) -> &str {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}
