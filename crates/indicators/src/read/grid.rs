//! Many figures at once: units by periods by indicators.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{AgencyId, Instant};
use store::{Tx, args};

use super::{
    columns::{Columns, takes},
    series::{Series, StockAt},
};
use crate::{
    Error, Result,
    count::Channels,
    cube::{AsOf, Cube},
    day::{Day, Month},
    definition::Indicator,
    expression::{Reference, Value, When, Why},
    period::{Part, Period},
    scope::{Of, Scope, Slice},
    tree::{Span, Tree},
};

/// What is asked.
#[derive(Debug, Clone)]
pub struct Question<'q> {
    /// Which indicators.
    pub indicators: Vec<&'q Indicator>,
    /// Of whom.
    pub scopes: Vec<Scope>,
    /// In which periods.
    pub periods: Vec<Period>,
    /// Of which part of it.
    pub slice: Slice,
    /// When now is: a period that runs is read as it stands now.
    pub now: Instant,
}

/// The answer: a value for each scope, period and indicator.
#[derive(Debug)]
pub struct Grid {
    /// As of when all of them are.
    pub as_of: AsOf,
    columns: Columns,
    scopes: usize,
    periods: usize,
    /// By scope, period and column.
    numbers: Vec<i64>,
    /// By scope, period and indicator.
    values: Vec<Value>,
}

impl Grid {
    /// The value of the indicator, of the scope, in the period, each by its place in the
    /// question.
    ///
    /// # Errors
    /// [`Why`] there is none.
    pub fn value(&self, scope: usize, period: usize, indicator: usize) -> Value {
        let at = scope * self.periods + period;
        let width = self.columns.of_indicator.len();
        self.values.get(at * width + indicator).copied().unwrap_or(Err(Why::NothingCounted))
    }

    /// The facts behind a value, with their numbers, in the order of the formula.
    pub fn parts(
        &self,
        scope: usize,
        period: usize,
        indicator: usize,
    ) -> impl Iterator<Item = (&Reference, i64)> {
        let base = (scope * self.periods + period) * self.columns.len();
        let places = self.columns.of_indicator.get(indicator).and_then(Option::as_ref);
        let places = places.into_iter().flatten();
        places.map(move |at| (&self.columns.references[*at], self.numbers[base + at]))
    }

    /// How many scopes were asked for.
    #[must_use]
    pub const fn scopes(&self) -> usize {
        self.scopes
    }
}

impl Cube {
    /// Reads the figures of a question; `tree` says who belonged to whom. It touches only their
    /// cells, however many cases are behind them.
    ///
    /// # Errors
    /// [`Error::Nothing`] where nothing was counted yet, and those of the store.
    pub fn read(&self, tx: &mut Tx<'_>, tree: &Tree, question: &Question<'_>) -> Result<Grid> {
        let as_of = self.as_of(tx)?;
        let build = self.current(tx)?.filter(|_| as_of.recorded.is_some());
        let build = build.ok_or(Error::Nothing)?;
        let columns = Columns::of(&question.indicators, &question.slice, &self.catalogue);
        let today = Day::of(question.now);
        let first = question.periods.iter().map(Period::first).min().unwrap_or(today);
        let last = question.periods.iter().map(Period::last).max().unwrap_or(today);
        let (begin, last) = (first.before(), last.max(first));
        let spans = tree.spans_of(&question.scopes, begin, last);
        let wanted: Option<BTreeSet<AgencyId>> = spans
            .iter()
            .map(|of| of.as_ref().map(|of| of.iter().map(|span| span.agency)))
            .collect::<Option<Vec<_>>>()
            .map(|all| all.into_iter().flatten().collect());
        let mut series = Series::read(tx, self, build, &columns, wanted.as_ref(), (begin, last))?;
        let asked: Vec<Asked> =
            question.periods.iter().map(|period| Asked::of(*period, today)).collect();
        let mut reads = Vec::new();
        for (scope, spans) in spans.iter().enumerate() {
            let all;
            let spans = match spans {
                Some(spans) => spans,
                None => {
                    let of = |agency: &AgencyId| Span { agency: *agency, first: begin, last };
                    all = series.agencies.keys().map(of).collect::<Vec<_>>();
                    &all
                }
            };
            plan(&asked, &columns, scope, spans, &series, &mut reads);
        }
        let parted = parted(&reads);
        series.read_days(tx, self, &columns, &parted)?;
        let size = question.scopes.len() * question.periods.len();
        let mut numbers = vec![0; size * columns.len()];
        for read in &reads {
            read.add(&series, &columns, &mut numbers);
        }
        self.not_yet(tx, build, question, (&columns, &spans), &mut numbers)?;
        let values = values(question, &columns, &numbers, today);
        let (scopes, periods) = (question.scopes.len(), question.periods.len());
        Ok(Grid { as_of, columns, scopes, periods, numbers, values })
    }

    /// Who becomes late later today is in the cells of today already, and not late yet.
    fn not_yet(
        &self,
        tx: &mut Tx<'_>,
        build: i64,
        question: &Question<'_>,
        (columns, spans): (&Columns, &[Option<Vec<Span>>]),
        numbers: &mut [i64],
    ) -> Result<()> {
        let today = Day::of(question.now);
        let running: Vec<usize> = (0..question.periods.len())
            .filter(|at| question.periods[*at].within(today, today).is_some())
            .collect();
        if running.is_empty() || !columns.has_stock() {
            return Ok(());
        }
        let rows: Vec<(i64, AgencyId, u8, u32, u8)> = tx.all(
            "select plane, agency, fact, procedure, channel from cube_open
             where tenant = $1 and build = $2 and since > $3 and since <= $4",
            args!(&self.tenant, build, question.now, today.last_instant()),
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
        )?;
        for (plane, agency, fact, procedure, channel) in rows {
            let channel = Channels::from_bits(channel);
            // A procedure has a number far above those of the planes, and each case is on one.
            let own = [plane, i64::from(procedure)];
            let of_row = |at: &usize| {
                let one = &columns.references[*at];
                one.when == When::End && one.fact.number() == fact && takes(one, channel)
            };
            let at: BTreeSet<usize> = own
                .iter()
                .filter_map(|plane| columns.planes.get(plane))
                .flatten()
                .copied()
                .filter(of_row)
                .collect();
            for (scope, spans) in spans.iter().enumerate() {
                let belongs = spans.as_ref().is_none_or(|spans| {
                    spans.iter().any(|s| s.agency == agency && s.first <= today && today <= s.last)
                });
                for period in running.iter().filter(|_| belongs) {
                    let base = (scope * question.periods.len() + period) * columns.len();
                    at.iter().for_each(|column| numbers[base + column] -= 1);
                }
            }
        }
        Ok(())
    }
}

/// A period of the question, looked at once.
struct Asked {
    period: Period,
    parts: Vec<Part>,
    begin: (Day, StockAt),
    end: (Day, StockAt),
}

impl Asked {
    fn of(period: Period, today: Day) -> Self {
        let eve = period.first().before();
        // A period that runs is read as it stands today.
        let end = period.last().min(today).max(eve);
        let at = |day: Day| (day, StockAt::of(day));
        Self { period, parts: period.parts().collect(), begin: at(eve), end: at(end) }
    }
}

/// Something to be read of an agency for a figure.
struct Read {
    /// By scope and period.
    at: usize,
    row: usize,
    agency: AgencyId,
    what: ReadWhat,
}

enum ReadWhat {
    Flow(Part),
    Stock(When, StockAt),
}

impl Read {
    fn add(&self, series: &Series, columns: &Columns, numbers: &mut [i64]) {
        let base = self.at * columns.len();
        match &self.what {
            ReadWhat::Flow(part) => {
                for column in columns.taken(When::Sum) {
                    numbers[base + column] += series.flow(self.row, *column, *part);
                }
            }
            ReadWhat::Stock(when, at) => {
                for column in columns.taken(*when) {
                    numbers[base + column] += series.stock(self.row, *column, *at);
                }
            }
        }
    }
}

/// What is to be read for a scope: of each agency, the parts of each period on whose days it
/// belonged to it, and the stocks at the ends of which it did.
fn plan(
    asked: &[Asked],
    columns: &Columns,
    scope: usize,
    spans: &[Span],
    series: &Series,
    reads: &mut Vec<Read>,
) {
    let wants = [When::Sum, When::Begin, When::End].map(|when| !columns.taken(when).is_empty());
    for span in spans {
        let Some(row) = series.agencies.get(&span.agency).copied() else { continue };
        for (at, asked_period) in asked.iter().enumerate() {
            let at = scope * asked.len() + at;
            let mut read = |what| reads.push(Read { at, row, agency: span.agency, what });
            let Asked { period, parts, begin, end } = asked_period;
            match period.within(span.first, span.last) {
                Some(all) if wants[0] && all == *period => {
                    parts.iter().for_each(|part| read(ReadWhat::Flow(*part)));
                }
                Some(some) if wants[0] => {
                    some.parts().for_each(|part| read(ReadWhat::Flow(part)));
                }
                _ => {}
            }
            let ends = [(wants[1], When::Begin, begin), (wants[2], When::End, end)];
            for (wanted, when, (day, stock_at)) in ends {
                if wanted && span.first <= *day && *day <= span.last {
                    read(ReadWhat::Stock(when, *stock_at));
                }
            }
        }
    }
}

/// The months of which days are needed, and of whom.
fn parted(reads: &[Read]) -> BTreeMap<Month, BTreeSet<AgencyId>> {
    let mut parted: BTreeMap<Month, BTreeSet<AgencyId>> = BTreeMap::new();
    for read in reads {
        if let ReadWhat::Flow(Part::Days(month, ..))
        | ReadWhat::Stock(_, StockAt::Within(month, _)) = read.what
        {
            parted.entry(month).or_default().insert(read.agency);
        }
    }
    parted
}

fn values(question: &Question<'_>, columns: &Columns, numbers: &[i64], today: Day) -> Vec<Value> {
    let Question { indicators, scopes, periods, .. } = question;
    let none: Vec<Option<Why>> = periods
        .iter()
        .flat_map(|period| indicators.iter().map(move |indicator| (period, indicator)))
        .map(|(period, indicator)| match period {
            period if today < period.first() => Some(Why::NotBegun),
            period if !indicator.in_force(period.last().date()) => Some(Why::NotInForce),
            _ => None,
        })
        .collect();
    let by_agency: Vec<bool> =
        indicators.iter().map(|indicator| indicator.is_kept_by_agency()).collect();
    let mut values = Vec::with_capacity(scopes.len() * none.len());
    for (of_scope, scope) in scopes.iter().enumerate() {
        for of_period in 0..periods.len() {
            let base = (of_scope * periods.len() + of_period) * columns.len();
            for (at, indicator) in indicators.iter().enumerate() {
                let kept = scope.of == Of::All || by_agency[at];
                let why = none[of_period * indicators.len() + at];
                let places = columns.of_indicator[at].as_ref().filter(|_| kept);
                values.push(match (why, places) {
                    (Some(why), _) => Err(why),
                    (None, None) => Err(Why::NotKeptHere),
                    (None, Some(places)) => {
                        indicator.formula.value(|at| numbers[base + places[at]])
                    }
                });
            }
        }
    }
    values
}
