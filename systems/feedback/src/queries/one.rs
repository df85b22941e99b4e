//! One report, whole.

use casework::{Case, Told};
use identity::{
    party::{self, Party},
    seal::Label,
};
use kernel::{AgencyId, CaseCode, CaseId, EventId, Instant, PartyId, PostId};
use serde_json::{Map, Value};
use store::{Row, Tx, args};

use crate::{
    Feedback, Result,
    model::{self, COLUMNS, Report, State},
};

/// The answer of the form that names a look at the reporter's data.
pub const ABOUT: &str = "luot_xem";
/// So many reports of one thing are told of its answer.
const JOINED_MAX: u32 = 500;

/// A report with all that belongs to it, for those who may see all of it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// Its row.
    pub report: Report,
    /// Its case.
    pub case: Case,
    /// Its story, oldest first.
    pub story: Vec<Told>,
    /// Who reported; none where the data was destroyed.
    pub reporter: Option<Party>,
    /// What was written; empty where the data was destroyed.
    pub answers: Map<String, Value>,
    /// Its photos.
    pub photos: Vec<Photo>,
    /// What the model said when it was sent.
    pub suggested: Option<(String, f64)>,
    /// The look at the reporter's data that it asks about.
    pub looked: Option<Looked>,
}

/// A photo.
#[derive(Debug, Clone)]
pub struct Photo {
    /// Its name: SHA-256 of what is published.
    pub hash: String,
    /// The same of the small one.
    pub small: String,
    /// `report`, `more` or `answer`.
    pub kind: String,
    /// Whether the public sees it.
    pub shown: bool,
}

/// A line of what the public was told.
#[derive(Debug, Clone)]
pub struct PublicUpdate {
    /// Its identifier.
    pub id: EventId,
    /// The code of the report.
    pub code: CaseCode,
    /// When.
    pub at: Instant,
    /// What happened.
    pub kind: String,
    /// Whether the report was open after it.
    pub is_open: bool,
    /// What was said.
    pub words: Option<String>,
    /// Address of a photo.
    pub media: Option<String>,
}

impl Whole {
    /// An answer of the form.
    #[must_use]
    pub fn said(&self, key: &str) -> &str {
        self.answers.get(key).and_then(Value::as_str).unwrap_or_default()
    }

    /// What the reporter added when asked, in order.
    #[must_use]
    pub fn added(&self) -> Vec<&str> {
        let list = self.answers.get("bo_sung").and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// The newest answer that was written.
    #[must_use]
    pub fn answer(&self) -> Option<&str> {
        self.story.iter().rev().find_map(|told| match &told.change {
            casework::Change::Completed { step, .. } if step.as_str() == "xu-ly" => {
                told.note.as_deref()
            }
            _ => None,
        })
    }
}

/// The report of a code with all that belongs to it.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn whole(tx: &mut Tx<'_>, feedback: &Feedback, code: &CaseCode) -> Result<Option<Whole>> {
    let tenant = &feedback.front.tenant;
    let Some(report) = model::by_code(tx, tenant, code)? else { return Ok(None) };
    let Some(case) = casework::load(tx, tenant, report.case)? else { return Ok(None) };
    let moment = feedback.moment();
    let story =
        feedback.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
    let reporter = party::load(tx, tenant, &feedback.keyring, case.applicant)?;
    let answers = desk::answers(tx, feedback.desk(), &case)?;
    let photos = photos(tx, feedback, report.case)?;
    let suggested = tx.one(
        "select suggested, sure from feedback where tenant = $1 and case_id = $2",
        args!(tenant, report.case),
        |row| Ok((row.get::<Option<String>>(0)?, row.get::<Option<f64>>(1)?)),
    )?;
    let suggested = suggested.0.zip(suggested.1);
    let entry = answers.get(ABOUT).and_then(Value::as_str).and_then(|entry| entry.parse().ok());
    let looked = match entry {
        Some(entry) => looked(tx, feedback, entry, case.applicant)?,
        None => None,
    };
    Ok(Some(Whole { report, case, story, reporter, answers, photos, suggested, looked }))
}

/// The reports that are the same as this one and go on with it.
///
/// # Errors
/// Those of the store.
pub fn joined(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<Vec<Report>> {
    let sql = format!(
        "select {COLUMNS} from feedback f where f.tenant = $1 and f.merged_into = $2
         order by f.submitted_at limit {JOINED_MAX}"
    );
    Ok(tx.all(&sql, args!(&feedback.front.tenant, case), model::read)?)
}

/// What whoever reported the same reads of an answer: what was published of it; where the first
/// reporter did not want that, the answer with numbers covered, as it was approved.
///
/// # Errors
/// Those of the store.
pub fn answer_to_all(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    report: &Report,
) -> Result<Option<String>> {
    match report.state {
        State::Closed if report.answer.is_some() => Ok(report.answer.clone()),
        State::Closed => {
            let whole = whole(tx, feedback, &report.code)?;
            Ok(whole.and_then(|whole| whole.answer().map(crate::redact::masked)))
        }
        _ => Ok(None),
    }
}

/// The photos of a report, oldest first.
///
/// # Errors
/// Those of the store.
pub fn photos(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<Vec<Photo>> {
    let photos = tx.all(
        "select hash, small, kind, shown from feedback_photo
         where tenant = $1 and case_id = $2 order by at, hash",
        args!(&feedback.front.tenant, case),
        |row| {
            let (hash, small) = (row.get(0)?, row.get(1)?);
            Ok(Photo { hash, small, kind: row.get(2)?, shown: row.get(3)? })
        },
    )?;
    Ok(photos)
}

/// Whether the public may see a photo of that name, large or small.
///
/// # Errors
/// Those of the store.
pub fn photo_shown(tx: &mut Tx<'_>, feedback: &Feedback, hash: &str) -> Result<bool> {
    for column in ["hash", "small"] {
        let sql = format!(
            "select 1 from feedback_photo p
             join feedback f on f.tenant = p.tenant and f.case_id = p.case_id and f.shown = true
             where p.tenant = $1 and p.{column} = $2 and p.shown = true limit 1"
        );
        let tenant = &feedback.front.tenant;
        if tx.opt(&sql, args!(tenant, hash), |row| row.get::<i64>(0))?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What the public was told of a report, oldest first.
///
/// # Errors
/// Those of the store.
pub fn updates_of(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<Vec<PublicUpdate>> {
    let rows = tx.all(
        "select u.id, f.code, u.at, u.kind, u.is_open, u.words, u.media
         from feedback_update u join feedback f on f.tenant = u.tenant and f.case_id = u.case_id
         where u.tenant = $1 and u.case_id = $2 order by u.at, u.id limit 200",
        args!(&feedback.front.tenant, case),
        public_update,
    )?;
    Ok(rows)
}

pub(super) fn public_update(row: &Row<'_>) -> store::Result<PublicUpdate> {
    Ok(PublicUpdate {
        id: row.get(0)?,
        code: row.get(1)?,
        at: row.get(2)?,
        kind: row.get(3)?,
        is_open: row.get(4)?,
        words: row.get(5)?,
        media: row.get(6)?,
    })
}

/// Adds what the reporter wrote when asked, sealed with the rest.
///
/// # Errors
/// Those of the store.
pub fn keep_words(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    case: &Case,
    party: PartyId,
    words: &str,
) -> Result<()> {
    let mut answers = desk::answers(tx, feedback.desk(), case)?;
    let added = answers.entry("bo_sung").or_insert_with(|| Value::Array(Vec::new()));
    if let Value::Array(list) = added {
        list.push(words.trim().into());
    }
    let front = &feedback.front;
    let key = feedback.keyring.key(tx, &front.tenant, party, &front.mint)?;
    let sealed = key.seal(Label::FORM, &serde_json::to_vec(&answers)?, &front.mint);
    tx.put(
        "update dossier_form set sealed = $3 where tenant = $1 and case_id = $2",
        args!(&front.tenant, case.id, sealed),
    )?;
    Ok(())
}

/// A look at personal data that somebody asks about.
#[derive(Debug, Clone, Copy)]
pub struct Looked {
    /// In which seat.
    pub post: PostId,
    /// At which agency.
    pub agency: AgencyId,
    /// When.
    pub at: Instant,
}

/// A look at personal data, by a line of the log of a party's own data; none where the line is of
/// somebody else's.
///
/// # Errors
/// Those of the store.
pub fn looked(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    entry: EventId,
    party: PartyId,
) -> Result<Option<Looked>> {
    let line: Option<(Option<PostId>, Instant)> = tx.opt(
        "select post_id, at from access_log where tenant = $1 and id = $2 and party_id = $3",
        args!(&feedback.front.tenant, entry, party),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let directory = feedback.front.directory.get();
    let known = |(post, at): (Option<PostId>, Instant)| {
        let post = directory.post(post?)?;
        Some(Looked { post: post.id, agency: post.agency, at })
    };
    Ok(line.and_then(known))
}
