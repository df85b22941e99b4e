//! Changing places: over the list that comes with the program.

use jiff::civil::Date;
use kernel::PlaceCode;
use store::args;

use super::Edit;
use crate::{DirectoryChange, Place, Result};

impl Edit<'_, '_> {
    /// Records a place, or a new form of one, over the list that comes with the program.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn record_place(&mut self, place: &Place) -> Result<()> {
        self.write_place(place)?;
        let (place, name) = (place.code.clone(), place.name.to_string());
        self.note(DirectoryChange::PlaceOpened { place, name });
        Ok(())
    }

    /// Records that a place (in the form given) ends on `day`, the first day without it.
    /// `successors` is empty where it only gives way to another form of itself.
    ///
    /// # Errors
    /// [`Error::Store`].
    pub fn close_place(
        &mut self,
        place: &Place,
        day: Date,
        successors: &[PlaceCode],
    ) -> Result<()> {
        let successors = successors.to_vec();
        let ended = Place { valid_to: Some(day), successors, ..place.clone() };
        self.write_place(&ended)?;
        let (place, successors) = (ended.code, ended.successors);
        self.note(DirectoryChange::PlaceClosed { place, successors });
        Ok(())
    }

    fn write_place(&mut self, place: &Place) -> Result<()> {
        let successors: Vec<&str> = place.successors.iter().map(PlaceCode::as_str).collect();
        Ok(self.tx.put(
            "insert into place (tenant, code, valid_from, valid_to, name, kind, parent, note,
                successors)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
             on conflict (tenant, code, valid_from) do update set
                valid_to = excluded.valid_to, name = excluded.name, kind = excluded.kind,
                parent = excluded.parent, note = excluded.note, successors = excluded.successors",
            args!(
                self.tenant,
                &place.code,
                place.valid_from.to_string(),
                place.valid_to.map(|day| day.to_string()),
                place.name.as_ref(),
                place.kind.word(),
                place.parent.as_ref(),
                place.note.as_ref(),
                successors.join(" ")
            ),
        )?)
    }
}
