//! Moving the deadline of a round. Before it has passed, everybody has until then. After it has
//! passed, work may take so long, and who was late was late: both are shown.

use identity::access::{Action, Target};
use indicators::{Day, Period};
use jiff::civil::Date;
use journal::{Data, EventKind, Happened};
use kernel::{EventId, Instant};
use store::{Tx, args};

use super::{Acting, send::seat};
use crate::{Error, Result, library::Library, regime::Recipient};

/// What is asked.
#[derive(Debug, Clone)]
pub struct NewDeadline {
    /// Of which regime.
    pub regime: String,
    /// Of which period.
    pub period: Period,
    /// On which level.
    pub level: String,
    /// Until the end of which day.
    pub day: Date,
    /// Why.
    pub reason: String,
}

/// Moves a deadline; answers whether it had passed already.
///
/// # Errors
/// [`Error::Earlier`] where the day is not a later one; [`Error::Reason`] without a reason; where
/// this person may not direct whoever takes these reports on.
pub fn move_deadline(tx: &mut Tx<'_>, acting: &Acting<'_>, new: &NewDeadline) -> Result<bool> {
    let (desk, tenant, now) = (acting.desk, &acting.desk.front.tenant, acting.now());
    if new.reason.trim().is_empty() {
        return Err(Error::Reason);
    }
    let library = Library::read(tx, desk)?;
    let regime = library.regime(&new.regime)?;
    let level = regime.level(&new.level).ok_or_else(|| Error::NoText(new.level.clone()))?;
    let directory = desk.front.directory.get();
    let to = match &level.to {
        Recipient::Agency(code) => directory.agency_by_code(code).map(|agency| agency.id),
        Recipient::Elsewhere(_) => directory.agencies().find(|a| a.parent.is_none()).map(|a| a.id),
    };
    let to = to.ok_or_else(|| Error::NoText(new.level.clone()))?;
    if let Some(me) = acting.me {
        let line = desk::agency_line(&directory, to);
        me.may(&desk.front, Action::Direct, Target::Agency(&line)).check()?;
    }
    let due = Day::from(new.day).last_instant();
    let was: Option<Instant> = tx.one(
        "select max(coalesce(moved_to, due_at)) from report
         where tenant = $1 and regime = $2 and period = $3 and level = $4 and version = 1",
        args!(tenant, &new.regime, new.period.to_string(), &new.level),
        |row| row.get(0),
    )?;
    let was = was.ok_or(Error::NoReport)?;
    if due <= was {
        return Err(Error::Earlier);
    }
    let passed = give(tx, acting, new, due)?;
    let id: EventId = desk.front.mint.id(now);
    tx.put(
        "insert into report_deadline (tenant, id, regime, period, level, was, due_at, reason,
             by_post, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        args!(
            tenant,
            id,
            &new.regime,
            new.period.to_string(),
            &new.level,
            was,
            due,
            new.reason.trim(),
            seat(acting),
            now
        ),
    )?;
    let what = Happened {
        kind: EventKind::named("report.deadline_moved"),
        actor: acting.stamp.actor.clone(),
        happened_at: now,
        recorded_at: now,
        data: Data::of(&serde_json::json!({
            "regime": new.regime,
            "period": new.period,
            "level": new.level,
            "from": was,
            "to": due,
        }))?,
    };
    let subject = format!("report deadline {} {}", new.regime, new.period);
    journal::record(tx, tenant, &desk.front.mint, &subject, what)?;
    Ok(passed > 0)
}

/// Gives everybody who has not sent the new deadline: who still had time, as theirs; who had none,
/// as how long work may take. Answers how many had none.
fn give(tx: &mut Tx<'_>, acting: &Acting<'_>, new: &NewDeadline, due: Instant) -> Result<u64> {
    let (tenant, now) = (&acting.desk.front.tenant, acting.now());
    let passed = tx.exec(
        "update report set moved_to = $5, updated_at = $6
         where tenant = $1 and regime = $2 and period = $3 and level = $4 and version = 1
             and sent_at is null and due_at < $6",
        args!(tenant, &new.regime, new.period.to_string(), &new.level, due, now),
    )?;
    tx.exec(
        "update report set due_at = $5, updated_at = $6
         where tenant = $1 and regime = $2 and period = $3 and level = $4 and version = 1
             and sent_at is null and due_at >= $6",
        args!(tenant, &new.regime, new.period.to_string(), &new.level, due, now),
    )?;
    Ok(passed)
}
