//! How an agency stands by a scorecard: every input with where it comes from, and the score.

use std::collections::BTreeMap;

use desk::Furnished;
use directory::Directory;
use indicators::{AsOf, Period, Scope, Value, Why};
use kernel::AgencyId;
use scorecards::{Given, Inputs, Number, Scorecard, Scored, compute};
use store::Tx;

use crate::{
    Error, Result, Scoring,
    mapping::Mapping,
    model::{Assessment, AssessmentId, Frozen, Grade, Revision, Said, kind_of},
    queries,
};

/// How an agency stands.
#[derive(Debug)]
pub(crate) struct Standing {
    pub(crate) agency: AgencyId,
    pub(crate) assessment: Option<Assessment>,
    /// Of a closed assessment, as it was.
    pub(crate) revision: Option<Revision>,
    /// One for each input of the scorecard, in its order.
    pub(crate) lines: Vec<Line>,
    pub(crate) inputs: Inputs,
    pub(crate) scored: Scored,
    /// As of when the platform's figures are.
    pub(crate) as_of: Option<AsOf>,
}

/// An input.
#[derive(Debug)]
pub(crate) struct Line {
    pub(crate) given: Option<Given>,
    pub(crate) grade: Grade,
    /// The indicator that it is counted by, of whom and when.
    pub(crate) counted: Option<(String, Scope, Period)>,
    /// Why the platform has no figure.
    pub(crate) why: Option<Why>,
    /// Of a closed assessment: what is counted now, where that is another number.
    pub(crate) moved_to: Option<Number>,
    pub(crate) said: Option<Said>,
}

/// For whom the figures of an agency are: those of the topmost one are all.
pub(crate) fn scope_of(directory: &Directory, agency: AgencyId) -> Scope {
    let top = directory.agency(agency).is_some_and(|agency| agency.parent.is_none());
    if top { Scope::all() } else { Scope::agency(agency) }
}

/// How one agency stands.
pub(crate) fn standing(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    agency: AgencyId,
    period: Period,
) -> Result<Standing> {
    let mut all = standings(tx, scoring, card, &[agency], period)?;
    all.pop().ok_or(Error::NoSuch)
}

/// How some agencies stand, in one read of the cube.
pub(crate) fn standings(
    tx: &mut Tx<'_>,
    scoring: &Scoring,
    card: &Scorecard,
    agencies: &[AgencyId],
    period: Period,
) -> Result<Vec<Standing>> {
    let mapping = scoring.mapping(card.id())?;
    let only = match agencies {
        [one] => Some(*one),
        _ => None,
    };
    let assessments = queries::assessments(tx, scoring, card.id(), period, only)?;
    let mut said: BTreeMap<AssessmentId, Vec<Said>> = BTreeMap::new();
    for (id, one) in queries::said(tx, scoring, card.id(), period, only)? {
        said.entry(id).or_default().push(one);
    }
    let counted = Figures::read(tx, scoring, mapping, agencies, period)?;
    let directory = scoring.desk().front.directory.get();
    let mut standings = Vec::with_capacity(agencies.len());
    for (nth, agency) in agencies.iter().enumerate() {
        let assessment = assessments.get(agency).cloned();
        let said = assessment.as_ref().and_then(|of| said.remove(&of.id)).unwrap_or_default();
        let scope = scope_of(&directory, *agency);
        let mut lines = lines(card, mapping, (&counted, nth, &scope, period), said);
        let revision = match assessment.as_ref().filter(|of| of.closed.is_some()) {
            Some(of) => queries::newest_revision(tx, scoring, of.id)?,
            None => None,
        };
        if let Some(revision) = &revision {
            as_it_was(card, revision, &mut lines);
        }
        let inputs = inputs(card, &lines, period)?;
        let scored = compute(card, &inputs);
        let as_of = counted.as_of;
        standings.push(Standing {
            agency: *agency,
            assessment,
            revision,
            lines,
            inputs,
            scored,
            as_of,
        });
    }
    Ok(standings)
}

fn lines(
    card: &Scorecard,
    mapping: &Mapping,
    (figures, nth, scope, period): (&Figures, usize, &Scope, Period),
    mut said: Vec<Said>,
) -> Vec<Line> {
    let mut line = |name: &str| {
        if let Some(counted) = mapping.counted(name) {
            let value = figures.value(nth, &counted.indicator, counted.period.of(period));
            let why = value.err();
            let given = value.ok().map(|value| Given::verified(number(value)));
            let grade = if given.is_some() { Grade::A } else { Grade::Missing };
            let of = (counted.indicator.clone(), scope.clone(), counted.period.of(period));
            return Line { given, grade, counted: Some(of), why, moved_to: None, said: None };
        }
        let place = said.iter().position(|one| one.input == name);
        let said = place.map(|place| said.swap_remove(place));
        let grade = match &said {
            Some(said) if said.is_verified() => Grade::B,
            Some(_) => Grade::C,
            None => Grade::Missing,
        };
        let given = said.as_ref().map(Said::given);
        Line { given, grade, counted: None, why: None, moved_to: None, said }
    };
    card.inputs().iter().map(|input| line(&input.name)).collect()
}

/// A closed assessment shows what it was closed with.
fn as_it_was(card: &Scorecard, revision: &Revision, lines: &mut [Line]) {
    for (input, line) in card.inputs().iter().zip(lines) {
        let was = revision.lines.iter().find(|was| was.input == input.name);
        let now = line.given.take().filter(|_| line.counted.is_some()).map(|now| kept(&now.value));
        line.given = was.and_then(Frozen::given);
        line.moved_to = now.filter(|now| line.given.as_ref().is_none_or(|was| was.value != *now));
        line.grade = was.map_or(Grade::Missing, |was| was.grade);
        line.why = None;
    }
}

fn inputs(card: &Scorecard, lines: &[Line], period: Period) -> Result<Inputs> {
    let mut inputs = Inputs::none(card).of_period(kind_of(period));
    for (input, line) in card.inputs().iter().zip(lines) {
        if let Some(given) = &line.given {
            inputs = inputs.with(card, &input.name, given.clone())?;
        }
    }
    Ok(inputs)
}

/// What an assessment is closed with.
pub(crate) fn frozen(card: &Scorecard, lines: &[Line]) -> Vec<Frozen> {
    let both = card.inputs().iter().zip(lines);
    both.map(|(input, line)| Frozen {
        input: input.name.clone(),
        value: line.given.as_ref().map(|given| kept(&given.value)),
        worst: line.given.as_ref().and_then(|given| given.worst.as_ref().map(kept)),
        best: line.given.as_ref().and_then(|given| given.best.as_ref().map(kept)),
        grade: line.grade,
        indicator: line.counted.as_ref().map(|(code, ..)| code.clone()),
        published: None,
    })
    .collect()
}

/// A number as it is kept: so many digits of a share that no decimal is equal to.
pub(crate) fn kept(number: &Number) -> Number {
    const PLACES: u8 = 12;
    number.rounded(PLACES)
}

/// What the platform counted, as a number of a scorecard.
pub(crate) fn number(value: indicators::Exact) -> Number {
    let (above, below) = value.parts();
    Number::from(above).over(&below.into()).unwrap_or_default()
}

/// The platform's figures: agencies by periods by codes.
struct Figures {
    codes: Vec<String>,
    periods: Vec<Period>,
    grid: Option<indicators::Grid>,
    as_of: Option<AsOf>,
}

impl Figures {
    fn read(
        tx: &mut Tx<'_>,
        scoring: &Scoring,
        mapping: &Mapping,
        agencies: &[AgencyId],
        period: Period,
    ) -> Result<Self> {
        let mut codes: Vec<String> = mapping.inputs.iter().map(|i| i.indicator.clone()).collect();
        codes.sort_unstable();
        codes.dedup();
        let mut periods: Vec<Period> = mapping.inputs.iter().map(|i| i.period.of(period)).collect();
        periods.sort_unstable();
        periods.dedup();
        let mut figures = Self { codes, periods, grid: None, as_of: None };
        if figures.codes.is_empty() {
            return Ok(figures);
        }
        let desk = scoring.desk();
        let directory = desk.front.directory.get();
        let scopes = agencies.iter().map(|agency| scope_of(&directory, *agency)).collect();
        let codes: Vec<&str> = figures.codes.iter().map(String::as_str).collect();
        match desk.grid(tx, &codes, scopes, figures.periods.clone()) {
            Ok(grid) => {
                figures.as_of = Some(grid.as_of);
                figures.grid = Some(grid);
            }
            // An empty house has no figures yet, and pages all the same.
            Err(desk::Error::Figures(indicators::Error::Nothing)) => {}
            Err(error) => return Err(error.into()),
        }
        Ok(figures)
    }

    fn value(&self, agency: usize, code: &str, period: Period) -> Value {
        let code = self.codes.iter().position(|one| one == code);
        let period = self.periods.iter().position(|one| *one == period);
        match (&self.grid, code, period) {
            (Some(grid), Some(code), Some(period)) => grid.value(agency, period, code),
            _ => Err(Why::NothingCounted),
        }
    }
}
