//! What the cube has to know of procedures, which no event says.

use std::collections::{BTreeMap, HashMap};

use kernel::ProcedureCode;
use procedure::{Matter, OnlineLevel, Procedure};
use serde::{Deserialize, Serialize};

/// A procedure code as a number: `1.001193` is 1001193.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct ProcedureNumber(u32);

impl ProcedureNumber {
    /// No procedure.
    pub const NONE: Self = Self(0);

    /// The number of a code.
    #[must_use]
    pub fn of(code: &ProcedureCode) -> Self {
        let digits = code.as_str().bytes().filter(u8::is_ascii_digit);
        Self(digits.fold(0, |number, digit| number * 10 + u32::from(digit - b'0')))
    }

    /// The number as the store has it.
    #[must_use]
    pub const fn from_number(number: u32) -> Self {
        Self(number)
    }

    /// The number as the store has it.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// The code; none of none.
    #[must_use]
    pub fn code(self) -> Option<ProcedureCode> {
        format!("{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000).parse().ok()
    }
}

/// What facts depend on in one version of a procedure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Traits {
    /// What kind of matter its cases are.
    pub matter: Matter,
    /// Whether it can be done wholly online (toàn trình, Decree 42/2022).
    pub full_online: bool,
    /// Whether anything may be owed.
    pub bears_fees: bool,
}

impl Traits {
    /// Of a procedure that the catalogue does not know.
    const UNKNOWN: Self = Self { matter: Matter::Dossier, full_online: false, bears_fees: false };
}

/// Every version of every procedure that a case may have run under. A version never changes, so
/// what is counted today is counted so in ten years.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    versions: HashMap<(ProcedureNumber, u32), Traits>,
    /// Procedures by lĩnh vực.
    fields: BTreeMap<String, Vec<ProcedureNumber>>,
}

impl Catalogue {
    /// The catalogue of these versions of procedures.
    pub fn of<'p>(procedures: impl IntoIterator<Item = &'p Procedure>) -> Self {
        let mut catalogue = Self::default();
        for one in procedures {
            let traits = Traits {
                matter: one.matter,
                full_online: one.online_level == OnlineLevel::Full,
                bears_fees: !one.fees.is_empty(),
            };
            catalogue.add(&one.code, one.version, &one.sector, traits);
        }
        catalogue
    }

    /// Adds a version of a procedure.
    pub fn add(&mut self, code: &ProcedureCode, version: u32, field: &str, traits: Traits) {
        let number = ProcedureNumber::of(code);
        self.versions.insert((number, version), traits);
        let of_field = self.fields.entry(field.to_owned()).or_default();
        if let Err(place) = of_field.binary_search(&number) {
            of_field.insert(place, number);
        }
    }

    /// What facts depend on in that version.
    #[must_use]
    pub fn traits(&self, procedure: ProcedureNumber, version: u32) -> Traits {
        self.versions.get(&(procedure, version)).copied().unwrap_or(Traits::UNKNOWN)
    }

    /// The procedures of a lĩnh vực, in order; none where there is no such.
    #[must_use]
    pub fn of_field(&self, field: &str) -> &[ProcedureNumber] {
        self.fields.get(field).map_or(&[], Vec::as_slice)
    }

    /// Every lĩnh vực.
    pub fn fields(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_a_number_and_back() {
        for text in ["1.001193", "9.900001", "0.000001"] {
            let code: ProcedureCode = text.parse().unwrap();
            assert_eq!(ProcedureNumber::of(&code).code(), Some(code));
        }
    }
}
