//! What every room's test asks of its texts.

use std::{collections::BTreeMap, path::Path};

use super::{Lang, Texts};

/// Compares the two files of a room: the same keys, and in each text the same values put in.
///
/// # Errors
/// One line for every difference.
pub fn check_parity(vi: &str, en: &str) -> Result<(), Vec<String>> {
    let (vi, en) = (entries(vi), entries(en));
    let mut faults = Vec::new();
    for (key, values) in &vi {
        match en.get(key) {
            None => faults.push(format!("{key}: not in English")),
            Some(other) if other != values => {
                faults
                    .push(format!("{key}: values {values:?} in Vietnamese, {other:?} in English"));
            }
            Some(_) => {}
        }
    }
    faults.extend(
        en.keys().filter(|k| !vi.contains_key(*k)).map(|k| format!("{k}: not in Vietnamese")),
    );
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// Reads the sources below `folder` and looks for every `tr!(…, "key"` and `tr_rich!(…, "key"`
/// whose key has no text.
///
/// # Errors
/// One line for every key without a text; a folder that cannot be read is one too.
pub fn check_keys_used(texts: &Texts, folder: &Path) -> Result<(), Vec<String>> {
    let mut faults = Vec::new();
    look_into(folder, &mut |file, source| {
        let code = |line: &&str| !line.trim_start().starts_with("//");
        let source = source.lines().filter(code).collect::<Vec<_>>().join("\n");
        for call in calls(&source) {
            let key = call.split_once('"').and_then(|(before, rest)| {
                let near = before.trim_end().ends_with(',') && before.len() < 80;
                near.then(|| rest.split('"').next().unwrap_or_default())
            });
            if let Some(key) = key
                && !texts.has(Lang::Vi, key)
            {
                faults.push(format!("{}: no text {key:?}", file.display()));
            }
        }
    })
    .unwrap_or_else(|error| faults.push(format!("{}: {error}", folder.display())));
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

/// What follows the opening of each call.
fn calls(source: &str) -> impl Iterator<Item = &str> {
    source.split("tr!(").skip(1).chain(source.split("tr_rich!(").skip(1))
}

fn look_into(folder: &Path, look: &mut impl FnMut(&Path, &str)) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            look_into(&path, look)?;
        } else if path.extension().is_some_and(|ext| ext == "rs") {
            look(&path, &std::fs::read_to_string(&path)?);
        }
    }
    Ok(())
}

/// Each key (a message, a term, or an attribute as `key.attribute`) with the values its text
/// names, sorted.
fn entries(file: &str) -> BTreeMap<String, Vec<String>> {
    let mut entries: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let (mut message, mut at) = (String::new(), String::new());
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        let head = line.split_once('=').map(|(head, _)| head.trim_end());
        let named = |text: &str| !text.is_empty() && text.bytes().all(is_name);
        match head {
            Some(key) if named(key) && !line.starts_with(' ') => {
                key.clone_into(&mut message);
                key.clone_into(&mut at);
            }
            Some(attribute) if attribute.trim_start().strip_prefix('.').is_some_and(named) => {
                at = format!("{message}{}", attribute.trim_start());
            }
            _ => {}
        }
        let values = entries.entry(at.clone()).or_default();
        for part in line.split('$').skip(1) {
            let name = part.split(|c: char| !c.is_ascii() || !is_name(c as u8)).next();
            let name = name.unwrap_or_default().to_owned();
            if let Err(place) = values.binary_search(&name) {
                values.insert(place, name);
            }
        }
    }
    entries.remove("");
    entries
}

fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_two_files_must_say_the_same_things_of_the_same_values() {
        let vi = "a = một { $n }\nb = hai\n    .tip = { $who } giữ\n";
        assert_eq!(check_parity(vi, "b = two\n  .tip = held by { $who }\na = one { $n }"), Ok(()));
        let faults =
            check_parity(vi, "a = one\nc = three\nb = two\n  .tip = { $who }").unwrap_err();
        assert_eq!(
            faults,
            [r#"a: values ["n"] in Vietnamese, [] in English"#, "c: not in Vietnamese"]
        );
    }

    #[test]
    fn our_own_texts_are_in_both_languages_and_every_key_used_is_there() {
        check_parity(crate::TEXTS[0].1, crate::TEXTS[1].1).unwrap();
        let texts = Texts::new(&crate::TEXTS).unwrap();
        check_keys_used(&texts, &Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    }
}
