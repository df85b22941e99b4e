//! What can go wrong between a closure and the disk.

use thiserror::Error;

/// Result of everything in this crate.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, apart by what the caller can do about it.
#[derive(Debug, Clone, Error)]
pub enum Error {
    /// A row that must be there is not.
    #[error("no such row")]
    NotFound,
    /// A write that must touch exactly one row touched none or several: somebody was faster.
    #[error("the row was changed by somebody else")]
    Conflict,
    /// A unique constraint refused the row.
    #[error("the row is there already: {0}")]
    Unique(String),
    /// PostgreSQL asks to run the transaction again; the store does so by itself.
    #[error("the transaction must run again: {0}")]
    Retry(String),
    /// The queue of waiting transactions is full: try again in a moment.
    #[error("too many transactions are waiting")]
    Busy,
    /// The disk is full, or lets the file grow no more (a quota); nothing was written.
    #[error("the disk takes no more: {0}")]
    Full(String),
    /// The database cannot be reached; nothing was written, except where it went away during
    /// the commit itself.
    #[error("the database is away: {0}")]
    Away(String),
    /// The file is not a database, or a part of it is missing.
    #[error("the database file is damaged: {0}")]
    Damaged(String),
    /// A text has a character that the database cannot keep (U+0000); nothing was written.
    #[error("a text has a character that cannot be kept: {0}")]
    Text(String),
    /// The commit failed, so nothing of the transaction is kept.
    #[error("the commit failed: {0}")]
    Commit(Box<Error>),
    /// The closure panicked; its writes were rolled back.
    #[error("the transaction panicked: {0}")]
    Panicked(String),
    /// A column is null, or of another type than asked for.
    #[error("column {index}: {reason}")]
    Column {
        /// Position of the column, from 0.
        index: usize,
        /// What was found.
        reason: String,
    },
    /// The database was written by a newer program.
    #[error("{system}: the database is at migration {found}, this program knows {known}")]
    TooNew {
        /// Whose tables.
        system: String,
        /// Newest migration in the database.
        found: i64,
        /// Newest migration in the program.
        known: i64,
    },
    /// A migration that was applied has another text in this program.
    #[error("{system}: migration {number} was applied with another text")]
    Changed {
        /// Whose tables.
        system: String,
        /// Which migration.
        number: i64,
    },
    /// The store was shut down.
    #[error("the store is closed")]
    Closed,
    /// Anything else that the engine says.
    #[error("the database refused: {0}")]
    Engine(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        use rusqlite::ErrorCode as Code;
        let text = error.to_string();
        match error.sqlite_error_code() {
            Some(Code::ConstraintViolation) if text.contains("UNIQUE") => Self::Unique(text),
            Some(Code::DiskFull) => Self::Full(text),
            Some(Code::NotADatabase | Code::DatabaseCorrupt) => Self::Damaged(text),
            Some(Code::DatabaseBusy | Code::DatabaseLocked | Code::CannotOpen) => Self::Away(text),
            // A quota or a limit of file sizes; the engine calls only a full disk a full disk.
            Some(Code::SystemIoFailure) if is_failed_write(&error) => Self::Full(text),
            Some(Code::SystemIoFailure) => Self::Damaged(text),
            _ => Self::Engine(text),
        }
    }
}

fn is_failed_write(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    code == Some(rusqlite::ffi::SQLITE_IOERR_WRITE)
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let text = match error.as_db_error() {
            Some(db) => format!("{} ({})", db.message(), db.code().code()),
            None => error.to_string(),
        };
        match error.code().map(tokio_postgres::error::SqlState::code) {
            Some("23505") => Self::Unique(text),
            Some("40001" | "40P01") => Self::Retry(text),
            Some("53100") => Self::Full(text),
            Some("22021" | "22P05") => Self::Text(text),
            Some(code) if code.starts_with("08") || code.starts_with("57P") => Self::Away(text),
            Some(_) => Self::Engine(text),
            // Without a code the server did not answer: the line is broken.
            None => Self::Away(text),
        }
    }
}
