//! The filter bar: a GET form, so that every view has an address.

use maud::{Markup, html};

use super::fields::Choice;
use crate::{PageContext, tr};

/// A filter bar: search, two or three selects, button, density.
#[derive(Debug, Clone, Default)]
pub struct FilterBar {
    /// Where the form leads; the page itself.
    pub action: String,
    /// Search in the list: label, hint, and what was typed. Its name is `q`.
    pub search: Option<(String, String, String)>,
    /// The selects.
    pub selects: Vec<FilterSelect>,
    /// What the form keeps without showing: (name, value).
    pub kept: Vec<(String, String)>,
    /// Whether rows are compact, and the addresses (roomy, compact); no switch without them.
    pub density: Option<(bool, String, String)>,
    /// The address without filters, where there are any.
    pub clear: Option<String>,
    /// Address of the bare list and id of the element it goes into, to search while typing.
    pub live: Option<(String, String)>,
}

/// A select of a filter bar.
#[derive(Debug, Clone, Default)]
pub struct FilterSelect {
    /// What the form sends it as.
    pub name: String,
    /// "Thủ tục".
    pub label: String,
    /// The choices; the first is "all".
    pub choices: Vec<Choice>,
    /// The value chosen.
    pub chosen: String,
}

/// The bar.
#[must_use]
pub fn bar(ctx: &PageContext, bar: &FilterBar) -> Markup {
    let live = bar.live.as_ref();
    html! {
        form.filters method="get" action=(bar.action) role="search"
            data-live=[live.map(|l| &l.0)] data-target=[live.map(|l| &l.1)] {
            @for (name, value) in &bar.kept { input type="hidden" name=(name) value=(value); }
            @if let Some((label, hint, typed)) = &bar.search {
                div.field {
                    label for="filter-q" { (label) }
                    input #filter-q name="q" type="search" maxlength="200" value=(typed) placeholder=(hint);
                }
            }
            @for select in &bar.selects { (select_markup(select)) }
            button.btn { (tr!(ctx, "filter-go")) }
            @if let Some(href) = &bar.clear { a.btn href=(href) { (tr!(ctx, "filter-clear")) } }
            @if let Some((compact, roomy_href, compact_href)) = &bar.density {
                span.seg role="group" aria-label=(tr!(ctx, "filter-density")) {
                    a href=(roomy_href) aria-current=[(!compact).then_some("true")] { (tr!(ctx, "filter-roomy")) }
                    a href=(compact_href) aria-current=[compact.then_some("true")] { (tr!(ctx, "filter-compact")) }
                }
            }
        }
    }
}

fn select_markup(select: &FilterSelect) -> Markup {
    let id = format!("filter-{}", select.name);
    html! {
        div.field {
            label for=(id) { (select.label) }
            select id=(id) name=(select.name) {
                @for choice in &select.choices {
                    option value=(choice.value) selected[choice.value == select.chosen] { (choice.label) }
                }
            }
        }
    }
}
