//! What is to be read of whom for a question, and the numbers that come of it.

use std::collections::{BTreeMap, BTreeSet};

use kernel::AgencyId;

use super::{
    columns::Columns,
    series::{Days, MonthPlace, Series, StockAt},
    two::on_two,
};
use crate::{
    day::{Day, Month},
    expression::When,
    period::{Part, Period},
    tree::Span,
};

/// A period of the question, looked at once.
pub(super) struct Asked {
    period: Period,
    parts: Vec<Part>,
    begin: (Day, StockAt),
    end: (Day, StockAt),
}

impl Asked {
    pub(super) fn of(period: Period, today: Day) -> Self {
        let eve = period.first().before();
        // A period that runs is read as it stands today.
        let end = period.last().min(today).max(eve);
        let at = |day: Day| (day, StockAt::of(day));
        Self { period, parts: period.parts().collect(), begin: at(eve), end: at(end) }
    }
}

/// Runs of months that are added to one column after the other.
const AT_HAND: usize = 64;

/// What is to be read of agencies for the cells of a column: each whole month, and days of months
/// that are parted, for what is taken over a period, at its begin and at its end.
#[derive(Default)]
pub(super) struct Reads {
    months: [Vec<MonthsRead>; 3],
    days: [Vec<DaysRead>; 3],
}

/// Months of a year that follow each other, for cells that do.
struct MonthsRead {
    /// By scope and period.
    at: usize,
    first: MonthPlace,
    count: usize,
}

struct DaysRead {
    at: usize,
    row: usize,
    agency: AgencyId,
    days: Days,
}

impl Reads {
    /// The months of which days are needed, and of whom.
    pub(super) fn parted(&self) -> BTreeMap<Month, BTreeSet<AgencyId>> {
        let mut parted: BTreeMap<Month, BTreeSet<AgencyId>> = BTreeMap::new();
        for read in self.days.iter().flatten() {
            parted.entry(read.days.0).or_default().insert(read.agency);
        }
        parted
    }

    /// The numbers of all columns, of `size` cells each.
    pub(super) fn numbers(&self, series: &Series, columns: &Columns, size: usize) -> Vec<i64> {
        let mut numbers = vec![0; columns.len() * size];
        let cells = numbers.len();
        let of_columns = numbers.chunks_mut(size.max(1)).enumerate().collect();
        on_two(of_columns, cells, |mut of_columns: Vec<(usize, &mut [i64])>| {
            for when in [When::Sum, When::Begin, When::End] {
                self.add(when, series, columns, &mut of_columns);
            }
        });
        numbers
    }

    /// Adds what is taken so to the cells of each column: for some agencies at a time, whose series
    /// are still at hand when the next column is added.
    fn add(
        &self,
        when: When,
        series: &Series,
        columns: &Columns,
        of_columns: &mut [(usize, &mut [i64])],
    ) {
        let taken = |column: &usize| columns.references[*column].when == when;
        for reads in self.months[when as usize].chunks(AT_HAND) {
            for (column, cells) in of_columns.iter_mut().filter(|(column, _)| taken(column)) {
                for read in reads {
                    let cells = &mut cells[read.at..read.at + read.count];
                    let months = series.months(*column, read.first, read.count);
                    cells.iter_mut().zip(months).for_each(|(cell, month)| *cell += month);
                }
            }
        }
        for read in &self.days[when as usize] {
            for (column, cells) in of_columns.iter_mut().filter(|(column, _)| taken(column)) {
                cells[read.at] += series.days(read.row, *column, read.days);
            }
        }
    }

    /// Adds what is to be read for a scope: of each agency, the parts of each period on whose days
    /// it belonged to it, and the stocks at the ends of which it did.
    pub(super) fn plan(
        &mut self,
        scope: usize,
        spans: &[Span],
        asked: &[Asked],
        columns: &Columns,
        series: &Series,
    ) {
        let wants = [When::Sum, When::Begin, When::End].map(|when| !columns.taken(when).is_empty());
        for span in spans {
            let agency = span.agency;
            let Some(row) = series.agencies.get(&agency).copied() else { continue };
            for (at, asked_period) in asked.iter().enumerate() {
                let at = scope * asked.len() + at;
                let mut month = |when: When, month: Month| {
                    if let Some(place) = series.place(row, month) {
                        go_on(&mut self.months[when as usize], at, place);
                    }
                };
                let mut days = |when: When, days: Days| {
                    self.days[when as usize].push(DaysRead { at, row, agency, days });
                };
                let flow = |part: Part| match part {
                    Part::Month(whole) => month(When::Sum, whole),
                    Part::Days(of, from, to) => {
                        days(When::Sum, (of, from.of_month(), to.of_month()))
                    }
                };
                let Asked { period, parts, begin, end } = asked_period;
                match period.within(span.first, span.last) {
                    Some(all) if wants[0] && all == *period => parts.iter().copied().for_each(flow),
                    Some(some) if wants[0] => some.parts().for_each(flow),
                    _ => {}
                }
                let ends = [(wants[1], When::Begin, begin), (wants[2], When::End, end)];
                for (wanted, when, (day, stock_at)) in ends {
                    if !wanted || *day < span.first || span.last < *day {
                        continue;
                    }
                    match *stock_at {
                        StockAt::EndOf(whole) => month(when, whole),
                        StockAt::Within(of, day) => {
                            month(when, of.before());
                            days(when, (of, 1, day));
                        }
                    }
                }
            }
        }
    }
}

/// Adds a month, to the last ones where its number stands behind theirs.
fn go_on(months: &mut Vec<MonthsRead>, at: usize, place: MonthPlace) {
    match months.last_mut() {
        Some(MonthsRead { at: first_at, first, count })
            if *first_at + *count == at && first.later(*count) == place =>
        {
            *count += 1;
        }
        _ => months.push(MonthsRead { at, first: place, count: 1 }),
    }
}
