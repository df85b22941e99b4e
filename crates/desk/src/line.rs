//! A dossier as lists show it: columns that stand beside the state, and the applicant's name.

use std::collections::HashMap;

use casework::{Channel, ProcedureRef, Status};
use kernel::{AgencyId, CaseCode, CaseId, Instant, Tenant};
use procedure::Matter;
use store::{Arg, Row, Tx};

use crate::Result;
use crate::values::{LIST_MAX, Values};

/// One dossier in a list.
#[derive(Debug, Clone)]
pub struct Line {
    /// Which dossier.
    pub id: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// How many events made it what it is.
    pub version: u32,
    /// On which procedure, in which version of its text.
    pub procedure: ProcedureRef,
    /// How it came.
    pub channel: Channel,
    /// Where it was filed.
    pub received_by: AgencyId,
    /// Who decides it.
    pub decided_by: AgencyId,
    /// Where it stands.
    pub status: Status,
    /// When it was filed.
    pub submitted_at: Instant,
    /// Until when it must be taken on.
    pub accept_by: Option<Instant>,
    /// When it was taken on.
    pub accepted_at: Option<Instant>,
    /// When the result is promised.
    pub due_at: Option<Instant>,
    /// The promise that had passed when its term was set anew.
    pub missed_at: Option<Instant>,
    /// From when on little time is left, while the clock runs.
    pub soon_at: Option<Instant>,
    /// Since when the clock stands.
    pub paused_at: Option<Instant>,
    /// When the work ended.
    pub ended_at: Option<Instant>,
    /// When the applicant had the result.
    pub returned_at: Option<Instant>,
    /// Whose it is, by name; none where the data was destroyed.
    pub applicant: Option<String>,
    /// What kind of matter it is.
    pub matter: Matter,
}

/// The page on which whoever it concerns reads of a case: citizens on their side, agencies on
/// that of their officers.
#[must_use]
pub fn own_page(matter: Matter, code: &CaseCode) -> String {
    match matter {
        Matter::Dossier => format!("/toi/ho-so/{code}"),
        Matter::Feedback => format!("/phan-anh/{code}"),
        Matter::Report | Matter::Task | Matter::Incident => officers_page(matter, code),
    }
}

/// The page of officers on a case, of the system whose matter it is.
#[must_use]
pub fn officers_page(matter: Matter, code: &CaseCode) -> String {
    match matter {
        Matter::Dossier => format!("/ho-so/{code}"),
        Matter::Feedback => format!("/xu-ly-phan-anh/{code}"),
        Matter::Report => format!("/bao-cao/{code}"),
        Matter::Task => format!("/nhiem-vu/{code}"),
        Matter::Incident => format!("/su-co/{code}"),
    }
}

impl Line {
    /// The page of officers on it.
    #[must_use]
    pub fn address(&self) -> String {
        officers_page(self.matter, &self.code)
    }

    /// The promised instant, or until when it must be taken on.
    #[must_use]
    pub fn due(&self) -> Instant {
        self.due_at.or(self.accept_by).unwrap_or(self.submitted_at)
    }
}

/// What [`read`] reads, of `case_state c` and `party p`.
pub const COLUMNS: &str = "c.id, c.code, c.version, c.procedure_code, c.procedure_version,
    c.channel, c.received_by, c.decided_by, c.status, c.submitted_at, c.accept_by, c.accepted_at,
    c.due_at, c.soon_at, c.paused_at, c.ended_at, c.returned_at, p.name,
    c.matter, c.missed_at";
/// So many columns stand before those of the caller.
pub const COUNT: usize = 20;
/// The name of the applicant, beside `case_state c`.
pub const PARTY: &str = "left join party p on p.tenant = c.tenant and p.id = c.applicant";

/// A line of the first [`COUNT`] columns.
pub fn read(row: &Row<'_>) -> store::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        code: row.get(1)?,
        version: row.get(2)?,
        procedure: ProcedureRef { code: row.get(3)?, version: row.get(4)? },
        channel: word(row, 5, Channel::from_word)?,
        received_by: row.get(6)?,
        decided_by: row.get(7)?,
        status: word(row, 8, Status::from_word)?,
        submitted_at: row.get(9)?,
        accept_by: row.get(10)?,
        accepted_at: row.get(11)?,
        due_at: row.get(12)?,
        missed_at: row.get(19)?,
        soon_at: row.get(13)?,
        paused_at: row.get(14)?,
        ended_at: row.get(15)?,
        returned_at: row.get(16)?,
        applicant: row.get(17)?,
        matter: word(row, 18, Matter::from_word)?,
    })
}

fn word<T>(row: &Row<'_>, index: usize, of: impl Fn(&str) -> Option<T>) -> store::Result<T> {
    let word: String = row.get(index)?;
    of(&word).ok_or(store::Error::Column { index, reason: word })
}

/// The lines of some dossiers, in the order of the identifiers.
///
/// # Errors
/// Those of the store.
pub fn lines(tx: &mut Tx<'_>, tenant: &Tenant, ids: &[CaseId]) -> Result<Vec<Line>> {
    let mut lines = HashMap::with_capacity(ids.len());
    for some in ids.chunks(LIST_MAX) {
        let mut values = Values::default();
        let tenant = values.place(tenant.as_str().to_owned());
        let ids = values.places(some.iter().map(|id| Arg::from(*id))).unwrap_or_default();
        let sql = format!(
            "select {COLUMNS} from case_state c {PARTY}
             where c.tenant = {tenant} and c.id in ({ids})"
        );
        tx.each(&sql, &values.0, |row| {
            let line = read(row)?;
            lines.insert(line.id, line);
            Ok(())
        })?;
    }
    Ok(ids.iter().filter_map(|id| lines.remove(id)).collect())
}
