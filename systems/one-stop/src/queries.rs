//! What can be asked of the desk; each list has a bound.

mod scope;
mod sought;

mod answers;
mod catalogue;
mod figures;
mod heads;
mod irregularities;
mod levels;
mod queue;
pub mod register;
mod tracking;
pub mod work;

pub use answers::{Answers, answers};
pub use catalogue::{
    Channel as PublishedChannel, ENTRIES_MAX, Entry as CatalogueEntry, Limit as PublishedLimit,
    Method as PublishedMethod, Published, Wanted as CatalogueWanted, catalogue, catalogue_entry,
    catalogue_size,
};
pub use figures::{Counted, Figures, Place, Shelf, Wanted, counted, figures, list as figures_list};
pub use heads::{Overview, SeatLoad, overview};
pub use irregularities::{STORIES_MAX, stories};
pub(crate) use levels::levels;
pub use queue::{
    BOARD_MAX, Board, CalledTicket, Hall, NEXT_MAX, before, board, hall, serving, to_accept,
};
pub use scope::Scope;
pub use sought::{CodePart, Sought, sought};
pub use tracking::{Tracked, track};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{figures::Place, register::Cursor, work::Mark};

    /// A cursor that is read is one that was written.
    fn holds<C: std::str::FromStr + ToString + PartialEq>(text: &str) -> bool {
        let Ok(cursor) = text.parse::<C>() else { return true };
        cursor.to_string().parse::<C>().is_ok_and(|again| again == cursor)
    }

    proptest! {
        /// Whoever sends another cursor than he was given gets a refusal, never a panic.
        #[test]
        fn a_cursor_is_read_or_refused(
            text in prop_oneof![
                any::<String>(),
                "[01]?[0-9a-f]{14,17}[0-9a-f]{30,33}.{0,6}",
                "[01]\\.-?[0-9]{1,20}\\.[0-9a-f]{32}\\..{0,6}",
            ],
        ) {
            prop_assert!(holds::<Cursor>(&text) && holds::<Mark>(&text) && holds::<Place>(&text));
        }
    }
}
