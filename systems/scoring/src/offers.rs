//! What could be done for a score: derived from the cases that a part lacks, or written down by
//! somebody; each with what it costs and who answers for it.

use std::collections::BTreeMap;

use kernel::PostId;
use scorecards::{Action, Change, Inputs, Level, Number, Scorecard, missing_cases};

use crate::{
    Result,
    mapping::{Lever, Mapping, Way},
    model::{OwnAction, PartSettings},
};

/// Levels of a derived action: so many points of the curve, and no more work for the solver.
const LEVELS_MAX: u32 = 24;
/// Most days of work of one action; beyond, it is no matter of days.
const EFFORT_MAX: u32 = 100_000;

/// Something that could be done, with the words for it.
#[derive(Debug, Clone)]
pub(crate) struct Offer {
    pub(crate) action: Action,
    /// The part that it is for; of an own action the first that looks at its input.
    pub(crate) part: Option<String>,
    pub(crate) kind: OfferKind,
    pub(crate) post: Option<PostId>,
}

/// Where it comes from.
#[derive(Debug, Clone)]
pub(crate) enum OfferKind {
    /// From the cases that a part lacks.
    Derived {
        lever: Lever,
        /// How many cases a day makes good.
        a_day: Number,
        /// By how much the input changes at each level.
        cases: Vec<u32>,
    },
    /// Written down.
    Own(OwnAction),
}

/// Everything that could be done. Where somebody wrote down what is to be done about a part, that
/// stands in place of what could be derived for it.
pub(crate) fn offers(
    card: &Scorecard,
    inputs: &Inputs,
    mapping: &Mapping,
    settings: &BTreeMap<String, PartSettings>,
    own: &[OwnAction],
) -> Result<Vec<Offer>> {
    let mut offers: Vec<Offer> = own.iter().map(|one| of_own(card, settings, one)).collect();
    let taken: Vec<String> = offers.iter().filter_map(|offer| offer.part.clone()).collect();
    for part in card.parts().iter().filter(|part| !part.maximum.is_zero()) {
        let Some(lever) = mapping.lever(&part.id).filter(|_| !taken.contains(&part.id)) else {
            continue;
        };
        let of_part = settings.get(&part.id);
        let a_day = of_part.and_then(|of| of.a_day.clone()).unwrap_or_else(|| lever.a_day.clone());
        if let Some(offer) = derived(card, inputs, lever, &a_day, of_part.and_then(|of| of.post))? {
            offers.push(offer);
        }
    }
    Ok(offers)
}

fn of_own(card: &Scorecard, settings: &BTreeMap<String, PartSettings>, own: &OwnAction) -> Offer {
    let place = card.inputs().iter().position(|input| input.name == own.input);
    let looks = |part: &&scorecards::Part| {
        !part.maximum.is_zero() && place.is_some_and(|place| part.measure.inputs().contains(&place))
    };
    let part = card.parts().iter().find(looks).map(|part| part.id.clone());
    let of_part = part.as_ref().and_then(|part| settings.get(part));
    let post = own.post.or_else(|| of_part.and_then(|of| of.post));
    let change = Change {
        input: own.input.clone(),
        by: own.by.clone(),
        worst: own.worst.clone(),
        best: own.best.clone(),
    };
    let action = Action::once(&own.id.to_string(), &owner(post), own.effort, vec![change]);
    Offer { action, part, kind: OfferKind::Own(own.clone()), post }
}

/// What the missing cases of a part come to; none where nothing is lacking.
fn derived(
    card: &Scorecard,
    inputs: &Inputs,
    lever: &Lever,
    a_day: &Number,
    post: Option<PostId>,
) -> Result<Option<Offer>> {
    let lacking = missing_cases(card, inputs, &lever.id)?.and_then(|cases| cases.to_u32());
    let Some(mut lacking) = lacking.filter(|_| *a_day > 0) else { return Ok(None) };
    if lever.way == Way::Down {
        let place = card.inputs().iter().position(|input| input.name == lever.input);
        let there = place.and_then(|place| inputs.get(place)).and_then(|g| g.value.to_u32());
        lacking = lacking.min(there.unwrap_or(0));
    }
    if lacking == 0 {
        return Ok(None);
    }
    let (mut levels, mut counts): (Vec<Level>, Vec<u32>) = (Vec::new(), Vec::new());
    let steps = lacking.min(LEVELS_MAX);
    for step in 1..=steps {
        let cases = (u64::from(lacking) * u64::from(step)).div_ceil(u64::from(steps));
        let cases = u32::try_from(cases).unwrap_or(lacking);
        let days = Number::from(cases).over(a_day).unwrap_or_default().ceil();
        let effort = days.to_u32().unwrap_or(EFFORT_MAX).min(EFFORT_MAX);
        let by = Number::from(cases);
        let by = if lever.way == Way::Down { -&by } else { by };
        let level = Level { effort, changes: vec![Change::sure(&lever.input, by)] };
        // Of two levels of one price the larger one stands.
        if levels.last().is_some_and(|last| last.effort >= effort) {
            levels.pop();
            counts.pop();
        }
        levels.push(level);
        counts.push(cases);
    }
    let action = Action { id: lever.id.clone(), owner: owner(post), levels };
    let kind = OfferKind::Derived { lever: lever.clone(), a_day: a_day.clone(), cases: counts };
    Ok(Some(Offer { action, part: Some(lever.id.clone()), kind, post }))
}

/// The owner of an action for the solver; empty where nobody is named.
fn owner(post: Option<PostId>) -> String {
    post.map_or_else(String::new, |post| post.to_string())
}

/// The figures after what was chosen: what the whole of it comes to, also at worst.
pub(crate) fn after(
    card: &Scorecard,
    inputs: &Inputs,
    offers: &[Offer],
    chosen: &[scorecards::Chosen],
) -> Result<Inputs> {
    let mut after = inputs.clone();
    for one in chosen {
        let offer = offers.iter().find(|offer| offer.action.id == one.action);
        let level = offer.and_then(|offer| offer.action.levels.get(one.level - 1));
        for change in level.into_iter().flat_map(|level| &level.changes) {
            let place = card.inputs().iter().position(|input| input.name == change.input);
            let Some((place, given)) = place.and_then(|at| Some((at, after.get(at)?.clone())))
            else {
                continue;
            };
            let most = card.inputs()[place].most.as_ref();
            let held = |number: Number| {
                let number = number.max(Number::zero());
                most.map_or_else(|| number.clone(), |most| number.clone().min(most.clone()))
            };
            let by = |other: &Option<Number>| other.clone().unwrap_or_else(|| change.by.clone());
            let unsure = change.worst.is_some() || change.best.is_some();
            let low = given.worst.as_ref().or(unsure.then_some(&given.value));
            let high = given.best.as_ref().or(unsure.then_some(&given.value));
            let worst = low.map(|value| held(value + &by(&change.worst)));
            let best = high.map(|value| held(value + &by(&change.best)));
            let value = held(&given.value + &change.by);
            let given = scorecards::Given { value, worst, best, sure: given.sure };
            after = after.with(card, &change.input, given)?;
        }
    }
    Ok(after)
}

#[cfg(test)]
mod tests {
    use scorecards::{Given, compute};

    use super::*;

    fn number(text: &str) -> Number {
        text.parse().expect("a number")
    }

    #[test]
    fn what_a_part_lacks_becomes_levels_up_to_all_of_it() {
        let cards = scorecards::shipped().expect("scorecards");
        let card = scorecards::newest(&cards, "766").expect("766");
        let mappings = crate::mapping::shipped(&cards).expect("mappings");
        let inputs = Inputs::none(card)
            .with(card, "on_time", Given::verified(900))
            .and_then(|inputs| inputs.with(card, "received", Given::verified(1000)))
            .expect("figures");
        let offers = offers(card, &inputs, &mappings["766"], &BTreeMap::new(), &[]);
        let offers = offers.expect("offers");
        assert_eq!(offers.len(), 1, "only what has figures can lack cases");
        let levels = &offers[0].action.levels;
        assert_eq!(levels.last().expect("a level").effort, 50, "100 cases, two a day");
        assert!(levels.windows(2).all(|two| two[0].effort < two[1].effort));
        let chosen = scorecards::find(&scorecards::Question {
            scorecard: card,
            inputs: &inputs,
            actions: &[offers[0].action.clone()],
            index: scorecards::TOTAL,
            budget: 50,
            aim: scorecards::Aim::Score,
        });
        let plan = chosen.expect("a plan");
        let after = after(card, &inputs, &offers, &plan.chosen).expect("figures");
        assert_eq!(compute(card, &after).total().value, Some(number("20")));
        assert_eq!(plan.after, number("20"));
    }
}
