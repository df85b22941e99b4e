//! The centre as officers meet it: through its addresses, on both stores.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

#[path = "stories/cap.rs"]
mod cap;
#[path = "stories/centre.rs"]
mod centre;
#[path = "stories/demonstration.rs"]
mod demonstration;
#[path = "stories/incidents.rs"]
mod incidents;
#[path = "stories/live.rs"]
mod live;
#[path = "stories/office.rs"]
mod office;
#[path = "stories/texts.rs"]
mod texts;
#[path = "stories/unusual.rs"]
mod unusual;
#[path = "stories/wrong.rs"]
mod wrong;
