//! What was typed into a search, told by its form.

use identity::party::PartyNumber;
use kernel::{AgencyCode, CaseCode};

/// What was typed into the search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sought {
    /// A whole code.
    Code(CaseCode),
    /// A part of a code.
    Part(CodePart),
    /// An official number of the applicant.
    Number(PartyNumber),
    /// Words of a name.
    Name(String),
}

/// A part of a code that can be looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodePart {
    /// Day and serial number: `261117-0031`.
    DaySerial(String),
    /// A serial number, of the last days.
    Serial(String),
    /// Agency and at least year and month: `H55.62-2611`.
    Prefix(String),
}

/// Reads what was typed; none for nothing, and for what can be no search.
#[must_use]
pub fn sought(typed: &str) -> Option<Sought> {
    let text = kernel::nfc(typed);
    let upper = text.to_uppercase();
    if let Ok(code) = upper.parse::<CaseCode>() {
        return Some(Sought::Code(code));
    }
    if let Ok(number) = text.parse() {
        return Some(Sought::Number(PartyNumber::Citizen(number)));
    }
    if let Ok(number) = text.parse() {
        return Some(Sought::Number(PartyNumber::Tax(number)));
    }
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if digits(&text) && text.len() <= 8 {
        return Some(Sought::Part(CodePart::Serial(format!("{text:0>4}"))));
    }
    match upper.rsplit_once('-') {
        Some((day, serial)) if day.len() == 6 && digits(day) && digits(serial) => {
            let code = format!("{day}-{serial:0>4}");
            Some(Sought::Part(CodePart::DaySerial(code)))
        }
        Some((agency, day))
            if agency.parse::<AgencyCode>().is_ok() && digits(day) && day.len() >= 4 =>
        {
            Some(Sought::Part(CodePart::Prefix(upper)))
        }
        _ => {
            let name = kernel::fold(&text);
            (!name.is_empty()).then_some(Sought::Name(text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_says_what_it_is() {
        let is = |typed: &str| sought(typed);
        let part = |part| Some(Sought::Part(part));
        assert_eq!(
            is("h55.62-261117-0031"),
            Some(Sought::Code("H55.62-261117-0031".parse().unwrap()))
        );
        assert_eq!(is("261117-31"), part(CodePart::DaySerial("261117-0031".into())));
        assert_eq!(is("31"), part(CodePart::Serial("0031".into())));
        assert_eq!(is("H55.62-2611"), part(CodePart::Prefix("H55.62-2611".into())));
        assert_eq!(is(" Nguyễn  Văn "), Some(Sought::Name("Nguyễn Văn".into())));
        assert!(matches!(is("019 197 000 821"), Some(Sought::Number(PartyNumber::Citizen(_)))));
        assert_eq!(is("  "), None);
        assert_eq!(is("-"), None);
    }
}
