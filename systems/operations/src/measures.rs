//! What this system feeds: incidents are cases, so they are counted by the events of cases
//! (`incidents.toml` of the indicators), like everything else.

/// The indicator of incidents opened in a period.
pub const OPENED: &str = "incidents.opened";
/// The indicator of incidents that are open.
pub const OPEN: &str = "incidents.open";
