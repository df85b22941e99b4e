//! What is to be looked at in a report: what the rules of its form say, and what people remarked.

use maud::{Markup, html};
use web::{
    SignedIn,
    components::{fields, section::card},
    tr,
};

use super::cells;
use crate::{
    form::{Ordering, Severity},
    queries::Whole,
    validation::{Broken, Remark},
};

/// What the rules of the form say, each with why.
pub(super) fn broken(me: &SignedIn, whole: &Whole) -> Markup {
    if !whole.report.state.is_open() {
        return html! {};
    }
    let body = html! {
        @if whole.remarks.is_empty() { p { (tr!(me, "reports-no-remarks")) } }
        @else {
            ul.l { @for remark in &whole.remarks { li {
                b { (me.words.t(&format!("reports-severity-{}", remark.severity.word()))) ": " }
                (text(me, whole, remark))
                @if let Some(cell) = remark.cells.first() {
                    " " a href={ "#" (fields::field_id(&cells::name_of(whole, cell))) } { (tr!(me, "reports-to-cell")) }
                }
            } } }
        }
    };
    let errors = whole.remarks.iter().filter(|r| r.severity == Severity::Error).count();
    card("remarks", &tr!(me, "reports-remarks", n = errors), body)
}

/// A remark in words.
fn text(me: &SignedIn, whole: &Whole, remark: &Remark) -> String {
    let label = |id: &String| match id.strip_prefix("part.") {
        Some(part) => {
            let part = whole.form.parts.iter().find(|of| of.id == part);
            part.map_or_else(|| id.clone(), |part| part.title.clone())
        }
        None => whole.form.described(id).map_or_else(|| id.clone(), |(_, label)| label),
    };
    let cells = remark.cells.iter().map(label).collect::<Vec<_>>().join("; ");
    let number = |n: crate::number::Number| n.text(&me.words);
    let mut values = vec![("cells", cells.into())];
    let key = match &remark.broken {
        Broken::Missing => "missing",
        Broken::NotWhole => "not-whole",
        Broken::Negative => "negative",
        Broken::NoShare => "no-share",
        Broken::NoFigure { name } => {
            values.push(("name", name.clone().into()));
            "no-figure"
        }
        Broken::NoReason => "no-reason",
        Broken::Compare { left, order, right } => {
            values.push(("left", number(*left).into()));
            values.push(("right", number(*right).into()));
            match order {
                Ordering::Equal => "compare-equal",
                Ordering::Unequal => "compare-unequal",
                Ordering::AtMost => "compare-at-most",
                Ordering::AtLeast => "compare-at-least",
                Ordering::Less => "compare-less",
                Ordering::More => "compare-more",
            }
        }
        Broken::Pair { missing } => {
            values.push(("missing", whole.form.cells[*missing].label.clone().into()));
            "pair"
        }
        Broken::Change { before, now, by } => {
            values.push(("before", number(*before).into()));
            values.push(("now", number(*now).into()));
            values.push(("by", me.words.decimal(by.to_f64(), 0).into()));
            "change"
        }
        Broken::Outlier { median, z } => {
            values.push(("median", number(*median).into()));
            values.push(("z", me.words.decimal(*z, 1).into()));
            "outlier"
        }
    };
    let said = me.words.t_with(&format!("reports-broken-{key}"), &values);
    if remark.explain.is_empty() { said } else { format!("{said} {}", remark.explain) }
}

/// What people remarked on its cells, oldest first.
pub(super) fn comments(me: &SignedIn, whole: &Whole) -> Markup {
    if whole.comments.is_empty() {
        return html! {};
    }
    let body = html! {
        ul.l { @for one in &whole.comments { li {
            @if let Some((_, label)) = whole.form.described(&one.cell) { b { (label) ": " } }
            (one.words) br;
            span.small.muted {
                (me.directory.post(one.by).map_or("", |post| post.title.as_str())) ", "
                (me.words.moment_near(one.at, me.now))
                @if one.done { ", " (tr!(me, "reports-comment-done")) }
            }
        } } }
    };
    card("comments", &tr!(me, "reports-comments"), body)
}
