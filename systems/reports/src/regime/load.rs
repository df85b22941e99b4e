//! From the text of a regime to a [`Regime`], or to every finding with its line.

use std::collections::BTreeMap;

use indicators::Period;
use jiff::civil::Date;
use kernel::AgencyCode;
use serde::Deserialize;
use toml::{Spanned, value::Datetime};

use super::{Covers, Level, Recipient, Regime, RegimeKind, Round, Who};
use crate::{
    cut_off::Frequency,
    finding::{FaultKind, Finding, Findings, is_id},
};

/// A longer text is no regime.
const BYTES_MAX: usize = 100_000;
const LEVELS_MAX: usize = 20;
const ROUNDS_MAX: usize = 200;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    code: Spanned<String>,
    version: u32,
    name: Spanned<String>,
    name_en: String,
    kind: Spanned<String>,
    frequency: Option<Spanned<String>>,
    form: Spanned<String>,
    content: String,
    method: String,
    legal_basis: Spanned<Vec<String>>,
    valid_from: Spanned<Datetime>,
    valid_to: Option<Spanned<Datetime>>,
    #[serde(default)]
    level: Vec<LevelFile>,
    #[serde(default)]
    round: Vec<RoundFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LevelFile {
    id: Spanned<String>,
    who: Spanned<WhoFile>,
    to: Option<Spanned<String>>,
    to_elsewhere: Option<String>,
    day: Option<Spanned<i8>>,
    #[serde(default)]
    months_after: i8,
    covers: Option<Spanned<String>>,
    #[serde(default)]
    adds_up: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum WhoFile {
    Level(String),
    Agencies(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoundFile {
    period: Spanned<String>,
    due: BTreeMap<String, Spanned<Datetime>>,
}

/// Reads the text of a regime; `has_form` says whether there is a form of a code.
///
/// # Errors
/// Every finding, by line.
pub fn load(text: &str, has_form: impl Fn(&str) -> bool) -> Result<Regime, Vec<Finding>> {
    let mut findings = Findings::of(text);
    if text.len() > BYTES_MAX {
        findings.add(0, FaultKind::Many, BYTES_MAX.to_string());
        return Err(findings.into());
    }
    let file: File = match toml::from_str(text) {
        Ok(file) => file,
        Err(error) => {
            findings.syntax(&error);
            return Err(findings.into());
        }
    };
    let code = file.code.get_ref().trim();
    let fits = |b: u8| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-';
    if !(2..=40).contains(&code.len()) || !code.bytes().all(fits) {
        findings.add(file.code.span().start, FaultKind::Id, code);
    }
    if file.name.get_ref().trim().is_empty() {
        findings.add(file.name.span().start, FaultKind::Empty, "name");
    }
    if file.legal_basis.get_ref().is_empty() {
        findings.add(file.legal_basis.span().start, FaultKind::Empty, "legal_basis");
    }
    if !has_form(file.form.get_ref()) {
        findings.add(file.form.span().start, FaultKind::Form, file.form.get_ref());
    }
    let kind = word(&mut findings, &file.kind, RegimeKind::from_word);
    let frequency =
        file.frequency.as_ref().and_then(|at| word(&mut findings, at, Frequency::from_word));
    let periodic = kind == Some(RegimeKind::Periodic);
    if periodic && file.frequency.is_none() {
        findings.add(file.kind.span().start, FaultKind::Empty, "frequency");
    }
    let valid_from = date(&mut findings, &file.valid_from).unwrap_or(Date::MIN);
    let valid_to = file.valid_to.as_ref().and_then(|at| date(&mut findings, at));
    let levels = levels(&mut findings, &file, periodic);
    let rounds = rounds(&mut findings, &file.round, &levels);
    if rounds.is_empty() && frequency.is_none() {
        findings.add(file.kind.span().start, FaultKind::Empty, "round");
    }
    let (code, name) = (code.to_owned(), file.name.into_inner());
    let (legal_basis, form) = (file.legal_basis.into_inner(), file.form.into_inner());
    findings.or(Regime {
        code,
        version: file.version,
        name,
        name_en: file.name_en,
        kind: kind.unwrap_or(RegimeKind::Periodic),
        frequency,
        form,
        content: file.content,
        method: file.method,
        legal_basis,
        valid_from,
        valid_to,
        levels,
        rounds,
    })
}

fn levels(findings: &mut Findings<'_>, file: &File, periodic: bool) -> Vec<Level> {
    let mut levels: Vec<Level> = Vec::new();
    if file.level.is_empty() || file.level.len() > LEVELS_MAX {
        findings.add(0, FaultKind::Empty, "level");
    }
    for entry in &file.level {
        let (at, id) = (entry.id.span().start, entry.id.get_ref());
        if !is_id(id) {
            findings.add(at, FaultKind::Id, id);
        }
        if levels.iter().any(|level| level.id == *id) {
            findings.add(at, FaultKind::Twice, id);
        }
        let to = match (&entry.to, &entry.to_elsewhere) {
            (Some(code), None) => {
                agency(findings, code.span().start, code.get_ref()).map(Recipient::Agency)
            }
            (None, Some(name)) => Some(Recipient::Elsewhere(name.clone())),
            _ => {
                findings.add(at, FaultKind::Empty, "to");
                None
            }
        };
        let covers =
            entry.covers.as_ref().and_then(|covers| word(findings, covers, Covers::from_word));
        let due = entry.day.as_ref().map(|day| (*day.get_ref(), entry.months_after));
        let sound =
            due.is_some_and(|(day, months)| (1..=31).contains(&day) && (-3..=6).contains(&months));
        if (periodic || due.is_some()) && !sound {
            let at = entry.day.as_ref().map_or(at, |day| day.span().start);
            findings.add(at, FaultKind::Deadline, id);
        }
        let Some((who, to)) = who(findings, &entry.who).zip(to) else { continue };
        let (covers, adds_up) = (covers.unwrap_or(Covers::Below), entry.adds_up);
        levels.push(Level { id: id.clone(), who, to, due, covers, adds_up });
    }
    levels
}

fn who(findings: &mut Findings<'_>, who: &Spanned<WhoFile>) -> Option<Who> {
    let at = who.span().start;
    match who.get_ref() {
        WhoFile::Level(word) => match word.as_str() {
            "communes" => Some(Who::Communes),
            "departments" => Some(Who::Departments),
            _ => {
                findings.add(at, FaultKind::Word, word);
                None
            }
        },
        WhoFile::Agencies(codes) => {
            let codes: Option<Vec<AgencyCode>> =
                codes.iter().map(|code| agency(findings, at, code)).collect();
            codes.filter(|codes| !codes.is_empty()).map(Who::Agencies)
        }
    }
}

fn rounds(findings: &mut Findings<'_>, files: &[RoundFile], levels: &[Level]) -> Vec<Round> {
    let mut rounds = Vec::new();
    for file in files.iter().take(ROUNDS_MAX) {
        let at = file.period.span().start;
        let Ok(period) = file.period.get_ref().parse::<Period>() else {
            findings.add(at, FaultKind::Period, file.period.get_ref());
            continue;
        };
        let mut due = BTreeMap::new();
        for (level, day) in &file.due {
            due.extend(date(findings, day).map(|date| (level.clone(), date)));
        }
        if let Some(level) = levels.iter().find(|level| !due.contains_key(&level.id)) {
            findings.add(at, FaultKind::Deadline, &level.id);
        }
        rounds.push(Round { period, due });
    }
    rounds
}

fn agency(findings: &mut Findings<'_>, at: usize, code: &str) -> Option<AgencyCode> {
    let parsed = code.parse().ok();
    if parsed.is_none() {
        findings.add(at, FaultKind::Word, code);
    }
    parsed
}

/// The member of a closed list that a word names.
pub(crate) fn word<T>(
    findings: &mut Findings<'_>,
    word: &Spanned<String>,
    of: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let found = of(word.get_ref());
    if found.is_none() {
        findings.add(word.span().start, FaultKind::Word, word.get_ref());
    }
    found
}

/// A day without a time.
pub(crate) fn date(findings: &mut Findings<'_>, at: &Spanned<Datetime>) -> Option<Date> {
    let text = at.get_ref().to_string();
    let parsed = text.parse::<Date>().ok();
    if parsed.is_none() {
        findings.add(at.span().start, FaultKind::Syntax, text);
    }
    parsed
}
