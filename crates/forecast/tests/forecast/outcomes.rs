//! When things go wrong: each has a defined outcome that can be seen.

use calendar::WorkingTime;
use forecast::{
    Arrived, Basis, Change, Error, History, Inputs, Model, Note, Record, Resumed, Runs, StepDone,
    Successors, Team,
};

use crate::common::{
    agency, any_province, at, case, next, one_queue, open, place, procedure, province, rule, step,
};

fn runs() -> Runs {
    Runs::new(20, 9).unwrap()
}

fn done(n: u64, a: u32, entered: &str, done: &str) -> Record {
    Record::Done(StepDone {
        case: case(n),
        at: place(a, 1, "ký"),
        post: None,
        entered: at(entered),
        done: at(done),
        due: None,
        held: WorkingTime::ZERO,
        next: vec![],
    })
}

#[test]
fn without_any_history_nothing_comes_and_it_is_said() {
    let empty = province("2026-12-07T08:00:00", 2);
    let forecast = Model::new(&empty, 30, 12).unwrap().forecast(runs());
    assert_eq!(forecast.notes, [Note::NoHistory]);
    assert_eq!((forecast.flow.came, forecast.province.late.high), (0.0, 0.0));
    assert_eq!((forecast.province.share, forecast.agencies.len()), (None, 0));
}

#[test]
fn open_work_without_history_takes_the_limits_of_its_steps() {
    let mut inputs = province("2026-12-07T08:00:00", 1);
    inputs.procedures.push(forecast::Procedure {
        code: procedure(1),
        promise: None,
        steps: vec![rule("thẩm-định", 8, Some("ký")), rule("ký", 4, None)],
    });
    // 12 working hours from 08:00: the first is done by noon on Tuesday, the second is not.
    let (late, in_time) = ("2026-12-08T11:00", "2026-12-08T12:30");
    let here = || place(0, 1, "thẩm-định");
    inputs.open.push(open(1, here(), "2026-12-07T07:30", late));
    inputs.open.push(open(2, here(), "2026-12-07T07:30", in_time));
    let forecast = Model::new(&inputs, 5, 12).unwrap().forecast(runs());
    assert_eq!(forecast.at_risk.len(), 1);
    assert_eq!((forecast.at_risk[0].case, forecast.at_risk[0].probability), (case(1), 1.0));
    assert_eq!(forecast.province.late.mean, 1.0);
    let by_limit = Basis::ALL.iter().position(|basis| *basis == Basis::Limit).unwrap();
    assert_eq!(forecast.province.evidence.shares[by_limit], 1.0);
    assert_eq!(forecast.province.evidence.few, 1.0);
    let nobody = |s| Note::NoTeam(agency(0), step(s));
    assert!([nobody("thẩm-định"), nobody("ký")].iter().all(|note| forecast.notes.contains(note)));
}

#[test]
fn clocks_that_jump_are_dropped_and_counted() {
    let mut history = History::new(Successors::default());
    history.add(done(1, 0, "2026-11-03T10:00", "2026-11-03T09:00"));
    history.add(done(2, 0, "2026-11-03T10:00", "2026-11-03T11:00"));
    history.add(done(3, 0, "2026-11-03T10:00", "2027-11-03T11:00"));
    history.add(done(4, 0, "2020-11-03T10:00", "2020-11-03T11:00"));
    history.add(done(5, 7, "2026-11-03T10:00", "2026-11-03T11:00"));
    history.add(Record::Resumed(Resumed {
        procedure: procedure(1),
        from: at("2026-11-04T10:00"),
        to: at("2026-11-03T10:00"),
    }));
    let offices = province("2026-12-07T08:00:00", 1).offices;
    let span = at("2026-01-01T00:00")..at("2026-12-07T08:00");
    let inputs = history.inputs(span, &offices, &[], &[]);
    let dropped = inputs.dropped;
    assert_eq!((dropped.backwards, dropped.ahead), (2, 1));
    assert_eq!((dropped.before, dropped.nowhere), (1, 1));
    assert_eq!(inputs.stays[&place(0, 1, "ký")].len(), 1);
}

#[test]
fn a_step_whose_team_has_no_officer_lets_nothing_through() {
    let inputs = one_queue(0, 10.0, WorkingTime::minutes(5), "1 working_day");
    let forecast = Model::new(&inputs, 14, 12).unwrap().forecast(runs());
    assert_eq!(forecast.notes, [Note::NoOfficer(agency(0), step("thẩm-định"))]);
    assert_eq!((forecast.flow.ended, forecast.province.on_time.high), (0.0, 0.0));
    assert_eq!(forecast.province.share.unwrap().high, 0.0);
    assert!(forecast.province.days.iter().all(|day| day.utilisation.is_none()));
    // Where somebody comes, the note goes.
    let more = Change::Officers { agency: agency(0), step: step("thẩm-định"), more: 1 };
    let helped = Model::new(&inputs, 14, 12).unwrap().with(&[more]).unwrap().forecast(runs());
    assert_eq!((helped.notes, helped.province.share.unwrap().mean), (vec![], 1.0));
}

#[test]
fn what_an_agency_did_before_a_merger_counts_for_its_successor() {
    let mut history = History::new([(agency(1), agency(0))].into_iter().collect());
    for n in 0..20 {
        history.add(done(n, (n % 2) as u32, "2026-11-03T10:00", "2026-11-03T11:00"));
        let (at, when) = (place((n % 2) as u32, 1, "ký"), at("2026-11-04T09:00"));
        history.add(Record::Arrived(Arrived { at, when }));
    }
    let offices = province("2026-12-07T08:00:00", 1).offices;
    let old = open(1, place(1, 1, "ký"), "2026-12-04T10:00", "2026-12-10T10:00");
    let span = at("2026-01-01T00:00")..at("2026-12-07T08:00");
    let inputs = history.inputs(span, &offices, &[], &[old]);
    assert_eq!(inputs.dropped.nowhere, 0);
    assert_eq!(inputs.stays[&place(0, 1, "ký")].len(), 20);
    assert_eq!(inputs.arrivals.streams.len(), 1);
    assert_eq!(inputs.open[0].at.agency, agency(0));
}

#[test]
fn whoever_does_several_steps_is_counted_once() {
    let mut history = History::new(Successors::default());
    let mut did = |n: u64, name: &str, seat: usize| {
        history.add(Record::Done(StepDone {
            case: case(n),
            at: place(0, 1, name),
            post: Some(crate::office::post(agency(0), seat)),
            entered: at("2026-11-20T08:00"),
            done: at("2026-11-20T10:00"),
            due: None,
            held: WorkingTime::ZERO,
            next: vec![],
        }));
    };
    // Two clerks receive and return; a third stood in once; others examine.
    for n in 0..40 {
        did(n, "nhận", n as usize % 2);
        did(n, "trả", n as usize % 2);
        did(n, "thẩm-định", 5 + n as usize % 3);
    }
    did(99, "nhận", 5);
    let offices = province("2026-12-07T08:00:00", 1).offices;
    let span = at("2026-01-01T00:00")..at("2026-12-07T08:00");
    let teams = history.inputs(span, &offices, &[], &[]).teams;
    let desk = Team { agency: agency(0), steps: vec![step("nhận"), step("trả")], officers: 2 };
    let examiners = Team { agency: agency(0), steps: vec![step("thẩm-định")], officers: 3 };
    assert_eq!(teams, [desk, examiners]);
}

#[test]
fn where_nothing_comes_only_what_is_open_is_done() {
    let mut inputs = one_queue(1, 0.0, WorkingTime::minutes(5), "1 working_day");
    inputs.open.push(open(1, place(0, 1, "thẩm-định"), "2026-12-04T10:00", "2026-12-10T10:00"));
    let forecast = Model::new(&inputs, 14, 12).unwrap().forecast(runs());
    assert_eq!((forecast.flow.came, forecast.flow.ended), (0.0, 1.0));
    assert_eq!(forecast.province.share.unwrap().mean, 1.0);
}

#[test]
fn a_clock_that_stands_goes_on_with_what_was_left() {
    let mut inputs = one_queue(1, 0.0, WorkingTime::minutes(60), "1 working_day");
    let mut rests = open(1, place(0, 1, "thẩm-định"), "2026-12-01T10:00", "2026-12-02T10:00");
    rests.paused = Some(at("2026-12-01T16:00"));
    inputs.open.push(rests);
    // Nobody knows how long pauses last: it rests.
    let forecast = Model::new(&inputs, 14, 12).unwrap().forecast(runs());
    assert_eq!(forecast.notes, [Note::Resting(1)]);
    assert_eq!((forecast.flow.left, forecast.province.late.high), (1.0, 0.0));
    // Pauses last a week: it goes on, is due three working hours later, and done in about one.
    inputs.pauses.insert(procedure(1), vec![7 * 86_400]);
    let forecast = Model::new(&inputs, 14, 12).unwrap().forecast(Runs::new(200, 9).unwrap());
    assert_eq!(forecast.flow.ended, 1.0);
    assert!((0.01..0.15).contains(&forecast.province.late.mean), "{:?}", forecast.province.late);
}

#[test]
fn routes_in_a_circle_come_to_an_end() {
    let mut inputs = one_queue(50, 5.0, WorkingTime::seconds(1), "1 working_day");
    let here = place(0, 1, "thẩm-định");
    let back = [(vec![next(0, "thẩm-định")], 50)].into_iter().collect();
    inputs.routes.insert(here, back);
    let forecast = Model::new(&inputs, 7, 12).unwrap().forecast(runs());
    assert!(forecast.flow.cut > 0.0 && forecast.flow.cut == forecast.flow.ended);
}

#[test]
fn branches_join_and_the_case_ends_once() {
    let mut inputs = province("2026-12-07T07:30:00", 1);
    let both = vec![next(0, "a"), next(0, "b")];
    inputs.routes.insert(place(0, 1, "nhận"), [(both, 40)].into_iter().collect());
    let mut last = rule("ký", 1, None);
    last.join = true;
    inputs.procedures.push(forecast::Procedure {
        code: procedure(1),
        promise: None,
        steps: vec![
            rule("nhận", 1, Some("a")),
            rule("a", 2, Some("ký")),
            rule("b", 5, Some("ký")),
            last,
        ],
    });
    // 1 hour, then the longer of 2 and 5, then 1: due after 7 hours and done in time.
    inputs.open.push(open(1, place(0, 1, "nhận"), "2026-12-07T07:30", "2026-12-07T15:30"));
    inputs.open.push(open(2, place(0, 1, "nhận"), "2026-12-07T07:30", "2026-12-07T15:29"));
    let forecast = Model::new(&inputs, 3, 12).unwrap().forecast(runs());
    assert_eq!((forecast.flow.open, forecast.flow.ended), (2.0, 2.0));
    let late: Vec<_> = forecast.at_risk.iter().map(|risk| risk.case).collect();
    assert_eq!(late, [case(2)]);
    assert_eq!(forecast.province.late.mean, 1.0);
}

#[test]
fn what_cannot_be_forecast_is_refused() {
    let inputs = any_province(3);
    let refused = |inputs: &Inputs, days| Model::new(inputs, days, 12).err();
    assert_eq!(refused(&inputs, 0), Some(Error::Days { max: 92 }));
    assert_eq!(refused(&inputs, 93), Some(Error::Days { max: 92 }));
    assert_eq!(Runs::new(0, 1).err(), Some(Error::Runs { max: 10_000 }));
    let mut elsewhere = inputs.clone();
    elsewhere.open.push(open(99, place(77, 1, "ký"), "2026-12-01T10:00", "2026-12-10T10:00"));
    assert_eq!(refused(&elsewhere, 9), Some(Error::Hours(agency(77))));
    let mut twice = inputs;
    twice.teams.push(Team { agency: agency(0), steps: vec![step("ký")], officers: 1 });
    assert_eq!(refused(&twice, 9), Some(Error::TwoTeams(agency(0), step("ký"))));
}
