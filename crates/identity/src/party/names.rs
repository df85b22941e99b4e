//! Finding parties by any word of their names, with or without marks. Vietnamese people are
//! called, and looked for, by the last word; so a name stands under each of its words.

use std::collections::BTreeSet;

use kernel::{PartyId, Tenant, fold};
use store::{Tx, args};

use crate::Result;

/// At most so many words of a name are found, …
const WORDS_MAX: usize = 16;
/// … and each by at most so many bytes of what follows it.
const SUFFIX_BYTES_MAX: usize = 40;
/// So many names that begin with one word are looked at for the others.
const LOOKED_AT_MAX: u32 = 1000;

/// Parties of a name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Named {
    /// Who, by the order of their folded names.
    pub parties: Vec<(PartyId, String)>,
    /// Whether there may be more of them.
    pub more: bool,
}

/// Parties in whose names what was typed begins with some word, with or without marks: "mai
/// sương", "Sương", "nguyen van". Where nobody has these words one after the other, those who
/// have each of them. At most `max`.
///
/// # Errors
/// Those of the store.
pub fn named(tx: &mut Tx<'_>, tenant: &Tenant, typed: &str, max: u32) -> Result<Named> {
    let phrase = fold(typed);
    if phrase.is_empty() {
        return Ok(Named::default());
    }
    let found = under(tx, tenant, &phrase, max)?;
    let Some((_, last)) = phrase.rsplit_once(' ').filter(|_| found.parties.is_empty()) else {
        return Ok(found);
    };
    let Named { mut parties, mut more } = under(tx, tenant, last, LOOKED_AT_MAX)?;
    parties.retain(|(_, name)| has_each(&fold(name), &phrase));
    more |= parties.len() > max as usize;
    parties.truncate(max as usize);
    Ok(Named { parties, more })
}

/// Whether each word of `phrase` begins a word of the folded name.
fn has_each(folded: &str, phrase: &str) -> bool {
    phrase.split(' ').all(|word| folded.split(' ').any(|of| of.starts_with(word)))
}

fn under(tx: &mut Tx<'_>, tenant: &Tenant, phrase: &str, max: u32) -> Result<Named> {
    let from = cut(phrase);
    // No text in UTF-8 has this byte, so it is beyond all that begins so.
    let to = [from, &[0xFF]].concat();
    let mut parties: Vec<(PartyId, String)> = tx.all(
        "select n.party_id, p.name from party_name n
             join party p on p.tenant = n.tenant and p.id = n.party_id
         where n.tenant = $1 and n.suffix >= $2 and n.suffix < $3
         order by n.suffix, n.party_id limit $4",
        args!(tenant, from, to, max),
        |row| Ok((row.get(0)?, row.get(1)?)),
    )?;
    let more = parties.len() == max as usize;
    // "An Văn An" stands under "an" twice.
    let mut seen = BTreeSet::new();
    parties.retain(|(id, _)| seen.insert(*id));
    if phrase.len() > SUFFIX_BYTES_MAX {
        parties.retain(|(_, name)| format!(" {}", fold(name)).contains(&format!(" {phrase}")));
    }
    Ok(Named { parties, more })
}

/// Brings the rows of a party from one name to another; the first name is empty for somebody new.
///
/// # Errors
/// Those of the store.
pub(super) fn change(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    party: PartyId,
    from: &str,
    to: &str,
) -> Result<()> {
    let (old, new) = (suffixes(from), suffixes(to));
    for suffix in old.difference(&new) {
        tx.put(
            "delete from party_name where tenant = $1 and suffix = $2 and party_id = $3",
            args!(tenant, suffix, party),
        )?;
    }
    for suffix in new.difference(&old) {
        tx.put(
            "insert into party_name (tenant, suffix, party_id) values ($1, $2, $3)",
            args!(tenant, suffix, party),
        )?;
    }
    Ok(())
}

/// Writes what is missing for at most `limit` parties after one, in the order of their
/// identifiers; answers the last one, or none where there are no more. For parties that an older
/// program recorded.
///
/// # Errors
/// Those of the store.
pub fn refresh_names(
    tx: &mut Tx<'_>,
    tenant: &Tenant,
    after: Option<PartyId>,
    limit: u32,
) -> Result<Option<PartyId>> {
    let row = |row: &store::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let rows: Vec<(PartyId, String)> = match after {
        None => tx.all(
            "select id, name from party where tenant = $1 order by id limit $2",
            args!(tenant, limit),
            row,
        )?,
        Some(after) => tx.all(
            "select id, name from party where tenant = $1 and id > $2 order by id limit $3",
            args!(tenant, after, limit),
            row,
        )?,
    };
    for (id, name) in &rows {
        for suffix in suffixes(name) {
            tx.exec(
                "insert into party_name (tenant, suffix, party_id) values ($1, $2, $3)
                 on conflict (tenant, suffix, party_id) do nothing",
                args!(tenant, &suffix, *id),
            )?;
        }
    }
    Ok(rows.last().filter(|_| rows.len() == limit as usize).map(|(id, _)| *id))
}

fn suffixes(name: &str) -> BTreeSet<Vec<u8>> {
    let folded = fold(name);
    let starts = folded.match_indices(' ').map(|(space, _)| space + 1);
    let starts = std::iter::once(0).chain(starts).take(WORDS_MAX);
    starts.map(|start| cut(&folded[start..]).to_vec()).filter(|suffix| !suffix.is_empty()).collect()
}

fn cut(text: &str) -> &[u8] {
    let bytes = text.as_bytes();
    &bytes[..bytes.len().min(SUFFIX_BYTES_MAX)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_under_each_of_its_words() {
        let texts = |name: &str| -> Vec<String> {
            let all = suffixes(name).into_iter();
            all.map(|bytes| String::from_utf8(bytes).unwrap()).collect()
        };
        assert_eq!(texts("Đặng Văn Đạt"), ["dang van dat", "dat", "van dat"]);
        assert_eq!(texts("Sương"), ["suong"]);
        assert!(texts(" - ").is_empty());
        let long = texts(&"Công ty Cổ phần ".repeat(9));
        assert!(long.len() <= WORDS_MAX && long.iter().all(|s| s.len() <= SUFFIX_BYTES_MAX));
    }

    #[test]
    fn words_may_stand_apart() {
        assert!(has_each("hoang thi mai suong", "hoang suong"));
        assert!(has_each("hoang thi mai suong", "suon hoa"));
        assert!(!has_each("hoang thi mai suong", "hoang anh"));
        assert!(!has_each("hoang thi lan", "an"), "a word is found by its beginning");
    }
}
