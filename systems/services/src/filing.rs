//! From a draft to a dossier: once, however often it is sent.

use casework::{Channel, Stamp};
use desk::{Applicant, Charge, Desk, Filing, Moment, Paper, Result};
use files::Stored;
use kernel::{Actor, CaseId, Instant, today};
use procedure::{Complaint, ComponentKind, Matter, Procedure, Why};
use store::Tx;

use crate::{
    drafts, mandates,
    measures::{self, OnceOnly},
    model::{Draft, Question, RETURN_ANSWER, Sheet, questions},
    offices,
};

/// What came of sending a draft.
#[derive(Debug, Clone)]
pub enum Sent {
    /// It is a dossier, now or since before.
    Filed(CaseId),
    /// Questions that have no answer yet, by key, in order.
    Unanswered(Vec<String>),
    /// Answers that are wrong, alone or together.
    Wrong(Vec<Complaint>),
    /// The mandate that it was begun by no longer stands.
    NoMandate,
    /// Papers with a result that was taken back or replaced since it was chosen, by question.
    Ended(Vec<String>),
}

/// Files a draft, if nothing is missing. Sending it twice, at once or later, gives one dossier:
/// the draft carries which one.
///
/// # Errors
/// [`desk::Error::NoProcedure`] where the procedure is no longer in force; those of the store.
pub fn send(tx: &mut Tx<'_>, desk: &Desk, draft: &Draft, now: Instant) -> Result<Sent> {
    if let Some(case) = draft.filed {
        return Ok(Sent::Filed(case));
    }
    if draft.applicant != draft.owner {
        let stands = match draft.mandate {
            Some(mandate) => {
                mandates::stands(tx, desk, mandate, draft.owner, &draft.procedure.code, now)?
            }
            None => None,
        };
        if stands != Some(draft.applicant) {
            return Ok(Sent::NoMandate);
        }
    }
    let moment = desk.moment();
    let gone = || desk::Error::NoProcedure(draft.procedure.code.to_string());
    // The text in force counts, even where the draft was begun under an older one.
    let procedure = moment.shelf.in_force(&draft.procedure.code, today(now));
    let procedure = procedure.ok_or_else(gone)?.clone();
    let receiving = offices::offices(&moment, &procedure, now);
    let all = questions(&procedure, receiving.len());
    let sheet = &draft.sheet;
    let missing: Vec<String> =
        all.iter().filter(|q| !q.answered(sheet)).map(Question::key).collect();
    if !missing.is_empty() {
        return Ok(Sent::Unanswered(missing));
    }
    let ended = ended(tx, desk, draft)?;
    if !ended.is_empty() {
        return Ok(Sent::Ended(ended));
    }
    let mut answers = sheet.answers.clone();
    answers.retain(|id, _| procedure.fields.iter().any(|field| field.id.as_str() == id));
    let wrong = procedure.form.check(&answers);
    if !wrong.is_empty() {
        return Ok(Sent::Wrong(wrong));
    }
    let office = sheet.office.filter(|office| receiving.iter().any(|agency| agency.id == *office));
    let Some(office) = office.or_else(|| receiving.first().map(|agency| agency.id)) else {
        return Ok(Sent::Unanswered(vec![Question::Office.key()]));
    };
    if let Some(returns) = &sheet.returns {
        answers.insert(RETURN_ANSWER.to_owned(), returns.as_str().into());
    }
    let filing = Filing {
        matter: Matter::Dossier,
        procedure: procedure.code.clone(),
        channel: Channel::Online,
        applicant: Applicant::Known(draft.applicant),
        answers,
        papers: papers(&procedure, sheet),
        received_by: office,
        decided_by: None,
        reopens: None,
        term: None,
        charge: Charge::default(),
    };
    // Whoever fills it in stands in the journal as the one who acted; whose matter it is, beside.
    let stamp = Stamp { actor: Actor::Party(draft.owner), happened_at: now, recorded_at: now };
    let filed = desk::file(tx, desk, &filing, &stamp)?;
    drafts::filed(tx, desk, draft, filed.case.id, now)?;
    measures::keep(tx, desk, &filed.case, saved(&procedure, sheet), &stamp)?;
    Ok(Sent::Filed(filed.case.id))
}

/// The first question that a complaint is about; of rules between answers, the first question.
#[must_use]
pub fn question_of(complaint: &Complaint) -> Option<String> {
    complaint.field.as_ref().map(|field| format!("o-{field}"))
}

/// Whether only something is missing, which the questions themselves will say.
#[must_use]
pub fn is_missing(complaint: &Complaint) -> bool {
    complaint.why == Why::Missing
}

/// The questions whose papers no longer stand.
fn ended(tx: &mut Tx<'_>, desk: &Desk, draft: &Draft) -> Result<Vec<String>> {
    let mut ended = Vec::new();
    for (component, files) in &draft.sheet.papers {
        for file in files {
            if !crate::papers::stands(tx, desk, file, draft.applicant)? {
                ended.push(format!("giay-{component}"));
            }
        }
    }
    ended.dedup();
    Ok(ended)
}

/// What the dossier consists of: what was sent, and what nobody has to send, since the form is what
/// was answered and who it is was shown by signing in.
fn papers(procedure: &Procedure, sheet: &Sheet) -> Vec<Paper> {
    let mut papers = Vec::new();
    for component in &procedure.components {
        let unsent = match component.kind {
            ComponentKind::Form => Some("online"),
            ComponentKind::Presented => Some("known"),
            _ => None,
        };
        if let (Some(source), true) = (unsent, component.required) {
            let component = Some(component.id.to_string());
            papers.push(Paper { component, copies: 1, source, file: None });
        }
        for upload in sheet.papers.get(component.id.as_str()).into_iter().flatten() {
            let stored = Stored { hash: upload.hash, size: upload.size, kind: upload.kind };
            papers.push(Paper {
                component: Some(component.id.to_string()),
                copies: 1,
                source: if upload.from.is_some() { "known" } else { "online" },
                file: Some((stored, upload.name.clone())),
            });
        }
    }
    papers
}

/// How much of this filing nobody had to type or send.
fn saved(procedure: &Procedure, sheet: &Sheet) -> OnceOnly {
    let files = || sheet.papers.values().flatten();
    OnceOnly {
        filings: 1,
        fields: procedure.fields.len() as u64,
        fields_known: sheet.known.len() as u64,
        papers: files().count() as u64,
        papers_known: files().filter(|file| file.from.is_some()).count() as u64,
    }
}

/// What somebody may choose from, of a moment; kept here so that pages and filing agree.
#[must_use]
pub fn questions_at<'p>(
    procedure: &'p Procedure,
    moment: &Moment,
    now: Instant,
) -> Vec<Question<'p>> {
    questions(procedure, offices::offices(moment, procedure, now).len())
}
