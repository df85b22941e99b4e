//! Numbers of files, as TOML and as people write them.

use scorecards::Number;

/// A number with a point or a comma before its decimals.
pub(super) fn number(text: &str) -> Option<Number> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    match plain.matches(',').count() {
        0 => plain.parse().ok(),
        1 => plain.replace('.', "").replace(',', ".").parse().ok(),
        _ => None,
    }
}
