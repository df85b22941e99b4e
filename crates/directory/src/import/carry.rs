//! Making the changes that a file asks for.

use super::{Changes, Step};
use crate::{Edit, Holding, Result, Validity};

/// Makes the changes; within one [`crate::edit`], so that all of them are made or none.
///
/// # Errors
/// [`crate::Error::Store`], and what a single change refuses.
pub fn carry_out(edit: &mut Edit<'_, '_>, changes: &Changes) -> Result<()> {
    let at = changes.at;
    for step in &changes.steps {
        match step {
            Step::OpenAgency(agency) => edit.add_agency(agency)?,
            Step::RenameAgency { id, name, short_name, .. } => {
                edit.rename_agency(*id, name, short_name, at)?;
            }
            Step::MoveAgency { id, to, .. } => edit.move_agency(*id, *to)?,
            Step::ChangeAgency { id, to, .. } => edit.change_agency(*id, to.clone(), at)?,
            Step::AddPerson(person) => edit.add_person(person)?,
            Step::RenamePerson { id, name, .. } => edit.rename_person(*id, name, at)?,
            Step::AnnotatePerson { id, note, .. } => edit.annotate_person(*id, note)?,
            Step::OpenPost { post, .. } => edit.add_post(post)?,
            Step::ChangePost { id, to, .. } => edit.change_post(*id, to.clone(), at)?,
            Step::Vacate { post, .. } => drop(edit.end_holding(*post, at)?),
            Step::Seat { post, person, .. } => {
                let (post, person, validity) = (*post, *person, Validity::since(at));
                edit.hold(&Holding { post, person, validity })?;
            }
        }
    }
    Ok(())
}
