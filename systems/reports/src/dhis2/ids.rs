//! What DHIS2 calls things: identifiers of eleven letters and digits, made of our own names.

use std::collections::BTreeMap;

use directory::{AgencyLevel, Directory};
use indicators::Period;
use kernel::AgencyId;
use sha2::{Digest, Sha256};

use crate::{cut_off::Frequency, library::Library, regime::Regime};
use std::sync::Arc;

/// The identifier of the one combination of options that there is, as every DHIS2 has it.
pub(crate) const DEFAULT: &str = "HllvX50cXC0";
/// The identifier of the one combination of categories that there is, as every DHIS2 has it.
pub(crate) const CATEGORIES: &str = "bjDvmb4bfuf";

/// Whether a combination of options is the one that there is; what is not said is that one too.
pub(crate) fn is_default(combo: Option<&str>) -> bool {
    combo.is_none_or(|combo| matches!(combo, "" | DEFAULT | "default"))
}

/// The identifier of something, by its name: the first is a letter, the same for ever.
#[must_use]
pub fn uid(name: &str) -> String {
    const LETTERS: &[u8; 62] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    let bytes = Sha256::digest(name.as_bytes());
    let letter = |(n, byte): (usize, &u8)| {
        let of = if n == 0 { 52 } else { LETTERS.len() };
        char::from(LETTERS[usize::from(*byte) % of])
    };
    bytes.iter().take(11).enumerate().map(letter).collect()
}

/// A data element: a cell of the form of a regime.
#[derive(Debug, Clone)]
pub(crate) struct Element {
    /// Its regime.
    pub(crate) regime: String,
    /// Its cell.
    pub(crate) cell: String,
    /// What people call it.
    pub(crate) name: String,
    /// `REGIME.cell`.
    pub(crate) code: String,
    /// Whether it holds a number.
    pub(crate) is_number: bool,
}

/// Everything that has a name here.
pub(crate) struct Names {
    pub(crate) regimes: BTreeMap<String, Arc<Regime>>,
    pub(crate) elements: BTreeMap<String, Element>,
    pub(crate) units: BTreeMap<String, AgencyId>,
}

impl Names {
    /// The names of a province.
    pub(crate) fn of(library: &Library, directory: &Directory) -> Self {
        let (mut regimes, mut elements) = (BTreeMap::new(), BTreeMap::new());
        for regime in library.regimes() {
            regimes.insert(data_set(&regime.code), regime.clone());
            let Some(form) = library.forms().find(|form| form.code == regime.form) else {
                continue;
            };
            for cell in &form.cells {
                let code = format!("{}.{}", regime.code, cell.id);
                let element = Element {
                    regime: regime.code.clone(),
                    cell: cell.id.clone(),
                    name: cell.label.clone(),
                    code: code.clone(),
                    is_number: cell.kind.is_number(),
                };
                elements.insert(uid(&format!("element {code}")), element);
            }
        }
        let units = directory
            .agencies()
            .filter(|agency| agency.level != AgencyLevel::Unit)
            .map(|agency| (org_unit(agency.id), agency.id));
        Self { regimes, elements, units: units.collect() }
    }

    /// The data element of an identifier or a code, perhaps with the one combination behind it.
    pub(crate) fn element(&self, name: &str) -> Option<(&str, &Element)> {
        let name = name.strip_suffix(DEFAULT).and_then(|n| n.strip_suffix('.')).unwrap_or(name);
        let found = self.elements.get_key_value(name);
        let found = found.or_else(|| self.elements.iter().find(|(_, one)| one.code == name));
        found.map(|(id, one)| (id.as_str(), one))
    }

    /// The agency of an identifier or an official code.
    pub(crate) fn unit(&self, directory: &Directory, name: &str) -> Option<AgencyId> {
        let by_code = || {
            let agency = directory.agency_by_code(&name.parse().ok()?)?;
            Some(agency.id)
        };
        self.units.get(name).copied().or_else(by_code)
    }

    /// The regime of a data set's identifier or a code.
    pub(crate) fn regime(&self, name: &str) -> Option<&Arc<Regime>> {
        self.regimes.get(name).or_else(|| self.regimes.values().find(|one| one.code == name))
    }
}

/// The identifier of a regime.
pub(crate) fn data_set(code: &str) -> String {
    uid(&format!("regime {code}"))
}

/// The identifier of an agency.
pub(crate) fn org_unit(agency: AgencyId) -> String {
    uid(&format!("agency {agency}"))
}

/// The period of a regime that DHIS2 calls so.
pub(crate) fn period(regime: &Regime, name: &str) -> Option<Period> {
    let Some(frequency) = regime.frequency else {
        return regime.rounds.iter().map(|round| round.period).find(|p| regime.dhis2(*p) == name);
    };
    let year: i32 = name.get(..4)?.parse().ok()?;
    let months = (1..=12).filter_map(|month| indicators::Month::from_number(year * 100 + month));
    months.filter_map(|month| frequency.period(month)).find(|p| frequency.dhis2(*p) == name)
}

/// The periods of a regime within what DHIS2 calls so: the one of that name, or those that a
/// quarter, a half or a year of the calendar is made of.
pub(crate) fn periods(regime: &Regime, name: &str) -> Vec<Period> {
    if let Some(found) = period(regime, name) {
        return vec![found];
    }
    let part = |of: &str, months: i32| {
        let number: i32 = of.parse().ok().filter(|n| (1..=12 / months).contains(n))?;
        Some(((number - 1) * months + 1, number * months))
    };
    let (Some(year), Some(frequency)) =
        (name.get(..4).and_then(|year| year.parse::<i32>().ok()), regime.frequency)
    else {
        return Vec::new();
    };
    let span = match name.get(4..).and_then(|rest| rest.split_at_checked(1)) {
        None => Some((1, 12)),
        Some(("Q", rest)) => part(rest, 3),
        Some(("S", rest)) => part(rest, 6),
        Some(_) => None,
    };
    let Some((first, last)) = span else { return Vec::new() };
    // Nine months are no part of a year beside its other parts.
    if frequency == Frequency::NineMonths || frequency.months() > last - first {
        return Vec::new();
    }
    let months = (first..=last).filter_map(|n| indicators::Month::from_number(year * 100 + n));
    months.filter_map(|month| frequency.period(month)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_as_dhis2_has_them_and_stay() {
        let id = uid("element TTHC-T.tong-hop.xong.so");
        assert_eq!(id.len(), 11);
        assert!(id.starts_with(|c: char| c.is_ascii_alphabetic()));
        assert!(id.chars().all(|c| c.is_ascii_alphanumeric()));
        assert_eq!(id, uid("element TTHC-T.tong-hop.xong.so"));
    }
}
