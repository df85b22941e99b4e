//! What if: one thing changes, and chance stays the same.

use calendar::Allowance;
use forecast::{Change, Comparison, Error, Model, Promise, Runs};
use jiff::civil::date;

use crate::common::{agency, any_province, one_agency, procedure, step};

fn runs() -> Runs {
    Runs::new(60, 4).unwrap()
}

/// Two examiners whose time is taken to nine tenths.
fn busy() -> Model {
    Model::new(&one_agency(17, 50, [1, 2, 1], "1 working_day"), 30, 12).unwrap()
}

fn what_if(change: Change) -> Comparison {
    busy().compare(&[change], runs()).unwrap()
}

fn examiners() -> (kernel::AgencyId, forecast::StepName) {
    (agency(0), step("thẩm-định"))
}

#[test]
fn two_more_officers_make_less_late() {
    let (agency, step) = examiners();
    let more = what_if(Change::Officers { agency, step, more: 2 }).province;
    assert!(more.without.mean > 5.0 && more.with.mean < 0.2 * more.without.mean, "{more:?}");
}

/// With the same chance on both sides, a small change is told from nought by runs that would
/// say nothing with chance of their own.
#[test]
fn common_chance_makes_a_small_difference_sharp() {
    let procedure = procedure(1);
    let work = what_if(Change::Work { procedure, step: Some(step("ký")), percent: 80 }).province;
    assert!(work.more.mean.abs() < 0.2 * work.without.mean, "{work:?}");
    assert!(work.error < 0.2 * work.error_unpaired, "{work:?}");
}

#[test]
fn an_officer_who_is_away_leaves_work_behind() {
    let (agency, step) = examiners();
    let (from, to) = (date(2026, 12, 14), date(2026, 12, 18));
    let away = Change::Away { agency, step: step.clone(), officers: 1, from, to };
    assert!(what_if(away.clone()).province.more.mean > 5.0);
    let forecast = busy().with(&[away]).unwrap().forecast(runs());
    let waiting: Vec<f64> = forecast.province.days.iter().map(|day| day.waiting.mean).collect();
    // The queue grows through the week, and shrinks when the officer is back.
    assert!(waiting[11] > waiting[7] && waiting[29] < waiting[11], "{waiting:?}");
    let late = Change::Away { agency, step, officers: 1, from, to: date(2027, 3, 1) };
    assert_eq!(busy().with(&[late]).err(), Some(Error::Outside(date(2027, 3, 1))));
}

#[test]
fn a_holiday_more_is_a_day_without_work() {
    let holiday = Change::Holiday { date: date(2026, 12, 16) };
    let (without, with) =
        (busy().forecast(runs()), busy().with(&[holiday]).unwrap().forecast(runs()));
    assert!(without.province.days[9].utilisation.is_some());
    assert_eq!(with.province.days[9].utilisation, None);
    // Who would have come comes all the same.
    assert_eq!(without.flow.came, with.flow.came);
    assert!(with.province.days[10].waiting.mean > without.province.days[10].waiting.mean);
}

#[test]
fn more_or_fewer_cases_come() {
    let come = |percent| {
        let change = Change::Arrivals { agency: None, procedure: Some(procedure(1)), percent };
        busy().with(&[change]).unwrap().forecast(runs()).flow.came
    };
    let usual = busy().forecast(runs()).flow.came;
    assert_eq!((come(100), come(0), come(300)), (usual, 0.0, 3.0 * usual));
    assert!((come(120) / usual - 1.2).abs() < 0.02 && (come(80) / usual - 0.8).abs() < 0.02);
    let more = Change::Arrivals { agency: Some(agency(0)), procedure: None, percent: 120 };
    assert!(what_if(more).province.more.low > 0.0);
    let tenfold = Change::Arrivals { agency: None, procedure: None, percent: 1001 };
    assert_eq!(busy().with(&[tenfold]).err(), Some(Error::Percent));
}

#[test]
fn a_shorter_promise_is_broken_more_often_and_shorter_work_less() {
    let promise = Promise::Within(Allowance::WorkingHours(3));
    let shorter = what_if(Change::Promise { procedure: procedure(1), promise }).province;
    assert!(shorter.more.low > 0.0, "{shorter:?}");
    let cut =
        Change::Work { procedure: procedure(1), step: Some(step("thẩm-định")), percent: 70 };
    let less = what_if(cut).province;
    assert!(less.with.mean < 0.5 * less.without.mean, "{less:?}");
}

#[test]
fn officers_are_lent_within_an_agency() {
    let lend = |from: &str, to: &str, officers| Change::Lend {
        agency: agency(0),
        from: step(from),
        to: step(to),
        officers,
    };
    let model = Model::new(&one_agency(17, 50, [2, 2, 1], "1 working_day"), 30, 12).unwrap();
    let lent = model.compare(&[lend("nhận", "thẩm-định", 1)], runs()).unwrap();
    assert!(lent.province.more.mean < 0.0);
    let refused = |change| model.with(&[change]).err();
    let too_many = refused(lend("nhận", "thẩm-định", 3));
    assert_eq!(too_many, Some(Error::Officers(agency(0), step("nhận"))));
    assert_eq!(refused(lend("ký", "ký", 1)), Some(Error::Lend));
    assert_eq!(refused(lend("x", "ký", 1)), Some(Error::Nowhere(agency(0), step("x"))));
}

/// Cases that are due in a day and cases that have a week wait in one queue, and now and then
/// more come than can be done.
#[test]
fn what_is_due_first_is_better_taken_first() {
    let mut inputs = one_agency(8, 50, [1, 2, 1], "1 working_day");
    let mut patient = inputs.procedures[0].clone();
    patient.code = procedure(2);
    patient.promise = Some(Promise::Within(Allowance::WorkingDays(5)));
    inputs.procedures.push(patient);
    let stays: Vec<_> =
        inputs.stays.iter().map(|(at, stays)| (at.clone(), stays.clone())).collect();
    let also = |at: forecast::At| forecast::At { procedure: procedure(2), ..at };
    inputs.stays.extend(stays.into_iter().map(|(at, stays)| (also(at), stays)));
    let mut stream = inputs.arrivals.streams[0].clone();
    stream.at = also(stream.at);
    stream.counts.iter_mut().for_each(|count| *count += *count / 8);
    inputs.arrivals.streams.push(stream);
    let (agency, step) = examiners();
    let model = Model::new(&inputs, 30, 12).unwrap();
    let by_due = model.compare(&[Change::ByDue { agency, step }], runs()).unwrap().province;
    assert!(by_due.without.mean > 5.0, "{by_due:?}");
    assert!(by_due.with.mean < 0.3 * by_due.without.mean, "{by_due:?}");
}

#[test]
fn overtime_is_bounded_by_law() {
    let overtime = |minutes| {
        let (agency, step) = examiners();
        Change::Overtime { agency, step, minutes }
    };
    assert!(what_if(overtime(90)).province.more.mean < 0.0);
    assert_eq!(busy().with(&[overtime(241)]).err(), Some(Error::Overtime));
    assert_eq!(busy().with(&[overtime(120), overtime(121)]).err(), Some(Error::Overtime));
}

#[test]
fn what_one_agency_does_does_not_touch_those_it_shares_nothing_with() {
    let mut inputs = one_agency(17, 50, [1, 2, 1], "1 working_day");
    let other = any_province(2);
    let twin = |at: &forecast::At| forecast::At { agency: agency(9), ..at.clone() };
    let mut office = other.offices[0].clone();
    office.agency = agency(9);
    inputs.offices.push(office);
    let stays: Vec<_> = inputs.stays.iter().map(|(at, stays)| (twin(at), stays.clone())).collect();
    inputs.stays.extend(stays);
    let mut stream = inputs.arrivals.streams[0].clone();
    stream.at = twin(&stream.at);
    inputs.arrivals.streams.push(stream);
    let teams = inputs.teams.clone().into_iter();
    inputs.teams.extend(teams.map(|team| forecast::Team { agency: agency(9), ..team }));
    let model = Model::new(&inputs, 30, 12).unwrap();
    assert_eq!(model.parts(), 2);
    let (agency, step) = examiners();
    let more = model.compare(&[Change::Officers { agency, step, more: 1 }], runs()).unwrap();
    assert_eq!(more.agencies.len(), 1);
    assert_eq!(more.agencies[0].0, agency);
}
