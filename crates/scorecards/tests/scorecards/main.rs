//! What a scorecard promises, told by its published rows and by what nobody published.

#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod breakthrough;
mod brute;
mod faults;
mod figures;
mod odd_rules;
mod properties;
mod published;
mod shipped;
mod trajectory;

use scorecards::{Inputs, Number, Scorecard, Scored, compute, newest, parse_inputs};

/// A scorecard that comes with the program.
fn card(id: &str) -> Scorecard {
    newest(&scorecards::shipped().unwrap(), id).unwrap().clone()
}

fn number(text: &str) -> Number {
    text.parse().unwrap()
}

fn inputs(card: &Scorecard, json: &str) -> Inputs {
    parse_inputs(card, json).unwrap()
}

fn score(card: &Scorecard, json: &str) -> Scored {
    compute(card, &inputs(card, json))
}

/// The points of a part as they are shown; "none" where there are none.
fn points(card: &Scorecard, json: &str, part: &str) -> String {
    let scored = score(card, json);
    let points = &scored.part(part).unwrap().points;
    points.as_ref().map_or_else(|| "none".to_owned(), |points| points.shown(2))
}
