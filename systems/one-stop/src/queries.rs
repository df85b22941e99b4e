//! What can be asked of the desk; each list has a bound.

mod scope;

mod catalogue;
mod dossier;
mod figures;
mod heads;
mod irregularities;
mod levels;
pub(crate) mod list;
mod procedure_text;
mod queue;
mod register;
mod tracking;
pub(crate) mod waiting;
pub mod work;

pub use catalogue::{
    Channel as PublishedChannel, ENTRIES_MAX, Entry as CatalogueEntry, Limit as PublishedLimit,
    Method as PublishedMethod, Published, Wanted as CatalogueWanted, catalogue, catalogue_entry,
    catalogue_size,
};
pub use dossier::{AttachedFile, Dossier, dossier, dossier_id, files_of};
pub use figures::{Counted, Figures, Reason, Shelf, counted, figures, list as figures_list};
pub use heads::{Overview, SeatLoad, overview};
pub use irregularities::{STORIES_MAX, stories};
pub(crate) use levels::levels;
pub use procedure_text::procedure_text;
pub use queue::{Arrived, Hall, ONLINE_MAX, arrived, before, hall, to_accept};
pub use register::{CodePart, Cursor, Entry, Filter, Late, Role, Sought, Walk, sought};
pub use scope::Scope;
pub use tracking::{Tracked, track};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{list::Place, waiting::Mark, work::After};

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
            if let Ok(place) = text.parse::<Place>() {
                prop_assert_eq!(place.to_string().parse::<Place>().ok(), Some(place));
            }
            let _ = text.parse::<Mark>();
            if let Some(after) = After::parse(&text) {
                prop_assert_eq!(After::parse(&after.text()), Some(after));
            }
        }
    }
}
