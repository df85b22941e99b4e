//! What could be done, and what it would change.

use std::collections::BTreeSet;

use crate::{
    Direction, Error, Inputs, Number, Part, Result, Scenario, Scorecard,
    judge::{Judged, judge},
};

/// More actions than this are not weighed against each other.
pub const ACTIONS_MAX: usize = 200;

/// More levels of one action than this are refused.
pub const LEVELS_MAX: usize = 2_000;

/// Something that could be done, not at all or to one of its levels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Action {
    /// Its name, once in a question.
    pub id: String,
    /// Who answers for it: an opaque id, usually of a head's post.
    pub owner: String,
    /// Its levels, each costing more than the one before; one level is a yes or no.
    pub levels: Vec<Level>,
}

/// How far an action may go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Level {
    /// What it costs, in the unit of the question (days of work, millions of đồng); not in
    /// addition to the levels before it.
    pub effort: u32,
    /// What it changes; not in addition to the levels before it.
    pub changes: Vec<Change>,
}

/// How an input changes. Changes of several actions add up; what leaves the bounds of the input
/// ends at the bound.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The name of the input.
    pub input: String,
    /// By how much, as it is expected.
    pub by: Number,
    /// By how much, if it goes badly; as expected where nothing is said.
    pub worst: Option<Number>,
    /// By how much, if it goes well; as expected where nothing is said.
    pub best: Option<Number>,
}

impl Change {
    /// A change that is as sure as can be.
    #[must_use]
    pub fn sure(input: &str, by: impl Into<Number>) -> Self {
        Self { input: input.to_owned(), by: by.into(), worst: None, best: None }
    }

    pub(crate) fn under(&self, scenario: Scenario) -> &Number {
        let other = match scenario {
            Scenario::Worst => self.worst.as_ref(),
            Scenario::Stated => None,
            Scenario::Best => self.best.as_ref(),
        };
        other.unwrap_or(&self.by)
    }
}

impl Action {
    /// An action that is done or not.
    #[must_use]
    pub fn once(id: &str, owner: &str, effort: u32, changes: Vec<Change>) -> Self {
        let levels = vec![Level { effort, changes }];
        Self { id: id.to_owned(), owner: owner.to_owned(), levels }
    }

    /// An action derived from the cases that a part lacks: with each unit of effort so many more
    /// of them are made good, until the part has all its points. None where nothing is lacking,
    /// or where more cases of that input do not help the part.
    ///
    /// # Errors
    /// [`Error::UnknownPart`], [`Error::UnknownInput`]; [`Error::TooMany`] where it would take
    /// more than [`LEVELS_MAX`] units.
    pub fn for_missing_cases(
        id: &str,
        owner: &str,
        (scorecard, inputs): (&Scorecard, &Inputs),
        (part, input): (&str, &str),
        cases_per_effort: u32,
    ) -> Result<Option<Self>> {
        let unknown = || Error::UnknownInput(input.to_owned());
        let place = scorecard.input_place(input).ok_or_else(unknown)?;
        let found = scorecard.parts().iter().find(|one| one.id == part);
        let found = found.ok_or_else(|| Error::UnknownPart(part.to_owned()))?;
        let helps = found.measure.direction(place) == Direction::Up;
        let cases = lacking(found, inputs).and_then(|cases| cases.to_u32());
        let Some(lacking) = cases.filter(|cases| *cases > 0 && helps && cases_per_effort > 0)
        else {
            return Ok(None);
        };
        let units = lacking.div_ceil(cases_per_effort);
        if units as usize > LEVELS_MAX {
            return Err(Error::TooMany { what: "levels of an action", most: LEVELS_MAX });
        }
        let name = scorecard.inputs()[place].name.as_str();
        let level = |effort: u32| {
            let cases = lacking.min(effort.saturating_mul(cases_per_effort));
            Level { effort, changes: vec![Change::sure(name, cases)] }
        };
        let levels = (1..=units).map(level).collect();
        Ok(Some(Self { id: id.to_owned(), owner: owner.to_owned(), levels }))
    }
}

/// How many more of its numerator a part needs for all its points, by the figures as stated and
/// the rule as it is taken. None for a part that is no ratio of figures that are there.
///
/// # Errors
/// [`Error::UnknownPart`].
pub fn missing_cases(scorecard: &Scorecard, inputs: &Inputs, part: &str) -> Result<Option<Number>> {
    let found = scorecard.parts().iter().find(|one| one.id == part);
    let found = found.ok_or_else(|| Error::UnknownPart(part.to_owned()))?;
    Ok(lacking(found, inputs))
}

pub(crate) fn lacking(part: &Part, inputs: &Inputs) -> Option<Number> {
    let (state, period) = (inputs.state(Scenario::Stated), inputs.period());
    let measure = &part.measure;
    if !matches!(judge(measure, &state, period), Judged::Share(_)) {
        return None;
    }
    let values = measure.denominators.iter().filter_map(|one| one.value(&state, period).ok());
    let below = values.into_iter().find(|value| *value > 0)?;
    let above = measure.numerator.value(&state, period).ok()?;
    let cases = (&below * &part.rule.full_share() - above).ceil();
    Some(cases.max(Number::zero()))
}

/// Refuses actions that no plan can be made of.
pub(crate) fn check(scorecard: &Scorecard, actions: &[Action]) -> Result<()> {
    if actions.len() > ACTIONS_MAX {
        return Err(Error::TooMany { what: "actions", most: ACTIONS_MAX });
    }
    let mut ids = BTreeSet::new();
    for action in actions {
        if !ids.insert(&action.id) {
            return Err(Error::ActionTwice(action.id.clone()));
        }
        if action.levels.len() > LEVELS_MAX {
            return Err(Error::TooMany { what: "levels of an action", most: LEVELS_MAX });
        }
        let rising = action.levels.windows(2).all(|two| two[0].effort < two[1].effort);
        if action.levels.is_empty() || !rising {
            return Err(Error::Levels(action.id.clone()));
        }
        for change in action.levels.iter().flat_map(|level| &level.changes) {
            if scorecard.input_place(&change.input).is_none() {
                return Err(Error::UnknownInput(change.input.clone()));
            }
            let low = change.under(Scenario::Worst).min(change.under(Scenario::Best));
            let high = change.under(Scenario::Worst).max(change.under(Scenario::Best));
            if change.by < *low || change.by > *high {
                return Err(Error::Disordered(change.input.clone()));
            }
        }
    }
    Ok(())
}
