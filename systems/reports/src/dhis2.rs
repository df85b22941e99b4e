//! What programs that speak the Web API of DHIS2 read and write here: `dataValueSets` and
//! `analytics`, and the lists that they look names up in. A form is a data set, a cell a data
//! element, an agency an organisation unit. Writing fills in drafts; signing stays with people.
//!
//! The addresses stand under `/api/dhis2` and, for clients that add `/api` to the address of a
//! server, under `/dhis2/api` too. A program sends `Authorization: ApiToken KEY`, or the key as the
//! password of `Basic`; a person's session goes as `Bearer`, as at every other API of the house.

mod analytics;
mod caller;
mod ids;
pub mod keys;
mod metadata;
mod paging;
mod relative;
mod taken;
mod values;

pub use ids::uid;

use axum::{Router, routing::get};
use desk::Desk;

pub(crate) use caller::Caller;
pub(crate) use ids::Names;

/// Bytes of a set of values.
const BODY_MAX: usize = 4 << 20;

/// Every address.
pub(crate) fn router() -> Router<Desk> {
    let one = || {
        let mut all = Router::new();
        for ending in ["", ".json"] {
            let values = get(values::get).post(taken::post);
            all = all
                .route(&format!("/dataValueSets{ending}"), values)
                .route(&format!("/analytics{ending}"), get(analytics::get))
                .route(&format!("/dataElements{ending}"), get(metadata::data_elements))
                .route(&format!("/organisationUnits{ending}"), get(metadata::organisation_units))
                .route(&format!("/dataSets{ending}"), get(metadata::data_sets))
                .route(&format!("/categoryOptionCombos{ending}"), get(metadata::option_combos))
                .route(&format!("/categoryCombos{ending}"), get(metadata::combos))
                .route(&format!("/system/info{ending}"), get(metadata::info))
                .route(&format!("/me{ending}"), get(metadata::me));
        }
        all.layer(web::http::uploads(BODY_MAX))
    };
    Router::new().nest("/dhis2/api", one()).nest("/api/dhis2", one())
}
