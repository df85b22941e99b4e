//! Correcting what was taken on: a new version, a case of its own that says why. What was sent
//! stays as it was.

use identity::access::Action;
use kernel::CaseCode;
use store::{Tx, args};

use super::{Acting, send};
use crate::{
    Error, Result,
    model::{self, State},
    obligations,
    regime::{PROCEDURE, PROCEDURE_OUT},
};

/// Begins a correction; answers the code of the new version.
///
/// # Errors
/// [`Error::NotNow`] where it was not taken on or is being corrected; [`Error::Reason`] without a
/// reason.
pub fn revise(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    code: &CaseCode,
    reason: &str,
) -> Result<CaseCode> {
    let (report, case) = acting.open(tx, code)?;
    if report.state != State::Received || !report.newest {
        return Err(Error::NotNow);
    }
    if reason.trim().is_empty() {
        return Err(Error::Reason);
    }
    acting.may(Action::Reopen, &case)?;
    let (desk, tenant) = (acting.desk, &acting.desk.front.tenant);
    let code = if report.recipient == report.owner { PROCEDURE_OUT } else { PROCEDURE };
    let filing = obligations::filing(code, report.recipient, case.decided_by, Some(case.id), None)?;
    let filed = desk::file(tx, desk, &filing, &acting.stamp)?;
    let new = desk::accept(tx, desk, filed, &acting.stamp)?.case;
    let (sheet, _) = model::sheet(tx, tenant, report.case)?;
    let due = new.due().unwrap_or(new.accept_by);
    tx.put(
        "update report set newest = false where tenant = $1 and case_id = $2",
        args!(tenant, report.case),
    )?;
    tx.put(
        "insert into report (tenant, case_id, code, regime, regime_version, form, form_version,
             level, period, period_last, unit, owner, recipient, version, newest, state, why,
             opened_at, due_at, clock_at, updated_at)
         select tenant, $3, $4, regime, regime_version, form, form_version, level, period,
             period_last, unit, $5, recipient, version + 1, true, 'draft', $6, $7, $8, $8, $7
         from report where tenant = $1 and case_id = $2",
        args!(
            tenant,
            report.case,
            new.id,
            &new.code,
            case.decided_by,
            reason.trim(),
            acting.now(),
            due
        ),
    )?;
    let fresh = model::by_case(tx, tenant, new.id)?;
    super::draft::keep(tx, acting, &fresh, &sheet, 0)?;
    let data = serde_json::json!({ "case": new.id, "version": fresh.version });
    send::tell(tx, acting, &report, "report.revised", &data)?;
    Ok(new.code)
}
