//! Exact numbers: whole numbers over whole numbers, so that no published figure is missed by the
//! last bit of a float.

use std::{cmp::Ordering, fmt, num::NonZero};

use serde::{Deserialize, Serialize};

/// A number `num / den`, exact as long as both fit; what does not fit is none, never wrong.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Exact {
    num: i64,
    /// Above zero; that it is never zero lets a value that may be none be no larger.
    den: NonZero<i64>,
}

const ONE: NonZero<i64> = NonZero::new(1).expect("one is not zero");

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self::whole(0);

    /// A whole number.
    #[inline]
    #[must_use]
    pub const fn whole(num: i64) -> Self {
        Self { num, den: ONE }
    }

    /// `num / den`; none where `den` is zero, or the number is too large.
    #[inline]
    #[must_use]
    pub fn ratio(num: i64, den: i64) -> Option<Self> {
        match NonZero::new(den) {
            Some(den) if den.get() > 0 => Some(Self { num, den }),
            _ => fit(num.into(), den.into()),
        }
    }

    /// The numerator and the denominator, in lowest terms.
    #[must_use]
    pub fn parts(self) -> (i64, i64) {
        let (num, den) = (self.num, self.den.get());
        let common = gcd(num.unsigned_abs().into(), den.unsigned_abs().into());
        let common = i64::try_from(common).unwrap_or(1).max(1);
        (num / common, den / common)
    }

    /// Whether it is zero.
    #[inline]
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.num == 0
    }

    /// The sum; none where it is too large.
    #[inline]
    #[must_use]
    pub fn plus(self, other: Self) -> Option<Self> {
        if self.den == ONE && other.den == ONE {
            return Some(Self::whole(self.num.checked_add(other.num)?));
        }
        let (a, b) = (wide(self), wide(other));
        fit(a.0 * b.1 + b.0 * a.1, a.1 * b.1)
    }

    /// The difference; none where it is too large.
    #[inline]
    #[must_use]
    pub fn minus(self, other: Self) -> Option<Self> {
        self.plus(Self { num: other.num.checked_neg()?, den: other.den })
    }

    /// The product; none where it is too large.
    #[inline]
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        // Nearly every number is small; the wide way is for those that are not.
        if let (Some(num), Some(den)) =
            (self.num.checked_mul(other.num), self.den.checked_mul(other.den))
        {
            return Some(Self { num, den });
        }
        let (a, b) = (wide(self), wide(other));
        fit(a.0 * b.0, a.1 * b.1)
    }

    /// The quotient; none where `other` is zero, or the number is too large.
    #[inline]
    #[must_use]
    pub fn over(self, other: Self) -> Option<Self> {
        if self.den == ONE && other.den == ONE {
            return Self::ratio(self.num, other.num);
        }
        let (a, b) = (wide(self), wide(other));
        fit(a.0 * b.1, a.1 * b.0)
    }

    /// The number in units of `10^-places`, rounded half away from zero as figures are published:
    /// with 2 places, 17.675 is 1768.
    #[must_use]
    pub fn rounded(self, places: u32) -> i128 {
        let scaled = i128::from(self.num) * 10_i128.pow(places.min(18));
        let den = i128::from(self.den.get());
        let half = if scaled < 0 { -den } else { den };
        (2 * scaled + half) / (2 * den)
    }

    /// The nearest float, for drawing and for comparing with thresholds that people choose.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "the nearest float is what is asked for")]
    pub fn to_f64(self) -> f64 {
        self.num as f64 / self.den.get() as f64
    }

    /// The number with so many places behind a point: `88.42`.
    #[must_use]
    pub fn text(self, places: u32) -> String {
        let places = places.min(18);
        let rounded = self.rounded(places);
        let scale = 10_u128.pow(places);
        let (whole, rest) = (rounded.unsigned_abs() / scale, rounded.unsigned_abs() % scale);
        let sign = if rounded < 0 { "-" } else { "" };
        match places {
            0 => format!("{sign}{whole}"),
            _ => format!("{sign}{whole}.{rest:0width$}", width = places as usize),
        }
    }
}

/// Reads `20`, `0.8`, `2.5`.
impl std::str::FromStr for Exact {
    type Err = NoNumber;

    fn from_str(text: &str) -> Result<Self, NoNumber> {
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = !whole.is_empty() && digits(whole) && digits(part) && part.len() <= 6;
        if !fits || (text.contains('.') && part.is_empty()) {
            return Err(NoNumber);
        }
        let num = format!("{whole}{part}").parse().map_err(|_| NoNumber)?;
        let den = 10_i64.pow(part.len().try_into().map_err(|_| NoNumber)?);
        Self::ratio(num, den).ok_or(NoNumber)
    }
}

/// The text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a number has digits, and at most six behind a point")]
pub struct NoNumber;

fn wide(of: Exact) -> (i128, i128) {
    (i128::from(of.num), i128::from(of.den.get()))
}

/// The number in 64 bits, in lowest terms where it would not fit otherwise.
fn fit(num: i128, den: i128) -> Option<Exact> {
    if den == 0 {
        return None;
    }
    let (num, den) = if den < 0 { (-num, -den) } else { (num, den) };
    let narrow = |num: i128, den: i128| {
        let (num, den) = (i64::try_from(num).ok()?, i64::try_from(den).ok()?);
        Some(Exact { num, den: NonZero::new(den)? })
    };
    narrow(num, den).or_else(|| {
        let common = i128::try_from(gcd(num.unsigned_abs(), den.unsigned_abs())).ok()?;
        narrow(num / common, den / common)
    })
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl PartialEq for Exact {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}
impl Eq for Exact {}
impl PartialOrd for Exact {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Exact {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (wide(*self), wide(*other));
        (a.0 * b.1).cmp(&(b.0 * a.1))
    }
}
impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (num, den) = self.parts();
        if den == 1 { write!(f, "{num}") } else { write!(f, "{num}/{den}") }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn figures_are_rounded_as_they_are_published() {
        let hundred = Exact::whole(100);
        let phu_tho = Exact::ratio(528_684, 597_918).unwrap();
        assert_eq!(phu_tho.times(hundred).unwrap().text(2), "88.42");
        assert_eq!(phu_tho.times(Exact::whole(20)).unwrap().text(2), "17.68");
        assert_eq!(Exact::ratio(-1, 8).unwrap().text(2), "-0.13");
        assert_eq!(Exact::whole(7).text(0), "7");
    }

    #[test]
    fn a_number_is_read_as_it_is_written() {
        for (text, num, den) in [("20", 20, 1), ("0.8", 4, 5), ("2.50", 5, 2)] {
            assert_eq!(text.parse::<Exact>().unwrap().parts(), (num, den));
        }
        for text in ["", ".5", "1.", "-1", "1e3", "0.1234567", "1.2.3"] {
            assert!(text.parse::<Exact>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_value_that_may_be_none_is_no_larger_than_a_number() {
        use crate::expression::Value;
        assert_eq!(size_of::<Value>(), size_of::<Exact>());
    }

    #[test]
    fn what_is_divided_by_zero_or_too_large_is_none() {
        assert_eq!(Exact::whole(1).over(Exact::ZERO), None);
        assert_eq!(Exact::ratio(1, 0), None);
        assert_eq!(Exact::whole(i64::MAX).plus(Exact::whole(1)), None);
        assert_eq!(Exact::whole(i64::MAX).times(Exact::whole(2)), None);
    }

    fn number() -> impl Strategy<Value = Exact> {
        (-1_000_000_i64..1_000_000, 1_i64..1_000_000)
            .prop_map(|(num, den)| Exact::ratio(num, den).unwrap())
    }

    proptest! {
        #[test]
        fn arithmetic_keeps_its_laws(a in number(), b in number(), c in number()) {
            prop_assert_eq!(a.plus(b), b.plus(a));
            prop_assert_eq!(a.plus(b).and_then(|ab| ab.minus(b)), Some(a));
            let left = b.plus(c).and_then(|bc| a.times(bc));
            let right = a.times(b).zip(a.times(c)).and_then(|(ab, ac)| ab.plus(ac));
            if let (Some(left), Some(right)) = (left, right) {
                prop_assert_eq!(left, right);
            }
            if !b.is_zero() {
                prop_assert_eq!(a.over(b).and_then(|q| q.times(b)), Some(a));
            }
        }
    }
}
