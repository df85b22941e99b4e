//! Chance without a state: every random number is computed from what it is for.
//!
//! The same case draws the same numbers at the same step whatever happens around it, so that a
//! forecast and its what-if differ by the change alone (common random numbers), and so that the
//! order in which threads work does not matter.

/// Mixes all bits of a number into all others (the finalizer of SplitMix64).
pub(crate) const fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A number for two things together, in this order.
pub(crate) const fn of(a: u64, b: u64) -> u64 {
    mix(a.rotate_left(23) ^ mix(b))
}

/// A number for a name.
pub(crate) fn of_text(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |sum: u64, byte| {
        (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A number for a UUID.
pub(crate) const fn of_uuid(uuid: u128) -> u64 {
    of((uuid >> 64) as u64, uuid as u64)
}

/// One of `n`, evenly, by 32 random bits; 0 where there are none.
pub(crate) const fn below(bits: u32, n: usize) -> usize {
    ((bits as u64 * n as u64) >> 32) as usize
}

/// The upper 32 bits.
pub(crate) const fn upper(number: u64) -> u32 {
    (number >> 32) as u32
}

/// The lower 32 bits.
pub(crate) const fn lower(number: u64) -> u32 {
    number as u32
}

/// Whether something with so many hundredths happens, by 32 random bits.
pub(crate) const fn happens(bits: u32, percent: u32) -> bool {
    (bits as u64 * 100) >> 32 < percent as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spread_evenly() {
        let mut counts = [0_u32; 10];
        for n in 0..100_000 {
            counts[below(upper(of(7, n)), 10)] += 1;
            counts[below(lower(of(n, 7)), 10)] += 1;
        }
        assert!(counts.iter().all(|count| (19_000..21_000).contains(count)), "{counts:?}");
        let hits = (0..100_000).filter(|n| happens(upper(mix(*n)), 30)).count();
        assert!((29_000..31_000).contains(&hits), "{hits}");
    }
}
