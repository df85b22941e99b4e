//! Who answers for what, what could be done, and the plans that are kept.

use casework::Stamp;
use desk::Furnished;
use indicators::Period;
use kernel::{AgencyId, PostId};
use scorecards::{Given, Inputs, Number, Scorecard};
use serde_json::json;
use store::{Tx, args};

use super::{person, tell};
use crate::{
    Error, Result, Scoring,
    model::{ACTIONS_MAX, ActionId, OwnAction, PlanId, Published},
    queries,
};

/// A name as it was told.
pub(crate) type Told<'t> = &'t str;

/// Says which seat answers for a part, and how many cases a day of work makes good.
///
/// # Errors
/// [`Error::NoSuch`] for a part that the scorecard does not have.
pub(crate) fn set_part(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    part: Told<'_>,
    (post, a_day): (Option<PostId>, Option<&Number>),
    stamp: &Stamp,
) -> Result<()> {
    if !card.parts().iter().any(|known| known.id == part) {
        return Err(Error::NoSuch);
    }
    let a_day = a_day.map(Number::to_string);
    tx.put(
        "insert into score_part (tenant, scorecard, part, post_id, a_day)
         values ($1, $2, $3, $4, $5)
         on conflict (tenant, scorecard, part) do update set post_id = excluded.post_id,
             a_day = excluded.a_day",
        args!(&scoring.desk().front.tenant, card.id(), part, post, a_day.as_deref()),
    )?;
    let told = json!({ "part": part, "post": post, "a_day": a_day });
    tell(tx, scoring, &format!("scorecard {}", card.id()), "score.part_set", stamp, &told)
}

/// Writes down something that could be done; answers under which number.
///
/// # Errors
/// What the scorecard refuses, and [`Error::TooMany`].
pub(crate) fn add_action(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    agency: AgencyId,
    action: &OwnAction,
    stamp: &Stamp,
) -> Result<ActionId> {
    let by = person(stamp).ok_or(Error::NoSuch)?;
    // Whether the input is known, and takes such a number.
    let size = action.by.abs();
    Inputs::none(card).with(card, &action.input, Given::verified(size))?;
    if queries::actions(tx, scoring, card.id(), agency)?.len() >= ACTIONS_MAX as usize {
        return Err(Error::TooMany(ACTIONS_MAX));
    }
    let front = &scoring.desk().front;
    let id: ActionId = front.mint.id(stamp.recorded_at);
    let (worst, best) = (action.worst.as_ref(), action.best.as_ref());
    tx.put(
        "insert into score_action (tenant, id, scorecard, agency_id, name, input, change_by,
             worst, best, effort, post_id, added_by, added_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        args!(
            &front.tenant,
            id,
            card.id(),
            agency,
            &action.name,
            &action.input,
            action.by.to_string(),
            worst.map(Number::to_string),
            best.map(Number::to_string),
            action.effort,
            action.post,
            by,
            stamp.recorded_at
        ),
    )?;
    let told = json!({
        "action": id, "agency": agency, "input": action.input, "by": action.by.to_string(),
        "effort": action.effort,
    });
    tell(tx, scoring, &format!("scorecard {}", card.id()), "score.action_added", stamp, &told)?;
    Ok(id)
}

/// Strikes something that could be done.
///
/// # Errors
/// [`Error::NoSuch`].
pub(crate) fn drop_action(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    (agency, id): (AgencyId, ActionId),
    stamp: &Stamp,
) -> Result<()> {
    let gone = tx.exec(
        "delete from score_action
         where tenant = $1 and id = $2 and scorecard = $3 and agency_id = $4",
        args!(&scoring.desk().front.tenant, id, card.id(), agency),
    )?;
    if gone == 0 {
        return Err(Error::NoSuch);
    }
    let told = json!({ "action": id });
    tell(tx, scoring, &format!("scorecard {}", card.id()), "score.action_dropped", stamp, &told)
}

/// Keeps a plan as the file that is handed on.
///
/// # Errors
/// Those of the store.
pub(crate) fn keep_plan(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    (card, agency, period): (&Scorecard, AgencyId, Period),
    (text, summary): (Told<'_>, Told<'_>),
    stamp: &Stamp,
) -> Result<PlanId> {
    let by = person(stamp).ok_or(Error::NoSuch)?;
    let front = &scoring.desk().front;
    let id: PlanId = front.mint.id(stamp.recorded_at);
    tx.put(
        "insert into score_plan
             (tenant, id, scorecard, agency_id, period, text, summary, kept_by, kept_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        args!(
            &front.tenant,
            id,
            card.id(),
            agency,
            period.to_string(),
            text,
            summary,
            by,
            stamp.recorded_at
        ),
    )?;
    let told = json!({
        "plan": id, "agency": agency, "period": period.to_string(),
        "sha256": kernel::hex(&<sha2::Sha256 as sha2::Digest>::digest(text.as_bytes())),
    });
    tell(tx, scoring, &format!("scorecard {}", card.id()), "score.plan_kept", stamp, &told)?;
    Ok(id)
}

/// Records scores of others as they were published.
///
/// # Errors
/// Those of the store.
pub(crate) fn record_published(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    rows: &[Published],
    stamp: &Stamp,
) -> Result<()> {
    for row in rows {
        tx.put(
            "insert into score_published
                 (tenant, scorecard, name, value, told_at, source, recorded_at)
             values ($1, $2, $3, $4, $5, $6, $7)
             on conflict (tenant, scorecard, name) do update set value = excluded.value,
                 told_at = excluded.told_at, source = excluded.source,
                 recorded_at = excluded.recorded_at",
            args!(
                &scoring.desk().front.tenant,
                card.id(),
                &row.name,
                row.value.to_string(),
                &row.at,
                &row.source,
                stamp.recorded_at
            ),
        )?;
    }
    let told = json!({ "rows": rows.len() });
    tell(tx, scoring, &format!("scorecard {}", card.id()), "score.published_recorded", stamp, &told)
}
