//! A strip of dots: the others as rings, ours filled, the quarter before as a tick. The others have
//! no names: the strip shows where one stands, and shames nobody.

use maud::{Markup, html};
use web::Words;

/// What a strip shows.
#[derive(Debug, Clone)]
pub(in crate::pages) struct Dots {
    /// The finding, for those who do not see it.
    pub(in crate::pages) finding: String,
    /// Ours.
    pub(in crate::pages) now: f64,
    /// Ours in the quarter before.
    pub(in crate::pages) before: Option<f64>,
    /// The others.
    pub(in crate::pages) others: Vec<f64>,
}

const LEFT: f64 = 14.0;
const RIGHT: f64 = 336.0;
/// The axis begins and ends at multiples of this.
const ROUND: f64 = 5.0;

/// The strip.
pub(in crate::pages) fn dots(words: &Words, it: &Dots) -> Markup {
    let all = || it.others.iter().copied().chain([it.now]).chain(it.before);
    let least = (all().fold(f64::MAX, f64::min) / ROUND).floor() * ROUND;
    let most = (all().fold(f64::MIN, f64::max) / ROUND).ceil() * ROUND;
    // A single figure stands at an end of its axis, and no share is above the whole.
    let (least, most) = match most > least {
        true => (least, most),
        false if least >= ROUND => (least - ROUND, least),
        false => (least, least + ROUND),
    };
    let place = |value: f64| LEFT + (value - least) / (most - least) * (RIGHT - LEFT);
    let at = |value: f64| format!("{:.1}", place(value));
    // The figure at the dot leaves no room for that of an end beside it.
    let free = |end: f64| (place(it.now) - place(end)).abs() > 30.0;
    html! {
        svg viewBox="0 0 350 44" role="img" aria-label=(it.finding) {
            path d="M14 14H336" stroke="var(--line)" stroke-width="2" {}
            @for other in &it.others {
                circle cx=(at(*other)) cy="14" r="4.5" fill="var(--surface)" stroke="var(--ink-2)" stroke-width="1.5" {}
            }
            @if let Some(before) = it.before {
                path d={ "M" (at(before)) " 14H" (at(it.now)) } stroke="var(--c1)" stroke-width="3" {}
                path d={ "M" (at(before)) " 8v12" } stroke="var(--c1)" stroke-width="2.5" {}
            }
            circle cx=(at(it.now)) cy="14" r="7.5" fill="var(--c1)" {}
            text x=(at(it.now)) y="38" text-anchor="middle" font-weight="600" { (words.decimal(it.now, 1)) }
            @if free(least) { text.m x="14" y="38" text-anchor="middle" { (words.decimal(least, 0)) } }
            @if free(most) { text.m x="336" y="38" text-anchor="middle" { (words.decimal(most, 0)) } }
        }
    }
}
