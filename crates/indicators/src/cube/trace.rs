//! What moved a cell, as rows of a fixed length: positions in the journal.
//!
//! One event moves several facts, most of them with neighbouring numbers. So a list is of ten
//! facts, and a row of it says which of them its event moved: a line for an event, not for each
//! fact.

use crate::{
    catalogue::ProcedureNumber,
    count::Channels,
    day::Day,
    fact::{Fact, Kind},
};

/// Rows in one part of a list.
pub(crate) const PART_ROWS: usize = 256;

/// A list of an agency, a plane and a month: of ten flows, or of one stock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct List(u8);

/// Which facts of a list an event moved.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Mask(u16);

/// Facts that every event of a case moves stand in whichever row it has.
const EVERYWHERE: [Fact; 2] = [Fact::Events, Fact::RecordedLater];
/// Lists of flows are those of numbers below this one.
const STOCKS_FROM: u8 = 110;

impl List {
    /// The list that rows of a fact are written to.
    pub(crate) const fn of(fact: Fact) -> Self {
        Self(match fact.kind() {
            Kind::Flow => fact.number() / 10,
            Kind::Stock => fact.number(),
        })
    }

    /// The lists in which rows of a fact may stand, in order.
    pub(crate) fn with(fact: Fact) -> Vec<Self> {
        if is_everywhere(fact) { (0..9).map(Self).collect() } else { vec![Self::of(fact)] }
    }

    /// The list of a number that stands in the store.
    pub(crate) const fn from_number(number: u8) -> Self {
        Self(number)
    }

    /// Its number in the store.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }

    /// Whether it is of a stock.
    pub(crate) const fn is_stock(self) -> bool {
        self.0 >= STOCKS_FROM
    }
}

/// Whether a fact stands in whichever row its event has.
pub(crate) fn is_everywhere(fact: Fact) -> bool {
    EVERYWHERE.contains(&fact)
}

impl Mask {
    /// The mask of one fact.
    pub(crate) fn of(fact: Fact) -> Self {
        match EVERYWHERE.iter().position(|one| *one == fact) {
            Some(at) => Self(1 << (10 + at)),
            None => Self(1 << (fact.number() % 10)),
        }
    }

    /// Both.
    pub(crate) const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether it has any of another one.
    pub(crate) const fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// A line of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TraceRow {
    /// An event that was counted on a day.
    Flow { pos: u64, procedure: ProcedureNumber, channel: Channels, day: Day, facts: Mask },
    /// A stay in a stock that is over: from `first` on, and no more on `end`. The event that
    /// ended it leads to the case.
    Stay { pos: u64, procedure: ProcedureNumber, channel: Channels, first: Day, end: Day },
}

const FLOW_BYTES: usize = 8 + 4 + 1 + 4 + 2;
const STAY_BYTES: usize = 8 + 4 + 1 + 4 + 4;

impl TraceRow {
    /// How long its rows are in the store.
    pub(crate) const fn bytes(list: List) -> usize {
        if list.is_stock() { STAY_BYTES } else { FLOW_BYTES }
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let (pos, procedure, channel, first) = match *self {
            Self::Flow { pos, procedure, channel, day, .. } => (pos, procedure, channel, day),
            Self::Stay { pos, procedure, channel, first, .. } => (pos, procedure, channel, first),
        };
        out.extend(pos.to_be_bytes());
        out.extend(procedure.number().to_be_bytes());
        out.push(channel as u8);
        out.extend(first.number().to_be_bytes());
        match *self {
            Self::Flow { facts, .. } => out.extend(facts.0.to_be_bytes()),
            Self::Stay { end, .. } => out.extend(end.number().to_be_bytes()),
        }
    }

    /// The rows of a part; none where the bytes are no rows.
    pub(crate) fn read(bytes: &[u8], list: List) -> Option<Vec<Self>> {
        let rows = bytes.chunks(Self::bytes(list));
        rows.map(|row| {
            let (pos, row) = row.split_first_chunk()?;
            let (procedure, row) = row.split_first_chunk()?;
            let (channel, row) = row.split_first()?;
            let (first, row) = row.split_first_chunk()?;
            let pos = u64::from_be_bytes(*pos);
            let procedure = ProcedureNumber::from_number(u32::from_be_bytes(*procedure));
            let channel = Channels::from_bits(*channel);
            let first = Day::from_number(i32::from_be_bytes(*first));
            if list.is_stock() {
                let end = Day::from_number(i32::from_be_bytes(row.try_into().ok()?));
                return Some(Self::Stay { pos, procedure, channel, first, end });
            }
            let facts = Mask(u16::from_be_bytes(row.try_into().ok()?));
            Some(Self::Flow { pos, procedure, channel, day: first, facts })
        })
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_read_as_they_are_written() {
        let (procedure, channel) = (ProcedureNumber::from_number(1_001_193), Channels::Online);
        let (first, end) = (Day::from_number(20_000), Day::from_number(20_010));
        let facts = Mask::of(Fact::Events).and(Mask::of(Fact::FinishedLate));
        let flow = TraceRow::Flow { pos: 7, procedure, channel, day: first, facts };
        let stay = TraceRow::Stay { pos: 1 << 40, procedure, channel, first, end };
        for (row, fact) in [(flow, Fact::FinishedLate), (stay, Fact::InHand)] {
            let mut bytes = Vec::new();
            row.write(&mut bytes);
            row.write(&mut bytes);
            assert_eq!(TraceRow::read(&bytes, List::of(fact)), Some(vec![row, row]));
            assert_eq!(TraceRow::read(&bytes[1..], List::of(fact)), None);
        }
    }

    #[test]
    fn a_row_tells_the_facts_of_its_list_apart() {
        for list in (0..=10).map(List::from_number) {
            let all: Vec<Fact> = Fact::ALL
                .iter()
                .copied()
                .filter(|fact| List::with(*fact).contains(&list))
                .collect();
            for a in &all {
                for b in &all {
                    assert_eq!(Mask::of(*a).has(Mask::of(*b)), a == b, "{a:?} {b:?}");
                }
            }
        }
    }
}
