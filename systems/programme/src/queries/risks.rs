//! What may become late, grouped by the seat and the step that it lies at.

use std::collections::HashMap;

use desk::values::Values;
use kernel::{AgencyId, Instant, PostId, ProcedureCode, Tenant};
use store::{Arg, Tx};

use super::work::{Heap, count};
use crate::Result;

/// What is at risk.
#[derive(Debug, Clone, Default)]
pub struct Risks {
    /// The largest heaps.
    pub shown: Vec<AtRisk>,
    /// How many things in all.
    pub all: u64,
}

/// A heap of things at one seat and step.
#[derive(Debug, Clone)]
pub struct AtRisk {
    /// Who has them in hand.
    pub post: PostId,
    /// In which agency.
    pub agency: AgencyId,
    /// At which step.
    pub step: String,
    /// On which procedure.
    pub procedure: ProcedureCode,
    /// The newest version of its text among them.
    pub version: u32,
    /// How many.
    pub count: u64,
    /// When the first of them is promised.
    pub first_due: Instant,
    /// How many things the seat has in hand in all.
    pub in_hand: u64,
}

/// The largest heaps of what may become late in these agencies until then.
///
/// # Errors
/// Those of the store.
pub fn at_risk(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    agencies: &[AgencyId],
    (now, until): (Instant, Instant),
    shown: u32,
) -> Result<Risks> {
    let heap = Heap::AtRisk(agencies.to_vec(), until);
    let all = count(tx, tenant, &heap, now)?;
    let mut values = Values::default();
    let Some(of) = heap.of(tenant, now, &mut values) else { return Ok(Risks::default()) };
    let limit = values.place(shown);
    let sql = format!(
        "select w.post_id, w.agency_id, w.step, c.procedure_code,
             max(c.procedure_version), count(*), min(w.due_at)
         from work_item w join case_state c on c.tenant = w.tenant and c.id = w.case_id
         where {of}
         group by w.post_id, w.agency_id, w.step, c.procedure_code
         order by 6 desc, 7, 1, 3, 4 limit {limit}"
    );
    let mut shown = tx.all(&sql, &values.0, |row| {
        Ok(AtRisk {
            post: row.get(0)?,
            agency: row.get(1)?,
            step: row.get(2)?,
            procedure: row.get(3)?,
            version: row.get(4)?,
            count: row.get(5)?,
            first_due: row.get(6)?,
            in_hand: 0,
        })
    })?;
    in_hand(tx, tenant, &mut shown)?;
    Ok(Risks { shown, all })
}

/// How much the seats have in hand in all.
fn in_hand(tx: &mut Tx<'_>, tenant: &Tenant, heaps: &mut [AtRisk]) -> Result<()> {
    let mut values = Values::default();
    let tenant = values.place(tenant.as_str().to_owned());
    let posts: Vec<Arg<'static>> = heaps.iter().map(|heap| Arg::from(heap.post)).collect();
    let Some(posts) = values.places(posts.into_iter()) else { return Ok(()) };
    let mut counts: HashMap<PostId, u64> = HashMap::new();
    let sql = format!(
        "select post_id, count(*) from work_item
         where tenant = {tenant} and post_id in ({posts}) group by post_id"
    );
    tx.each(&sql, &values.0, |row| {
        counts.insert(row.get(0)?, row.get(1)?);
        Ok(())
    })?;
    for heap in heaps {
        heap.in_hand = counts.get(&heap.post).copied().unwrap_or_default();
    }
    Ok(())
}
