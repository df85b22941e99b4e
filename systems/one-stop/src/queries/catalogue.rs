//! Entries of the published catalogue as they were imported: what has to be confirmed first.

use kernel::{Instant, ProcedureCode, fold};
use serde::Deserialize;
use store::{Arg, Tx, args};

use crate::{Desk, Result};

/// Entries of a page.
pub const ENTRIES_MAX: usize = 50;

/// An entry as it was published.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Code in the national database.
    pub code: ProcedureCode,
    /// Name in Vietnamese.
    pub name: String,
    /// Lĩnh vực.
    pub sector: String,
    /// Whether a limit of it has to be confirmed.
    pub to_confirm: bool,
    /// When it was imported.
    pub recorded_at: Instant,
    /// The rest.
    pub published: Published,
}

/// What an entry says, as far as the desk shows it.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Published {
    /// The decision that published it; may be empty.
    pub decision: String,
    /// Ways to file.
    pub methods: Vec<Method>,
    /// The papers, in prose.
    pub documents: Vec<String>,
}

/// A way to file, as published.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Method {
    /// Kind, limit and note.
    pub channel: Channel,
    /// Why the limit has to be confirmed.
    pub doubt: Option<String>,
}

/// A channel, as published.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct Channel {
    /// Which way.
    pub kind: procedure::ChannelKind,
    /// The limit.
    pub limit: Limit,
    /// What the source says about it.
    pub note: Option<String>,
}

/// A limit, as published.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// Without doubt.
    Confirmed(String),
    /// In the words of the source; none where it states nothing.
    ToConfirm(Option<String>),
}

/// Which entries, and where the page begins.
#[derive(Debug, Clone, Default)]
pub struct Wanted {
    /// Words of name, field or code, with or without marks.
    pub words: String,
    /// Only those that have to be confirmed.
    pub to_confirm: bool,
    /// The last entry of the page before: whether it was to be confirmed, and its code.
    pub after: Option<(bool, ProcedureCode)>,
}

/// A page of entries, those to be confirmed first; and whether more follow.
///
/// # Errors
/// Those of the store.
pub fn catalogue(tx: &mut Tx<'_>, desk: &Desk, wanted: &Wanted) -> Result<(Vec<Entry>, bool)> {
    let mut sql = "select code, name, sector, to_confirm, recorded_at, entry
                   from catalogue_entry where tenant = $1"
        .to_owned();
    let mut args: Vec<Arg<'_>> = vec![Arg::from(&desk.front.tenant)];
    let folded = fold(&wanted.words);
    let words: Vec<String> =
        folded.split(' ').filter(|w| !w.is_empty()).take(8).map(|w| format!("%{w}%")).collect();
    for word in &words {
        args.push(word.as_str().into());
        sql.push_str(&format!(" and words like ${}", args.len()));
    }
    if wanted.to_confirm {
        args.push(true.into());
        sql.push_str(&format!(" and to_confirm = ${}", args.len()));
    }
    if let Some((to_confirm, code)) = &wanted.after {
        args.push((*to_confirm).into());
        args.push(code.as_str().into());
        let (flag, code) = (args.len() - 1, args.len());
        // Those to be confirmed come first, each kind by its code.
        sql.push_str(&format!(
            " and (to_confirm < ${flag} or (to_confirm = ${flag} and code > ${code}))"
        ));
    }
    sql.push_str(&format!(" order by to_confirm desc, code limit {}", ENTRIES_MAX + 1));
    let mut found = tx.all(&sql, &args, read)?;
    let more = found.len() > ENTRIES_MAX;
    found.truncate(ENTRIES_MAX);
    let parsed = found.into_iter().map(Raw::parse).collect::<Result<_>>()?;
    Ok((parsed, more))
}

/// How many entries there are, and how many of them have to be confirmed.
///
/// # Errors
/// Those of the store.
pub fn catalogue_size(tx: &mut Tx<'_>, desk: &Desk) -> Result<(u64, u64)> {
    let sizes = tx.one(
        "select count(*), (select count(*) from catalogue_entry
                           where tenant = $1 and to_confirm = $2)
         from catalogue_entry where tenant = $1",
        args!(&desk.front.tenant, true),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    Ok(sizes)
}

/// The entry with this code.
///
/// # Errors
/// Those of the store.
pub fn catalogue_entry(
    tx: &mut Tx<'_>,
    desk: &Desk,
    code: &ProcedureCode,
) -> Result<Option<Entry>> {
    let found = tx.opt(
        "select code, name, sector, to_confirm, recorded_at, entry
         from catalogue_entry where tenant = $1 and code = $2",
        args!(&desk.front.tenant, code),
        read,
    )?;
    found.map(Raw::parse).transpose()
}

/// A row, its text not yet read.
struct Raw {
    entry: Entry,
    text: String,
}

impl Raw {
    fn parse(self) -> Result<Entry> {
        Ok(Entry { published: serde_json::from_str(&self.text)?, ..self.entry })
    }
}

fn read(row: &store::Row<'_>) -> store::Result<Raw> {
    let nothing = Published { decision: String::new(), methods: Vec::new(), documents: Vec::new() };
    let entry = Entry {
        code: row.get(0)?,
        name: row.get(1)?,
        sector: row.get(2)?,
        to_confirm: row.get(3)?,
        recorded_at: row.get(4)?,
        published: nothing,
    };
    Ok(Raw { entry, text: row.get(5)? })
}
