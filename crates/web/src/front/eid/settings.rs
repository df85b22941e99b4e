//! How the identity provider is asked, from the configuration.

use std::collections::BTreeMap;

use identity::Assurance;
use serde::Deserialize;

/// The provider and its words. An unknown setting is refused.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Address of the provider, as it names itself: `https://sso.example.gov.vn`.
    pub issuer: String,
    /// What the province is called there.
    pub client_id: String,
    /// The secret that goes with it; none for a public client.
    #[serde(default)]
    pub client_secret: Option<String>,
    /// Name of the provider on the button: "VNeID".
    pub name: String,
    /// What is asked for besides `openid`.
    #[serde(default = "usual_scopes")]
    pub scopes: Vec<String>,
    /// Which value of `acr` is which level, 1 or 2. What is not named here is level 1.
    #[serde(default)]
    pub acr: BTreeMap<String, i64>,
    /// What the provider calls what is known of a person.
    #[serde(default)]
    pub claims: ClaimNames,
    /// How far the clocks of the provider and this house may be apart, 0 to 300 seconds.
    #[serde(default = "usual_skew")]
    pub clock_skew_seconds: u32,
}

/// Names of claims, in the ID token or of the userinfo endpoint; `address.formatted` is
/// `formatted` inside `address`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    /// Personal identity number, 12 digits.
    pub number: String,
    /// Full name.
    pub name: String,
    /// Day of birth: `1997-05-19` or `19/05/1997`.
    pub born: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
    /// Where they live, in words.
    pub address: String,
}

/// Those of OpenID Connect Core 5.1, and `citizen_id`, which it has no name for.
impl Default for ClaimNames {
    fn default() -> Self {
        Self {
            number: "citizen_id".into(),
            name: "name".into(),
            born: "birthdate".into(),
            phone: "phone_number".into(),
            email: "email".into(),
            address: "address.formatted".into(),
        }
    }
}

/// Why a provider cannot be asked with these settings.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsFault {
    /// No address, or one that anybody could read along.
    #[error("the issuer must be an https address ({0})")]
    Issuer(String),
    /// The address of this house is none.
    #[error("the address of this house is no address ({0})")]
    Address(String),
    /// A skew of more than five minutes would let in what is long over.
    #[error("clock_skew_seconds is at most 300")]
    Skew,
    /// The level of an `acr` is 1 or 2.
    #[error("the level of acr {0} must be 1 or 2")]
    Level(String),
    /// The HTTP client could not be made.
    #[error("the client for the provider could not be made: {0}")]
    Client(String),
}

impl Settings {
    /// Whether a provider can be asked with these settings.
    ///
    /// # Errors
    /// The first fault.
    pub fn check(&self) -> Result<(), SettingsFault> {
        let near = ["http://127.0.0.1", "http://localhost", "http://[::1]"];
        let near = near.iter().any(|near| self.issuer.starts_with(near));
        if !self.issuer.starts_with("https://") && !near {
            return Err(SettingsFault::Issuer(self.issuer.clone()));
        }
        if self.clock_skew_seconds > 300 {
            return Err(SettingsFault::Skew);
        }
        match self.acr.iter().find(|(_, level)| !(1..=2).contains(*level)) {
            Some((acr, _)) => Err(SettingsFault::Level(acr.clone())),
            None => Ok(()),
        }
    }

    /// The level of an `acr`; what is not named, or not said, is level 1.
    #[must_use]
    pub fn level(&self, acr: Option<&str>) -> Assurance {
        let number = acr.and_then(|acr| self.acr.get(acr));
        number.map_or(Assurance::One, |number| Assurance::of_number(*number))
    }

    /// What is asked for where a level is needed.
    #[must_use]
    pub fn acr_of(&self, level: Assurance) -> Vec<&str> {
        let fits = |number: &i64| Assurance::of_number(*number) >= level;
        self.acr.iter().filter(|(_, number)| fits(number)).map(|(acr, _)| acr.as_str()).collect()
    }
}

fn usual_scopes() -> Vec<String> {
    ["profile", "email", "phone", "address"].map(str::to_owned).to_vec()
}

const fn usual_skew() -> u32 {
    60
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(issuer: &str) -> Settings {
        let json = serde_json::json!({
            "issuer": issuer, "client_id": "tinh", "name": "VNeID",
            "acr": { "urn:muc:1": 1, "urn:muc:2": 2 },
        });
        serde_json::from_value(json).unwrap()
    }

    #[test]
    fn a_provider_is_asked_by_https_and_within_five_minutes() {
        assert_eq!(settings("https://sso.example.vn").check(), Ok(()));
        assert_eq!(settings("http://127.0.0.1:3000").check(), Ok(()));
        let open = settings("http://sso.example.vn").check();
        assert!(matches!(open, Err(SettingsFault::Issuer(_))));
        let slow = Settings { clock_skew_seconds: 301, ..settings("https://a.vn") };
        assert_eq!(slow.check(), Err(SettingsFault::Skew));
    }

    #[test]
    fn a_level_is_believed_only_where_it_is_named() {
        let settings = settings("https://a.vn");
        assert_eq!(settings.level(Some("urn:muc:2")), Assurance::Two);
        assert_eq!(settings.level(Some("urn:muc:3")), Assurance::One);
        assert_eq!(settings.level(None), Assurance::One);
        assert_eq!(settings.acr_of(Assurance::Two), ["urn:muc:2"]);
        assert_eq!(settings.acr_of(Assurance::One), ["urn:muc:1", "urn:muc:2"]);
    }
}
