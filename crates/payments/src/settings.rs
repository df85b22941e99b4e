//! Where money goes: which account receives for which agency.

use jiff::SignedDuration;
use kernel::AgencyCode;
use serde::Deserialize;

use crate::{ConfigFault, Gateway, StatementSettings, vietqr::BankAccount};

/// The account of an agency and of those below it.
#[derive(Debug, Clone, Deserialize)]
pub struct AccountSettings {
    /// Whose; of everybody, where none is named.
    #[serde(default)]
    pub agency: Option<AgencyCode>,
    /// The account.
    #[serde(flatten)]
    pub account: BankAccount,
}

/// Everything about payments that a province decides.
#[derive(Debug, Default)]
pub struct Settings {
    /// Accounts.
    pub accounts: Vec<AccountSettings>,
    /// Gateways.
    pub gateways: Vec<Gateway>,
    /// Statements.
    pub statements: Vec<StatementSettings>,
    /// How long an order is offered.
    pub life: Option<SignedDuration>,
}

impl Settings {
    /// How long an order is offered: three days, where nothing else was said.
    #[must_use]
    pub fn life(&self) -> SignedDuration {
        self.life.unwrap_or(SignedDuration::from_hours(72))
    }

    /// The account of an agency: its own, else the nearest above it by the groups of its code,
    /// else that of everybody.
    #[must_use]
    pub fn account(&self, agency: &AgencyCode) -> Option<&BankAccount> {
        let below = |above: &str| {
            let rest = agency.as_str().strip_prefix(above);
            rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let fitting = self.accounts.iter().filter_map(|entry| match &entry.agency {
            None => Some((0, entry)),
            Some(code) => below(code.as_str()).then(|| (code.as_str().len(), entry)),
        });
        fitting.max_by_key(|(length, _)| *length).map(|(_, entry)| &entry.account)
    }

    /// The gateway of a name.
    #[must_use]
    pub fn gateway(&self, name: &str) -> Option<&Gateway> {
        self.gateways.iter().find(|gateway| gateway.name() == name)
    }

    /// The statements of a source.
    #[must_use]
    pub fn statement(&self, source: &str) -> Option<&StatementSettings> {
        self.statements.iter().find(|settings| settings.source == source)
    }
}

/// A name that stands in addresses and in the journal.
pub(crate) fn check_name(name: &str) -> Result<(), ConfigFault> {
    let plain = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
    if (1..=32).contains(&name.len()) && name.bytes().all(plain) {
        Ok(())
    } else {
        Err(ConfigFault::Name(name.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_goes_to_the_nearest_account() {
        let account = |number: &str, agency: Option<&str>| AccountSettings {
            agency: agency.map(|code| code.parse().unwrap()),
            account: BankAccount::new("B".into(), "970436".into(), number.into(), "H".into())
                .unwrap(),
        };
        let accounts =
            vec![account("1", None), account("2", Some("H55.6")), account("3", Some("H55.62"))];
        let settings = Settings { accounts, ..Settings::default() };
        let of = |code: &str| settings.account(&code.parse().unwrap()).unwrap().number().to_owned();
        assert_eq!(of("H55.62"), "3");
        assert_eq!(of("H55.62.01"), "3");
        assert_eq!(of("H55.6.1"), "2");
        assert_eq!(of("H55.63"), "1", "H55.6 is no group of its code");
    }
}
