//! Feedback (phản ánh, kiến nghị).

pub mod category;
pub mod corpus;
pub mod open311;
pub mod photo;
pub mod suggestion;
