//! Answering, and showing the question on a tablet.

use casework::Case;
use desk::{Desk, Part, Rated, Result, Score};
use kernel::{AgencyId, CaseCode, CaseId, Instant};
use procedure::Matter;
use store::{Tx, args};

/// The case of a code, of whichever matter, with what matter it is.
///
/// # Errors
/// Those of the store.
pub(crate) fn case_of(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &CaseCode,
) -> Result<Option<(Case, Matter)>> {
    let tenant = &desk.front.tenant;
    let found: Option<(CaseId, String)> = tx.opt(
        "select id, matter from case_state where tenant = $1 and code = $2",
        args!(tenant, code),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((id, matter)) = found else { return Ok(None) };
    let Some(matter) = Matter::from_word(&matter) else { return Ok(None) };
    Ok(casework::load(tx, tenant, id)?.map(|case| (case, matter)))
}

/// Answers the question of a case.
///
/// # Errors
/// Those of the store.
pub(crate) async fn answer(desk: &Desk, code: CaseCode, score: Score) -> Result<Rated> {
    let (shared, now) = (desk.clone(), desk.now());
    let written = desk.front.store.write(move |tx| {
        let Some((case, matter)) = case_of(tx, &shared, &code)? else {
            return Ok(Rated::TooEarly);
        };
        desk::rate(tx, &shared, &case, matter, score, now)
    });
    written.await
}

/// Adds to an answer that was given.
///
/// # Errors
/// Those of the store.
pub(crate) async fn add(
    desk: &Desk,
    code: CaseCode,
    parts: Vec<Part>,
    words: String,
) -> Result<bool> {
    let shared = desk.clone();
    let written = desk.front.store.write(move |tx| match case_of(tx, &shared, &code)? {
        Some((case, _)) => desk::add_to_rating(tx, &shared, &case, &parts, &words),
        None => Ok(false),
    });
    written.await
}

/// Puts the question of a dossier on the tablet of a counter, or takes it off.
///
/// # Errors
/// Those of the store.
pub(crate) fn show_on_tablet(
    tx: &mut Tx<'_>,
    desk: &Desk,
    agency: AgencyId,
    counter: &str,
    case: Option<CaseId>,
    now: Instant,
) -> Result<()> {
    tx.exec(
        "insert into satisfaction_tablet (tenant, agency_id, counter, case_id, shown_at)
         values ($1, $2, $3, $4, $5)
         on conflict (tenant, agency_id, counter)
         do update set case_id = excluded.case_id, shown_at = excluded.shown_at",
        args!(&desk.front.tenant, agency, counter, case, now),
    )?;
    Ok(())
}
