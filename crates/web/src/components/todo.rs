//! What waits for a decision: matter, what is behind it, clock, one action.

use maud::{Markup, html};

use super::clock::{self, ClockView};
use crate::Words;

/// One matter.
#[derive(Debug, Clone, Default)]
pub struct Todo {
    /// "Xin lỗi và gia hạn: Cải chính hộ tịch".
    pub what: String,
    /// "Bà Bàn Thị Liên; quá hạn 1 ngày vì chờ xác minh nơi khác".
    pub why: String,
    /// Time left.
    pub clock: Option<ClockView>,
    /// Label and address.
    pub act: Option<(String, String)>,
    /// Whether the action is the one to take first.
    pub main: bool,
}

/// The matters, the most urgent first.
#[must_use]
pub fn todos(words: &Words, todos: &[Todo]) -> Markup {
    html! {
        ul.todo { @for it in todos { li {
            div { b { (it.what) } span.w { (it.why) } }
            span.end {
                @if let Some(clock) = &it.clock { (clock::chip(words, clock)) }
                @if let Some((label, href)) = &it.act { a.btn.sm.go[it.main] href=(href) { (label) } }
            }
        } } }
    }
}
