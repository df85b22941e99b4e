//! A batch of events, folded in memory before anything of it is written.

use kernel::{AgencyId, CaseCode, CaseId, Instant};

use super::{
    shelf::{HashMap, Shelves, SlabRow, TraceRows},
    trace::{List, Mask, TraceRow, is_everywhere},
};
use crate::{
    catalogue::Catalogue,
    count::{CaseState, Cell, Move, Told, Trace, What, count_into},
    day::Day,
};

/// What some events do to the cube.
#[derive(Debug, Default)]
pub(crate) struct Fold {
    /// Cells that move, and what moved them.
    shelves: Shelves,
    /// Cases that were touched, and those that were looked up.
    pub(crate) cases: HashMap<CaseId, Remembered>,
    /// Which case has a code, as far as it was asked for.
    pub(crate) codes: HashMap<CaseCode, CaseId>,
    /// Cases that were over when they were last heard of.
    over: Vec<CaseId>,
    revisions: Vec<Revision>,
    tree: Vec<TreeChange>,
    /// Events that were folded and not written yet.
    pub(crate) events: u64,
    /// The position that the store has: where what is not written yet begins.
    began: u64,
    /// The position after the last of them, and when that one was recorded.
    place: Option<(u64, Instant)>,
    /// The moves of one event; kept so that its place in memory is.
    moves: Vec<Move>,
}

/// What is to be written of a fold: every row once, in the order of its key.
#[derive(Debug)]
pub(crate) struct Batch {
    pub(crate) slabs: Vec<SlabRow>,
    pub(crate) traces: Vec<TraceRows>,
    pub(crate) cases: Vec<(CaseId, Remembered)>,
    pub(crate) revisions: Vec<Revision>,
    pub(crate) tree: Vec<TreeChange>,
    pub(crate) began: u64,
    pub(crate) place: Option<(u64, Instant)>,
}

/// A case, and what the store knows of it.
#[derive(Debug, Clone)]
pub(crate) struct Remembered {
    pub(crate) state: CaseState,
    /// Where the store has it, if it has a row of it: whose it is, and in which stocks it is.
    pub(crate) stored: Option<(AgencyId, Vec<(u8, Instant)>)>,
    /// Whether something of it has changed since.
    pub(crate) touched: bool,
}

impl Remembered {
    /// Whether nothing more is expected of it, so that the store keeps no row of it.
    pub(crate) fn is_over(&self) -> bool {
        self.state.is_over() && self.state.held.is_empty()
    }
}

/// A move of a past day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Revision {
    pub(crate) pos: u64,
    pub(crate) seq: u32,
    pub(crate) recorded: Instant,
    pub(crate) moved: Move,
}

/// Something that an agency was until a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TreeChange {
    pub(crate) pos: u64,
    pub(crate) agency: AgencyId,
    pub(crate) day: Day,
    pub(crate) what: &'static str,
    pub(crate) before: Option<String>,
}

impl Fold {
    /// What begins at a position.
    pub(crate) fn from(began: u64) -> Self {
        Self { began, ..Self::default() }
    }

    /// How many months of agencies are waiting: what is written for each is about as much.
    pub(crate) fn shelves(&self) -> usize {
        self.shelves.len()
    }

    /// The case that an event is to be counted with, as far as the event says.
    fn case_of(&self, told: &Told) -> Option<CaseId> {
        match told.what.result_of() {
            Some(code) => self.codes.get(code).copied(),
            None => told.what.is_of_case().then_some(told.case),
        }
    }

    /// Folds an event; what it needs to know of cases was looked up before.
    pub(crate) fn add(&mut self, told: &Told, catalogue: &Catalogue) {
        self.events += 1;
        self.place = Some((told.pos + 1, told.recorded));
        self.note_tree(told);
        let case = self.case_of(told);
        let known = case.and_then(|case| self.cases.get_mut(&case));
        let mut moves = std::mem::take(&mut self.moves);
        moves.clear();
        let state =
            count_into(known.as_ref().map(|known| &known.state), told, catalogue, &mut moves);
        if let (Some(case), Some(state)) = (case, state) {
            if state.is_over() {
                self.over.push(case);
            }
            match known {
                Some(known) => (known.state, known.touched) = (state, true),
                None => {
                    self.cases.insert(case, Remembered { state, stored: None, touched: true });
                }
            }
        }
        let today = Day::of(told.recorded);
        for (seq, moved) in (0..).zip(&moves) {
            self.apply(told, today, seq, moved);
        }
        self.flows(told.pos, &moves);
        self.moves = moves;
    }

    fn apply(&mut self, told: &Told, today: Day, seq: u32, moved: &Move) {
        let Move { fact, cell, trace, .. } = *moved;
        self.shelves.add(moved);
        if let Trace::Leaves { entered } = trace
            && entered < cell.day
        {
            let (pos, procedure, channel) = (told.pos, cell.procedure, cell.channel);
            let row = TraceRow::Stay { pos, procedure, channel, first: entered, end: cell.day };
            // The last day at whose end it was there lies before the one on which it left.
            let last = cell.day.before().month();
            let months = std::iter::successors(Some(entered.month()), |m| Some(m.next()));
            for month in months.take_while(|month| *month <= last) {
                self.shelves.trace(&cell, List::of(fact), month, row);
            }
        }
        if cell.day < today {
            let (pos, recorded) = (told.pos, told.recorded);
            self.revisions.push(Revision { pos, seq, recorded, moved: *moved });
        }
    }

    /// A row for each cell and list whose facts an event moved.
    fn flows(&mut self, pos: u64, moves: &[Move]) {
        let flows = || moves.iter().filter(|moved| moved.trace == Trace::Flow);
        let mut rows = Rows::default();
        for moved in flows().filter(|moved| !is_everywhere(moved.fact)) {
            let list = List::of(moved.fact);
            rows.add(moved, list, |cell, of| *cell == moved.cell && of == list);
        }
        for moved in flows().filter(|moved| is_everywhere(moved.fact)) {
            rows.add(moved, List::of(moved.fact), |cell, _| *cell == moved.cell);
        }
        for (cell, list, facts) in rows.0 {
            let Cell { procedure, channel, day, .. } = cell;
            let row = TraceRow::Flow { pos, procedure, channel, day, facts };
            self.shelves.trace(&cell, list, day.month(), row);
        }
    }

    fn note_tree(&mut self, told: &Told) {
        let (agency, what, before) = match &told.what {
            What::AgencyMoved { agency, from } => {
                (*agency, "parent", from.map(|from| from.to_string()))
            }
            What::AgencyChanged { agency, from } => {
                (*agency, "place", from.as_ref().map(ToString::to_string))
            }
            _ => return,
        };
        let day = Day::of(told.happened);
        self.tree.push(TreeChange { pos: told.pos, agency, day, what, before });
    }

    /// Forgets cases that are over and of which the store has nothing, and codes; should more be
    /// told of them, they are looked up again.
    pub(crate) fn forget(&mut self) {
        for case in self.over.drain(..) {
            let known = self.cases.get(&case);
            if known.is_some_and(|known| known.stored.is_none() && known.is_over()) {
                self.cases.remove(&case);
            }
        }
        self.codes.clear();
    }

    /// Hands out what is to be written, with the rows of cases or without; cases of which more
    /// may come stay remembered, as they will be in the store.
    pub(crate) fn batch(&mut self, with_cases: bool) -> Batch {
        let (slabs, traces) = self.shelves.clear();
        let cases = if with_cases { self.touched() } else { Vec::new() };
        self.events = 0;
        let place = self.place.take();
        let began = self.began;
        self.began = place.map_or(began, |(pos, _)| pos);
        let (revisions, tree) =
            (std::mem::take(&mut self.revisions), std::mem::take(&mut self.tree));
        Batch { slabs, traces, cases, revisions, tree, began, place }
    }

    fn touched(&mut self) -> Vec<(CaseId, Remembered)> {
        let touched = self.cases.iter_mut().filter(|(_, known)| known.touched);
        let mut cases: Vec<_> = touched
            .map(|(case, known)| {
                let before = known.clone();
                let stays = || (known.state.agency, known.state.held.clone());
                known.stored = (!known.is_over()).then(stays);
                known.touched = false;
                (*case, before)
            })
            .collect();
        cases.sort_unstable_by_key(|(case, _)| *case);
        // What was only looked up is looked up again; what is over is not expected again.
        self.cases.retain(|_, known| known.stored.is_some());
        cases
    }
}

/// The rows that an event writes to lists of flows: where, and which facts.
#[derive(Default)]
struct Rows(Vec<(Cell, List, Mask)>);

impl Rows {
    /// Adds the fact of a move to the first row that fits, or in another one to `list`.
    fn add(&mut self, moved: &Move, list: List, fits: impl Fn(&Cell, List) -> bool) {
        let mask = Mask::of(moved.fact);
        match self.0.iter_mut().find(|(cell, of, _)| fits(cell, *of)) {
            Some((.., facts)) => *facts = facts.and(mask),
            None => self.0.push((moved.cell, list, mask)),
        }
    }
}
