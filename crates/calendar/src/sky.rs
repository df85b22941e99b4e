//! Where the moon and the sun stand: new moons and the longitude of the sun.
//!
//! The series are those of J. Meeus, *Astronomical Algorithms* (2nd edition, chapters 25 and
//! 49), without the terms below half a minute. Good to about two minutes between 1900 and 2100.

/// Days of the Julian count at 1 January 1970, 00:00 UTC.
const EPOCH: f64 = 2_440_587.5;
/// Days of the Julian count at noon on 1 January 2000, from which the series run.
const J2000: f64 = 2_451_545.0;
/// Mean days from new moon to new moon.
const MONTH: f64 = 29.530_588_861;
/// The first new moon of 2000.
const FIRST: f64 = 2_451_550.097_66;

/// Which new moon, counted from the first of 2000, is nearest to the day `days` since 1970 (UTC).
pub(crate) fn nearest_new_moon(days: f64) -> i32 {
    ((days + EPOCH - FIRST) / MONTH).round() as i32
}

/// The instant of the new moon number `k`, in days since 1970 (UTC).
pub(crate) fn new_moon(k: i32) -> f64 {
    let k = f64::from(k);
    let t = k / 1236.85;
    let t2 = t * t;
    // Mean anomalies of sun and moon, argument of latitude, ascending node.
    let s = (2.5534 + 29.105_356_70 * k - 0.000_001_4 * t2).to_radians();
    let m = (201.5643 + 385.816_935_28 * k + 0.010_758_2 * t2).to_radians();
    let f = (160.7108 + 390.670_502_84 * k - 0.001_611_8 * t2).to_radians();
    let node = (124.7746 - 1.563_755_88 * k + 0.002_067_2 * t2).to_radians();
    // The orbit of the earth grows rounder, and what depends on it smaller.
    let e = 1.0 - 0.002_516 * t - 0.000_007_4 * t2;
    let correction = -0.407_20 * m.sin()
        + 0.172_41 * e * s.sin()
        + 0.016_08 * (2.0 * m).sin()
        + 0.010_39 * (2.0 * f).sin()
        + 0.007_39 * e * (m - s).sin()
        - 0.005_14 * e * (m + s).sin()
        + 0.002_08 * e * e * (2.0 * s).sin()
        - 0.001_11 * (m - 2.0 * f).sin()
        - 0.000_57 * (m + 2.0 * f).sin()
        + 0.000_56 * e * (2.0 * m + s).sin()
        - 0.000_42 * (3.0 * m).sin()
        + 0.000_42 * e * (s + 2.0 * f).sin()
        + 0.000_38 * e * (s - 2.0 * f).sin()
        + 0.000_325 * (299.77 + 0.107_408 * k - 0.009_173 * t2).to_radians().sin()
        - 0.000_24 * e * (2.0 * m - s).sin()
        - 0.000_17 * node.sin();
    let mean = FIRST + MONTH * k + 0.000_154_37 * t2;
    mean + correction - clock_error(mean) - EPOCH
}

/// Apparent longitude of the sun in degrees, 0 to 360, at `days` since 1970 (UTC).
pub(crate) fn sun_longitude(days: f64) -> f64 {
    let at = days + EPOCH;
    let t = (at + clock_error(at) - J2000) / 36_525.0;
    let anomaly = (357.529_11 + 35_999.050_29 * t - 0.000_153_7 * t * t).to_radians();
    let centre = (1.914_602 - 0.004_817 * t) * anomaly.sin()
        + (0.019_993 - 0.000_101 * t) * (2.0 * anomaly).sin()
        + 0.000_289 * (3.0 * anomaly).sin();
    let mean = 280.466_46 + 36_000.769_83 * t + 0.000_303_2 * t * t;
    let node = (125.04 - 1934.136 * t).to_radians();
    (mean + centre - 0.005_69 - 0.004_78 * node.sin()).rem_euclid(360.0)
}

/// How far, in days, the even time of the series runs ahead of the clocks of the turning earth
/// (ΔT): about a minute in this century.
fn clock_error(at: f64) -> f64 {
    let years = (at - J2000) / 365.25;
    let seconds = 62.92 + 0.322_17 * years + 0.005_589 * years * years;
    seconds / 86_400.0
}
