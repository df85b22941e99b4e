//! What can be asked: programmes, targets, tasks and what was said of them. Each question is
//! bounded, and none looks at a case's story.

mod risks;
mod rows;
mod tasks;
mod work;

pub use risks::{AtRisk, Risks, at_risk};
pub use tasks::{changes_of, task_of_case, task_of_code, tasks_of, tasks_of_heads};
pub use work::{Heap, Waiting, count, work};

use std::collections::BTreeMap;

use desk::values::Values;
use directory::Directory;
use kernel::{PostId, Tenant};
use scorecards::Month;
use store::{Arg, Tx, args};

use crate::{
    Error, Result,
    model::{Code, Declared, Override, Programme, Review, TARGETS_MAX, Target},
};

/// Programmes that a list shows.
pub const PROGRAMMES_SHOWN: u32 = 100;
/// Notes and figures of a target that a page shows.
const SAID_SHOWN: u32 = 200;

/// The programmes, the newest first.
///
/// # Errors
/// Those of the store.
pub fn programmes(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<Vec<Programme>> {
    let sql = format!(
        "select {} from programme where tenant = $1 order by recorded_at desc, code limit $2",
        rows::PROGRAMME
    );
    tx.all(&sql, args!(tenant, PROGRAMMES_SHOWN), rows::programme)?.into_iter().collect()
}

/// The programme of a code.
///
/// # Errors
/// Those of the store.
pub fn programme(tx: &mut Tx<'_>, tenant: &Tenant, code: &Code) -> Result<Option<Programme>> {
    let sql = format!("select {} from programme where tenant = $1 and code = $2", rows::PROGRAMME);
    tx.opt(&sql, args!(tenant, code.as_str()), rows::programme)?.transpose()
}

/// The programme of a code that is asked for.
///
/// # Errors
/// [`Error::Nothing`] where there is none, and those of the store.
pub fn known(tx: &mut Tx<'_>, tenant: &Tenant, code: &Code) -> Result<Programme> {
    programme(tx, tenant, code)?.ok_or(Error::Nothing)
}

/// The targets of a programme, by goal and code.
///
/// # Errors
/// Those of the store.
pub fn targets_of(tx: &mut Tx<'_>, tenant: &Tenant, programme: &Code) -> Result<Vec<Target>> {
    let sql = format!(
        "select {} from programme_target where tenant = $1 and programme = $2
         order by goal, code limit $3",
        rows::TARGET
    );
    let limit = TARGETS_MAX as i64;
    tx.all(&sql, args!(tenant, programme.as_str(), limit), rows::target)?.into_iter().collect()
}

/// One target.
///
/// # Errors
/// [`Error::Nothing`] where there is none, and those of the store.
pub fn target(tx: &mut Tx<'_>, tenant: &Tenant, programme: &Code, code: &Code) -> Result<Target> {
    let sql = format!(
        "select {} from programme_target where tenant = $1 and programme = $2 and code = $3",
        rows::TARGET
    );
    let found = tx.opt(&sql, args!(tenant, programme.as_str(), code.as_str()), rows::target)?;
    found.ok_or(Error::Nothing)?
}

/// What these seats promised in programmes that run: issued, and their last month not over.
///
/// # Errors
/// Those of the store.
pub fn targets_of_heads(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    heads: &[PostId],
    now: Month,
) -> Result<Vec<Target>> {
    let mut values = Values::default();
    let tenant = values.place(tenant.as_str().to_owned());
    let now = values.place(now.to_string());
    let heads = values.places(heads.iter().map(|post| Arg::from(*post)));
    let limit = values.place(TARGETS_MAX as i64);
    let Some(heads) = heads else { return Ok(Vec::new()) };
    let sql = format!(
        "select {} from programme_target t
         where t.tenant = {tenant} and t.head in ({heads}) and exists (
             select 1 from programme p where p.tenant = t.tenant and p.code = t.programme
                 and p.issued_at is not null and p.to_month >= {now})
         order by t.programme, t.goal, t.code limit {limit}",
        rows::TARGET
    );
    tx.all(&sql, &values.0, rows::target)?.into_iter().collect()
}

/// The figures that were declared of a target, the newest last; of each month the last one stands.
///
/// # Errors
/// Those of the store.
pub fn declared(tx: &mut Tx<'_>, tenant: &Tenant, target: &Target) -> Result<Vec<Declared>> {
    let sql = "select month, number, value, evidence, evidence_name, evidence_kind, declared_by,
             declared_at, checked_by, checked_at
         from programme_declared where tenant = $1 and programme = $2 and target = $3
         order by month desc, number desc limit $4";
    let (programme, code) = (target.programme.as_str(), target.code.as_str());
    let mut found: Vec<Declared> = tx
        .all(sql, args!(tenant, programme, code, SAID_SHOWN), rows::declared)?
        .into_iter()
        .collect::<Result<_>>()?;
    found.reverse();
    Ok(found)
}

/// What heads said of a target against what was computed, the newest first.
///
/// # Errors
/// Those of the store.
pub fn overrides(tx: &mut Tx<'_>, tenant: &Tenant, target: &Target) -> Result<Vec<Override>> {
    let sql = format!(
        "select {} from programme_override where tenant = $1 and programme = $2 and target = $3
         order by number desc limit $4",
        rows::OVERRIDE
    );
    let (programme, code) = (target.programme.as_str(), target.code.as_str());
    let found = tx.all(&sql, args!(tenant, programme, code, SAID_SHOWN), rows::said)?;
    found.into_iter().map(|row| Ok(row?.1)).collect()
}

/// What holds now of the targets of some programmes, by programme and target.
///
/// # Errors
/// Those of the store.
pub fn overridden(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    programmes: &[Code],
) -> Result<BTreeMap<(Code, Code), Override>> {
    let mut found = BTreeMap::new();
    for programme in programmes {
        let sql = format!(
            "select {} from programme_override
             where tenant = $1 and programme = $2 and ended_at is null
             order by target, number limit $3",
            rows::OVERRIDE
        );
        let limit = TARGETS_MAX as i64;
        for row in tx.all(&sql, args!(tenant, programme.as_str(), limit), rows::said)? {
            let (target, said) = row?;
            found.insert((programme.clone(), target), said);
        }
    }
    Ok(found)
}

/// What was said of the months of a programme, the newest first.
///
/// # Errors
/// Those of the store.
pub fn reviews(tx: &mut Tx<'_>, tenant: &Tenant, programme: &Code) -> Result<Vec<Review>> {
    let sql = "select month, words, said_by, said_at from programme_review
         where tenant = $1 and programme = $2 order by month desc, number desc limit $3";
    tx.all(sql, args!(tenant, programme.as_str(), SAID_SHOWN), rows::review)?.into_iter().collect()
}

/// A seat, and those whose duties came to it when agencies merged: what was promised from one of
/// them is promised from this one.
#[must_use]
pub fn seats_behind(directory: &Directory, post: PostId) -> Vec<PostId> {
    let mut seats = vec![post];
    let mut at = 0;
    while let Some(heir) = seats.get(at).copied() {
        let before = directory.posts().filter(|one| one.successor == Some(heir)).map(|one| one.id);
        let before: Vec<PostId> = before.filter(|id| !seats.contains(id)).collect();
        seats.extend(before);
        at += 1;
    }
    seats
}

/// The seat that answers today for what this one promised: itself while it is open.
#[must_use]
pub fn seat_today(directory: &Directory, post: PostId) -> PostId {
    let mut seen = vec![post];
    let mut found = post;
    while let Some(next) = directory.post(found).and_then(|one| one.successor) {
        if seen.contains(&next) {
            break;
        }
        seen.push(next);
        found = next;
    }
    found
}
