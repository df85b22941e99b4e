//! Handing in an application: who applies, the answers, the papers, in one transaction, so that
//! a receipt is never given for half a dossier.

use casework::{Case, Channel, Command, Component, ProcedureRef, Stamp, Status, Submit};
use identity::{
    party::{self, Party},
    seal::Label,
};
use journal::Event;
use kernel::{AgencyId, CaseId, Instant, PartyId, ProcedureCode, hex, today};
use procedure::Matter;
use serde_json::{Map, Value};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::{Charge, Desk, Error, Result, act::act, fees};

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

/// Whose matter it is.
#[derive(Debug, Clone)]
pub enum Applicant {
    /// As described, found by number or recorded anew.
    Described(Party),
    /// Somebody the province knows, as whoever signed in is.
    Known(PartyId),
    /// An agency, in a matter between agencies.
    Agency(AgencyId),
}

/// An application, or another matter that a citizen brings, over whichever channel it comes.
#[derive(Debug, Clone)]
pub struct Filing {
    /// What the caller works on; a procedure for another matter is none to it.
    pub matter: Matter,
    /// Which procedure.
    pub procedure: ProcedureCode,
    /// How it came in.
    pub channel: Channel,
    /// Whose matter it is.
    pub applicant: Applicant,
    /// The answers.
    pub answers: Answers,
    /// The papers.
    pub papers: Vec<Paper>,
    /// Which agency receives it.
    pub received_by: AgencyId,
    /// Who decides it, where that is another agency than the one that receives.
    pub decided_by: Option<AgencyId>,
    /// The dossier that this one reopens.
    pub reopens: Option<CaseId>,
    /// Until when it must be done, where that is set from outside.
    pub term: Option<Instant>,
    /// What is charged of it.
    pub charge: Charge,
}

impl Paper {
    /// The paper as a case remembers it.
    #[must_use]
    pub fn component(&self) -> Component {
        Component {
            id: self.component.clone(),
            copies: self.copies,
            file: self.file.as_ref().map(|(stored, _)| stored.hash.to_string()),
            source: self.source.to_owned(),
        }
    }
}

/// What came of a filing.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The dossier.
    pub case: Case,
    /// What was written to the journal.
    pub events: Vec<Event>,
}

/// Files an application: the applicant is found or recorded, the case gets its code, the answers
/// are sealed under the applicant's key, and what it owes is set. Whether the actor may is for the caller to ask, of the
/// case as it then stands; where the answer is no, the transaction must be given up.
///
/// # Errors
/// [`Error::NoProcedure`] where it is not in force today, [`Error::Case`] where the rules say no.
pub fn file(tx: &mut Tx<'_>, desk: &Desk, filing: &Filing, stamp: &Stamp) -> Result<Filed> {
    let (moment, front, now) = (desk.moment(), &desk.front, stamp.recorded_at);
    let day = today(now);
    let unknown = || Error::NoProcedure(filing.procedure.to_string());
    let procedure =
        moment.shelf.in_force(&filing.procedure, day).filter(|p| p.matter == filing.matter);
    let procedure = procedure.ok_or_else(unknown)?.clone();
    let agency = moment.directory.agency(filing.received_by).ok_or_else(unknown)?;
    let applicant = match &filing.applicant {
        Applicant::Known(party) => *party,
        Applicant::Agency(id) => agency_party(tx, desk, *id, now)?,
        Applicant::Described(party) => {
            party::keep(tx, &front.tenant, &desk.keyring, party, now, &front.mint)?
        }
    };
    let facts = filing.answers.iter().filter(|(id, _)| {
        procedure.fields.iter().any(|field| field.id.as_str() == *id && !field.personal)
    });
    let answers = serde_json::to_vec(&filing.answers)?;
    let submit = Submit {
        procedure: ProcedureRef { code: procedure.code.clone(), version: procedure.version },
        applicant,
        channel: filing.channel,
        received_by: filing.received_by,
        decided_by: filing.decided_by.unwrap_or(filing.received_by),
        facts: facts.map(|(id, value)| (id.clone(), value.clone())).collect(),
        components: filing.papers.iter().map(Paper::component).collect(),
        form_hash: Some(hex(&Sha256::digest(&answers))),
        reopens: filing.reopens,
        term: filing.term,
    };
    let filed =
        desk.in_office(&moment, |office| casework::file(tx, office, &agency.code, submit, stamp))?;
    keep_answers(tx, desk, &filed.case, &answers)?;
    keep_files(tx, desk, filed.case.id, &filing.papers, now)?;
    let (answers, charge) = (&filing.answers, &filing.charge);
    let (case, owed) = fees::set(tx, desk, filed.case, &procedure, answers, charge, stamp)?;
    Ok(Filed { case, events: [filed.events, owed].concat() })
}

/// Takes on what was just filed; its clock starts. Where a fee that is due with it is still
/// owed, it waits for that.
///
/// # Errors
/// [`Error::Case`] where the rules say no.
pub fn accept(tx: &mut Tx<'_>, desk: &Desk, filed: Filed, stamp: &Stamp) -> Result<Filed> {
    let Filed { case, mut events } = filed;
    if case.status == Status::AwaitingPayment {
        return Ok(Filed { case, events });
    }
    let done = act(tx, desk, case, None, &Command::Accept { note: "".into() }, stamp)?;
    events.extend(done.events);
    Ok(Filed { case: done.case, events })
}

/// The agency as a party: it stands under its own identifier, so that there is one row of it
/// however many matters it has.
fn agency_party(tx: &mut Tx<'_>, desk: &Desk, agency: AgencyId, now: Instant) -> Result<PartyId> {
    let (front, id) = (&desk.front, PartyId::from_uuid(agency.uuid()));
    let sql = "select 1 from party where tenant = $1 and id = $2";
    if tx.opt(sql, args!(&front.tenant, id), |_| Ok(()))?.is_none() {
        let directory = front.directory.get();
        let known = directory.agency(agency).ok_or(Error::NoAgency(agency))?;
        let party = Party::named(&known.name);
        let key = desk.keyring.key(tx, &front.tenant, id, &front.mint)?;
        party::insert(tx, &front.tenant, &desk.keyring, id, &party, &key, now, &front.mint)?;
    }
    Ok(id)
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
pub fn keep_files(
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
