//! Online services: find the procedure, answer one question a page, file, and follow it.

pub mod find;
