//! What officers send: it is done, or the page comes back with why and with everything that was
//! typed.

use axum::{
    Form,
    extract::{Path, State},
    response::Response,
};
use desk::{Desk, typed::Typed};
use kernel::CaseCode;
use web::{
    SignedIn,
    components::flash::Flash,
    form::Faults,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::{REPORTS, ask, one};
use crate::{
    Error, Result as Done,
    commands::{self, Acting, Edit, Edits},
    form::{CellKind, Fill},
    number::Number,
    queries::Whole,
    sheet::From,
};

/// Saves what was typed, and hands it on where that was asked.
pub(super) async fn write(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let whole = one::open(&desk, &me, &code).await?;
    let mut faults = Faults::default();
    let edits = edits(&me, &whole, &typed, &mut faults);
    if !faults.is_empty() {
        return one::shown(&desk, &me, &whole, &typed, &faults).await;
    }
    let (shared, who, of) = (desk.clone(), me.clone(), whole.report.code.clone());
    let submits = typed.get("do") == "trinh";
    let saved = desk.front.store.write(move |tx| {
        let acting = Acting::of(&shared, &who);
        commands::save(tx, &acting, &of, &edits).map(|_| ())
    });
    let mut done: Done<()> = saved.await;
    if done.is_ok() && submits {
        let (shared, who, of) = (desk.clone(), me.clone(), whole.report.code.clone());
        let run =
            desk.front.store.write(move |tx| commands::submit(tx, &Acting::of(&shared, &who), &of));
        done = run.await;
    }
    let here = format!("{REPORTS}/{code}");
    match done {
        Ok(()) if submits => Ok(see_other_with(&here, Flash::done(tr!(me, "reports-submitted")))),
        Ok(()) => Ok(see_other_with(&here, Flash::done(tr!(me, "reports-saved")))),
        // What was typed is kept; what keeps it back stands at the top of the page.
        Err(Error::Remarks(n)) => {
            let text = tr!(me, "reports-saved-not-sent", n = n);
            Ok(see_other_with(&here, Flash::failed(text)))
        }
        Err(Error::NotNow) => Ok(see_other_with(&here, Flash::notice(tr!(me, "reports-not-now")))),
        Err(Error::Overtaken) => {
            faults.add("luot", tr!(me, "reports-overtaken"));
            let whole = one::open(&desk, &me, &code).await?;
            one::shown(&desk, &me, &whole, &typed, &faults).await
        }
        Err(error) => refused(&desk, &me, error, &whole).await,
    }
}

/// What was typed, as far as it makes sense.
fn edits(me: &SignedIn, whole: &Whole, typed: &Typed, faults: &mut Faults) -> Edits {
    let mut edits = Edits { seq: typed.get("luot").parse().ok(), ..Edits::default() };
    for (name, value) in &gathered(typed) {
        let value = value.trim();
        // A table has many cells: what is wrong says in which.
        let of_cell = |id: &str, key: &str| of_cell(me, whole, id, key);
        if let Some(part) = name.strip_prefix("p.") {
            if whole.form.parts.iter().any(|of| of.id == part && of.ask.is_some()) {
                edits.parts.push((part.to_owned(), value.to_owned()));
            }
        } else if let Some(id) = name.strip_prefix("c.") {
            let Some((kind, _)) = whole.form.described(id) else { continue };
            match (value, kind) {
                ("", _) => edits.cells.push((id.to_owned(), Edit::Clear)),
                (words, CellKind::Text) => {
                    let options = whole.form.options(id);
                    match options.map_or(Some(words.to_owned()), |options| options.read(words)) {
                        Some(words) => edits.cells.push((id.to_owned(), Edit::Words(words))),
                        None => faults.add(name, of_cell(id, "reports-no-choice")),
                    }
                }
                (number, _) => match Number::typed(number) {
                    Some(number) => edits.cells.push((id.to_owned(), Edit::Number(number))),
                    None => faults.add(name, of_cell(id, "reports-no-number")),
                },
            }
        } else if let Some(id) = name.strip_prefix("x.") {
            contest(me, whole, typed, (name, id, value), &mut edits, faults);
        }
    }
    edits
}

/// What was typed, each field once: of several ticks of one cell all, with spaces between them.
fn gathered(typed: &Typed) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = Vec::new();
    for (name, value) in &typed.0 {
        match all.iter_mut().find(|(known, _)| known == name && name.starts_with("c.")) {
            Some((_, known)) => *known = format!("{known} {value}"),
            None => all.push((name.clone(), value.clone())),
        }
    }
    all
}

fn contest(
    me: &SignedIn,
    whole: &Whole,
    typed: &Typed,
    (name, id, value): (&str, &str, &str),
    edits: &mut Edits,
    faults: &mut Faults,
) {
    let entry = whole.sheet.cells.get(id);
    let can = whole.form.cell(id).is_some_and(|cell| matches!(cell.fill, Fill::Figure(_)))
        || entry.is_some_and(|e| matches!(e.from, From::AddedUp | From::Contested));
    if !can {
        return;
    }
    let reason = typed.get(&format!("r.{id}"));
    match (value, reason) {
        ("", "") if entry.is_some_and(|e| e.is_contested()) => {
            edits.cells.push((id.to_owned(), Edit::Settle));
        }
        ("", "") => {}
        (_, "") => faults.add(name, of_cell(me, whole, id, "reports-reason-missing")),
        (number, reason) => match Number::typed(number) {
            Some(number) => {
                edits.cells.push((id.to_owned(), Edit::Contest(number, reason.to_owned())));
            }
            None => faults.add(name, of_cell(me, whole, id, "reports-no-number")),
        },
    }
}

/// What is wrong, after the name of its cell.
fn of_cell(me: &SignedIn, whole: &Whole, id: &str, key: &str) -> String {
    let label = whole.form.described(id).map_or_else(|| id.to_owned(), |(_, label)| label);
    format!("{label}: {}", me.words.t(key))
}

/// Does what was asked on a page of its own.
pub(super) async fn act(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, deed)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let whole = one::open(&desk, &me, &code).await?;
    let done = match deed.as_str() {
        "gui" => send(&desk, &me, &whole).await,
        "tra-lai" | "gop-y" | "nhan" | "sua-doi" => run(&desk, &me, &whole, &deed, &typed).await,
        _ => return Err(Problem::not_found()),
    };
    let mut faults = Faults::default();
    match done {
        Ok(to) => {
            let text = me.words.t(&format!("reports-did-{deed}"));
            Ok(see_other_with(&format!("{REPORTS}/{to}"), Flash::done(text)))
        }
        Err(Error::Reason) => {
            faults.add("loi", tr!(me, "reports-reason-missing"));
            ask::asked(&desk, &me, &whole, &deed, &typed, &faults).await
        }
        Err(Error::Overtaken) => {
            let text = tr!(me, "reports-figures-moved");
            Ok(see_other_with(&format!("{REPORTS}/{code}"), Flash::failed(text)))
        }
        Err(Error::Remarks(n)) => {
            let text = tr!(me, "reports-saved-not-sent", n = n);
            Ok(see_other_with(&format!("{REPORTS}/{code}"), Flash::failed(text)))
        }
        Err(Error::NotNow) => {
            let text = tr!(me, "reports-not-now");
            Ok(see_other_with(&format!("{REPORTS}/{code}"), Flash::notice(text)))
        }
        Err(error) => refused(&desk, &me, error, &whole).await,
    }
}

async fn send(desk: &Desk, me: &SignedIn, whole: &Whole) -> Done<CaseCode> {
    let (shared, who, read) = (desk.clone(), me.clone(), whole.clone());
    let ready =
        tokio::task::spawn_blocking(move || commands::prepare(&Acting::of(&shared, &who), &read));
    let ready = ready.await.map_err(|error| Error::Sheet(error.to_string()))??;
    let (shared, who, code) = (desk.clone(), me.clone(), whole.report.code.clone());
    let sent = desk.front.store.write(move |tx| {
        commands::send(tx, &Acting::of(&shared, &who), &code, &ready)?;
        Ok(code.clone())
    });
    sent.await
}

async fn run(
    desk: &Desk,
    me: &SignedIn,
    whole: &Whole,
    deed: &str,
    typed: &Typed,
) -> Done<CaseCode> {
    let (shared, who, code) = (desk.clone(), me.clone(), whole.report.code.clone());
    let (deed, cell, words) =
        (deed.to_owned(), typed.get("o").to_owned(), typed.get("loi").to_owned());
    let ran = desk.front.store.write(move |tx| {
        let acting = Acting::of(&shared, &who);
        match deed.as_str() {
            "tra-lai" => commands::give_back(tx, &acting, &code, (&cell, &words))?,
            "gop-y" => commands::comment(tx, &acting, &code, (&cell, &words))?,
            "nhan" => commands::receive(tx, &acting, &code)?,
            _ => return commands::revise(tx, &acting, &code, &words),
        }
        Ok(code.clone())
    });
    ran.await
}

/// A refusal of the policies, kept and said; or of the rules of cases.
async fn refused(
    desk: &Desk,
    me: &SignedIn,
    error: Error,
    whole: &Whole,
) -> Result<Response, Problem> {
    match error {
        Error::Desk(desk::Error::Denied(denial)) => {
            desk::log_denial(desk, me, Some(whole.report.case), denial.clone()).await;
            Err(desk::forbidden(me, &denial))
        }
        Error::Desk(error) => {
            let moment = desk.moment();
            let procedure = moment.shelf.version(&whole.case.procedure);
            let procedure = procedure.map(AsRef::as_ref);
            match desk::refusal::of_error(&me.words, &error, &moment, procedure, me.now) {
                Some(said) => Err(Problem::conflict().detail(said)),
                None => Err(error.into()),
            }
        }
        other => Err(other.into()),
    }
}
