//! What can be asked of reports.

mod one;
mod rounds;

pub use one::{Comment, Whole, comments, peers, whole};
pub use rounds::{
    Kept, Moved, Punctual, RoundCount, counts, deadlines, known_periods, punctual, round, sent,
};

use desk::Desk;
use kernel::{AgencyId, Instant, PostId};
use store::{Tx, args};

use crate::{
    Result,
    model::{COLUMNS, Report, read},
};

/// Lines of a list.
pub const LIST_MAX: u32 = 200;

/// Which list of reports.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum List {
    /// That wait for a seat.
    Mine,
    /// That an agency owes.
    Owed,
    /// That an agency is to take on, and has not.
    Incoming,
    /// That an agency owes and that are late.
    Late,
    /// That an agency sent.
    Sent,
}

/// The reports of a list, those that are due first.
///
/// # Errors
/// Those of the store.
pub fn list(
    tx: &mut Tx<'_>,
    desk: &Desk,
    list: List,
    (post, agency): (PostId, AgencyId),
    now: Instant,
) -> Result<Vec<Report>> {
    const OPEN: &str = "r.newest and r.state in ('draft', 'returned', 'approving')";
    let tenant = &desk.front.tenant;
    let all = |condition: &str, order: &str| {
        format!(
            "select {COLUMNS} from report r where r.tenant = $1 and {condition} {order} limit $2"
        )
    };
    let due = "order by r.due_at, r.code";
    let found = match list {
        List::Mine => tx.all(
            &all(
                "r.newest and r.case_id in (
                     select w.case_id from work_item w where w.tenant = $1 and w.post_id = $3)",
                due,
            ),
            args!(tenant, LIST_MAX, post),
            read,
        ),
        List::Owed => {
            let sql = all(&format!("r.owner = $3 and {OPEN}"), due);
            tx.all(&sql, args!(tenant, LIST_MAX, agency), read)
        }
        List::Late => {
            let sql = all(&format!("r.owner = $3 and {OPEN} and r.due_at < $4"), due);
            tx.all(&sql, args!(tenant, LIST_MAX, agency, now), read)
        }
        List::Incoming => {
            let sql = all("r.recipient = $3 and r.newest and r.state = 'sent'", due);
            tx.all(&sql, args!(tenant, LIST_MAX, agency), read)
        }
        List::Sent => {
            let sent = "r.owner = $3 and r.newest and r.state in ('sent', 'received')";
            let sql = all(sent, "order by r.period_last desc, r.code");
            tx.all(&sql, args!(tenant, LIST_MAX, agency), read)
        }
    };
    Ok(found?)
}

/// How many reports wait for a seat.
///
/// # Errors
/// Those of the store.
pub fn count_mine(tx: &mut Tx<'_>, desk: &Desk, post: PostId) -> Result<u64> {
    Ok(tx.one(
        "select count(*) from work_item w join report r
             on r.tenant = w.tenant and r.case_id = w.case_id
         where w.tenant = $1 and w.post_id = $2",
        args!(&desk.front.tenant, post),
        |row| row.get(0),
    )?)
}
