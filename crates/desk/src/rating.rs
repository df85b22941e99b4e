//! The one question of how satisfied somebody is, as every page that asks it shows it.

use maud::{Markup, html};
use web::{PageContext, Words};

use crate::Score;

/// The field that carries what was pressed: [`Score::number`].
pub const SCORE_FIELD: &str = "diem";

/// Three buttons; one press is the whole answer. `hidden` are fields that the form carries.
#[must_use]
pub fn rating_buttons(ctx: &PageContext, action: &str, hidden: &Markup) -> Markup {
    html! {
        form.rate method="post" action=(action) {
            (hidden)
            @for score in Score::ALL {
                button.btn.wide name=(SCORE_FIELD) value=(score.number()) {
                    (face(score)) span { (rating_word(&ctx.words, score)) }
                }
            }
        }
    }
}

/// An answer in words.
#[must_use]
pub fn rating_word(words: &Words, score: Score) -> String {
    words.t(&format!("satisfaction-score-{}", score.number()))
}

/// A face beside the words, drawn in three strokes.
fn face(score: Score) -> Markup {
    let mouth = match score {
        Score::VerySatisfied => "M9 19c2 5 12 5 14 0z",
        Score::Satisfied => "M9 20c3 3 11 3 14 0",
        Score::Dissatisfied => "M9 23c3-4 11-4 14 0",
    };
    html! {
        svg.face viewBox="0 0 32 32" aria-hidden="true" fill="none" stroke="currentColor"
            stroke-width="2" stroke-linecap="round" stroke-linejoin="round" {
            circle cx="16" cy="16" r="13" {}
            path d="M11.5 12v1M20.5 12v1" {}
            path d=(mouth) {}
        }
    }
}
