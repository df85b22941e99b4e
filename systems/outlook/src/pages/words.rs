//! Figures of a forecast as people read them.

use directory::Directory;
use kernel::AgencyId;
use maud::{Markup, html};
use web::{
    SignedIn, Words,
    components::note::{self, Tone},
    tr,
};

use crate::model::{Ahead, Range, Run, Stage, State, Supposed};

/// "12,4 (8 đến 17)".
pub(super) fn range(words: &Words, range: Range) -> String {
    if range.low == range.high && range.mean == range.low {
        return words.decimal(range.mean, 0);
    }
    let (low, high) = (words.decimal(range.low, 0), words.decimal(range.high, 0));
    tr!(words, "outlook-range", mean = words.decimal(range.mean, 1), low = low, high = high)
}

/// "97,2% (95,0% đến 99,1%)"; of next to nothing no share is told.
pub(super) fn share(words: &Words, ahead: &Ahead) -> String {
    match ahead.share {
        None => tr!(words, "outlook-nothing-due"),
        Some(_) if is_little(ahead.due) => tr!(words, "outlook-little-due"),
        Some(share) => tr!(
            words,
            "outlook-range",
            mean = words.share(share.mean),
            low = words.share(share.low),
            high = words.share(share.high)
        ),
    }
}

/// Whether fewer than one dossier is expected to fall due.
pub(super) fn is_little(due: Option<f64>) -> bool {
    due.is_some_and(|due| due < 1.0)
}

/// Name of an agency for columns.
pub(super) fn agency(directory: &Directory, agency: AgencyId) -> String {
    directory.agency(agency).map_or_else(String::new, |agency| agency.short_name.clone())
}

/// Where a run stands, for whoever waits for it; nothing once it is done.
pub(super) fn standing(me: &SignedIn, run: &Run) -> Markup {
    match run.state {
        State::Done => html! {},
        State::Failed => note::note(
            Tone::Soon,
            html! {
                p { b { (tr!(me, "outlook-failed")) } " " (why(me, run.failure.as_deref().unwrap_or_default())) }
            },
        ),
        State::Waiting | State::Running => {
            let key = match run.stage {
                Stage::Queue => "outlook-stage-queue",
                Stage::Reading => "outlook-stage-reading",
                Stage::Running | Stage::Over => "outlook-stage-running",
            };
            note::note(
                Tone::Plain,
                html! {
                    p role="status" { b { (tr!(me, "outlook-computing")) } " " (me.words.t(key)) }
                },
            )
        }
    }
}

/// Why a run failed, in the reader's words where there are any.
fn why(me: &SignedIn, failure: &str) -> String {
    if failure == "left" {
        return tr!(me, "outlook-failed-left");
    }
    if failure.contains("history is split") {
        return tr!(me, "outlook-failed-split");
    }
    if failure.contains("no work passes step") {
        return tr!(me, "outlook-failed-nowhere");
    }
    tr!(me, "outlook-failed-why", why = failure)
}

/// All that is supposed together.
pub(super) fn supposed(
    me: &SignedIn,
    all: &[Supposed],
    steps: &std::collections::BTreeMap<String, String>,
) -> String {
    all.iter().map(|supposed| one_supposed(me, supposed, steps)).collect::<Vec<_>>().join("; ")
}

/// What is supposed, in a sentence.
pub(super) fn one_supposed(
    me: &SignedIn,
    supposed: &Supposed,
    steps: &std::collections::BTreeMap<String, String>,
) -> String {
    let agency = |id: &AgencyId| agency(&me.directory, *id);
    let step = |id: &str| steps.get(id).cloned().unwrap_or_else(|| id.to_owned());
    match supposed {
        Supposed::Officers { agency: id, step: at, more } => {
            tr!(me, "outlook-if-officers", n = *more, step = step(at), agency = agency(id))
        }
        Supposed::Overtime { agency: id, step: at, minutes } => {
            tr!(me, "outlook-if-overtime", n = *minutes, step = step(at), agency = agency(id))
        }
        Supposed::Work { procedure, percent } => {
            tr!(me, "outlook-if-work", procedure = procedure.as_str(), n = *percent)
        }
        Supposed::Arrivals { agency: None, percent } => {
            tr!(me, "outlook-if-arrivals", n = *percent)
        }
        Supposed::Arrivals { agency: Some(id), percent } => {
            tr!(me, "outlook-if-arrivals-at", n = *percent, agency = agency(id))
        }
        Supposed::Holiday { date } => {
            tr!(me, "outlook-if-holiday", date = me.words.date_long(*date))
        }
    }
}

#[cfg(test)]
mod tests {
    use web::{Lang, Texts};

    use super::*;

    #[test]
    fn of_less_than_one_dossier_no_share_is_told() {
        let all = [&web::TEXTS[..], desk::TEXTS, crate::TEXTS].concat();
        let texts = std::sync::Arc::new(Texts::new(&all).expect("texts"));
        let words = Words::new(Lang::Vi, texts);
        let said = |due: Option<f64>, in_time: Option<Range>| {
            let late = Range::default();
            share(
                &words,
                &Ahead { late, share: in_time, due, days: Vec::new(), few: 0.0, unlike: 0.0 },
            )
        };
        let none = Some(Range::default());
        assert_eq!(said(Some(0.2), none), "ít hơn một hồ sơ");
        assert_eq!(said(Some(1.0), none), "0,0% (0,0% đến 0,0%)");
        // A run of before it was kept does not say how many fall due.
        assert_eq!(said(None, none), "0,0% (0,0% đến 0,0%)");
        assert_eq!(said(Some(0.0), None), "không có hồ sơ đến hạn");
    }
}
