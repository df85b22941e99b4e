//! The papers of a person: what they handed in before, and what they were given.

use kernel::{CaseCode, Instant, PartyId, ProcedureCode};
use store::{Tx, args};

use crate::{Desk, Result, results::{ResultsOf, SignedResult, results_of}};

/// Most papers that are read at once.
const PAPERS_MAX: u16 = 200;

/// A file that a person handed in with a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    /// SHA-256 of the content, in hexadecimal; it is kept under it.
    pub hash: String,
    /// Its name, as it was sent.
    pub name: String,
    /// Its kind, as an extension.
    pub kind: String,
    /// In bytes.
    pub size: u64,
    /// Which component of the procedure it was.
    pub component: Option<String>,
    /// With which dossier.
    pub dossier: CaseCode,
    /// Of which procedure.
    pub procedure: ProcedureCode,
    /// When it came.
    pub recorded_at: Instant,
}

/// The papers of a person, newest first.
#[derive(Debug, Clone, Default)]
pub struct Papers {
    /// What they handed in; the same content is named once, as it came last.
    pub handed_in: Vec<HandedIn>,
    /// What they were given, signed.
    pub results: Vec<SignedResult>,
}

/// The papers of a person. Whose reading it is, and that it is logged, is for the caller.
///
/// # Errors
/// Those of the store.
pub fn papers_of(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Papers> {
    let sql = format!(
        "select f.hash, f.name, f.kind, f.size, f.component, c.code, c.procedure_code,
             f.recorded_at
         from case_state c
         join dossier_file f on f.tenant = c.tenant and f.case_id = c.id
         where c.tenant = $1 and c.applicant = $2
         order by f.recorded_at desc, f.name limit {PAPERS_MAX}"
    );
    let all = tx.all(&sql, args!(&desk.front.tenant, party), |row| {
        Ok(HandedIn {
            hash: row.get(0)?,
            name: row.get(1)?,
            kind: row.get(2)?,
            size: row.get(3)?,
            component: row.get(4)?,
            dossier: row.get(5)?,
            procedure: row.get(6)?,
            recorded_at: row.get(7)?,
        })
    })?;
    let mut handed_in: Vec<HandedIn> = Vec::new();
    for paper in all {
        if !handed_in.iter().any(|known| known.hash == paper.hash) {
            handed_in.push(paper);
        }
    }
    Ok(Papers { handed_in, results: results_of(tx, desk, ResultsOf::Party(party))? })
}
