//! Saying a figure, and judging what another said.

use casework::Stamp;
use desk::Furnished;
use files::Sha256Hash;
use indicators::Period;
use kernel::AgencyId;
use scorecards::{Given, Inputs, Number, Scorecard, Sureness};
use serde_json::json;
use store::{Tx, args};

use super::{closing, digest, person, subject, tell};
use crate::{
    Error, Result, Scoring,
    model::{Assessment, AssessmentId, Evidence, Frozen, Grade},
    queries,
};

/// What is said of an input.
#[derive(Debug, Clone)]
pub(crate) struct New {
    pub(crate) input: String,
    pub(crate) value: Number,
    pub(crate) worst: Option<Number>,
    pub(crate) best: Option<Number>,
    pub(crate) note: String,
    pub(crate) file: Option<Evidence>,
    /// Why, where the assessment is closed already.
    pub(crate) reason: String,
}

/// What a second person finds.
#[derive(Debug, Clone)]
pub(crate) struct Judged {
    pub(crate) input: String,
    pub(crate) accepted: bool,
    pub(crate) note: String,
    pub(crate) reason: String,
}

/// The assessment of an agency, begun where there is none yet.
pub(super) fn begun(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    (agency, period): (AgencyId, Period),
    stamp: &Stamp,
) -> Result<Assessment> {
    let mut known = queries::assessments(tx, scoring, card.id(), period, Some(agency))?;
    if let Some(known) = known.remove(&agency) {
        return Ok(known);
    }
    let front = &scoring.desk().front;
    let id: AssessmentId = front.mint.id(stamp.recorded_at);
    tx.put(
        "insert into score_assessment
             (tenant, id, scorecard, version, agency_id, period, begun_at)
         values ($1, $2, $3, $4, $5, $6, $7)",
        args!(
            &front.tenant,
            id,
            card.id(),
            card.version(),
            agency,
            period.to_string(),
            stamp.recorded_at
        ),
    )?;
    Ok(Assessment { id, closed: None })
}

/// Says a figure of an input; whatever was reviewed of it is to be reviewed again.
///
/// # Errors
/// [`Error::Counted`] for what the platform counts, [`Error::NoReason`] where the assessment is
/// closed and none is given; what the scorecard refuses.
pub(crate) fn say(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    of: (AgencyId, Period),
    new: &New,
    stamp: &Stamp,
) -> Result<AssessmentId> {
    if scoring.mapping(card.id())?.counted(&new.input).is_some() {
        return Err(Error::Counted(new.input.clone()));
    }
    let given = Given {
        value: new.value.clone(),
        worst: new.worst.clone(),
        best: new.best.clone(),
        sure: Sureness::SelfAssessed,
    };
    // Refused by the scorecard, it is refused here.
    Inputs::none(card).with(card, &new.input, given)?;
    let assessment = begun(tx, scoring, card, of, stamp)?;
    let closed = assessment.closed.is_some();
    if closed && new.reason.is_empty() {
        return Err(Error::NoReason);
    }
    let (front, by) = (&scoring.desk().front, person(stamp).ok_or(Error::NoSuch)?);
    let (value, text) =
        (new.value.to_string(), |n: &Option<Number>| n.as_ref().map(Number::to_string));
    let (worst, best) = (text(&new.worst), text(&new.best));
    let file = new.file.as_ref();
    tx.put(
        "insert into score_said (tenant, assessment, input, value, worst, best, note, file,
             file_name, file_kind, said_by, said_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
         on conflict (tenant, assessment, input) do update set value = excluded.value,
             worst = excluded.worst, best = excluded.best, note = excluded.note,
             file = excluded.file, file_name = excluded.file_name,
             file_kind = excluded.file_kind, said_by = excluded.said_by,
             said_at = excluded.said_at, reviewed_by = null, reviewed_at = null,
             review_note = null, accepted = null",
        args!(
            &front.tenant,
            assessment.id,
            &new.input,
            &value,
            worst.as_deref(),
            best.as_deref(),
            &new.note,
            file.map(|file| file.hash.as_str()),
            file.map(|file| file.name.as_str()),
            file.map(|file| file.kind.as_str()),
            by,
            stamp.recorded_at
        ),
    )?;
    let told = json!({
        "scorecard": card.id(), "agency": of.0, "period": of.1.to_string(), "input": new.input,
        "value": value, "worst": worst, "best": best, "note_sha256": digest(&new.note),
        "file": file.map(|file| file.hash.as_str()), "revises": closed,
    });
    tell(tx, scoring, &subject(assessment.id), "score.said", stamp, &told)?;
    if closed {
        let line = Frozen {
            input: new.input.clone(),
            value: Some(new.value.clone()),
            worst: new.worst.clone(),
            best: new.best.clone(),
            grade: Grade::C,
            indicator: None,
            published: None,
        };
        closing::revise(tx, scoring, assessment.id, vec![line], &new.reason, stamp)?;
    }
    Ok(assessment.id)
}

/// A second person accepts what was said (grade C becomes B), or gives it back with a note.
///
/// # Errors
/// [`Error::SamePerson`], [`Error::NoSuch`], and [`Error::NoReason`] as in [`say`].
pub(crate) fn judge(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    (agency, period): (AgencyId, Period),
    judged: &Judged,
    stamp: &Stamp,
) -> Result<()> {
    let by = person(stamp).ok_or(Error::NoSuch)?;
    let of = queries::assessments(tx, scoring, card.id(), period, Some(agency))?;
    let assessment = of.get(&agency).ok_or(Error::NoSuch)?.clone();
    let said = queries::said(tx, scoring, card.id(), period, Some(agency))?;
    let said = said.into_iter().find(|(_, said)| said.input == judged.input);
    let (_, said) = said.ok_or(Error::NoSuch)?;
    if said.by == by {
        return Err(Error::SamePerson);
    }
    let closed = assessment.closed.is_some();
    if (closed && judged.reason.is_empty()) || (!judged.accepted && judged.note.is_empty()) {
        return Err(Error::NoReason);
    }
    tx.put(
        "update score_said set reviewed_by = $4, reviewed_at = $5, review_note = $6, accepted = $7
         where tenant = $1 and assessment = $2 and input = $3",
        args!(
            &scoring.desk().front.tenant,
            assessment.id,
            &judged.input,
            by,
            stamp.recorded_at,
            &judged.note,
            judged.accepted
        ),
    )?;
    let told = json!({
        "input": judged.input, "accepted": judged.accepted, "value": said.value.to_string(),
        "note_sha256": digest(&judged.note), "revises": closed,
    });
    tell(tx, scoring, &subject(assessment.id), "score.reviewed", stamp, &told)?;
    if closed {
        let grade = if judged.accepted { Grade::B } else { Grade::C };
        let (worst, best) = if judged.accepted { (None, None) } else { (said.worst, said.best) };
        let (input, value) = (said.input, Some(said.value));
        let line = Frozen { input, value, worst, best, grade, indicator: None, published: None };
        closing::revise(tx, scoring, assessment.id, vec![line], &judged.reason, stamp)?;
    }
    Ok(())
}

/// A file that was kept, as evidence.
pub(crate) fn evidence(hash: Sha256Hash, name: &str, kind: files::Kind) -> Evidence {
    let name: String = kernel::nfc(name).chars().take(200).collect();
    Evidence { hash: hash.to_string(), name, kind: kind.extension().to_owned() }
}
