//! How likely a target is to be met: a shape and a word, so that grey print reads.

use maud::{Markup, html};
use scorecards::Likelihood;
use web::{Words, tr};

use crate::{measures::Standing, model::likelihood_word};

/// What holds of a target; where a head said otherwise than what was computed, both.
pub(in crate::pages) fn judged(words: &Words, standing: &Standing) -> Markup {
    let computed = standing.judged.as_ref().map(|judged| judged.likelihood);
    html! {
        @match (&standing.said, computed) {
            (Some(said), computed) => {
                (of_likelihood(words, Some(said.likelihood)))
                span.small.muted { br; (tr!(words, "programme-said-by-head")) " "
                    (tr!(words, "programme-computed-was", what = word(words, computed))) }
            }
            (None, computed) => { (of_likelihood(words, computed)) }
        }
    }
}

/// One of the four, or that there is nothing to judge by.
pub(in crate::pages) fn of_likelihood(words: &Words, likelihood: Option<Likelihood>) -> Markup {
    let Some(one) = likelihood else {
        return html! { span.judge.unknown { (word(words, None)) } };
    };
    let shape = match one {
        Likelihood::Assured => "M8 1.500a6.500 6.500 0 1 0 0 13a6.500 6.500 0 1 0 0-13z",
        Likelihood::Likely => "M8 1.500l6.500 12.500h-13z",
        Likelihood::Doubtful => "M8 1l7 7-7 7-7-7z",
        Likelihood::Unlikely => "M2 2h12v12H2z",
    };
    html! {
        span class={ "judge " (likelihood_word(one)) } {
            svg width="14" height="14" viewBox="0 0 16 16" fill="currentColor" aria-hidden="true" {
                path d=(shape) {}
            }
            (word(words, likelihood))
        }
    }
}

fn word(words: &Words, likelihood: Option<Likelihood>) -> String {
    words.t(&match likelihood {
        Some(one) => format!("programme-likelihood-{}", likelihood_word(one)),
        None => "programme-likelihood-none".to_owned(),
    })
}
