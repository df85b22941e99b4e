//! A batch of events, folded in memory before anything of it is written.

use std::collections::HashMap;

use kernel::{AgencyId, CaseCode, CaseId, Instant};

use super::trace::{List, Mask, TraceRow, is_everywhere};
use crate::{
    catalogue::Catalogue,
    count::{CaseState, Cell, Move, Plane, Told, Trace, What, count},
    day::{Day, Month},
    fact::Fact,
};

/// What a batch does to the cube.
#[derive(Debug, Default, Clone)]
pub(crate) struct Fold {
    /// By how much each cell moves.
    pub(crate) cells: HashMap<(Fact, Cell), i64>,
    /// What moved them, in the order of the journal.
    pub(crate) traces: HashMap<TraceKey, Vec<TraceRow>>,
    /// Cases that were touched, and those that were looked up.
    pub(crate) cases: HashMap<CaseId, Remembered>,
    /// Which case has a code, as far as it was asked for.
    pub(crate) codes: HashMap<CaseCode, CaseId>,
    pub(crate) revisions: Vec<Revision>,
    pub(crate) tree: Vec<TreeChange>,
    /// Events that were folded.
    pub(crate) events: u64,
    /// The position that the store has: where what is not written yet begins.
    pub(crate) began: u64,
    /// The position after the last of them, and when that one was recorded.
    pub(crate) place: Option<(u64, Instant)>,
}

/// A list of what moved cells in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TraceKey {
    pub(crate) agency: AgencyId,
    pub(crate) plane: Plane,
    pub(crate) list: List,
    pub(crate) month: Month,
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
        let known = case.and_then(|case| self.cases.get(&case));
        let counted = count(known.map(|known| &known.state), told, catalogue);
        for (seq, moved) in (0..).zip(&counted.moves) {
            self.apply(told, seq, moved);
        }
        self.flows(told.pos, &counted.moves);
        if let (Some(case), Some(state)) = (case, counted.state) {
            match self.cases.get_mut(&case) {
                Some(known) => (known.state, known.touched) = (state, true),
                None => {
                    self.cases.insert(case, Remembered { state, stored: None, touched: true });
                }
            }
        }
    }

    fn apply(&mut self, told: &Told, seq: u32, moved: &Move) {
        let Move { fact, cell, n, trace } = *moved;
        *self.cells.entry((fact, cell)).or_default() += n;
        if let Trace::Leaves { entered } = trace
            && entered < cell.day
        {
            let (pos, procedure, channel) = (told.pos, cell.procedure, cell.channel);
            let row = TraceRow::Stay { pos, procedure, channel, first: entered, end: cell.day };
            // The last day at whose end it was there lies before the one on which it left.
            let last = cell.day.before().month();
            let months = std::iter::successors(Some(entered.month()), |m| Some(m.next()));
            for month in months.take_while(|month| *month <= last) {
                self.trace(cell, List::of(fact), month, row);
            }
        }
        if cell.day < Day::of(told.recorded) {
            self.revisions.push(Revision {
                pos: told.pos,
                seq,
                recorded: told.recorded,
                moved: *moved,
            });
        }
    }

    /// A row for each cell and list whose facts an event moved.
    fn flows(&mut self, pos: u64, moves: &[Move]) {
        let flows = || moves.iter().filter(|moved| moved.trace == Trace::Flow);
        let mut rows: Vec<(Cell, List, Mask)> = Vec::new();
        for moved in flows().filter(|moved| !is_everywhere(moved.fact)) {
            let (list, mask) = (List::of(moved.fact), Mask::of(moved.fact));
            match rows.iter_mut().find(|(cell, of, _)| *cell == moved.cell && *of == list) {
                Some((.., facts)) => *facts = facts.and(mask),
                None => rows.push((moved.cell, list, mask)),
            }
        }
        for moved in flows().filter(|moved| is_everywhere(moved.fact)) {
            let mask = Mask::of(moved.fact);
            match rows.iter_mut().find(|(cell, ..)| *cell == moved.cell) {
                Some((.., facts)) => *facts = facts.and(mask),
                None => rows.push((moved.cell, List::of(moved.fact), mask)),
            }
        }
        for (cell, list, facts) in rows {
            let Cell { procedure, channel, day, .. } = cell;
            let row = TraceRow::Flow { pos, procedure, channel, day, facts };
            self.trace(cell, list, day.month(), row);
        }
    }

    fn trace(&mut self, cell: Cell, list: List, month: Month, row: TraceRow) {
        let key = TraceKey { agency: cell.agency, plane: cell.plane, list, month };
        self.traces.entry(key).or_default().push(row);
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
}
