//! Tasks of a programme: given, and changed with a reason once they are.

use axum::{
    extract::{Path, State},
    response::Response,
};
use desk::{Desk, typed::Typed};
use web::{SignedIn, form::Faults, http::Problem, tr};

use super::{
    super::{PROGRAMMES, TASKS, common, typed::Sent},
    fields::Form,
    form::{directed, faults, item},
};
use crate::{
    Error, Result as Done, commands,
    exchange::{self, Reader},
    model::{Programme, Target, Task},
    queries,
};

const NEW: [&str; 8] = ["code", "goal", "target", "name", "head", "supporters", "budget", "term"];
/// Of a task that was given, whoever changes it says why.
const GIVEN: [&str; 9] =
    ["code", "goal", "target", "name", "head", "supporters", "budget", "term", "reason"];
/// Letters of a reason.
const REASON_MIN: usize = 10;

pub(in crate::pages) async fn new_task(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let targets = targets(&desk, &programme).await?;
    let form = Form { programme: &programme, names: &NEW, known: false, targets: &targets };
    form.shown(&desk, &me, &Typed::default(), &Faults::default()).await
}

async fn targets(desk: &Desk, programme: &Programme) -> Done<Vec<Target>> {
    let code = programme.code.clone();
    common::read(desk, move |tx, desk| queries::targets_of(tx, &desk.front.tenant, &code)).await
}

pub(in crate::pages) async fn add_task(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let programme = directed(&desk, &me, &code).await?;
    let targets = targets(&desk, &programme).await?;
    let typed = sent.typed;
    let form = Form { programme: &programme, names: &NEW, known: false, targets: &targets };
    let mut item = item(&typed, &NEW);
    // Whoever gives a task is the head in whose seat it is written.
    let own = me.directory.agency(me.agency).map(|agency| agency.code.to_string());
    item.fields.insert("assigner".to_owned(), (0, own.unwrap_or_default()));
    let (task, findings) = {
        let mut reader = Reader::of(&desk, me.now);
        (reader.task(&programme, &targets, &item), reader.findings)
    };
    let Some(task) = task.filter(|_| findings.is_empty()) else {
        return form.shown(&desk, &me, &typed, &faults(&me, &NEW, &findings)).await;
    };
    let (path, stamp) = (format!("{PROGRAMMES}/{}", programme.code), common::stamp(&me));
    let written = common::write(&desk, move |tx, desk| commands::add_task(tx, desk, &task, &stamp));
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-task-added"))),
        Err(Error::Taken(_)) => {
            let mut faults = Faults::default();
            faults.add("code", tr!(me, "programme-taken"));
            form.shown(&desk, &me, &typed, &faults).await
        }
        Err(error) => common::refused(&me, &path, error),
    }
}

/// A task of a programme, to somebody who may change it.
async fn known(
    desk: &Desk,
    me: &SignedIn,
    (programme, task): (&str, &str),
) -> Result<(Programme, Vec<Target>, Task), Problem> {
    let programme = directed(desk, me, programme).await?;
    let targets = targets(desk, &programme).await?;
    let (of, code) = (programme.code.clone(), common::code(task)?);
    let found = common::read(desk, move |tx, desk| {
        queries::task_of_code(tx, &desk.front.tenant, &of, &code)
    });
    let task = found.await?;
    Ok((programme, targets, task))
}

pub(in crate::pages) async fn task_form(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, task)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (programme, targets, task) = known(&desk, &me, (&code, &task)).await?;
    let item = exchange::of_task(&me.directory, &task);
    let pairs = item.fields.into_iter().map(|(name, (_, value))| (name, value)).collect();
    let form = Form { programme: &programme, names: names(&task), known: true, targets: &targets };
    form.shown(&desk, &me, &Typed(pairs), &Faults::default()).await
}

fn names(task: &Task) -> &'static [&'static str] {
    if task.case.is_some() { &GIVEN } else { &NEW }
}

pub(in crate::pages) async fn save_task(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, task)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let (programme, targets, was) = known(&desk, &me, (&code, &task)).await?;
    let names = names(&was);
    let mut typed = sent.typed;
    typed.0.retain(|(name, _)| name != "code");
    typed.0.push(("code".to_owned(), was.code.to_string()));
    let form = Form { programme: &programme, names, known: true, targets: &targets };
    let mut item = item(&typed, names);
    let before = exchange::of_task(&me.directory, &was);
    item.fields
        .extend(before.fields.get_key_value("assigner").map(|(n, v)| (n.clone(), v.clone())));
    let (task, findings) = {
        let mut reader = Reader::of(&desk, me.now);
        reader.standing_term = Some(was.term);
        (reader.task(&programme, &targets, &item), reader.findings)
    };
    let mut wrong = faults(&me, names, &findings);
    let reason = typed.get("reason").to_owned();
    if was.case.is_some() && reason.chars().count() < REASON_MIN {
        wrong.add("reason", tr!(me, "programme-fault-reason", n = REASON_MIN));
    }
    let Some(is) = task.filter(|_| wrong.is_empty()) else {
        return form.shown(&desk, &me, &typed, &wrong).await;
    };
    let path = match &was.case {
        Some(case) => format!("{TASKS}/{}", case.code),
        None => format!("{PROGRAMMES}/{}", programme.code),
    };
    let is = Task { assigner: was.assigner, ..is };
    let stamp = common::stamp(&me);
    let written = common::write(&desk, move |tx, desk| {
        commands::amend(tx, desk, (&was, &is), &reason, &stamp)
    });
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-saved"))),
        Err(Error::Desk(error)) => {
            let moment = desk.moment();
            let said = desk::refusal::of_error(&me.words, &error, &moment, None, me.now);
            let Some(said) = said else { return Err(error.into()) };
            wrong.add("term", said);
            form.shown(&desk, &me, &typed, &wrong).await
        }
        Err(error) => common::refused(&me, &path, error),
    }
}
