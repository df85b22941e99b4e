//! A head changes tiles or rules: the text is checked as a whole, kept beside the older ones, and
//! the journal has its hash.

use desk::Desk;
use journal::{Data, EventKind, Happened};
use kernel::{Actor, Instant, hex};
use sha2::{Digest, Sha256};
use store::{Tx, args};

use crate::{
    Error, Result,
    model::{Layout, Rules},
    queries::{Kind, stored},
};

/// Stores a new version of a text that was made of version `of`; answers its number.
///
/// # Errors
/// [`Error::Text`] where the text is not taken, [`Error::Changed`] where somebody stored another
/// version meanwhile, and those of the store.
pub fn change(
    tx: &mut Tx<'_>,
    desk: &Desk,
    kind: Kind,
    of: u32,
    text: &str,
    (by, now): (&Actor, Instant),
) -> Result<u32> {
    match kind {
        Kind::Rules => drop(Rules::read(text, desk.definitions())?),
        Kind::Tiles => drop(Layout::read(text, desk.definitions())?),
    }
    let tenant = &desk.front.tenant;
    if stored(tx, tenant, kind)?.version != of {
        return Err(Error::Changed);
    }
    tx.put(
        "insert into operations_text (tenant, kind, version, text, actor, recorded_at)
         values ($1, $2, $3, $4, $5, $6)",
        args!(tenant, kind.word(), of + 1, text, by, now),
    )?;
    let what = Happened {
        kind: EventKind::named("operations.changed"),
        actor: by.clone(),
        happened_at: now,
        recorded_at: now,
        data: Data::of(&serde_json::json!({
            "text": kind.word(), "version": of + 1, "sha256": hex(&Sha256::digest(text.as_bytes())),
        }))?,
    };
    let name = format!("operations {}", kind.word());
    journal::record(tx, tenant, &desk.front.mint, &name, what)?;
    Ok(of + 1)
}
