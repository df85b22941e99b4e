//! What this system may answer instead of doing.

use thiserror::Error;

/// What this crate returns.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum Error {
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] desk::Error),
    /// A figure cannot be read.
    #[error(transparent)]
    Figures(#[from] indicators::Error),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Error {
    /// Whether nothing was counted yet, which is no fault.
    #[must_use]
    pub const fn is_nothing_yet(&self) -> bool {
        matches!(
            self,
            Self::Figures(indicators::Error::Nothing)
                | Self::Desk(desk::Error::Figures(indicators::Error::Nothing))
        )
    }
}

impl From<Error> for web::http::Problem {
    fn from(error: Error) -> Self {
        match error {
            Error::Desk(error) => error.into(),
            Error::Figures(indicators::Error::UnknownIndicator(_)) => Self::not_found(),
            other => Self::internal(&other),
        }
    }
}
