//! Rules of alerts: what is watched, of whom, from which level to which, who owns it, what to do.

use indicators::Definitions;
use kernel::AgencyCode;
use serde::{Deserialize, Serialize};

use super::{Span, TEXT_MAX, TextError};

/// The rules that ship.
pub const SHIPPED_RULES: &str = include_str!("../../rules/alerts.toml");
/// Most rules.
const RULES_MAX: usize = 100;

/// The rules, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules(Vec<Rule>);

/// A rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in addresses and rows; it stays.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// The same in English.
    #[serde(default)]
    pub name_en: String,
    /// What is watched.
    pub watch: What,
    /// Of whom.
    pub scope: RuleScope,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    raise_above: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    raise_below: Option<f64>,
    clear_at: f64,
    /// So many samples in a row, before it is raised or cleared.
    pub samples: u32,
    /// How bad it is.
    pub severity: Severity,
    /// Which agency has to do something.
    pub owner: Owner,
    /// The role of the seat that gets the incident.
    pub owner_role: String,
    /// Working hours until it should be closed.
    pub within_hours: u32,
    /// Working hours until the next higher head gets what nobody acknowledged.
    pub escalate_hours: u32,
    /// What to do.
    pub playbook: String,
}

/// What is watched.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase", deny_unknown_fields)]
pub enum What {
    /// The value of an indicator.
    Threshold {
        /// Which.
        indicator: String,
        /// Over what time.
        period: Span,
    },
    /// By how much an indicator differs from some days ago.
    Trend {
        /// Which.
        indicator: String,
        /// How many days.
        days: u16,
    },
    /// How unlike the same weekday of other weeks the last working day was.
    Weekday {
        /// Which indicator.
        indicator: String,
    },
    /// For how long nothing came.
    Silence {
        /// From where.
        source: Source,
    },
    /// What falls due within some hours.
    Clock {
        /// How many.
        hours: u16,
    },
}

/// Where nothing comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub enum Source {
    /// The journal, in working minutes.
    Journal,
    /// The figures behind the journal, in minutes.
    Cube,
    /// A counted flow, in working days.
    Indicator(String),
}

impl From<String> for Source {
    fn from(text: String) -> Self {
        match text.as_str() {
            "journal" => Self::Journal,
            "cube" => Self::Cube,
            _ => Self::Indicator(text),
        }
    }
}

impl From<Source> for String {
    fn from(source: Source) -> Self {
        match source {
            Source::Journal => "journal".to_owned(),
            Source::Cube => "cube".to_owned(),
            Source::Indicator(code) => code,
        }
    }
}

/// Of whom a rule is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum RuleScope {
    /// The whole authority.
    All,
    /// Each commune for itself.
    Communes,
    /// Each department for itself.
    Departments,
    /// One agency with what stands below it.
    Agency(AgencyCode),
}

impl TryFrom<String> for RuleScope {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Ok(match text.as_str() {
            "all" => Self::All,
            "communes" => Self::Communes,
            "departments" => Self::Departments,
            code => Self::Agency(code.parse().map_err(|_| format!("no agency: {code}"))?),
        })
    }
}

impl From<RuleScope> for String {
    fn from(scope: RuleScope) -> Self {
        match scope {
            RuleScope::All => "all".to_owned(),
            RuleScope::Communes => "communes".to_owned(),
            RuleScope::Departments => "departments".to_owned(),
            RuleScope::Agency(code) => code.to_string(),
        }
    }
}

/// Whose it is to do something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Owner {
    /// The agency whose figure it is.
    Own,
    /// This agency.
    Agency(AgencyCode),
}

impl TryFrom<String> for Owner {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        match text.as_str() {
            "own" => Ok(Self::Own),
            code => code.parse().map(Self::Agency).map_err(|_| format!("no agency: {code}")),
        }
    }
}

impl From<Owner> for String {
    fn from(owner: Owner) -> Self {
        match owner {
            Owner::Own => "own".to_owned(),
            Owner::Agency(code) => code.to_string(),
        }
    }
}

/// How bad it is, in the words of CAP 1.2.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Little threat.
    Minor,
    /// Possible threat.
    Moderate,
    /// Significant threat.
    Severe,
    /// Extraordinary threat.
    Extreme,
}

impl Severity {
    /// Its word in files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Minor => "minor",
            Self::Moderate => "moderate",
            Self::Severe => "severe",
            Self::Extreme => "extreme",
        }
    }
}

/// From where an alert is raised, and to where it is cleared; what lies between changes nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// Whether high values are bad.
    pub high: bool,
    /// Beyond this it is raised.
    pub raise: f64,
    /// At this, or better, it is cleared.
    pub clear: f64,
}

impl Band {
    /// A band; none where the level at which it is cleared lies beyond the other one, or where one
    /// of them is no number.
    #[must_use]
    pub fn new(high: bool, raise: f64, clear: f64) -> Option<Self> {
        let sound = raise.is_finite() && clear.is_finite();
        let ordered = if high { clear <= raise } else { clear >= raise };
        (sound && ordered).then_some(Self { high, raise, clear })
    }

    /// Whether a value is beyond the level at which it is raised.
    #[must_use]
    pub fn raises(&self, value: f64) -> bool {
        if self.high { value > self.raise } else { value < self.raise }
    }

    /// Whether a value is as good as that at which it is cleared.
    #[must_use]
    pub fn clears(&self, value: f64) -> bool {
        if self.high { value <= self.clear } else { value >= self.clear }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    rule: Vec<Rule>,
}

impl Rules {
    /// Reads a text.
    ///
    /// # Errors
    /// [`TextError`] says what is wrong, and of which rule.
    pub fn read(text: &str, definitions: &Definitions) -> Result<Self, TextError> {
        if text.len() > TEXT_MAX {
            return Err(TextError::TooLong);
        }
        let file: File = toml::from_str(text).map_err(|e| TextError::Form(e.to_string()))?;
        if file.rule.is_empty() {
            return Err(TextError::NoRule);
        }
        if file.rule.len() > RULES_MAX {
            return Err(TextError::Count(RULES_MAX));
        }
        for (at, rule) in file.rule.iter().enumerate() {
            if file.rule[..at].iter().any(|other| other.id == rule.id) {
                return Err(TextError::Twice(rule.id.clone()));
            }
            rule.check(definitions)?;
        }
        Ok(Self(file.rule))
    }

    /// The rules, in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.0.iter()
    }

    /// A rule by its name.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.0.iter().find(|rule| rule.id == id)
    }
}

impl Rule {
    /// A rule as it was written into a row.
    #[must_use]
    pub fn of_text(text: &str) -> Option<Self> {
        serde_json::from_str(text).ok()
    }

    /// Its text in a row.
    #[must_use]
    pub fn to_text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// From where to where it goes.
    ///
    /// # Panics
    /// Never: it was found sound when the rule was read.
    #[must_use]
    pub fn band(&self) -> Band {
        self.levels().unwrap_or(Band { high: true, raise: f64::INFINITY, clear: f64::INFINITY })
    }

    /// The indicator that it watches, where it does.
    #[must_use]
    pub fn indicator(&self) -> Option<&str> {
        match &self.watch {
            What::Threshold { indicator, .. }
            | What::Trend { indicator, .. }
            | What::Weekday { indicator }
            | What::Silence { source: Source::Indicator(indicator) } => Some(indicator),
            What::Silence { .. } | What::Clock { .. } => None,
        }
    }

    fn levels(&self) -> Option<Band> {
        match (self.raise_above, self.raise_below) {
            (Some(raise), None) => Band::new(true, raise, self.clear_at),
            (None, Some(raise)) => Band::new(false, raise, self.clear_at),
            _ => None,
        }
    }

    fn check(&self, definitions: &Definitions) -> Result<(), TextError> {
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if self.id.is_empty() || self.id.len() > 60 || !self.id.chars().all(word) {
            return Err(TextError::Form(format!("id = \"{}\"", self.id)));
        }
        if self.levels().is_none() {
            return Err(TextError::Band(self.id.clone()));
        }
        let few = [self.samples, self.within_hours, self.escalate_hours];
        if few.iter().any(|n| !(1..=1000).contains(n)) || self.playbook.len() > 10_000 {
            return Err(TextError::Form(self.id.clone()));
        }
        if let What::Trend { days: 0 | 91.., .. } | What::Clock { hours: 0 | 201.. } = self.watch {
            return Err(TextError::Form(self.id.clone()));
        }
        match self.indicator() {
            Some(code) if definitions.get(code).is_none() => {
                Err(TextError::Indicator(code.to_owned()))
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_rules_are_sound_and_slips_are_named() {
        let definitions = Definitions::shipped().unwrap();
        let read = |text: &str| Rules::read(text, &definitions);
        let rules = read(SHIPPED_RULES).unwrap();
        assert!(rules.iter().count() >= 8);
        for rule in rules.iter() {
            assert_eq!(Rule::of_text(&rule.to_text()).as_ref(), Some(rule));
        }
        let slip = |from: &str, to: &str| read(&SHIPPED_RULES.replacen(from, to, 1));
        let band = slip("clear_at = 150", "clear_at = 250");
        assert_eq!(band, Err(TextError::Band("qua-han-toan-tinh".into())));
        let strange = slip("\"timeliness.running_late\"", "\"timeliness.late_running\"");
        assert_eq!(strange, Err(TextError::Indicator("timeliness.late_running".into())));
        let twice = slip("id = \"qua-han-xa\"", "id = \"qua-han-toan-tinh\"");
        assert_eq!(twice, Err(TextError::Twice("qua-han-toan-tinh".into())));
        assert!(matches!(slip("samples = 2", "samples = 0"), Err(TextError::Form(_))));
        assert!(matches!(slip("severity", "seriousness"), Err(TextError::Form(_))));
        assert_eq!(read(&"#".repeat(TEXT_MAX + 1)), Err(TextError::TooLong));
        assert_eq!(read(""), Err(TextError::NoRule), "no rules would watch nothing");
    }
}
