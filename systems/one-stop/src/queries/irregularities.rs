//! The stories that the irregularity finder reads.

use std::collections::HashMap;

use calendar::CaseClock;
use kernel::{Actor, CaseId, Instant, PostId};
use serde::Deserialize;
use store::{Arg, Tx};

use super::Scope;
use crate::{
    Desk, Result,
    measures::{Fact, FactKind, Period, Story},
};

/// At most so many dossiers are looked at; the page says so where there are more.
pub const STORIES_MAX: usize = 20_000;

/// The dossiers that ended or were filed in the period, with what happened to them, and whether
/// there were more than can be looked at.
///
/// # Errors
/// Those of the store.
pub fn stories(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    period: Period,
) -> Result<(Vec<Story>, bool)> {
    let (mut stories, mut index) = (Vec::new(), HashMap::new());
    let mut more = false;
    for column in ["ended_at", "submitted_at"] {
        let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into()];
        args.extend([period.begin().into(), period.end().into()]);
        let agencies = scope.condition("c.decided_by", &mut args);
        args.push(i64::try_from(STORIES_MAX + 1).unwrap_or(i64::MAX).into());
        let sql = format!(
            "select c.id, c.code, c.decided_by, c.procedure_code, c.applicant from case_state c
             where c.tenant = $1 and c.{column} >= $2 and c.{column} < $3
                 and c.matter = 'dossier'{agencies} limit ${}",
            args.len()
        );
        let read = tx.all(&sql, &args, |row| {
            let story = Story {
                code: row.get(1)?,
                agency: row.get(2)?,
                procedure: row.get(3)?,
                applicant: row.get(4)?,
                facts: Vec::new(),
            };
            Ok((row.get::<CaseId>(0)?, story))
        })?;
        for (id, story) in read {
            if index.len() >= STORIES_MAX {
                more = true;
                break;
            }
            index.entry(id).or_insert_with(|| {
                stories.push((id, story));
                stories.len() - 1
            });
        }
    }
    tell(tx, desk, &mut stories)?;
    let mut stories: Vec<Story> = stories.into_iter().map(|(_, story)| story).collect();
    stories.sort_by(|a, b| a.code.cmp(&b.code));
    Ok((stories, more))
}

/// Dossiers whose events are read in one statement.
const AT_ONCE: usize = 500;

fn tell(tx: &mut Tx<'_>, desk: &Desk, stories: &mut [(CaseId, Story)]) -> Result<()> {
    let of_the_clock = FactKind::OF_THE_CLOCK.map(|kind| format!("'{kind}'")).join(", ");
    let mut broken = None;
    for some in stories.chunks_mut(AT_ONCE) {
        let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into()];
        args.extend(some.iter().map(|(id, _)| Arg::from(*id)));
        let places: Vec<String> = (2..=args.len()).map(|n| format!("${n}")).collect();
        let sql = format!(
            "select case_id, kind, actor, happened_at, recorded_at,
                 case when kind in ({of_the_clock}) then data end as data from event
             where tenant = $1 and case_id in ({}) order by case_id, version",
            places.join(", ")
        );
        let rows: HashMap<CaseId, usize> =
            some.iter().enumerate().map(|(at, (id, _))| (*id, at)).collect();
        tx.each(&sql, &args, |row| {
            let kind = match fact_kind(&row.get::<String>(1)?, row.get(5)?) {
                Ok(kind) => kind,
                Err(error) => {
                    broken = Some(error);
                    return Ok(());
                }
            };
            let (Some(kind), Some(at)) = (kind, rows.get(&row.get::<CaseId>(0)?)) else {
                return Ok(());
            };
            let (happened, recorded): (Instant, Instant) = (row.get(3)?, row.get(4)?);
            let post = post_of(&row.get(2)?);
            some[*at].1.facts.push(Fact { kind, post, happened, recorded });
            Ok(())
        })?;
    }
    broken.map_or(Ok(()), |error| Err(error.into()))
}

/// What an event may carry of the clock.
#[derive(Deserialize)]
struct Carried {
    #[serde(default)]
    clock: Option<CaseClock>,
}

fn fact_kind(kind: &str, data: Option<String>) -> serde_json::Result<Option<FactKind>> {
    let carried: Option<Carried> = data.map(|data| serde_json::from_str(&data)).transpose()?;
    let clock = carried.and_then(|carried| carried.clock);
    Ok(FactKind::of_event(kind, clock.as_ref()))
}

fn post_of(actor: &Actor) -> Option<PostId> {
    match actor {
        Actor::Officer { post, acting_for, .. } => Some(acting_for.unwrap_or(*post)),
        Actor::Party(_) | Actor::System(_) => None,
    }
}
