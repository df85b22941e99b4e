//! Writing: what was typed goes in, what is computed is never overtyped without a reason, and what
//! the rules let through is handed on to be signed.

use desk::Desk;
use identity::access::Action;
use kernel::{CaseCode, nfc};
use store::{Tx, args};

use super::Acting;
use crate::{
    Error, Result, fill,
    form::{Fill, Form, Severity},
    model::{self, Report, State},
    number::Number,
    queries,
    regime::Regime,
    sheet::{Entry, From, Sheet},
};

/// Most letters of a cell of words, and of a piece of prose.
const WORDS_MAX: usize = 2_000;
const PROSE_MAX: usize = 20_000;

/// What was typed into one cell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// It is empty now.
    Clear,
    /// A number.
    Number(Number),
    /// Words.
    Words(String),
    /// Another number than what is computed, and why.
    Contest(Number, String),
    /// What is computed stands again.
    Settle,
}

/// What was typed.
#[derive(Debug, Clone, Default)]
pub struct Edits {
    /// By cell.
    pub cells: Vec<(String, Edit)>,
    /// By part of the prose.
    pub parts: Vec<(String, String)>,
    /// How often it had been saved when the page was made; a newer one is not written over.
    pub seq: Option<u32>,
    /// Where it comes from.
    pub by_program: Option<String>,
}

/// Saves what was typed; answers how often it was saved now.
///
/// # Errors
/// [`Error::Overtaken`] where somebody else saved it since; [`Error::NotNow`] where it is not being
/// written; [`Error::Reason`] where a figure is contested without one.
pub fn save(tx: &mut Tx<'_>, acting: &Acting<'_>, code: &CaseCode, edits: &Edits) -> Result<u32> {
    let (report, case) = acting.open(tx, code)?;
    if !matches!(report.state, State::Draft | State::Returned) {
        return Err(Error::NotNow);
    }
    acting.may(Action::CompleteStep, &case)?;
    let (regime, form, mut sheet, seq) = opened(tx, acting.desk, &report)?;
    if edits.seq.is_some_and(|seen| seen != seq) {
        return Err(Error::Overtaken);
    }
    take(&form, &mut sheet, edits)?;
    fill::fill(tx, acting.desk, (&regime, &form, &report), &mut sheet)?;
    keep(tx, acting, &report, &sheet, seq)
}

/// A report's regime, its form and what was saved.
pub(super) fn opened(
    tx: &mut Tx<'_>,
    desk: &Desk,
    report: &Report,
) -> Result<(std::sync::Arc<Regime>, std::sync::Arc<Form>, Sheet, u32)> {
    let library = crate::library::Library::read(tx, desk)?;
    let regime = library.regime_version(&report.regime, report.regime_version)?.clone();
    let form = library.form_version(&report.form, report.form_version)?.clone();
    let (sheet, seq) = model::sheet(tx, &desk.front.tenant, report.case)?;
    Ok((regime, form, sheet, seq))
}

/// Writes the sheet, if it is as it was read.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    report: &Report,
    sheet: &Sheet,
    seq: u32,
) -> Result<u32> {
    let text = serde_json::to_string(sheet)?;
    let kept = tx.exec(
        "insert into report_sheet (tenant, case_id, seq, sheet, saved_at)
         values ($1, $2, $3, $4, $5)
         on conflict (tenant, case_id) do update set seq = excluded.seq, sheet = excluded.sheet,
             saved_at = excluded.saved_at
         where report_sheet.seq = $6",
        args!(&acting.desk.front.tenant, report.case, seq + 1, &text, acting.now(), seq),
    )?;
    if kept == 1 { Ok(seq + 1) } else { Err(Error::Overtaken) }
}

/// Puts what was typed into a sheet.
fn take(form: &Form, sheet: &mut Sheet, edits: &Edits) -> Result<()> {
    for (id, edit) in &edits.cells {
        let computed = form.cell(id).is_some_and(|cell| cell.fill != Fill::Typed);
        let added_up = sheet.cells.get(id).is_some_and(|entry| {
            entry.from == From::AddedUp || (entry.is_contested() && entry.computed.is_some())
        });
        let from = edits.by_program.as_ref().map_or(From::Typed, |_| From::Sent);
        match edit {
            Edit::Contest(value, reason) => {
                let follows = form.cell(id).is_some_and(|cell| cell.fill.follows());
                if reason.trim().is_empty() {
                    return Err(Error::Reason);
                }
                if (computed || added_up) && !follows {
                    let computed = sheet.cells.get(id).and_then(|entry| match entry.from {
                        From::Contested => entry.computed,
                        _ => entry.value,
                    });
                    let reason = nfc(reason.trim()).chars().take(WORDS_MAX).collect();
                    let entry = Entry::number(*value, From::Contested);
                    sheet.cells.insert(id.clone(), Entry { computed, reason, ..entry });
                }
            }
            Edit::Settle => {
                if sheet.cells.get(id).is_some_and(Entry::is_contested) {
                    sheet.cells.remove(id);
                }
            }
            // What is computed is not overtyped.
            _ if computed || added_up => {}
            Edit::Clear => {
                sheet.cells.remove(id);
            }
            Edit::Number(value) => {
                let reason = edits.by_program.clone().unwrap_or_default();
                let entry = Entry { reason, ..Entry::number(*value, from) };
                sheet.cells.insert(id.clone(), entry);
            }
            Edit::Words(words) => {
                let words = nfc(words.trim()).chars().take(WORDS_MAX).collect();
                sheet.cells.insert(id.clone(), Entry::words(words, from));
            }
        }
    }
    for (id, text) in &edits.parts {
        let text: String = nfc(text.trim()).chars().take(PROSE_MAX).collect();
        if text.is_empty() {
            sheet.parts.remove(id);
        } else {
            sheet.parts.insert(id.clone(), text);
        }
    }
    Ok(())
}

/// Hands it on to be signed, where nothing keeps it back.
///
/// # Errors
/// [`Error::Remarks`] where the rules say no; [`Error::NotNow`] where it is with somebody else.
pub fn submit(tx: &mut Tx<'_>, acting: &Acting<'_>, code: &CaseCode) -> Result<()> {
    let (report, case) = acting.open(tx, code)?;
    if report.state == State::Approving {
        // Sent twice is sent once.
        return Ok(());
    }
    let whole = queries::whole(tx, acting.desk, code)?;
    let kept_back = whole.remarks.iter().filter(|r| r.severity == Severity::Error).count();
    if kept_back > 0 {
        return Err(Error::Remarks(kept_back));
    }
    let case = acting.complete(tx, case, ("soan", "trinh"), "")?;
    keep(tx, acting, &report, &whole.sheet, whole.seq)?;
    acting.stand(tx, &case, State::Approving)
}
