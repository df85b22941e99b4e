//! What waits for somebody, soonest due first, page by page.

use kernel::{AgencyId, CaseCode, CaseId, Instant, PostId, ProcedureCode, from_micros};
use store::{Row, Tx, args};

use crate::{Desk, Error, Result};

/// Whose work.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Scope {
    /// Of one seat.
    Seat(PostId),
    /// Of the counter of an agency: whoever receives there may take it.
    Counter(AgencyId),
}

/// The place of an item in the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mark {
    paused: bool,
    due_at: Instant,
    case: CaseId,
    step: String,
}

/// One thing to do.
#[derive(Debug, Clone)]
pub(crate) struct Waiting {
    pub(crate) code: CaseCode,
    pub(crate) version: u32,
    pub(crate) procedure: ProcedureCode,
    pub(crate) status: String,
    pub(crate) since: Instant,
    pub(crate) step_due_at: Instant,
    pub(crate) mark: Mark,
}

impl Waiting {
    pub(crate) fn step(&self) -> &str {
        &self.mark.step
    }

    pub(crate) fn due_at(&self) -> Instant {
        self.mark.due_at
    }

    pub(crate) fn paused(&self) -> bool {
        self.mark.paused
    }
}

/// At most `limit` items after a place.
pub(crate) fn waiting(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: Scope,
    after: Option<&Mark>,
    limit: u32,
) -> Result<Vec<Waiting>> {
    let first = Mark { paused: false, due_at: from_micros(0), case: lowest(), step: String::new() };
    let Mark { paused, due_at, case, step } = after.unwrap_or(&first);
    let (sql, whose) = match scope {
        Scope::Seat(post) => (sql!("w.post_id = $2"), post.uuid()),
        Scope::Counter(agency) => (sql!("w.agency_id = $2 and w.post_id is null"), agency.uuid()),
    };
    let args = args!(&desk.front.tenant, whose, *paused, *due_at, *case, step, limit);
    Ok(tx.all(sql, args, read)?)
}

macro_rules! sql {
    ($whose:literal) => {
        concat!(
            "select c.code, c.version, c.procedure_code, c.status, w.since_at, w.step_due_at,
                 w.paused, w.due_at, w.case_id, w.step
             from work_item w join case_state c on c.tenant = w.tenant and c.id = w.case_id
             where w.tenant = $1 and ",
            $whose,
            " and (w.paused, w.due_at, w.case_id, w.step) > ($3, $4, $5, $6)
             order by w.paused, w.due_at, w.case_id, w.step limit $7"
        )
    };
}
use sql;

fn read(row: &Row<'_>) -> store::Result<Waiting> {
    let mark =
        Mark { paused: row.get(6)?, due_at: row.get(7)?, case: row.get(8)?, step: row.get(9)? };
    Ok(Waiting {
        code: row.get(0)?,
        version: row.get(1)?,
        procedure: row.get(2)?,
        status: row.get(3)?,
        since: row.get(4)?,
        step_due_at: row.get(5)?,
        mark,
    })
}

const fn lowest() -> CaseId {
    CaseId::from_uuid(uuid::Uuid::nil())
}

/// The text of a cursor: opaque to whoever gets it.
impl std::fmt::Display for Mark {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (paused, case) = (u8::from(self.paused), self.case.uuid().simple());
        write!(f, "{paused}{:016x}{case}{}", kernel::micros(self.due_at), self.step)
    }
}
impl std::str::FromStr for Mark {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = || {
            let (paused, rest) = text.split_at_checked(1)?;
            let (due, rest) = rest.split_at_checked(16)?;
            let (case, step) = rest.split_at_checked(32)?;
            let due_at = from_micros(i64::from_str_radix(due, 16).ok()?);
            let case = CaseId::from_uuid(uuid::Uuid::try_parse(case).ok()?);
            Some(Self { paused: paused == "1", due_at, case, step: step.to_owned() })
        };
        parts().ok_or(Error::Cursor)
    }
}
