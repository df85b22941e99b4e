//! A number of a report: exact to four places behind the point, so that sums of thousands of
//! communes are what a person with a pencil gets.

use indicators::Exact;
use serde::{Deserialize, Serialize};
use web::Words;

/// Ten-thousandths in one.
const ONE: i64 = 10_000;

/// A number, in ten-thousandths.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Number(i64);

impl Number {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// So many ten-thousandths.
    #[must_use]
    pub const fn from_parts(parts: i64) -> Self {
        Self(parts)
    }

    /// Its ten-thousandths.
    #[must_use]
    pub const fn parts(self) -> i64 {
        self.0
    }

    /// A whole number; the largest that there is where it is larger.
    #[must_use]
    pub const fn whole(number: i64) -> Self {
        Self(number.saturating_mul(ONE))
    }

    /// Whether it has nothing behind the point.
    #[must_use]
    pub const fn is_whole(self) -> bool {
        self.0 % ONE == 0
    }

    /// The value of an indicator, rounded to what a report holds.
    #[must_use]
    pub fn of(value: Exact) -> Option<Self> {
        i64::try_from(value.rounded(4)).ok().map(Self)
    }

    /// As people in Việt Nam write it: `1.234`, `12,5`. A point parts thousands and nothing else.
    #[must_use]
    pub fn typed(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (sign, text) = text.strip_prefix('-').map_or((1, text.as_str()), |rest| (-1, rest));
        let (whole, rest) = text.split_once(',').unwrap_or((text, ""));
        let groups: Vec<&str> = whole.split('.').collect();
        let well = groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3);
        if groups.len() > 1 && !well {
            return None;
        }
        Self::read(sign, &groups.concat(), rest)
    }

    /// As programs write it: `1234.5`.
    #[must_use]
    pub fn plain(text: &str) -> Option<Self> {
        let text = text.trim();
        let (sign, text) = text.strip_prefix('-').map_or((1, text), |rest| (-1, rest));
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let zeros = rest.len().saturating_sub(4);
        let rest = match rest.split_at_checked(4) {
            Some((kept, more)) if zeros > 0 && more.bytes().all(|b| b == b'0') => kept,
            _ => rest,
        };
        Self::read(sign, whole, rest)
    }

    fn read(sign: i64, whole: &str, rest: &str) -> Option<Self> {
        let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || rest.len() > 4 || !digits(whole) || !digits(rest) {
            return None;
        }
        let whole: i64 = whole.parse().ok()?;
        let rest: i64 = format!("{rest:0<4}").parse().ok()?;
        whole.checked_mul(ONE)?.checked_add(rest)?.checked_mul(sign).map(Self)
    }

    /// The sum.
    #[must_use]
    pub const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// So many times as much.
    #[must_use]
    pub fn times(self, factor: Self) -> Self {
        let product = i128::from(self.0) * i128::from(factor.0) / i128::from(ONE);
        Self(i64::try_from(product).unwrap_or(if product < 0 { i64::MIN } else { i64::MAX }))
    }

    /// A hundred times its share of `whole`, rounded; none of nothing.
    #[must_use]
    pub fn percent_of(self, whole: Self) -> Option<Self> {
        if whole.0 == 0 {
            return None;
        }
        let (num, den) = (i128::from(self.0) * 100 * i128::from(ONE) * 2, i128::from(whole.0));
        let twice = num / den;
        i64::try_from((twice + twice.signum()) / 2).ok().map(Self)
    }

    /// As a floating number, for what is estimated.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "estimates need no more")]
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// As programs write it.
    #[must_use]
    pub fn to_plain(self) -> String {
        let (sign, whole, rest) = self.split();
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{rest}") }
    }

    /// As it is typed into a field.
    #[must_use]
    pub fn to_typed(self) -> String {
        let (sign, whole, rest) = self.split();
        if rest.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole},{rest}") }
    }

    /// As people read it.
    #[must_use]
    pub fn text(self, words: &Words) -> String {
        let (_, _, rest) = self.split();
        words.decimal(self.to_f64(), rest.len())
    }

    fn split(self) -> (&'static str, u64, String) {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        let rest = format!("{:04}", size % ONE.unsigned_abs());
        (sign, size / ONE.unsigned_abs(), rest.trim_end_matches('0').to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written_and_nothing_is_guessed() {
        for (typed, parts) in [
            ("0", 0),
            ("1.234", 12_340_000),
            ("1 234", 12_340_000),
            ("12.345.678", 123_456_780_000),
            ("12,5", 125_000),
            ("-3", -30_000),
        ] {
            assert_eq!(Number::typed(typed), Some(Number(parts)), "{typed}");
        }
        for typed in ["", "12.5", "1.2345", "a", "1,23456", "1,2,3", "--1"] {
            assert_eq!(Number::typed(typed), None, "{typed}");
        }
        assert_eq!(Number::plain("12.50000"), Some(Number(125_000)));
        assert_eq!(Number::plain("1,234"), None);
        assert_eq!(Number(-125_000).to_typed(), "-12,5");
    }

    #[test]
    fn a_share_is_rounded_and_none_of_nothing() {
        let of = |part: i64, whole: i64| Number::whole(part).percent_of(Number::whole(whole));
        assert_eq!(of(2, 3), Some(Number(666_667)));
        assert_eq!(of(1, 3), Some(Number(333_333)));
        assert_eq!(of(0, 0), None);
    }
}
