//! Answers that an applicant gave in earlier dossiers.

use std::sync::Arc;

use casework::Case;
use identity::seal::Label;
use kernel::{CaseId, Instant, PartyId, ProcedureCode};
use procedure::{Field, KnownFrom, Procedure};
use serde_json::{Map, Value};
use store::{Tx, args};

use crate::{Desk, Moment, Result};

/// Most procedures whose newest dossier is looked at.
const PROCEDURES_MAX: usize = 20;
/// Most dossiers that are opened.
const OPENED_MAX: usize = 5;

/// An earlier dossier, opened.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Its state.
    pub case: Case,
    /// The procedure, in the version of the dossier.
    pub procedure: Arc<Procedure>,
    /// What was answered.
    pub answers: Map<String, Value>,
}

/// Whether a procedure asks a question of the same name and kind, marked to be known from
/// earlier dossiers.
#[must_use]
pub fn asks_the_same(procedure: &Procedure, asked: &Field) -> bool {
    procedure.fields.iter().any(|field| {
        (&field.id, field.kind) == (&asked.id, asked.kind)
            && field.known == Some(KnownFrom::Earlier)
    })
}

/// The newest dossier of each procedure that asks one of `asked`, newest first, where `may` lets
/// it be opened. What is read does not grow with how many dossiers the applicant has.
///
/// # Errors
/// Those of the store, and where what is stored cannot be read.
pub fn earlier(
    tx: &mut Tx<'_>,
    desk: &Desk,
    moment: &Moment,
    party: PartyId,
    asked: &[Field],
    may: impl Fn(&Case) -> bool,
) -> Result<Vec<Earlier>> {
    let asks = |p: &&Arc<Procedure>| asked.iter().any(|field| asks_the_same(p, field));
    let mut newest = Vec::new();
    for procedure in moment.shelf.all().filter(asks).take(PROCEDURES_MAX) {
        newest.extend(newest_of(tx, desk, party, &procedure.code)?);
    }
    newest.sort_by_key(|(submitted_at, id)| std::cmp::Reverse((*submitted_at, *id)));
    let tenant = &desk.front.tenant;
    let key = match desk.keyring.load(tx, tenant, party) {
        Err(identity::Error::KeyDestroyed { .. } | identity::Error::NoKey) => return Ok(Vec::new()),
        key => key?,
    };
    let mut opened = Vec::new();
    for (_, id) in newest {
        let Some(case) = casework::load(tx, tenant, id)?.filter(|case| may(case)) else { continue };
        let Some(procedure) = moment.shelf.version(&case.procedure).cloned() else { continue };
        let sealed: Option<Vec<u8>> = tx.opt(
            "select sealed from dossier_form where tenant = $1 and case_id = $2",
            args!(tenant, id),
            |row| row.get(0),
        )?;
        let Some(sealed) = sealed else { continue };
        let answers = serde_json::from_slice(&key.open(Label::FORM, &sealed)?)?;
        opened.push(Earlier { case, procedure, answers });
        if opened.len() == OPENED_MAX {
            break;
        }
    }
    Ok(opened)
}

fn newest_of(
    tx: &mut Tx<'_>,
    desk: &Desk,
    party: PartyId,
    code: &ProcedureCode,
) -> Result<Option<(Instant, CaseId)>> {
    let newest = tx.opt(
        "select submitted_at, id from case_state
         where tenant = $1 and applicant = $2 and procedure_code = $3
         order by submitted_at desc limit 1",
        args!(&desk.front.tenant, party, code),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(newest)
}
