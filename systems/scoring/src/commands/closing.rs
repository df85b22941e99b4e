//! Closing an assessment with the figures that it used, and what happens to it afterwards.

use casework::Stamp;
use desk::Furnished;
use indicators::Period;
use kernel::AgencyId;
use scorecards::Scorecard;
use serde_json::json;
use store::{Tx, args};

use super::{assess, digest, person, subject, tell};
use crate::{
    Error, Result, Scoring,
    model::{AssessmentId, Frozen},
    queries,
    standing::{self, Standing},
};

/// Closes an assessment: it stays as it is now, with the position in the journal. The figures that
/// the platform counted for it are published, so that whatever moves them later is a correction
/// with a reason.
///
/// # Errors
/// [`Error::Closed`] where it is.
pub(crate) fn close(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    of: (AgencyId, Period),
    stamp: &Stamp,
) -> Result<()> {
    let by = person(stamp).ok_or(Error::NoSuch)?;
    let assessment = assess::begun(tx, scoring, card, of, stamp)?;
    if assessment.closed.is_some() {
        return Err(Error::Closed);
    }
    let standing = standing::standing(tx, scoring, card, of.0, of.1)?;
    tx.put(
        "update score_assessment set closed_at = $3, closed_by = $4
         where tenant = $1 and id = $2 and closed_at is null",
        args!(&scoring.desk().front.tenant, assessment.id, stamp.recorded_at, by),
    )?;
    let pos = standing.as_of.map_or(0, |as_of| as_of.pos);
    let mut lines = standing::frozen(card, &standing.lines);
    let reason = format!("{}, {}", card.name().vi, of.1);
    publish(tx, scoring, (&standing, &mut lines), &reason, stamp)?;
    freeze(tx, scoring, assessment.id, (1, &lines, pos), "", stamp)
}

/// Publishes what was counted, and notes as which revision of the figure.
fn publish(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    (standing, lines): (&Standing, &mut [Frozen]),
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    // Before anything was counted there is nothing to publish.
    if standing.as_of.is_none_or(|as_of| as_of.recorded.is_none()) {
        return Ok(());
    }
    let by = (&stamp.actor, stamp.recorded_at);
    for (line, frozen) in standing.lines.iter().zip(lines) {
        if let Some((code, scope, period)) = &line.counted {
            let revised = scoring.desk().publish(tx, (code, scope, *period), reason, by)?;
            frozen.published = Some(revised.number);
        }
    }
    Ok(())
}

/// Takes what was corrected of the published figures since an assessment was closed into it, as a
/// revision for the reasons of those corrections.
///
/// # Errors
/// [`Error::NoSuch`] where it is not closed, or nothing was corrected.
pub(crate) fn correct(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    of: (AgencyId, Period),
    stamp: &Stamp,
) -> Result<()> {
    let standing = standing::standing(tx, scoring, card, of.0, of.1)?;
    let corrected = queries::corrections(tx, scoring, card, &standing)?;
    let id = standing.assessment.as_ref().ok_or(Error::NoSuch)?.id;
    if corrected.is_empty() {
        return Err(Error::NoSuch);
    }
    let mut reasons: Vec<&str> = Vec::new();
    for one in &corrected {
        if !reasons.contains(&one.to.reason.as_str()) {
            reasons.push(&one.to.reason);
        }
    }
    let reason = reasons.join("; ");
    let lines = corrected.iter().map(queries::Correction::line).collect();
    revise(tx, scoring, id, lines, &reason, stamp)
}

/// Lines of a closed assessment become others; the rest stays as it was.
pub(super) fn revise(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    id: AssessmentId,
    lines: Vec<Frozen>,
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    let mut was = queries::newest_revision(tx, scoring, id)?.ok_or(Error::NoSuch)?;
    for line in lines {
        match was.lines.iter_mut().find(|one| one.input == line.input) {
            Some(known) => *known = line,
            None => was.lines.push(line),
        }
    }
    freeze(tx, scoring, id, (was.number + 1, &was.lines, was.pos), reason, stamp)
}

fn freeze(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    id: AssessmentId,
    (number, lines, pos): (u32, &[Frozen], u64),
    reason: &str,
    stamp: &Stamp,
) -> Result<()> {
    let by = person(stamp).ok_or(Error::NoSuch)?;
    let lines = serde_json::to_string(lines)?;
    tx.put(
        "insert into score_frozen
             (tenant, assessment, number, lines, reason, frozen_by, frozen_at, pos)
         values ($1, $2, $3, $4, $5, $6, $7, $8)",
        args!(
            &scoring.desk().front.tenant,
            id,
            number,
            &lines,
            reason,
            by,
            stamp.recorded_at,
            i64::try_from(pos).unwrap_or(i64::MAX)
        ),
    )?;
    let kind = if number == 1 { "score.closed" } else { "score.revised" };
    let told = json!({
        "number": number, "lines_sha256": digest(&lines), "reason_sha256": digest(reason),
        "pos": pos,
    });
    tell(tx, scoring, &subject(id), kind, stamp, &told)
}
