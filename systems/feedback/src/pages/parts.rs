//! What several pages show alike.

use directory::Directory;
use kernel::{AgencyId, Instant, PlaceCode};
use maud::{Markup, html};
use web::{
    Icon, Words,
    components::{
        clock::{ClockState, ClockView},
        fields::Choice,
    },
    icon, tr,
};

use super::PUBLIC;
use crate::{
    Feedback,
    category::Category,
    model::{Report, State},
    queries::Photo,
};

/// Name of a category.
pub(crate) fn category(words: &Words, category: Category) -> String {
    words.t(&format!("category-{}", category.word()))
}

/// Where a report stands, in two words.
pub(crate) fn state(words: &Words, state: State) -> String {
    words.t(&format!("feedback-state-{}", state.word()))
}

/// The categories to choose from; `first` stands for none.
pub(crate) fn categories(words: &Words, first: String) -> Vec<Choice> {
    let mut choices = vec![Choice::new("", first)];
    let all = Category::ALL.iter();
    choices.extend(all.map(|one| Choice::new(one.word(), category(words, *one))));
    choices
}

/// The communes of the province to choose from, in the order of the alphabet.
pub(crate) fn communes(feedback: &Feedback, first: String) -> Vec<Choice> {
    let directory = feedback.front.directory.get();
    let mut choices = Vec::new();
    if let Some(province) = feedback.province() {
        choices.extend(
            directory.places().communes(&province).map(|p| Choice::new(p.code.as_str(), &*p.name)),
        );
    }
    choices.sort_by_cached_key(|choice| {
        let bare = choice.label.split_once(' ').map_or("", |(_, bare)| bare);
        kernel::fold(bare)
    });
    choices.insert(0, Choice::new("", first));
    choices
}

/// Name of a commune.
pub(crate) fn place(directory: &Directory, code: Option<&PlaceCode>) -> String {
    let place = code.and_then(|code| directory.places().get(code));
    place.map_or_else(String::new, |place| place.name.to_string())
}

/// Short name of an agency.
pub(crate) fn agency(directory: &Directory, id: AgencyId) -> String {
    directory.agency(id).map_or_else(String::new, |agency| agency.short_name.clone())
}

/// The first words of a text, for a line of a list.
pub(crate) fn beginning(text: &str) -> String {
    const LETTERS: usize = 110;
    let line = text.lines().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LETTERS {
        return line;
    }
    let cut: String = line.chars().take(LETTERS).collect();
    let whole = cut.rsplit_once(' ').map_or(cut.as_str(), |(before, _)| before);
    format!("{whole}…")
}

/// A report as a line of a public list.
pub(crate) fn line(words: &Words, directory: &Directory, report: &Report, now: Instant) -> Markup {
    let text = report.public_text.as_deref().unwrap_or_default();
    let day = words.moment_near(report.submitted_at, now);
    let drawing = if report.is_open { Icon::Ok } else { Icon::Done };
    html! {
        li {
            a href={ (PUBLIC) "/" (report.code) } {
                (icon(drawing))
                span {
                    b { (beginning(text)) }
                    small {
                        (category(words, report.category)) ", " (place(directory, report.place.as_ref()))
                        ", " (day)
                    }
                    small {
                        (state(words, report.state))
                        @if report.supporters > 0 {
                            ", " (tr!(words, "feedback-supporters", n = report.supporters))
                        }
                    }
                }
                (icon(Icon::Next))
            }
        }
    }
}

/// A report as a line of its reporter's own list: also what nobody else may see.
pub(crate) fn own_line(
    words: &Words,
    directory: &Directory,
    report: &Report,
    now: Instant,
) -> Markup {
    let about = category(words, report.category);
    let text = report.public_text.as_deref().map(beginning);
    let place = place(directory, report.place.as_ref());
    let day = words.moment_near(report.submitted_at, now);
    let drawing = if report.is_open { Icon::Ok } else { Icon::Done };
    html! {
        li {
            a href={ (PUBLIC) "/" (report.code) } {
                (icon(drawing))
                span {
                    b { (text.as_deref().unwrap_or(&about)) }
                    small {
                        @if text.is_some() { (about) ", " }
                        @if !place.is_empty() { (place) ", " }
                        (day)
                    }
                    small { (state(words, report.state)) ", " span.num { (report.code) } }
                }
                (icon(Icon::Next))
            }
        }
    }
}

/// The clock of a report in a list of officers. Working time is for the page of the one report;
/// here it is the word, with the instant beside it.
pub(crate) fn clock(words: &Words, due: Instant, paused: bool, now: Instant) -> ClockView {
    let state = match (paused, now > due) {
        (true, _) => ClockState::Hold,
        (false, true) => ClockState::Late,
        (false, false) => {
            let left = due.duration_since(now).as_hours();
            if left < 4 { ClockState::Soon } else { ClockState::Ok }
        }
    };
    ClockView::noted(state, if paused { String::new() } else { words.moment_near(due, now) })
}

/// Photos as small pictures that open. `base` is the address before the name, `query` what
/// follows it.
pub(crate) fn photos(words: &Words, photos: &[&Photo], base: &str, query: &str) -> Markup {
    html! {
        @if !photos.is_empty() {
            ul.shots.l {
                @for (n, photo) in photos.iter().enumerate() {
                    li { a href={ (base) (photo.hash) ".jpg" (query) } {
                        img src={ (base) (photo.small) ".jpg" (query) } loading="lazy" width="160"
                            height="120" alt=(tr!(words, "feedback-photo", n = n + 1));
                    } }
                }
            }
        }
    }
}
