//! Exact numbers: fractions of whole numbers without bounds, so that nothing drifts.

use std::{
    cmp::Ordering,
    fmt,
    iter::Sum,
    ops::{Add, Mul, Neg, Sub},
    str::FromStr,
};

use num::{BigInt, BigRational, Integer, One, Signed, ToPrimitive, Zero, pow::Pow};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use thiserror::Error;

/// Digits and exponent of a number beyond this are no figure of any score.
const DIGITS_MAX: usize = 40;

/// An exact number.
///
/// Its text form is a decimal where it has an end (`0.8575`) and a fraction where it has none
/// (`1/3`); [`Number::shown`] rounds. JSON and TOML numbers are read by their decimal digits.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(BigRational);

/// A text that is no number, or one of too many digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("not a number of at most {DIGITS_MAX} digits")]
pub struct NumberError;

impl Number {
    /// Nothing.
    #[must_use]
    pub fn zero() -> Self {
        Self(BigRational::zero())
    }

    /// One.
    #[must_use]
    pub fn one() -> Self {
        Self(BigRational::one())
    }

    /// `self / by`; none where `by` is zero.
    #[must_use]
    pub fn over(&self, by: &Self) -> Option<Self> {
        (!by.is_zero()).then(|| Self(&self.0 / &by.0))
    }

    /// Whether it is zero.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        self.0.is_zero()
    }

    /// Whether it is below zero.
    #[must_use]
    pub fn is_negative(&self) -> bool {
        self.0.is_negative()
    }

    /// Whether it has no fraction.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.0.is_integer()
    }

    /// The number without its sign.
    #[must_use]
    pub fn abs(&self) -> Self {
        Self(self.0.abs())
    }

    /// The least whole number that is not below it.
    #[must_use]
    pub fn ceil(&self) -> Self {
        Self(self.0.ceil())
    }

    /// Rounded to so many decimals; a half goes away from zero, as everywhere in this crate.
    #[must_use]
    pub fn rounded(&self, decimals: u8) -> Self {
        let scale = BigRational::from_integer(ten_to(decimals.into()));
        Self((&self.0 * &scale).round() / scale)
    }

    /// The digits of the rounded number, with all its decimals: `6.70`.
    #[must_use]
    pub fn shown(&self, decimals: u8) -> String {
        let scaled = (&self.0 * BigRational::from_integer(ten_to(decimals.into()))).round();
        written(&scaled.to_integer(), decimals.into())
    }

    /// The nearest machine number, for drawing only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        self.0.to_f64().unwrap_or(f64::NAN)
    }

    /// The whole number, if it is one and small enough.
    #[must_use]
    pub fn to_u32(&self) -> Option<u32> {
        if self.is_whole() { self.0.to_integer().to_u32() } else { None }
    }

    pub(crate) fn denominator(&self) -> &BigInt {
        self.0.denom()
    }

    /// `self · scale`, where the scale is a multiple of the denominator.
    pub(crate) fn scaled(&self, scale: &BigInt) -> BigInt {
        self.0.numer() * (scale / self.0.denom())
    }
}

fn ten_to(power: usize) -> BigInt {
    BigInt::from(10).pow(power)
}

/// A whole number of the last decimals as digits with a point.
fn written(scaled: &BigInt, decimals: usize) -> String {
    let digits = format!("{:0>width$}", scaled.abs().to_string(), width = decimals + 1);
    let (whole, fraction) = digits.split_at(digits.len() - decimals);
    let sign = if scaled.is_negative() { "-" } else { "" };
    if decimals == 0 { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let denominator = self.0.denom();
        let decimals = (0..=DIGITS_MAX).find(|n| ten_to(*n).is_multiple_of(denominator));
        match decimals {
            Some(decimals) => f.write_str(&written(&self.scaled(&ten_to(decimals)), decimals)),
            None => write!(f, "{}/{}", self.0.numer(), denominator),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    /// A decimal as JSON writes it: sign, digits, point and digits, exponent.
    fn from_str(text: &str) -> Result<Self, NumberError> {
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (&text[..at], text[at + 1..].parse::<i32>().map_err(|_| NumberError)?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(digits) => (-1, digits),
            None => (1, mantissa.strip_prefix('+').unwrap_or(mantissa)),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let all = format!("{whole}{fraction}");
        let plain = all.bytes().all(|byte| byte.is_ascii_digit()) && !whole.is_empty();
        let shift = exponent - i32::try_from(fraction.len()).map_err(|_| NumberError)?;
        if !plain || all.len() > DIGITS_MAX || shift.unsigned_abs() as usize > DIGITS_MAX {
            return Err(NumberError);
        }
        let digits: BigInt = all.parse().map_err(|_| NumberError)?;
        let scale = BigRational::from_integer(ten_to(shift.unsigned_abs() as usize));
        let number = BigRational::from_integer(digits * sign);
        Ok(Self(if shift < 0 { number / scale } else { number * scale }))
    }
}

macro_rules! whole {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Number {
            fn from(number: $kind) -> Self {
                Self(BigRational::from_integer(BigInt::from(number)))
            }
        }
    )*};
}
whole!(i32, i64, u32, u64, usize, BigInt);

macro_rules! operation {
    ($($kind:ident $name:ident),*) => {$(
        impl $kind for &Number {
            type Output = Number;

            fn $name(self, other: Self) -> Number {
                Number($kind::$name(&self.0, &other.0))
            }
        }
        impl $kind for Number {
            type Output = Number;

            fn $name(self, other: Self) -> Number {
                Number($kind::$name(self.0, other.0))
            }
        }
    )*};
}
operation!(Add add, Sub sub, Mul mul);

impl Neg for &Number {
    type Output = Number;

    fn neg(self) -> Number {
        Number(-&self.0)
    }
}

impl Sum for Number {
    /// Brings the fraction to its least terms once, at the end: that is what costs.
    fn sum<I: Iterator<Item = Self>>(numbers: I) -> Self {
        let (mut above, mut below) = (BigInt::ZERO, BigInt::one());
        for number in numbers {
            let (its_above, its_below) = number.0.into_raw();
            if below.is_multiple_of(&its_below) {
                above += its_above * (&below / its_below);
            } else {
                above = above * &its_below + its_above * &below;
                below *= its_below;
            }
        }
        Self(BigRational::new(above, below))
    }
}

impl PartialEq<i64> for Number {
    fn eq(&self, other: &i64) -> bool {
        self.is_whole() && self.0.numer().to_i64() == Some(*other)
    }
}

impl PartialOrd<i64> for Number {
    fn partial_cmp(&self, other: &i64) -> Option<Ordering> {
        Some(self.cmp(&Self::from(*other)))
    }
}

impl Serialize for Number {
    /// As text, so that no reader makes a float of it.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Digits)
    }
}

struct Digits;

impl de::Visitor<'_> for Digits {
    type Value = Number;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Number, E> {
        Ok(number.into())
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Number, E> {
        Ok(number.into())
    }

    /// The shortest decimal that names this float, which is what stood in the file.
    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Number, E> {
        number.to_string().parse().map_err(E::custom)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Number, E> {
        text.parse().map_err(E::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> Number {
        text.parse().unwrap()
    }

    #[test]
    fn decimals_are_exact_and_rounded_half_away_from_zero() {
        assert_eq!(number("0.1") + number("0.2"), number("0.3"));
        assert_eq!(number("0.716355").shown(4), "0.7164");
        assert_eq!(number("-0.00005").shown(4), "-0.0001");
        assert_eq!(number("17.684").shown(2), "17.68");
        assert_eq!(number("-0.001").shown(2), "0.00");
        assert_eq!(number("15").shown(0), "15");
        assert_eq!(number("1e3").to_string(), "1000");
        assert_eq!(number("2.50").to_string(), "2.5");
        assert_eq!(Number::from(1).over(&3.into()).unwrap().to_string(), "1/3");
        let third = || Number::from(1).over(&3.into()).unwrap();
        assert_eq!(third() + third() + third(), Number::one());
        assert_eq!(
            [third(), number("0.5"), third(), number("-0.25")]
                .into_iter()
                .sum::<Number>()
                .to_string(),
            "11/12"
        );
        assert_eq!(Number::one().over(&Number::zero()), None);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let long = "9".repeat(DIGITS_MAX + 1);
        for text in ["", ".", "-", "1.2.3", "1e", "1e99", "١", "NaN", "inf", "0x10", &long] {
            assert_eq!(text.parse::<Number>(), Err(NumberError), "{text}");
        }
    }
}
