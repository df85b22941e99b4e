//! The page that asks before something is done, and is told why.

use axum::{
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        confirm::{Confirm, confirm},
        errors,
        fields::{self, Choice, Field},
    },
    form::Faults,
    http::Problem,
    tr,
};

use super::{REPORTS, one::open};
use crate::{form::Severity, queries::Whole};

/// The page that asks before something is done.
pub(super) async fn ask(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((code, deed)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let whole = open(&desk, &me, &code).await?;
    asked(&desk, &me, &whole, &deed, &Typed::default(), &Faults::default()).await
}

/// As [`ask`], with what was typed and what is wrong with it.
pub(super) async fn asked(
    desk: &Desk,
    me: &SignedIn,
    whole: &Whole,
    deed: &str,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    if !["gui", "tra-lai", "gop-y", "nhan", "sua-doi"].contains(&deed) {
        return Err(Problem::not_found());
    }
    let ctx = desk::context(desk, me).await?;
    let report = &whole.report;
    let base = format!("{REPORTS}/{}", report.code);
    let view = Confirm {
        question: me.words.t(&format!("reports-ask-{deed}")),
        consequences: (1..=3)
            .map(|n| format!("reports-ask-{deed}-{n}"))
            .filter(|key| me.words.has(key))
            .map(|key| me.words.t(&key))
            .collect(),
        action: format!("{base}/{deed}"),
        verb: me.words.t(&format!("reports-deed-{deed}")),
        harsh: deed == "tra-lai",
        back: base,
        kept: Vec::new(),
    };
    let main = html! {
        (errors::summary(&me.words, faults))
        (confirm(&ctx, &view, fields_of(me, whole, deed, typed, faults)))
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let title = me.words.t(&format!("reports-deed-{deed}"));
    Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
}

fn fields_of(me: &SignedIn, whole: &Whole, deed: &str, typed: &Typed, faults: &Faults) -> Markup {
    let words = &me.words;
    let reason = tr!(me, "reports-words");
    let cell = tr!(me, "reports-which-cell");
    let mut choices = vec![Choice::new("", tr!(me, "reports-whole"))];
    let cells = whole.form.cells.iter();
    choices.extend(cells.map(|cell| Choice::new(cell.id.clone(), cell.label.clone())));
    html! {
        @if matches!(deed, "tra-lai" | "gop-y") {
            (fields::select(words, &Field::new("o", &cell), &choices, typed.get("o")))
        }
        @if matches!(deed, "tra-lai" | "gop-y" | "sua-doi") {
            (fields::textarea(words, &Field::new("loi", &reason).fault(faults.of("loi")), typed.get("loi")))
        }
        @if deed == "gui" && whole.remarks.iter().any(|r| r.severity == Severity::Error) {
            p.note.late { (tr!(me, "reports-keeps-back")) }
        }
    }
}
