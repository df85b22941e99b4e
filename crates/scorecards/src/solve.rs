//! The exact solver: for every effort the most that can be gained with it.
//!
//! Actions that touch no common part do not disturb each other, so they are weighed apart, in
//! **components** (`sets.rs`); then the components are joined, effort by effort, keeping what
//! gains most. Gains are whole numbers under a common denominator, so that no comparison is ever
//! decided by rounding.

use num::{BigInt, Integer, One};

use crate::{
    Error, Number, Result,
    sets::front,
    terrain::{Picks, Terrain},
};

/// More sets than this are not tried in one step.
pub(crate) const TRIED_MAX: usize = 2_000_000;

/// For some effort, the most that can be gained and how.
#[derive(Debug, Clone)]
pub(crate) struct Best {
    pub(crate) effort: u32,
    /// In points.
    pub(crate) gain: Number,
    pub(crate) picks: Picks,
}

/// The best for every effort up to a budget, rising in both; the first costs nothing. `surest`
/// weighs what is gained at worst, not what is expected.
pub(crate) fn solve(terrain: &Terrain<'_>, budget: u32, surest: bool) -> Result<Vec<Best>> {
    let mut fronts = Vec::new();
    for component in components(terrain) {
        fronts.push(front(&component, terrain, budget, surest)?);
    }
    join(fronts, budget, terrain.actions.len())
}

/// Actions and the parts that they touch, apart from all others.
#[derive(Debug, Default)]
pub(crate) struct Component {
    pub(crate) actions: Vec<usize>,
    pub(crate) parts: Vec<usize>,
}

fn components(terrain: &Terrain<'_>) -> Vec<Component> {
    let mut found: Vec<Component> = Vec::new();
    for action in 0..terrain.actions.len() {
        let inputs = terrain.inputs_of(action);
        let looks = |part: &usize| {
            let of_part = terrain.scorecard.parts()[*part].measure.inputs();
            inputs.iter().any(|input| of_part.contains(input))
        };
        let mut mine =
            Component { actions: vec![action], parts: terrain.parts().filter(looks).collect() };
        if mine.parts.is_empty() {
            continue;
        }
        let touches = |other: &Component| other.parts.iter().any(|part| mine.parts.contains(part));
        let (touched, apart): (Vec<_>, Vec<_>) = found.into_iter().partition(touches);
        for other in touched {
            mine.actions.extend(other.actions);
            mine.parts.extend(other.parts);
        }
        mine.actions.sort_unstable();
        mine.parts.sort_unstable();
        mine.parts.dedup();
        found = apart;
        found.push(mine);
    }
    found.sort_by(|one, two| one.actions.cmp(&two.actions));
    found
}

/// Of points sorted by effort and falling gain, those that gain more than all before them.
pub(crate) fn rising<T, G: Ord + Clone>(sorted: Vec<T>, gain: impl Fn(&T) -> &G) -> Vec<T> {
    let mut front: Vec<T> = Vec::new();
    for point in sorted {
        if front.last().is_none_or(|last| gain(&point) > gain(last)) {
            front.push(point);
        }
    }
    front
}

/// A point of the fronts joined so far, and what it was joined of.
struct Joined {
    effort: u32,
    gain: BigInt,
    before: usize,
    with: usize,
}

fn join(fronts: Vec<Vec<Best>>, budget: u32, actions: usize) -> Result<Vec<Best>> {
    let gains = fronts.iter().flatten().map(|best| best.gain.denominator());
    let scale = gains.fold(BigInt::one(), |scale, denominator| scale.lcm(denominator));
    let nothing = Joined { effort: 0, gain: BigInt::ZERO, before: 0, with: 0 };
    let mut stages = vec![vec![nothing]];
    for front in &fronts {
        let scaled: Vec<BigInt> = front.iter().map(|best| best.gain.scaled(&scale)).collect();
        let last = &stages[stages.len() - 1];
        if last.len().saturating_mul(front.len()) > TRIED_MAX {
            return Err(Error::TooMany { what: "sets of actions to weigh", most: TRIED_MAX });
        }
        let mut wider = Vec::new();
        for (before, point) in last.iter().enumerate() {
            for (with, best) in front.iter().enumerate() {
                let effort = point.effort.saturating_add(best.effort);
                if effort > budget {
                    break;
                }
                wider.push(Joined { effort, gain: &point.gain + &scaled[with], before, with });
            }
        }
        wider.sort_by(|one, two| one.effort.cmp(&two.effort).then_with(|| two.gain.cmp(&one.gain)));
        stages.push(rising(wider, |point| &point.gain));
    }
    let scale = Number::from(scale);
    let last = &stages[stages.len() - 1];
    let best = |end: usize| {
        let point = &last[end];
        let mut picks = vec![0; actions];
        let mut at = end;
        for (stage, front) in stages.iter().skip(1).zip(&fronts).rev() {
            let joined = &stage[at];
            for (mine, its) in picks.iter_mut().zip(&front[joined.with].picks) {
                *mine += its;
            }
            at = joined.before;
        }
        let gain = Number::from(point.gain.clone()).over(&scale).unwrap_or_default();
        Best { effort: point.effort, gain, picks }
    };
    Ok((0..last.len()).map(best).collect())
}
