//! How far the forecast was off when it was last measured, said where it is read.

use desk::Desk;
use maud::{Markup, html};
use store::Tx;
use web::{
    Words,
    components::note::{self, Tone},
    tr,
};

use super::OUTLOOK;
use crate::{
    Result,
    model::{Kind, Tested, Told},
    queries,
};

/// Keys of the ways to guess, in the order of the errors.
const WAYS: [&str; 3] = ["outlook-way-forecast", "outlook-way-last", "outlook-way-weekday"];

/// The newest back-test that came to an end.
pub(super) fn newest(tx: &mut Tx<'_>, desk: &Desk) -> Result<Option<Tested>> {
    let Some(run) = queries::newest_done(tx, desk, Kind::BackTest)? else { return Ok(None) };
    Ok(match queries::told(tx, desk, run.id)? {
        Some(Told::BackTest(tested)) => Some(tested),
        _ => None,
    })
}

/// What a reader must know before relying on a figure: that a simple guess was as good, or that
/// nobody measured yet. Nothing where the forecast was better.
pub(super) fn warning(words: &Words, tested: Option<&Tested>) -> Markup {
    let (sentence, way) = match tested {
        None => (tr!(words, "outlook-measured-never"), tr!(words, "outlook-measured-do")),
        Some(tested) if tested.against_guess().is_lt() => return html! {},
        Some(tested) => {
            let (guess, error) = tested.guess();
            let guess = words.t(WAYS[guess]);
            let ours = words.decimal(tested.period_errors[0], 2);
            let error = words.decimal(error, 2);
            let sentence = tr!(
                words,
                "outlook-measured-no-better",
                days = tested.days,
                ours = ours,
                guess = guess,
                error = error
            );
            (sentence, tr!(words, "outlook-measured-see"))
        }
    };
    let told = html! { p { (sentence) " " a href={ (OUTLOOK) "/kiem-chung" } { (way) } } };
    note::note(Tone::Soon, told)
}

#[cfg(test)]
mod tests {
    use web::{Lang, Texts};

    use super::*;

    fn said(errors: Option<[f64; 3]>) -> String {
        let all = [&web::TEXTS[..], desk::TEXTS, crate::TEXTS].concat();
        let texts = std::sync::Arc::new(Texts::new(&all).expect("texts"));
        let tested = errors.map(|period_errors| Tested {
            split: jiff::civil::date(2026, 10, 1),
            days: 30,
            runs: 100,
            agencies: Vec::new(),
            period_errors,
            day_errors: [0.0; 3],
            covered: (0, 0),
            covered_where_late: (0, 0),
        });
        warning(&Words::new(Lang::Vi, texts), tested.as_ref()).into_string()
    }

    #[test]
    fn a_forecast_that_is_no_better_than_a_guess_says_so_with_both_errors() {
        let worse = said(Some([3.0, 2.5, 2.25]));
        assert!(worse.contains("3,00") && worse.contains("2,25"), "{worse}");
        assert!(worse.contains("Như mọi thứ trong tuần") && worse.contains("/du-bao/kiem-chung"));
        let same = said(Some([1.0, 1.0, 1.5]));
        assert!(same.contains("Như kỳ trước") && same.contains("1,00"), "{same}");
    }

    #[test]
    fn a_better_one_says_nothing_and_one_that_was_never_measured_says_that() {
        assert_eq!(said(Some([1.0, 1.5, 2.0])), "");
        let never = said(None);
        assert!(never.contains("Chưa có lần kiểm chứng") && never.contains("/du-bao/kiem-chung"));
    }
}
