//! What is gathered from records, and how well it forecasts.

use calendar::WorkingTime;
use forecast::{Error, Model, Runs};
use jiff::civil::date;

use crate::{
    common::{agency, at, place, step},
    office::{self, STEPS},
};

/// From quiet to too much: thẩm định takes 19.2 cases a day at most, and with the Mondays a tenth
/// more come than these.
const A_DAY: [f64; 12] = [6.0, 9.0, 11.0, 13.0, 14.0, 15.0, 15.5, 16.0, 16.4, 16.8, 17.2, 17.5];

#[test]
fn what_officers_do_is_found_again_in_the_records() {
    let past = office::work(&[12.0], date(2026, 6, 1), at("2026-11-30T00:00"), 4);
    let history = past.history();
    let span = at("2026-06-01T00:00")..at("2026-11-30T00:00");
    let inputs = history.inputs(span, &past.offices, &past.procedures, &past.open);
    for (name, officers, minutes) in STEPS {
        let stays = &inputs.stays[&place(0, 1, name)];
        let mean = |of: fn(&forecast::Stay) -> WorkingTime| {
            stays.iter().map(|stay| of(stay).as_seconds() as f64 / 60.0).sum::<f64>()
                / stays.len() as f64
        };
        let (work, delay) = (mean(|stay| stay.work), mean(|stay| stay.delay));
        // Long work that met an idle officer counts for what is usual; the rest is delay.
        assert!((0.85..1.02).contains(&(work / minutes)), "{name}: {work} of {minutes}");
        assert!(delay < 0.3 * minutes, "{name}: {delay}");
        let team = inputs.teams.iter().find(|team| team.steps == [step(name)]).unwrap();
        assert_eq!((team.agency, usize::from(team.officers)), (agency(0), officers));
    }
    let came = inputs.arrivals.streams[0].counts.iter().map(|n| u32::from(*n)).sum::<u32>();
    assert_eq!(inputs.arrivals.days.len(), 182);
    assert!((12.0 * 1.1 * 125.0 * 0.9..12.0 * 1.1 * 125.0 * 1.1).contains(&f64::from(came)));
}

#[test]
fn a_history_is_split_where_it_has_a_before_and_an_after() {
    let past = office::work(&[9.0], date(2026, 9, 1), at("2026-11-30T00:00"), 2);
    let known = (&past.offices[..], &past.procedures[..]);
    let runs = Runs::new(5, 5).unwrap();
    let test = |split| past.history().back_test(split, 30, known, &past.open, runs);
    assert_eq!(test(date(2026, 9, 1)).err(), Some(Error::Split));
    assert_eq!(test(date(2026, 11, 20)).err(), Some(Error::Split));
    assert!(test(date(2026, 10, 29)).is_ok());
    let nothing = forecast::History::default();
    let empty = nothing.back_test(date(2026, 10, 29), 30, known, &past.open, runs);
    assert_eq!(empty.err(), Some(Error::Split));
}

/// Twenty-four lives of six agencies: what the forecast says of the sixth month is nearer to it
/// than both references, its 80% interval holds about eight times in ten, and it neither paints
/// too black nor too white.
#[test]
fn a_month_is_forecast_from_the_months_before() {
    let (mut covered, mut of, mut actual, mut expected) = (0, 0, 0.0, 0.0);
    let mut errors = [0.0; 3];
    for seed in 1..=24 {
        let past = office::work(&A_DAY[3..9], date(2026, 6, 1), at("2026-11-30T00:00"), seed * 977);
        let known = (&past.offices[..], &past.procedures[..]);
        let runs = Runs::new(60, seed).unwrap();
        let history = past.history();
        let test = history.back_test(date(2026, 10, 29), 30, known, &past.open, runs).unwrap();
        assert_eq!((test.agencies.len(), test.covered.of), (6, 6));
        covered += test.covered_where_late.covered;
        of += test.covered_where_late.of;
        actual += test.agencies.iter().map(|a| f64::from(a.actual)).sum::<f64>();
        expected += test.agencies.iter().map(|a| a.forecast.mean).sum::<f64>();
        let of_test = [test.forecast, test.last_period, test.weekdays];
        errors.iter_mut().zip(of_test).for_each(|(sum, errors)| *sum += errors.period);
    }
    let share = f64::from(covered) / f64::from(of);
    assert!((0.7..0.92).contains(&share), "{covered} of {of}");
    assert!((0.85..1.15).contains(&(expected / actual)), "{expected} for {actual}");
    assert!(errors[0] < errors[1] && errors[0] < errors[2], "{errors:?}");
}

#[test]
fn a_model_of_what_was_gathered_runs() {
    let past = office::work(&A_DAY, date(2026, 9, 1), at("2026-11-30T00:00"), 3);
    let span = at("2026-09-01T00:00")..at("2026-11-30T00:00");
    let inputs = past.history().inputs(span, &past.offices, &past.procedures, &past.open);
    let model = Model::new(&inputs, 30, forecast::FEW).unwrap();
    assert_eq!((model.parts(), model.steps()), (12, 36));
    let forecast = model.forecast(Runs::new(20, 1).unwrap());
    assert!(forecast.notes.is_empty(), "{:?}", forecast.notes);
    // Three months of one procedure are enough: nothing rests on few observations.
    assert_eq!(forecast.province.evidence.few, 0.0);
    // Nobody came on the days of rest, and none of them came after three days of rest.
    assert_eq!(forecast.province.evidence.unlike_days, 0.0);
}
