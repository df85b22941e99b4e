//! The clock chip: icon, word and working time left. The same words at the counter, in the list,
//! on the wall and on the citizen's phone.

use maud::{Markup, html};

use crate::{Icon, Words, i18n::capital, icon, tr};

/// How a case stands against its promised instant. Fill, border, corner and icon differ too, so
/// that it reads in grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ClockState {
    /// Time enough.
    #[default]
    Ok,
    /// Little time is left; the province sets how little.
    Soon,
    /// Past the promised instant.
    Late,
    /// The clock stands: supplement, fee, legal suspension.
    Hold,
    /// Done, and how.
    Done(Finish),
}

/// How a case was finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finish {
    /// Before the promised day.
    Early,
    /// On it.
    OnTime,
    /// After it.
    Late,
}

/// What a clock shows.
#[derive(Debug, Clone, Default)]
pub struct ClockView {
    /// How the case stands.
    pub state: ClockState,
    /// Working minutes left; of a late case, working minutes since the promised instant, in
    /// either sign. `None` shows the word alone.
    pub left_minutes: Option<i64>,
    /// Said instead of the time: "từ 20/11", "chờ bà bổ sung đến 27/11".
    pub note: Option<String>,
}

impl ClockView {
    /// A clock with time left, or overrun.
    #[must_use]
    pub fn new(state: ClockState, left_minutes: i64) -> Self {
        Self { state, left_minutes: Some(left_minutes), note: None }
    }

    /// A clock that says something instead of a time.
    #[must_use]
    pub fn noted(state: ClockState, note: impl Into<String>) -> Self {
        Self { state, left_minutes: None, note: Some(note.into()) }
    }
}

impl ClockState {
    /// Its class in the stylesheet.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Soon => "soon",
            Self::Late => "late",
            Self::Hold => "hold",
            Self::Done(_) => "done",
        }
    }

    /// Its icon.
    #[must_use]
    pub fn icon(self) -> Icon {
        match self {
            Self::Ok => Icon::Ok,
            Self::Soon => Icon::Soon,
            Self::Late => Icon::Late,
            Self::Hold => Icon::Hold,
            Self::Done(_) => Icon::Done,
        }
    }

    /// Its word.
    #[must_use]
    pub fn word(self, words: &Words) -> String {
        match self {
            Self::Ok => tr!(words, "clock-ok"),
            Self::Soon => tr!(words, "clock-soon"),
            Self::Late => tr!(words, "clock-late"),
            Self::Hold => tr!(words, "clock-hold"),
            Self::Done(_) => tr!(words, "clock-done"),
        }
    }
}

/// The chip.
#[must_use]
pub fn chip(words: &Words, clock: &ClockView) -> Markup {
    html! {
        span class={ "clock " (clock.state.class()) } {
            (icon(clock.state.icon())) b { (clock.state.word(words)) }
            @if let Some(rest) = rest(words, clock) { " " (rest) }
        }
    }
}

/// The clock as the first thing on the page of one case: large, without a border.
#[must_use]
pub fn large(words: &Words, clock: &ClockView) -> Markup {
    html! {
        p class={ "left " (clock.state.class()) } {
            (icon(clock.state.icon()))
            span.big.num { (capital(&sentence(words, clock))) }
        }
    }
}

/// "còn 1 ngày 6 giờ": where the time can be said alone, the word is not needed beside it.
fn sentence(words: &Words, clock: &ClockView) -> String {
    match (clock.state, &clock.note, clock.left_minutes) {
        (ClockState::Ok | ClockState::Soon, None, Some(minutes)) => {
            tr!(words, "clock-left", time = words.working_time(minutes))
        }
        (ClockState::Late, None, Some(minutes)) => {
            tr!(words, "clock-over", time = words.working_time(minutes))
        }
        _ => {
            let word = clock.state.word(words);
            rest(words, clock).map_or(word.clone(), |rest| format!("{word} {rest}"))
        }
    }
}

fn rest(words: &Words, clock: &ClockView) -> Option<String> {
    let finish = match clock.state {
        ClockState::Done(Finish::Early) => Some(tr!(words, "clock-early")),
        ClockState::Done(Finish::OnTime) => Some(tr!(words, "clock-on-time")),
        ClockState::Done(Finish::Late) => Some(tr!(words, "clock-after")),
        _ => None,
    };
    let time = clock.left_minutes.map(|minutes| words.working_time(minutes));
    let said = clock.note.clone().or(time);
    match (finish, said) {
        (Some(finish), Some(said)) => Some(format!("{finish} {said}")),
        (finish, said) => finish.or(said),
    }
}
