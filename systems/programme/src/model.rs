//! The types, and the rules that are pure: a programme with its goals, what is promised and the
//! way to it, what is to be done and by whom.

mod code;
mod judging;
mod way;

pub use code::{Code, NoCode};
pub use judging::{Judged, judge, judged_month};
pub use way::{Way, date_of, month_words};

use casework::Status;
use indicators::{Day, Period, Scope};
use jiff::civil::Date;
use kernel::{Actor, AgencyId, CaseCode, CaseId, Instant, PostId, words};
use scorecards::{Likelihood, Month, Number};
use serde::{Deserialize, Serialize};

/// Goals of one programme.
pub const GOALS_MAX: usize = 20;
/// Targets of one programme.
pub const TARGETS_MAX: usize = 100;
/// Tasks of one programme.
pub const TASKS_MAX: usize = 300;
/// Months of one programme.
pub const MONTHS_MAX: i32 = 72;
/// Agencies that support one task.
pub const SUPPORTERS_MAX: usize = 20;

/// A programme, scheme or resolution (chương trình, đề án, nghị quyết).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Programme {
    /// By which it is known here; it never changes.
    pub code: Code,
    /// Number and notation of the document: `15-NQ/TU`.
    pub number: String,
    /// Its name.
    pub name: String,
    /// The agency whose head directs it.
    pub agency: AgencyId,
    /// When the document was signed.
    pub signed_on: Date,
    /// Its first month.
    pub from: Month,
    /// Its last month.
    pub to: Month,
    /// Whether it was made up, for a demonstration.
    pub invented: bool,
    /// Its goals, in order; targets and tasks name them from 1.
    pub goals: Vec<String>,
    /// Since when its tasks run; none while it is a draft.
    pub issued_at: Option<Instant>,
}

/// What a head promised: a figure, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// Of which programme.
    pub programme: Code,
    /// Its code within the programme.
    pub code: Code,
    /// Which goal it serves, from 1.
    pub goal: usize,
    /// What is promised.
    pub name: String,
    /// How it is measured.
    pub measure: Measure,
    /// Where it should be, month by month.
    pub way: Way,
    /// Who answers for it.
    pub head: PostId,
}

/// How a target is measured.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// By an indicator, computed from the journal; nobody types its figures.
    Indicator {
        /// Its code.
        code: String,
        /// Of whom.
        scope: Scope,
        /// Over which time.
        span: Span,
    },
    /// Declared with a paper, since no event tells it.
    Declared {
        /// The unit, as people write it.
        unit: String,
        /// Decimals that are shown.
        places: u8,
    },
}

words! {
    /// Over which time the figure of a month is taken.
    Span {
        /// The month itself.
        Month = "month",
        /// From January on.
        Year = "year",
        /// Since the way began.
        Programme = "programme",
    }
}

impl Target {
    /// The period of which its figure at the end of a month is; none where it is declared.
    #[must_use]
    pub fn period(&self, month: Month) -> Option<Period> {
        let Measure::Indicator { span, .. } = &self.measure else { return None };
        let first = date_of(month);
        let whole = Period::month(Day::from(first).month());
        let from = match span {
            Span::Month => return Some(whole),
            Span::Year => Date::new(first.year(), 1, 1).ok()?,
            Span::Programme => date_of(self.way.from.plus(1).min(month)),
        };
        Period::days(Day::from(from), whole.last()).ok()
    }

    /// Its place among the pages.
    #[must_use]
    pub fn address(&self) -> String {
        format!("/chuong-trinh/{}/chi-tieu/{}", self.programme, self.code)
    }
}

/// What is to be done, and by which head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Of which programme.
    pub programme: Code,
    /// Its code within the programme.
    pub code: Code,
    /// Which goal it serves, from 1.
    pub goal: usize,
    /// The target that it moves, if one.
    pub target: Option<Code>,
    /// What is to be done.
    pub name: String,
    /// Who answers for it: one seat.
    pub head: PostId,
    /// Who gave it, and takes its result.
    pub assigner: PostId,
    /// Agencies that support it.
    pub supporters: Vec<AgencyId>,
    /// In đồng.
    pub budget: u64,
    /// Until when.
    pub term: Instant,
    /// Its case, once the programme was issued.
    pub case: Option<TaskCase>,
}

/// What the case of a task says of it, without its story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskCase {
    /// Which case.
    pub id: CaseId,
    /// Its code.
    pub code: CaseCode,
    /// Where it stands.
    pub status: Status,
    /// Until when it is promised.
    pub due: Option<Instant>,
    /// When little time is left.
    pub soon: Option<Instant>,
    /// When work on it ended.
    pub ended: Option<Instant>,
    /// Who has it in hand, and for which step; none once it is over.
    pub holder: Option<(PostId, String)>,
    /// The agency that answers for it now; another than at first where agencies merged.
    pub agency: AgencyId,
}

impl Task {
    /// Whether it was done, and its result taken.
    #[must_use]
    pub fn is_done(&self) -> bool {
        let end = |case: &TaskCase| matches!(case.status, Status::Finished | Status::Returned);
        self.case.as_ref().is_some_and(end)
    }

    /// Whether it runs, and its term is past.
    #[must_use]
    pub fn is_late(&self, now: Instant) -> bool {
        let open = |case: &TaskCase| case.ended.is_none() && case.due.is_some_and(|due| due < now);
        self.case.as_ref().is_some_and(open)
    }
}

/// A change of a task that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskChange {
    /// The how-manieth of the task, from 1.
    pub number: u32,
    /// What was changed.
    pub fields: Vec<FieldChange>,
    /// Why.
    pub reason: String,
    /// By whom, and when.
    pub by: (Actor, Instant),
}

/// What was changed of one field, as files write it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldChange {
    /// Its name in a file.
    pub field: String,
    /// What it said.
    pub was: String,
    /// What it says now.
    pub is: String,
}

/// A figure that was declared for a month; the newest stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declared {
    /// At the end of which month.
    pub month: Month,
    /// The how-manieth of that month, from 1.
    pub number: u32,
    /// The figure.
    pub value: Number,
    /// The paper: SHA-256 in hexadecimal, name, and kind as an extension.
    pub evidence: (String, String, String),
    /// By whom, and when.
    pub by: (Actor, Instant),
    /// Checked by whom, and when.
    pub checked: Option<(Actor, Instant)>,
}

/// What a head says of a target against what was computed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Override {
    /// The how-manieth of the target, from 1.
    pub number: u32,
    /// What is said.
    pub likelihood: Likelihood,
    /// What was computed then.
    pub computed: Option<Likelihood>,
    /// Why.
    pub reason: String,
    /// By whom, and when.
    pub by: (Actor, Instant),
    /// Until when it held.
    pub ended: Option<Instant>,
}

/// A note on a month of a programme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Review {
    /// Of which month.
    pub month: Month,
    /// What was said.
    pub words: String,
    /// By whom, and when.
    pub by: (Actor, Instant),
}

/// The word of a likelihood in the store, in files and at the end of keys of texts.
#[must_use]
pub const fn likelihood_word(likelihood: Likelihood) -> &'static str {
    match likelihood {
        Likelihood::Assured => "assured",
        Likelihood::Likely => "likely",
        Likelihood::Doubtful => "doubtful",
        Likelihood::Unlikely => "unlikely",
    }
}

/// The likelihood of a word.
#[must_use]
pub fn likelihood_of(word: &str) -> Option<Likelihood> {
    LIKELIHOODS.into_iter().find(|one| likelihood_word(*one) == word)
}

/// The four, the best first.
pub const LIKELIHOODS: [Likelihood; 4] =
    [Likelihood::Assured, Likelihood::Likely, Likelihood::Doubtful, Likelihood::Unlikely];
