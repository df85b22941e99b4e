//! What a person agrees to, by purpose, and takes back when they like (Law 91/2025/QH15, articles
//! 9 and 10). What the law charges the authority with needs no consent and is not asked here.

use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant, Mint, PartyId, Tenant};
use serde::Serialize;
use store::{Tx, args};

use crate::{Result, party::subject};

const GIVEN: EventKind = EventKind::named("consent.given");
const REVOKED: EventKind = EventKind::named("consent.revoked");

kernel::words! {
    /// For what.
    Purpose {
        /// Papers and answers of one dossier are offered for the next.
        Reuse = "reuse",
        /// Reminders by text message, Zalo or e-mail, besides those that the law asks for.
        Contact = "contact",
        /// Invitations to say how satisfied one was.
        Survey = "survey",
    }
}

/// How consent to a purpose stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consent {
    /// For what.
    pub purpose: Purpose,
    /// Whether it is given.
    pub given: bool,
    /// Since when it is so; none where nobody was ever asked, which is a no.
    pub since: Option<Instant>,
}

/// How consent of a person stands, purpose by purpose.
///
/// # Errors
/// Those of the store.
pub fn of_party(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId) -> Result<Vec<Consent>> {
    let rows: Vec<(String, bool, Instant)> = tx.all(
        "select purpose, given, at from consent where tenant = $1 and party_id = $2",
        args!(tenant, party),
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let stands = |purpose: &Purpose| {
        let row = rows.iter().find(|(word, _, _)| word == purpose.word());
        let (given, since) = row.map_or((false, None), |(_, given, at)| (*given, Some(*at)));
        Consent { purpose: *purpose, given, since }
    };
    Ok(Purpose::ALL.iter().map(stands).collect())
}

/// Whether a person agrees now.
///
/// # Errors
/// Those of the store.
pub fn given(tx: &mut Tx<'_>, tenant: &Tenant, party: PartyId, purpose: Purpose) -> Result<bool> {
    let sql = "select given from consent where tenant = $1 and party_id = $2 and purpose = $3";
    let given = tx.opt(sql, args!(tenant, party, purpose.word()), |row| row.get(0))?;
    Ok(given.unwrap_or(false))
}

/// What a person says of a purpose, over which page ever.
#[derive(Debug, Clone)]
pub struct Said {
    /// Whose data.
    pub party: PartyId,
    /// For what.
    pub purpose: Purpose,
    /// Whether they agree.
    pub give: bool,
    /// Who says it.
    pub actor: Actor,
    /// When.
    pub at: Instant,
}

/// Writes how it stands from now on, and the event that says so; answers whether that is a change.
/// What stands already is no event.
///
/// # Errors
/// Those of the store.
pub fn set(tx: &mut Tx<'_>, tenant: &Tenant, mint: &Mint, said: &Said) -> Result<bool> {
    let Said { party, purpose, give, ref actor, at } = *said;
    if given(tx, tenant, party, purpose)? == give {
        return Ok(false);
    }
    tx.put(
        "insert into consent (tenant, party_id, purpose, given, at) values ($1, $2, $3, $4, $5)
         on conflict (tenant, party_id, purpose) do update set given = excluded.given,
             at = excluded.at",
        args!(tenant, party, purpose.word(), give, at),
    )?;
    let what = Happened {
        kind: if give { GIVEN } else { REVOKED },
        actor: actor.clone(),
        happened_at: at,
        recorded_at: at,
        data: Data::of(&Told { purpose })?,
    };
    journal::record(tx, tenant, mint, &subject(party), what)?;
    Ok(true)
}

#[derive(Serialize)]
struct Told {
    purpose: Purpose,
}
