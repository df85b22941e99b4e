//! Steps as the nodes of a directed graph, by position.

use std::collections::BTreeMap;

use crate::{Step, StepId, Target};

/// Which step leads where, and what can be reached. Targets that do not exist are left out, so
/// that the checker can look at a faulty workflow through it too.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Graph {
    forward: Vec<Vec<usize>>,
    reach: Vec<Vec<bool>>,
    later: Vec<Vec<bool>>,
}

impl Graph {
    pub(crate) fn new(steps: &[Step]) -> Self {
        let index: BTreeMap<&StepId, usize> =
            steps.iter().enumerate().map(|(at, step)| (&step.id, at)).collect();
        let targets = |step: &Step| {
            let mut to: Vec<usize> = Vec::new();
            for outcome in &step.outcomes {
                if let Target::To(ids) = &outcome.target {
                    to.extend(ids.iter().filter_map(|id| index.get(id)));
                }
            }
            let mut seen = vec![false; steps.len()];
            to.retain(|at| !std::mem::replace(&mut seen[*at], true));
            to
        };
        let edges: Vec<Vec<usize>> = steps.iter().map(targets).collect();
        let forward = without_returns(&edges);
        let reach = (0..edges.len()).map(|from| reachable(&edges, from, |_| true)).collect();
        let later = (0..edges.len()).map(|from| reachable(&forward, from, |_| true)).collect();
        Self { forward, reach, later }
    }

    pub(crate) fn len(&self) -> usize {
        self.forward.len()
    }

    /// Where a step leads, without the routes that return to a step that led to it.
    pub(crate) fn forward(&self, from: usize) -> &[usize] {
        &self.forward[from]
    }

    /// Whether a way of at least one route leads from one step to another.
    pub(crate) fn reaches(&self, from: usize, to: usize) -> bool {
        self.reach[from][to]
    }

    /// Whether `to` comes after `from` on a way without returns.
    pub(crate) fn before(&self, from: usize, to: usize) -> bool {
        self.later[from][to]
    }

    /// What comes after a step without returns; ways end at a step for which `go` is false.
    pub(crate) fn after(&self, from: usize, go: impl Fn(usize) -> bool) -> Vec<bool> {
        reachable(&self.forward, from, go)
    }
}

/// What can be reached over one route or more; a node for which `go` is false is reached, but
/// not gone through.
fn reachable(edges: &[Vec<usize>], from: usize, go: impl Fn(usize) -> bool) -> Vec<bool> {
    let mut seen = vec![false; edges.len()];
    let mut queue = edges[from].clone();
    while let Some(node) = queue.pop() {
        if !std::mem::replace(&mut seen[node], true) && go(node) {
            queue.extend(&edges[node]);
        }
    }
    seen
}

/// The routes without those that close a loop, seen from the first step on, in file order.
fn without_returns(edges: &[Vec<usize>]) -> Vec<Vec<usize>> {
    #[derive(Clone, Copy, PartialEq)]
    enum Mark {
        New,
        Open,
        Done,
    }
    let mut marks = vec![Mark::New; edges.len()];
    let mut forward = vec![Vec::new(); edges.len()];
    for root in 0..edges.len() {
        if marks[root] != Mark::New {
            continue;
        }
        // Each entry: a node, and which of its routes comes next.
        let mut stack = vec![(root, 0)];
        marks[root] = Mark::Open;
        while let Some((node, next)) = stack.pop() {
            let Some(&to) = edges[node].get(next) else {
                marks[node] = Mark::Done;
                continue;
            };
            stack.push((node, next + 1));
            if marks[to] != Mark::Open {
                forward[node].push(to);
            }
            if marks[to] == Mark::New {
                marks[to] = Mark::Open;
                stack.push((to, 0));
            }
        }
    }
    forward
}
