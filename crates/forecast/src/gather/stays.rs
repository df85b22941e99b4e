//! What of the time that a step took was work.
//!
//! The journal tells when a step opened and when it was completed, not when somebody began with
//! it. Two readings part that time:
//!
//! - An officer works on one thing at a time and, as long as something is in hand, works. So the
//!   **work** of a step is what passed since the officer's previous completion, or since it came
//!   where that was later. Where it came to an officer who had nothing else in hand, the time may
//!   hold much that is not work (a notice that must hang for a week, an opinion that others owe);
//!   there it counts for at most as much as nine in ten steps of a busy officer take.
//! - Had officers taken everything in the order in which it came, each step would have ended at
//!   a certain time. What lies between that and its end is **delay**: the case lay, and the
//!   officer went on with others.
//!
//! Both readings can be wrong: officers who rest while work lies seem slower than they are. The
//! back-test says by how much the forecast errs.

use std::collections::BTreeMap;

use kernel::{AgencyId, PostId};

use super::seconds;
use crate::{Stay, StepName};

/// A completed step, in seconds of working time of its agency.
pub(super) struct Seen {
    pub(super) agency: AgencyId,
    pub(super) step: StepName,
    pub(super) post: Option<PostId>,
    pub(super) entered: u32,
    pub(super) done: u32,
}

impl Seen {
    /// Whoever held it; of a seat that is not known, one seat for each step.
    fn holder(&self) -> (AgencyId, Option<PostId>, Option<&StepName>) {
        let step = if self.post.is_none() { Some(&self.step) } else { None };
        (self.agency, self.post, step)
    }

    fn station(&self) -> (AgencyId, &StepName) {
        (self.agency, &self.step)
    }
}

/// Parts the time of each step.
pub(super) fn split(seen: &[Seen], few: usize) -> Vec<Stay> {
    let mut gaps = vec![(0, false); seen.len()];
    let mut order: Vec<usize> = (0..seen.len()).collect();
    order.sort_by_key(|n| (seen[*n].holder(), seen[*n].done, seen[*n].entered));
    for of_holder in order.chunk_by(|a, b| seen[*a].holder() == seen[*b].holder()) {
        let mut free = 0;
        for n in of_holder {
            let (entered, done) = (seen[*n].entered, seen[*n].done);
            gaps[*n] = (done.saturating_sub(entered.max(free)), entered <= free);
            free = done;
        }
    }
    let usual = usual_at_most(seen, &gaps, few);
    let mut stays = vec![Stay { work: seconds(0), delay: seconds(0) }; seen.len()];
    order.sort_by_key(|n| (seen[*n].holder(), seen[*n].entered, seen[*n].done));
    for of_holder in order.chunk_by(|a, b| seen[*a].holder() == seen[*b].holder()) {
        let mut free = 0;
        for n in of_holder {
            let (gap, was_busy) = gaps[*n];
            let most = usual.get(&seen[*n].station()).copied().filter(|_| !was_busy);
            let work = gap.min(most.unwrap_or(u32::MAX));
            free = seen[*n].entered.max(free) + work;
            let delay = seen[*n].done.saturating_sub(free);
            stays[*n] = Stay { work: seconds(work), delay: seconds(delay) };
        }
    }
    stays
}

/// For each step of an agency, how long nine in ten took a busy officer; none where few were
/// seen.
fn usual_at_most<'a>(
    seen: &'a [Seen],
    gaps: &[(u32, bool)],
    few: usize,
) -> BTreeMap<(AgencyId, &'a StepName), u32> {
    let mut busy: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for (step, (gap, was_busy)) in seen.iter().zip(gaps) {
        if *was_busy {
            busy.entry(step.station()).or_default().push(*gap);
        }
    }
    busy.retain(|_, gaps| gaps.len() >= few.max(1));
    let ninth = |mut gaps: Vec<u32>| {
        let rank = (gaps.len() - 1) * 9 / 10;
        *gaps.select_nth_unstable(rank).1
    };
    busy.into_iter().map(|(station, gaps)| (station, ninth(gaps))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(entered: u32, done: u32) -> Seen {
        let agency = AgencyId::from_uuid(uuid::Uuid::from_u128(1));
        let post = Some(PostId::from_uuid(uuid::Uuid::from_u128(2)));
        Seen { agency, step: "thẩm-định".parse().unwrap(), post, entered, done }
    }

    fn parts(seen: &[Seen], few: usize) -> Vec<(u64, u64)> {
        let stays = split(seen, few).into_iter();
        stays.map(|stay| (stay.work.as_seconds(), stay.delay.as_seconds())).collect()
    }

    #[test]
    fn an_officer_who_takes_one_after_the_other_leaves_no_delay() {
        // Three come at once, each takes an hour; a fourth comes later.
        let seen = [step(0, 3600), step(0, 7200), step(0, 10_800), step(20_000, 23_600)];
        assert_eq!(parts(&seen, 1), [(3600, 0); 4]);
    }

    #[test]
    fn what_lies_while_the_officer_goes_on_is_delay() {
        // The first waits for an opinion of others until the end.
        let seen = [step(0, 10_000), step(10, 3610), step(10, 7210)];
        assert_eq!(parts(&seen, 5), [(2790, 7210), (3600, 0), (3600, 0)]);
    }

    #[test]
    fn a_long_stay_with_an_idle_officer_is_no_long_work() {
        let mut seen: Vec<Seen> = (1..=10).map(|n| step(0, n * 600)).collect();
        seen.push(step(10_000, 200_000));
        assert_eq!(parts(&seen, 5).last(), Some(&(600, 189_400)));
        // Where nothing better is known, all of it is work.
        assert_eq!(parts(&seen[10..], 5), [(190_000, 0)]);
    }
}
