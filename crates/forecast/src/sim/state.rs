//! What a run remembers while it goes.

use std::{
    cmp::Reverse,
    collections::{BinaryHeap, VecDeque},
};

use super::Arrival;

/// A case in a run.
pub(super) struct Case {
    pub(super) key: u64,
    pub(super) due: u32,
    pub(super) late: bool,
    /// Its open branches.
    pub(super) branches: u16,
}

/// A branch of a case.
pub(super) struct Token {
    pub(super) case: u32,
    pub(super) class: u32,
    pub(super) hop: u16,
    /// Whether it stands at a station; not while it rests, nor after its end.
    pub(super) stands: bool,
    pub(super) entered: u32,
    pub(super) delay: u32,
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
    pub(super) events: BinaryHeap<Reverse<u64>>,
    pub(super) arrivals: Vec<Arrival>,
    pub(super) cases: Vec<Case>,
    pub(super) tokens: Vec<Token>,
    pub(super) desks: Vec<Desk>,
}

impl Scratch {
    pub(super) fn clear(&mut self, desks: usize) {
        self.events.clear();
        self.arrivals.clear();
        self.cases.clear();
        self.tokens.clear();
        self.desks.resize_with(desks, Desk::default);
        for desk in &mut self.desks {
            desk.busy = 0;
            desk.came = 0;
            desk.queue.clear();
            desk.by_due.clear();
        }
    }
}
