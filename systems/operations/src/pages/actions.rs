//! What is sent about an incident: it runs, or the page comes back with the reason and with
//! everything that was typed.

use axum::{
    extract::{Form, Path, State},
    response::Response,
};
use desk::typed::Typed;
use web::{
    SignedIn,
    components::flash::Flash,
    form::Faults,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::{
    INCIDENTS, Room,
    incident::{self, Open},
};
use crate::{
    Error, Result,
    commands::{self, Cause, Closing},
};

/// What is asked, typed.
enum Deed {
    Acknowledge,
    Note(String),
    Close(Closing),
    Conclude(String),
    Reopen(String),
}

pub(super) async fn act(
    State(room): State<Room>,
    me: SignedIn,
    Path((code, name)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let open = incident::open(&room, &me, &code).await?;
    let mut faults = Faults::default();
    let Some(deed) = deed(&me, &name, &typed, &mut faults)? else {
        return incident::shown(&room, &me, &open, &typed, &faults).await;
    };
    match run(&room, &me, &open, deed, &typed).await {
        Ok(()) => {
            let flash = Flash::done(me.words.t(&format!("operations-done-{name}")));
            Ok(see_other_with(&format!("{INCIDENTS}/{code}"), flash))
        }
        Err(error) => {
            let Some(said) = refused(&room, &me, &open, &error) else { return Err(error.into()) };
            faults.add(field_of(&name), said);
            let open = incident::open(&room, &me, &code).await?;
            incident::shown(&room, &me, &open, &typed, &faults).await
        }
    }
}

/// A refusal in words, where it is one of the rules.
fn refused(room: &Room, me: &SignedIn, open: &Open, error: &Error) -> Option<String> {
    match error {
        Error::NotNow => Some(tr!(me, "operations-not-now")),
        Error::Desk(error) => {
            let moment = room.moment();
            let procedure = moment.shelf.version(&open.case.procedure).map(AsRef::as_ref);
            desk::refusal::of_error(&me.words, error, &moment, procedure, me.now)
        }
        _ => None,
    }
}

/// Beside which field a refusal is said.
fn field_of(name: &str) -> &'static str {
    match name {
        "ghi" => "viec",
        "xong" => "ket-qua",
        "dong" => "ket-luan",
        _ => "vi-sao",
    }
}

fn deed(
    me: &SignedIn,
    name: &str,
    typed: &Typed,
    faults: &mut Faults,
) -> Result<Option<Deed>, Problem> {
    let mut words = |field: &str| {
        let text = typed.get(field).to_owned();
        if text.is_empty() {
            faults.add(field, tr!(me, "operations-write"));
        }
        text
    };
    let deed = match name {
        "nhan" => Deed::Acknowledge,
        "ghi" => Deed::Note(words("viec")),
        "xong" => {
            let words = words("ket-qua");
            let Some(cause) = Cause::from_word(typed.get("nguyen-nhan")) else {
                faults.add("nguyen-nhan", tr!(me, "operations-choose-cause"));
                return Ok(None);
            };
            Deed::Close(Closing { cause, words })
        }
        "dong" => Deed::Conclude(typed.get("ket-luan").to_owned()),
        "lam-tiep" => Deed::Reopen(words("vi-sao")),
        _ => return Err(Problem::not_found()),
    };
    Ok(faults.is_empty().then_some(deed))
}

async fn run(room: &Room, me: &SignedIn, open: &Open, deed: Deed, typed: &Typed) -> Result<()> {
    let (shared, who, case) = (room.clone(), me.clone(), open.case.id);
    let expected = typed.get("version").parse().ok();
    let ran = room.front.store.write(move |tx| {
        let (desk, me) = (&**shared, &who);
        match &deed {
            Deed::Acknowledge => drop(commands::acknowledge(tx, desk, me, case, expected)?),
            Deed::Note(words) => commands::take_action(tx, desk, me, case, words)?,
            Deed::Close(closing) => drop(commands::close(tx, desk, me, case, expected, closing)?),
            Deed::Conclude(words) => {
                drop(commands::conclude(tx, desk, me, case, expected, words)?);
            }
            Deed::Reopen(words) => drop(commands::reopen(tx, desk, me, case, expected, words)?),
        }
        Ok::<_, Error>(())
    });
    let out = ran.await;
    if let Err(Error::Desk(desk::Error::Denied(denial))) = &out {
        desk::log_denial(room, me, Some(case), denial.clone()).await;
    }
    out
}
