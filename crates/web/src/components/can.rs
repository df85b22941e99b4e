//! What to do next. What may not be done now stays in view, with the reason and the way out.

use maud::{Markup, html};

/// An action, or why not.
#[derive(Debug, Clone)]
pub enum Can {
    /// A button of the form around it.
    Button {
        /// The verb.
        label: String,
        /// What the form sends as `do`.
        value: String,
        /// How much weight it has.
        weight: Weight,
        /// The key that presses it: `F9`, `Ctrl Enter`.
        key: Option<&'static str>,
    },
    /// A link to a page that does it.
    Link {
        /// The verb.
        label: String,
        /// Where it leads.
        href: String,
        /// How much weight it has.
        weight: Weight,
    },
    /// A sentence about the actions above it.
    Note(String),
    /// What may not be done.
    Refused {
        /// "Yêu cầu bổ sung lần hai: chưa được".
        label: String,
        /// Why.
        why: String,
        /// Label and address of the way out.
        way_out: Option<(String, String)>,
    },
}

/// How much weight an action has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one thing that this page is for.
    Main,
    /// Something else.
    #[default]
    Plain,
    /// Takes something away from someone.
    Harsh,
}

/// The actions, one below the other.
#[must_use]
pub fn can(actions: &[Can]) -> Markup {
    html! {
        div.can {
            @for action in actions {
                @match action {
                    Can::Button { label, value, weight, key } => (button(label, value, *weight, *key)),
                    Can::Link { label, href, weight } => { a class=(class(*weight)) href=(href) { (label) } }
                    Can::Note(text) => { p.small.muted { (text) } }
                    Can::Refused { label, why, way_out } => {
                        div.no {
                            b { (label) } (why)
                            @if let Some((label, href)) = way_out { " " a href=(href) { (label) } }
                        }
                    }
                }
            }
        }
    }
}

fn button(label: &str, value: &str, weight: Weight, key: Option<&str>) -> Markup {
    html! {
        button class=(class(weight)) name="do" value=(value) data-key=[key] {
            (label) @if let Some(key) = key { " " kbd aria-hidden="true" { (key) } }
        }
    }
}

fn class(weight: Weight) -> &'static str {
    match weight {
        Weight::Main => "btn go",
        Weight::Plain => "btn",
        Weight::Harsh => "btn bad",
    }
}
