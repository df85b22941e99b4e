//! The texts of all rooms in both languages, read once at start-up.

use fluent_bundle::{FluentArgs, FluentError, FluentResource, FluentValue};

use super::{Lang, number};

type Bundle = fluent_bundle::concurrent::FluentBundle<FluentResource>;

/// Every text that a person may see, in both languages.
///
/// A room keeps its own `vi.ftl` and `en.ftl` and hands them in at start-up; a key belongs to one
/// room, so keys begin with the name of their room.
pub struct Texts {
    vi: Bundle,
    en: Bundle,
}

/// Why the texts could not be read. Both are faults of the program, found at start-up.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// A file that is not Fluent.
    #[error("{lang:?}: not Fluent: {faults}")]
    Syntax {
        /// Whose file.
        lang: Lang,
        /// What the parser says.
        faults: String,
    },
    /// Two rooms use one key.
    #[error("{lang:?}: {faults}")]
    Twice {
        /// Whose file.
        lang: Lang,
        /// Which key.
        faults: String,
    },
}

impl Texts {
    /// Reads the files of all rooms.
    ///
    /// # Errors
    /// [`TextsError`] where a file cannot be read or two files share a key.
    pub fn new(files: &[(Lang, &str)]) -> Result<Self, TextsError> {
        let mut texts = Self { vi: bundle(Lang::Vi), en: bundle(Lang::En) };
        for &(lang, file) in files {
            let resource = FluentResource::try_new(file.to_owned()).map_err(|(_, faults)| {
                TextsError::Syntax { lang, faults: format!("{:?}", faults.first()) }
            })?;
            let bundle = match lang {
                Lang::Vi => &mut texts.vi,
                Lang::En => &mut texts.en,
            };
            bundle.add_resource(resource).map_err(|faults| TextsError::Twice {
                lang,
                faults: faults.iter().map(FluentError::to_string).collect::<Vec<_>>().join("; "),
            })?;
        }
        Ok(texts)
    }

    /// Whether there is a text of this key.
    #[must_use]
    pub fn has(&self, lang: Lang, key: &str) -> bool {
        self.bundle(lang).has_message(key)
    }

    /// The text of `key`. A missing one stops a development build, so that tests find it; in
    /// production it shows its key, since half a page is better than none.
    #[must_use]
    pub fn get(&self, lang: Lang, key: &str, args: Option<&FluentArgs<'_>>) -> String {
        let bundle = self.bundle(lang);
        let pattern = bundle.get_message(key).and_then(|message| message.value());
        let Some(pattern) = pattern else {
            debug_assert!(false, "no text {key:?} in {lang:?}");
            tracing::error!(key, lang = lang.code(), "text.missing");
            return key.to_owned();
        };
        let mut faults = Vec::new();
        let text = bundle.format_pattern(pattern, args, &mut faults).into_owned();
        if !faults.is_empty() {
            debug_assert!(false, "text {key:?} in {lang:?}: {faults:?}");
            tracing::error!(key, lang = lang.code(), "text.incomplete");
        }
        text
    }

    fn bundle(&self, lang: Lang) -> &Bundle {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }
}

fn bundle(lang: Lang) -> Bundle {
    let mut bundle = Bundle::new_concurrent(vec![lang.identifier()]);
    // Both languages run from left to right; isolating marks would only be copied along.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(match lang {
        Lang::Vi => |value, _| in_figures(Lang::Vi, value),
        Lang::En => |value, _| in_figures(Lang::En, value),
    }));
    bundle
}

/// A number inside a text, grouped as the language groups it.
fn in_figures(lang: Lang, value: &FluentValue<'_>) -> Option<String> {
    match value {
        FluentValue::Number(n) if n.value.fract() == 0.0 => Some(number::decimal(lang, n.value, 0)),
        FluentValue::Number(n) => Some(number::decimal(lang, n.value, 1)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_texts_are_grouped_and_plurals_chosen() {
        let texts = Texts::new(&[
            (Lang::Vi, "held = { $n } hồ sơ"),
            (Lang::En, "held = { $n ->\n    [one] one dossier\n   *[other] { $n } dossiers\n }"),
        ])
        .unwrap();
        let mut args = FluentArgs::new();
        args.set("n", 1244);
        assert_eq!(texts.get(Lang::Vi, "held", Some(&args)), "1.244 hồ sơ");
        assert_eq!(texts.get(Lang::En, "held", Some(&args)), "1,244 dossiers");
        args.set("n", 1);
        assert_eq!(texts.get(Lang::En, "held", Some(&args)), "one dossier");
    }

    #[test]
    fn two_rooms_cannot_use_one_key() {
        let twice = Texts::new(&[(Lang::Vi, "a = một"), (Lang::Vi, "a = hai")]);
        assert!(matches!(twice, Err(TextsError::Twice { .. })));
        let broken = Texts::new(&[(Lang::Vi, "a = { $")]);
        assert!(matches!(broken, Err(TextsError::Syntax { .. })));
    }

    #[test]
    #[should_panic(expected = "no text \"nowhere\"")]
    fn a_missing_text_stops_a_test() {
        let texts = Texts::new(&[]).unwrap();
        let _ = texts.get(Lang::Vi, "nowhere", None);
    }
}
