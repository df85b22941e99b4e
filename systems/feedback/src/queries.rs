//! What can be asked of reports. Lists read the row beside a case and never the case itself.

mod lists;
mod near;
mod one;
mod statistics;

pub use lists::{
    Asked, Cursor, Waiting, count_waiting, found, late, map_points, newest, updates_between,
    waiting,
};
pub use near::{Near, What, near};
pub use one::{
    Photo, PublicUpdate, Whole, agency_that_looked, keep_words, photo_shown, photos, updates_of,
    whole,
};
pub use statistics::{AgencyFigures, figures};

use store::{Tx, args};

use crate::{Feedback, Result, category::Category};

/// A model is trained of at most so many reports, the newest ones.
const TEXTS_MAX: u32 = 20_000;

/// The texts of reports that officers sorted, the newest first, for the model. Only what the
/// public may read: what is sealed is no material.
///
/// # Errors
/// Those of the store.
pub fn sorted_texts(tx: &mut Tx<'_>, feedback: &Feedback) -> Result<Vec<(Category, String)>> {
    let rows: Vec<(String, String)> = tx.all(
        "select category, public_text from feedback
         where tenant = $1 and sorted = true and public_text is not null
         order by submitted_at desc limit $2",
        args!(&feedback.front.tenant, TEXTS_MAX),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let known =
        rows.into_iter().filter_map(|(word, text)| Some((Category::from_word(&word)?, text)));
    Ok(known.filter(|(category, _)| *category != Category::Other).collect())
}
