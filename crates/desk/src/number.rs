//! Numbers of the forms that an agency issues: one series for each agency, form and year, from 1
//! (Decree 30/2020/NĐ-CP, article 15). A form gets its number in the transaction of the event
//! that gives rise to it, so that the series has no gap.

use casework::Case;
use journal::Event;
use kernel::{AgencyId, Tenant, today};
use store::{Tx, args};

use crate::Result;

/// The numbered form that an event gives rise to, and the agency that issues it.
fn form_of(case: &Case, event: &Event) -> Option<(u8, AgencyId)> {
    Some(match event.kind.as_str() {
        "supplement_requested" => (2, case.received_by),
        "declined" => (3, case.received_by),
        // Who moves a term that was set from outside apologises to nobody.
        "extended" if case.term.is_none() => (4, case.decided_by),
        "discontinued" => (5, case.decided_by),
        _ => return None,
    })
}

/// Numbers the forms of these events.
///
/// # Errors
/// Those of the store.
pub(crate) fn number_forms(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    case: &Case,
    events: &[Event],
) -> Result<()> {
    for event in events {
        let Some((form, agency)) = form_of(case, event) else { continue };
        let number: u32 = tx.one(
            "insert into form_serial (tenant, agency_id, form, year, last)
             values ($1, $2, $3, $4, 1)
             on conflict (tenant, agency_id, form, year) do update set last = form_serial.last + 1
             returning last",
            args!(tenant, agency, i64::from(form), i64::from(today(event.happened_at).year())),
            |row| row.get(0),
        )?;
        tx.put(
            "insert into form_number (tenant, case_id, version, form, number)
             values ($1, $2, $3, $4, $5)",
            args!(tenant, case.id, event.version, i64::from(form), number),
        )?;
    }
    Ok(())
}
