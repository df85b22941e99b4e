//! Who owes which report: when a period closes, a case with a clock for every unit. Nobody keeps a
//! list, and doing it twice makes nothing twice.

mod follow;
mod owed;

pub use owed::{Owed, end_of, owed};

use std::collections::BTreeSet;

use casework::{Channel, Stamp};
use desk::{Applicant, Charge, Desk, Filing};
use directory::Directory;
use indicators::Period;
use kernel::{Actor, AgencyId, CaseId, Instant};
use procedure::Matter;
use store::{Tx, args};

use crate::{
    Result,
    form::Form,
    library::Library,
    regime::{PROCEDURE, PROCEDURE_OUT, Regime},
};

/// A round is opened up to so many days after it could be; what is older, nobody asks for.
const DAYS_BACK: i32 = 45;
/// Reports begun in one transaction.
const BATCH: usize = 40;

/// Does what is due: begins reports, follows units that ended, moves clocks; answers whether there
/// is more at once.
///
/// # Errors
/// Those of the store.
pub fn run(desk: &Desk) -> Result<bool> {
    let shared = desk.clone();
    let done = desk.front.store.write(move |tx| {
        let now = shared.now();
        let opened = open(tx, &shared, now, BATCH)?;
        follow::owners(tx, &shared)?;
        let moved = follow::deadlines(tx, &shared, BATCH)?;
        Ok::<_, crate::Error>(opened >= BATCH || moved >= BATCH)
    });
    done.wait()
}

/// Begins reports of every round that can be begun at an instant, `limit` at most; answers how many.
///
/// # Errors
/// Those of the store, and of the rules of cases.
pub fn open(tx: &mut Tx<'_>, desk: &Desk, now: Instant, limit: usize) -> Result<usize> {
    let library = Library::read(tx, desk)?;
    let mut opened = 0;
    for regime in library.regimes() {
        for period in regime.open_on(kernel::today(now), DAYS_BACK) {
            if opened < limit && !is_opened(tx, desk, regime, period)? {
                let form = library.form_on(&regime.form, period.last().date())?;
                opened += open_round(tx, desk, (regime, form, period), now, limit - opened)?;
            }
        }
    }
    Ok(opened)
}

/// Begins reports of one round of a regime, `limit` at most; answers how many.
///
/// # Errors
/// As [`open`].
pub fn open_one(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (regime, period): (&str, Period),
    now: Instant,
    limit: usize,
) -> Result<usize> {
    let library = Library::read(tx, desk)?;
    let regime = library.regime(regime)?;
    let form = library.form_on(&regime.form, period.last().date())?;
    open_round(tx, desk, (regime, form, period), now, limit)
}

fn is_opened(tx: &mut Tx<'_>, desk: &Desk, regime: &Regime, period: Period) -> Result<bool> {
    let found = tx.opt(
        "select 1 from report_round_opened where tenant = $1 and regime = $2 and period = $3",
        args!(&desk.front.tenant, &regime.code, period.to_string()),
        |_| Ok(()),
    )?;
    Ok(found.is_some())
}

/// Begins reports of one round, `limit` at most; answers how many. Where all are there, that is
/// written down.
fn open_round(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (regime, form, period): (&Regime, &Form, Period),
    now: Instant,
    limit: usize,
) -> Result<usize> {
    let moment = desk.moment();
    let owed = owed::owed(desk, &moment.directory, regime, period, now);
    let tenant = &desk.front.tenant;
    let known: BTreeSet<AgencyId> = tx
        .all(
            "select unit from report where tenant = $1 and regime = $2 and period = $3
             limit 10000",
            args!(tenant, &regime.code, period.to_string()),
            |row| row.get(0),
        )?
        .into_iter()
        .collect();
    let (mut opened, mut left) = (0, 0);
    for one in owed.iter().filter(|one| !known.contains(&one.unit)) {
        if opened >= limit || !is_manned(&moment.directory, one, now) {
            left += 1;
            continue;
        }
        begin(tx, desk, (regime, form, period), one, now)?;
        opened += 1;
    }
    if left == 0 {
        tx.exec(
            "insert into report_round_opened (tenant, regime, period, opened_at, reports)
             values ($1, $2, $3, $4, $5) on conflict (tenant, regime, period) do nothing",
            args!(
                tenant,
                &regime.code,
                period.to_string(),
                now,
                i64::try_from(owed.len()).unwrap_or(i64::MAX)
            ),
        )?;
    }
    Ok(opened)
}

/// Whether somebody sits there who can write, sign and take on.
fn is_manned(directory: &Directory, owed: &Owed, now: Instant) -> bool {
    let has = |agency, role| {
        let found = directory.candidates(agency, role, SECTOR, now).into_iter().next().is_some();
        if !found {
            let agency = directory.agency(agency).map_or("", |agency| agency.code.as_str());
            tracing::warn!(agency, role, "nobody sits there who could do a report");
        }
        found
    };
    let takes = if owed.elsewhere { "clerk" } else { "expert" };
    has(owed.owner, "expert") && has(owed.owner, "head") && has(owed.recipient, takes)
}

/// The field of the procedures of reports.
const SECTOR: &str = "Báo cáo";

/// Begins one report: its case, its row and an empty sheet.
fn begin(
    tx: &mut Tx<'_>,
    desk: &Desk,
    (regime, form, period): (&Regime, &Form, Period),
    owed: &Owed,
    now: Instant,
) -> Result<()> {
    let stamp = by_itself(now);
    let code = if owed.elsewhere { PROCEDURE_OUT } else { PROCEDURE };
    let filing = filing(code, owed.recipient, owed.owner, None, Some(owed.due))?;
    let filed = desk::file(tx, desk, &filing, &stamp)?;
    let case = desk::accept(tx, desk, filed, &stamp)?.case;
    tx.put(
        "insert into report (tenant, case_id, code, regime, regime_version, form, form_version,
             level, period, period_last, unit, owner, recipient, version, newest, state, why,
             opened_at, due_at, clock_at, updated_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1, true, 'draft', null,
             $14, $15, $15, $14)",
        args!(
            &desk.front.tenant,
            case.id,
            &case.code,
            &regime.code,
            regime.version,
            &form.code,
            form.version,
            &owed.level,
            period.to_string(),
            i64::from(period.last().number()),
            owed.unit,
            owed.owner,
            owed.recipient,
            now,
            owed.due
        ),
    )?;
    Ok(())
}

/// What a case of a report is filed with.
pub(crate) fn filing(
    procedure: &str,
    recipient: AgencyId,
    owner: AgencyId,
    reopens: Option<CaseId>,
    term: Option<Instant>,
) -> Result<Filing> {
    let unknown = |_| desk::Error::NoProcedure(procedure.to_owned());
    Ok(Filing {
        matter: Matter::Report,
        procedure: procedure.parse().map_err(unknown)?,
        channel: Channel::Online,
        applicant: Applicant::Agency(recipient),
        answers: desk::Answers::new(),
        papers: Vec::new(),
        received_by: recipient,
        decided_by: Some(owner),
        reopens,
        term,
        charge: Charge::default(),
    })
}

/// The stamp of what happens by itself.
pub(crate) fn by_itself(now: Instant) -> Stamp {
    Stamp { actor: Actor::System("reports".into()), happened_at: now, recorded_at: now }
}
