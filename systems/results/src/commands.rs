//! Signing a result, and taking one back.

use std::sync::Arc;

use casework::{Case, Command, Note, Stamp};
use desk::{
    Desk, Dossier, EndGround, Ended, Error, NewResult, ResultSource, ResultsOf, SignedResult,
    issue_result, results_of,
};
use files::{
    Kind,
    sign::{Fault, Stamp as Seal, Statement},
};
use identity::access::{Action, Target};
use procedure::{OutcomeId, StepId};
use tokio::task::spawn_blocking;
use web::SignedIn;

use crate::{
    document,
    model::{Content, Draft, FILE_BYTES_MAX},
    pages::CHECK,
};

/// Why a result was not signed.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// The desk says no.
    #[error(transparent)]
    Desk(#[from] Error),
    /// The document, or the key, does not serve.
    #[error(transparent)]
    Sign(#[from] Fault),
    /// The file is no PDF.
    #[error("the file is no PDF: {0}")]
    File(files::Error),
    /// The agency has no key.
    #[error("the agency has no key to sign with")]
    NoKey,
    /// There is a result in force, and nothing was said of why it is replaced.
    #[error("there is a result in force, and no ground to replace it")]
    NoGround,
    /// Somebody was faster.
    #[error("another result was issued meanwhile")]
    Overtaken,
}

impl From<store::Error> for Failure {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Unique(_) | store::Error::Conflict => Self::Overtaken,
            other => Self::Desk(other.into()),
        }
    }
}

/// What signing does to the dossier besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signing {
    /// It ends it: the step in hand is completed with this outcome.
    Completes(StepId, OutcomeId),
    /// It is over already; a result is issued late, or anew.
    Afterwards,
}

/// Which permission signing needs.
#[must_use]
pub(crate) const fn action_of(signing: &Signing) -> Action {
    match signing {
        Signing::Completes(..) => Action::CompleteStep,
        Signing::Afterwards => Action::ReplaceResult,
    }
}

/// Makes the document, stamps and signs it, keeps it, and ends the dossier with it: all or
/// nothing. The file is kept before the transaction; without it nothing points there.
///
/// # Errors
/// [`Failure`].
pub async fn sign(
    desk: &Desk,
    me: &SignedIn,
    dossier: &Arc<Dossier>,
    draft: Draft,
    signing: Signing,
) -> Result<SignedResult, Failure> {
    let facts = desk.facts(&dossier.case, &desk.moment());
    let asked = me.may(&desk.front, action_of(&signing), Target::Case(&facts));
    asked.check().map_err(Error::Denied)?;
    let before = dossier.results.first();
    let in_force = before.is_some_and(|result| result.ended.is_none());
    if in_force && draft.replaces.is_none() {
        return Err(Failure::NoGround);
    }
    let serial = before.map_or(0, |result| result.serial) + 1;
    let replaces = draft.replaces.filter(|_| in_force);
    let (shared, me_too, read) = (desk.clone(), me.clone(), dossier.clone());
    let made = spawn_blocking(move || make(&shared, &me_too, &read, &draft, serial));
    let made = made.await.map_err(|error| Fault::Encoding(error.to_string()))?;
    let new = NewResult { replaces, ..made? };
    keep(desk, me, &dossier.case, new, signing).await
}

fn make(
    desk: &Desk,
    me: &SignedIn,
    dossier: &Dossier,
    draft: &Draft,
    serial: u32,
) -> Result<NewResult, Failure> {
    let case = &dossier.case;
    let directory = desk.front.directory.get();
    let agency = directory.agency(case.decided_by).ok_or(Failure::NoKey)?;
    let signer = desk.certificates.of(&agency.code)?.ok_or(Failure::NoKey)?;
    let (content, source) = match &draft.content {
        Content::File(bytes) => {
            Kind::Pdf.check(std::io::Cursor::new(bytes)).map_err(Failure::File)?;
            (bytes.clone(), ResultSource::Upload)
        }
        Content::Words(words) => {
            let parts = (draft.name.as_str(), draft.number.as_str(), words.as_str());
            let set = document::set(desk, me, dossier, parts).map_err(Fault::from)?;
            (set, ResultSource::Template)
        }
    };
    let check = desk.check_code(case.id, serial);
    let place = desk.address.split_once("://").map_or(&*desk.address, |(_, place)| place);
    let seal = Seal::set(&Statement {
        agency: agency.name.clone(),
        at: me.now,
        code: case.code.to_string(),
        check: spoken(&check),
        link: format!("{}{CHECK}/{}?ma={check}", desk.address, case.code),
        place: format!("{place}{CHECK}"),
    })?;
    let reason = format!("{}, {}", draft.name, case.code);
    let signed = files::sign::sign(&content, &signer, &seal, &reason, me.now, &desk.front.mint)?;
    let file = desk.blobs.put(Kind::Pdf, &signed[..], FILE_BYTES_MAX * 2).map_err(Failure::File)?;
    Ok(NewResult {
        serial,
        name: draft.name.clone(),
        number: draft.number.clone(),
        source,
        file,
        signed_by: signer.certificate().subject(),
        certificate: signer.certificate().fingerprint(),
        by: (me.officer.person, me.seat()),
        replaces: None,
    })
}

/// `ABCD-2345`
pub(crate) fn spoken(check: &str) -> String {
    match check.split_at_checked(4) {
        Some((head, tail)) => format!("{head}-{tail}"),
        None => check.to_owned(),
    }
}

async fn keep(
    desk: &Desk,
    me: &SignedIn,
    case: &Case,
    new: NewResult,
    signing: Signing,
) -> Result<SignedResult, Failure> {
    let (shared, me_too, seen) = (desk.clone(), me.clone(), (case.id, case.version));
    let kept = desk.front.store.write(move |tx| {
        let stamp = stamp(&me_too);
        let case = casework::load(tx, &shared.front.tenant, seen.0)?;
        let mut case = case.ok_or(casework::Error::NoSuchCase)?;
        if let Signing::Completes(step, outcome) = &signing {
            let (step, outcome) = (step.clone(), outcome.clone());
            let command = Command::Complete { step, outcome, note: Note::default() };
            case = desk::act(tx, &shared, case, Some(seen.1), &command, &stamp)?.case;
        }
        issue_result(tx, &shared, &case, &new, &stamp)
    });
    kept.await.map_err(|error: Error| match error {
        Error::Store(error) => error.into(),
        Error::Journal(journal::Error::Store(error)) => error.into(),
        other => other.into(),
    })
}

/// Takes the result in force back.
///
/// # Errors
/// [`Failure`].
pub(crate) async fn revoke(
    desk: &Desk,
    me: &SignedIn,
    case: &Case,
    serial: u32,
    ground: EndGround,
) -> Result<(), Failure> {
    let facts = desk.facts(case, &desk.moment());
    let asked = me.may(&desk.front, Action::ReplaceResult, Target::Case(&facts));
    asked.check().map_err(Error::Denied)?;
    let (shared, me_too, id) = (desk.clone(), me.clone(), case.id);
    let done = desk.front.store.write(move |tx| {
        let case = casework::load(tx, &shared.front.tenant, id)?;
        let case = case.ok_or(casework::Error::NoSuchCase)?;
        let stands = results_of(tx, &shared, ResultsOf::Case(id))?;
        let stands = stands.iter().find(|result| result.serial == serial);
        if stands.is_none_or(|result| {
            matches!(result.ended, Some((Ended::Revoked | Ended::Replaced, ..)))
        }) {
            return Err(Error::Store(store::Error::Conflict));
        }
        desk::revoke_result(tx, &shared, &case, serial, ground, &stamp(&me_too))
    });
    done.await.map_err(|error: Error| match error {
        Error::Store(error) => error.into(),
        other => other.into(),
    })
}

fn stamp(me: &SignedIn) -> Stamp {
    Stamp { actor: me.actor(), happened_at: me.now, recorded_at: me.now }
}
