//! Reports that are perhaps the same: near in place, not long ago, alike in words.

use kernel::{CaseId, Instant, PlaceCode};
use store::{Tx, args};

use crate::{
    Feedback, Result,
    category::Category,
    geo::Point,
    model::{self, COLUMNS, Report},
    suggestion::{Candidate, Likeness, Model},
};

/// Reports further back are not looked at.
const DAYS: i64 = 45;
/// So many of the newest ones around are compared.
const COMPARED_MAX: u32 = 80;

/// A report that is perhaps the same.
#[derive(Debug, Clone)]
pub struct Near {
    /// Which.
    pub report: Report,
    /// How sure, from 0 to 1.
    pub sure: f32,
    /// How far away, where both have a point.
    pub metres: Option<f64>,
}

/// What the others are compared with.
#[derive(Debug, Clone)]
pub struct What<'a> {
    /// What was typed.
    pub text: &'a str,
    /// What it is about, if that is known.
    pub category: Option<Category>,
    /// The point.
    pub point: Option<Point>,
    /// The commune.
    pub place: Option<&'a PlaceCode>,
    /// The report itself, where it is one already.
    pub except: Option<CaseId>,
}

/// Reports that are perhaps the same, the likeliest first. To the public only what it sees and
/// can still join; to officers also what nobody has looked at yet.
///
/// # Errors
/// Those of the store.
pub fn near(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    model: &Model,
    what: &What<'_>,
    now: Instant,
    for_officers: bool,
) -> Result<Vec<Near>> {
    let around = around(tx, feedback, what, now)?;
    let fits = |report: &Report| {
        Some(report.case) != what.except
            && report.merged_into.is_none()
            && !report.confidential
            && report.is_open
            && (for_officers || report.shown)
    };
    let mut reports = Vec::new();
    for report in around.into_iter().filter(fits) {
        let text = match &report.public_text {
            Some(text) => text.clone(),
            None => words_of(tx, feedback, report.case)?,
        };
        reports.push((report, text));
    }
    let candidates: Vec<Candidate<'_, usize>> = reports
        .iter()
        .enumerate()
        .map(|(key, (report, text))| Candidate {
            key,
            text,
            metres: report.point.zip(what.point).map(|(a, b)| a.metres_to(b)),
            days: now.duration_since(report.submitted_at).as_secs_f64() / 86_400.0,
            same_category: what.category.map(|category| category == report.category),
        })
        .collect();
    let likely = model.same_as(what.text, &candidates);
    let one = |likely: &Likeness<usize>| Near {
        report: reports[likely.key].0.clone(),
        sure: likely.sure,
        metres: candidates[likely.key].metres,
    };
    Ok(likely.iter().map(one).collect())
}

fn around(
    tx: &mut Tx<'_>,
    feedback: &Feedback,
    what: &What<'_>,
    now: Instant,
) -> Result<Vec<Report>> {
    let (tenant, since) =
        (&feedback.front.tenant, now - jiff::SignedDuration::from_hours(24 * DAYS));
    if let Some(point) = what.point {
        let mut found = Vec::new();
        let sql = format!(
            "select {COLUMNS} from feedback f
             where f.tenant = $1 and f.cell = $2 and f.submitted_at >= $3
             order by f.submitted_at desc limit $4"
        );
        for cell in point.cells_around() {
            let limit = COMPARED_MAX / 4;
            found.extend(tx.all(&sql, args!(tenant, cell, since, limit), model::read)?);
        }
        return Ok(found);
    }
    let Some(place) = what.place else { return Ok(Vec::new()) };
    let sql = format!(
        "select {COLUMNS} from feedback f
         where f.tenant = $1 and f.place = $2 and f.submitted_at >= $3
         order by f.submitted_at desc limit $4"
    );
    Ok(tx.all(&sql, args!(tenant, place, since, COMPARED_MAX), model::read)?)
}

/// What was reported, unsealed; empty where the data was destroyed.
fn words_of(tx: &mut Tx<'_>, feedback: &Feedback, case: CaseId) -> Result<String> {
    let Some(case) = casework::load(tx, &feedback.front.tenant, case)? else {
        return Ok(String::new());
    };
    let answers = desk::answers(tx, feedback.desk(), &case)?;
    Ok(answers.get("noi_dung").and_then(|v| v.as_str()).unwrap_or_default().to_owned())
}
