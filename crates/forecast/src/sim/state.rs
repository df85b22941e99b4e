//! What a run remembers while it goes.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

/// A token whose case has no other branch and was not open when the run began: all there is to
/// know of the case stands in the token.
pub(super) const ALONE: u32 = u32::MAX;

/// A case, or a branch of one, on its way.
#[derive(Clone, Copy)]
pub(super) struct Token {
    /// When it comes to its station.
    pub(super) at: u32,
    /// Among those that come at the same instant, the smaller number is first.
    pub(super) number: u32,
    pub(super) key: u64,
    pub(super) due: u32,
    pub(super) class: u32,
    /// Which of the shared cases it is of, or [`ALONE`].
    pub(super) case: u32,
    pub(super) hop: u16,
    pub(super) late: bool,
}

/// What the branches of a case share.
pub(super) struct Shared {
    pub(super) branches: u16,
    pub(super) late: bool,
    /// When the last of the branches came to the step that joins them.
    pub(super) joined: u32,
}

/// A queue and its officers.
#[derive(Default)]
pub(super) struct Desk {
    pub(super) busy: u32,
    pub(super) queue: VecDeque<u32>,
    /// By due time and then as they came.
    pub(super) by_due: BinaryHeap<Reverse<(u32, u32, u32)>>,
    pub(super) came: u32,
}

/// Memory that runs use one after the other.
#[derive(Default)]
pub(crate) struct Scratch {
    /// For each unit, what comes to it from elsewhere.
    pub(super) inboxes: Vec<Vec<Token>>,
    pub(super) shared: Vec<Shared>,
    pub(super) desks: Vec<Desk>,
    pub(super) events: BinaryHeap<Reverse<u64>>,
    /// What is or was in the unit that is being run.
    pub(super) tokens: Vec<Token>,
    /// The observed day that each day to come is like.
    pub(super) alike: Vec<Option<u16>>,
}

impl Scratch {
    pub(super) fn clear(&mut self, units: usize, desks: usize) {
        self.inboxes.resize_with(units, Vec::new);
        self.inboxes.iter_mut().for_each(Vec::clear);
        self.shared.clear();
        self.events.clear();
        self.desks.resize_with(desks, Desk::default);
        for desk in &mut self.desks {
            desk.busy = 0;
            desk.came = 0;
            desk.queue.clear();
            desk.by_due.clear();
        }
    }
}
