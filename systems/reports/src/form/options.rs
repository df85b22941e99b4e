//! What may be chosen in a cell: codes for programs, labels for people.

use std::collections::BTreeSet;

/// Choices of one cell.
const OPTIONS_MAX: usize = 200;
/// Letters of a code.
const CODE_MAX: usize = 64;

/// The choices of a cell; what was chosen is kept as codes with a space between them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// Code and label, in the order in which they are shown.
    pub all: Vec<(String, String)>,
    /// Whether several may be chosen.
    pub multiple: bool,
}

impl Options {
    /// Choices, where there is at least one, each code stands there once and has no space in it.
    #[must_use]
    pub fn of(all: Vec<(String, String)>, multiple: bool) -> Option<Self> {
        let codes: BTreeSet<&str> = all.iter().map(|(code, _)| code.as_str()).collect();
        let fits = |code: &&str| {
            (1..=CODE_MAX).contains(&code.len()) && !code.contains(char::is_whitespace)
        };
        let sound = codes.len() == all.len() && codes.iter().all(fits);
        (sound && (1..=OPTIONS_MAX).contains(&all.len())).then_some(Self { all, multiple })
    }

    /// What was chosen, in the order of the choices; none where something is no choice, or where
    /// several were chosen of which one may be.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<String> {
        let asked: BTreeSet<&str> = text.split_whitespace().collect();
        let known = self.all.iter().map(|(code, _)| code.as_str());
        let found: Vec<&str> = known.filter(|code| asked.contains(code)).collect();
        let sound = found.len() == asked.len() && (self.multiple || found.len() == 1);
        sound.then(|| found.join(" "))
    }

    /// What was chosen, as people read it.
    #[must_use]
    pub fn text(&self, codes: &str) -> String {
        let chosen = |(code, _): &&(String, String)| codes.split(' ').any(|one| one == code);
        let labels = self.all.iter().filter(chosen).map(|(_, label)| label.as_str());
        labels.collect::<Vec<_>>().join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(multiple: bool) -> Options {
        let all = [("tot", "Tốt"), ("kha", "Khá"), ("kem", "Kém")];
        let all = all.map(|(code, label)| (code.to_owned(), label.to_owned()));
        Options::of(all.to_vec(), multiple).unwrap()
    }

    #[test]
    fn one_or_several_are_chosen_and_nothing_else() {
        assert_eq!(marks(false).read("kha").as_deref(), Some("kha"));
        assert_eq!(marks(false).read("tot kha"), None);
        assert_eq!(marks(true).read("kem  tot").as_deref(), Some("tot kem"));
        assert_eq!(marks(true).read("kem gioi"), None);
        assert_eq!(marks(true).text("tot kem"), "Tốt; Kém");
        assert_eq!(Options::of(vec![("a b".into(), "A".into())], false), None);
        assert_eq!(Options::of(Vec::new(), false), None);
    }
}
