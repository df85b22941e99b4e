//! Dossiers judged one by one.

use std::collections::BTreeSet;

use calendar::Calendar;
use casework::{Case, Status};
use kernel::{AgencyId, CaseCode, CaseId, Instant, ProcedureCode};
use store::{Arg, Row, Tx};

use super::{Wanted, kept};
use crate::{
    Desk, Result,
    measures::{Evidence, Judged, Period, Reason, Standing, Why, judge, standing},
};

/// Dossiers that are read in one statement.
const AT_ONCE: usize = 200;
/// The state is read as a whole only of dossiers whose clock ever stood.
const COLUMNS: &str = "c.id, c.code, c.procedure_code, c.decided_by, c.accepted_at, c.due_at,
     c.ended_at, c.returned_at, c.status,
     case when c.supplements > 0 or c.paused_seconds > 0 or c.status in
         ('awaiting_supplement', 'awaiting_payment', 'suspended') then c.state end as state";

/// A dossier as it counts in a period.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Which.
    pub id: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// On which procedure.
    pub procedure: ProcedureCode,
    /// Who decides it.
    pub agency: AgencyId,
    /// When it was taken on.
    pub received: Instant,
    /// When the result is promised.
    pub due: Option<Instant>,
    /// When the work ended.
    pub ended: Option<Instant>,
    /// Whether it was taken on in the period.
    pub received_in_period: bool,
    /// How it counts by item 2.1.
    pub judged: Judged,
    /// How it counts by the desk.
    pub standing: Standing,
}

impl Counted {
    /// Why the two counts differ about it, where they do.
    #[must_use]
    pub fn differs(&self) -> Option<Reason> {
        let in_time =
            matches!(self.standing, Standing::Early | Standing::OnTime | Standing::Running);
        match self.standing {
            _ if self.judged.why == Why::AskedAgain && in_time => Some(Reason::AskedAgain),
            Standing::Stopped => Some(Reason::Stopped),
            Standing::Paused => Some(Reason::Paused),
            _ => None,
        }
    }
}

/// Every dossier that was taken on before the period ended and had not ended before it began,
/// judged at its end, or now while it runs. This is the whole rule; it costs as much as there are
/// dossiers.
///
/// # Errors
/// Those of the store.
pub fn counted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    visit: impl FnMut(Counted),
) -> Result<()> {
    let (mut args, rest) = asked(desk, wanted);
    args.push(wanted.period.begin().into());
    let since = format!("c.ended_at >= ${}{rest}", args.len());
    walk(
        tx,
        desk,
        wanted,
        "case_state c",
        &[&since, &format!("c.ended_at is null{rest}")],
        &args,
        visit,
    )
}

/// Those that are in hand now.
pub(super) fn in_hand(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    visit: impl FnMut(Counted),
) -> Result<()> {
    let (args, rest) = asked(desk, wanted);
    walk(tx, desk, wanted, "case_state c", &[&format!("c.ended_at is null{rest}")], &args, visit)
}

/// Those that were in hand at the end of the period, have ended since, and were counted.
pub(super) fn ended_later(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    visit: impl FnMut(Counted),
) -> Result<()> {
    let (mut args, rest) = asked(desk, wanted);
    let end = kernel::from_micros(kernel::micros(wanted.period.as_of(wanted.now)) + 1);
    let open = kept::open_at(wanted, end, &mut args);
    let from = format!("({open}) as k join case_state c on c.tenant = $1 and c.id = k.case_id");
    walk(tx, desk, wanted, &from, &[&format!("c.ended_at is not null{rest}")], &args, visit)
}

/// Of these, the ones that belong to the period.
pub(super) fn these(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    ids: &BTreeSet<CaseId>,
    mut visit: impl FnMut(Counted),
) -> Result<()> {
    let ids: Vec<CaseId> = ids.iter().copied().collect();
    for some in ids.chunks(AT_ONCE) {
        let (mut args, mut rest) = asked(desk, wanted);
        args.push(wanted.period.begin().into());
        rest.push_str(&format!(" and (c.ended_at is null or c.ended_at >= ${})", args.len()));
        let from = args.len() + 1;
        args.extend(some.iter().map(|id| Arg::from(*id)));
        let places: Vec<String> = (from..=args.len()).map(|n| format!("${n}")).collect();
        let these = format!("c.id in ({}){rest}", places.join(", "));
        walk(tx, desk, wanted, "case_state c", &[&these], &args, &mut visit)?;
    }
    Ok(())
}

/// Tenant and last instant that counts (`$1`, `$2`), and what every dossier fulfils.
fn asked<'a>(desk: &'a Desk, wanted: &'a Wanted) -> (Vec<Arg<'a>>, String) {
    let as_of = wanted.period.as_of(wanted.now);
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), as_of.into()];
    let mut rest = wanted.scope.condition("c.decided_by", &mut args);
    rest.push_str(" and c.accepted_at <= $2 and c.matter = 'dossier'");
    if let Some(procedure) = &wanted.procedure {
        args.push(procedure.into());
        rest.push_str(&format!(" and c.procedure_code = ${}", args.len()));
    }
    (args, rest)
}

/// Judges what one of the conditions holds for.
fn walk(
    tx: &mut Tx<'_>,
    desk: &Desk,
    wanted: &Wanted,
    from: &str,
    conditions: &[&str],
    args: &[Arg<'_>],
    mut visit: impl FnMut(Counted),
) -> Result<()> {
    let branches = conditions.iter().map(|condition| {
        format!("select {COLUMNS} from {from} where c.tenant = $1 and {condition}")
    });
    let sql = branches.collect::<Vec<_>>().join(" union all ");
    let (period, as_of) = (wanted.period, wanted.period.as_of(wanted.now));
    let moment = desk.moment();
    // What stands in the store as JSON is read outside the visit, where errors have their type.
    let mut broken = None;
    tx.each(&sql, args, |row| {
        let calendar = |agency| moment.calendars.agency(agency);
        match read(row, period, as_of, calendar)? {
            Ok(counted) => visit(counted),
            Err(error) => broken = Some(error),
        }
        Ok(())
    })?;
    broken.map_or(Ok(()), |error| Err(error.into()))
}

fn read<'c>(
    row: &Row<'_>,
    period: Period,
    as_of: Instant,
    calendar: impl Fn(AgencyId) -> &'c Calendar,
) -> store::Result<Result<Counted, serde_json::Error>> {
    let status = Status::from_word(&row.get::<String>(8)?).unwrap_or(Status::InProgress);
    let (received, due, ended): (Instant, Option<Instant>, Option<Instant>) =
        (row.get(4)?, row.get(5)?, row.get(6)?);
    let state: Option<String> = row.get(9)?;
    let case: Option<Case> = match state.map(|state| serde_json::from_str(&state)).transpose() {
        Ok(case) => case,
        Err(error) => return Ok(Err(error)),
    };
    let clock = case.as_ref().and_then(|case| case.clock.as_ref());
    let pauses: Vec<_> =
        clock.into_iter().flat_map(|c| c.pauses()).map(|p| (p.from, p.to)).collect();
    let requests = case.iter().flat_map(|case| &case.supplements);
    let requests = requests.map(|asked| (asked.requested_at, asked.received_at)).collect();
    let with_result = matches!(status, Status::Finished | Status::Returned);
    let evidence = Evidence {
        received,
        due,
        statutory: None,
        finished: ended.filter(|_| with_result),
        returned: row.get(7)?,
        stopped: ended.filter(|_| !with_result),
        requests,
    };
    let agency = row.get(3)?;
    Ok(Ok(Counted {
        id: row.get(0)?,
        code: row.get(1)?,
        procedure: row.get(2)?,
        agency,
        received,
        due,
        ended: ended.filter(|end| *end <= as_of),
        received_in_period: period.holds(received),
        judged: judge(&evidence, as_of, calendar(agency)),
        standing: standing(status, due, ended, &pauses, as_of),
    }))
}
