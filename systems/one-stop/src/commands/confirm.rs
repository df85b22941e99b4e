//! Confirming a time limit that was published in doubt, so that a date can be promised by it.

use casework::ProcedureRef;
use desk::{
    confirmation::{self, Confirmation},
    log_denial,
};
use identity::access::{Action, Decision, Target};
use journal::{Data, EventKind, Happened};
use procedure::{ChannelKind, TimeLimit};
use serde::Serialize;
use sha2::{Digest, Sha256};
use store::Tx;
use web::SignedIn;

use crate::{Desk, Error, Result};

const CONFIRMED: EventKind = EventKind::named("procedure.limit_confirmed");

/// What somebody wants to confirm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmLimit {
    /// Which version of which procedure.
    pub procedure: ProcedureRef,
    /// Which way to file.
    pub channel: ChannelKind,
    /// The limit.
    pub limit: TimeLimit,
    /// The law or decision that says so.
    pub legal_basis: String,
    /// Why the doubt is settled.
    pub reason: String,
}

/// Whether this person may confirm time limits. The book is the province's: a controller of
/// procedures at a commune, or below one, does not confirm for all others.
#[must_use]
pub fn may_confirm(desk: &Desk, me: &SignedIn) -> Decision {
    me.may(&desk.front, Action::ConfirmTimeLimit, Target::Agency(&desk::answering(me)))
}

/// Confirms a limit, for good: from the next look into the book on it promises dates, also for
/// dossiers that wait to be taken on. A denial is logged.
///
/// # Errors
/// [`Error::Denied`], [`Error::NoProcedure`], [`Error::Confirm`], and a conflict of the store
/// where somebody was faster.
pub async fn confirm_limit(desk: &Desk, me: &SignedIn, ask: ConfirmLimit) -> Result<Confirmation> {
    let (shared, me_too) = (desk.clone(), me.clone());
    let done = desk.front.store.write(move |tx| confirm_in(tx, &shared, &me_too, &ask)).await;
    if let Err(Error::Denied(denial)) = &done {
        log_denial(desk, me, None, denial.clone()).await;
    }
    let done = done?;
    desk.refresh_book().await?;
    Ok(done)
}

/// As [`confirm_limit`], in a transaction of the caller, who refreshes the book afterwards.
pub(crate) fn confirm_in(
    tx: &mut Tx<'_>,
    desk: &Desk,
    me: &SignedIn,
    ask: &ConfirmLimit,
) -> Result<Confirmation> {
    may_confirm(desk, me).check()?;
    let shelf = desk.book.shelf();
    let no_procedure = || Error::NoProcedure(ask.procedure.code.to_string());
    let procedure = shelf.version(&ask.procedure).ok_or_else(no_procedure)?;
    procedure.confirmable(ask.channel, ask.limit)?;
    let confirmation = Confirmation {
        procedure: ask.procedure.clone(),
        channel: ask.channel,
        limit: ask.limit,
        legal_basis: ask.legal_basis.clone(),
        reason: ask.reason.clone(),
        person: me.person,
        post: me.seat(),
        at: me.now,
    };
    let tenant = &desk.front.tenant;
    if !confirmation::keep(tx, tenant, &confirmation)? {
        return Err(store::Error::Conflict.into());
    }
    let what = Happened {
        kind: CONFIRMED,
        actor: me.actor(),
        happened_at: me.now,
        recorded_at: me.now,
        data: Data::of(&Told::of(&confirmation))?,
    };
    let subject = format!("procedure {}", ask.procedure.code);
    journal::record(tx, tenant, &desk.front.mint, &subject, what)?;
    Ok(confirmation)
}

/// What the journal keeps; the officer's own words only by their hash.
#[derive(Serialize)]
struct Told<'a> {
    procedure: &'a str,
    version: u32,
    channel: ChannelKind,
    time_limit: TimeLimit,
    legal_basis: &'a str,
    reason_sha256: String,
}

impl<'a> Told<'a> {
    fn of(one: &'a Confirmation) -> Self {
        Self {
            procedure: one.procedure.code.as_str(),
            version: one.procedure.version,
            channel: one.channel,
            time_limit: one.limit,
            legal_basis: &one.legal_basis,
            reason_sha256: kernel::hex(&Sha256::digest(one.reason.as_bytes())),
        }
    }
}
