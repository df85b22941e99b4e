//! Find the breakthrough (tìm mũi đột phá): which actions lift a score, or a rank, most for a
//! given effort, how sure that is, and to whom it falls.

use std::collections::BTreeMap;

use crate::{
    Action, Error, Gain, Inputs, Number, Part, PartScore, Result, Scorecard, Sureness,
    action::{check, lacking},
    compute,
    solve::{Best, solve},
    terrain::{Picks, Terrain},
};

/// What to aim at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Aim {
    /// The highest score, as expected.
    Score,
    /// The highest gain that is left if everything unsure goes badly.
    Surest,
    /// The best rank among these published values of others, as expected; of equal ranks what
    /// costs least.
    Rank(Vec<Number>),
}

/// A question for [`find`].
#[derive(Debug, Clone)]
pub struct Question<'q> {
    /// By which scorecard.
    pub scorecard: &'q Scorecard,
    /// The figures as they stand.
    pub inputs: &'q Inputs,
    /// What could be done.
    pub actions: &'q [Action],
    /// Which index is to rise: [`crate::TOTAL`], a group or a pillar.
    pub index: &'q str,
    /// The effort that there is, in the unit of the actions.
    pub budget: u32,
    /// What to aim at.
    pub aim: Aim,
}

/// The best answer there is: no other set of actions within the budget serves the aim better.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The index as it stands, in its unit; what is missing gives nothing.
    pub before: Number,
    /// The index as expected after the plan.
    pub after: Number,
    /// What the whole plan gains.
    pub gain: Gain,
    /// What it costs.
    pub effort: u32,
    /// What to do, in the order of the question.
    pub chosen: Vec<Chosen>,
    /// What to leave, in the order of the question.
    pub left: Vec<Left>,
    /// Whose it is.
    pub owners: BTreeMap<String, Share>,
    /// For every effort that gains more than any below it, up to the budget: what the aim gains
    /// most with it. Under [`Aim::Surest`] that is the gain at worst.
    pub curve: Vec<Point>,
    /// The index before and after, as it would be published.
    pub published: (Number, Number),
    /// The place before and after, where it was aimed at.
    pub rank: Option<(u32, u32)>,
}

/// An action of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// The action.
    pub action: String,
    /// Who answers for it.
    pub owner: String,
    /// Its level, from 1.
    pub level: usize,
    /// What it costs.
    pub effort: u32,
    /// What it would gain if nothing else were done.
    pub alone: Gain,
    /// What the plan would lose without it.
    pub within: Gain,
}

/// An action that is not in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The action.
    pub action: String,
    /// Who answers for it.
    pub owner: String,
    /// Its highest level.
    pub level: usize,
    /// What that costs.
    pub effort: u32,
    /// What that would gain if nothing else were done.
    pub alone: Gain,
}

/// What falls to one owner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Share {
    /// The actions.
    pub actions: Vec<String>,
    /// Their effort.
    pub effort: u32,
    /// What the plan would lose without all of them.
    pub gain: Gain,
}

/// A point of the curve of effort and gain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// The effort.
    pub effort: u32,
    /// The gain, in the unit of the index.
    pub gain: Number,
}

/// Answers a question exactly.
///
/// # Errors
/// What is wrong with the actions; [`Error::TooMany`] where the answer could not be exact in
/// reasonable time, rather than a guess.
pub fn find(question: &Question<'_>) -> Result<Plan> {
    let Question { scorecard, inputs, actions, index, budget, aim } = question;
    check(scorecard, actions)?;
    let model = scorecard.index(index).ok_or_else(|| Error::UnknownIndex((*index).to_owned()))?;
    let terrain = Terrain::new(scorecard, inputs, model, actions);
    let front = solve(&terrain, *budget, *aim == Aim::Surest)?;
    let scored = compute(scorecard, inputs);
    let before = scored.index(index).and_then(|one| one.value.clone()).unwrap_or_default();
    let in_unit = |gain: &Number| gain.over(&model.divide_by).unwrap_or_default();
    let place = |picks: &Picks, others: &[Number]| {
        let ours = terrain.published(picks);
        let ahead = others.iter().filter(|one| one.rounded(scorecard.decimals()) > ours).count();
        u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1)
    };
    // The front rises, so its last point gains most; the first with the best place costs least.
    let last = front.last();
    let best = match aim {
        Aim::Score | Aim::Surest => last,
        Aim::Rank(others) => front.iter().min_by_key(|best| place(&best.picks, others)),
    };
    let nothing = vec![0; actions.len()];
    let picks = best.map_or_else(|| nothing.clone(), |best| best.picks.clone());
    let rank = match (aim, best) {
        (Aim::Rank(others), Some(best)) => {
            Some((place(&nothing, others), place(&best.picks, others)))
        }
        _ => None,
    };
    let curve = |best: &Best| Point { effort: best.effort, gain: in_unit(&best.gain) };
    let gain = terrain.gain(&nothing, &picks);
    Ok(Plan {
        published: (terrain.published(&nothing), terrain.published(&picks)),
        after: &before + &gain.stated,
        before,
        effort: best.map_or(0, |best| best.effort),
        chosen: chosen(&terrain, &picks),
        left: left(&terrain, &picks),
        owners: owners(&terrain, &picks),
        curve: front.iter().map(curve).collect(),
        gain,
        rank,
    })
}

fn chosen(terrain: &Terrain<'_>, picks: &Picks) -> Vec<Chosen> {
    let done = picks.iter().enumerate().filter(|(_, level)| **level > 0);
    done.map(|(place, level)| {
        let action = &terrain.actions[place];
        let mut without = picks.clone();
        without[place] = 0;
        Chosen {
            action: action.id.clone(),
            owner: action.owner.clone(),
            level: *level,
            effort: action.levels[*level - 1].effort,
            alone: alone(terrain, place, *level),
            within: terrain.gain(&without, picks),
        }
    })
    .collect()
}

fn left(terrain: &Terrain<'_>, picks: &Picks) -> Vec<Left> {
    let undone = picks.iter().enumerate().filter(|(_, level)| **level == 0);
    undone
        .map(|(place, _)| {
            let action = &terrain.actions[place];
            let level = action.levels.len();
            Left {
                action: action.id.clone(),
                owner: action.owner.clone(),
                level,
                effort: action.levels.last().map_or(0, |level| level.effort),
                alone: alone(terrain, place, level),
            }
        })
        .collect()
}

fn owners(terrain: &Terrain<'_>, picks: &Picks) -> BTreeMap<String, Share> {
    let mut owners: BTreeMap<String, Share> = BTreeMap::new();
    for (action, level) in terrain.actions.iter().zip(picks).filter(|(_, level)| **level > 0) {
        let share = owners.entry(action.owner.clone()).or_default();
        share.actions.push(action.id.clone());
        share.effort = share.effort.saturating_add(action.levels[*level - 1].effort);
    }
    for (owner, share) in &mut owners {
        let kept = terrain.actions.iter().zip(picks);
        let without = kept.map(|(action, level)| if action.owner == *owner { 0 } else { *level });
        share.gain = terrain.gain(&without.collect(), picks);
    }
    owners
}

fn alone(terrain: &Terrain<'_>, action: usize, level: usize) -> Gain {
    let none = vec![0; terrain.actions.len()];
    let mut only = none.clone();
    only[action] = level;
    terrain.gain(&none, &only)
}

/// What a part could still give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Headroom {
    /// The part.
    pub part: String,
    /// Its points; none where a figure is missing or there is nothing to judge.
    pub points: Option<Number>,
    /// What it could still give, in points; where a figure is missing, all of its points.
    pub points_left: Number,
    /// The same in the unit of the total.
    pub of_total: Number,
    /// What it may have after review, in points.
    pub range: (Number, Number),
    /// How sure its points are.
    pub sure: Sureness,
    /// How many more cases it takes; none where it is not counted in cases.
    pub missing_cases: Option<Number>,
}

/// What each part could still give, the most first.
#[must_use]
pub fn headroom(scorecard: &Scorecard, inputs: &Inputs) -> Vec<Headroom> {
    let scored = compute(scorecard, inputs);
    let divide_by = &scorecard.indices()[0].divide_by;
    let both = scorecard.parts().iter().zip(scored.parts);
    let room = |(part, score): (&Part, PartScore)| {
        let points_left = match &score.points {
            Some(points) => &part.maximum - points,
            None if score.sure > Sureness::Missing => Number::zero(),
            None => part.maximum.clone(),
        };
        Headroom {
            of_total: points_left.over(divide_by).unwrap_or_default(),
            missing_cases: lacking(part, inputs),
            points_left,
            points: score.points,
            range: score.range,
            sure: score.sure,
            part: score.id,
        }
    };
    let mut rooms: Vec<Headroom> =
        both.filter(|(part, _)| !part.maximum.is_zero()).map(room).collect();
    rooms.sort_by(|one, two| two.points_left.cmp(&one.points_left));
    rooms
}
