//! Feedback (phản ánh, kiến nghị).

pub mod category;
pub mod corpus;
pub mod suggestion;
