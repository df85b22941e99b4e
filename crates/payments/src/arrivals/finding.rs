//! Which order a payer meant, from the words of a transfer. Banks put words of their own around
//! them, drop points and hyphens, and make all letters capital.

use kernel::{CaseCode, Tenant};
use store::{Arg, Tx};

use super::WORDS_LETTERS_MAX;
use crate::{Order, Result, model::squeezed, orders};

/// Candidates that are looked up for one transfer.
const CANDIDATES_MAX: usize = 240;

/// The order whose reference stands in the words; else the newest of the case whose code does.
pub(super) fn order(tx: &mut Tx<'_>, tenant: &Tenant, words: &str) -> Result<Option<Order>> {
    let words: String = words.chars().take(WORDS_LETTERS_MAX).collect();
    let candidates = candidates(&squeezed(&words));
    if !candidates.is_empty() {
        let mut args = vec![Arg::from(tenant)];
        args.extend(candidates.iter().map(Arg::from));
        let places: Vec<String> = (2..=args.len()).map(|n| format!("${n}")).collect();
        // The longest: X12 is not meant where X1 is found in it.
        let rest =
            format!("reference in ({}) order by length(reference) desc limit 1", places.join(", "));
        if let Some(order) = orders::find(tx, &rest, &args)? {
            return Ok(Some(order));
        }
    }
    match code(&words) {
        Some(code) => match casework::load_by_code(tx, tenant, &code)? {
            Some(case) => orders::newest(tx, tenant, case.id),
            None => Ok(None),
        },
        None => Ok(None),
    }
}

/// Every piece of the squeezed words that may be a reference: what ends in X and up to three
/// digits after ten digits of day and serial; and TS with ten letters.
fn candidates(words: &str) -> Vec<String> {
    let bytes = words.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut found = Vec::new();
    for (x, _) in words.match_indices('X') {
        let dated = x >= 10 && (x - 10..x).all(digit);
        if !dated {
            continue;
        }
        for end in (x + 2..=x + 4).take_while(|end| digit(end - 1)) {
            let longest = crate::vietqr::PURPOSE_LETTERS_MAX - (end - x);
            for start in x.saturating_sub(longest)..=x - 10 {
                found.push(words[start..end].to_owned());
            }
        }
    }
    for (at, _) in words.match_indices("TS") {
        if let Some(piece) = words.get(at..at + 12) {
            found.push(piece.to_owned());
        }
    }
    found.truncate(CANDIDATES_MAX);
    found
}

/// A dossier code that was typed as it is written.
fn code(words: &str) -> Option<CaseCode> {
    words.split([' ', ',', ';', '/', ':']).find_map(|word| word.to_uppercase().parse().ok())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_reference_is_found_among_the_words_of_a_bank() {
        for words in [
            "H55622611230008X1",
            "MBVCB.6634512.H55622611230008X1.CT tu 0011 NGUYEN VAN A toi 0022",
            "h55622611230008x1 nop le phi",
            "FT26327H55622611230008X1",
        ] {
            let found = candidates(&squeezed(words));
            assert!(found.iter().any(|c| c == "H55622611230008X1"), "{words}: {found:?}");
        }
        assert!(candidates("CHUYENTIENXANG123").is_empty());
        assert_eq!(candidates("ABCTSKLMNPQRSTU9"), ["TSKLMNPQRSTU"]);
        assert_eq!(
            code("nop phi ho so h55.62-261123-0008").unwrap().as_str(),
            "H55.62-261123-0008"
        );
    }

    proptest! {
        #[test]
        fn any_words_are_read_to_an_end(words in "\\PC{0,600}") {
            let words: String = words.chars().take(WORDS_LETTERS_MAX).collect();
            prop_assert!(candidates(&squeezed(&words)).len() <= CANDIDATES_MAX);
            let _ = code(&words);
        }
    }
}
