//! Opening a figure down to its cases: the list behind a fact, a page at a time, by keys alone.

use std::{collections::BTreeMap, fmt, str::FromStr};

use kernel::{AgencyId, CaseId, Instant, from_micros, micros};
use store::{Arg, Tx, args};
use uuid::Uuid;

use super::columns::{narrowed, takes};
use crate::{
    Error, Result,
    catalogue::ProcedureNumber,
    count::{Cell, Channels},
    cube::{Cube, List, Mask, TraceRow, source::bigint, write::plane_number},
    day::{Day, Month},
    expression::{Reference, When},
    fact::Kind,
    period::Period,
    scope::{Scope, Slice},
    tree::{Span, Tree},
};

/// What is opened: a fact of a figure, of whom, in which period.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// The fact, with its filter.
    pub reference: Reference,
    /// Of whom.
    pub scope: Scope,
    /// In which period.
    pub period: Period,
}

impl Opening {
    /// The opening of a fact of a figure that is of a part; none where it cannot be parted so.
    #[must_use]
    pub fn of(reference: &Reference, slice: &Slice, scope: &Scope, period: Period) -> Option<Self> {
        let reference = narrowed(reference, slice)?;
        Some(Self { reference, scope: scope.clone(), period })
    }
}

/// One line behind a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Behind {
    /// Which case; what is of no case is told under the number of its story.
    pub case: CaseId,
    /// The position in the journal of the event that was counted, or that ended the stay; none
    /// while the stay lasts.
    pub pos: Option<u64>,
    /// Whose it is.
    pub agency: AgencyId,
    /// On which procedure.
    pub procedure: ProcedureNumber,
    /// How it came in.
    pub channel: Channels,
    /// The day on which it was counted, or on which the stay began.
    pub day: Day,
}

/// A page of a list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    /// Its lines.
    pub lines: Vec<Behind>,
    /// Where the next page begins; none where there is none.
    pub next: Option<Place>,
}

/// A place in a list; its text stands in addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    agency: AgencyId,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// In a list of a month: part and row.
    Trace(Month, List, i64, usize),
    /// Among the stays that last: behind this one.
    Open(Instant, CaseId),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.stage {
            Stage::Trace(month, list, part, row) => {
                let (month, list) = (month.number(), list.number());
                write!(f, "{}.{month}.{list}.{part}.{row}", self.agency)
            }
            Stage::Open(since, case) => write!(f, "{}.{}.{case}", self.agency, micros(since)),
        }
    }
}
impl FromStr for Place {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let parts: Vec<&str> = text.split('.').collect();
        let agency = |text: &str| text.parse().map_err(|_| Error::Cursor);
        let number = |text: &str| text.parse::<i64>().map_err(|_| Error::Cursor);
        match parts.as_slice() {
            [of, month, list, part, row] => {
                let list = u8::try_from(number(list)?).map_err(|_| Error::Cursor)?;
                let list = List::from_number(list);
                let month = i32::try_from(number(month)?).ok().and_then(Month::from_number);
                let row = usize::try_from(number(row)?).map_err(|_| Error::Cursor)?;
                let month = month.ok_or(Error::Cursor)?;
                let stage = Stage::Trace(month, list, number(part)?, row);
                Ok(Self { agency: agency(of)?, stage })
            }
            [of, since, case] => {
                let case = case.parse().map_err(|_| Error::Cursor)?;
                Ok(Self {
                    agency: agency(of)?,
                    stage: Stage::Open(from_micros(number(since)?), case),
                })
            }
            _ => Err(Error::Cursor),
        }
    }
}

impl Cube {
    /// The next lines of what is behind a fact, from a place on; `limit` at most. A stock opens to
    /// the cases that stood so at its end; a period that runs ends `now`.
    ///
    /// # Errors
    /// [`Error::Nothing`] where nothing was counted yet, and those of the store.
    pub fn open(
        &self,
        tx: &mut Tx<'_>,
        tree: &Tree,
        opening: &Opening,
        now: Instant,
        from: Option<Place>,
        limit: usize,
    ) -> Result<Page> {
        let build = self.current(tx)?.ok_or(Error::Nothing)?;
        let (period, today) = (opening.period, Day::of(now));
        let eve = period.first().before();
        let (first, last) = match opening.reference.when {
            When::Sum => (period.first(), period.last()),
            When::Begin => (eve, eve),
            When::End => (period.last().min(today).max(eve), period.last().min(today).max(eve)),
        };
        let mut spans = tree.spans(&opening.scope, first, last).unwrap_or_else(|| {
            let agencies = std::iter::once(Cell::WHOLE).chain(tree.agencies());
            agencies.map(|agency| Span { agency, first, last }).collect()
        });
        spans.sort_by_key(|span| (span.agency, span.first));
        let walk = Walk { cube: self, build, opening, now, limit };
        let mut found = Found::default();
        for spans in spans.chunk_by(|a, b| a.agency == b.agency) {
            let agency = spans[0].agency;
            if from.is_some_and(|from| agency < from.agency) {
                continue;
            }
            let from = from.filter(|from| from.agency == agency).map(|from| from.stage);
            walk.agency(tx, spans, from, &mut found)?;
            if found.next.is_some() {
                break;
            }
        }
        walk.page(tx, found)
    }
}

#[derive(Default)]
struct Found {
    /// Lines, of which the case may still be known by its event alone.
    lines: Vec<(Option<CaseId>, Behind)>,
    next: Option<Place>,
}

struct Walk<'w> {
    cube: &'w Cube,
    build: i64,
    opening: &'w Opening,
    now: Instant,
    limit: usize,
}

impl Walk<'_> {
    /// The lines of an agency, on the days on which it belongs to the scope.
    fn agency(
        &self,
        tx: &mut Tx<'_>,
        spans: &[Span],
        from: Option<Stage>,
        found: &mut Found,
    ) -> Result<()> {
        let (first, last) = (spans[0].first, spans[spans.len() - 1].last);
        let is_stock = self.opening.reference.fact.kind() == Kind::Stock;
        let open_from = match from {
            Some(Stage::Open(since, case)) => Some((since, case)),
            _ => None,
        };
        if open_from.is_none() {
            let mut month = first.month();
            let lists = List::with(self.opening.reference.fact);
            while month <= last.month() && found.next.is_none() {
                for list in &lists {
                    if found.next.is_none() {
                        self.list(tx, spans, (month, *list), from, found)?;
                    }
                }
                month = month.next();
            }
        }
        if is_stock && found.next.is_none() {
            self.lasting(tx, spans[0], open_from, found)?;
        }
        Ok(())
    }

    /// A list of a month.
    fn list(
        &self,
        tx: &mut Tx<'_>,
        spans: &[Span],
        (month, list): (Month, List),
        from: Option<Stage>,
        found: &mut Found,
    ) -> Result<()> {
        let filter = &self.opening.reference.filter;
        let agency = spans[0].agency;
        let (mut part, mut row) = match from {
            Some(Stage::Trace(of, at, ..)) if (month, list) < (of, at) => return Ok(()),
            Some(Stage::Trace(of, at, part, row)) if (of, at) == (month, list) => (part, row),
            _ => (0, 0),
        };
        loop {
            let bytes: Option<Vec<u8>> = tx.opt(
                "select traces from cube_trace where tenant = $1 and build = $2 and agency = $3
                     and plane = $4 and list = $5 and month = $6 and part = $7",
                args!(
                    &self.cube.tenant,
                    self.build,
                    agency,
                    plane_number(filter.plane),
                    list.number(),
                    month.number(),
                    part
                ),
                |row| row.get(0),
            )?;
            let Some(bytes) = bytes else { return Ok(()) };
            let rows = TraceRow::read(&bytes, list).ok_or(Error::Damaged("cube_trace"))?;
            for (at, trace) in rows.iter().enumerate().skip(row) {
                if found.lines.len() >= self.limit {
                    let stage = Stage::Trace(month, list, part, at);
                    found.next = Some(Place { agency, stage });
                    return Ok(());
                }
                found.lines.extend(self.traced(trace, spans).map(|line| (None, line)));
            }
            (part, row) = (part + 1, 0);
        }
    }

    fn traced(&self, trace: &TraceRow, spans: &[Span]) -> Option<Behind> {
        let (pos, procedure, channel, day) = match *trace {
            TraceRow::Flow { pos, procedure, channel, day, facts } => {
                if !facts.has(Mask::of(self.opening.reference.fact)) {
                    return None;
                }
                let counts = spans.iter().any(|span| span.first <= day && day <= span.last);
                counts.then_some((pos, procedure, channel, day))?
            }
            TraceRow::Stay { pos, procedure, channel, first, end } => {
                let at = spans[0].last;
                (first <= at && at < end).then_some((pos, procedure, channel, first))?
            }
        };
        let agency = spans[0].agency;
        let case = CaseId::from_uuid(Uuid::nil());
        let line = Behind { case, pos: Some(pos), agency, procedure, channel, day };
        self.takes(procedure, channel).then_some(line)
    }

    fn takes(&self, procedure: ProcedureNumber, channel: Channels) -> bool {
        let filter = &self.opening.reference.filter;
        let of_field = |field: &String| self.cube.catalogue.of_field(field).contains(&procedure);
        takes(&self.opening.reference, channel)
            && filter.procedure.is_none_or(|wanted| wanted == procedure)
            && filter.field.as_ref().is_none_or(of_field)
    }

    /// The stays that last.
    fn lasting(
        &self,
        tx: &mut Tx<'_>,
        span: Span,
        from: Option<(Instant, CaseId)>,
        found: &mut Found,
    ) -> Result<()> {
        let Reference { fact, filter, .. } = &self.opening.reference;
        let until = span.last.last_instant().min(self.now);
        let mut from = from;
        loop {
            let (since, case) = from.unwrap_or((Instant::MIN, CaseId::from_uuid(Uuid::nil())));
            let room = self.limit.saturating_sub(found.lines.len()) + 1;
            let rows: Vec<(Instant, CaseId, u32, u8)> = tx.all(
                "select since, case_id, procedure, channel from cube_open
                 where tenant = $1 and build = $2 and plane = $3 and agency = $4 and fact = $5
                     and (since, case_id) > ($6, $7) and since <= $8
                 order by since, case_id limit $9",
                &[
                    Arg::from(&self.cube.tenant),
                    self.build.into(),
                    plane_number(filter.plane).into(),
                    span.agency.into(),
                    fact.number().into(),
                    since.into(),
                    case.into(),
                    until.into(),
                    bigint(room as u64).into(),
                ],
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)),
            )?;
            for (since, case, procedure, channel) in &rows {
                if found.lines.len() >= self.limit {
                    let (since, case) =
                        from.unwrap_or((Instant::MIN, CaseId::from_uuid(Uuid::nil())));
                    let stage = Stage::Open(since, case);
                    found.next = Some(Place { agency: span.agency, stage });
                    return Ok(());
                }
                from = Some((*since, *case));
                let procedure = ProcedureNumber::from_number(*procedure);
                let channel = Channels::from_bits(*channel);
                if self.takes(procedure, channel) {
                    let (agency, day) = (span.agency, Day::of(*since));
                    let line = Behind { case: *case, pos: None, agency, procedure, channel, day };
                    found.lines.push((Some(*case), line));
                }
            }
            if rows.len() < room {
                return Ok(());
            }
        }
    }

    /// Looks up of which cases the events are.
    fn page(&self, tx: &mut Tx<'_>, found: Found) -> Result<Page> {
        let wanted: Vec<u64> = found.lines.iter().filter_map(|(_, line)| line.pos).collect();
        let mut cases: BTreeMap<u64, CaseId> = BTreeMap::new();
        for some in wanted.chunks(200) {
            let mut args: Vec<Arg<'_>> = vec![(&self.cube.tenant).into()];
            args.extend(some.iter().map(|pos| Arg::from(bigint(*pos))));
            let places: Vec<String> = (2..=args.len()).map(|n| format!("${n}")).collect();
            let sql = format!(
                "select pos, case_id from event where tenant = $1 and pos in ({})",
                places.join(", ")
            );
            tx.each(&sql, &args, |row| {
                cases.insert(row.get(0)?, row.get(1)?);
                Ok(())
            })?;
        }
        let lines = found.lines.into_iter().map(|(case, line)| {
            let of_event = line.pos.and_then(|pos| cases.get(&pos).copied());
            let case = case.or(of_event).ok_or(Error::Damaged("cube_trace"))?;
            Ok(Behind { case, ..line })
        });
        Ok(Page { lines: lines.collect::<Result<_>>()?, next: found.next })
    }
}
