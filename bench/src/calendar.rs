//! How many deadlines one core computes in a second.

use std::{hint::black_box, time::Instant};

use calendar::{Allowance, Calendar};

/// How many deadlines are computed.
const COUNT: u32 = 10_000_000;
/// A dossier arrives every so many seconds, so that a round spans three years.
const STEP_SECONDS: i64 = 97;

pub(crate) fn run() {
    let calendar = Calendar::default();
    let allowances = [
        Allowance::WorkingHours(8),
        Allowance::WorkingDays(3),
        Allowance::WorkingDays(30),
        Allowance::CalendarDays(15),
        Allowance::Months(1),
    ];
    let first = jiff::civil::date(2024, 1, 1).at(7, 30, 0, 0);
    let first = kernel::micros(kernel::from_local(first));
    let started = Instant::now();
    for n in 0..COUNT {
        let at = first + i64::from(n % 1_000_000) * STEP_SECONDS * 1_000_000;
        let allowance = allowances[n as usize % allowances.len()];
        black_box(calendar.deadline(kernel::from_micros(at), allowance));
    }
    let rate = f64::from(COUNT) / started.elapsed().as_secs_f64();
    println!("calendar.deadlines_per_second {rate:.0} 1/s");
}
