//! Keeping answers: all that one form says in one transaction, and nothing over an answer that its
//! page did not show.

use desk::{Desk, Result};
use identity::seal::Label;
use kernel::{AgencyId, Instant, PartyId, hex};
use procedure::Procedure;
use serde_json::{Value, json};
use store::Tx;
use web::{Citizen, http::Problem};

use super::Open;
use crate::{
    Services, drafts, filing,
    model::{Draft, DraftId, Question, Sheet, Upload},
};

/// What a form changes of one question.
#[derive(Debug, Clone)]
pub(in crate::pages) enum Change {
    Office(AgencyId),
    Answer(Option<Value>),
    Files { add: Vec<Upload>, drop: Vec<String>, pass: bool },
    Returns(String),
}

/// What a form changes, and what its page showed.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Changes {
    /// By the key of the question.
    pub(in crate::pages) all: Vec<(String, Change)>,
    /// The marks of the answers that the page was made of.
    pub(in crate::pages) seen: String,
}

impl Changes {
    /// What a page of one question changes.
    pub(in crate::pages) fn of(question: Question<'_>, change: Change, seen: &str) -> Self {
        Self { all: vec![(question.key(), change)], seen: seen.to_owned() }
    }
}

pub(in crate::pages) enum Kept {
    Done,
    /// Somebody else answered otherwise since the page was shown: the draft as it is, and the
    /// questions.
    Other(Box<Draft>, Vec<String>),
}

/// Tries of a save that another one overtook.
const TRIES: u32 = 3;

/// Keeps what a form changes.
///
/// # Errors
/// Those of the store.
pub(in crate::pages) async fn keep(
    services: &Services,
    me: &Citizen,
    open: &Open,
    changes: &Changes,
) -> Result<Kept, Problem> {
    let (whose, now) = ((open.draft.id, me.party), me.now);
    let mut tries = 0;
    loop {
        let (desk, procedure, changes) =
            (services.desk.clone(), open.procedure.clone(), changes.clone());
        let kept = services
            .desk
            .front
            .store
            .write(move |tx| keep_in(tx, &desk, &procedure, whose, &changes, now));
        tries += 1;
        match kept.await {
            Err(desk::Error::Store(store::Error::Conflict)) if tries < TRIES => {}
            kept => return Ok(kept?),
        }
    }
}

/// Adds a file to a paper.
///
/// # Errors
/// Those of the store.
pub(in crate::pages) async fn attach(
    services: &Services,
    me: &Citizen,
    open: &Open,
    question: Question<'_>,
    upload: Upload,
) -> Result<(), Problem> {
    let change = Change::Files { add: vec![upload], drop: Vec::new(), pass: false };
    keep(services, me, open, &Changes::of(question, change, "")).await?;
    Ok(())
}

fn keep_in(
    tx: &mut Tx<'_>,
    desk: &Desk,
    procedure: &Procedure,
    (id, owner): (DraftId, PartyId),
    changes: &Changes,
    now: Instant,
) -> Result<Kept> {
    let draft = drafts::load(tx, desk, id, owner)?.filter(|draft| draft.filed.is_none());
    let before = draft.ok_or(casework::Error::NoSuchCase)?;
    let moment = desk.moment();
    let all = filing::questions_at(procedure, &moment, now);
    let (mut draft, mut overwritten) = (before.clone(), Vec::new());
    for (key, change) in &changes.all {
        let question = all.iter().find(|question| question.key() == *key);
        let question = *question.ok_or(casework::Error::NoSuchCase)?;
        apply(&mut draft.sheet, &question, change);
        // Files are added, never overwritten; of the rest the newest answer must not slip in unseen.
        let changed = current(&draft.sheet, &question) != current(&before.sheet, &question);
        let own = mark_of(desk, &before, &question);
        let unseen = changed && changes.seen.split(' ').all(|seen| seen != own);
        if unseen && !matches!(change, Change::Files { .. }) {
            overwritten.push(key.clone());
        }
    }
    if !overwritten.is_empty() {
        return Ok(Kept::Other(Box::new(before), overwritten));
    }
    drafts::save(tx, desk, &mut draft, now)?;
    for (key, _) in &changes.all {
        drafts::unhold(tx, &desk.front.tenant, id, key)?;
    }
    Ok(Kept::Done)
}

fn apply(sheet: &mut Sheet, question: &Question<'_>, change: &Change) {
    match (question, change) {
        (Question::Office, Change::Office(office)) => sheet.office = Some(*office),
        (Question::Returns, Change::Returns(way)) => sheet.returns = Some(way.clone()),
        (Question::Field(field), Change::Answer(value)) => sheet.answer(&field.id, value.clone()),
        (Question::Paper(component), Change::Files { add, drop, pass }) => {
            if let Some(files) = sheet.papers.get_mut(component.id.as_str()) {
                files.retain(|file| !drop.contains(&file.hash.to_string()));
            }
            for upload in add {
                sheet.attach(&component.id, upload.clone());
            }
            if *pass {
                sheet.passed.insert(question.key());
            }
        }
        _ => {}
    }
}

/// The answer to a question as it stands.
fn current(sheet: &Sheet, question: &Question<'_>) -> Value {
    match question {
        Question::Office => json!(sheet.office),
        Question::Returns => json!(sheet.returns),
        Question::Field(field) => json!(sheet.answers.get(field.id.as_str())),
        Question::Paper(component) => json!(sheet.papers.get(component.id.as_str())),
    }
}

/// The marks of the answers that a page was made of, which say nothing of the answers themselves.
/// Files have none, since they are added and never overwritten.
pub(in crate::pages) fn mark(desk: &Desk, draft: &Draft, shown: &[Question<'_>]) -> String {
    let shown = shown.iter().filter(|question| !matches!(question, Question::Paper(_)));
    shown.map(|question| mark_of(desk, draft, question)).collect::<Vec<_>>().join(" ")
}

fn mark_of(desk: &Desk, draft: &Draft, question: &Question<'_>) -> String {
    let (key, answer) = (question.key(), current(&draft.sheet, question));
    let said = format!("{} {key} {answer}", draft.id);
    let blind = desk.keyring.blind(&desk.front.tenant, Label("draft answer"), &said);
    format!("{key}.{}", hex(&blind[..8]))
}
