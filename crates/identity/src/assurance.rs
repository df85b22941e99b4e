//! How surely it is known who signed in.

/// Level of electronic identification (Decree 69/2024/ND-CP, articles 7 and 8: levels 1 and 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Assurance {
    /// The account was opened by its owner.
    #[default]
    One,
    /// The owner was met, and compared with the national databases by face or fingerprint.
    Two,
}

impl Assurance {
    /// 1 or 2.
    #[must_use]
    pub const fn number(self) -> i64 {
        match self {
            Self::One => 1,
            Self::Two => 2,
        }
    }

    /// The level of that number: 2 and above is the second, everything else the first.
    #[must_use]
    pub const fn of_number(number: i64) -> Self {
        if number >= 2 { Self::Two } else { Self::One }
    }
}
