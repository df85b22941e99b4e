//! Words that several pages share.

use desk::{Desk, figure_text};
use directory::Directory;
use indicators::{Of, Scope, Value};
use web::{Icon, Lang, Words, tr};

use crate::{
    model::{Rule, Severity, Source, What},
    queries::Alert,
};

/// A name in the language of the reader, where there is one.
pub(super) fn name<'a>(words: &Words, name: &'a str, name_en: &'a str) -> &'a str {
    match words.lang {
        Lang::En if !name_en.is_empty() => name_en,
        _ => name,
    }
}

/// The name of a rule.
pub(super) fn rule<'a>(words: &Words, rule: &'a Rule) -> &'a str {
    name(words, &rule.name, &rule.name_en)
}

/// A figure in words; where the indicator is gone, nothing.
pub(super) fn figure(words: &Words, desk: &Desk, code: &str, value: Value) -> String {
    desk.indicator(code).map_or_else(|_| String::new(), |of| figure_text(words, of, value))
}

/// Of whom a figure is: the short name of an agency, or the authority.
pub(super) fn scope(words: &Words, directory: &Directory, scope: &Scope) -> String {
    match &scope.of {
        Of::Agency(agency) | Of::Only(agency) => {
            directory.agency(*agency).map_or_else(String::new, |agency| agency.short_name.clone())
        }
        Of::All | Of::Place(_) => words.t("operations-whole"),
    }
}

/// What an alert is called: its rule, and of whom.
pub(super) fn alert(words: &Words, directory: &Directory, alert: &Alert) -> String {
    let of = scope(words, directory, &alert.scope);
    let rule = alert.rule.as_ref().map_or_else(String::new, |of| rule(words, of).to_owned());
    words.t_with("operations-alert-of", &[("rule", rule.into()), ("of", of.into())])
}

/// What was read, with its unit, in the words of the rule.
pub(super) fn reading(words: &Words, desk: &Desk, rule: &Rule, alert: &Alert) -> String {
    let value = alert.reading;
    let indicator = rule.indicator().and_then(|code| desk.indicator(code).ok());
    let places = indicator.map_or(0, |indicator| indicator.places as usize);
    if let (Some(indicator), Some(unusual)) = (indicator, &alert.unusual) {
        let long = words.date_long(unusual.day);
        // The middle of an even number of days may lie between two counts.
        let middle = if unusual.usual.fract() == 0.0 { places } else { places.max(1) };
        return tr!(
            words,
            "operations-reading-unusual",
            name = name(words, &indicator.name, &indicator.name_en),
            value = words.decimal(unusual.value, places),
            day = words.date_short(unusual.day),
            weekday = long.split(',').next().unwrap_or_default(),
            usual = words.decimal(unusual.usual, middle),
            z = words.decimal(value, 1)
        );
    }
    let key = match &rule.watch {
        What::Threshold { .. } => "operations-reading-threshold",
        What::Trend { .. } => "operations-reading-trend",
        What::Weekday { .. } => "operations-reading-weekday",
        What::Silence { source: Source::Journal } => "operations-reading-journal",
        What::Silence { source: Source::Cube } => "operations-reading-cube",
        What::Silence { source: Source::Indicator(_) } => "operations-reading-days",
        What::Clock { .. } => "operations-reading-clock",
    };
    let days = match rule.watch {
        What::Trend { days, .. } => i64::from(days),
        What::Clock { hours } => i64::from(hours),
        _ => 0,
    };
    let places = if matches!(rule.watch, What::Weekday { .. }) { 1 } else { places };
    let name =
        indicator.map_or_else(String::new, |of| name(words, &of.name, &of.name_en).to_owned());
    let value = words.decimal(value, places);
    words.t_with(key, &[("name", name.into()), ("value", value.into()), ("n", days.into())])
}

/// The icon of an alert and the class of its colour.
pub(super) fn icon_of(rule: Option<&Rule>) -> (Icon, &'static str) {
    match rule.map(|rule| (&rule.watch, rule.severity)) {
        Some((What::Silence { .. }, _)) => (Icon::Silent, "y"),
        Some((_, Severity::Severe | Severity::Extreme)) => (Icon::Late, "r"),
        _ => (Icon::Soon, "y"),
    }
}
