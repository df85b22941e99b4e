//! What surrounds one question to a citizen: the way back, how far, what has been saved.

use maud::{Markup, html};

use crate::{Icon, Words, icon, tr};

/// The way back and how far: "Đăng ký khai sinh, câu 3 trên 8".
#[must_use]
pub fn progress(words: &Words, topic: &str, at: usize, of: usize, back: Option<&str>) -> Markup {
    html! {
        @if let Some(href) = back {
            a.bk href=(href) { (icon(Icon::Back)) (tr!(words, "question-back")) }
        }
        p.muted { (tr!(words, "question-at", topic = topic, at = at, of = of)) }
        p.prog aria-hidden="true" {
            @for i in 1..=of.min(40) { i.d[i < at].n[i == at] {} }
        }
    }
}

/// The two ways on: continue, or later. The form sends `do=later` for the second.
#[must_use]
pub fn go_on(words: &Words) -> Markup {
    html! {
        div.go2 {
            button.btn.go { (tr!(words, "question-go")) }
            button.btn name="do" value="later" formnovalidate { (tr!(words, "question-later")) }
        }
    }
}

/// That what was typed is safe: "Đã lưu lúc 09:14…".
#[must_use]
pub fn saved(sentence: &str) -> Markup {
    html! { p.saved { (icon(Icon::Save)) span { (sentence) } } }
}
