//! The desk: what every system of cases is given. The book of procedures, the calendars, the
//! keys and the files, open at once; an application from filing to result, whoever hands it in
//! and over whichever channel; and the frame of officers' pages.
//!
//! What a system does with it is its own: nobody's addresses stand here but those of the work
//! list, which all share.

mod error;
mod problem;

pub mod book;
pub mod confirmation;
mod vault;
mod world;

mod room;
mod shared;
mod throttle;

mod act;
mod fees;
mod filing;
mod number;
mod once;
mod refresh;

mod dossier;
mod earlier;
pub mod line;
mod look;
pub mod mandates;
mod procedure_text;
mod results;
mod satisfaction;
pub mod values;

mod figures;
mod foreseen;
mod job;
mod kept;

pub mod clock;
mod frame;
mod rating;
pub mod refusal;
pub mod typed;

#[cfg(feature = "testing")]
pub mod testing;

pub use act::{act, log_denial};
pub use book::{Book, Shelf};
pub use dossier::{AttachedFile, Dossier, answers, dossier, dossier_id, files_of, load_dossier};
pub use earlier::{Earlier, asks_the_same, earlier};
pub use error::{Error, Result};
pub use fees::{Charge, Owed, Seen, fees};
pub use figures::{FIGURES, figure_page, figure_page_of, figure_text, part_query, period_text};
pub use filing::{Answers, Applicant, Filed, Filing, Paper, accept, file, keep_files};
pub use foreseen::{Foreseen, ForeseenDay, foreseen, foretell};
pub use frame::{Rail, WORK, context, forbidden, page};
pub use job::Job;
pub use line::{Line, officers_page, own_page};
pub use look::{look, look_at_counter};
pub use once::{Kept, Key, kept_under, purge_answers, write_once};
pub use procedure_text::procedure_text;
pub use rating::{SCORE_FIELD, rating_buttons, rating_word};
pub use results::{
    EndGround, Ended, NewResult, ResultSource, ResultsOf, SignedResult, issue_result,
    result_by_check, result_of_file, result_subject, results_of, revoke_result,
};
pub use room::{Furnished, Room};
pub use satisfaction::{
    ANSWERS_MIN, Part, Rated, Score, Tally, add_to_rating, answered, may_be_rated, rate, rating_of,
    rating_words, tallies,
};
pub use shared::{Desk, Parts, agency_line, answering};
pub use throttle::{Throttle, WINDOW};
pub use world::{Calendars, Moment};

use store::Migration;
use web::Lang;

/// The texts of this crate, to be handed to [`web::Texts::new`].
pub const TEXTS: &[(Lang, &str)] = &[
    (Lang::Vi, include_str!("../texts/shared.vi.ftl")),
    (Lang::En, include_str!("../texts/shared.en.ftl")),
    (Lang::Vi, include_str!("../texts/refusal.vi.ftl")),
    (Lang::En, include_str!("../texts/refusal.en.ftl")),
    (Lang::Vi, include_str!("../texts/figures.vi.ftl")),
    (Lang::En, include_str!("../texts/figures.en.ftl")),
];

/// The tables of this crate. Its first ones were made when the desk was a part of the one-stop
/// system, whose sequence they therefore belong to; a migration never changes.
pub const MIGRATIONS: &[Migration] = &[
    Migration::new("one-stop", 1, "desk", include_str!("../migrations/0001_desk.sql")),
    Migration::new(
        "one-stop",
        4,
        "idempotency",
        include_str!("../migrations/0004_idempotency.sql"),
    ),
    Migration::new("one-stop", 5, "demo", include_str!("../migrations/0005_demo.sql")),
    Migration::new("one-stop", 6, "numbers", include_str!("../migrations/0006_numbers.sql")),
    Migration::new("one-stop", 7, "lists", include_str!("../migrations/0007_lists.sql")),
    Migration::new(
        "one-stop",
        8,
        "confirmed limits",
        include_str!("../migrations/0008_operator.sql"),
    ),
    Migration::new("one-stop", 9, "counter", include_str!("../migrations/0009_counter.sql")),
    Migration::new("desk", 1, "matter", include_str!("../migrations/0001_matter.sql")),
    Migration::new("desk", 2, "results", include_str!("../migrations/0002_results.sql")),
    Migration::new("desk", 3, "satisfaction", include_str!("../migrations/0003_satisfaction.sql")),
    Migration::new("desk", 4, "foreseen", include_str!("../migrations/0004_foreseen.sql")),
];
