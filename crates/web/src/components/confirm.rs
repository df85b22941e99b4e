//! A page, not a box, before what cannot be undone: what will happen, to whom, until when.

use maud::{Markup, html};

use crate::{PageContext, page::csrf_field, tr};

/// What is about to happen.
#[derive(Debug, Clone, Default)]
pub struct Confirm {
    /// The question: "Từ chối nhận hồ sơ của bà Bàn Thị Liên?"
    pub question: String,
    /// What will happen, one sentence each.
    pub consequences: Vec<String>,
    /// Where it is sent (POST).
    pub action: String,
    /// The verb, repeated on the button: "Từ chối nhận".
    pub verb: String,
    /// Whether it takes something away from someone.
    pub harsh: bool,
    /// Where the way back leads.
    pub back: String,
    /// What the form sends along: (name, value).
    pub kept: Vec<(String, String)>,
}

/// The question with its two ways. `fields` stands between them: a reason to choose, a signature.
#[must_use]
pub fn confirm(ctx: &PageContext, confirm: &Confirm, fields: Markup) -> Markup {
    html! {
        section.card.ask-first aria-labelledby="ask-first" {
            h1 #ask-first { (confirm.question) }
            ul { @for line in &confirm.consequences { li { (line) } } }
            form.stack method="post" action=(confirm.action) {
                (csrf_field(ctx))
                @for (name, value) in &confirm.kept { input type="hidden" name=(name) value=(value); }
                (fields)
                div.row {
                    button.btn.go[!confirm.harsh].bad[confirm.harsh] { (confirm.verb) }
                    a.btn href=(confirm.back) { (tr!(ctx, "confirm-back")) }
                }
            }
        }
    }
}
