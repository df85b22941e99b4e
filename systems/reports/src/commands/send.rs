//! Signing and sending, giving back, taking on.

use casework::{Case, Command, Note};
use files::{
    Kind,
    sign::{Stamp as Face, Statement},
};
use journal::{Data, EventKind, Happened};
use kernel::{CaseCode, EventId};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use super::{Acting, freeze};
use crate::{
    Error, Result, document,
    form::Severity,
    model::{Report, State},
    queries::{self, Whole},
};

/// Bytes of a report as PDF.
const DOCUMENT_MAX: u64 = 20 << 20;
/// Letters of a remark.
const COMMENT_MAX: usize = 2_000;

/// A report as it is about to be sent: set, signed and kept.
#[derive(Debug, Clone)]
pub struct Ready {
    /// Its file: the hash; none where a history is invented, whose papers nobody signed.
    pub document: Option<String>,
    /// Whose key signed it; none where the agency has none.
    pub signed_by: Option<String>,
    /// SHA-256 of what stands in it.
    pub digest: String,
}

/// Sets a report as PDF, signs it with the key of its agency where it has one, and keeps the file.
/// Done before the transaction that sends it; without that nothing points there.
///
/// # Errors
/// Those of the typesetter and of the folder of files.
pub fn prepare(acting: &Acting<'_>, whole: &Whole) -> Result<Ready> {
    let (desk, now) = (acting.desk, acting.now());
    let set = document::set(desk, whole, Some(&acting.stamp.actor), now)?;
    let directory = desk.front.directory.get();
    let agency = directory.agency(whole.report.owner).ok_or(Error::NoReport)?;
    let signer = desk.certificates.of(&agency.code).map_err(desk_fault)?;
    let (bytes, signed_by) = match signer {
        Some(signer) => {
            let address = desk::officers_page(procedure::Matter::Report, &whole.report.code);
            let face = Face::set(&Statement {
                agency: agency.name.clone(),
                at: now,
                code: whole.report.code.to_string(),
                check: kernel::hex(&Sha256::digest(&set)[..4]),
                link: format!("{}{address}", desk.address),
                place: desk.address.clone(),
            })
            .map_err(desk_fault)?;
            let reason = format!("{}, {}", whole.form.name, whole.report.code);
            let signed = files::sign::sign(&set, &signer, &face, &reason, now, &desk.front.mint);
            (signed.map_err(desk_fault)?, Some(signer.certificate().subject()))
        }
        None => (set, None),
    };
    let stored = desk.blobs.put(Kind::Pdf, &bytes[..], DOCUMENT_MAX)?;
    Ok(Ready { document: Some(stored.hash.to_string()), signed_by, digest: digest(whole)? })
}

fn desk_fault(fault: files::sign::Fault) -> Error {
    Error::Sheet(fault.to_string())
}

/// SHA-256 of what stands in a report.
pub(crate) fn digest(whole: &Whole) -> Result<String> {
    let plain = crate::sheet::Sheet { as_of: None, ..whole.sheet.clone() };
    Ok(kernel::hex(&Sha256::digest(serde_json::to_vec(&plain)?)))
}

/// Signs and sends: the step ends, the figures are published as they stand, the journal has the
/// hash of what was sent. Sent twice is sent once.
///
/// # Errors
/// [`Error::Overtaken`] where a figure moved since it was set; [`Error::Remarks`] where the rules
/// say no.
pub fn send(tx: &mut Tx<'_>, acting: &Acting<'_>, code: &CaseCode, ready: &Ready) -> Result<bool> {
    let (report, case) = acting.open(tx, code)?;
    if report.state.is_sent() {
        return Ok(false);
    }
    let whole = queries::whole(tx, acting.desk, code)?;
    let kept_back = whole.remarks.iter().filter(|r| r.severity == Severity::Error).count();
    if kept_back > 0 {
        return Err(Error::Remarks(kept_back));
    }
    if digest(&whole)? != ready.digest {
        return Err(Error::Overtaken);
    }
    let case = acting.complete(tx, case, ("duyet", "gui"), "")?;
    super::draft::keep(tx, acting, &report, &whole.sheet, whole.seq)?;
    let tenant = &acting.desk.front.tenant;
    let now = acting.now();
    // A correction answers for its own deadline to nobody: what was owed was sent before.
    let on_time = (report.version == 1).then(|| now <= report.due_at);
    tx.put(
        "update report set sent_at = $3, first_sent_at = coalesce(first_sent_at, $3),
             on_time = $4, document = $5, signed_by = $6
         where tenant = $1 and case_id = $2",
        args!(
            tenant,
            report.case,
            now,
            on_time,
            ready.document.as_deref(),
            ready.signed_by.as_deref()
        ),
    )?;
    tx.exec(
        "update report_comment set done = true where tenant = $1 and case_id = $2",
        args!(tenant, report.case),
    )?;
    freeze::figures(tx, acting, &whole)?;
    acting.stand(tx, &case, State::Sent)?;
    tell(
        tx,
        acting,
        &report,
        "report.sent",
        &serde_json::json!({
            "case": report.case,
            "regime": report.regime,
            "period": report.period,
            "version": report.version,
            "sha256": ready.digest,
            "document": ready.document,
        }),
    )?;
    Ok(true)
}

/// Gives it back, by the head before it is signed or by whoever takes it on, with why.
///
/// # Errors
/// [`Error::Reason`] without words; [`Error::NotNow`] where it is with somebody else.
pub fn give_back(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    code: &CaseCode,
    (cell, words): (&str, &str),
) -> Result<()> {
    let (report, case) = acting.open(tx, code)?;
    if words.trim().is_empty() {
        return Err(Error::Reason);
    }
    let outcome = match report.state {
        State::Approving => ("duyet", "lam-lai"),
        State::Sent => ("nhan", "tra-lai"),
        _ => return Err(Error::NotNow),
    };
    let case = acting.complete(tx, case, outcome, words)?;
    remark(tx, acting, &report, cell, words)?;
    tx.put(
        "update report set sent_at = null, on_time = null, document = null, signed_by = null
         where tenant = $1 and case_id = $2",
        args!(&acting.desk.front.tenant, report.case),
    )?;
    acting.stand(tx, &case, State::Returned)
}

/// Remarks on a cell; whoever holds the report may.
///
/// # Errors
/// [`Error::Reason`] without words.
pub fn comment(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    code: &CaseCode,
    (cell, words): (&str, &str),
) -> Result<()> {
    let (report, case) = acting.open(tx, code)?;
    acting.may(identity::access::Action::CompleteStep, &case)?;
    if words.trim().is_empty() {
        return Err(Error::Reason);
    }
    remark(tx, acting, &report, cell, words)
}

fn remark(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    report: &Report,
    cell: &str,
    words: &str,
) -> Result<()> {
    let front = &acting.desk.front;
    let id: EventId = front.mint.id(acting.now());
    let words: String = kernel::nfc(words.trim()).chars().take(COMMENT_MAX).collect();
    tx.put(
        "insert into report_comment (tenant, case_id, id, cell, words, by_post, at, done)
         values ($1, $2, $3, $4, $5, $6, $7, false)",
        args!(&front.tenant, report.case, id, cell, &words, seat(acting), acting.now()),
    )?;
    Ok(())
}

/// The seat of whoever acts.
pub(super) fn seat(acting: &Acting<'_>) -> kernel::PostId {
    match &acting.stamp.actor {
        kernel::Actor::Officer { post, acting_for, .. } => acting_for.unwrap_or(*post),
        _ => kernel::PostId::from_uuid(Default::default()),
    }
}

/// Takes it on: the case is over, the figures stay.
///
/// # Errors
/// [`Error::NotNow`] where it was not sent.
pub fn receive(tx: &mut Tx<'_>, acting: &Acting<'_>, code: &CaseCode) -> Result<()> {
    let (report, case) = acting.open(tx, code)?;
    if report.state == State::Received {
        return Ok(());
    }
    if report.state != State::Sent {
        return Err(Error::NotNow);
    }
    let case: Case = acting.complete(tx, case, ("nhan", "nhan"), "")?;
    // Whoever asked for it has it; nobody has to hand it over.
    let command = Command::ReturnResult { note: Note::default() };
    let case = desk::act(tx, acting.desk, case, None, &command, &acting.stamp)?.case;
    tx.put(
        "update report set received_at = $3 where tenant = $1 and case_id = $2",
        args!(&acting.desk.front.tenant, report.case, acting.now()),
    )?;
    acting.stand(tx, &case, State::Received)
}

/// Writes what happened to the journal, in the story of the report of that unit and period.
pub(super) fn tell(
    tx: &mut Tx<'_>,
    acting: &Acting<'_>,
    report: &Report,
    kind: &'static str,
    data: &serde_json::Value,
) -> Result<()> {
    let front = &acting.desk.front;
    let what = Happened {
        kind: EventKind::named(kind),
        actor: acting.stamp.actor.clone(),
        happened_at: acting.stamp.happened_at,
        recorded_at: acting.stamp.recorded_at,
        data: Data::of(data)?,
    };
    let subject = format!("report {} {} {}", report.regime, report.period, report.unit);
    journal::record(tx, &front.tenant, &front.mint, &subject, what)?;
    Ok(())
}
