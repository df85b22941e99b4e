//! What moved a cell, as rows of a fixed length: positions in the journal.

use crate::{catalogue::ProcedureNumber, count::Channels, day::Day};

/// Rows in one part of a list.
pub(crate) const PART_ROWS: usize = 256;

/// A line of the list behind a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TraceRow {
    /// An event that was counted on a day.
    Flow { pos: u64, procedure: ProcedureNumber, channel: Channels, day: Day },
    /// A stay in a stock that is over: from `first` on, and no more on `end`. The event that
    /// ended it leads to the case.
    Stay { pos: u64, procedure: ProcedureNumber, channel: Channels, first: Day, end: Day },
}

const FLOW_BYTES: usize = 8 + 4 + 1 + 4;
const STAY_BYTES: usize = FLOW_BYTES + 4;

impl TraceRow {
    /// How long its rows are in the store.
    pub(crate) const fn bytes(is_stay: bool) -> usize {
        if is_stay { STAY_BYTES } else { FLOW_BYTES }
    }

    pub(crate) fn write(&self, out: &mut Vec<u8>) {
        let (pos, procedure, channel, first, end) = match *self {
            Self::Flow { pos, procedure, channel, day } => (pos, procedure, channel, day, None),
            Self::Stay { pos, procedure, channel, first, end } => {
                (pos, procedure, channel, first, Some(end))
            }
        };
        out.extend(pos.to_be_bytes());
        out.extend(procedure.number().to_be_bytes());
        out.push(channel as u8);
        out.extend(first.number().to_be_bytes());
        out.extend(end.into_iter().flat_map(|end| end.number().to_be_bytes()));
    }

    /// The rows of a part; none where the bytes are no rows.
    pub(crate) fn read(bytes: &[u8], is_stay: bool) -> Option<Vec<Self>> {
        let rows = bytes.chunks(Self::bytes(is_stay));
        rows.map(|row| {
            let (pos, row) = row.split_first_chunk()?;
            let (procedure, row) = row.split_first_chunk()?;
            let (channel, row) = row.split_first()?;
            let (first, row) = row.split_first_chunk()?;
            let pos = u64::from_be_bytes(*pos);
            let procedure = ProcedureNumber::from_number(u32::from_be_bytes(*procedure));
            let channel = Channels::from_bits(*channel);
            let first = Day::from_number(i32::from_be_bytes(*first));
            if !is_stay {
                return row.is_empty().then_some(Self::Flow {
                    pos,
                    procedure,
                    channel,
                    day: first,
                });
            }
            let (end, row) = row.split_first_chunk()?;
            let end = Day::from_number(i32::from_be_bytes(*end));
            row.is_empty().then_some(Self::Stay { pos, procedure, channel, first, end })
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
        let flow = TraceRow::Flow { pos: 7, procedure, channel, day: first };
        let stay = TraceRow::Stay { pos: 1 << 40, procedure, channel, first, end };
        for (row, is_stay) in [(flow, false), (stay, true)] {
            let mut bytes = Vec::new();
            row.write(&mut bytes);
            row.write(&mut bytes);
            assert_eq!(TraceRow::read(&bytes, is_stay), Some(vec![row, row]));
            assert_eq!(TraceRow::read(&bytes[1..], is_stay), None);
        }
    }
}
