//! The demonstration: alerts of the day by the rules that ship, one incident that is being worked
//! on, one that was closed. All of it goes the way that real ones go; what is noted is invented.

use casework::{Case, Stamp};
use desk::Desk;
use indicators::Scope;
use jiff::SignedDuration;
use kernel::{Actor, Instant, PostId};
use store::Tx;

use crate::{
    Error, Result,
    commands::{self, Cause, Closing, Raised, by_itself},
    model::{Reading, Rule},
    queries::{self, Sampled},
};

/// Writes the incidents of the demonstration, then evaluates the rules once as the program does.
/// The same history gives the same incidents.
///
/// # Errors
/// Those of the store.
pub fn demo(desk: &Desk) -> Result<()> {
    let shared = desk.clone();
    let written = desk.front.store.write(move |tx| {
        if queries::list(tx, &shared, queries::Which::All)?.is_empty() {
            closed(tx, &shared)?;
            worked_on(tx, &shared)?;
        }
        Ok::<_, Error>(())
    });
    written.wait()?;
    commands::evaluate(desk)?;
    Ok(())
}

/// Last week the figures lagged for a while; it was found, mended and closed.
fn closed(tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
    let now = desk.now();
    let at = |hours: i64, minutes: i64| {
        now - SignedDuration::from_hours(hours) + SignedDuration::from_mins(minutes)
    };
    let Some(case) = raised(tx, desk, "so-lieu-cham", 7.0, at(120, 0))? else { return Ok(()) };
    let Some(case) = acknowledged(tx, desk, case, at(120, 6))? else { return Ok(()) };
    let Some(stamp) = holder(desk, &case, at(120, 15)) else { return Ok(()) };
    commands::noted(
        tx,
        desk,
        &case,
        "Ổ đĩa máy chủ đầy 97%. Đã chuyển bản sao lưu cũ đi, số liệu chạy lại.",
        &stamp,
    )?;
    let closing = Closing {
        cause: Cause::Technical,
        words: "Đã dọn ổ đĩa và đặt nhắc khi đầy 80%.".to_owned(),
    };
    let Some(stamp) = holder(desk, &case, at(119, 30)) else { return Ok(()) };
    let case = commands::closed(tx, desk, case, None, &closing, &stamp)?;
    let Some(stamp) = holder(desk, &case, at(118, 0)) else { return Ok(()) };
    commands::concluded(tx, desk, case, None, "Đồng ý.", &stamp)?;
    Ok(())
}

/// This morning the late dossiers of the province were too many; somebody is at it.
fn worked_on(tx: &mut Tx<'_>, desk: &Desk) -> Result<()> {
    let at = |minutes: i64| desk.now() - SignedDuration::from_mins(minutes);
    let Some(case) = raised(tx, desk, "nhan-bat-thuong", 4.2, at(55))? else { return Ok(()) };
    let Some(case) = acknowledged(tx, desk, case, at(41))? else { return Ok(()) };
    let Some(stamp) = holder(desk, &case, at(20)) else { return Ok(()) };
    commands::noted(
        tx,
        desk,
        &case,
        "Đã gọi Trung tâm Phục vụ hành chính công: mở thêm quầy 7, 8 đến hết sáng.",
        &stamp,
    )
}

/// Opens an incident of a rule that ships; nothing where the province has no such rule.
fn raised(
    tx: &mut Tx<'_>,
    desk: &Desk,
    rule: &str,
    reading: f64,
    at: Instant,
) -> Result<Option<Case>> {
    let rules = queries::rules(tx, desk)?;
    let directory = desk.front.directory.get();
    let top = directory.agencies().find(|a| a.level == directory::AgencyLevel::Province);
    let (Some(rule), Some(top)): (Option<&Rule>, _) = (rules.get(rule), top) else {
        return Ok(None);
    };
    let of = Sampled { scope: Scope::all(), agency: top.id, reading: Reading::Value(reading) };
    let pos = queries::fresh(tx, desk)?.as_of.pos;
    let raised = Raised { rule, of: &of, reading, pos };
    let (id, _) = commands::open(tx, desk, &raised, &by_itself(at))?;
    Ok(casework::load(tx, &desk.front.tenant, id)?)
}

fn acknowledged(tx: &mut Tx<'_>, desk: &Desk, case: Case, at: Instant) -> Result<Option<Case>> {
    let Some(post) = held_by(&case) else { return Ok(None) };
    let Some(stamp) = holder(desk, &case, at) else { return Ok(None) };
    Ok(Some(commands::acknowledged(tx, desk, case, None, post, &stamp)?))
}

fn held_by(case: &Case) -> Option<PostId> {
    case.holdings.values().next().map(|holding| holding.post)
}

/// Whoever sits in the seat that holds it, at an instant.
fn holder(desk: &Desk, case: &Case, at: Instant) -> Option<Stamp> {
    let post = held_by(case)?;
    let person = desk.front.directory.get().holder(post, at)?.id;
    let actor = Actor::Officer { person, post, acting_for: None };
    Some(Stamp { actor, happened_at: at, recorded_at: at })
}
