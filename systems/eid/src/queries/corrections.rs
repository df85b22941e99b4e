//! Requests to put something right.

use desk::Desk;
use identity::Error::{KeyDestroyed, NoKey};
use kernel::{EventId, Instant, PartyId, PostId};
use store::{Row, Tx, args};

use crate::{
    Result,
    commands::SAID,
    model::{CorrectField, Correction, Status},
};

/// At most so many are shown at once.
const SHOWN_MAX: i64 = 100;

const COLUMNS: &str =
    "id, party_id, field, sealed, filed_at, status, decided_at, decided_post, reply
     from correction";

/// A row, still sealed.
struct Sealed {
    correction: Correction,
    said: Vec<u8>,
    reply: Option<Vec<u8>>,
}

/// Those of a person, newest first.
///
/// # Errors
/// Those of the store.
pub fn of_party(tx: &mut Tx<'_>, desk: &Desk, party: PartyId) -> Result<Vec<Correction>> {
    let sql = format!(
        "select {COLUMNS} where tenant = $1 and party_id = $2
         order by filed_at desc, id desc limit $3"
    );
    let rows = tx.all(&sql, args!(&desk.front.tenant, party, SHOWN_MAX), read)?;
    rows.into_iter().map(|row| opened(tx, desk, row)).collect()
}

/// Those that wait, oldest first.
///
/// # Errors
/// Those of the store.
pub fn open(tx: &mut Tx<'_>, desk: &Desk) -> Result<Vec<(Correction, String)>> {
    let sql = format!(
        "select {COLUMNS} where tenant = $1 and status = $2 order by filed_at, id limit $3"
    );
    let tenant = &desk.front.tenant;
    let rows = tx.all(&sql, args!(tenant, Status::Open.word(), SHOWN_MAX), read)?;
    let mut open = Vec::with_capacity(rows.len());
    for row in rows {
        let name = tx.opt(
            "select name from party where tenant = $1 and id = $2",
            args!(tenant, row.correction.party),
            |row| row.get(0),
        )?;
        open.push((row.correction, name.unwrap_or_default()));
    }
    Ok(open)
}

/// How many wait, counted up to a hundred.
///
/// # Errors
/// Those of the store.
pub fn open_count(tx: &mut Tx<'_>, desk: &Desk) -> Result<u64> {
    let sql = "select count(*) from (
             select id from correction where tenant = $1 and status = $2 limit $3
         ) as waiting";
    let arguments = args!(&desk.front.tenant, Status::Open.word(), SHOWN_MAX);
    Ok(tx.one(sql, arguments, |row| row.get(0))?)
}

/// One of them.
///
/// # Errors
/// Those of the store.
pub fn correction(tx: &mut Tx<'_>, desk: &Desk, id: EventId) -> Result<Option<Correction>> {
    let sql = format!("select {COLUMNS} where tenant = $1 and id = $2");
    let row = tx.opt(&sql, args!(&desk.front.tenant, id), read)?;
    row.map(|row| opened(tx, desk, row)).transpose()
}

fn opened(tx: &mut Tx<'_>, desk: &Desk, row: Sealed) -> Result<Correction> {
    let mut correction = row.correction;
    let key = match desk.keyring.load(tx, &desk.front.tenant, correction.party) {
        Ok(key) => key,
        Err(KeyDestroyed { .. } | NoKey) => return Ok(correction),
        Err(error) => return Err(error.into()),
    };
    correction.said = Some(serde_json::from_slice(&key.open(SAID, &row.said)?)?);
    if let Some(reply) = row.reply {
        correction.reply = Some(String::from_utf8_lossy(&key.open(SAID, &reply)?).into_owned());
    }
    Ok(correction)
}

fn read(row: &Row<'_>) -> store::Result<Sealed> {
    let damaged = |word: &str| store::Error::Damaged(word.to_owned());
    let (field, status): (String, String) = (row.get(2)?, row.get(5)?);
    let decided: (Option<Instant>, Option<PostId>) = (row.get(6)?, row.get(7)?);
    let correction = Correction {
        id: row.get(0)?,
        party: row.get(1)?,
        field: CorrectField::from_word(&field).ok_or_else(|| damaged(&field))?,
        said: None,
        filed_at: row.get(4)?,
        status: Status::from_word(&status).ok_or_else(|| damaged(&status))?,
        decided: decided.0.zip(decided.1),
        reply: None,
    };
    Ok(Sealed { correction, said: row.get(3)?, reply: row.get(8)? })
}
