//! A time limit that was published in doubt, confirmed by somebody who answers for it.

use std::collections::HashMap;

use casework::ProcedureRef;
use kernel::{Instant, PersonId, PostId, ProcedureCode, Tenant};
use procedure::{ChannelKind, TimeLimit};
use store::{Row, Tx, args};

use crate::Result;

/// That the limit of a channel is such, who says so, and by which law.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirmation {
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
    /// Who confirmed it.
    pub person: PersonId,
    /// In which seat.
    pub post: PostId,
    /// When.
    pub at: Instant,
}

/// Every confirmation; as few as there were doubts.
pub fn all(tx: &mut Tx<'_>, tenant: &Tenant) -> Result<HashMap<ProcedureRef, Vec<Confirmation>>> {
    let mut by_version: HashMap<ProcedureRef, Vec<Confirmation>> = HashMap::new();
    tx.each(
        "select code, version, channel, time_limit, legal_basis, reason, person, post, confirmed_at
         from limit_confirmation where tenant = $1 order by code, version, channel",
        args!(tenant),
        |row| {
            let one = read(row)?;
            by_version.entry(one.procedure.clone()).or_default().push(one);
            Ok(())
        },
    )?;
    Ok(by_version)
}

/// Keeps a confirmation; answers whether nobody was faster.
pub fn keep(tx: &mut Tx<'_>, tenant: &Tenant, one: &Confirmation) -> Result<bool> {
    let kept = tx.exec(
        "insert into limit_confirmation (tenant, code, version, channel, time_limit, legal_basis,
             reason, person, post, confirmed_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
         on conflict (tenant, code, version, channel) do nothing",
        args!(
            tenant,
            &one.procedure.code,
            one.procedure.version,
            one.channel.word(),
            one.limit.to_string(),
            &one.legal_basis,
            &one.reason,
            one.person,
            one.post,
            one.at
        ),
    )?;
    Ok(kept == 1)
}

fn read(row: &Row<'_>) -> store::Result<Confirmation> {
    let (code, version): (ProcedureCode, u32) = (row.get(0)?, row.get(1)?);
    let unreadable = |index| move || store::Error::Column { index, reason: "no such word".into() };
    let channel = ChannelKind::from_word(&row.get::<String>(2)?).ok_or_else(unreadable(2))?;
    let limit = row.get::<String>(3)?.parse().ok().ok_or_else(unreadable(3))?;
    Ok(Confirmation {
        procedure: ProcedureRef { code, version },
        channel,
        limit,
        legal_basis: row.get(4)?,
        reason: row.get(5)?,
        person: row.get(6)?,
        post: row.get(7)?,
        at: row.get(8)?,
    })
}
