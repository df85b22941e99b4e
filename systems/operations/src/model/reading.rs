//! Readings that need arithmetic of their own: what is unusual, and what is silent.

use jiff::SignedDuration;
use kernel::Instant;

/// Fewer of the same weekday than this say nothing about what is usual.
const USUAL_MIN: usize = 4;

/// What is usual on a weekday.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usual {
    /// The middle of the others.
    pub median: f64,
    /// The modified z-score of the one that is judged (Iglewicz and Hoaglin 1993): above 3.5 it is
    /// called an outlier. Its sign is dropped.
    pub score: f64,
}

/// How unlike `others` a count is; none where there are too few of them. The middle deviation of the
/// others stands for what is usual, but no less than what chance alone does to a count of that size
/// (the root of it, as Poisson has it): where all weeks are alike, one more is no outlier.
#[must_use]
pub fn unlike(value: f64, others: &[f64]) -> Option<Usual> {
    if others.len() < USUAL_MIN || !value.is_finite() || others.iter().any(|o| !o.is_finite()) {
        return None;
    }
    let median = median(others.to_vec());
    let off: Vec<f64> = others.iter().map(|other| (other - median).abs()).collect();
    let usual = (self::median(off) / 0.6745).max(median.abs().max(1.0).sqrt());
    Some(Usual { median, score: (value - median).abs() / usual })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 {
        values[middle]
    } else {
        f64::midpoint(values[middle - 1], values[middle])
    }
}

/// How many days in a row, from the last one back, hold nothing. A day of which nothing is known
/// ends the row: what is not known is not silence.
#[must_use]
pub fn quiet_days(days: &[Option<f64>]) -> usize {
    days.iter().rev().take_while(|day| **day == Some(0.0)).count()
}

/// How long figures may lag behind the journal before they are called old.
const BEHIND_MAX: SignedDuration = SignedDuration::from_secs(30);

/// Whether figures are behind: the oldest event that they do not count was recorded too long ago.
#[must_use]
pub fn is_behind(oldest: Option<Instant>, now: Instant) -> bool {
    oldest.is_some_and(|oldest| now.duration_since(oldest) > BEHIND_MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_unusual_monday_stands_out_and_a_usual_one_does_not() {
        let mondays = [4209.0, 3753.0, 3723.0, 3893.0, 4028.0, 4231.0, 3637.0, 4183.0];
        assert!(unlike(4100.0, &mondays).unwrap().score < 1.0);
        assert!(unlike(1418.0, &mondays).unwrap().score > 3.5);
        assert_eq!(unlike(4000.0, &mondays[..3]), None, "three weeks say nothing");
        assert_eq!(unlike(5.0, &[5.0; 8]).unwrap().score, 0.0);
        assert!(unlike(6.0, &[5.0; 8]).unwrap().score < 0.5, "one more of five is chance");
        assert!(unlike(14.0, &[5.0; 8]).unwrap().score > 3.5);
        assert!(unlike(3.0, &[0.0; 8]).unwrap().score < 3.5);
    }

    #[test]
    fn days_without_anything_are_silence_and_days_unknown_are_not() {
        assert_eq!(quiet_days(&[Some(3.0), Some(0.0), Some(0.0)]), 2);
        assert_eq!(quiet_days(&[Some(0.0), None, Some(0.0)]), 1);
        assert_eq!(quiet_days(&[Some(1.0)]), 0);
        assert_eq!(quiet_days(&[]), 0);
    }

    #[test]
    fn figures_are_old_once_something_waited_for_too_long() {
        let now: Instant = "2026-11-23T02:14:00Z".parse().unwrap();
        assert!(!is_behind(None, now));
        assert!(!is_behind(Some(now - SignedDuration::from_secs(2)), now));
        assert!(is_behind(Some(now - SignedDuration::from_secs(31)), now));
        assert!(!is_behind(Some(now + SignedDuration::from_secs(900)), now), "clocks jump");
    }
}
