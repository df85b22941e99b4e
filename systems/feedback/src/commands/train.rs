//! Training the models anew: when enough was sorted since, or by hand.

use kernel::{Instant, Tenant};
use store::{Store, Tx, args};

use crate::{
    Result, queries,
    suggestion::{self, Model, Trial},
};

/// From so many reports that were sorted since the last training, a model is trained anew.
pub const FRESH_MIN: u32 = 300;

/// Trains models anew of what officers decided, keeps their figures, and takes over what is not
/// worse; none where too little was sorted since, and nobody asks for it `by_hand`. It takes
/// seconds and blocks: for a thread of its own.
///
/// # Errors
/// Those of the store; where another process trained meanwhile, it is a conflict.
pub fn train(store: &Store, tenant: &Tenant, now: Instant, by_hand: bool) -> Result<Option<Trial>> {
    let of = tenant.clone();
    let material = store.read(move |tx| {
        if !by_hand && !queries::is_due(tx, &of, FRESH_MIN)? {
            return Ok(None);
        }
        let (past, newest) = queries::past(tx, &of)?;
        let used = queries::newest_model(tx, &of, None)?.and_then(|(_, model)| model);
        Ok::<_, crate::Error>(Some((past, newest, queries::pairs(tx, &of, now)?, used)))
    });
    let Some((past, newest, pairs, used)) = material.wait()? else { return Ok(None) };
    let before = used.unwrap_or_else(Model::shipped);
    let trial = suggestion::train(&before, &past, &pairs);
    let (of, figures, taken) = (tenant.clone(), trial.figures, trial.taken);
    let bytes = taken.then(|| trial.model.to_bytes());
    let newest = newest.unwrap_or(Instant::UNIX_EPOCH);
    let kept = store.write(move |tx| {
        keep(tx, &of, &figures, bytes.as_deref(), newest, now)?;
        Ok::<_, crate::Error>(())
    });
    kept.wait()?;
    Ok(Some(trial))
}

/// Keeps what came of a training; of the models only the one that is used from now on.
fn keep(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    of: &suggestion::Figures,
    model: Option<&[u8]>,
    newest: Instant,
    now: Instant,
) -> store::Result<()> {
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    if model.is_some() {
        tx.exec(
            "update feedback_model set model = null where tenant = $1 and model is not null",
            args!(tenant),
        )?;
    }
    tx.put(
        "insert into feedback_model (tenant, version, trained_at, newest_at, reports, held,
             f1_before, f1_after, pairs, pairs_held, pairs_f1_before, pairs_f1_after, taken, model)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,
             $13
         from feedback_model where tenant = $1",
        args!(
            tenant,
            now,
            newest,
            count(of.reports),
            count(of.held),
            of.f1_before,
            of.f1_after,
            count(of.pairs),
            count(of.pairs_held),
            of.pairs_f1_before,
            of.pairs_f1_after,
            model.is_some(),
            model
        ),
    )
}
