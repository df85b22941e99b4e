//! How likely a target is to be met: a shape and a word, so that grey print reads.

use desk::Desk;
use maud::{Markup, html};
use scorecards::Likelihood;
use web::{Words, tr};

use crate::{
    measures::Standing,
    model::{likelihood_word, month_words},
};

/// What holds of a target; where a head said otherwise than what was computed, both.
pub(in crate::pages) fn judged(words: &Words, desk: &Desk, standing: &Standing) -> Markup {
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
        @if let Some(by) = judged_by(words, desk, standing) { span.small.muted.num { br; (by) } }
    }
}

/// By which month and figure a target was judged: the figure beside it is of the month that runs,
/// and may say otherwise.
pub(in crate::pages) fn judged_by(
    words: &Words,
    desk: &Desk,
    standing: &Standing,
) -> Option<String> {
    let by = &standing.judged.as_ref()?.by_figures;
    let value = super::figure(words, desk, &standing.target, &by.actual);
    Some(tr!(words, "programme-judged-by", month = month_words(by.as_of), value = value))
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
