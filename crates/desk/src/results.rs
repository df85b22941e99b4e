//! Results as signed documents: what was issued, and what became of it since.

use casework::{Case, Stamp};
use identity::seal::Label;
use journal::{Event, Happened};
use kernel::{AgencyId, CaseId, Instant, PartyId, PersonId, PostId, ProcedureCode, words};
use serde::Serialize;
use store::{Row, Tx, args};
use subtle::ConstantTimeEq as _;

use crate::{Desk, Error, Result};

/// Most results that are read at once.
const RESULTS_MAX: u16 = 200;

words! {
    /// Where the content of a result comes from.
    ResultSource {
        /// An officer made it with another program.
        Upload = "upload",
        /// It was set from the dossier.
        Template = "template",
    }
}

words! {
    /// What became of a result that is no longer in force.
    Ended {
        /// Another one stands in its place.
        Replaced = "replaced",
        /// It was taken back.
        Revoked = "revoked",
    }
}

words! {
    /// Why a result is no longer in force.
    EndGround {
        /// Its content had mistakes.
        Mistake = "mistake",
        /// It was issued against the rules.
        Unlawful = "unlawful",
        /// It rests on false papers.
        FalsePapers = "false_papers",
        /// Facts have changed since.
        Changed = "changed",
        /// A court or a superior said so.
        Decision = "decision",
    }
}

/// A result that was issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedResult {
    /// Of which case.
    pub case: CaseId,
    /// The how-manieth of the case, from 1.
    pub serial: u32,
    /// Whose it is.
    pub party: PartyId,
    /// Which agency answers for it.
    pub agency: AgencyId,
    /// By which procedure.
    pub procedure: ProcedureCode,
    /// What kind of document it is: "Trích lục khai tử".
    pub name: String,
    /// Its number and notation; empty where it has none.
    pub number: String,
    /// Where the content comes from.
    pub source: ResultSource,
    /// SHA-256 of the signed file, in hexadecimal; the file is kept under it.
    pub hash: String,
    /// In bytes.
    pub size: u64,
    /// The time in the signature.
    pub signed_at: Instant,
    /// Whose the certificate is.
    pub signed_by: String,
    /// SHA-256 of the certificate, in hexadecimal.
    pub certificate: String,
    /// Who pressed the button.
    pub person: PersonId,
    /// In which seat.
    pub post: PostId,
    /// What became of it since.
    pub ended: Option<(Ended, EndGround, Instant)>,
}

/// Whose results are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResultsOf {
    /// Those of a person or an organisation.
    Party(PartyId),
    /// Those of a case.
    Case(CaseId),
}

/// A result that was signed and is about to be kept.
#[derive(Debug, Clone)]
pub struct NewResult {
    /// The how-manieth of the case; somebody faster makes it another.
    pub serial: u32,
    /// What kind of document it is.
    pub name: String,
    /// Its number and notation.
    pub number: String,
    /// Where the content comes from.
    pub source: ResultSource,
    /// The file, as it is kept.
    pub file: files::Stored,
    /// Whose the certificate is.
    pub signed_by: String,
    /// SHA-256 of the certificate.
    pub certificate: files::Sha256Hash,
    /// Who signs, in which seat.
    pub by: (PersonId, PostId),
    /// Why the one before it is no longer in force, where there is one.
    pub replaces: Option<EndGround>,
}

/// What the journal keeps of a result.
#[derive(Serialize)]
struct Issued<'r> {
    code: &'r str,
    serial: u32,
    name: &'r str,
    number: &'r str,
    source: &'r str,
    sha256: &'r str,
    certificate: &'r str,
}

/// What the journal keeps of its end.
#[derive(Serialize)]
struct Over<'r> {
    code: &'r str,
    serial: u32,
    ground: &'r str,
}

impl Desk {
    /// The check code of a result: eight letters and digits that stand on it, beside the code of
    /// the dossier. Whoever holds the document has it; nobody else does.
    #[must_use]
    pub fn check_code(&self, case: CaseId, serial: u32) -> String {
        self.letters(Label("result check"), &format!("{case} {serial}"))
    }
}

/// Under which name the journal tells the story of a result.
#[must_use]
pub fn result_subject(case: CaseId, serial: u32) -> String {
    format!("result {case} {serial}")
}

/// Keeps a result that was signed, with its event; the one before it is no longer in force.
///
/// # Errors
/// [`store::Error::Unique`] where another result has the serial number already.
pub fn issue_result(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    new: &NewResult,
    stamp: &Stamp,
) -> Result<SignedResult> {
    let tenant = &desk.front.tenant;
    let (hash, certificate) = (new.file.hash.to_string(), new.certificate.to_string());
    let size = i64::try_from(new.file.size).unwrap_or(i64::MAX);
    tx.put(
        "insert into dossier_result (tenant, case_id, serial, party_id, agency_id, procedure_code,
             name, number, source, hash, size, signed_at, signed_by, certificate, person, post)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        args!(
            tenant,
            case.id,
            new.serial,
            case.applicant,
            case.decided_by,
            &case.procedure.code,
            &new.name,
            &new.number,
            new.source.word(),
            &hash,
            size,
            stamp.recorded_at,
            &new.signed_by,
            &certificate,
            new.by.0,
            new.by.1
        ),
    )?;
    let issued = Issued {
        code: case.code.as_str(),
        serial: new.serial,
        name: &new.name,
        number: &new.number,
        source: new.source.word(),
        sha256: &hash,
        certificate: &certificate,
    };
    record(tx, desk, case.id, new.serial, "result.issued", &issued, stamp)?;
    if let Some(ground) = new.replaces
        && let Some(before) = new.serial.checked_sub(1).filter(|before| *before > 0)
    {
        end(tx, desk, case, before, (Ended::Replaced, ground), stamp)?;
    }
    let kept = results_of(tx, desk, ResultsOf::Case(case.id))?;
    let kept = kept.into_iter().find(|result| result.serial == new.serial);
    kept.ok_or(Error::Store(store::Error::NotFound))
}

/// Takes a result back.
///
/// # Errors
/// [`store::Error::Conflict`] where it is not in force any more.
pub fn revoke_result(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    serial: u32,
    ground: EndGround,
    stamp: &Stamp,
) -> Result<()> {
    end(tx, desk, case, serial, (Ended::Revoked, ground), stamp)
}

fn end(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: &Case,
    serial: u32,
    (ended, ground): (Ended, EndGround),
    stamp: &Stamp,
) -> Result<()> {
    tx.put(
        "update dossier_result set ended = $4, ground = $5, ended_at = $6
         where tenant = $1 and case_id = $2 and serial = $3 and ended is null",
        args!(&desk.front.tenant, case.id, serial, ended.word(), ground.word(), stamp.recorded_at),
    )?;
    let kind = match ended {
        Ended::Replaced => "result.replaced",
        Ended::Revoked => "result.revoked",
    };
    let over = Over { code: case.code.as_str(), serial, ground: ground.word() };
    record(tx, desk, case.id, serial, kind, &over, stamp)?;
    Ok(())
}

fn record(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: CaseId,
    serial: u32,
    kind: &'static str,
    data: &impl Serialize,
    stamp: &Stamp,
) -> Result<Event> {
    let happened = Happened {
        kind: kind.parse()?,
        actor: stamp.actor.clone(),
        happened_at: stamp.happened_at,
        recorded_at: stamp.recorded_at,
        data: journal::Data::of(data)?,
    };
    let (tenant, mint) = (&desk.front.tenant, &desk.front.mint);
    Ok(journal::record(tx, tenant, mint, &result_subject(case, serial), happened)?)
}

const COLUMNS: &str = "case_id, serial, party_id, agency_id, procedure_code, name, number, source,
    hash, size, signed_at, signed_by, certificate, person, post, ended, ground, ended_at";

/// The results of a person or of a case, newest first.
///
/// # Errors
/// Those of the store.
pub fn results_of(tx: &mut Tx<'_>, desk: &Desk, of: ResultsOf) -> Result<Vec<SignedResult>> {
    let (column, id) = match of {
        ResultsOf::Party(party) => ("party_id", party.uuid()),
        ResultsOf::Case(case) => ("case_id", case.uuid()),
    };
    let sql = format!(
        "select {COLUMNS} from dossier_result where tenant = $1 and {column} = $2
         order by signed_at desc, serial desc limit {RESULTS_MAX}"
    );
    Ok(tx.all(&sql, args!(&desk.front.tenant, id), read)?)
}

/// The result whose file has this hash (SHA-256 in hexadecimal).
///
/// # Errors
/// Those of the store.
pub fn result_of_file(tx: &mut Tx<'_>, desk: &Desk, hash: &str) -> Result<Option<SignedResult>> {
    let sql = format!("select {COLUMNS} from dossier_result where tenant = $1 and hash = $2");
    Ok(tx.opt(&sql, args!(&desk.front.tenant, hash), read)?)
}

/// The result of a case that has this check code; nothing tells whether the case has another.
///
/// # Errors
/// Those of the store.
pub fn result_by_check(
    tx: &mut Tx<'_>,
    desk: &Desk,
    case: CaseId,
    check: &str,
) -> Result<Option<SignedResult>> {
    let typed: String = check.chars().filter(char::is_ascii_alphanumeric).collect();
    let typed = typed.to_uppercase();
    let all = results_of(tx, desk, ResultsOf::Case(case))?;
    Ok(all.into_iter().find(|result| {
        let code = desk.check_code(case, result.serial);
        bool::from(code.as_bytes().ct_eq(typed.as_bytes()))
    }))
}

fn read(row: &Row<'_>) -> store::Result<SignedResult> {
    let unknown = |index| move || store::Error::Column { index, reason: "no such word".into() };
    let ended = match (row.get::<Option<String>>(15)?, row.get::<Option<String>>(16)?) {
        (Some(ended), Some(ground)) => Some((
            Ended::from_word(&ended).ok_or_else(unknown(15))?,
            EndGround::from_word(&ground).ok_or_else(unknown(16))?,
            row.get(17)?,
        )),
        _ => None,
    };
    Ok(SignedResult {
        case: row.get(0)?,
        serial: row.get(1)?,
        party: row.get(2)?,
        agency: row.get(3)?,
        procedure: row.get(4)?,
        name: row.get(5)?,
        number: row.get(6)?,
        source: ResultSource::from_word(&row.get::<String>(7)?).ok_or_else(unknown(7))?,
        hash: row.get(8)?,
        size: row.get(9)?,
        signed_at: row.get(10)?,
        signed_by: row.get(11)?,
        certificate: row.get(12)?,
        person: row.get(13)?,
        post: row.get(14)?,
        ended,
    })
}
