//! Where work can go, and which agencies exchange any.

use std::collections::{BTreeMap, BTreeSet};

use kernel::CaseId;

use super::{
    evidence::{Evidence, Shares},
    islands::Sets,
    names::{Key, Names},
};
use crate::{Inputs, Result};

/// Which steps of which agencies work can reach, and in which order they are laid out.
pub(super) struct Reach {
    pub(super) islands: usize,
    /// The island of each office.
    pub(super) island_of: Vec<u32>,
    /// Island, office and step of each station, in order.
    pub(super) stations: Vec<(u32, u32, u32)>,
    /// Island and key of each class, in order.
    pub(super) classes: Vec<(u32, Key)>,
    pub(super) routes: BTreeMap<Key, Shares>,
}

impl Reach {
    pub(super) fn new(inputs: &Inputs, names: &mut Names, evidence: &Evidence<'_>) -> Result<Self> {
        let mut todo = Vec::new();
        let mut sets = Sets::new(inputs.offices.len());
        let mut of_case: BTreeMap<CaseId, u32> = BTreeMap::new();
        for work in &inputs.open {
            let key = names.key(&work.at)?;
            // All open steps of a case must lie on one island.
            sets.join(*of_case.entry(work.case).or_insert(key.0), key.0);
            todo.push(key);
        }
        for stream in &inputs.arrivals.streams {
            todo.push(names.key(&stream.at)?);
        }
        let mut routes: BTreeMap<Key, Shares> = BTreeMap::new();
        while let Some(key) = todo.pop() {
            if routes.contains_key(&key) {
                continue;
            }
            let shares = evidence.routes(names, key);
            for (office, step) in shares.iter().flat_map(|(goals, _)| goals) {
                sets.join(key.0, *office);
                todo.push((*office, key.1, *step));
            }
            routes.insert(key, shares);
        }
        let roots: BTreeSet<u32> = routes.keys().map(|key| sets.root(key.0)).collect();
        let number: BTreeMap<u32, u32> = roots.iter().copied().zip(0..).collect();
        let island_of: Vec<u32> = (0..inputs.offices.len() as u32)
            .map(|office| number.get(&sets.root(office)).copied().unwrap_or(0))
            .collect();
        let mut classes: Vec<(u32, Key)> =
            routes.keys().map(|key| (island_of[key.0 as usize], *key)).collect();
        classes.sort_unstable();
        let stations: BTreeSet<(u32, u32, u32)> =
            classes.iter().map(|(island, (office, _, step))| (*island, *office, *step)).collect();
        let stations = stations.into_iter().collect();
        Ok(Self { islands: roots.len(), island_of, stations, classes, routes })
    }

    pub(super) fn class(&self, key: Key) -> u32 {
        let at = (self.island_of[key.0 as usize], key);
        // Every key that is asked for was reached above.
        self.classes.binary_search(&at).unwrap_or_default() as u32
    }
}
