//! What to look at again, at the top of a form: one link a fault, the same words as at the field.

use maud::{Markup, html};

use super::fields::field_id;
use crate::{Words, form::Faults, tr};

/// The summary; nothing where there are no faults. The page's title then begins with "Lỗi:", see
/// [`title`].
#[must_use]
pub fn summary(words: &Words, faults: &Faults) -> Markup {
    html! {
        @if !faults.is_empty() {
            div.problem role="alert" aria-labelledby="faults" tabindex="-1" data-focus {
                h2 #faults { (tr!(words, "error-count", n = faults.len())) }
                ul.l { @for (name, fault) in faults.iter() {
                    li { a href={ "#" (field_id(name)) } { (fault) } }
                } }
            }
        }
    }
}

/// The title of a page with a form: begins with "Lỗi:" where there are faults.
#[must_use]
pub fn title(words: &Words, faults: &Faults, title: &str) -> String {
    if faults.is_empty() { title.to_owned() } else { tr!(words, "error-prefix", title = title) }
}
