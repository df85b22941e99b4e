//! One queue, against what is known of queues.

use calendar::WorkingTime;
use forecast::{Model, Runs};

use crate::common::one_queue;

/// Erlang's formula: how likely somebody has to wait who comes to so many officers, with so
/// much work coming (arrivals times mean work).
fn erlang_c(officers: u16, load: f64) -> f64 {
    let mut b = 1.0;
    for n in 1..=officers {
        b = load * b / (f64::from(n) + load * b);
    }
    b / (1.0 - load / f64::from(officers) * (1.0 - b))
}

/// Cases come at random, work takes exponential time: the mean number of cases that wait at the
/// close of a day, once the beginning is forgotten, is `C·ρ/(1-ρ)`.
#[test]
fn a_queue_is_as_long_as_erlang_says() {
    for (officers, load) in [(1, 0.6), (2, 1.4), (5, 4.0)] {
        let work = WorkingTime::minutes(30);
        let inputs = one_queue(officers, load * 16.0, work, "5 working_days");
        let model = Model::new(&inputs, 92, 12).unwrap();
        let forecast = model.forecast(Runs::new(300, 7).unwrap());
        // Working days from the second week on; at the close of a day of rest nothing moved.
        let days = forecast.province.days.iter().skip(7).filter(|day| day.utilisation.is_some());
        let (waiting, used): (Vec<f64>, Vec<f64>) =
            days.map(|day| (day.waiting.mean, day.utilisation.unwrap())).unzip();
        let mean = |figures: &[f64]| figures.iter().sum::<f64>() / figures.len() as f64;
        let busy = load / f64::from(officers);
        let expected = erlang_c(officers, load) * busy / (1.0 - busy);
        let (waiting, used) = (mean(&waiting), mean(&used));
        assert!((used - busy).abs() < 0.03 * busy, "{officers}: {used} for {busy}");
        assert!(
            (waiting - expected).abs() < 0.12 * expected,
            "{officers}: {waiting} for {expected}"
        );
    }
}
