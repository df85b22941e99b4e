//! Who did it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{CodeError, PartyId, PersonId, PostId};

/// Who stands behind an event. Its text form is what the journal keeps:
/// `officer:PERSON/POST`, `officer:PERSON/POST/for:POST` under delegation, `party:PARTY`,
/// `system:NAME`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Actor {
    /// A person in a post, perhaps acting for another post that delegated to it.
    Officer {
        /// Who.
        person: PersonId,
        /// In which seat.
        post: PostId,
        /// The seat that delegated, if any.
        acting_for: Option<PostId>,
    },
    /// The citizen or organisation whose matter it is.
    Party(PartyId),
    /// A part of the program itself, by name (`sealer`, `import`).
    System(String),
}

impl fmt::Display for Actor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Officer { person, post, acting_for: None } => {
                write!(f, "officer:{person}/{post}")
            }
            Self::Officer { person, post, acting_for: Some(other) } => {
                write!(f, "officer:{person}/{post}/for:{other}")
            }
            Self::Party(party) => write!(f, "party:{party}"),
            Self::System(name) => write!(f, "system:{name}"),
        }
    }
}

impl FromStr for Actor {
    type Err = CodeError;

    fn from_str(text: &str) -> Result<Self, CodeError> {
        let (kind, rest) = text.split_once(':').ok_or(CodeError::Actor)?;
        match kind {
            "system" => Ok(Self::System(rest.to_owned())),
            "party" => Ok(Self::Party(rest.parse()?)),
            "officer" => {
                let mut parts = rest.splitn(3, '/');
                let person = parts.next().ok_or(CodeError::Actor)?.parse()?;
                let post = parts.next().ok_or(CodeError::Actor)?.parse()?;
                let acting_for = match parts.next() {
                    None => None,
                    Some(part) => Some(part.strip_prefix("for:").ok_or(CodeError::Actor)?.parse()?),
                };
                Ok(Self::Officer { person, post, acting_for })
            }
            _ => Err(CodeError::Actor),
        }
    }
}
impl TryFrom<String> for Actor {
    type Error = CodeError;

    fn try_from(text: String) -> Result<Self, CodeError> {
        text.parse()
    }
}
impl From<Actor> for String {
    fn from(actor: Actor) -> Self {
        actor.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Mint;

    #[test]
    fn an_actor_survives_its_text() {
        let (mint, at) = (Mint::seeded(1), crate::from_micros(0));
        let (person, post) = (mint.id(at), mint.id(at));
        for actor in [
            Actor::Officer { person, post, acting_for: None },
            Actor::Officer { person, post, acting_for: Some(mint.id(at)) },
            Actor::Party(mint.id(at)),
            Actor::System("sealer".into()),
        ] {
            assert_eq!(actor.to_string().parse(), Ok(actor));
        }
        assert_eq!("officer:x".parse::<Actor>(), Err(CodeError::Identifier));
        assert_eq!("nobody".parse::<Actor>(), Err(CodeError::Actor));
    }
}
