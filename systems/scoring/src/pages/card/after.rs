//! What a score is followed by: corrections of its figures since it was closed, its revisions, and
//! what the journal says.

use journal::Event;
use maud::{Markup, html};
use scorecards::{Number, Scorecard};
use web::{
    PageContext, SignedIn,
    components::{
        section,
        table::{self, Column, Row, Table},
    },
    page::csrf_field,
    tr,
};

use crate::{
    model::Revision,
    pages::{At, words},
    queries::Correction,
};

/// Events that are shown.
const EVENTS_SHOWN: usize = 20;

/// What was corrected since, and the button that takes it into the score.
pub(super) fn corrections(
    ctx: &PageContext,
    me: &SignedIn,
    (at, card): (&At, &Scorecard),
    corrections: &[Correction],
    may: bool,
) -> Markup {
    let number = |value: Option<&Number>| {
        value.map_or_else(|| tr!(me, "scoring-none"), |value| words::plain(&me.words, value))
    };
    let row = |one: &Correction| {
        let input = card.inputs().iter().find(|input| input.name == one.input);
        let (code, scope, period) = &one.figure;
        Row::Cells(vec![
            html! { a.a href=(desk::figure_page(code, scope, *period)) {
                (input.map_or("", |input| words::name(&me.words, &input.label)))
            } },
            html! { (number(one.was.value.as_ref())) },
            html! { b { (number(one.line().value.as_ref())) } },
            html! { (one.to.reason) span.sub { (me.words.moment_near(one.to.at, me.now)) } },
        ])
    };
    let columns = vec![
        Column::text(tr!(me, "scoring-input")),
        Column::figures(tr!(me, "scoring-corrected-was")),
        Column::figures(tr!(me, "scoring-corrected-to")),
        Column::text(tr!(me, "scoring-corrected-why")),
    ];
    let (caption, rows) = (tr!(me, "scoring-corrected"), corrections.iter().map(row).collect());
    html! { div.after {
        (table::table(&Table { caption, caption_shown: true, columns, rows }))
        @if may { form.noprint method="post" action=(at.address("/dinh-chinh")) {
            (csrf_field(ctx))
            p.acts { button.btn { (tr!(me, "scoring-corrected-do")) } }
        } }
        p.small.muted { (tr!(me, "scoring-corrected-how")) }
    } }
}

pub(super) fn revisions(me: &SignedIn, revisions: &[Revision]) -> Markup {
    html! { div.after { (section::card("revisions", &tr!(me, "scoring-revisions"), html! {
        ul.oth.l { @for one in revisions { li {
            b { (tr!(me, "scoring-revision", n = one.number)) } " "
            (if one.reason.is_empty() { tr!(me, "scoring-first") } else { one.reason.clone() })
            span.sub2 { (words::person(&me.directory, one.by)) ", " (me.words.moment_near(one.at, me.now)) }
        } } }
    })) } }
}

/// What the journal says of the assessment.
pub(super) fn story(me: &SignedIn, card: &Scorecard, events: &[Event]) -> Markup {
    #[derive(serde::Deserialize)]
    struct Told {
        #[serde(default)]
        input: String,
        #[serde(default)]
        value: Option<String>,
    }
    let line = |event: &Event| {
        let told: Option<Told> = event.data.parse().ok();
        let input = told
            .as_ref()
            .and_then(|told| card.inputs().iter().find(|input| input.name == told.input));
        let key = format!("scoring-event-{}", event.kind.as_str().replace(['.', '_'], "-"));
        let who = match &event.actor {
            kernel::Actor::Officer { person, .. } => words::person(&me.directory, *person),
            _ => String::new(),
        };
        html! { li {
            b { (me.words.t(&key)) }
            @if let Some(input) = input { ": " (words::name(&me.words, &input.label)) }
            @if let Some(value) = told.and_then(|told| told.value) { ", " span.num { (value) } }
            span.sub2 { (who) ", " (me.words.moment_near(event.recorded_at, me.now)) }
        } }
    };
    html! { div.after { (section::card("story", &tr!(me, "scoring-story"), html! {
        ul.oth.l { @for event in events.iter().rev().take(EVENTS_SHOWN) { (line(event)) } }
    })) } }
}
