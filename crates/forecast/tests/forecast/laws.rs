//! What holds in every province.

use std::num::NonZeroUsize;

use calendar::WorkingTime;
use forecast::{Change, Model, Runs};
use proptest::prelude::*;

use crate::common::{agency, any_province, one_queue, step};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    /// No case is lost and none appears from nowhere, whatever the routes, pauses and branches.
    #[test]
    fn what_begins_ends_or_is_left(seed in 0..1_000_000_u64) {
        let inputs = any_province(seed);
        let forecast = Model::new(&inputs, 14, 12).unwrap().forecast(Runs::new(5, seed).unwrap());
        let flow = forecast.flow;
        prop_assert!((flow.open + flow.came - flow.ended - flow.left).abs() < 1e-6, "{:?}", flow);
        prop_assert_eq!(flow.open, inputs.open.len() as f64);
        for day in &forecast.province.days {
            prop_assert!(day.waiting.mean <= day.in_hand + 1e-9);
            prop_assert!(day.late.low <= day.late.median && day.late.median <= day.late.high);
            prop_assert!(day.utilisation.is_none_or(|used| (0.0..=1.0 + 1e-9).contains(&used)), "{:?}", day);
        }
        // What agencies and steps come to is what the province comes to.
        let late = forecast.province.late.mean;
        let agencies: f64 = forecast.agencies.iter().map(|(_, outlook)| outlook.late.mean).sum();
        let steps: f64 = forecast.steps.iter().map(|step| step.outlook.late.mean).sum();
        prop_assert!((late - agencies).abs() < 1e-6 && (late - steps).abs() < 1e-6);
        prop_assert!(forecast.at_risk.iter().all(|risk| (0.0..=1.0).contains(&risk.probability)));
    }

    /// The seed says everything; the threads say nothing.
    #[test]
    fn threads_change_nothing(seed in 0..1_000_000_u64) {
        let model = Model::new(&any_province(seed), 10, 12).unwrap();
        let runs = Runs::new(23, seed).unwrap();
        let one = model.forecast(runs);
        for threads in [2, 3, 7] {
            let mut many = model.forecast(runs.on(NonZeroUsize::new(threads).unwrap()));
            many.runs = one.runs;
            prop_assert_eq!(&many, &one);
        }
        prop_assert_eq!(model.forecast(runs), one);
    }

    /// In one queue that is served as it came, one officer more makes nothing later, in any run:
    /// each case begins no later than without.
    #[test]
    fn an_officer_more_makes_nothing_later_in_one_queue(
        officers in 0..4_u16, a_day in 1..60_u32, minutes in 5..90_u64, seed in any::<u64>(),
    ) {
        let work = WorkingTime::minutes(minutes);
        let inputs = one_queue(officers, f64::from(a_day), work, "1 working_day");
        let model = Model::new(&inputs, 14, 12).unwrap();
        let more = Change::Officers { agency: agency(0), step: step("thẩm-định"), more: 1 };
        let province = model.compare(&[more], Runs::new(10, seed).unwrap()).unwrap().province;
        prop_assert!(province.more.high <= 0.0 && province.more.mean <= 0.0, "{:?}", province);
    }

    /// Between several steps an officer more can reorder what comes to the next queue, and there
    /// make a case late that was not; but over all runs it costs at most a trifle.
    #[test]
    fn officers_everywhere_help_where_cases_go_through_many_queues(seed in 0..1_000_000_u64) {
        let inputs = any_province(seed);
        let model = Model::new(&inputs, 14, 12).unwrap();
        let steps = model.forecast(Runs::new(1, 0).unwrap()).steps;
        let more = |s: &forecast::StepOutlook| {
            Change::Officers { agency: s.agency, step: s.step.clone(), more: 20 }
        };
        let changes: Vec<Change> = steps.iter().map(more).collect();
        let province = model.compare(&changes, Runs::new(30, seed).unwrap()).unwrap().province;
        prop_assert!(province.more.mean <= 0.0, "{:?}", province);
    }
}
