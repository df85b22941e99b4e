//! Filing at the counter: the applicant, the answers, the papers, and taking it on, in one
//! transaction, so that a receipt is never printed for half a dossier.

use casework::{Case, Channel, Command, Component, ProcedureRef, Stamp, Submit};
use identity::{
    access::{Action, Target},
    party::{self, Party},
    seal::Label,
};
use journal::Event;
use kernel::{AgencyId, CaseId, Instant, ProcedureCode, hex, today};
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::{Tx, args};
use web::SignedIn;

use super::act::log_denial;
use crate::{Desk, Error, Moment, Result};

/// Answers of a form, by field.
pub type Answers = Map<String, Value>;

/// A paper that was handed in, perhaps with a file.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Which of the procedure's components; none for a further paper.
    pub component: Option<String>,
    /// How many copies.
    pub copies: u32,
    /// Where it comes from: `paper`, `scan`, `online`, `known`.
    pub source: &'static str,
    /// The stored file: its hash, its name, its kind and its size.
    pub file: Option<(files::Stored, String)>,
}

/// A filing at the counter.
#[derive(Debug, Clone)]
pub struct CounterFiling {
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// How it came in.
    pub channel: Channel,
    /// Whose matter it is.
    pub applicant: Party,
    /// The answers.
    pub answers: Answers,
    /// The papers.
    pub papers: Vec<Paper>,
    /// Who decides it, where that is another agency than the one that receives.
    pub decided_by: Option<AgencyId>,
    /// The dossier that this one reopens.
    pub reopens: Option<CaseId>,
    /// Whether to take it on at once.
    pub accept: bool,
}

/// What came of a filing.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The dossier.
    pub case: Case,
    /// What was written to the journal.
    pub events: Vec<Event>,
}

/// Files, and takes on where asked.
///
/// # Errors
/// [`Error::Denied`] where this person may not receive here, [`Error::NoProcedure`] where it is
/// not in force today, [`Error::Case`] where the rules say no; then nothing is kept.
pub async fn file_at_counter(desk: &Desk, me: &SignedIn, filing: CounterFiling) -> Result<Filed> {
    let (shared, me_too) = (desk.clone(), me.clone());
    let filed = desk.front.store.write(move |tx| file(tx, &shared, &me_too, &filing));
    let out = filed.await;
    if let Err(Error::Denied(denial)) = &out {
        log_denial(desk, me, None, denial.clone()).await;
    }
    out
}

/// As [`file_at_counter`] in a transaction of the caller; a denial is for the caller to log.
pub(crate) fn file(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    filing: &CounterFiling,
) -> Result<Filed> {
    let (moment, front, now) = (desk.moment(), &desk.front, me.now);
    let day = today(now);
    let unknown = || Error::NoProcedure(filing.procedure.to_string());
    let procedure = moment.shelf.in_force(&filing.procedure, day).ok_or_else(unknown)?.clone();
    let agency = moment.directory.agency(me.agency).ok_or_else(unknown)?;
    let applicant =
        party::keep(tx, &front.tenant, &desk.keyring, &filing.applicant, now, &front.mint)?;
    let facts = filing.answers.iter().filter(|(id, _)| {
        procedure.fields.iter().any(|field| field.id.as_str() == *id && !field.personal)
    });
    let answers = serde_json::to_vec(&filing.answers)?;
    let submit = Submit {
        procedure: ProcedureRef { code: procedure.code.clone(), version: procedure.version },
        applicant,
        channel: filing.channel,
        received_by: me.agency,
        decided_by: filing.decided_by.unwrap_or(me.agency),
        facts: facts.map(|(id, value)| (id.clone(), value.clone())).collect(),
        components: filing.papers.iter().map(component).collect(),
        form_hash: Some(hex(&Sha256::digest(&answers))),
        reopens: filing.reopens,
    };
    let stamp = Stamp { actor: me.actor(), happened_at: now, recorded_at: now };
    let filed =
        desk.in_office(&moment, |office| casework::file(tx, office, &agency.code, submit, &stamp))?;
    let (mut case, mut events) = (filed.case, filed.events);
    // Whether this person may receive here is asked of the dossier as it now stands.
    me.may(front, Action::Accept, Target::Case(&desk.facts(&case, &moment))).check()?;
    keep_answers(tx, desk, &case, &answers)?;
    keep_files(tx, desk, case.id, &filing.papers, now)?;
    if filing.accept {
        let taken = accept(tx, desk, &moment, case, &stamp)?;
        case = taken.0;
        events.extend(taken.1);
    }
    Ok(Filed { case, events })
}

fn accept(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moment: &Moment,
    case: Case,
    stamp: &Stamp,
) -> Result<(Case, Vec<Event>)> {
    let command = Command::Accept { note: "".into() };
    let done = desk.in_office(moment, |office| {
        casework::handle_loaded(tx, office, case, None, &command, stamp)
    })?;
    Ok((done.case, done.events))
}

fn component(paper: &Paper) -> Component {
    Component {
        id: paper.component.clone(),
        copies: paper.copies,
        file: paper.file.as_ref().map(|(stored, _)| stored.hash.to_string()),
        source: paper.source.to_owned(),
    }
}

fn keep_answers(tx: &mut Tx<'_>, desk: &Desk, case: &Case, answers: &[u8]) -> Result<()> {
    let front = &desk.front;
    let key = desk.keyring.key(tx, &front.tenant, case.applicant, &front.mint)?;
    let sealed = key.seal(Label::FORM, answers, &front.mint);
    tx.put(
        "insert into dossier_form (tenant, case_id, sealed) values ($1, $2, $3)",
        args!(&front.tenant, case.id, sealed),
    )?;
    Ok(())
}

/// Writes which files belong to a dossier; the same content twice is one file.
pub(crate) fn keep_files(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: CaseId,
    papers: &[Paper],
    now: Instant,
) -> Result<()> {
    for paper in papers {
        let Some((stored, name)) = &paper.file else { continue };
        tx.exec(
            "insert into dossier_file (tenant, case_id, hash, component, name, kind, size,
                 recorded_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8)
             on conflict (tenant, case_id, hash) do nothing",
            args!(
                &desk.front.tenant,
                case,
                stored.hash.to_string(),
                paper.component.as_deref(),
                name,
                stored.kind.extension(),
                i64::try_from(stored.size).unwrap_or(i64::MAX),
                now
            ),
        )?;
    }
    Ok(())
}
