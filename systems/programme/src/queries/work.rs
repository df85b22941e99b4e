//! What is in hand and waits for somebody: rows of `work_item` only, which what is over does not
//! have, so that no answer grows with history.

use casework::Waits;
use desk::{
    Line, line,
    values::{LIST_MAX, Values},
};
use kernel::{AgencyId, Instant, PostId, Tenant};
use store::{Arg, Tx};

use crate::{
    Result,
    commands::{PROCEDURE, TAKING},
};

/// Which things in hand are asked for; what waits for an applicant or for the law is none of them.
#[derive(Debug, Clone)]
pub enum Heap {
    /// What waits for a seat to decide: acceptance, signature, approval. A task that the seat is to
    /// carry out itself waits for no decision; of tasks only a reported result does.
    Decides(PostId),
    /// What is past its promise in these agencies.
    Late(Vec<AgencyId>),
    /// What may become late in these agencies until then: promised before it, and the step is past
    /// its own time or little time is left of the whole.
    AtRisk(Vec<AgencyId>, Instant),
    /// Of these, what lies with one seat.
    AtRiskWith(PostId, Instant),
}

/// One thing that waits.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// The matter.
    pub line: Line,
    /// The step that waits.
    pub step: String,
    /// Since when.
    pub since: Instant,
    /// Who has it in hand; nobody in particular at a counter.
    pub post: Option<PostId>,
    /// In which agency.
    pub agency: AgencyId,
    /// What is to be done, of a task.
    pub task: Option<String>,
}

/// The things of a heap, soonest due first.
///
/// # Errors
/// Those of the store.
pub fn work(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    heap: &Heap,
    now: Instant,
    limit: u32,
) -> Result<Vec<Waiting>> {
    let mut values = Values::default();
    let Some(of) = heap.of(tenant, now, &mut values) else { return Ok(Vec::new()) };
    let limit = values.place(limit);
    let sql = format!(
        "select {}, w.step, w.since_at, w.post_id, w.agency_id, t.name from work_item w
         join case_state c on c.tenant = w.tenant and c.id = w.case_id {}
         left join programme_task t on t.tenant = w.tenant and t.case_id = w.case_id
         where {of} order by w.due_at, w.case_id, w.step limit {limit}",
        line::COLUMNS,
        line::PARTY
    );
    let found = tx.all(&sql, &values.0, |row| {
        const AT: usize = line::COUNT;
        let (step, since) = (row.get(AT)?, row.get(AT + 1)?);
        let (post, agency, task) = (row.get(AT + 2)?, row.get(AT + 3)?, row.get(AT + 4)?);
        Ok(Waiting { line: line::read(row)?, step, since, post, agency, task })
    })?;
    Ok(found)
}

/// How many things are in a heap.
///
/// # Errors
/// Those of the store.
pub fn count(tx: &mut Tx<'_>, tenant: &Tenant, heap: &Heap, now: Instant) -> Result<u64> {
    let mut values = Values::default();
    let Some(of) = heap.of(tenant, now, &mut values) else { return Ok(0) };
    let sql = format!(
        "select count(*) from work_item w
         join case_state c on c.tenant = w.tenant and c.id = w.case_id where {of}"
    );
    Ok(tx.one(&sql, &values.0, |row| row.get(0))?)
}

impl Heap {
    /// The condition on `work_item w` and `case_state c`; none where nothing can be in it.
    pub(super) fn of(&self, tenant: &Tenant, now: Instant, values: &mut Values) -> Option<String> {
        let tenant = values.place(tenant.as_str().to_owned());
        let holder = values.place(Waits::Holder.number());
        // A result that waits to be fetched is nobody's delay.
        let of_all = format!("w.tenant = {tenant} and w.waits = {holder} and c.ended_at is null");
        let risk = |values: &mut Values, until: Instant| {
            let (now, until) = (values.place(now), values.place(until));
            format!(
                "w.due_at >= {now} and w.due_at < {until}
                 and (w.step_due_at < {now} or c.soon_at <= {now})"
            )
        };
        Some(match self {
            Self::Decides(post) => {
                let (post, task) = (values.place(*post), values.place(PROCEDURE.to_owned()));
                let taking = values.place(TAKING.to_owned());
                format!(
                    "{of_all} and w.post_id = {post}
                     and (c.procedure_code <> {task} or w.step = {taking})"
                )
            }
            Self::Late(agencies) => {
                let now = values.place(now);
                format!(
                    "{of_all} and w.agency_id in ({}) and w.due_at < {now}",
                    list(agencies, values)?
                )
            }
            Self::AtRisk(agencies, until) => {
                let risk = risk(values, *until);
                format!(
                    "{of_all} and w.agency_id in ({}) and w.post_id is not null and {risk}",
                    list(agencies, values)?
                )
            }
            Self::AtRiskWith(post, until) => {
                let risk = risk(values, *until);
                format!("{of_all} and w.post_id = {} and {risk}", values.place(*post))
            }
        })
    }
}

fn list(agencies: &[AgencyId], values: &mut Values) -> Option<String> {
    values.places(
        agencies.iter().take(LIST_MAX).map(|id| Arg::from(*id)).collect::<Vec<_>>().into_iter(),
    )
}
