//! Irregularities: patterns in the evidence that somebody should explain.

/// A rule of the irregularity finder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IrregularityKind {
    /// A result was recorded long after it is said to have happened.
    LateRecording,
    /// The dossier was taken on after its result was recorded.
    AcceptedAfterResult,
    /// One post closed many dossiers shortly before a cut-off.
    ClosingBurst,
    /// The clock stood again and again, or very long.
    LongPause,
    /// The same applicant filed the same procedure again right after a withdrawal.
    Refiled,
    /// Work was closed outside working hours.
    OutsideHours,
}

impl IrregularityKind {
    /// Every rule, in the order of the page.
    pub const ALL: [Self; 6] = [
        Self::LateRecording,
        Self::AcceptedAfterResult,
        Self::ClosingBurst,
        Self::LongPause,
        Self::Refiled,
        Self::OutsideHours,
    ];

    /// Its word in addresses, texts and lists.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LateRecording => "late_recording",
            Self::AcceptedAfterResult => "accepted_after_result",
            Self::ClosingBurst => "closing_burst",
            Self::LongPause => "long_pause",
            Self::Refiled => "refiled",
            Self::OutsideHours => "outside_hours",
        }
    }

    /// The rule of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
