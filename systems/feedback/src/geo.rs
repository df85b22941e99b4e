//! Where things are: points of communes, distances, and the squares by which neighbours are found.

use std::{collections::BTreeMap, sync::LazyLock};

use directory::Directory;
use kernel::PlaceCode;

/// Degrees north and east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Degrees north.
    pub north: f64,
    /// Degrees east.
    pub east: f64,
}

/// The point of a commune, and how far it reaches.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    /// A point inside, near where people live.
    pub point: Point,
    /// Radius in metres of a circle of the same area.
    pub reach: f64,
}

/// The points of all communes.
#[must_use]
pub fn spots() -> &'static BTreeMap<PlaceCode, Spot> {
    static SPOTS: LazyLock<BTreeMap<PlaceCode, Spot>> = LazyLock::new(|| {
        let known = directory::spots().iter();
        let one = |(code, spot): (&PlaceCode, &directory::Spot)| {
            let point = Point { north: spot.north, east: spot.east };
            let reach = (spot.square_km * 1e6 / std::f64::consts::PI).sqrt().max(500.0);
            (code.clone(), Spot { point, reach })
        };
        known.map(one).collect()
    });
    &SPOTS
}

impl Point {
    /// A point on earth; none for nonsense.
    #[must_use]
    pub fn new(north: f64, east: f64) -> Option<Self> {
        (north.abs() <= 90.0 && east.abs() <= 180.0).then_some(Self { north, east })
    }

    /// Metres between two points that are not far apart.
    #[must_use]
    pub fn metres_to(self, other: Self) -> f64 {
        const DEGREE: f64 = 111_320.0;
        let east = (self.east - other.east) * self.north.to_radians().cos();
        let north = self.north - other.north;
        (east * east + north * north).sqrt() * DEGREE
    }

    /// The square of a hundredth of a degree, about a kilometre, that it lies in.
    #[must_use]
    pub fn cell(self) -> i64 {
        let (row, column) = self.square();
        row * 100_000 + column
    }

    /// That square and the eight around it.
    #[must_use]
    pub fn cells_around(self) -> Vec<i64> {
        let (row, column) = self.square();
        let around = -1..=1;
        around
            .clone()
            .flat_map(|r| around.clone().map(move |c| (row + r) * 100_000 + column + c))
            .collect()
    }

    fn square(self) -> (i64, i64) {
        ((self.north * 100.0).floor() as i64, (self.east * 100.0).floor() as i64)
    }
}

/// The commune of a province that a point most likely lies in, if it is anywhere near: the one
/// whose point is nearest for its size.
#[must_use]
pub fn commune_at(directory: &Directory, province: &PlaceCode, point: Point) -> Option<PlaceCode> {
    let communes = directory.places().communes(province);
    let judged = communes.filter_map(|place| {
        let spot = spots().get(&place.code)?;
        Some((spot.point.metres_to(point) / spot.reach, place.code.clone()))
    });
    let nearest = judged.min_by(|(a, _), (b, _)| a.total_cmp(b))?;
    (nearest.0 < 3.0).then_some(nearest.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_and_squares() {
        let one = Point::new(21.5942, 105.8480).unwrap();
        let other = Point::new(21.5951, 105.8480).unwrap();
        assert!((one.metres_to(other) - 100.2).abs() < 0.5);
        assert!(one.cells_around().contains(&other.cell()));
        assert_eq!(one.cells_around().len(), 9);
        assert!(Point::new(91.0, 0.0).is_none());
        assert!(spots().len() > 3000);
    }
}
