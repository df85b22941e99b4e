//! What was looked at, and on what ground: a person who asks is told both in plain words.

use std::{fmt, str::FromStr};

use kernel::ProcedureCode;

use crate::{access::Action, consent::Purpose};

kernel::words! {
    /// Which of a person's data.
    What {
        /// The dossier: what is asked for, and how far it is.
        Dossier = "dossier",
        /// Identity number, telephone, address, in full.
        Identity = "identity",
        /// What is known already, to fill in an application.
        Known = "known",
        /// A paper that was handed in.
        Papers = "papers",
        /// A row of a register or a list that was taken along.
        List = "list",
    }
}

impl What {
    /// What an action looks at.
    #[must_use]
    pub const fn of(action: Action) -> Self {
        match action {
            Action::OpenIdentity => Self::Identity,
            Action::Submit => Self::Known,
            Action::List | Action::Export | Action::ExportRegister => Self::List,
            _ => Self::Dossier,
        }
    }
}

/// On what ground somebody looked. Law 91/2025/QH15 lets the state process personal data without
/// consent for what the law charges it with; everything else needs consent, by purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Basis {
    /// To decide a case under this procedure, by the laws that it names.
    Procedure(ProcedureCode),
    /// To take in what somebody who stands at the counter, or their mandate, hands in.
    Counter,
    /// To control how procedures are carried out.
    Control,
    /// The person asked for it: that something be put right, say.
    Request,
    /// The person agreed.
    Consent(Purpose),
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Procedure(code) => write!(f, "procedure:{code}"),
            Self::Counter => f.write_str("counter"),
            Self::Control => f.write_str("control"),
            Self::Request => f.write_str("request"),
            Self::Consent(purpose) => write!(f, "consent:{}", purpose.word()),
        }
    }
}

/// The text names no ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such ground")]
pub struct NoBasis;

impl FromStr for Basis {
    type Err = NoBasis;

    fn from_str(text: &str) -> Result<Self, NoBasis> {
        match text.split_once(':') {
            Some(("procedure", code)) => Ok(Self::Procedure(code.parse().map_err(|_| NoBasis)?)),
            Some(("consent", word)) => Purpose::from_word(word).map(Self::Consent).ok_or(NoBasis),
            None if text == "counter" => Ok(Self::Counter),
            None if text == "control" => Ok(Self::Control),
            None if text == "request" => Ok(Self::Request),
            _ => Err(NoBasis),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ground_survives_its_text() {
        let all = [
            Basis::Procedure("1.004873".parse().unwrap()),
            Basis::Counter,
            Basis::Control,
            Basis::Request,
            Basis::Consent(Purpose::Reuse),
        ];
        for basis in all {
            assert_eq!(basis.to_string().parse(), Ok(basis));
        }
        assert_eq!("curiosity".parse::<Basis>(), Err(NoBasis));
    }
}
