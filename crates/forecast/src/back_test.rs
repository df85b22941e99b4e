//! The back-test: what would have been forecast, held against what happened.

use std::{collections::BTreeMap, ops::Range};

use jiff::{ToSpan, civil::Date};
use kernel::{AgencyId, Instant};

use crate::{
    Error, FEW, Forecast, History, Model, Office, OpenWork, Procedure, Result, Runs, Spread,
};

/// A history that ends earlier before the end of the days to be forecast does not tell what
/// happened on them; so many days of rest may lie at the end.
const DAYS_SILENT: i64 = 7;

/// How well a forecast would have done, beside two simple references. All figures are measured.
#[derive(Debug, Clone, PartialEq)]
pub struct BackTest {
    /// The first day that was forecast; nothing from then on was known to it.
    pub split: Date,
    /// How many days were forecast.
    pub days: u16,
    /// Each agency that had work.
    pub agencies: Vec<AgencyTest>,
    /// How far the forecast (its expected count) was off.
    pub forecast: Errors,
    /// How far "as many as in as many days before" was off.
    pub last_period: Errors,
    /// How far "each day as many as on the same weekday so far" was off.
    pub weekdays: Errors,
    /// In how many agencies the count lay in the 80% interval.
    pub covered: Coverage,
    /// The same among the agencies where something became late, or some run said that it would;
    /// where nothing ever is late, an interval from 0 to 0 covers easily.
    pub covered_where_late: Coverage,
}

/// One agency: cases that became late in the days that were forecast.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AgencyTest {
    /// Which.
    pub agency: AgencyId,
    /// How many did.
    pub actual: u32,
    /// What the forecast said.
    pub forecast: Spread,
    /// As many for each working day as in as many days before.
    pub last_period: f64,
    /// For each working day the mean of its weekday so far.
    pub weekdays: f64,
}

/// Mean absolute errors, in cases.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Errors {
    /// Of the counts of the agencies over all days.
    pub period: f64,
    /// Of the counts of the agencies on each working day.
    pub day: f64,
}

/// How often a count lay where it was said to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// How many counts lay in their interval.
    pub covered: u32,
    /// Out of how many.
    pub of: u32,
}

impl Coverage {
    /// The share; none of none.
    #[must_use]
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.covered) / f64::from(self.of))
    }
}

impl History {
    /// Forecasts so many days from `split` on by what was told before, and compares with what
    /// happened. `still_open` is what is in hand now: of it comes what was in hand then and is
    /// not done yet.
    ///
    /// Two things that an observer on that day knew cannot be told any more: which clocks stood,
    /// and due times that were moved later. Cases with long pauses make the forecast look worse
    /// than it would have been.
    ///
    /// # Errors
    /// [`Error::Split`] where nothing is told of the time before, or not of all days after; those
    /// of [`Model::new`].
    pub fn back_test(
        &self,
        split: Date,
        days: u16,
        (offices, procedures): (&[Office], &[Procedure]),
        still_open: &[OpenWork],
        runs: Runs,
    ) -> Result<BackTest> {
        let midnight = |date: Date| kernel::from_local(date.at(0, 0, 0, 0));
        let after = |days: i64| midnight(split.saturating_add(days.days()));
        let (now, end) = (midnight(split), after(i64::from(days)));
        let told = self.span().ok_or(Error::Split)?;
        if told.start >= now || told.end < after(i64::from(days) - DAYS_SILENT) {
            return Err(Error::Split);
        }
        let open = self.open_at(now, still_open);
        let inputs = self.inputs(told.start..now, offices, procedures, &open);
        let forecast = Model::new(&inputs, days, FEW)?.forecast(runs);
        let before = told.start..now;
        let last = after(-i64::from(days)).max(told.start)..now;
        let test = Test {
            dates: (0..days).map(|n| split.saturating_add(i64::from(n).days())).collect(),
            actual: self.counts(&(now..end), still_open),
            last: self.counts(&last, still_open),
            before: self.counts(&before, still_open),
            last_dates: dates(&last),
            before_dates: dates(&before),
        };
        Ok(test.judge(offices, &forecast, split, days))
    }

    /// Of each agency and day of a span, how many cases became late.
    fn counts(&self, span: &Range<Instant>, open: &[OpenWork]) -> BTreeMap<(AgencyId, Date), u32> {
        let mut counts = BTreeMap::new();
        for (agency, at) in self.fell_late(span, open) {
            *counts.entry((agency, kernel::today(at))).or_default() += 1;
        }
        counts
    }
}

fn dates(span: &Range<Instant>) -> Vec<Date> {
    let last = kernel::today(span.end);
    let days = kernel::today(span.start).series(1.day());
    days.take_while(|date| *date < last).collect()
}

type Counts = BTreeMap<(AgencyId, Date), u32>;

struct Test {
    dates: Vec<Date>,
    actual: Counts,
    last: Counts,
    before: Counts,
    last_dates: Vec<Date>,
    before_dates: Vec<Date>,
}

impl Test {
    fn judge(&self, offices: &[Office], forecast: &Forecast, split: Date, days: u16) -> BackTest {
        let mut test = BackTest {
            split,
            days,
            agencies: Vec::new(),
            forecast: Errors::default(),
            last_period: Errors::default(),
            weekdays: Errors::default(),
            covered: Coverage::default(),
            covered_where_late: Coverage::default(),
        };
        let mut days_judged = 0.0;
        for office in offices {
            let of = |(agency, _): &&(AgencyId, crate::Outlook)| *agency == office.agency;
            let Some((agency, outlook)) = forecast.agencies.iter().find(of) else { continue };
            let works = |date: &&Date| office.calendar.is_working_day(**date);
            let rates = self.rates(*agency, &works);
            let (mut last_period, mut weekdays) = (0.0, 0.0);
            for (date, day) in self.dates.iter().zip(&outlook.days) {
                if !works(&date) {
                    continue;
                }
                let actual = f64::from(count(&self.actual, *agency, *date));
                let weekday = rates.1[usize::from(date.weekday().to_monday_zero_offset() as u8)];
                last_period += rates.0;
                weekdays += weekday;
                days_judged += 1.0;
                test.forecast.day += (day.late.mean - actual).abs();
                test.last_period.day += (rates.0 - actual).abs();
                test.weekdays.day += (weekday - actual).abs();
            }
            let actual: u32 = self.dates.iter().map(|d| count(&self.actual, *agency, *d)).sum();
            test.forecast.period += (outlook.late.mean - f64::from(actual)).abs();
            test.last_period.period += (last_period - f64::from(actual)).abs();
            test.weekdays.period += (weekdays - f64::from(actual)).abs();
            let covered = u32::from(outlook.late.covers(f64::from(actual)));
            test.covered.add(covered);
            if actual > 0 || outlook.late.mean > 0.0 {
                test.covered_where_late.add(covered);
            }
            let forecast = outlook.late;
            let agency = *agency;
            test.agencies.push(AgencyTest { agency, actual, forecast, last_period, weekdays });
        }
        for errors in [&mut test.forecast, &mut test.last_period, &mut test.weekdays] {
            errors.period /= f64::max(test.agencies.len() as f64, 1.0);
            errors.day /= f64::max(days_judged, 1.0);
        }
        test
    }

    /// Late cases for each working day: in the last days, and by weekday in all days before.
    fn rates(&self, agency: AgencyId, works: &dyn Fn(&&Date) -> bool) -> (f64, [f64; 7]) {
        let last: Vec<&Date> = self.last_dates.iter().filter(works).collect();
        let sum: u32 = self.last_dates.iter().map(|date| count(&self.last, agency, *date)).sum();
        let rate = f64::from(sum) / f64::max(last.len() as f64, 1.0);
        let mut weekdays = [(0.0, 0.0); 7];
        for date in self.before_dates.iter().filter(works) {
            let of = &mut weekdays[usize::from(date.weekday().to_monday_zero_offset() as u8)];
            of.0 += f64::from(count(&self.before, agency, *date));
            of.1 += 1.0;
        }
        (rate, weekdays.map(|(sum, days)| sum / f64::max(days, 1.0)))
    }
}

impl Coverage {
    fn add(&mut self, covered: u32) {
        self.covered += covered;
        self.of += 1;
    }
}

fn count(counts: &Counts, agency: AgencyId, date: Date) -> u32 {
    counts.get(&(agency, date)).copied().unwrap_or(0)
}
