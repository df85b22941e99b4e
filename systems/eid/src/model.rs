//! The types, and the rules that are pure.

use identity::party::Party;
use kernel::{EventId, Instant, PartyId, PhoneNumber, PostId};
use serde::{Deserialize, Serialize};
use web::form;

/// Open requests that one person may have; more would hide from the officer what matters.
pub const CORRECTIONS_OPEN_MAX: u64 = 5;
/// Letters of an answer to "what is wrong", "what is right", "why".
pub const LETTERS_MAX: usize = 1000;

kernel::words! {
    /// What can be put right here. The identity number cannot: it says who somebody is, and is
    /// changed by those who issue it.
    CorrectField {
        /// Full name.
        Name = "name",
        /// Day of birth.
        Born = "born",
        /// Telephone.
        Phone = "phone",
        /// E-mail.
        Email = "email",
        /// Address.
        Address = "address",
    }
}

kernel::words! {
    /// How a request stands.
    Status {
        /// Waits for a decision.
        Open = "open",
        /// What is known was changed.
        Made = "made",
        /// Nothing was changed; the answer says why.
        Refused = "refused",
    }
}

impl CorrectField {
    /// What is known under this name, as people write it.
    #[must_use]
    pub fn of(self, party: &Party) -> String {
        let text = match self {
            Self::Name => Some(party.name.clone()),
            Self::Born => party.born.map(kernel::vn_date),
            Self::Phone => party.phone.as_ref().map(|phone| phone.as_str().to_owned()),
            Self::Email => party.email.clone(),
            Self::Address => party.address.clone(),
        };
        text.unwrap_or_default()
    }

    /// Whether a text can stand there.
    #[must_use]
    pub fn fits(self, right: &str) -> bool {
        match self {
            Self::Name => {
                right.split_whitespace().count() >= 2 && !right.contains(char::is_numeric)
            }
            Self::Born => form::date(right).is_ok(),
            Self::Phone => right.parse::<PhoneNumber>().is_ok(),
            Self::Email => right.contains('@'),
            Self::Address => right.chars().count() >= 5,
        }
    }

    /// Writes it. What does not fit changes nothing.
    pub fn put(self, party: &mut Party, right: &str) {
        match self {
            Self::Name => party.name = kernel::nfc(right),
            Self::Born => party.born = form::date(right).ok().or(party.born),
            Self::Phone => party.phone = right.parse().ok().or(party.phone.take()),
            Self::Email => party.email = Some(right.to_owned()),
            Self::Address => party.address = Some(right.to_owned()),
        }
    }
}

/// What somebody says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What is held now, when they said it.
    pub wrong: String,
    /// What should stand there.
    pub right: String,
    /// How they know: "the birth certificate says so".
    pub why: String,
}

/// A request to put something right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// Its number.
    pub id: EventId,
    /// Whose data.
    pub party: PartyId,
    /// Which of it.
    pub field: CorrectField,
    /// In their words; none where the data was destroyed.
    pub said: Option<Said>,
    /// When.
    pub filed_at: Instant,
    /// How it stands.
    pub status: Status,
    /// When it was decided, and by which post.
    pub decided: Option<(Instant, PostId)>,
    /// What the officer answered.
    pub reply: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_stand_there_is_refused_before_an_officer_sees_it() {
        assert!(CorrectField::Born.fits("19/05/1997") && !CorrectField::Born.fits("31/02/1997"));
        assert!(CorrectField::Phone.fits("0912 345 604") && !CorrectField::Phone.fits("12"));
        assert!(CorrectField::Name.fits("Hoàng Sương") && !CorrectField::Name.fits("Sương"));
        assert!(!CorrectField::Email.fits("suong"));
    }

    #[test]
    fn what_is_put_right_is_read_back() {
        let mut party = Party {
            name: "A B".into(),
            number: None,
            born: None,
            phone: None,
            email: None,
            address: None,
        };
        for (field, right) in [
            (CorrectField::Name, "Hoàng Thị Mai Sương"),
            (CorrectField::Born, "19/05/1997"),
            (CorrectField::Phone, "0912345604"),
            (CorrectField::Email, "suong@example.vn"),
            (CorrectField::Address, "Tổ 5, phường Phan Đình Phùng"),
        ] {
            field.put(&mut party, right);
            assert_eq!(field.of(&party), right);
        }
    }
}
