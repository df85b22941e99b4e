//! Who did which steps lately, and who did several of them.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{AgencyId, PostId};

use super::Done;
use crate::{At, StepName, Team, model::Sets};

/// The last four weeks, in microseconds: who is gone longer is counted no more.
const LATELY: i64 = 28 * 86_400 * 1_000_000;
/// Whoever does less than a tenth of what the busiest seat does stands in for somebody.
const STANDS_IN: u32 = 10;

/// A seat, or, where seats are not known, one of each step.
type Seat = Option<PostId>;

/// The teams: each step of an agency is done by the seats that completed it in the last four
/// weeks, or, in an agency where nothing was completed since, by those before. Steps of which
/// more than half of the fewer seats are the same are done by one team.
pub(super) fn of(done: &[&Done], ats: &[At], end: i64) -> Vec<Team> {
    let agency = |step: &Done| ats[step.at as usize].agency;
    let lately: BTreeSet<AgencyId> =
        done.iter().filter(|step| step.done >= end - LATELY).map(|step| agency(step)).collect();
    let mut seats: BTreeMap<(AgencyId, &StepName), BTreeMap<Seat, u32>> = BTreeMap::new();
    for step in done {
        if step.done >= end - LATELY || !lately.contains(&agency(step)) {
            let at = &ats[step.at as usize];
            *seats.entry((at.agency, &at.step)).or_default().entry(step.post).or_default() += 1;
        }
    }
    let steps: Vec<((AgencyId, &StepName), BTreeSet<Seat>)> =
        seats.into_iter().map(|(at, counts)| (at, regular(&counts))).collect();
    let mut teams = Vec::new();
    for of_agency in steps.chunk_by(|a, b| a.0.0 == b.0.0) {
        let mut sets = Sets::new(of_agency.len());
        for (a, (_, first)) in of_agency.iter().enumerate() {
            for (b, (_, second)) in of_agency.iter().enumerate().skip(a + 1) {
                if same_people(first, second) {
                    sets.join(a as u32, b as u32);
                }
            }
        }
        let mut of_team: BTreeMap<u32, (Vec<StepName>, BTreeSet<Seat>)> = BTreeMap::new();
        for (n, ((_, step), seats)) in of_agency.iter().enumerate() {
            let team = of_team.entry(sets.root(n as u32)).or_default();
            team.0.push((*step).clone());
            team.1.extend(seats);
        }
        teams.extend(of_team.into_values().map(|(steps, seats)| Team {
            agency: of_agency[0].0.0,
            steps,
            officers: u16::try_from(seats.len()).unwrap_or(u16::MAX),
        }));
    }
    teams
}

/// The seats that do a step, without those who only stand in.
fn regular(counts: &BTreeMap<Seat, u32>) -> BTreeSet<Seat> {
    let most = counts.values().copied().max().unwrap_or(0);
    let regular = counts.iter().filter(|(_, count)| **count * STANDS_IN >= most);
    regular.map(|(seat, _)| *seat).collect()
}

fn same_people(a: &BTreeSet<Seat>, b: &BTreeSet<Seat>) -> bool {
    // A seat that is not known is nobody whom two steps share.
    let shared = a.intersection(b).filter(|seat| seat.is_some()).count();
    shared * 2 > a.len().min(b.len())
}
