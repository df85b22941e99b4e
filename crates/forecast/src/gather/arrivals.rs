//! What came, day by day and hour by hour.

use std::{collections::BTreeMap, ops::Range};

use jiff::civil::Date;
use kernel::Instant;

/// The observed days, and the counts of each place on them.
pub(super) type Counts = (Vec<Date>, BTreeMap<u32, Vec<u16>>);

/// Counts what came on the whole days of a span, from the first on which anything did; and in
/// which hour of the day each came.
pub(super) fn count(
    arrived: &[(u32, Instant)],
    span: &Range<Instant>,
) -> (Counts, Vec<(u32, usize)>) {
    let last = kernel::today(span.end);
    let dates = arrived.iter().map(|(_, when)| kernel::today(*when));
    let Some(first) = dates.min().filter(|first| *first < last) else {
        return ((Vec::new(), BTreeMap::new()), Vec::new());
    };
    let days: Vec<Date> =
        first.series(jiff::Span::new().days(1)).take_while(|d| *d < last).collect();
    let mut counts: BTreeMap<u32, Vec<u16>> = BTreeMap::new();
    let mut hours = Vec::with_capacity(arrived.len());
    for (at, when) in arrived {
        let local = kernel::local(*when);
        // The day on which the span ends is not over, and would count for too little.
        let day = usize::try_from((local.date() - first).get_days()).ok();
        let Some(day) = day.filter(|day| *day < days.len()) else { continue };
        let count = &mut counts.entry(*at).or_insert_with(|| vec![0; days.len()])[day];
        *count = count.saturating_add(1);
        hours.push((*at, usize::from(local.hour().unsigned_abs())));
    }
    ((days, counts), hours)
}
