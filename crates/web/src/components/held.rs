//! Who held a case for how long: one segment a holder, hatched pause, dashed rest.

use std::fmt::Write;

use maud::{Markup, html};

use crate::{Words, tr};

/// A stretch of working time in one pair of hands.
#[derive(Debug, Clone, Default)]
pub struct HeldPart {
    /// "Đặng Quốc Bảo, thực địa và thẩm định". Stretches of the same text share a colour and a
    /// line of the legend.
    pub who: String,
    /// Working minutes; of a pause, the working minutes that were not counted.
    pub minutes: i64,
    /// What kind of stretch it is.
    pub kind: HeldKind,
}

/// What kind of stretch it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum HeldKind {
    /// Somebody held it.
    #[default]
    Held,
    /// The clock stood.
    Paused,
    /// What is left until the promised instant.
    Left,
}

const WIDTH: f64 = 700.0;
const GAP: f64 = 2.0;
/// No stretch is drawn narrower, so that ten minutes among weeks can still be seen.
const WIDTH_MIN: f64 = 5.0;

/// The bar with its legend. Colours come back after four holders; the legend keeps the order.
#[must_use]
pub fn bar(words: &Words, parts: &[HeldPart]) -> Markup {
    let legend = legend(parts);
    let mut spoken = String::new();
    for part in &legend {
        let comma = if spoken.is_empty() { "" } else { "; " };
        let time = words.working_time(part.minutes);
        write!(spoken, "{comma}{} {time}", part.who).expect("writing to memory does not fail");
    }
    html! {
        figure.held {
            figcaption.small.muted { (tr!(words, "held-caption")) }
            svg viewBox="0 0 700 28" role="img" aria-label=(tr!(words, "held-aria", parts = spoken)) {
                defs {
                    pattern #hz width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)" {
                        rect.z0 width="6" height="6" {} rect.z1 width="2" height="6" {}
                    }
                }
                @for (part, (x, width)) in parts.iter().zip(places(parts)) {
                    rect class=(class(&legend, part)) x={ (format!("{x:.1}")) } y="1"
                        width={ (format!("{width:.1}")) } height="26" rx="2" {}
                }
            }
            div.hleg {
                @for part in &legend {
                    span {
                        i class=(class(&legend, part)) {}
                        (part.who) ": " b.num { (words.working_time(part.minutes)) }
                    }
                }
            }
        }
    }
}

/// One line for each holder, with the sum of their stretches.
fn legend(parts: &[HeldPart]) -> Vec<HeldPart> {
    let mut legend: Vec<HeldPart> = Vec::new();
    for part in parts {
        match legend.iter_mut().find(|l| l.who == part.who && l.kind == part.kind) {
            Some(line) => line.minutes += part.minutes,
            None => legend.push(part.clone()),
        }
    }
    legend
}

fn class(legend: &[HeldPart], part: &HeldPart) -> &'static str {
    const HOLDERS: [&str; 4] = ["k1", "k2", "k3", "k4"];
    match part.kind {
        HeldKind::Paused => "kz",
        HeldKind::Left => "kl",
        HeldKind::Held => {
            let mut holders = legend.iter().filter(|line| line.kind == HeldKind::Held);
            HOLDERS[holders.position(|line| line.who == part.who).unwrap_or(0) % HOLDERS.len()]
        }
    }
}

/// Left edge and width of each stretch.
fn places(parts: &[HeldPart]) -> Vec<(f64, f64)> {
    #[expect(clippy::cast_precision_loss, reason = "minutes of a few years; drawn to 0.1 px")]
    let minutes: Vec<f64> = parts.iter().map(|part| part.minutes.max(0) as f64).collect();
    let total: f64 = minutes.iter().sum::<f64>().max(1.0);
    #[expect(clippy::cast_precision_loss, reason = "a handful of stretches")]
    let free = WIDTH - GAP * parts.len() as f64;
    let wanted: Vec<f64> = minutes.iter().map(|m| (m / total * free).max(WIDTH_MIN)).collect();
    // What the narrow ones were given is taken from all alike.
    let scale = free / wanted.iter().sum::<f64>().max(1.0);
    let mut at = GAP / 2.0;
    let mut places = Vec::with_capacity(parts.len());
    for width in wanted {
        places.push((at, width * scale));
        at += width * scale + GAP;
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_filled_and_no_stretch_vanishes() {
        let part =
            |who: &str, minutes| HeldPart { who: who.into(), minutes, ..HeldPart::default() };
        let parts = [part("Hiền", 1), part("Bảo", 100_000), part("Hiền", 1)];
        let places = places(&parts);
        assert!(places.iter().all(|(_, width)| *width > 4.0));
        let (x, width) = places[2];
        assert!((x + width - (WIDTH - GAP / 2.0)).abs() < 0.01);
        let legend = legend(&parts);
        assert_eq!((legend.len(), legend[0].minutes), (2, 2));
        assert_eq!((class(&legend, &parts[0]), class(&legend, &parts[1])), ("k1", "k2"));
    }
}
