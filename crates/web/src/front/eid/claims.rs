//! From what a provider says, by the names that the configuration knows, to a party.

use identity::party::{Party, PartyNumber};
use jiff::civil::Date;
use kernel::nfc;
use serde_json::{Map, Value};

use super::{ClaimNames, Refused};
use crate::form;

/// Longer texts of a provider are cut.
const LETTERS_MAX: usize = 300;

/// The person of these claims. Number and name must be there and right; what else does not fit is
/// left out, since the person can say it better.
///
/// # Errors
/// [`Refused::Nameless`].
pub(super) fn party(claims: &Map<String, Value>, names: &ClaimNames) -> Result<Party, Refused> {
    let text = |name: &str| text(claims, name);
    let number = text(&names.number).and_then(|number| number.parse().ok());
    let number = number.ok_or(Refused::Nameless("a citizen's number"))?;
    let name = text(&names.name).ok_or(Refused::Nameless("a name"))?;
    Ok(Party {
        name: name.split_whitespace().collect::<Vec<_>>().join(" "),
        number: Some(PartyNumber::Citizen(number)),
        born: text(&names.born).and_then(|born| day(&born)),
        phone: text(&names.phone).and_then(|phone| phone.parse().ok()),
        email: text(&names.email).filter(|email| email.contains('@')),
        address: text(&names.address),
    })
}

/// The text of a claim; a dot leads into an object.
fn text(claims: &Map<String, Value>, name: &str) -> Option<String> {
    let mut parts = name.split('.');
    let mut value = claims.get(parts.next()?)?;
    for part in parts {
        value = value.get(part)?;
    }
    let text = nfc(value.as_str()?.trim());
    let text: String = text.chars().filter(|c| !c.is_control()).take(LETTERS_MAX).collect();
    (!text.is_empty()).then_some(text)
}

fn day(text: &str) -> Option<Date> {
    text.parse().ok().or_else(|| form::date(text).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(claims: Value, names: &ClaimNames) -> Result<Party, Refused> {
        let Value::Object(claims) = claims else { panic!("an object") };
        party(&claims, names)
    }

    #[test]
    fn a_citizen_is_read_by_the_names_of_the_configuration() {
        let names = ClaimNames {
            number: "so_dinh_danh".into(),
            name: "ho_ten".into(),
            born: "ngay_sinh".into(),
            address: "thuong_tru.day_du".into(),
            ..ClaimNames::default()
        };
        let claims = json!({
            "so_dinh_danh": "019197008821", "ho_ten": " Hoàng Thị  Mai Sương ",
            "ngay_sinh": "19/05/1997", "phone_number": "+84912345604",
            "thuong_tru": { "day_du": "Tổ 5, phường Phan Đình Phùng" }, "email": "none",
        });
        let party = said(claims, &names).unwrap();
        assert_eq!(party.name, "Hoàng Thị Mai Sương");
        assert_eq!(party.born, Some(Date::new(1997, 5, 19).unwrap()));
        assert_eq!(party.phone.unwrap().as_str(), "0912345604");
        assert_eq!(party.address.as_deref(), Some("Tổ 5, phường Phan Đình Phùng"));
        assert_eq!(party.email, None, "what is none is left out");
    }

    #[test]
    fn who_is_not_named_is_not_signed_in() {
        let names = ClaimNames::default();
        let refused = |claims| said(claims, &names).unwrap_err();
        assert_eq!(refused(json!({ "name": "A" })), Refused::Nameless("a citizen's number"));
        let wrong = json!({ "name": "A", "citizen_id": "003197008821" });
        assert_eq!(refused(wrong), Refused::Nameless("a citizen's number"));
        let nameless = json!({ "citizen_id": "019197008821", "name": " " });
        assert_eq!(refused(nameless), Refused::Nameless("a name"));
    }
}
