//! SQLite or PostgreSQL behind one transaction type.
//!
//! Business code is a plain synchronous closure over [`Tx`], written once in portable SQL.
//! Only the threads that own connections differ:
//!
//! - **SQLite**: one writer thread that *commits in groups*. Every closure that is queued
//!   shares one `fsync`, each behind its own savepoint, so that one failure never touches its
//!   neighbour. Reads run on threads with connections of their own.
//! - **PostgreSQL**: some threads, each with a connection; writes that need no answer travel
//!   with the next statement or the commit. A serialisation failure runs the closure again.
//!
//! A caller gets its answer only after the commit is durable. There is no `async` in here but
//! for the [`Pending`] answer, which can be awaited or waited for.

mod arg;
mod error;
mod job;
mod migrate;
mod postgres;
mod row;
mod sqlite;
mod store;
#[cfg(feature = "testing")]
pub mod testing;
mod tx;

pub use arg::Arg;
pub use error::{Error, Result};
pub use job::Pending;
pub use migrate::Migration;
pub use row::{Column, Row};
pub use store::{Engine, Store};
pub use tx::Tx;
