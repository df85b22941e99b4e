//! Channels, addresses, and what is to be said.

use std::fmt;

use kernel::{CaseId, EventId, Instant, PartyId, PersonId, PhoneNumber, words};
use serde::{Deserialize, Serialize};

use crate::AddressFault;

kernel::ids! {
    /// One address of a person.
    ContactId = ContactKind, "contact";
    /// One thing to be said to one address; receivers know it by this, however often it comes.
    NoticeId = NoticeKind, "notice";
}

words! {
    /// A way to reach somebody.
    Channel {
        /// E-mail.
        Email = "email",
        /// A browser that subscribed.
        Push = "push",
        /// A text message.
        Sms = "sms",
        /// Zalo.
        Zalo = "zalo",
    }
}

impl Channel {
    /// Whether it makes a sound, so that it waits while people want quiet.
    #[must_use]
    pub const fn is_loud(self) -> bool {
        !matches!(self, Self::Email)
    }
}

words! {
    /// What there is to say. Each is a sentence in the room's texts.
    Occasion {
        /// An application came in.
        Filed = "filed",
        /// It was taken on.
        TakenOn = "taken_on",
        /// It was not taken on.
        Declined = "declined",
        /// Something is missing.
        SupplementAsked = "supplement_asked",
        /// What was missing came.
        SupplementReceived = "supplement_received",
        /// Something is to be paid.
        PaymentAsked = "payment_asked",
        /// It was paid.
        Paid = "paid",
        /// It takes longer: an apology, and a new date.
        Extended = "extended",
        /// It is late, and nobody said so before; of a report the head was told too.
        Late = "late",
        /// It was stopped.
        Stopped = "stopped",
        /// It was taken back.
        Withdrawn = "withdrawn",
        /// The result is there.
        ResultReady = "result_ready",
        /// A report went to the agency that answers it.
        Forwarded = "forwarded",
        /// The answer to a report was published.
        Published = "published",
        /// A report goes on together with another one.
        Merged = "merged",
        /// A report was opened again.
        Reopened = "reopened",
        /// An officer wrote down that somebody may file in their name.
        MandateRecorded = "mandate_recorded",
        /// An alert was raised that is theirs to see to.
        AlertOpened = "alert_opened",
        /// An alert that nobody acknowledged in time is theirs now.
        AlertEscalated = "alert_escalated",
        /// Somebody gave this address, and is asked whether it is theirs.
        Confirm = "confirm",
    }
}

words! {
    /// Whether an address is used.
    ContactState {
        /// It was given, and nobody has confirmed it yet.
        Unconfirmed = "unconfirmed",
        /// It is used.
        On = "on",
        /// Nobody is there any more.
        Gone = "gone",
    }
}

words! {
    /// Where a notice stands.
    NoticeState {
        /// It waits to be sent, or to be tried again.
        Waiting = "waiting",
        /// It was handed to whoever delivers it.
        Sent = "sent",
        /// It was given up; an operator may try again.
        Dead = "dead",
        /// There was no point any more: the address is gone, or its owner's key is.
        Dropped = "dropped",
    }
}

/// Where somebody is reached.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Address {
    /// An e-mail address.
    Email(String),
    /// A browser.
    Push(PushAddress),
    /// A telephone for text messages.
    Sms(PhoneNumber),
    /// A telephone that has Zalo.
    Zalo(PhoneNumber),
}

/// The one under whom an officer is told of their work: by their own identifier, as an agency is a
/// party by its own. Nothing else is kept of them there.
#[must_use]
pub fn officer(person: PersonId) -> PartyId {
    PartyId::from_uuid(person.uuid())
}

/// What a browser gives when it subscribes (Push API).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushAddress {
    /// Where its push service takes messages.
    pub endpoint: String,
    /// Its public key: a point on P-256, uncompressed, 65 bytes.
    pub p256dh: Vec<u8>,
    /// Its secret for authentication: 16 bytes.
    pub auth: Vec<u8>,
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Address({})", self.channel().word())
    }
}
impl fmt::Debug for PushAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PushAddress(…)")
    }
}

impl Address {
    /// An e-mail address, as somebody typed it.
    ///
    /// # Errors
    /// [`AddressFault::Email`].
    pub fn email(text: &str) -> Result<Self, AddressFault> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(AddressFault::Email)?;
        let plain = |b: u8| b.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&b);
        let local_fits = (1..=64).contains(&local.len())
            && local.bytes().all(plain)
            && local.split('.').all(|part| !part.is_empty());
        let label = |part: &str| {
            (1..=63).contains(&part.len())
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
                && !part.starts_with('-')
                && !part.ends_with('-')
        };
        let domain_fits =
            domain.len() <= 190 && domain.contains('.') && domain.split('.').all(label);
        if local_fits && domain_fits {
            Ok(Self::Email(format!("{local}@{}", domain.to_ascii_lowercase())))
        } else {
            Err(AddressFault::Email)
        }
    }

    /// By which way it is reached.
    #[must_use]
    pub const fn channel(&self) -> Channel {
        match self {
            Self::Email(_) => Channel::Email,
            Self::Push(_) => Channel::Push,
            Self::Sms(_) => Channel::Sms,
            Self::Zalo(_) => Channel::Zalo,
        }
    }

    /// What tells it from every other of its channel.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Email(address) => address,
            Self::Push(push) => &push.endpoint,
            Self::Sms(phone) | Self::Zalo(phone) => phone.as_str(),
        }
    }

    /// The address with its middle covered, for the page of its owner.
    #[must_use]
    pub fn masked(&self) -> String {
        match self {
            Self::Email(address) => {
                let (local, domain) = address.split_once('@').unwrap_or((address, ""));
                let shown: String = local.chars().take(2).collect();
                format!("{shown}•••@{domain}")
            }
            Self::Push(push) => {
                let rest = push.endpoint.split("://").nth(1).unwrap_or_default();
                rest.split('/').next().unwrap_or_default().to_owned()
            }
            Self::Sms(phone) | Self::Zalo(phone) => phone.masked(),
        }
    }
}

/// An address of somebody, with whether it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its identifier.
    pub id: ContactId,
    /// Whose.
    pub party: PartyId,
    /// By which way.
    pub channel: Channel,
    /// Where.
    pub address: Address,
    /// Whether it is used.
    pub state: ContactState,
    /// Until when it may be confirmed.
    pub confirm_until: Option<Instant>,
    /// When something last reached it.
    pub told_at: Option<Instant>,
}

/// One thing to be said to one address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its identifier.
    pub id: NoticeId,
    /// To whom.
    pub party: PartyId,
    /// Of which case.
    pub case: Option<CaseId>,
    /// Because of which event.
    pub event: EventId,
    /// What.
    pub occasion: Occasion,
    /// To which address.
    pub contact: ContactId,
    /// By which way.
    pub channel: Channel,
    /// How often it was tried, this time included.
    pub attempts: u32,
    /// When it became due first.
    pub created_at: Instant,
}

/// What became of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// Where it stands.
    pub state: NoticeState,
    /// When it is tried again, while it waits.
    pub next_at: Instant,
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn an_email_address_is_one_or_not() {
        for good in ["hoa@example.vn", " Nguyen.Hoa+ho-so@Mail.Example.VN "] {
            assert!(Address::email(good).is_ok(), "{good}");
        }
        for bad in [
            "",
            "hoa",
            "@example.vn",
            "hoa@",
            "hoa@vn",
            "a b@example.vn",
            ".a@example.vn",
            "a..b@example.vn",
            "hoa@-a.vn",
            "hoa@example.vn\r\nBcc: x@y.vn",
            "\"a\"@example.vn",
        ] {
            assert_eq!(Address::email(bad), Err(AddressFault::Email), "{bad:?}");
        }
        assert_eq!(Address::email("hoa.nguyen@example.vn").unwrap().masked(), "ho•••@example.vn");
    }

    proptest! {
        #[test]
        fn no_address_carries_a_line_break_or_a_second_receiver(text in "\\PC{0,40}@\\PC{0,40}") {
            if let Ok(Address::Email(address)) = Address::email(&text) {
                prop_assert!(!address.contains(['\r', '\n', ' ', ',', ';', '<', '>']));
                prop_assert_eq!(address.matches('@').count(), 1);
            }
        }
    }
}
