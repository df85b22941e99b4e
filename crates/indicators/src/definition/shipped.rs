//! The definitions that come with the program.

use super::SourceFile;

macro_rules! files {
    ($($name:literal),* $(,)?) => {
        [$(($name, include_str!(concat!("../../definitions/", $name)))),*]
    };
}

/// The files, by name.
pub(super) fn files() -> Vec<SourceFile> {
    let files = files![
        "acceptance.toml",
        "citizen.toml",
        "dossiers.toml",
        "evidence.toml",
        "feedback.toml",
        "fees.toml",
        "incidents.toml",
        "index-766.toml",
        "once-only.toml",
        "online.toml",
        "organisation.toml",
        "programme.toml",
        "reports.toml",
        "results.toml",
        "supplements.toml",
        "timeliness.toml",
    ];
    let file =
        |(name, text): (&str, &str)| SourceFile { name: name.to_owned(), text: text.to_owned() };
    files.into_iter().map(file).collect()
}
