//! What can happen: a figure is published, and a published one is corrected for a reason.

use desk::Desk;
use indicators::{Period, Revised, Scope, Slice};
use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant};
use store::Tx;

use crate::Result;

/// Most letters of a reason.
pub const REASON_MAX: usize = 1000;

/// Publishes a figure as it stands, or corrects the published one. Who may is for the caller to
/// ask. Where nothing has changed since, nothing is written.
///
/// # Errors
/// [`indicators::Error::Frozen`] where a correction has no reason; those of the store.
pub fn publish(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (code, scope, period): (&str, &Scope, Period),
    reason: &str,
    (actor, now): (&Actor, Instant),
) -> Result<Revised> {
    let indicator = desk.indicator(code)?;
    let figure = desk.figure(tx, code, (scope, period, &Slice::default()))?;
    let cube = desk.cube();
    let before = cube.published(tx, code, scope, period)?.len();
    let revised = cube.freeze(tx, indicator, &figure, reason, (actor, now))?;
    if revised.number as usize > before {
        let what = Happened {
            kind: EventKind::named("figure.published"),
            actor: actor.clone(),
            happened_at: now,
            recorded_at: now,
            data: Data::of(&serde_json::json!({
                "indicator": code,
                "of": scope.to_string(),
                "period": period.to_string(),
                "number": revised.number,
                "value": revised.value.ok().map(|value| value.to_string()),
                "pos": revised.pos,
                "definition": revised.definition,
            }))?,
        };
        let subject = format!("figure {code} {scope} {period}");
        journal::record(tx, &desk.front.tenant, &desk.front.mint, &subject, what)?;
    }
    Ok(revised)
}
