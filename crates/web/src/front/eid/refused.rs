//! Why nobody was signed in, for the log and for the person.

use axum::http::StatusCode;

/// Why nobody was signed in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// The provider does not answer, or not in a way that can be understood.
    #[error("the provider does not answer: {0}")]
    Away(String),
    /// The person went back at the provider.
    #[error("the person went back")]
    WentBack,
    /// The answer belongs to no attempt of this browser, or to one that is over.
    #[error("the answer belongs to no attempt that is open")]
    Stale,
    /// The answer is not what the provider would say of this attempt.
    #[error("the answer is not to be believed: {0}")]
    Untrusted(String),
    /// The provider does not say which citizen this is.
    #[error("the provider does not say {0}")]
    Nameless(&'static str),
    /// Another person than the one who is signed in.
    #[error("another person than the one who is signed in")]
    SomebodyElse,
    /// The account has not the level that was asked for.
    #[error("the account has not the level that was asked for")]
    TooLow,
}

impl Refused {
    /// Its texts: `enter-refused-KIND`, and `-why` behind it.
    pub(super) const fn kind(&self) -> &'static str {
        match self {
            Self::Away(_) => "away",
            Self::WentBack => "went-back",
            Self::Stale => "stale",
            Self::Untrusted(_) => "untrusted",
            Self::Nameless(_) => "nameless",
            Self::SomebodyElse => "somebody-else",
            Self::TooLow => "too-low",
        }
    }

    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Away(_) => StatusCode::BAD_GATEWAY,
            Self::WentBack | Self::TooLow => StatusCode::OK,
            Self::Stale => StatusCode::BAD_REQUEST,
            Self::Untrusted(_) | Self::Nameless(_) | Self::SomebodyElse => StatusCode::FORBIDDEN,
        }
    }
}
