//! Slabs: the cells of one agency and plane over a year or a month, packed into one row. Facts
//! that nobody asks for are skipped by their length.

use crate::{catalogue::ProcedureNumber, count::Channels, fact::Fact};

/// A place in a slab: the fact, the channel, and the month of the year or the day of the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slot(u16);

impl Slot {
    /// The slot of a fact, a channel, and a month (1 to 12) or day (1 to 31).
    pub(crate) fn new(fact: Fact, channel: Channels, at: u8) -> Self {
        Self(u16::from(fact.number()) << 7 | (channel as u16) << 5 | u16::from(at & 31))
    }

    /// The same at another month or day.
    pub(crate) fn on(self, at: u8) -> Self {
        Self(self.0 & !31 | u16::from(at & 31))
    }

    /// The order of slots of several procedures, in one number.
    pub(crate) fn of(self, procedure: ProcedureNumber) -> u64 {
        u64::from(procedure.number()) << 16 | u64::from(self.0)
    }

    fn fact(self) -> u8 {
        // A fact has at most seven bits.
        self.0.to_be_bytes()[0] << 1 | self.0.to_be_bytes()[1] >> 7
    }

    fn rest(self) -> u8 {
        self.0.to_be_bytes()[1] & 127
    }
}

/// The cells of a slab, with those of another one that is to be added, as bytes; empty where
/// nothing is left. Cells are in order of their slots: equal cells are equal bytes. None where the
/// bytes are no slab.
pub(crate) fn add(cells: &[u8], more: &[u8]) -> Option<Vec<u8>> {
    let mut both = Vec::with_capacity((cells.len() + more.len()) / 2);
    visit(cells, |slot, n| both.push((slot, n)))?;
    visit(more, |slot, n| both.push((slot, n)))?;
    // Two runs in order: a stable sort only merges them.
    both.sort_by_key(|(slot, _)| *slot);
    sum(&mut both);
    Some(write(&both))
}

/// Adds up cells that stand side by side, and leaves out those of nothing.
pub(crate) fn sum(cells: &mut Vec<(Slot, i64)>) {
    cells.dedup_by(|next, kept| {
        let same = next.0 == kept.0;
        kept.1 += if same { next.1 } else { 0 };
        same
    });
    cells.retain(|(_, n)| *n != 0);
}

/// Cells in order, as bytes.
pub(crate) fn write(cells: &[(Slot, i64)]) -> Vec<u8> {
    let mut out = Vec::with_capacity(cells.len() * 3);
    let mut body = Vec::new();
    for block in cells.chunk_by(|a, b| a.0.fact() == b.0.fact()) {
        body.clear();
        for (slot, n) in block {
            body.push(slot.rest());
            #[expect(clippy::cast_sign_loss, reason = "zigzag: the sign goes to the last bit")]
            put(&mut body, ((n << 1) ^ (n >> 63)) as u64);
        }
        out.push(block[0].0.fact());
        put(&mut out, body.len() as u64);
        out.extend_from_slice(&body);
    }
    out
}

/// The cells of a slab as the store keeps them: fact, channel, month of the year or day of the
/// month, and number. For whoever fills a cube without a journal, as benchmarks do.
#[must_use]
pub fn pack(cells: &[(Fact, Channels, u8, i64)]) -> Vec<u8> {
    let mut cells: Vec<(Slot, i64)> =
        cells.iter().map(|(fact, channel, at, n)| (Slot::new(*fact, *channel, *at), *n)).collect();
    cells.sort_unstable();
    sum(&mut cells);
    write(&cells)
}

/// Visits the cells in order; none where the bytes are no slab.
fn visit(cells: &[u8], mut visit: impl FnMut(Slot, i64)) -> Option<()> {
    let of = |fact: u8, channel: Channels| Some(u16::from(fact) << 7 | (channel as u16) << 5);
    read(cells, |_| true, of, |block, at, n| visit(Slot(block | u16::from(at)), n))
}

/// Reads the cells of the facts that are wanted; others are skipped. `of` answers what is done with the cells of a fact and
/// a channel, none where nothing is; `each` does it with their months or days and numbers.
pub(crate) fn read<T: Copy>(
    mut cells: &[u8],
    wanted: impl Fn(u8) -> bool,
    of: impl Fn(u8, Channels) -> Option<T>,
    mut each: impl FnMut(T, u8, i64),
) -> Option<()> {
    while let Some((fact, rest)) = cells.split_first() {
        cells = rest;
        let length = usize::try_from(take(&mut cells)?).ok()?;
        let (mut body, rest) = cells.split_at_checked(length)?;
        cells = rest;
        if !wanted(*fact) {
            continue;
        }
        // Cells of a channel stand together.
        let (mut bits, mut doing) = (u8::MAX, None);
        while let Some((rest_of_slot, rest)) = body.split_first() {
            body = rest;
            let n = unzigzag(take(&mut body)?);
            let channel = rest_of_slot >> 5;
            if channel != bits {
                (bits, doing) = (channel, of(*fact, Channels::from_bits(channel)));
            }
            if let Some(doing) = doing {
                each(doing, rest_of_slot & 31, n);
            }
        }
    }
    Some(())
}

fn put(out: &mut Vec<u8>, mut number: u64) {
    while number >= 128 {
        out.push(number.to_le_bytes()[0] | 128);
        number >>= 7;
    }
    out.push(number.to_le_bytes()[0]);
}

#[expect(clippy::cast_possible_wrap, reason = "zigzag: the last bit is the sign")]
const fn unzigzag(n: u64) -> i64 {
    (n >> 1) as i64 ^ -((n & 1) as i64)
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    // Nearly every number is small.
    match **bytes {
        [a, ref rest @ ..] if a < 128 => {
            *bytes = rest;
            Some(a.into())
        }
        [a, b, ref rest @ ..] if b < 128 => {
            *bytes = rest;
            Some(u64::from(a & 127) | u64::from(b) << 7)
        }
        _ => take_long(bytes),
    }
}

fn take_long(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0_u64;
    for shift in (0..64).step_by(7) {
        let (byte, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(byte & 127) << shift;
        if byte & 128 == 0 {
            return Some(number);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    fn packed(moves: &[(Slot, i64)]) -> Vec<u8> {
        let mut moves = moves.to_vec();
        sum(&mut moves);
        write(&moves)
    }

    fn moves() -> impl Strategy<Value = Vec<(Slot, i64)>> {
        let slot = (0..Fact::ALL.len(), 0_u8..4, 1_u8..=31).prop_map(|(fact, channel, at)| {
            Slot::new(Fact::ALL[fact], Channels::from_bits(channel), at)
        });
        proptest::collection::btree_map(slot, -1_000_i64..1_000_000_000, 0..40)
            .prop_map(|moves| moves.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_was_added_is_read_and_equal_cells_are_equal_bytes(
            a in moves(), b in moves(),
        ) {
            let ab = add(&packed(&a), &packed(&b)).unwrap();
            let ba = add(&packed(&b), &packed(&a)).unwrap();
            prop_assert_eq!(&ab, &ba);
            let mut sum: BTreeMap<Slot, i64> = BTreeMap::new();
            for (slot, n) in a.into_iter().chain(b) {
                *sum.entry(slot).or_default() += n;
            }
            sum.retain(|_, n| *n != 0);
            let mut read = BTreeMap::new();
            visit(&ab, |slot, n| { read.insert(slot, n); }).unwrap();
            prop_assert_eq!(read, sum);
        }

        #[test]
        fn what_is_taken_away_leaves_nothing(a in moves()) {
            let minus: Vec<_> = a.iter().map(|(slot, n)| (*slot, -n)).collect();
            prop_assert!(add(&packed(&a), &packed(&minus)).unwrap().is_empty());
        }
    }

    #[test]
    fn broken_bytes_are_told_and_not_read() {
        let whole = packed(&[(Slot::new(Fact::Accepted, Channels::Online, 3), 300)]);
        let broken = &whole[..whole.len() - 1];
        assert!(visit(broken, |_, _| ()).is_none());
        assert!(read(broken, |_| true, |_, _| Some(()), |(), _, _| ()).is_none());
    }
}
