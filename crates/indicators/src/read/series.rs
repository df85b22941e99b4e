//! The cells of agencies as series of months, and of days where a month is parted.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use kernel::AgencyId;
use procedure::Matter;
use store::{Tx, args};

use super::{
    columns::{ByFact, Columns},
    slabs,
};
use crate::{
    Result,
    count::Plane,
    cube::{Cube, read_slab, write::plane_number},
    day::{Day, Month},
    expression::When,
};

/// Agencies for which there is room from the beginning, where all are read.
const EXPECTED: usize = 512;
/// Months of a year.
const MONTHS: usize = 12;
/// Places for the days of a month, from 1.
const DAYS: usize = 32;

/// Numbers of every column, for each agency and month of whole years from `begin` on.
#[derive(Debug)]
pub(super) struct Series {
    build: i64,
    pub(super) agencies: HashMap<AgencyId, usize>,
    columns: usize,
    begin: i32,
    /// For each year, by agency, column and month: slabs come year by year, and agencies in their
    /// order, so that they are added where the last one was. Of a stock, how many stood so when
    /// the month ended.
    years: Vec<Vec<i64>>,
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
        let mut begin = first.month().year();
        if columns.has_stock() {
            begin = begin.min(first_year(tx, cube, build)?.unwrap_or(begin));
        }
        let years = usize::try_from(last.month().year() - begin + 1).unwrap_or(0);
        let expected = agencies.map_or(EXPECTED, BTreeSet::len);
        let mut series = Self {
            build,
            agencies: HashMap::new(),
            columns: columns.len(),
            begin,
            years: (0..years)
                .map(|_| Vec::with_capacity(expected * columns.len() * MONTHS))
                .collect(),
            days: HashMap::new(),
        };
        let (mut spans, mut facts) = (Vec::new(), Vec::new());
        for (plane, of_plane) in &columns.planes {
            spans.extend((begin..=last.month().year()).map(|year| (*plane, year)));
            facts.push(ByFact::of(columns, of_plane, MONTHS));
        }
        slabs::each(tx, (cube, build), &spans, agencies, |at, agency, cells| {
            series.add_year(agency, at % years, cells, &facts[at / years])
        })?;
        series.pile_up(columns);
        Ok(series)
    }

    fn add_year(
        &mut self,
        agency: AgencyId,
        year: usize,
        cells: &[u8],
        by_fact: &ByFact,
    ) -> Option<()> {
        let next = self.agencies.len();
        let row = *self.agencies.entry(agency).or_insert(next);
        let size = self.columns * MONTHS;
        let numbers = &mut self.years[year];
        if numbers.len() < (row + 1) * size {
            numbers.resize((row + 1) * size, 0);
        }
        let numbers = &mut numbers[row * size..(row + 1) * size];
        read_slab(
            cells,
            |fact| by_fact.wants(fact),
            |fact, channel| by_fact.columns(fact, channel),
            |columns, month, n| {
                for column in columns {
                    // Months count from 1.
                    if let Some(cell) =
                        numbers.get_mut((column + usize::from(month)).wrapping_sub(1))
                    {
                        *cell += n;
                    }
                }
            },
        )
    }

    /// Gives every agency its place in every year, and makes of what came and went in each month
    /// of a stock how many stood so at its end.
    fn pile_up(&mut self, columns: &Columns) {
        let width = self.columns * MONTHS;
        let mut before: Option<&[i64]> = None;
        for year in &mut self.years {
            year.resize(self.agencies.len() * width, 0);
            for row in (0..year.len()).step_by(width.max(1)) {
                for column in [When::Begin, When::End].iter().flat_map(|when| columns.taken(*when))
                {
                    let at = row + column * MONTHS;
                    let mut stock = before.map_or(0, |before| before[at + MONTHS - 1]);
                    for month in &mut year[at..at + MONTHS] {
                        stock += *month;
                        *month = stock;
                    }
                }
            }
            before = Some(year);
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
        let size = self.columns * DAYS;
        for (plane, of_plane) in &columns.planes {
            let by_fact = ByFact::of(columns, of_plane, DAYS);
            for (month, agencies) in parted {
                let span = [(*plane, month.number())];
                slabs::each(tx, (cube, self.build), &span, Some(agencies), |_, agency, cells| {
                    let Some(row) = self.agencies.get(&agency) else { return Some(()) };
                    let days = self.days.entry((*row, *month)).or_insert_with(|| vec![0; size]);
                    read_slab(
                        cells,
                        |fact| by_fact.wants(fact),
                        |fact, channel| by_fact.columns(fact, channel),
                        |columns, day, n| {
                            columns.iter().for_each(|at| days[at + usize::from(day)] += n);
                        },
                    )
                })?;
            }
        }
        Ok(())
    }

    /// The place of a month of an agency; none where it was not read.
    pub(super) fn place(&self, row: usize, month: Month) -> Option<MonthPlace> {
        let year = usize::try_from(month.year() - self.begin).ok()?;
        let of_year = usize::from(month.of_year()).checked_sub(1)?;
        let place = MonthPlace { year, at: row * self.columns * MONTHS + of_year };
        (year < self.years.len()).then_some(place)
    }

    /// The numbers of months that follow each other in a year: of a flow their sums, of a stock how
    /// many stood so at their ends.
    pub(super) fn months(&self, column: usize, place: MonthPlace, count: usize) -> &[i64] {
        &self.years[place.year][place.at + column * MONTHS..][..count]
    }

    /// What was counted on some days of a month that was read by days.
    pub(super) fn days(&self, row: usize, column: usize, (month, from, to): Days) -> i64 {
        let Some(days) = self.days.get(&(row, month)) else { return 0 };
        let at = column * DAYS;
        days[at + usize::from(from)..=at + usize::from(to)].iter().sum()
    }
}

/// Where a month of an agency stands: of which year, and where in the first column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct MonthPlace {
    year: usize,
    at: usize,
}

impl MonthPlace {
    /// The place of the month so many later; one of another year stands elsewhere.
    pub(super) const fn later(self, months: usize) -> Self {
        Self { at: self.at + months, ..self }
    }
}

/// Days of a month, from one to another.
pub(super) type Days = (Month, u8, u8);

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

/// The first year in which a case of any matter was counted.
fn first_year(tx: &mut Tx<'_>, cube: &Cube, build: i64) -> Result<Option<i32>> {
    let mut first = None;
    for plane in Matter::ALL.iter().map(|matter| plane_number(Plane::from(*matter))) {
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
