//! Which ways a province has, and how each is spoken to.

use std::collections::BTreeMap;

use kernel::Secret;
use serde::Deserialize;

use crate::{Channel, out::VapidKey};

/// A mail server (SMTP).
#[derive(Debug, Clone)]
pub struct MailSettings {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the line is kept secret.
    pub tls: Tls,
    /// Who signs in there, and the password; nobody, where the server takes mail from us as we are.
    pub login: Option<(String, Secret)>,
    /// The address that mail comes from.
    pub from: String,
}

/// How the line to a mail server is kept secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Tls {
    /// From the first byte.
    Implicit,
    /// By STARTTLS; a server that does not offer it is refused.
    Starttls,
    /// Not at all: only to a server on the same machine.
    None,
}

/// A gateway for text messages or Zalo: an address that takes JSON.
#[derive(Debug, Clone)]
pub struct Hook {
    /// Where.
    pub url: String,
    /// What is sent, with `{phone}`, `{text}`, `{code}`, `{link}`, `{template}` and `{id}` inside
    /// its strings.
    pub body: serde_json::Value,
    /// Header fields, such as the one that lets us in.
    pub headers: Vec<(String, Secret)>,
    /// The gateway's number for each thing to be said, where it wants that (Zalo ZNS).
    pub templates: BTreeMap<String, String>,
    /// Where in the answer stands whether it was taken, as a JSON pointer; where none, the
    /// status of HTTP tells.
    pub answer: Option<String>,
    /// What stands there where it was taken.
    pub taken: String,
    /// Whether Vietnamese marks are kept; without them a text message is half as long.
    pub marks: bool,
    /// Whether telephone numbers begin with 84, as Zalo wants them.
    pub country_code: bool,
}

/// Everything about notices that a province decides. What is not there is not offered.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// E-mail.
    pub mail: Option<MailSettings>,
    /// Browsers.
    pub push: Option<Push>,
    /// Text messages.
    pub sms: Option<Hook>,
    /// Zalo.
    pub zalo: Option<Hook>,
    /// Whether who never chose a way gets text messages to the number on their application.
    pub texts_by_default: bool,
}

/// Web push (RFC 8030, 8291, 8292).
#[derive(Debug, Clone)]
pub struct Push {
    /// The key that push services know us by.
    pub key: VapidKey,
    /// Whom a push service may write to: `mailto:…` or `https:…`.
    pub subject: String,
    /// Push services besides those of the known browsers, by host; for tests and for a province
    /// with one of its own.
    pub hosts: Vec<String>,
}

/// Push services of the known browsers, with all below them.
const SERVICES: [&str; 4] =
    ["fcm.googleapis.com", "push.services.mozilla.com", "notify.windows.com", "push.apple.com"];

impl Push {
    /// Whether an address is one of a push service: nobody makes us call other machines.
    #[must_use]
    pub fn knows(&self, endpoint: &str) -> bool {
        let rest = endpoint.strip_prefix("https://");
        let plain = endpoint.strip_prefix("http://").filter(|_| !self.hosts.is_empty());
        let Some(rest) = rest.or(plain) else { return false };
        let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
        if endpoint.len() > 1_000 || authority.contains(['@', '\\']) {
            return false;
        }
        let ours = self.hosts.iter().any(|host| host == authority);
        let below = |service: &str| {
            authority == service
                || authority.strip_suffix(service).is_some_and(|left| left.ends_with('.'))
        };
        ours || (endpoint.starts_with("https://") && SERVICES.iter().any(|service| below(service)))
    }
}

impl Settings {
    /// The ways that are offered.
    #[must_use]
    pub fn channels(&self) -> Vec<Channel> {
        let there = |channel: &Channel| match channel {
            Channel::Email => self.mail.is_some(),
            Channel::Push => self.push.is_some(),
            Channel::Sms => self.sms.is_some(),
            Channel::Zalo => self.zalo.is_some(),
        };
        Channel::ALL.iter().copied().filter(there).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_push_services_are_called() {
        let key = VapidKey::fresh(&kernel::Mint::seeded(1));
        let push = Push { key, subject: "mailto:a@b.vn".into(), hosts: Vec::new() };
        for good in [
            "https://fcm.googleapis.com/fcm/send/abc",
            "https://updates.push.services.mozilla.com/wpush/v2/abc",
        ] {
            assert!(push.knows(good), "{good}");
        }
        for bad in [
            "http://fcm.googleapis.com/x",
            "https://fcm.googleapis.com@10.0.0.1/x",
            "https://evilfcm.googleapis.com.example/x",
            "https://evil-notify.windows.com.vn/",
            "https://10.0.0.1/x",
            "https://notnotify.windows.com/x",
            "file:///etc/passwd",
            "https://fcm.googleapis.com:8443/x",
        ] {
            assert!(!push.knows(bad), "{bad}");
        }
        let here = Push { hosts: vec!["127.0.0.1:9".into()], ..push };
        assert!(here.knows("http://127.0.0.1:9/x") && !here.knows("http://fcm.googleapis.com/x"));
    }
}
