//! Nothing to show: one sentence and one action.

use maud::{Markup, html};

/// "Không có hồ sơ quá hạn." with, perhaps, "Xem hồ sơ tuần này".
#[must_use]
pub fn empty(sentence: &str, action: Option<(&str, &str)>) -> Markup {
    html! {
        p.empty.card {
            (sentence)
            @if let Some((label, href)) = action { " " a href=(href) { (label) } }
        }
    }
}
