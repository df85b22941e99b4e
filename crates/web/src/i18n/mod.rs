//! Texts in Vietnamese and English, and how each writes figures and days.
//!
//! A room keeps `vi.ftl` and `en.ftl` beside its pages and hands them to [`Texts::new`] at
//! start-up. A page's context carries [`Words`]: the texts in the reader's language. Nothing is
//! global, so a test can speak either language.

mod check;
mod lang;
mod number;
mod texts;
mod words;

pub use check::{check_keys_used, check_parity};
pub use lang::Lang;
pub use texts::{Texts, TextsError};
pub use words::{Speaks, Words, capital, hash_ends, masked, rich};

/// A text: `tr!(ctx, "one-stop-received", code = code, n = 4)`. The first argument is anything
/// that [`Speaks`].
#[macro_export]
macro_rules! tr {
    ($speaker:expr, $key:expr $(,)?) => {
        $crate::i18n::Speaks::words(&$speaker).t($key)
    };
    ($speaker:expr, $key:expr, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::i18n::Speaks::words(&$speaker)
            .t_with($key, &[$((stringify!($name), ($value).into())),+])
    };
}

/// Like [`tr!`], as markup in which `**words**` of the text are strong.
#[macro_export]
macro_rules! tr_rich {
    ($($all:tt)+) => {
        $crate::i18n::rich(&$crate::tr!($($all)+))
    };
}
