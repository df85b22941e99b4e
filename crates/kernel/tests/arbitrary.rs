//! Whatever people type: a code is read, or refused with its reason, and never a panic.

use kernel::{
    Actor, AgencyCode, AgencyId, CaseCode, CitizenId, PhoneNumber, PlaceCode, ProcedureCode,
    TaxCode, Tenant, fold, initials, nfc, search_terms,
};
use proptest::prelude::*;

/// Good codes with a few characters put in, taken out or turned over, and anything at all.
fn typed() -> impl Strategy<Value = String> {
    let good = prop::sample::select(vec![
        "H55.62-261123-0042",
        "1.001193",
        "019197008821",
        "0100109106-001",
        "+84 912 345 604",
        "05443",
        "officer:0198f4c2-0000-7000-8000-000000000001/0198f4c2-0000-7000-8000-000000000002",
    ]);
    let slipped = (good, any::<prop::sample::Index>(), ".{0,3}").prop_map(|(good, at, put)| {
        let mut letters: Vec<char> = good.chars().collect();
        let at = at.index(letters.len());
        letters.splice(at..(at + 1), put.chars());
        letters.into_iter().collect()
    });
    prop_oneof![any::<String>(), slipped, "[0-9A-Z.\\- ]{0,40}"]
}

/// What is taken reads the same again from its own text.
fn stays<T>(text: &str) -> Result<(), TestCaseError>
where
    T: std::str::FromStr + ToString + PartialEq + std::fmt::Debug,
{
    if let Ok(taken) = text.parse::<T>() {
        let again = taken.to_string().parse::<T>().ok();
        prop_assert_eq!(again, Some(taken));
    }
    Ok(())
}

proptest! {
    #[test]
    fn codes_are_read_or_refused(text in typed()) {
        stays::<AgencyCode>(&text)?;
        stays::<ProcedureCode>(&text)?;
        stays::<CaseCode>(&text)?;
        stays::<CitizenId>(&text)?;
        stays::<TaxCode>(&text)?;
        stays::<PhoneNumber>(&text)?;
        stays::<PlaceCode>(&text)?;
        stays::<Tenant>(&text)?;
        stays::<Actor>(&text)?;
        stays::<AgencyId>(&text)?;
    }

    #[test]
    fn what_is_taken_can_be_shown(text in typed()) {
        if let Ok(id) = text.parse::<CitizenId>() {
            let _ = (id.masked(), id.birth_year());
        }
        if let Ok(phone) = text.parse::<PhoneNumber>() {
            let _ = phone.masked();
        }
        let _ = (fold(&text), nfc(&text), initials(&text), search_terms(&text));
    }
}
