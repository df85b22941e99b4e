//! Many figures at once: units by periods by indicators.

use std::collections::BTreeSet;

use kernel::{AgencyId, Instant};
use store::{Tx, args};

use super::{
    columns::{Columns, takes},
    plan::{Asked, Reads},
    series::Series,
    two::on_two,
};
use crate::{
    Error, Result,
    count::Channels,
    cube::{AsOf, Cube},
    day::Day,
    definition::Indicator,
    expression::{Reference, Value, When, Why},
    period::Period,
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
    /// By column, scope and period.
    numbers: Vec<i64>,
    /// By indicator, scope and period.
    values: Vec<Value>,
}

impl Grid {
    /// The value of the indicator, of the scope, in the period, each by its place in the
    /// question.
    ///
    /// # Errors
    /// [`Why`] there is none.
    pub fn value(&self, scope: usize, period: usize, indicator: usize) -> Value {
        let at = (indicator * self.scopes + scope) * self.periods + period;
        self.values.get(at).copied().unwrap_or(Err(Why::NothingCounted))
    }

    /// The facts behind a value, with their numbers, in the order of the formula.
    pub fn parts(
        &self,
        scope: usize,
        period: usize,
        indicator: usize,
    ) -> impl Iterator<Item = (&Reference, i64)> {
        let (size, at) = (self.scopes * self.periods, scope * self.periods + period);
        let places = self.columns.of_indicator.get(indicator).and_then(Option::as_ref);
        let places = places.into_iter().flatten();
        places.map(move |column| {
            (&self.columns.references[*column], self.numbers[column * size + at])
        })
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
        // Where most are asked for, all are read: that is one walk, not many look-ups.
        let wanted = wanted.filter(|some| some.len() * 2 <= tree.agencies().count());
        let mut series = Series::read(tx, self, build, &columns, wanted.as_ref(), (begin, last))?;
        let asked: Vec<Asked> =
            question.periods.iter().map(|period| Asked::of(*period, today)).collect();
        let mut reads = Reads::default();
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
            reads.plan(scope, spans, &asked, &columns, &series);
        }
        series.read_days(tx, self, &columns, &reads.parted())?;
        let size = question.scopes.len() * question.periods.len();
        let mut numbers = reads.numbers(&series, &columns, size);
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
                    let cell = scope * question.periods.len() + period;
                    let size = question.scopes.len() * question.periods.len();
                    at.iter().for_each(|column| numbers[column * size + cell] -= 1);
                }
            }
        }
        Ok(())
    }
}

/// The values of all indicators.
fn values(question: &Question<'_>, columns: &Columns, numbers: &[i64], today: Day) -> Vec<Value> {
    let size = question.scopes.len() * question.periods.len();
    let mut values = vec![Err(Why::NotKeptHere); question.indicators.len() * size];
    let cells = values.len();
    let of_indicators = values.chunks_mut(size.max(1)).enumerate().collect();
    on_two(of_indicators, cells, |some: Vec<(usize, &mut [Value])>| {
        for (at, values) in some {
            let indicator = question.indicators[at];
            if let Some(places) = &columns.of_indicator[at] {
                let numbers = |at: usize| &numbers[places[at] * size..][..size];
                indicator.formula.column(numbers, values);
            }
            leave_out(question, indicator, today, values);
        }
    });
    values
}

/// Takes away what an indicator does not say of a scope or in a period; by scope and period.
fn leave_out(question: &Question<'_>, indicator: &Indicator, today: Day, values: &mut [Value]) {
    let Question { scopes, periods, .. } = question;
    if !indicator.is_kept_by_agency() {
        for (scope, values) in scopes.iter().zip(values.chunks_mut(periods.len().max(1))) {
            if scope.of != Of::All {
                values.fill(Err(Why::NotKeptHere));
            }
        }
    }
    for (at, period) in periods.iter().enumerate() {
        let why = match period {
            period if today < period.first() => Why::NotBegun,
            period if !indicator.in_force(period.last().date()) => Why::NotInForce,
            _ => continue,
        };
        values.iter_mut().skip(at).step_by(periods.len()).for_each(|value| *value = Err(why));
    }
}
