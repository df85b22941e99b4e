//! The cells of agencies as series of months, and of days where a month is parted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::AgencyId;
use store::{Arg, Row, Tx, args};

use super::columns::{ByFact, Columns};
use crate::{
    Error, Result,
    cube::{Cube, read_slab},
    day::{Day, Month},
    expression::When,
    period::Part,
};

/// Agencies in one statement; where more are asked for, all are read.
const AT_ONCE: usize = 200;
const AGENCIES_MAX: usize = 1000;
/// Places for the days of a month, from 1.
const DAYS: usize = 32;

/// Numbers of every column, for each agency and month from `first` on.
#[derive(Debug)]
pub(super) struct Series {
    build: i64,
    pub(super) agencies: HashMap<AgencyId, usize>,
    columns: usize,
    first: Month,
    months: usize,
    /// By agency, column and month. Of a stock, how many stood so when the month ended.
    numbers: Vec<i64>,
    /// Days of months that are parted, by agency and month: by column and day.
    days: HashMap<(usize, Month), Vec<i64>>,
}

impl Series {
    /// Reads the months of the years that hold `first` to `last`, and those before them where a
    /// stock is asked for; of these agencies, or of all.
    pub(super) fn read(
        tx: &mut Tx<'_>,
        cube: &Cube,
        build: i64,
        columns: &Columns,
        agencies: Option<&BTreeSet<AgencyId>>,
        (first, last): (Day, Day),
    ) -> Result<Self> {
        let last = last.month();
        let mut begin = first.month().year();
        if columns.has_stock() {
            begin = begin.min(first_year(tx, cube, build)?.unwrap_or(begin));
        }
        let first = Month::from_number(begin * 100 + 1).unwrap_or(first.month());
        let months = usize::try_from(last.since(first) + 1).unwrap_or(0);
        let (agencies_known, numbers, days) = (HashMap::new(), Vec::new(), HashMap::new());
        let mut series = Self {
            build,
            agencies: agencies_known,
            columns: columns.len(),
            first,
            months,
            numbers,
            days,
        };
        let agencies = agencies.filter(|agencies| agencies.len() <= AGENCIES_MAX);
        for (plane, of_plane) in &columns.planes {
            let by_fact = ByFact::of(columns, of_plane);
            for year in begin..=last.year() {
                slabs(tx, cube, build, (*plane, year), agencies, |agency, cells| {
                    series.add_year(agency, year, cells, &by_fact)
                })?;
            }
        }
        series.pile_up(columns);
        Ok(series)
    }

    fn row_of(&mut self, agency: AgencyId) -> usize {
        let next = self.agencies.len();
        let row = *self.agencies.entry(agency).or_insert(next);
        if row == next {
            self.numbers.resize((next + 1) * self.columns * self.months, 0);
        }
        row
    }

    fn add_year(
        &mut self,
        agency: AgencyId,
        year: i32,
        cells: &[u8],
        by_fact: &ByFact,
    ) -> Option<()> {
        let base = self.row_of(agency) * self.columns;
        let january = (year - self.first.year()) * 12 - 1;
        let (months, numbers) = (self.months, &mut self.numbers);
        read_slab(
            cells,
            |fact| by_fact.wants(fact),
            |fact, channel, month, n| {
                let month = usize::try_from(january + i32::from(month)).unwrap_or(usize::MAX);
                if month < months {
                    for at in by_fact.columns(fact, channel) {
                        numbers[(base + at) * months + month] += n;
                    }
                }
            },
        )
    }

    /// Makes of what came and went in each month of a stock how many stood so at its end.
    fn pile_up(&mut self, columns: &Columns) {
        for (at, months) in self.numbers.chunks_mut(self.months.max(1)).enumerate() {
            if columns.references[at % self.columns].when != When::Sum {
                let mut stock = 0;
                for month in months {
                    stock += *month;
                    *month = stock;
                }
            }
        }
    }

    /// Reads the days of months that are parted.
    pub(super) fn read_days(
        &mut self,
        tx: &mut Tx<'_>,
        cube: &Cube,
        columns: &Columns,
        parted: &BTreeMap<Month, BTreeSet<AgencyId>>,
    ) -> Result<()> {
        for (month, agencies) in parted {
            for (plane, of_plane) in &columns.planes {
                let by_fact = ByFact::of(columns, of_plane);
                let span = (*plane, month.number());
                let some = (agencies.len() <= AGENCIES_MAX).then_some(agencies);
                slabs(tx, cube, self.build, span, some, |agency, cells| {
                    let Some(row) = self.agencies.get(&agency) else { return Some(()) };
                    let size = self.columns * DAYS;
                    let days = self.days.entry((*row, *month)).or_insert_with(|| vec![0; size]);
                    read_slab(
                        cells,
                        |fact| by_fact.wants(fact),
                        |fact, channel, day, n| {
                            for at in by_fact.columns(fact, channel) {
                                days[at * DAYS + usize::from(day)] += n;
                            }
                        },
                    )
                })?;
            }
        }
        Ok(())
    }

    fn month(&self, row: usize, column: usize, month: Month) -> i64 {
        match usize::try_from(month.since(self.first)) {
            Ok(at) if at < self.months => {
                self.numbers[(row * self.columns + column) * self.months + at]
            }
            _ => 0,
        }
    }

    fn some_days(&self, row: usize, column: usize, month: Month, from: u8, to: u8) -> i64 {
        let Some(days) = self.days.get(&(row, month)) else { return 0 };
        let at = column * DAYS;
        days[at + usize::from(from)..=at + usize::from(to)].iter().sum()
    }

    /// The sum of a flow over a part of a period.
    pub(super) fn flow(&self, row: usize, column: usize, part: Part) -> i64 {
        match part {
            Part::Month(month) => self.month(row, column, month),
            Part::Days(month, from, to) => {
                self.some_days(row, column, month, from.of_month(), to.of_month())
            }
        }
    }

    /// How many stood so at the end of a day.
    pub(super) fn stock(&self, row: usize, column: usize, at: StockAt) -> i64 {
        match at {
            StockAt::EndOf(month) => self.month(row, column, month),
            StockAt::Within(month, day) => {
                self.month(row, column, month.before()) + self.some_days(row, column, month, 1, day)
            }
        }
    }
}

/// The day at whose end a stock is read.
#[derive(Debug, Clone, Copy)]
pub(super) enum StockAt {
    /// The last day of a month.
    EndOf(Month),
    /// A day within a month, by its number.
    Within(Month, u8),
}

impl StockAt {
    pub(super) fn of(day: Day) -> Self {
        let month = day.month();
        if day == month.last() { Self::EndOf(month) } else { Self::Within(month, day.of_month()) }
    }
}

/// The first year of which anything is counted.
fn first_year(tx: &mut Tx<'_>, cube: &Cube, build: i64) -> Result<Option<i32>> {
    let mut first = None;
    for plane in [0, 1] {
        let year: Option<i32> = tx.opt(
            "select span from cube_slab where tenant = $1 and build = $2 and plane = $3
             order by span limit 1",
            args!(&cube.tenant, build, plane),
            |row| row.get(0),
        )?;
        first = [first, year].into_iter().flatten().min();
    }
    Ok(first)
}

/// Visits the slabs of a plane and span, of these agencies or of all.
fn slabs(
    tx: &mut Tx<'_>,
    cube: &Cube,
    build: i64,
    (plane, span): (i64, i32),
    agencies: Option<&BTreeSet<AgencyId>>,
    mut visit: impl FnMut(AgencyId, &[u8]) -> Option<()>,
) -> Result<()> {
    let mut sound = Some(());
    let mut read = |row: &Row<'_>| -> store::Result<()> {
        sound = sound.and(visit(row.get(0)?, row.bytes(1)?));
        Ok(())
    };
    let sql = "select agency, cells from cube_slab
               where tenant = $1 and build = $2 and plane = $3 and span = $4";
    match agencies {
        None => tx.each(sql, args!(&cube.tenant, build, plane, span), &mut read)?,
        Some(agencies) => {
            let agencies: Vec<AgencyId> = agencies.iter().copied().collect();
            for some in agencies.chunks(AT_ONCE) {
                let mut args: Vec<Arg<'_>> = vec![(&cube.tenant).into(), build.into()];
                args.extend([plane.into(), span.into()]);
                args.extend(some.iter().map(|agency| Arg::from(*agency)));
                let places: Vec<String> = (5..=args.len()).map(|n| format!("${n}")).collect();
                let sql = format!("{sql} and agency in ({})", places.join(", "));
                tx.each(&sql, &args, &mut read)?;
            }
        }
    }
    sound.ok_or(Error::Damaged("cube_slab"))
}
