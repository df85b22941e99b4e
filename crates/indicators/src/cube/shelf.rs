//! What was counted and is not written yet: everything of an agency, a plane and a month on one
//! shelf, in the order in which it came. It is sorted and added up once, when it is written, so
//! that an event costs no more than a few lines at the end of a list.

use std::collections::BTreeMap;

use foldhash::fast::RandomState;
use kernel::AgencyId;

use super::{
    slab::{self, Slot},
    trace::{List, TraceRow},
};
use crate::{
    catalogue::ProcedureNumber,
    count::{Cell, Move, Plane},
    day::Month,
};

/// A hash map of what is looked up by the million. Its order is by chance, so nothing is written
/// in it.
pub(crate) type HashMap<K, V> = std::collections::HashMap<K, V, RandomState>;

/// Whose shelf it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Place {
    agency: AgencyId,
    plane: Plane,
    month: Month,
}

#[derive(Debug, Default)]
struct Shelf {
    moves: Vec<(ProcedureNumber, Slot, i64)>,
    lines: Vec<(List, TraceRow)>,
}

/// The shelves of a batch.
#[derive(Debug, Default)]
pub(crate) struct Shelves {
    at: HashMap<Place, usize>,
    all: Vec<(Place, Shelf)>,
    /// The cell that was moved last, its shelf, and its day of the month: an event moves several
    /// facts of one cell.
    last: Option<(Cell, usize, u8)>,
}

/// What is to be added to a slab; packed as the slab is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SlabRow {
    pub(crate) plane: i64,
    pub(crate) span: i32,
    pub(crate) agency: AgencyId,
    pub(crate) cells: Vec<u8>,
}

/// Which list of what moved cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TraceKey {
    pub(crate) agency: AgencyId,
    pub(crate) plane: Plane,
    pub(crate) list: List,
    pub(crate) month: Month,
}

/// Lines that a list goes on with, as the store has them.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct TraceRows {
    pub(crate) key: TraceKey,
    pub(crate) lines: Vec<u8>,
}

impl Shelves {
    /// How many there are: what is written for each is about as much.
    pub(crate) fn len(&self) -> usize {
        self.all.len()
    }

    /// Moves a cell.
    pub(crate) fn add(&mut self, moved: &Move) {
        let Move { fact, cell, n, .. } = *moved;
        let (shelf, day) = match self.last {
            Some((last, shelf, day)) if last == cell => (shelf, day),
            _ => self.find(cell),
        };
        let slot = Slot::new(fact, cell.channel, day);
        self.all[shelf].1.moves.push((cell.procedure, slot, n));
    }

    /// Adds a line to a list of a month.
    pub(crate) fn trace(&mut self, cell: &Cell, list: List, month: Month, row: TraceRow) {
        let shelf = match self.last {
            Some((last, shelf, _)) if last == *cell && self.all[shelf].0.month == month => shelf,
            _ => self.shelf(Place { agency: cell.agency, plane: cell.plane, month }),
        };
        self.all[shelf].1.lines.push((list, row));
    }

    fn find(&mut self, cell: Cell) -> (usize, u8) {
        let (month, day) = cell.day.in_month();
        let shelf = self.shelf(Place { agency: cell.agency, plane: cell.plane, month });
        self.last = Some((cell, shelf, day));
        (shelf, day)
    }

    fn shelf(&mut self, place: Place) -> usize {
        let next = self.all.len();
        let shelf = *self.at.entry(place).or_insert(next);
        if shelf == next {
            self.all.push((place, Shelf::default()));
        }
        shelf
    }

    /// Empties the shelves: the rows that become of them, each sort in the order of its keys.
    pub(crate) fn clear(&mut self) -> (Vec<SlabRow>, Vec<TraceRows>) {
        let mut all = std::mem::take(self).all;
        all.sort_unstable_by_key(|(place, _)| *place);
        let (mut slabs, mut traces) = (Vec::new(), Vec::new());
        let alike = |a: &(Place, Shelf), b: &(Place, Shelf)| {
            (a.0.agency, a.0.plane, a.0.month.year()) == (b.0.agency, b.0.plane, b.0.month.year())
        };
        for year in all.chunk_by_mut(alike) {
            slabs_of(year, &mut slabs);
        }
        for (place, shelf) in &mut all {
            shelf.trace_rows(*place, &mut traces);
        }
        slabs.sort_unstable();
        traces.sort_unstable();
        (slabs, traces)
    }
}

/// The slabs that the shelves of a year move: of each month and of the year, on the plane of all
/// and on that of each procedure.
fn slabs_of(year: &mut [(Place, Shelf)], slabs: &mut Vec<SlabRow>) {
    let Some((Place { agency, plane: matter, .. }, _)) = year.first() else { return };
    let (agency, matter) = (*agency, i64::from(matter.number()));
    let mut push = |plane: i64, span: i32, cells: &[(Slot, i64)]| {
        if !cells.is_empty() {
            slabs.push(SlabRow { plane, span, agency, cells: slab::write(cells) });
        }
    };
    let mut years: BTreeMap<i64, Vec<(Slot, i64)>> = BTreeMap::new();
    let mut of_year = 0;
    for (Place { month, .. }, shelf) in year {
        of_year = month.year();
        let mut in_year = |plane: i64, cells: &[(Slot, i64)]| {
            let cells = cells.iter().map(|(slot, n)| (slot.on(month.of_year()), *n));
            years.entry(plane).or_default().extend(cells);
        };
        let mut together = Vec::new();
        shelf.moves.sort_unstable_by_key(|(procedure, slot, _)| slot.of(*procedure));
        for of_procedure in shelf.moves.chunk_by(|a, b| a.0 == b.0) {
            let mut cells: Vec<_> = of_procedure.iter().map(|(_, slot, n)| (*slot, *n)).collect();
            slab::sum(&mut cells);
            together.extend_from_slice(&cells);
            // A procedure has a number far above those of the planes; what is on none has only
            // these.
            let procedure = i64::from(of_procedure[0].0.number());
            if procedure > 0 {
                push(procedure, month.number(), &cells);
                in_year(procedure, &cells);
            }
        }
        // Runs in order, one behind the other: a stable sort only merges them.
        together.sort_by_key(|(slot, _)| *slot);
        slab::sum(&mut together);
        push(matter, month.number(), &together);
        in_year(matter, &together);
    }
    for (plane, mut cells) in years {
        cells.sort_by_key(|(slot, _)| *slot);
        slab::sum(&mut cells);
        push(plane, of_year, &cells);
    }
}

impl Shelf {
    fn trace_rows(&mut self, Place { agency, plane, month }: Place, rows: &mut Vec<TraceRows>) {
        // Lines of a list keep their order, which is that of the journal.
        self.lines.sort_by_key(|(list, _)| *list);
        for of_list in self.lines.chunk_by(|a, b| a.0 == b.0) {
            let list = of_list[0].0;
            let mut lines = Vec::with_capacity(of_list.len() * TraceRow::bytes(list));
            of_list.iter().for_each(|(_, row)| row.write(&mut lines));
            rows.push(TraceRows { key: TraceKey { agency, plane, list, month }, lines });
        }
    }
}
