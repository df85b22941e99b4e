//! Outlines of communes, where the province has put its own in. They are kept, checked and made
//! coarse, by the system whose command reads them; here they are only read.

use std::collections::BTreeMap;

use desk::Desk;
use kernel::PlaceCode;
use serde::Deserialize;
use store::{Tx, args};

use crate::Result;

/// Rings of longitudes and latitudes.
pub(crate) type Rings = Vec<Vec<(f64, f64)>>;

#[derive(Deserialize)]
struct Collection {
    features: Vec<Feature>,
}

#[derive(Deserialize)]
struct Feature {
    properties: Properties,
    geometry: Geometry,
}

#[derive(Deserialize)]
struct Properties {
    code: String,
}

#[derive(Deserialize)]
struct Geometry {
    coordinates: Rings,
}

/// The outlines that were stored after the version `known`, with theirs; none where nothing is
/// newer, or where what was stored cannot be read, which is logged.
///
/// # Errors
/// Those of the store.
pub fn boundaries(
    tx: &mut Tx<'_>,
    desk: &Desk,
    known: u32,
) -> Result<Option<(u32, BTreeMap<PlaceCode, Rings>)>> {
    let newest: Option<(u32, String)> = tx.opt(
        "select version, text from feedback_boundary where tenant = $1 and version > $2
         order by version desc limit 1",
        args!(&desk.front.tenant, known),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let Some((version, text)) = newest else { return Ok(None) };
    let outlines = match serde_json::from_str::<Collection>(&text) {
        Ok(read) => read
            .features
            .into_iter()
            .filter_map(|of| Some((of.properties.code.parse().ok()?, of.geometry.coordinates)))
            .collect(),
        Err(error) => {
            tracing::error!(%error, version, "the boundaries cannot be read");
            BTreeMap::new()
        }
    };
    Ok(Some((version, outlines)))
}
