//! The control slips (form 06) of the ticked dossiers, as one document.

use axum::response::{IntoResponse, Response};
use desk::Dossier;
use identity::access::{Action, Target};
use kernel::CaseCode;
use tokio::task::spawn_blocking;
use web::{
    SignedIn,
    components::flash::Flash,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::bulk::Ticked;
use crate::{
    Desk, Error,
    forms::{ControlSlips, Form, render_form},
    pages::{WORK, forms_of},
};

/// Prints the slips of those that have one and that this person may print; says so where that
/// is none.
pub(super) async fn print(
    desk: &Desk,
    me: &SignedIn,
    ticked: &[Ticked],
) -> Result<Response, Problem> {
    let mut codes: Vec<CaseCode> = ticked.iter().filter_map(|one| one.code.parse().ok()).collect();
    // Two steps of one dossier are on one slip.
    codes.dedup();
    let shared = desk.clone();
    let read = desk.front.store.read(move |tx| {
        let found = codes.iter().map(|code| desk::dossier(tx, &shared, code));
        found.filter_map(Result::transpose).collect::<Result<Vec<Dossier>, Error>>()
    });
    let (dossiers, moment) = (read.await?, desk.moment());
    let office = forms_of::Office { desk, me, moment: &moment };
    let may_print = |dossier: &&Dossier| {
        let facts = desk.facts(&dossier.case, &moment);
        me.may(&desk.front, Action::PrintForm, Target::Case(&facts)).check().is_ok()
    };
    let printable = dossiers.iter().filter(may_print);
    let slips: Vec<_> =
        printable.filter_map(|dossier| forms_of::control_slip(&office, dossier)).collect();
    let Some(first) = slips.first() else {
        return Ok(see_other_with(WORK, Flash::notice(tr!(me, "work-slips-none"))));
    };
    let form = Form::ControlSlips(Box::new(ControlSlips { head: first.head.clone(), slips }));
    let pdf = spawn_blocking(move || render_form(&form)).await;
    let pdf = pdf.map_err(|error| Problem::internal(&error))?.map_err(Error::from)?;
    Ok(pdf_answer("phieu-kiem-soat.pdf", pdf).into_response())
}

fn pdf_answer(name: &str, pdf: files::Pdf) -> impl IntoResponse {
    use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
    let shown = format!("inline; filename=\"{name}\"");
    ([(CONTENT_TYPE, "application/pdf".to_owned()), (CONTENT_DISPOSITION, shown)], pdf.into_bytes())
}
