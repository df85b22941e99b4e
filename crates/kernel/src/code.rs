//! Official codes, each right by construction.

use std::{fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// Why a text is not the code that it should be. The edge turns it into a sentence for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CodeError {
    /// Not a UUID.
    #[error("an identifier is a UUID")]
    Identifier,
    /// Not a place code.
    #[error("a place code has two or five digits")]
    Place,
    /// Not a tenant code.
    #[error("a tenant is a capital letter and digits, as in H55")]
    Tenant,
    /// Not the text form of an actor.
    #[error("an actor is officer:…, party:… or system:…")]
    Actor,
    /// Not an agency code.
    #[error("an agency code has at most 35 letters and digits, in groups parted by dots")]
    Agency,
    /// Not a procedure code.
    #[error("a procedure code is one digit, a dot and six digits")]
    Procedure,
    /// Not a dossier code.
    #[error("a dossier code is AGENCY-YYMMDD-NNNN")]
    Case,
    /// A citizen's number that has not 12 digits.
    #[error("a personal identity number has 12 digits")]
    CitizenDigits,
    /// A citizen's number whose first three digits name no province of registration.
    #[error("the first three digits of a personal identity number name a province")]
    CitizenProvince,
    /// A tax code that has not 10 or 13 digits.
    #[error("a tax code has 10 digits, or 10, a hyphen and 3")]
    TaxDigits,
    /// A tax code whose check digit does not fit.
    #[error("the check digit of the tax code does not fit")]
    TaxCheck,
    /// Not a telephone number in Việt Nam.
    #[error("a telephone number has 10 or 11 digits and begins with 0")]
    Phone,
}

/// A string type with a checked form: private field, parsing, text and JSON.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The code as it is written.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = CodeError;

            fn try_from(text: String) -> Result<Self, CodeError> {
                text.parse()
            }
        }
        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.0
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

code! {
    /// Identifier code of an agency, top-down and dot-separated (`H55.07`), at most 35
    /// characters (Decision 20/2020/QĐ-TTg).
    AgencyCode
}
code! {
    /// Code of an administrative procedure in the national database (`1.001193`).
    ProcedureCode
}
code! {
    /// Code of a dossier, `AGENCY-YYMMDD-NNNN`: who received it, on which day, the how-manieth
    /// of that day. It stays with the dossier through every channel and merger.
    CaseCode
}
code! {
    /// A citizen's personal identity number: 12 digits, of which the first three name the
    /// province of registration and the fourth century and sex. It has no check digit.
    CitizenId
}
code! {
    /// Tax code of an organisation or household: 10 digits with a check digit, and -NNN for a
    /// dependent unit.
    TaxCode
}
code! {
    /// A telephone number in Việt Nam, digits only, with its leading 0.
    PhoneNumber
}

fn digits(text: &str, len: usize) -> bool {
    text.len() == len && text.bytes().all(|b| b.is_ascii_digit())
}

impl FromStr for AgencyCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let group = |g: &str| !g.is_empty() && g.bytes().all(|b| b.is_ascii_alphanumeric());
        let fits = text.len() <= 35 && text.split('.').all(group);
        if fits { Ok(Self(text.to_owned())) } else { Err(CodeError::Agency) }
    }
}

impl FromStr for ProcedureCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let (head, tail) = text.split_once('.').ok_or(CodeError::Procedure)?;
        let fits = digits(head, 1) && digits(tail, 6);
        if fits { Ok(Self(text.to_owned())) } else { Err(CodeError::Procedure) }
    }
}

impl CaseCode {
    /// The code of the `serial`-th dossier that `agency` received on `day`.
    #[must_use]
    pub fn new(agency: &AgencyCode, day: Date, serial: u32) -> Self {
        let (year, month, date) = (day.year().rem_euclid(100), day.month(), day.day());
        Self(format!("{agency}-{year:02}{month:02}{date:02}-{serial:04}"))
    }
}

impl FromStr for CaseCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let mut parts = text.rsplitn(3, '-');
        let serial = parts.next().unwrap_or_default();
        let day = parts.next().unwrap_or_default();
        let agency = parts.next().ok_or(CodeError::Case)?;
        let counted = (4..=8).contains(&serial.len()) && serial.bytes().all(|b| b.is_ascii_digit());
        let fits = counted && digits(day, 6) && agency.parse::<AgencyCode>().is_ok();
        if fits { Ok(Self(text.to_owned())) } else { Err(CodeError::Case) }
    }
}

impl CitizenId {
    /// The number with all but its first and last three digits covered: `019 ••• ••• 821`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{} ••• ••• {}", &self.0[..3], &self.0[9..])
    }

    /// Year of birth, from the fourth to sixth digits.
    #[must_use]
    pub fn birth_year(&self) -> i16 {
        let digit = |i: usize| i16::from(self.0.as_bytes()[i] - b'0');
        1900 + digit(3) / 2 * 100 + digit(4) * 10 + digit(5)
    }
}

/// The provincial codes of Decision 124/2004/QĐ-TTg that identity numbers begin with; they did
/// not change with the mergers of 2025.
const CITIZEN_PROVINCES: [u8; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37,
    38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77,
    79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
];

impl FromStr for CitizenId {
    type Err = CodeError;

    /// Spaces and dots, as people copy them, are taken out first.
    fn from_str(text: &str) -> Result<Self, CodeError> {
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        if !digits(&text, 12) {
            return Err(CodeError::CitizenDigits);
        }
        let province = text[..3].parse().unwrap_or(0);
        if CITIZEN_PROVINCES.contains(&province) {
            Ok(Self(text))
        } else {
            Err(CodeError::CitizenProvince)
        }
    }
}

impl FromStr for TaxCode {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        const WEIGHTS: [u32; 9] = [31, 29, 23, 19, 17, 13, 7, 5, 3];
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (main, branch) = text.split_once('-').unwrap_or((&text, "000"));
        if !digits(main, 10) || !digits(branch, 3) {
            return Err(CodeError::TaxDigits);
        }
        let sum: u32 = main.bytes().zip(WEIGHTS).map(|(b, w)| u32::from(b - b'0') * w).sum();
        let check = u32::from(main.as_bytes()[9] - b'0');
        // A remainder of 0 would ask for a check digit of 10, so such numbers are not issued.
        if !sum.is_multiple_of(11) && 10 - sum % 11 == check {
            Ok(Self(text))
        } else {
            Err(CodeError::TaxCheck)
        }
    }
}

impl PhoneNumber {
    /// The number with its middle covered: `0912 ••• 604`.
    #[must_use]
    pub fn masked(&self) -> String {
        format!("{} ••• {}", &self.0[..4], &self.0[self.0.len() - 3..])
    }
}

impl FromStr for PhoneNumber {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let text: String = text.chars().filter(|c| !matches!(c, ' ' | '.' | '-')).collect();
        let text = match text.strip_prefix("+84") {
            Some(rest) => format!("0{rest}"),
            None => text,
        };
        let fits = text.starts_with('0') && (digits(&text, 10) || digits(&text, 11));
        if fits { Ok(Self(text)) } else { Err(CodeError::Phone) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dossier_codes_name_agency_day_and_serial() {
        let agency = "H55.62".parse().unwrap();
        let code = CaseCode::new(&agency, jiff::civil::date(2026, 11, 23), 8);
        assert_eq!(code.as_str(), "H55.62-261123-0008");
        assert_eq!(code.as_str().parse(), Ok(code));
        assert_eq!("H55.62-261123".parse::<CaseCode>(), Err(CodeError::Case));
        assert_eq!(
            "000.01.12.H28-240115-0001".parse::<CaseCode>().map(String::from).ok().as_deref(),
            Some("000.01.12.H28-240115-0001")
        );
    }

    #[test]
    fn identity_numbers_are_explained_not_just_refused() {
        let id: CitizenId = "019 197 008 821".parse().unwrap();
        assert_eq!((id.masked().as_str(), id.birth_year()), ("019 ••• ••• 821", 1997));
        assert_eq!("01919700882".parse::<CitizenId>(), Err(CodeError::CitizenDigits));
        assert_eq!("003197008821".parse::<CitizenId>(), Err(CodeError::CitizenProvince));
        assert_eq!("0١9197008821".parse::<CitizenId>(), Err(CodeError::CitizenDigits));
    }

    #[test]
    fn tax_codes_carry_a_check_digit() {
        assert!("0100109106".parse::<TaxCode>().is_ok());
        assert!("0100109106-001".parse::<TaxCode>().is_ok());
        assert_eq!("0100109107".parse::<TaxCode>(), Err(CodeError::TaxCheck));
        assert_eq!("01001091".parse::<TaxCode>(), Err(CodeError::TaxDigits));
    }

    #[test]
    fn telephones_lose_their_decoration() {
        let phone: PhoneNumber = "+84 912 345 604".parse().unwrap();
        assert_eq!((phone.as_str(), phone.masked().as_str()), ("0912345604", "0912 ••• 604"));
        assert_eq!("912345604".parse::<PhoneNumber>(), Err(CodeError::Phone));
    }
}
