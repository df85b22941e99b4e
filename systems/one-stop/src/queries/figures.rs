//! The dossiers behind the figures of timeliness, each judged by both counts.

use std::collections::BTreeMap;

use calendar::Calendar;
use casework::{Case, Status};
use kernel::{AgencyId, CaseCode, CaseId, Instant, ProcedureCode};
use store::{Arg, Row, Tx};

use super::Scope;
use crate::{
    Desk, Result,
    measures::{
        Evidence, IndexCount, Judged, OwnCount, Period, Standing, Verdict, Why, judge, standing,
    },
};

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

/// Why the two counts differ about a dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// Asked for a supplement more than once: always overdue by the index.
    AskedAgain,
    /// Stopped or withdrawn: the index counts it as dealt with, the desk does not.
    Stopped,
    /// The clock stands: the index counts it, the desk waits.
    Paused,
}

impl Reason {
    /// Every reason, in the order of the page.
    pub const ALL: [Self; 3] = [Self::AskedAgain, Self::Stopped, Self::Paused];

    /// Its word in addresses and texts.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::AskedAgain => "asked_again",
            Self::Stopped => "stopped",
            Self::Paused => "paused",
        }
    }
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

/// Where in the figures a dossier is looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shelf {
    /// All of them.
    All,
    /// Taken on in the period.
    Received,
    /// Carried over from before.
    CarriedOver,
    /// On that side of item 2.1.
    Index(Verdict),
    /// So in the desk's count.
    Own(Standing),
    /// Where the counts differ, and why.
    Differs(Reason),
}

impl Shelf {
    /// Whether the dossier belongs there.
    #[must_use]
    pub fn holds(self, of: &Counted) -> bool {
        match self {
            Self::All => true,
            Self::Received => of.received_in_period,
            Self::CarriedOver => !of.received_in_period,
            Self::Index(verdict) => of.judged.verdict == verdict,
            Self::Own(standing) => of.standing == standing,
            Self::Differs(reason) => of.differs() == Some(reason),
        }
    }

    /// Its text in an address: `766:done_late`, `ban:early`, `khac:paused`.
    #[must_use]
    pub fn text(self) -> String {
        match self {
            Self::All => "all".to_owned(),
            Self::Received => "received".to_owned(),
            Self::CarriedOver => "carried_over".to_owned(),
            Self::Index(verdict) => format!("766:{}", verdict.word()),
            Self::Own(standing) => format!("ban:{}", standing.word()),
            Self::Differs(reason) => format!("khac:{}", reason.word()),
        }
    }

    /// The shelf of such a text.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        let index = Verdict::ALL.into_iter().map(Self::Index);
        let own = Standing::ALL.into_iter().map(Self::Own);
        let differs = Reason::ALL.into_iter().map(Self::Differs);
        let plain = [Self::All, Self::Received, Self::CarriedOver];
        let mut all = plain.into_iter().chain(index).chain(own).chain(differs);
        all.find(|shelf| shelf.text() == text)
    }
}

/// Both counts, and why they differ.
#[derive(Debug, Clone, Default)]
pub struct Figures {
    /// Item 2.1 of the index of Decision 766.
    pub index: IndexCount,
    /// The desk's own count.
    pub own: OwnCount,
    /// How many differ, by reason.
    pub differ: BTreeMap<Reason, u64>,
}

/// Both counts of a period.
///
/// # Errors
/// Those of the store.
pub fn figures(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    procedure: Option<&ProcedureCode>,
    period: Period,
    now: Instant,
) -> Result<Figures> {
    let mut figures = Figures::default();
    counted(tx, desk, scope, procedure, period, now, None, |counted| {
        figures.index.add(counted.judged.verdict);
        figures.own.add(counted.received_in_period, counted.standing);
        if let Some(reason) = counted.differs() {
            *figures.differ.entry(reason).or_default() += 1;
        }
    })?;
    Ok(figures)
}

/// The first `limit` dossiers of a shelf after the one given.
///
/// # Errors
/// Those of the store.
#[expect(clippy::too_many_arguments, reason = "what a list of dossiers is asked for")]
pub fn list(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    procedure: Option<&ProcedureCode>,
    period: Period,
    now: Instant,
    shelf: Shelf,
    after: Option<CaseId>,
    limit: usize,
) -> Result<Vec<Counted>> {
    let mut found = Vec::new();
    counted(tx, desk, scope, procedure, period, now, after, |counted| {
        if found.len() < limit && shelf.holds(&counted) {
            found.push(counted);
        }
    })?;
    Ok(found)
}

/// Every dossier that was taken on before the period ended and had not ended before it began,
/// judged at its end, or now while it runs.
///
/// # Errors
/// Those of the store.
#[expect(clippy::too_many_arguments, reason = "what a figure is asked for")]
pub fn counted(
    tx: &mut Tx<'_>,
    desk: &Desk,
    scope: &Scope,
    procedure: Option<&ProcedureCode>,
    period: Period,
    now: Instant,
    after: Option<CaseId>,
    mut visit: impl FnMut(Counted),
) -> Result<()> {
    let as_of = period.end().min(now);
    let moment = desk.moment();
    let mut args: Vec<Arg<'_>> = vec![(&desk.front.tenant).into(), as_of.into()];
    args.push(period.begin().into());
    let begin = args.len();
    let mut rest = scope.condition("c.decided_by", &mut args);
    if let Some(procedure) = procedure {
        args.push(procedure.into());
        rest.push_str(&format!(" and c.procedure_code = ${}", args.len()));
    }
    if let Some(after) = after {
        args.push(after.into());
        rest.push_str(&format!(" and c.id > ${}", args.len()));
    }
    let branch = |ended: &str| {
        format!(
            "select c.id, c.code, c.procedure_code, c.decided_by, c.accepted_at, c.due_at,
                 c.ended_at, c.returned_at, c.status,
                 case when c.supplements > 0 or c.paused_seconds > 0 or c.status in
                     ('awaiting_supplement', 'awaiting_payment', 'suspended') then c.state end
                     as state
             from case_state c where c.tenant = $1 and c.accepted_at <= $2 and {ended}{rest}"
        )
    };
    let since = branch(&format!("c.ended_at >= ${begin}"));
    let sql = format!("{since} union all {} order by 1", branch("c.ended_at is null"));
    // What stands in the store as JSON is read outside the visit, where errors have their type.
    let mut broken = None;
    tx.each(&sql, &args, |row| {
        let calendar = |agency| moment.calendars.agency(agency);
        match read(row, period, as_of, calendar)? {
            Ok(counted) => visit(counted),
            Err(error) => broken = Some(error),
        }
        Ok(())
    })?;
    match broken {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
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
