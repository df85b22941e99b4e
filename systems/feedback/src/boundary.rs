//! Boundaries of communes, where a province has put its own in: read of GeoJSON (RFC 7946) and made
//! as coarse as a map needs. Where there are none, the map has points.

use std::collections::BTreeMap;

use kernel::{Instant, PlaceCode, Tenant};
use serde_json::Value;
use store::{Tx, args};
use thiserror::Error;

use crate::geo::Point;

/// A longer text holds more than the communes of a province.
const BYTES_MAX: usize = 200_000_000;
/// Points of one commune that are kept.
const POINTS_MAX: usize = 2000;
/// Points nearer than this to the line between their neighbours are left out, in metres.
const COARSE_METRES: f64 = 60.0;

/// Why a text holds no boundaries.
#[derive(Debug, Error)]
pub enum BoundaryError {
    /// It is not GeoJSON.
    #[error("{0}")]
    Form(String),
    /// A feature does not say of which commune it is, or is not its boundary.
    #[error("feature {0}: {1}")]
    Feature(usize, &'static str),
    /// Longer than the boundaries of any province.
    #[error("at most {BYTES_MAX} bytes")]
    TooLong,
}

/// The outlines of communes: outer rings and holes alike, each closed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Boundaries(BTreeMap<PlaceCode, Vec<Vec<Point>>>);

impl Boundaries {
    /// Reads a collection of features, each a polygon or several, with the code of its commune as
    /// the property `code`.
    ///
    /// # Errors
    /// [`BoundaryError`] says what is wrong, with the number of the feature.
    pub fn read(text: &str) -> Result<Self, BoundaryError> {
        if text.len() > BYTES_MAX {
            return Err(BoundaryError::TooLong);
        }
        let value: Value =
            serde_json::from_str(text).map_err(|error| BoundaryError::Form(error.to_string()))?;
        let features = value.get("features").and_then(Value::as_array);
        let features =
            features.ok_or_else(|| BoundaryError::Form("there are no features".to_owned()))?;
        let mut all = BTreeMap::new();
        for (at, feature) in features.iter().enumerate() {
            let wrong = |why| BoundaryError::Feature(at + 1, why);
            let code = feature.pointer("/properties/code").and_then(Value::as_str);
            let code = code.and_then(|code| code.parse().ok());
            let code: PlaceCode = code.ok_or_else(|| wrong("no code of a commune"))?;
            let rings = rings(feature.get("geometry").unwrap_or(&Value::Null));
            let rings = rings.ok_or_else(|| wrong("no polygon of longitudes and latitudes"))?;
            all.insert(code, rings.iter().map(|ring| coarse(ring)).collect());
        }
        Ok(Self(all))
    }

    /// The rings of a commune.
    #[must_use]
    pub fn of(&self, place: &PlaceCode) -> Option<&[Vec<Point>]> {
        self.0.get(place).map(Vec::as_slice)
    }

    /// Of how many communes there are some.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The commune that a point lies in.
    #[must_use]
    pub fn commune_at(&self, point: Point) -> Option<&PlaceCode> {
        let found = self.0.iter().find(|(_, rings)| is_inside(rings, point));
        found.map(|(place, _)| place)
    }

    fn to_text(&self) -> String {
        let ring = |ring: &Vec<Point>| -> Value {
            ring.iter().map(|p| Value::from(vec![p.east, p.north])).collect()
        };
        let feature = |(code, rings): (&PlaceCode, &Vec<Vec<Point>>)| {
            let rings: Value = rings.iter().map(ring).collect();
            serde_json::json!({
                "type": "Feature",
                "properties": { "code": code.as_str() },
                "geometry": { "type": "Polygon", "coordinates": rings },
            })
        };
        let features: Value = self.0.iter().map(feature).collect();
        serde_json::json!({ "type": "FeatureCollection", "features": features }).to_string()
    }
}

/// The rings of a geometry; those of several polygons stand side by side.
fn rings(geometry: &Value) -> Option<Vec<Vec<Point>>> {
    let coordinates = geometry.get("coordinates")?.as_array()?;
    let polygons: Vec<&Vec<Value>> = match geometry.get("type")?.as_str()? {
        "Polygon" => vec![coordinates],
        "MultiPolygon" => coordinates.iter().map(Value::as_array).collect::<Option<_>>()?,
        _ => return None,
    };
    let point = |value: &Value| Point::new(value.get(1)?.as_f64()?, value.get(0)?.as_f64()?);
    let ring = |value: &Value| -> Option<Vec<Point>> {
        let ring: Vec<Point> = value.as_array()?.iter().map(point).collect::<Option<_>>()?;
        (ring.len() >= 4).then_some(ring)
    };
    polygons.into_iter().flatten().map(ring).collect()
}

/// The ring with the points left out that hardly bend it (Douglas and Peucker), and coarser yet
/// where it still has too many.
fn coarse(ring: &[Point]) -> Vec<Point> {
    let mut metres = COARSE_METRES;
    loop {
        let mut kept = vec![false; ring.len()];
        let last = ring.len() - 1;
        // A ring ends where it begins: the point farthest from there parts it in two.
        let far = |at: &usize| ring[0].metres_to(ring[*at]);
        let middle = (0..last).max_by(|a, b| far(a).total_cmp(&far(b))).unwrap_or(0);
        let mut open = vec![(0, middle), (middle, last)];
        for at in [0, middle, last] {
            kept[at] = true;
        }
        while let Some((from, to)) = open.pop() {
            let off = |at: &usize| off_line(ring[*at], ring[from], ring[to]);
            let worst = (from + 1..to).max_by(|a, b| off(a).total_cmp(&off(b)));
            if let Some(at) = worst.filter(|at| off(at) > metres) {
                kept[at] = true;
                open.extend([(from, at), (at, to)]);
            }
        }
        let count = kept.iter().filter(|kept| **kept).count();
        if count <= POINTS_MAX {
            return ring.iter().zip(kept).filter(|(_, kept)| *kept).map(|(p, _)| *p).collect();
        }
        metres *= 2.0;
    }
}

/// How far a point lies from the line between two others, in metres.
fn off_line(point: Point, from: Point, to: Point) -> f64 {
    let (long, a, b) = (from.metres_to(to), from.metres_to(point), to.metres_to(point));
    if long < 1.0 {
        return a;
    }
    // Heron: the height of the triangle over its long side.
    let half = (long + a + b) / 2.0;
    2.0 * (half * (half - long) * (half - a) * (half - b)).max(0.0).sqrt() / long
}

/// Whether a line from the point to the east crosses the rings an odd number of times.
fn is_inside(rings: &[Vec<Point>], point: Point) -> bool {
    let crossed = |pair: &[Point]| {
        let [a, b] = pair else { return false };
        (a.north > point.north) != (b.north > point.north)
            && point.east
                < a.east + (point.north - a.north) / (b.north - a.north) * (b.east - a.east)
    };
    let crossings = rings.iter().flat_map(|ring| ring.windows(2)).filter(|pair| crossed(pair));
    crossings.count() % 2 == 1
}

/// The newest boundaries that were put in, with their version; `known` is not read again.
///
/// # Errors
/// Those of the store.
pub fn stored(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    known: u32,
) -> store::Result<Option<(u32, String)>> {
    tx.opt(
        "select version, text from feedback_boundary where tenant = $1 and version > $2
         order by version desc limit 1",
        args!(tenant, known),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )
}

/// Puts boundaries in; answers their version. The older ones stay.
///
/// # Errors
/// Those of the store.
pub fn store(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    boundaries: &Boundaries,
    now: Instant,
) -> store::Result<u32> {
    let version = stored(tx, tenant, 0)?.map_or(1, |(version, _)| version + 1);
    tx.put(
        "insert into feedback_boundary (tenant, version, text, recorded_at)
         values ($1, $2, $3, $4)",
        args!(tenant, version, boundaries.to_text(), now),
    )?;
    Ok(version)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TWO: &str = r#"{"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"code":"05443"},"geometry":{"type":"Polygon","coordinates":
            [[[105.83,21.58],[105.84,21.58001],[105.86,21.58],[105.86,21.61],[105.83,21.61],
              [105.83,21.58]],
             [[105.845,21.590],[105.850,21.590],[105.850,21.595],[105.845,21.595],
              [105.845,21.590]]]}},
        {"type":"Feature","properties":{"code":"05692"},"geometry":{"type":"MultiPolygon",
            "coordinates":[[[[105.86,21.58],[105.90,21.58],[105.90,21.61],[105.86,21.58]]]]}}]}"#;

    #[test]
    fn a_point_is_found_in_its_commune_and_not_in_a_hole() {
        let all = Boundaries::read(TWO).unwrap();
        assert_eq!(all.count(), 2);
        let at = |n, e| all.commune_at(Point::new(n, e).unwrap()).map(PlaceCode::as_str);
        assert_eq!(at(21.60, 105.84), Some("05443"));
        assert_eq!(at(21.592, 105.847), None);
        assert_eq!(at(21.585, 105.89), Some("05692"));
        assert_eq!(at(22.0, 105.84), None);
        // A metre beside a straight line is no corner.
        assert_eq!(all.of(&"05443".parse().unwrap()).unwrap()[0].len(), 5);
        assert_eq!(Boundaries::read(&all.to_text()).unwrap(), all);
    }

    #[test]
    fn what_holds_no_boundaries_is_refused_with_the_feature() {
        assert!(matches!(Boundaries::read("{"), Err(BoundaryError::Form(_))));
        assert!(matches!(Boundaries::read("{}"), Err(BoundaryError::Form(_))));
        let nameless = TWO.replace("05692", "");
        assert!(matches!(Boundaries::read(&nameless), Err(BoundaryError::Feature(2, _))));
        let metres = TWO.replace("[105.83,21.58]", "[427111.0,2387000.0]");
        assert!(matches!(Boundaries::read(&metres), Err(BoundaryError::Feature(1, _))));
    }
}
