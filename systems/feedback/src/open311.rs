//! Open311 GeoReport v2: the open standard by which programs of others report and follow.
//!
//! <http://wiki.open311.org/GeoReport_v2>, with the extensions that are in wide use: pages of
//! results, photos sent along, and updates of requests as FixMyStreet exchanges them. Each answer
//! is one tree, written as XML or as JSON.

mod documents;
mod filters;
pub mod keys;
mod tree;

mod api;
mod sent;

pub(crate) use api::router;
pub(crate) use tree::escaped;

pub use documents::{
    Answered, AttributeOf, Endpoint, Fault, RequestOf, ServiceOf, UpdateOf, definition, discovery,
    faults, made, requests, services, tokens, updates,
};
pub use filters::{DAYS_MAX, Filters, PAGE_SIZE, PAGE_SIZE_MAX, StatusOf, Wrong};
pub use tree::{Document, Format, Value};
