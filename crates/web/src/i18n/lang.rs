//! Which of the two languages a person reads.

use unic_langid::LanguageIdentifier;

/// A language of the pages: Vietnamese first, English second.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, Default, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Vietnamese.
    #[default]
    Vi,
    /// English.
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Vi, Self::En];

    /// The BCP 47 code: `vi` or `en`.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Vi => "vi",
            Self::En => "en",
        }
    }

    /// The language of a code such as `en` or `en-GB`; nothing for a language that is not spoken
    /// here.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        let primary = code.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.into_iter().find(|lang| primary.eq_ignore_ascii_case(lang.code()))
    }

    /// The first language of an `Accept-Language` header (RFC 9110, 12.5.4) that is spoken here,
    /// by weight; Vietnamese where there is none.
    #[must_use]
    pub fn from_accept(header: &str) -> Self {
        let mut best = (Self::Vi, 0.0);
        for range in header.split(',').take(16) {
            let mut parts = range.split(';');
            let lang = parts.next().and_then(|code| Self::from_code(code.trim()));
            let weight = parts.find_map(|part| part.trim().strip_prefix("q="));
            let weight = weight.map_or(1.0, |q| q.parse::<f32>().unwrap_or(0.0));
            if let Some(lang) = lang
                && weight > best.1
            {
                best = (lang, weight);
            }
        }
        best.0
    }

    /// The other language, for the switch.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::Vi => Self::En,
            Self::En => Self::Vi,
        }
    }

    pub(super) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }

    /// What stands between thousands, and before decimals.
    pub(super) fn marks(self) -> (char, char) {
        match self {
            Self::Vi => ('.', ','),
            Self::En => (',', '.'),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_answered_in_the_language_it_prefers_of_the_two() {
        assert_eq!(Lang::from_accept("en-GB,en;q=0.9,vi;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept("fr-FR, vi;q=0.5, en;q=0.4"), Lang::Vi);
        assert_eq!(Lang::from_accept("fr, en;q=0.1"), Lang::En);
        assert_eq!(Lang::from_accept("ja"), Lang::Vi);
        assert_eq!(Lang::from_accept(""), Lang::Vi);
        assert_eq!(Lang::from_code("vi_VN"), Some(Lang::Vi));
    }
}
