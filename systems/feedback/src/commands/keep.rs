//! A report comes in: its photos, its case, its row.

use casework::{Channel, Command, Stamp};
use desk::{Applicant, Charge, Filing};
use files::Kind;
use identity::party::{self, Party};
use jiff::SignedDuration;
use kernel::{Actor, AgencyId, CaseId, Instant, PartyId, PhoneNumber, PlaceCode, nfc};
use procedure::Matter;
use serde_json::{Map, Value};
use store::{Tx, args};

use super::sync::{act, sync, tell};
use crate::{
    Error, Feedback, Result,
    category::Category,
    geo::Point,
    photo::{self, Photo},
};

/// The name of this system where it acts by itself.
pub(crate) const SELF: &str = "feedback";
/// Photos that were sent for a report that was never sent are forgotten after this.
const UPLOADS_KEPT: SignedDuration = SignedDuration::from_hours(24);
/// So many are forgotten at once.
const FORGOTTEN_MAX: u32 = 200;

/// A report to be filed; whatever was typed is already checked.
#[derive(Debug, Clone)]
pub struct NewReport {
    /// What happened.
    pub text: String,
    /// What it is about.
    pub category: Category,
    /// What the model said, and how sure it was.
    pub suggested: Option<(Category, f32)>,
    /// The commune.
    pub place: Option<PlaceCode>,
    /// The point.
    pub point: Option<Point>,
    /// Where, in words.
    pub address: String,
    /// Who reports, if they say.
    pub name: String,
    /// Where they can be asked.
    pub phone: Option<PhoneNumber>,
    /// Where they can be written to.
    pub email: Option<String>,
    /// Whether the public does not see the name.
    pub anonymous: bool,
    /// Whether it may be shown to the public.
    pub wanted_shown: bool,
    /// Photos, as they were kept before.
    pub photos: Vec<String>,
    /// Answers to the further questions of the category.
    pub attributes: Map<String, Value>,
    /// `web`, or the name of the program that sent it.
    pub source: String,
    /// Who signed in.
    pub party: Option<PartyId>,
    /// The report that this one reopens.
    pub reopens: Option<CaseId>,
    /// The agency that it is about, whatever the rules say.
    pub to: Option<AgencyId>,
}

/// What became of it.
#[derive(Debug, Clone)]
pub struct Sent {
    /// Its case.
    pub case: casework::Case,
    /// By which the reporter follows it.
    pub secret: String,
}

/// Keeps a photo while the report is still being written; answers the name by which the form
/// carries it. The content is on the disk before this is called.
///
/// # Errors
/// Those of the store.
pub fn keep_upload(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    full: &str,
    small: &str,
    taken_at: Option<(f64, f64)>,
    now: Instant,
) -> Result<()> {
    let tenant = &feedback.front.tenant;
    let (north, east) = taken_at.unzip();
    tx.exec(
        "delete from feedback_upload where tenant = $1 and hash in (
             select hash from feedback_upload where tenant = $1 and at < $2 limit $3)",
        args!(tenant, now - UPLOADS_KEPT, FORGOTTEN_MAX),
    )?;
    tx.exec(
        "insert into feedback_upload (tenant, hash, small, north, east, at)
         values ($1, $2, $3, $4, $5, $6)
         on conflict (tenant, hash) do update set at = excluded.at",
        args!(tenant, full, small, north, east, now),
    )?;
    Ok(())
}

/// The names of a photo, large and small, and where it was taken.
pub(crate) type Painted = (String, String, Option<(f64, f64)>);

/// Paints photos anew and writes them to the disk.
///
/// # Errors
/// [`photo::PhotoError`] of the first that is none.
pub fn take_uploads(feedback: &Feedback, sent: &[Vec<u8>]) -> Result<Vec<Painted>, TakeError> {
    let one = |bytes: &Vec<u8>| {
        let Photo { published, small, taken_at } = photo::take(bytes)?;
        let keep =
            |content: &[u8]| feedback.blobs.put(Kind::Jpeg, content, photo::BYTES_MAX as u64);
        let (full, small) = (keep(&published)?, keep(&small)?);
        Ok((full.hash.to_string(), small.hash.to_string(), taken_at))
    };
    sent.iter().take(photo::COUNT_MAX).map(one).collect()
}

/// Why photos were not taken.
#[derive(Debug, thiserror::Error)]
pub enum TakeError {
    /// One is no photo, or too large.
    #[error(transparent)]
    Photo(#[from] photo::PhotoError),
    /// The disk refused.
    #[error(transparent)]
    File(#[from] files::Error),
}

/// Files a report. What is confidential goes to a desk at once and is seen by nobody before.
///
/// # Errors
/// [`Error::NoAgency`] where the rules name none, [`Error::NoPhoto`] for a photo that was not
/// sent, and those of the desk.
pub fn report(tx: &mut Tx<'_>, feedback: &Feedback, new: &NewReport, now: Instant) -> Result<Sent> {
    let (front, directory) = (&feedback.front, feedback.front.directory.get());
    let rules = feedback.rules(tx)?;
    let route = rules.route(new.category, new.place.as_ref(), &directory, now);
    let confidential = new.category.is_confidential();
    let to = new.to.or(route.to).ok_or(Error::NoAgency)?;
    let hub = if confidential { to } else { route.hub.unwrap_or(to) };
    let party = match new.party {
        Some(party) => party,
        None => {
            party::keep(tx, &front.tenant, &feedback.keyring, &reporter(new), now, &front.mint)?
        }
    };
    let mut answers = Map::new();
    answers.insert("noi_dung".into(), nfc_lines(&new.text).into());
    answers.insert("dia_chi".into(), nfc(&new.address).into());
    answers.extend(new.attributes.clone());
    let filing = Filing {
        matter: Matter::Feedback,
        procedure: route.procedure.clone(),
        channel: Channel::Online,
        applicant: Applicant::Known(party),
        answers,
        papers: Vec::new(),
        received_by: hub,
        decided_by: Some(to),
        reopens: new.reopens,
        term: None,
        charge: Charge::Nothing,
    };
    let stamp = Stamp { actor: Actor::Party(party), happened_at: now, recorded_at: now };
    let filed = desk::file(tx, feedback.desk(), &filing, &stamp)?;
    let case = filed.case;
    insert(tx, feedback, new, &case, &route.profile, now)?;
    keep_photos(tx, feedback, case.id, &new.photos, "report", now)?;
    tell(tx, feedback, case.id, "received", None, &stamp)?;
    let secret = feedback.tracking_secret(case.id);
    if !confidential {
        return Ok(Sent { case, secret });
    }
    let actor = Actor::System(SELF.into());
    let stamp = Stamp { actor, happened_at: now, recorded_at: now };
    let command = Command::Accept { note: "".into() };
    let done = act(tx, feedback, case, None, &command, &stamp)?;
    tell(tx, feedback, done.case.id, "forwarded", None, &stamp)?;
    Ok(Sent { case: done.case, secret })
}

/// Who reports, as far as they say. Nobody needs a name to report a hole in the road.
fn reporter(new: &NewReport) -> Party {
    Party {
        name: nfc(&new.name),
        number: None,
        born: None,
        phone: new.phone.clone(),
        email: new.email.clone(),
        address: None,
    }
}

/// NFC, line by line, with the lines kept.
fn nfc_lines(text: &str) -> String {
    text.lines().map(nfc).collect::<Vec<_>>().join("\n").trim().to_owned()
}

fn insert(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    new: &NewReport,
    case: &casework::Case,
    profile: &str,
    now: Instant,
) -> Result<()> {
    let name = nfc(&new.name);
    let shown_name = (!new.anonymous && !name.is_empty()).then_some(name);
    tx.put(
        "insert into feedback (tenant, case_id, code, category, suggested, sure, sorted, profile,
             place, north, east, cell, agency, state, is_open, confidential, wanted_shown, shown,
             name_shown, supporters, reopens, source, submitted_at, due_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, false, $7, $8, $9, $10, $11, $12, 'received', true, $13,
             $14, false, $15, 0, $16, $17, $18, $19, $18)",
        args!(
            &feedback.front.tenant,
            case.id,
            &case.code,
            new.category.word(),
            new.suggested.map(|(category, _)| category.word()),
            new.suggested.map(|(_, sure)| f64::from(sure)),
            profile,
            new.place.as_ref(),
            new.point.map(|point| point.north),
            new.point.map(|point| point.east),
            new.point.map(Point::cell),
            case.decided_by,
            new.category.is_confidential(),
            new.wanted_shown && !new.category.is_confidential(),
            shown_name.as_deref(),
            new.reopens,
            &new.source,
            now,
            case.accept_by
        ),
    )?;
    sync(tx, feedback, case, now)
}

/// Writes which photos belong to a report. They were sent before, and are forgotten as uploads.
///
/// # Errors
/// [`Error::NoPhoto`] where one was not sent.
pub(crate) fn keep_photos(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: CaseId,
    photos: &[String],
    kind: &str,
    now: Instant,
) -> Result<()> {
    for hash in photos.iter().take(photo::COUNT_MAX) {
        let touched = tx.exec(
            "insert into feedback_photo (tenant, case_id, hash, small, kind, shown, at)
             select tenant, $3, hash, small, $4, false, $5 from feedback_upload
             where tenant = $1 and hash = $2
             on conflict (tenant, case_id, hash) do nothing",
            args!(&feedback.front.tenant, hash, case, kind, now),
        )?;
        if touched == 0 {
            return Err(Error::NoPhoto);
        }
    }
    Ok(())
}
