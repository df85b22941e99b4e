//! The pages of this system.

use axum::Router;
use desk::{Desk, Rail};

/// Its places in the navigation of officers.
pub const RAIL: Rail = Rail { groups: |_, _, _| Ok(Vec::new()), tabs: |_| Vec::new(), search: None };

/// Every address of this system, ready to be put into the hall.
pub fn router(desk: Desk) -> Router {
    Router::new().with_state(desk)
}
