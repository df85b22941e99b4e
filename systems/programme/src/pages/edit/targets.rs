//! Targets of a programme: written down, and put down anew.

use axum::{
    extract::{Path, State},
    response::Response,
};
use desk::{Desk, typed::Typed};
use web::{SignedIn, form::Faults, http::Problem, tr};

use super::{
    super::{common, typed::Sent},
    fields::Form,
    form::{directed, faults, item},
};
use crate::{
    Error, commands,
    exchange::{self, Reader},
    measures::Standing,
    queries,
};

const TARGET: [&str; 16] = [
    "code",
    "goal",
    "name",
    "indicator",
    "scope",
    "span",
    "unit",
    "places",
    "better",
    "from",
    "start",
    "to",
    "target",
    "shape",
    "steps",
    "head",
];

pub(in crate::pages) async fn new_target(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let form = Form { programme: &programme, names: &TARGET, known: false, targets: &[] };
    form.shown(&desk, &me, &Typed::default(), &Faults::default()).await
}

pub(in crate::pages) async fn target_form(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, target)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let target = common::code(&target)?;
    let (of, code) = (programme.code.clone(), target);
    let found =
        common::read(&desk, move |tx, desk| queries::target(tx, &desk.front.tenant, &of, &code));
    let target = found.await?;
    let standing = Standing { target, actuals: Vec::new(), judged: None, said: None };
    let item = exchange::of_target(&me.directory, &standing.target);
    let pairs = item.fields.into_iter().map(|(name, (_, value))| (name, value)).collect();
    let form = Form { programme: &programme, names: &TARGET, known: true, targets: &[] };
    form.shown(&desk, &me, &Typed(pairs), &Faults::default()).await
}

pub(in crate::pages) async fn add_target(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    keep_target(&desk, &me, &code, None, sent).await
}

pub(in crate::pages) async fn save_target(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, target)): Path<(String, String)>,
    sent: Sent,
) -> Result<Response, Problem> {
    keep_target(&desk, &me, &code, Some(target), sent).await
}

async fn keep_target(
    desk: &Desk,
    me: &SignedIn,
    code: &str,
    known: Option<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(me) {
        return Err(desk::typed::forged());
    }
    let programme = directed(desk, me, code).await?;
    let mut typed = sent.typed;
    if let Some(target) = &known {
        typed.0.retain(|(name, _)| name != "code");
        typed.0.push(("code".to_owned(), target.clone()));
    }
    let form = Form { programme: &programme, names: &TARGET, known: known.is_some(), targets: &[] };
    let mut item = item(&typed, &TARGET);
    // A straight line has no steps, whatever stands in the field that was not asked for.
    if typed.get("shape") == "linear" {
        item.fields.remove("steps");
    }
    let (target, findings) = {
        let mut reader = Reader::of(desk, me.now);
        (reader.target(&programme, &item), reader.findings)
    };
    let Some(target) = target.filter(|_| findings.is_empty()) else {
        return form.shown(desk, me, &typed, &faults(me, &TARGET, &findings)).await;
    };
    let (path, stamp) = (target.address(), common::stamp(me));
    let is_new = known.is_none();
    let written = common::write(desk, move |tx, desk| match is_new {
        true => commands::add_target(tx, desk, &target, &stamp),
        false => commands::set_target(tx, desk, &target, &stamp),
    });
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-saved"))),
        Err(Error::Taken(_)) => {
            let mut faults = Faults::default();
            faults.add("code", tr!(me, "programme-taken"));
            form.shown(desk, me, &typed, &faults).await
        }
        Err(error) => common::refused(me, &path, error),
    }
}
