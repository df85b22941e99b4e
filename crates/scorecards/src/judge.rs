//! What a measure comes to under some figures, and what it rests on.

use crate::{AtZero, Given, Inputs, Measure, Number, Part, Period, Rule, Step};

/// The share of a measure, or why there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Judged {
    /// Figures that are missing, by place.
    Missing(Vec<usize>),
    /// Nothing of nothing.
    Zero(AtZero),
    /// Not negative.
    Share(Number),
}

/// A measure whose figures are there, as far as they matter.
struct Measured {
    /// May be missing only where there is nothing to count it of.
    numerator: Option<Number>,
    /// Those that were looked at: all zero but the last.
    denominators: Vec<Number>,
    share: Option<Number>,
}

/// Judges a measure under a state.
pub(crate) fn judge(measure: &Measure, state: &[Option<Number>], period: Period) -> Judged {
    match measured(measure, state, period) {
        Err(missing) => Judged::Missing(missing),
        Ok(Measured { share: Some(share), .. }) => Judged::Share(share),
        Ok(_) => Judged::Zero(measure.at_zero),
    }
}

/// How the share of a measure comes about; nothing where figures are missing.
pub(crate) fn steps(measure: &Measure, state: &[Option<Number>], period: Period) -> Vec<Step> {
    let Ok(found) = measured(measure, state, period) else { return Vec::new() };
    let mut steps = Vec::new();
    if let Some(value) = found.numerator {
        let below = value.is_negative().then(|| Step::BelowZero { value: value.clone() });
        steps.push(Step::Numerator { formula: measure.numerator.to_string(), value });
        steps.extend(below);
    }
    for (denominator, value) in measure.denominators.iter().zip(found.denominators) {
        let formula = denominator.to_string();
        steps.push(Step::Denominator { formula, value });
    }
    match found.share {
        None => steps.push(Step::ZeroDenominator { gives: measure.at_zero }),
        Some(share) => {
            let above = share > 1;
            steps.push(Step::Share { value: share });
            steps.extend(above.then_some(Step::AboveWhole));
        }
    }
    steps
}

fn measured(
    measure: &Measure,
    state: &[Option<Number>],
    period: Period,
) -> Result<Measured, Vec<usize>> {
    let lacking = |_| missing(measure, state);
    let numerator = measure.numerator.value(state, period);
    let counted = |number: &Number| number.clone().max(Number::zero());
    if measure.denominators.is_empty() {
        let numerator = numerator.map_err(lacking)?;
        let share = Some(counted(&numerator));
        return Ok(Measured { numerator: Some(numerator), denominators: Vec::new(), share });
    }
    let mut denominators = Vec::new();
    for (nth, denominator) in measure.denominators.iter().enumerate() {
        match denominator.value(state, period) {
            Ok(value) => denominators.push(value),
            // Only the first has to be there: the others stand in for it.
            Err(place) if nth == 0 => return Err(lacking(place)),
            Err(_) => break,
        }
        if denominators.last().is_some_and(|value| *value > 0) {
            break;
        }
    }
    let Some(by) = denominators.last().filter(|value| **value > 0) else {
        return Ok(Measured { numerator: numerator.ok(), denominators, share: None });
    };
    let numerator = numerator.map_err(lacking)?;
    let share = counted(&numerator).over(by);
    Ok(Measured { numerator: Some(numerator), denominators, share })
}

/// What the first denominator and the numerator lack.
fn missing(measure: &Measure, state: &[Option<Number>]) -> Vec<usize> {
    let mut places = measure.numerator.inputs();
    places.extend(measure.denominators.first().iter().flat_map(|one| one.inputs()));
    places.retain(|place| state[*place].is_none());
    places.sort_unstable();
    places.dedup();
    places
}

/// The points under one reading; none where there are none.
pub(crate) fn points(part: &Part, rule: &Rule, judged: &Judged) -> Option<Number> {
    match judged {
        Judged::Missing(_) | Judged::Zero(AtZero::None) => None,
        Judged::Zero(AtZero::Zero) => Some(Number::zero()),
        Judged::Zero(AtZero::Full) => Some(part.maximum.clone()),
        Judged::Share(share) => Some(rule.points(share, &part.maximum)),
    }
}

/// The figures that a measure rests on as they are `stated`: what stands in for a denominator
/// counts only where it does.
pub(crate) fn rests_on<'i>(
    measure: &Measure,
    inputs: &'i Inputs,
    stated: &[Option<Number>],
) -> impl Iterator<Item = &'i Given> {
    let mut places = measure.numerator.inputs();
    for denominator in &measure.denominators {
        places.extend(denominator.inputs());
        if denominator.value(stated, inputs.period()).is_ok_and(|value| value > 0) {
            break;
        }
    }
    places.into_iter().filter_map(|place| inputs.get(place))
}

/// Whether a review may strike a part: it rests on something self-assessed, and nobody said
/// what would be left.
pub(crate) fn may_be_struck(measure: &Measure, inputs: &Inputs, stated: &[Option<Number>]) -> bool {
    rests_on(measure, inputs, stated).any(Given::may_be_struck)
}
