//! Charts, drawn as SVG on the server: pure functions from plain figures to markup.
//!
//! A chart takes figures that are already computed, and says them three times: as a drawing, as
//! one sentence that holds the finding (the accessible name of the drawing), and as a table that
//! unfolds below it. Colours are the tokens of the stylesheet, through classes; colour never
//! stands alone, so that grey print reads: lines differ in dash and are labelled at their end,
//! states differ in shape, heat carries its value.
//!
//! What cannot be drawn is not drawn: a value that is not finite is a gap, and a chart without a
//! single value is a sentence, never an empty frame that looks like zero. Whatever can grow is
//! bounded ([`POINTS_MAX`], [`SERIES_MAX`], [`BARS_MAX`], [`PLACES_MAX`]); what is over the bound
//! is neither drawn nor listed, and the caller shows it on pages of its own.

mod bars;
mod heat;
mod line;
mod map;
mod multiples;
mod scale;

use maud::{Markup, html};

pub use bars::{BARS_MAX, Bar, Bars, bars};
pub use heat::{Day, DayValue, Heat, WEEKS_MAX, heat};
pub use line::{Band, LineChart, Mark, POINTS_MAX, SERIES_MAX, Series, Stroke, Target, line};
pub use map::{Class, MapChart, PLACES_MAX, Place, Shape, map};
pub use multiples::{Multiple, Multiples, multiples, sparkline};

use crate::{Words, tr};

/// A value as charts write it: so many decimals, the marks of the language, and the unit.
fn written(words: &Words, value: f64, decimals: usize, unit: &str) -> String {
    let space = if unit.is_empty() || unit == "%" { "" } else { "\u{a0}" };
    format!("{}{space}{unit}", words.decimal(value, decimals))
}

/// Only what can be drawn.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

/// The outcome of a chart of nothing: a sentence, under the same title.
fn nothing(words: &Words) -> Markup {
    html! { figure.plot.none { p { (tr!(words, "chart-empty")) } } }
}

/// The figures of a chart as a table that unfolds: what those read who do not see the drawing, and
/// who want to copy it.
fn figures(words: &Words, caption: &str, heads: &[String], rows: &[Vec<String>]) -> Markup {
    html! {
        details.under {
            summary { (tr!(words, "chart-figures")) }
            div.sideways tabindex="0" role="region" aria-label=(caption) {
                table {
                    caption.vh { (caption) }
                    thead { tr { @for (at, head) in heads.iter().enumerate() { th.n[at > 0] scope="col" { (head) } } } }
                    tbody { @for row in rows { tr {
                        @for (at, cell) in row.iter().enumerate() {
                            @if at == 0 { th scope="row" { (cell) } } @else { td.n { (cell) } }
                        }
                    } } }
                }
            }
        }
    }
}
