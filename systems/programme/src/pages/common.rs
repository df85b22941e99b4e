//! What handlers share: who may, reading and writing, and the way to what is not theirs.

use axum::response::{IntoResponse, Response};
use casework::Stamp;
use desk::Desk;
use identity::access::{Action, Target};
use kernel::AgencyId;
use store::Tx;
use web::{
    SignedIn,
    components::flash::Flash,
    http::{Problem, flash::see_other_with},
};

use crate::{Error, Result, model::Code};

/// Media type of a spreadsheet.
pub(super) const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Runs `work` on one view of the data.
pub(super) async fn read<T: Send + 'static>(
    desk: &Desk,
    work: impl Fn(&mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
) -> Result<T> {
    let shared = desk.clone();
    desk.front.store.read(move |tx| work(tx, &shared)).await
}

/// Runs `work` in one transaction.
pub(super) async fn write<T: Send + 'static>(
    desk: &Desk,
    work: impl Fn(&mut Tx<'_>, &Desk) -> Result<T> + Send + 'static,
) -> Result<T> {
    let shared = desk.clone();
    desk.front.store.write(move |tx| work(tx, &shared)).await
}

/// A programme is a document that was issued: whoever may list the work of their own agency may
/// read it.
pub(super) fn reads(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    on(desk, me, Action::List, me.agency)
}

/// Asks the policies for an action on an agency.
pub(super) fn on(
    desk: &Desk,
    me: &SignedIn,
    action: Action,
    agency: AgencyId,
) -> Result<(), Problem> {
    let line = desk::agency_line(&me.directory, agency);
    let decided = me.may(&desk.front, action, Target::Agency(&line)).check();
    decided.map_err(|denial| desk::forbidden(me, &denial))
}

/// Whether the policies let this person do that to an agency.
pub(super) fn may(desk: &Desk, me: &SignedIn, action: Action, agency: AgencyId) -> bool {
    let line = desk::agency_line(&me.directory, agency);
    me.may(&desk.front, action, Target::Agency(&line)).is_allowed()
}

/// The code of an address.
pub(super) fn code(text: &str) -> Result<Code, Problem> {
    text.parse().map_err(|_| Problem::not_found())
}

/// Who does it now.
pub(super) fn stamp(me: &SignedIn) -> Stamp {
    Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now }
}

/// Back to a page, with what was done.
pub(super) fn done(path: &str, text: String) -> Response {
    see_other_with(path, Flash::done(text))
}

/// What was refused in words, back on the page where it was asked; anything else is a problem.
pub(super) fn refused(me: &SignedIn, path: &str, error: Error) -> Result<Response, Problem> {
    let key = match &error {
        Error::NotNow => "programme-not-now",
        Error::SamePerson => "programme-same-person",
        Error::TooMany { .. } => "programme-too-many",
        Error::Taken(_) => "programme-taken",
        _ => return Err(error.into()),
    };
    Ok(see_other_with(path, Flash::failed(me.words.t(key))))
}

/// A file to be taken along.
pub(super) fn file(kind: &'static str, name: &str, bytes: Vec<u8>) -> Response {
    use axum::http::header;
    let disposition = format!("attachment; filename=\"{name}\"");
    let headers =
        [(header::CONTENT_TYPE, kind.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    (headers, bytes).into_response()
}
