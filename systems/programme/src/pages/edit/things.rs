//! Targets and tasks of a programme.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        errors,
        fields::{self, Choice, Field},
        section::card,
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{
    super::{PROGRAMMES, common, typed::Sent},
    form::{directed, faults, heads, item},
};
use crate::{
    Error, Result as Done, commands,
    exchange::{self, Reader},
    measures::Standing,
    model::{Programme, Target},
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
const TASK: [&str; 8] = ["code", "goal", "target", "name", "head", "supporters", "budget", "term"];

pub(in crate::pages) async fn new_target(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let form = Form { programme: &programme, names: &TARGET, known: false, targets: &[] };
    form.shown(&desk, &me, &Typed::default(), &Faults::default()).await
}

pub(in crate::pages) async fn new_task(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let targets = targets(&desk, &programme).await?;
    let form = Form { programme: &programme, names: &TASK, known: false, targets: &targets };
    form.shown(&desk, &me, &Typed::default(), &Faults::default()).await
}

async fn targets(desk: &Desk, programme: &Programme) -> Done<Vec<Target>> {
    let code = programme.code.clone();
    common::read(desk, move |tx, desk| queries::targets_of(tx, &desk.front.tenant, &code)).await
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

/// A form of a target or of a task.
struct Form<'a> {
    programme: &'a Programme,
    names: &'static [&'static str],
    /// Whether it is there already.
    known: bool,
    targets: &'a [Target],
}

impl Form<'_> {
    async fn shown(
        &self,
        desk: &Desk,
        me: &SignedIn,
        typed: &Typed,
        faults: &Faults,
    ) -> Result<Response, Problem> {
        let ctx = desk::context(desk, me).await?;
        let base = format!("{PROGRAMMES}/{}", self.programme.code);
        let is_task = self.names.len() == TASK.len();
        let (key, action) = match (is_task, self.known) {
            (true, _) => ("programme-add-task", format!("{base}/them-nhiem-vu")),
            (false, false) => ("programme-add-target", format!("{base}/them-chi-tieu")),
            (false, true) => {
                ("programme-edit-target", format!("{base}/chi-tieu/{}/sua", typed.get("code")))
            }
        };
        let title = me.words.t(key);
        let list = tr!(me, "programme-nav");
        let above = [(list.as_str(), PROGRAMMES), (self.programme.number.as_str(), base.as_str())];
        let body = html! {
            form.stack method="post" action=(action) {
                (csrf_field(&ctx))
                @for name in self.names { (self.field(desk, me, name, typed, faults)) }
                p.acts { button.btn.go { (tr!(me, "programme-save")) } a.btn href=(base) { (tr!(me, "programme-cancel")) } }
            }
        };
        let main = html! {
            (crumbs(&me.words, &above, &title))
            (errors::summary(&me.words, faults))
            (card("form", &title, body))
        };
        let status =
            if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
        Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
    }

    fn field(
        &self,
        desk: &Desk,
        me: &SignedIn,
        name: &'static str,
        typed: &Typed,
        faults: &Faults,
    ) -> Markup {
        let label = me.words.t(&format!("programme-field-{}", name.replace('_', "-")));
        let hint = format!("programme-hint-{}", name.replace('_', "-"));
        let hint = me.words.has(&hint).then(|| me.words.t(&hint));
        let mut field = Field::new(name, &label).fault(faults.of(name)).letters_max(500);
        if let Some(hint) = &hint {
            field = field.hint(hint);
        }
        let value = typed.get(name);
        let optional = matches!(
            name,
            "indicator"
                | "scope"
                | "unit"
                | "places"
                | "from"
                | "to"
                | "steps"
                | "supporters"
                | "budget"
        );
        let task_target = name == "target" && self.names.len() == TASK.len();
        if optional || task_target {
            field = field.optional();
        }
        if name == "code" && self.known {
            return fields::text(&me.words, &field.readonly(), value);
        }
        let chosen = self.choices(desk, me, name, task_target);
        match (chosen, name) {
            (Some(choices), _) => fields::select(&me.words, &field, &choices, value),
            (None, "steps") => fields::textarea(&me.words, &field.letters_max(2000), value),
            _ => fields::text(&me.words, &field, value),
        }
    }

    /// What can be chosen in a field; none where it is typed.
    fn choices(
        &self,
        desk: &Desk,
        me: &SignedIn,
        name: &str,
        task_target: bool,
    ) -> Option<Vec<Choice>> {
        let words = |prefix: &str, all: &[&str]| -> Vec<Choice> {
            all.iter()
                .map(|word| Choice::new(*word, me.words.t(&format!("programme-{prefix}-{word}"))))
                .collect()
        };
        let none = || Choice::new("", tr!(me, "programme-none"));
        Some(match name {
            "goal" => (1..)
                .zip(&self.programme.goals)
                .map(|(n, goal)| Choice::new(n.to_string(), format!("{n}. {goal}")))
                .collect(),
            "indicator" => {
                let known = desk.definitions().iter().map(|one| {
                    Choice::new(one.code.clone(), format!("{} ({})", one.name, one.code))
                });
                std::iter::once(Choice::new("", tr!(me, "programme-declared")))
                    .chain(known)
                    .collect()
            }
            "scope" => {
                let all = Choice::new("all", tr!(me, "programme-scope-all"));
                let whole = me.directory.ancestors(self.programme.agency).is_empty();
                whole.then_some(all).into_iter().chain(heads(me, self.programme.agency)).collect()
            }
            "span" => words("span", &["month", "year", "programme"]),
            "better" => words("better", &["more", "less"]),
            "shape" => words("shape", &["linear", "steps", "hand"]),
            "head" => heads(me, self.programme.agency),
            "target" if task_target => {
                let known = self.targets.iter().map(|one| {
                    Choice::new(one.code.to_string(), format!("{}: {}", one.code, one.name))
                });
                std::iter::once(none()).chain(known).collect()
            }
            _ => return None,
        })
    }
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
    let form = Form { programme: &programme, names: &TASK, known: false, targets: &targets };
    let mut item = item(&typed, &TASK);
    // Whoever gives a task is the head in whose seat it is written.
    let own = me.directory.agency(me.agency).map(|agency| agency.code.to_string());
    item.fields.insert("assigner".to_owned(), (0, own.unwrap_or_default()));
    let (task, findings) = {
        let mut reader = Reader::of(&desk, me.now);
        (reader.task(&programme, &targets, &item), reader.findings)
    };
    let Some(task) = task.filter(|_| findings.is_empty()) else {
        return form.shown(&desk, &me, &typed, &faults(&me, &TASK, &findings)).await;
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
