//! The programme itself: new, changed, issued.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use identity::access::Action;
use maud::{Markup, html};
use web::{
    PageContext, SignedIn,
    components::{
        confirm::{Confirm, confirm},
        crumbs::crumbs,
        errors,
        fields::{self, Field},
        section::card,
    },
    form::Faults,
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{
    super::{PROGRAMMES, common, typed::Sent},
    form::{directed, faults, item},
};
use crate::{
    Error, commands,
    exchange::{Item, Raw, Reader},
    model::{GOALS_MAX, Programme, month_words},
    queries,
};

const NAMES: [&str; 7] = ["code", "number", "name", "signed_on", "from", "to", "goals"];

pub(in crate::pages) async fn new(
    State(desk): State<Desk>,
    me: SignedIn,
) -> Result<Response, Problem> {
    common::on(&desk, &me, Action::Direct, me.agency)?;
    shown(&desk, &me, None, &Typed::default(), &Faults::default()).await
}

pub(in crate::pages) async fn form(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let typed = known(&programme);
    shown(&desk, &me, Some(&programme), &typed, &Faults::default()).await
}

fn known(programme: &Programme) -> Typed {
    let pairs = [
        ("code", programme.code.to_string()),
        ("number", programme.number.clone()),
        ("name", programme.name.clone()),
        ("signed_on", kernel::vn_date(programme.signed_on)),
        ("from", month_words(programme.from)),
        ("to", month_words(programme.to)),
        ("goals", programme.goals.join("\n")),
    ];
    Typed(pairs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

async fn shown(
    desk: &Desk,
    me: &SignedIn,
    programme: Option<&Programme>,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    let ctx = desk::context(desk, me).await?;
    let title = match programme {
        Some(programme) => tr!(me, "programme-edit-one", number = programme.number.as_str()),
        None => tr!(me, "programme-new"),
    };
    let action = match programme {
        Some(programme) => format!("{PROGRAMMES}/{}/sua", programme.code),
        None => format!("{PROGRAMMES}/moi"),
    };
    let list = tr!(me, "programme-nav");
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), PROGRAMMES)], &title))
        (errors::summary(&me.words, faults))
        (card("form", &title, of(me, &ctx, &action, programme.is_some(), typed, faults)))
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
}

fn of(
    me: &SignedIn,
    ctx: &PageContext,
    action: &str,
    known: bool,
    typed: &Typed,
    faults: &Faults,
) -> Markup {
    let line = |name: &'static str, letters: u16| {
        let label = me.words.t(&format!("programme-field-{}", name.replace('_', "-")));
        let hint = format!("programme-hint-{}", name.replace('_', "-"));
        let hint = me.words.has(&hint).then(|| me.words.t(&hint));
        let mut field = Field::new(name, &label).fault(faults.of(name)).letters_max(letters);
        if let Some(hint) = &hint {
            field = field.hint(hint);
        }
        match name {
            "goals" => fields::textarea(&me.words, &field, typed.get(name)),
            "code" if known => fields::text(&me.words, &field.readonly(), typed.get(name)),
            _ => fields::text(&me.words, &field, typed.get(name)),
        }
    };
    html! {
        form.stack method="post" action=(action) {
            (csrf_field(ctx))
            (line("code", 30)) (line("number", 60)) (line("name", 300)) (line("signed_on", 10))
            (line("from", 7)) (line("to", 7)) (line("goals", 4000))
            p.acts { button.btn.go { (tr!(me, "programme-save")) } a.btn href=(PROGRAMMES) { (tr!(me, "programme-cancel")) } }
        }
    }
}

/// What was typed, read as a file is.
fn read(desk: &Desk, me: &SignedIn, typed: &Typed) -> Result<Programme, Faults> {
    let mut raw = Raw { programme: item(typed, &NAMES), ..Raw::default() };
    let agency = me.directory.agency(me.agency).map(|agency| agency.code.to_string());
    raw.programme.fields.insert("agency".to_owned(), (0, agency.unwrap_or_default()));
    let goals = typed.get("goals").lines().map(str::trim).filter(|line| !line.is_empty());
    raw.goals = goals
        .map(|goal| {
            let fields = [("name".to_owned(), (7, goal.to_owned()))];
            Item { fields: fields.into(), ..Item::default() }
        })
        .take(GOALS_MAX)
        .collect();
    let mut reader = Reader::of(desk, me.now);
    let read = reader.programme(&raw);
    match read {
        Some(programme) if reader.findings.is_empty() => Ok(programme),
        _ => Err(faults(me, &NAMES, &reader.findings)),
    }
}

pub(in crate::pages) async fn create(
    State(desk): State<Desk>,
    me: SignedIn,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    common::on(&desk, &me, Action::Direct, me.agency)?;
    let programme = match read(&desk, &me, &sent.typed) {
        Ok(programme) => programme,
        Err(faults) => return shown(&desk, &me, None, &sent.typed, &faults).await,
    };
    let (code, stamp) = (programme.code.clone(), common::stamp(&me));
    let draft = commands::Draft { programme, targets: Vec::new(), tasks: Vec::new() };
    let written = common::write(&desk, move |tx, desk| commands::draft(tx, desk, &draft, &stamp));
    match written.await {
        Ok(()) => Ok(common::done(&format!("{PROGRAMMES}/{code}"), tr!(me, "programme-saved"))),
        Err(Error::Taken(_)) => {
            let mut faults = Faults::default();
            faults.add("code", tr!(me, "programme-taken"));
            shown(&desk, &me, None, &sent.typed, &faults).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(in crate::pages) async fn save(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let before = directed(&desk, &me, &code).await?;
    let mut typed = sent.typed;
    typed.0.retain(|(name, _)| name != "code");
    typed.0.push(("code".to_owned(), before.code.to_string()));
    let read = read(&desk, &me, &typed);
    let code = before.code.clone();
    let used = common::read(&desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        let targets = queries::targets_of(tx, tenant, &code)?;
        let tasks = queries::tasks_of(tx, tenant, &code)?;
        let goals = targets.iter().map(|one| one.goal).chain(tasks.iter().map(|one| one.goal));
        Ok(goals.max().unwrap_or(0))
    });
    let used = used.await?;
    let programme = match read {
        Ok(programme) if programme.goals.len() < used => {
            let mut faults = Faults::default();
            faults.add("goals", tr!(me, "programme-goals-used", n = used));
            return shown(&desk, &me, Some(&before), &typed, &faults).await;
        }
        Ok(programme) => programme,
        Err(faults) => return shown(&desk, &me, Some(&before), &typed, &faults).await,
    };
    let (path, stamp) = (format!("{PROGRAMMES}/{}", before.code), common::stamp(&me));
    let edited = common::write(&desk, move |tx, desk| commands::edit(tx, desk, &programme, &stamp));
    edited.await?;
    Ok(common::done(&path, tr!(me, "programme-saved")))
}

/// The question before a programme is issued.
pub(in crate::pages) async fn issue_form(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let programme = directed(&desk, &me, &code).await?;
    let code = programme.code.clone();
    let tasks = common::read(&desk, move |tx, desk| {
        queries::tasks_of(tx, &desk.front.tenant, &code).map(|tasks| tasks.len())
    });
    let tasks = tasks.await?;
    let ctx = desk::context(&desk, &me).await?;
    let base = format!("{PROGRAMMES}/{}", programme.code);
    let question = Confirm {
        question: tr!(me, "programme-issue-question", number = programme.number.as_str()),
        consequences: vec![
            tr!(me, "programme-issue-tasks", n = tasks),
            tr!(me, "programme-issue-clocks"),
            tr!(me, "programme-issue-final"),
        ],
        action: format!("{base}/ban-hanh"),
        verb: tr!(me, "programme-issue"),
        back: base,
        ..Confirm::default()
    };
    let title = tr!(me, "programme-issue");
    Ok(web::page::desk(&ctx, &title, confirm(&ctx, &question, html! {})).into_response())
}

/// The programme is issued.
pub(in crate::pages) async fn issue(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let programme = directed(&desk, &me, &code).await?;
    let (path, stamp) = (format!("{PROGRAMMES}/{}", programme.code), common::stamp(&me));
    let code = programme.code;
    let written = common::write(&desk, move |tx, desk| commands::issue(tx, desk, &code, &stamp));
    match written.await {
        Ok(n) => Ok(common::done(&path, tr!(me, "programme-issued", n = n))),
        Err(error) => common::refused(&me, &path, error),
    }
}
