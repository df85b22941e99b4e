//! What can be asked of assessments.

mod corrections;

pub(crate) use corrections::{Correction, corrections};

use std::collections::BTreeMap;

use indicators::Period;
use kernel::{AgencyId, Instant, PersonId};
use scorecards::Number;
use store::{Row, Tx, args};

use crate::{
    Result, Scoring,
    model::{
        ACTIONS_MAX, Assessment, AssessmentId, Evidence, KeptPlan, OwnAction, PLANS_MAX,
        PartSettings, PlanId, Published, Review, Revision, Said,
    },
};
use desk::Furnished;

/// Scores of others that a page compares with.
const PUBLISHED_MAX: u32 = 200;
/// Agencies that are assessed in one period.
const AGENCIES_MAX: u32 = 5000;

/// The assessments of a scorecard in a period, by agency.
pub(crate) fn assessments(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    scorecard: &str,
    period: Period,
    agency: Option<AgencyId>,
) -> Result<BTreeMap<AgencyId, Assessment>> {
    let tenant = &scoring.desk().front.tenant;
    let of = match agency {
        Some(_) => "and agency_id = $5",
        None => "",
    };
    let sql = format!(
        "select agency_id, id, closed_at, closed_by from score_assessment
         where tenant = $1 and scorecard = $2 and period = $3 {of} limit $4"
    );
    let period = period.to_string();
    let mut values = args!(tenant, scorecard, &period, AGENCIES_MAX).to_vec();
    values.extend(agency.map(store::Arg::from));
    let rows = tx.all(&sql, &values, |row| {
        let (at, by): (Option<Instant>, Option<PersonId>) = (row.get(2)?, row.get(3)?);
        Ok((row.get(0)?, Assessment { id: row.get(1)?, closed: at.zip(by) }))
    })?;
    Ok(rows.into_iter().collect())
}

/// What was said in assessments of a scorecard in a period.
pub(crate) fn said(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    scorecard: &str,
    period: Period,
    agency: Option<AgencyId>,
) -> Result<Vec<(AssessmentId, Said)>> {
    let of = match agency {
        Some(_) => "and a.agency_id = $4",
        None => "",
    };
    let sql = format!(
        "select s.assessment, s.input, s.value, s.worst, s.best, s.note, s.file, s.file_name,
             s.file_kind, s.said_by, s.said_at, s.reviewed_by, s.reviewed_at, s.review_note,
             s.accepted
         from score_assessment a
         join score_said s on s.tenant = a.tenant and s.assessment = a.id
         where a.tenant = $1 and a.scorecard = $2 and a.period = $3 {of}"
    );
    let period = period.to_string();
    let mut values = args!(&scoring.desk().front.tenant, scorecard, &period).to_vec();
    values.extend(agency.map(store::Arg::from));
    Ok(tx.all(&sql, &values, read_said)?)
}

fn read_said(row: &Row<'_>) -> store::Result<(AssessmentId, Said)> {
    let file: Option<String> = row.get(6)?;
    let reviewed: Option<PersonId> = row.get(11)?;
    let file = match file {
        Some(hash) => Some(Evidence {
            hash,
            name: row.get::<Option<String>>(7)?.unwrap_or_default(),
            kind: row.get::<Option<String>>(8)?.unwrap_or_default(),
        }),
        None => None,
    };
    let review = match reviewed {
        Some(by) => Some(Review {
            by,
            at: row.get(12)?,
            note: row.get::<Option<String>>(13)?.unwrap_or_default(),
            accepted: row.get(14)?,
        }),
        None => None,
    };
    let said = Said {
        input: row.get(1)?,
        value: number(row, 2)?,
        worst: maybe_number(row, 3)?,
        best: maybe_number(row, 4)?,
        note: row.get(5)?,
        file,
        by: row.get(9)?,
        at: row.get(10)?,
        review,
    };
    Ok((row.get(0)?, said))
}

fn number(row: &Row<'_>, index: usize) -> store::Result<Number> {
    let text: String = row.get(index)?;
    text.parse().map_err(|_| store::Error::Column { index, reason: text })
}

fn maybe_number(row: &Row<'_>, index: usize) -> store::Result<Option<Number>> {
    let text: Option<String> = row.get(index)?;
    let read = |text: String| {
        text.parse().map_err(|_| store::Error::Column { index, reason: text.clone() })
    };
    text.map(read).transpose()
}

/// The newest revision of a closed assessment.
pub(crate) fn newest_revision(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    assessment: AssessmentId,
) -> Result<Option<Revision>> {
    Ok(revisions(tx, scoring, assessment, 1)?.pop())
}

/// The revisions of a closed assessment, the newest first.
pub(crate) fn revisions(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    assessment: AssessmentId,
    limit: u32,
) -> Result<Vec<Revision>> {
    let rows = tx.all(
        "select number, lines, reason, frozen_by, frozen_at, pos from score_frozen
         where tenant = $1 and assessment = $2 order by number desc limit $3",
        args!(&scoring.desk().front.tenant, assessment, limit),
        |row| {
            let lines: String = row.get(1)?;
            let frozen = (row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?);
            Ok((row.get(0)?, lines, frozen))
        },
    )?;
    let read = |(number, lines, (reason, by, at, pos)): (u32, String, _)| {
        Ok(Revision { number, lines: serde_json::from_str(&lines)?, reason, by, at, pos })
    };
    rows.into_iter().map(read).collect()
}

/// What is known of the parts of a scorecard beside their rules.
pub(crate) fn parts(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    scorecard: &str,
) -> Result<BTreeMap<String, PartSettings>> {
    let rows = tx.all(
        "select part, post_id, a_day from score_part where tenant = $1 and scorecard = $2",
        args!(&scoring.desk().front.tenant, scorecard),
        |row| {
            let settings = PartSettings { post: row.get(1)?, a_day: maybe_number(row, 2)? };
            Ok((row.get::<String>(0)?, settings))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// What was written down that an agency could do.
pub(crate) fn actions(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    scorecard: &str,
    agency: AgencyId,
) -> Result<Vec<OwnAction>> {
    Ok(tx.all(
        "select id, name, input, change_by, worst, best, effort, post_id from score_action
         where tenant = $1 and scorecard = $2 and agency_id = $3 order by added_at, name, id limit $4",
        args!(&scoring.desk().front.tenant, scorecard, agency, ACTIONS_MAX),
        |row| {
            Ok(OwnAction {
                id: row.get(0)?,
                name: row.get(1)?,
                input: row.get(2)?,
                by: number(row, 3)?,
                worst: maybe_number(row, 4)?,
                best: maybe_number(row, 5)?,
                effort: row.get(6)?,
                post: row.get(7)?,
            })
        },
    )?)
}

const PLAN: &str = "select id, scorecard, agency_id, text, summary, kept_by, kept_at
     from score_plan where tenant = $1";

fn read_plan(row: &Row<'_>) -> store::Result<KeptPlan> {
    Ok(KeptPlan {
        id: row.get(0)?,
        scorecard: row.get(1)?,
        agency: row.get(2)?,
        text: row.get(3)?,
        summary: row.get(4)?,
        by: row.get(5)?,
        at: row.get(6)?,
    })
}

/// The plans of an agency for a scorecard, the newest first.
pub(crate) fn plans(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    scorecard: &str,
    agency: AgencyId,
) -> Result<Vec<KeptPlan>> {
    let sql =
        format!("{PLAN} and scorecard = $2 and agency_id = $3 order by kept_at desc limit $4");
    let values = args!(&scoring.desk().front.tenant, scorecard, agency, PLANS_MAX);
    Ok(tx.all(&sql, values, read_plan)?)
}

/// A plan.
pub(crate) fn plan(tx: &mut Tx<'_>, scoring: &Scoring, id: PlanId) -> Result<Option<KeptPlan>> {
    let sql = format!("{PLAN} and id = $2");
    Ok(tx.opt(&sql, args!(&scoring.desk().front.tenant, id), read_plan)?)
}

/// Scores of others: what ships, with what the province recorded over it.
pub(crate) fn published(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    scorecard: &str,
) -> Result<Vec<Published>> {
    let rows = tx.all(
        "select name, value, told_at, source from score_published
         where tenant = $1 and scorecard = $2 limit $3",
        args!(&scoring.desk().front.tenant, scorecard, PUBLISHED_MAX),
        |row| {
            Ok(Published {
                scorecard: scorecard.to_owned(),
                name: row.get(0)?,
                value: number(row, 1)?,
                at: row.get(2)?,
                source: row.get(3)?,
            })
        },
    )?;
    let mut all: BTreeMap<String, Published> = scoring
        .published
        .iter()
        .filter(|one| one.scorecard == scorecard)
        .map(|one| (one.name.clone(), one.clone()))
        .collect();
    all.extend(rows.into_iter().map(|one| (one.name.clone(), one)));
    let mut all: Vec<Published> = all.into_values().collect();
    all.sort_by(|one, two| two.value.cmp(&one.value));
    Ok(all)
}
