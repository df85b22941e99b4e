//! Dossiers of an agency, newest first, page by page.

use casework::Status;
use kernel::{AgencyId, CaseCode, CaseId, Instant, ProcedureCode, from_micros};
use store::{Row, Tx, args};

use crate::{Desk, Error, Result};

/// So many rows are looked at for one page, so that a filter that fits few dossiers costs no more
/// than one that fits all. Such a page may be short, and another follows.
const LOOKED_AT_MAX: u32 = 2000;

/// In which part the agency has to do with a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    /// It decides.
    Deciding,
    /// It received it, and returns the result.
    Receiving,
}

/// Which dossiers are wanted.
#[derive(Debug, Clone)]
pub(crate) struct Filter {
    pub(crate) agency: AgencyId,
    pub(crate) side: Side,
    pub(crate) status: Option<Status>,
    pub(crate) procedure: Option<ProcedureCode>,
    /// Filed at or after.
    pub(crate) from: Option<Instant>,
    /// Filed before.
    pub(crate) to: Option<Instant>,
    /// Only those that are past their date and not done.
    pub(crate) overdue_at: Option<Instant>,
}

/// The place of a dossier in the order: when it was filed, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place(pub(crate) Instant, pub(crate) CaseId);

/// A line of the list.
#[derive(Debug, Clone)]
pub(crate) struct Listed {
    pub(crate) place: Place,
    pub(crate) code: CaseCode,
    pub(crate) version: u32,
    pub(crate) procedure: ProcedureCode,
    pub(crate) status: Status,
    pub(crate) decided_by: AgencyId,
    pub(crate) received_by: AgencyId,
    pub(crate) due_at: Option<Instant>,
    pub(crate) ended_at: Option<Instant>,
    pub(crate) returned_at: Option<Instant>,
}

/// A part of the list, and after which place the next goes on.
#[derive(Debug, Clone)]
pub(crate) struct Page {
    pub(crate) rows: Vec<Listed>,
    pub(crate) next: Option<Place>,
}

/// At most `limit` dossiers after a place.
pub(crate) fn list(
    tx: &mut Tx<'_>,
    desk: &Desk,
    filter: &Filter,
    after: Option<Place>,
    limit: usize,
) -> Result<Page> {
    let sql = match filter.side {
        Side::Deciding => sql!("decided_by"),
        Side::Receiving => sql!("received_by"),
    };
    let plain =
        filter.status.is_none() && filter.procedure.is_none() && filter.overdue_at.is_none();
    let one_more = u32::try_from(limit + 1).unwrap_or(LOOKED_AT_MAX);
    let look = if plain { one_more } else { LOOKED_AT_MAX };
    let Place(at, id) = after.unwrap_or(Place(Instant::MAX, CaseId::from_uuid(uuid::Uuid::max())));
    let at = filter.to.map_or(at, |to| at.min(to));
    let from = filter.from.unwrap_or(from_micros(0));
    let looked_at =
        tx.all(sql, args!(&desk.front.tenant, filter.agency, at, id, from, look), read)?;
    let more = looked_at.len() as u64 == u64::from(look);
    let last = looked_at.last().map(|row| row.place);
    let mut fit = looked_at.into_iter().filter(|row| filter.fits(row));
    let rows: Vec<Listed> = fit.by_ref().take(limit).collect();
    let full = fit.next().is_some();
    let next = if full { rows.last().map(|row| row.place) } else { last.filter(|_| more) };
    Ok(Page { rows, next })
}

/// `to` is open at its end, and so is the place after which a page goes on.
macro_rules! sql {
    ($side:literal) => {
        concat!(
            "select submitted_at, id, code, version, procedure_code, status, decided_by,
                 received_by, due_at, ended_at, returned_at
             from case_state
             where tenant = $1 and ",
            $side,
            " = $2 and (submitted_at, id) < ($3, $4) and submitted_at >= $5
             order by submitted_at desc, id desc limit $6"
        )
    };
}
use sql;

impl Filter {
    fn fits(&self, row: &Listed) -> bool {
        let late = |now: Instant| row.ended_at.is_none() && row.due_at.is_some_and(|due| due < now);
        self.status.is_none_or(|status| status == row.status)
            && self.procedure.as_ref().is_none_or(|procedure| *procedure == row.procedure)
            && self.to.is_none_or(|to| row.place.0 < to)
            && self.overdue_at.is_none_or(late)
    }
}

fn read(row: &Row<'_>) -> store::Result<Listed> {
    let status: String = row.get(5)?;
    let status = Status::from_word(&status)
        .ok_or_else(|| store::Error::Column { index: 5, reason: status.clone() })?;
    Ok(Listed {
        place: Place(row.get(0)?, row.get(1)?),
        code: row.get(2)?,
        version: row.get(3)?,
        procedure: row.get(4)?,
        status,
        decided_by: row.get(6)?,
        received_by: row.get(7)?,
        due_at: row.get(8)?,
        ended_at: row.get(9)?,
        returned_at: row.get(10)?,
    })
}

/// The text of a cursor: opaque to whoever gets it.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:016x}{}", kernel::micros(self.0), self.1.uuid().simple())
    }
}
impl std::str::FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts = text.split_at_checked(16).and_then(|(at, id)| {
            let at = i64::from_str_radix(at, 16).ok()?;
            Some(Self(from_micros(at), CaseId::from_uuid(uuid::Uuid::try_parse(id).ok()?)))
        });
        parts.ok_or(Error::Cursor)
    }
}
