//! The bar at the foot of a list while something is ticked.
//!
//! The script writes into each button the number of ticked rows that it will really do, and says
//! why the rest must wait. Without the script the buttons still work: the server sorts the rows.

use maud::{Markup, html};

use crate::{Words, tr};

/// What can be done to many cases at once.
#[derive(Debug, Clone, Default)]
pub struct BulkAction {
    /// What the form sends as `do`, and what a row names in [`CaseRow::can`](super::cases::CaseRow).
    pub name: String,
    /// "Trình ký".
    pub label: String,
    /// "Trình ký # hồ sơ": the label with a number in place of `#`.
    pub label_counted: String,
    /// "# hồ sơ chưa trình được": said of the rest, followed by the first row's reason.
    pub rest_counted: String,
    /// Whether this is the main one. The others are left out on a phone.
    pub main: bool,
    /// Whether the answer is a document of its own, shown beside the list.
    pub apart: bool,
}

/// The bar.
#[must_use]
pub fn bar(words: &Words, actions: &[BulkAction]) -> Markup {
    let counted = words.t_with("bulk-selected", &[("n", "#".into())]);
    html! {
        div.bulk role="region" aria-label=(tr!(words, "bulk-label")) data-bulk {
            b data-counted=(counted) { (tr!(words, "bulk-none")) }
            @for action in actions {
                button.btn.sm.go[action.main].x[!action.main] name="do" value=(action.name)
                    formtarget=[action.apart.then_some("_blank")]
                    data-counted=(action.label_counted) { (action.label) }
            }
            span.small data-rest=[rest(actions)] aria-live="polite" {}
            button.small.push.x.quiet type="reset" { (tr!(words, "bulk-clear")) }
        }
    }
}

fn rest(actions: &[BulkAction]) -> Option<&str> {
    actions.iter().find(|action| action.main).map(|action| action.rest_counted.as_str())
}
