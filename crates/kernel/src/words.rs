//! Closed lists of words.

/// An enumeration of which each member is written as one word: in files, in JSON, in the store
/// and at the end of the keys of texts. The crate that declares one depends on serde.
///
/// ```
/// kernel::words! {
///     /// How somebody came.
///     Way {
///         /// On foot.
///         Foot = "on_foot",
///     }
/// }
/// assert_eq!(Way::from_word("on_foot"), Some(Way::Foot));
/// assert_eq!(Way::WORDS, ["on_foot"]);
/// ```
#[macro_export]
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $word:literal,)* }) => {
        $(#[$doc])*
        #[derive(
            Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash,
            ::serde::Serialize, ::serde::Deserialize,
        )]
        pub enum $name {
            $($(#[$vdoc])* #[serde(rename = $word)] $variant,)*
        }

        impl $name {
            /// Every member, in the order of the list.
            pub const ALL: &[Self] = &[$(Self::$variant),*];

            /// Every word, in the order of the list.
            pub const WORDS: &[&str] = &[$($word),*];

            /// The word of this member.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// The member of a word.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
