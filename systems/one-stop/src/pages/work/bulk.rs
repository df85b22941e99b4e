//! What is done to the ticked dossiers: each in a transaction of its own, and a report of those
//! that did not go through.

use axum::{
    Form,
    extract::State,
    response::{IntoResponse, Response},
};
use casework::{Command, Note};
use kernel::{CaseCode, PostId};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        confirm::{self, Confirm},
        fields::{self, Choice, Field},
        flash::Flash,
    },
    http::{Problem, flash::see_other_with},
    page::desk,
    tr,
};

use super::{
    BULK,
    rows::{ASSIGN, SLIPS, outcome_word, outcomes},
    slips,
};
use crate::{
    Desk,
    commands::{Act, act},
    pages::{
        self, DOSSIER, WORK, context, refusal,
        typed::{Typed, forged},
    },
};

/// At most so many dossiers are acted on at once.
const BULK_MAX: usize = 100;

/// A row that was ticked: `CODE/STEP`. The step belongs to it, so that a form that is sent twice
/// finds the step done the second time, and does not go on to the next one.
pub(super) struct Ticked {
    pub(super) code: String,
    step: String,
}

impl Ticked {
    /// What the row sends.
    pub(super) fn text(code: &CaseCode, step: &str) -> String {
        format!("{code}/{step}")
    }

    fn of(text: &str) -> Self {
        let (code, step) = text.split_once('/').unwrap_or((text, ""));
        Self { code: code.to_owned(), step: step.to_owned() }
    }
}

/// What came of one dossier of many.
struct Outcoming {
    code: String,
    why_not: Option<String>,
}

pub(super) async fn bulk(
    State(shared): State<Desk>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let form = Typed(pairs);
    if !form.is_own(&me) {
        return Err(forged());
    }
    let ticked: Vec<Ticked> = form.all("case").take(BULK_MAX).map(Ticked::of).collect();
    if ticked.is_empty() {
        return Ok(see_other_with(WORK, Flash::notice(tr!(me, "work-bulk-none"))));
    }
    let to = form.get("to").parse::<PostId>().ok();
    match form.get("do") {
        SLIPS => return slips::print(&shared, &me, &ticked).await,
        ASSIGN if to.is_none() => {
            return Ok(ask_seat(&shared, &me, &ticked).await?.into_response());
        }
        _ => {}
    }
    let mut done = Vec::with_capacity(ticked.len());
    for one in ticked {
        let why_not = one_of_many(&shared, &me, &one, form.get("do"), to, form.get("note")).await?;
        done.push(Outcoming { code: one.code, why_not });
    }
    let (failed, went): (Vec<_>, Vec<_>) = done.into_iter().partition(|d| d.why_not.is_some());
    if failed.is_empty() {
        let text = tr!(me, "work-bulk-done", n = went.len());
        return Ok(see_other_with(WORK, Flash::done(text)));
    }
    Ok(report(&shared, &me, &failed, went.len()).await?.into_response())
}

/// Acts on one dossier in its own transaction; the sentence where it did not go through.
async fn one_of_many(
    shared: &Desk,
    me: &SignedIn,
    ticked: &Ticked,
    what: &str,
    to: Option<PostId>,
    note: &str,
) -> Result<Option<String>, Problem> {
    let unknown = Ok(Some(tr!(me, "work-bulk-unknown")));
    let Ok(parsed) = ticked.code.parse::<CaseCode>() else { return unknown };
    let inner = shared.clone();
    let found =
        shared.front.store.read(move |tx| desk::load_dossier(tx, &inner.front.tenant, &parsed));
    let Some(case) = found.await? else { return unknown };
    let (moment, note) = (shared.moment(), Note(note.to_owned()));
    let procedure = moment.shelf.version(&case.procedure).cloned();
    let mut mine = case.holdings.iter().filter(|(_, held)| held.post == me.seat());
    let mine = mine.find(|(step, _)| step.as_str() == ticked.step).map(|(step, _)| step.clone());
    let command = mine.and_then(|step| match to {
        Some(post) => Some(Command::Assign { step, post, note }),
        None => {
            let mut offered = outcomes(&moment, &case.procedure, step.as_str()).iter();
            let outcome = offered.find(|outcome| outcome_word(outcome) == what)?.id.clone();
            Some(Command::Complete { step, outcome, note })
        }
    });
    let Some(command) = command else { return Ok(Some(tr!(me, "work-bulk-not-offered"))) };
    let done = act(shared, me, Act { case: case.id, expected: None, happened_at: None, command });
    match done.await {
        Ok(_) => Ok(None),
        Err(error) => {
            let said = refusal::of_error(&me.words, &error, &moment, procedure.as_deref(), me.now);
            Ok(Some(said.ok_or_else(|| Problem::from(error))?))
        }
    }
}

/// To whom the ticked dossiers shall go.
async fn ask_seat(shared: &Desk, me: &SignedIn, ticked: &[Ticked]) -> Result<Markup, Problem> {
    let ctx = context(shared, me).await?;
    let seats = me.directory.posts_in(me.agency, me.now).filter(|post| post.id != me.seat());
    let seats: Vec<Choice> = seats
        .filter_map(|post| {
            let person = me.directory.holder(post.id, me.now)?;
            Some(Choice::new(post.id.to_string(), format!("{}, {}", person.name, post.title)))
        })
        .collect();
    let kept = ticked.iter().map(|one| format!("{}/{}", one.code, one.step));
    let mut kept: Vec<_> = kept.map(|text| ("case".to_owned(), text)).collect();
    kept.push(("do".to_owned(), ASSIGN.to_owned()));
    let ask = Confirm {
        question: tr!(me, "work-assign-question", n = ticked.len()),
        consequences: vec![tr!(me, "work-assign-consequence")],
        action: BULK.to_owned(),
        verb: tr!(me, "work-bulk-assign"),
        harsh: false,
        back: WORK.to_owned(),
        kept,
    };
    let (to, note) = (tr!(me, "act-to-seat"), tr!(me, "act-note"));
    let fields = html! {
        (fields::select(&me.words, &Field::new("to", &to), &seats, ""))
        (fields::textarea(&me.words, &Field::new("note", &note).optional(), ""))
    };
    Ok(desk(&ctx, &ask.question.clone(), confirm::confirm(&ctx, &ask, fields)))
}

async fn report(
    shared: &Desk,
    me: &SignedIn,
    failed: &[Outcoming],
    went: usize,
) -> Result<Markup, Problem> {
    let ctx = context(shared, me).await?;
    let title = tr!(me, "work-report", n = failed.len());
    let main = html! {
        section.card {
            p { (tr!(me, "work-report-went", n = went)) }
            dl {
                @for one in failed {
                    dt { a href={ (DOSSIER) "/" (one.code) } { code { (one.code) } } }
                    dd { (one.why_not.as_deref().unwrap_or_default()) }
                }
            }
            p { a.btn href=(WORK) { (tr!(me, "nav-work")) } }
        }
    };
    Ok(pages::page(&ctx, &title, html! {}, main))
}
