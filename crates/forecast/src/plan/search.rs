//! The search: trials where they decide, bounds everywhere else.
//!
//! No case leaves its island, so what moves on one island save adds to what moves on another do.
//! For each island we know how much `k` moves save at most: exactly where every choice of `k` was
//! tried, otherwise no more than a world without waiting saves. From both, the fewest moves that
//! *could* suffice and the fewest that *do* follow by sharing out moves among islands. As long as
//! the two differ, the island that the hope rests on is tried further.

use super::{
    Plan, Planned, Proof, Reached, TooLong, Wish,
    moves::{Act, Bound, Ground, Trial},
};
use crate::{Difference, Model, Runs, Spread, runs, threads};

/// Where trying every choice would take too many trials, only the best few are carried on.
const CARRIED_ON: usize = 3;
/// No plan has more moves, whatever is wished.
const MOVES_MOST: u16 = 200;
/// Rounding of sums.
const NOUGHT: f64 = 1e-9;

/// What is known of an island.
struct Branch {
    island: usize,
    /// What no moves undercut.
    bound: Bound,
    /// What was tried, by the number of moves.
    levels: Vec<Level>,
}

struct Level {
    /// In order of excess.
    trials: Vec<Trial>,
    /// Whether every choice of so many moves was tried.
    exact: bool,
}

impl Branch {
    /// The best trial with at most so many moves.
    fn best(&self, moves: usize) -> &Trial {
        let tried = self.levels.iter().take(moves + 1).filter_map(|level| level.trials.first());
        tried.min_by(|a, b| a.excess.total_cmp(&b.excess)).unwrap_or(&self.levels[0].trials[0])
    }

    /// What so many moves are known to save.
    fn saved(&self, moves: usize) -> f64 {
        self.levels[0].trials[0].excess - self.best(moves).excess
    }

    /// What so many moves save at most.
    fn saved_at_most(&self, moves: usize) -> f64 {
        let exact = self.levels.get(..=moves).is_some_and(|l| l.iter().all(|level| level.exact));
        // Where the last level offered nothing more, more moves are no more than it.
        let ended = self.levels.last().is_some_and(|level| level.trials.is_empty())
            && self.levels.iter().all(|level| level.exact);
        match exact || ended {
            true => self.saved(moves),
            false => (self.levels[0].trials[0].excess - self.bound.excess).max(0.0),
        }
    }

    /// Whether it could be tried with so many moves and was not.
    fn is_open(&self, moves: usize) -> bool {
        self.levels.len() <= moves && self.levels.last().is_some_and(|l| !l.trials.is_empty())
    }
}

pub(super) fn search(model: &Model, wish: &Wish, runs: Runs) -> Plan {
    let ground = Ground::new(model, wish, runs);
    let mut search = Search { trials: 0, branches: Vec::new(), ground: &ground };
    let told = runs::all(model, runs);
    let branches = threads::map(runs.threads(), told.len(), |island| {
        let without = ground.without(island, &told[island]);
        let bound = ground.bound(island, &without);
        Branch { island, bound, levels: vec![Level { trials: vec![without], exact: true }] }
    });
    search.trials += branches.len() as u32;
    search.branches = branches;
    let excess: f64 = search.branches.iter().map(|b| b.levels[0].trials[0].excess).sum();
    let bound: f64 = search.branches.iter().map(|b| b.bound.excess).sum();
    let (shares, proof) = search.find(excess);
    let proof = match bound > NOUGHT {
        true => {
            let due: f64 = search.branches.iter().map(|b| b.levels[0].trials[0].due).sum();
            Proof::Impossible { best: wish.share - bound / due.max(NOUGHT) }
        }
        false => proof,
    };
    search.plan(&shares, proof)
}

struct Search<'a> {
    ground: &'a Ground<'a>,
    branches: Vec<Branch>,
    trials: u32,
}

impl Search<'_> {
    /// How many moves each island gets, and how sure that is.
    fn find(&mut self, excess: f64) -> (Vec<usize>, Proof) {
        let most = self.most();
        loop {
            let known = share_out(&self.branches, most, Branch::saved);
            let hoped = share_out(&self.branches, most, Branch::saved_at_most);
            let enough =
                |table: &Table| (0..=most).find(|moves| table.saved(*moves) >= excess - NOUGHT);
            let (found, least) = (enough(&known), enough(&hoped));
            let at_least = least.unwrap_or(most + 1) as u16;
            if found.is_some() && found == least {
                return (known.shares(found.unwrap_or(0)), Proof::Fewest);
            }
            // What the hope rests on and was not tried; else, as long as nothing was found, the
            // island that could still save most.
            let hope = hoped.shares(least.unwrap_or(most));
            let hopeful = (0..hope.len()).find(|b| self.branches[*b].is_open(hope[*b]));
            let any = || self.most_to_save().filter(|_| found.is_none());
            let used_up = self.trials >= self.ground.wish.trials_max;
            match hopeful.or_else(any).filter(|_| !used_up) {
                Some(branch) => self.try_further(branch),
                None => {
                    let shares = known.shares(found.unwrap_or(most));
                    let reached = Proof::AtLeast(at_least);
                    return (shares, found.map_or(Proof::NotFound(at_least), |_| reached));
                }
            }
        }
    }

    fn most(&self) -> usize {
        usize::from(self.ground.wish.moves_max.min(MOVES_MOST))
    }

    fn most_to_save(&self) -> Option<usize> {
        let left = |b: &usize| {
            let branch = &self.branches[*b];
            branch.best(usize::MAX - 1).excess - branch.bound.excess
        };
        let open = |b: &usize| {
            let branch = &self.branches[*b];
            branch.levels.len() <= self.most() && branch.is_open(branch.levels.len())
        };
        let open = (0..self.branches.len()).filter(open).filter(|b| left(b) > NOUGHT);
        open.max_by(|a, b| left(a).total_cmp(&left(b)).then(b.cmp(a)))
    }

    /// Tries an island with one move more.
    fn try_further(&mut self, branch: usize) {
        let (ground, island) = (self.ground, self.branches[branch].island);
        let Some(last) = self.branches[branch].levels.last() else { return };
        let choices = |from: &[Trial]| -> Vec<Vec<Act>> {
            let mut choices: Vec<Vec<Act>> = Vec::new();
            for trial in from {
                for act in ground.offers(island, trial) {
                    let mut acts = trial.acts.clone();
                    acts.push(act);
                    acts.sort_unstable();
                    choices.push(acts);
                }
            }
            choices.sort_unstable();
            choices.dedup();
            choices
        };
        let mut all = choices(&last.trials);
        let mut exact = last.exact;
        let left = (ground.wish.trials_max - self.trials.min(ground.wish.trials_max)) as usize;
        // A level takes at most half of what is left, so that something is left for the others.
        if all.len() > left / 2 {
            let few = last.trials.len().min(CARRIED_ON);
            all = choices(&last.trials[..few]);
            exact = false;
        }
        self.trials += all.len() as u32;
        let threads = ground.runs.threads();
        let mut trials = threads::map(threads, all.len(), |n| ground.trial(island, all[n].clone()));
        trials.sort_by(|a, b| a.excess.total_cmp(&b.excess).then_with(|| a.acts.cmp(&b.acts)));
        self.branches[branch].levels.push(Level { trials, exact });
    }

    fn plan(self, shares: &[usize], proof: Proof) -> Plan {
        let mut trials = self.trials;
        let count = self.ground.runs.count() as usize;
        let (mut without, mut with) = (vec![0.0; count], vec![0.0; count]);
        let (mut due_without, mut due_with) = (0.0, 0.0);
        let add = |sum: &mut [f64], trial: &Trial| {
            sum.iter_mut().zip(&trial.late).for_each(|(sum, late)| *sum += late);
        };
        let mut moves = Vec::new();
        for (branch, share) in self.branches.iter().zip(shares) {
            let first = &branch.levels[0].trials[0];
            let (best, rests) =
                self.pruned(branch.island, branch.best(*share).clone(), &mut trials);
            add(&mut without, first);
            add(&mut with, &best);
            due_without += first.due;
            due_with += best.due;
            for (act, rest) in best.acts.iter().zip(rests) {
                let (made, team) = self.ground.told(*act);
                moves.push(Planned {
                    made,
                    effect: Difference::of(rest.late, best.late.clone()),
                    used_without: self.ground.used(branch.island, first, team),
                    used_with: self.ground.used(branch.island, &best, team),
                });
            }
        }
        moves.sort_by(|a, b| {
            a.effect.more.mean.total_cmp(&b.effect.more.mean).then_with(|| a.made.cmp(&b.made))
        });
        let (without, with) = (reached(without, due_without), reached(with, due_with));
        // What was left out was needed, so that what is left does not reach the share.
        let short = with.share < self.ground.wish.share - NOUGHT;
        let proof = match proof {
            Proof::Fewest if short => Proof::NotFound(shares.iter().sum::<usize>() as u16),
            Proof::AtLeast(moves) if short => Proof::NotFound(moves),
            proof => proof,
        };
        Plan { moves, without, with, proof, too_long: self.too_long(), trials }
    }

    /// Leaves out what saves too little, the least first: of two moves either of which does the
    /// work of both, one stays. Answers what is left, and for each of its moves what it comes to
    /// without that one.
    fn pruned(&self, island: usize, mut best: Trial, trials: &mut u32) -> (Trial, Vec<Trial>) {
        let mean = |trial: &Trial| trial.late.iter().sum::<f64>() / trial.late.len().max(1) as f64;
        loop {
            let without = |n: usize| {
                let mut others = best.acts.clone();
                others.remove(n);
                self.ground.trial(island, others)
            };
            let mut rests: Vec<Trial> = (0..best.acts.len()).map(without).collect();
            *trials += rests.len() as u32;
            let least =
                (0..rests.len()).min_by(|a, b| mean(&rests[*a]).total_cmp(&mean(&rests[*b])));
            match least.filter(|n| mean(&rests[*n]) - mean(&best) < self.ground.wish.least) {
                Some(n) => best = rests.swap_remove(n),
                None => return (best, rests),
            }
        }
    }

    fn too_long(&self) -> Vec<TooLong> {
        let model = &self.ground.model;
        let late = self.branches.iter().flat_map(|branch| &branch.bound.late);
        let told = late.map(|(station, late)| TooLong {
            agency: model.agency_of(*station),
            step: model.stations[*station].step.clone(),
            late: *late,
        });
        let mut told: Vec<TooLong> = told.collect();
        told.sort_by(|a, b| {
            let most = b.late.total_cmp(&a.late);
            most.then_with(|| (a.agency, &a.step).cmp(&(b.agency, &b.step)))
        });
        told
    }
}

fn reached(late: Vec<f64>, due: f64) -> Reached {
    let late = Spread::of(late);
    let share = if due > 0.0 { 1.0 - late.mean / due } else { 1.0 };
    Reached { late, due, share }
}

/// The best that so many moves save in all, and how they are shared out.
struct Table {
    /// For each branch after the others: the best saving by number of moves.
    best: Vec<Vec<f64>>,
    /// And how many of them the branch gets.
    gets: Vec<Vec<usize>>,
}

impl Table {
    fn saved(&self, moves: usize) -> f64 {
        self.best.last().map_or(0.0, |best| best[moves])
    }

    fn shares(&self, moves: usize) -> Vec<usize> {
        let mut left = moves;
        let mut shares = vec![0; self.gets.len()];
        for (share, gets) in shares.iter_mut().zip(&self.gets).rev() {
            *share = gets[left];
            left -= *share;
        }
        shares
    }
}

/// Shares out moves among branches, exactly: each branch adds what some moves save on it to the
/// best that the moves left over save on those before.
fn share_out(branches: &[Branch], most: usize, saved: fn(&Branch, usize) -> f64) -> Table {
    let mut table = Table { best: Vec::new(), gets: Vec::new() };
    let mut before = vec![0.0; most + 1];
    for branch in branches {
        let of: Vec<f64> = (0..=most).map(|moves| saved(branch, moves)).collect();
        // More moves than these save no more here.
        let useful = (0..=most).find(|n| of[*n] >= of[most]).unwrap_or(most);
        let (mut best, mut gets) = (before.clone(), vec![0; most + 1]);
        for moves in 0..=most {
            for here in 1..=useful.min(moves) {
                let all = before[moves - here] + of[here];
                if all > best[moves] + NOUGHT {
                    (best[moves], gets[moves]) = (all, here);
                }
            }
        }
        before.clone_from(&best);
        table.best.push(best);
        table.gets.push(gets);
    }
    table
}
