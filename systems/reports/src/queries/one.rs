//! One report with all that belongs to it.

use casework::{Case, Told};
use desk::Desk;
use kernel::{CaseCode, CaseId, Instant, PostId};
use store::{Tx, args};

use super::round;
use crate::{
    Error, Result, fill,
    form::Form,
    library::Library,
    model::{self, Report, State},
    regime::Regime,
    roll_up::Block,
    sheet::Sheet,
    validation::{Remark, Spread, check},
};
use std::sync::Arc;

/// Values of so many peers are looked at, not of a nation.
const PEERS_MAX: usize = 400;
/// Remarks that a page shows.
const COMMENTS_MAX: u32 = 200;

/// What somebody remarked.
#[derive(Debug, Clone)]
pub struct Comment {
    /// On which cell; empty for the whole.
    pub cell: String,
    /// What.
    pub words: String,
    /// From which seat.
    pub by: PostId,
    /// When.
    pub at: Instant,
    /// Whether the report was sent again since.
    pub done: bool,
}

/// A report, its case, what stands in it, and what the rules say of it.
#[derive(Debug, Clone)]
pub struct Whole {
    /// The report.
    pub report: Report,
    /// Its regime.
    pub regime: Arc<Regime>,
    /// Its form.
    pub form: Arc<Form>,
    /// Its case.
    pub case: Case,
    /// What happened, oldest first.
    pub story: Vec<Told>,
    /// What stands in it; as long as it is open, with what is computed now.
    pub sheet: Sheet,
    /// How often it was saved.
    pub seq: u32,
    /// What the rules say.
    pub remarks: Vec<Remark>,
    /// What people remarked.
    pub comments: Vec<Comment>,
    /// What stood in the report of the last period.
    pub before: Option<Sheet>,
}

/// The report of a code with all that belongs to it.
///
/// # Errors
/// [`Error::NoReport`], and those of the store.
pub fn whole(tx: &mut Tx<'_>, desk: &Desk, code: &CaseCode) -> Result<Whole> {
    let tenant = &desk.front.tenant;
    let mut report = model::by_code(tx, tenant, code)?;
    let library = Library::read(tx, desk)?;
    let regime = library.regime_version(&report.regime, report.regime_version)?.clone();
    let form = library.form_version(&report.form, report.form_version)?.clone();
    let case = casework::load(tx, tenant, report.case)?.ok_or(Error::NoReport)?;
    // Where agencies were merged a moment ago, the case knows it first.
    report.owner = case.decided_by;
    let moment = desk.moment();
    let story =
        desk.in_office(&moment, |office| casework::story(tx, tenant, office.vault, &case))?;
    let (mut sheet, seq) = model::sheet(tx, tenant, report.case)?;
    if report.state.is_open() {
        fill::fill(tx, desk, (&regime, &form, &report), &mut sheet)?;
    }
    let before = before(tx, desk, &regime, &report)?;
    let spreads = match report.state {
        State::Draft | State::Returned | State::Approving => peers(tx, desk, &form, &report)?,
        _ => Vec::new(),
    };
    let peers = |at: usize| spreads.iter().find(|(cell, _)| *cell == at).and_then(|(_, of)| *of);
    let remarks = check(&form, &sheet, before.as_ref(), peers);
    let comments = comments(tx, desk, report.case)?;
    Ok(Whole { report, regime, form, case, story, sheet, seq, remarks, comments, before })
}

/// What stood in the report of the same unit in the last period.
fn before(tx: &mut Tx<'_>, desk: &Desk, regime: &Regime, report: &Report) -> Result<Option<Sheet>> {
    let tenant = &desk.front.tenant;
    let Some(period) = regime.before(report.period) else { return Ok(None) };
    let last = model::standing(tx, tenant, (&report.regime, period, report.unit))?;
    let Some(last) = last.filter(|last| last.form == report.form) else { return Ok(None) };
    Ok(Some(model::sheet(tx, tenant, last.case)?.0))
}

/// How the values of those on the same level lie, cell by cell.
///
/// # Errors
/// Those of the store.
pub fn peers(
    tx: &mut Tx<'_>,
    desk: &Desk,
    form: &Form,
    report: &Report,
) -> Result<Vec<(usize, Option<Spread>)>> {
    if !form.looks_beside() {
        return Ok(Vec::new());
    }
    let mut block = Block::of(form);
    let others = round(tx, desk, &report.regime, report.period)?;
    let others = others.iter().filter(|other| {
        other.level == report.level && other.unit != report.unit && other.sent_at.is_some()
    });
    for other in others.take(PEERS_MAX) {
        block.push(form, &model::sheet(tx, &desk.front.tenant, other.case)?.0);
    }
    Ok(block.spreads(form))
}

/// What people remarked on a report, oldest first.
///
/// # Errors
/// Those of the store.
pub fn comments(tx: &mut Tx<'_>, desk: &Desk, case: CaseId) -> Result<Vec<Comment>> {
    Ok(tx.all(
        "select cell, words, by_post, at, done from report_comment
         where tenant = $1 and case_id = $2 order by at, id limit $3",
        args!(&desk.front.tenant, case, COMMENTS_MAX),
        |row| {
            Ok(Comment {
                cell: row.get(0)?,
                words: row.get(1)?,
                by: row.get(2)?,
                at: row.get(3)?,
                done: row.get(4)?,
            })
        },
    )?)
}
