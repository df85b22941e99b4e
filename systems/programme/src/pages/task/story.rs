//! What happened to a task, and what was changed of it.

use casework::{Change, Told};
use kernel::Actor;
use maud::{Markup, html};
use web::{
    Icon, SignedIn,
    components::{
        section::card,
        timeline::{Happening, HappeningKind, timeline},
    },
    tr,
};

use super::{super::parts, Open};
use crate::model::{FieldChange, TaskChange};

/// What happened, newest first.
pub(super) fn story(me: &SignedIn, open: &Open) -> Markup {
    let who = |actor: &Actor| parts::actor(&me.directory, actor);
    let one = |told: &Told| Happening {
        icon: match told.change {
            Change::Submitted { .. } => Icon::Inbox,
            Change::Assigned { .. } | Change::Moved { .. } | Change::Forwarded { .. } => Icon::Next,
            Change::Escalated { .. } => Icon::Bell,
            _ => Icon::Done,
        },
        kind: HappeningKind::Past,
        what: happened(me, &told.change),
        who: who(&told.actor),
        when: me.words.moment_near(told.happened_at, me.now),
        consequence: html! { @if let Some(note) = &told.note { @if !note.is_empty() { p.small { (note) } } } },
    };
    let all: Vec<Happening> = open.story.iter().rev().map(one).collect();
    card("story", &tr!(me, "programme-story"), timeline(&all))
}

fn happened(me: &SignedIn, change: &Change) -> String {
    let key = match change {
        Change::Completed { outcome, .. } => format!("programme-done-{}", outcome.as_str()),
        other => format!("programme-event-{}", other.kind().replace('_', "-")),
    };
    if me.words.has(&key) { me.words.t(&key) } else { change.kind().to_owned() }
}

/// What was changed since it was given, with the reasons.
pub(super) fn changes(me: &SignedIn, changes: &[TaskChange]) -> Markup {
    let line = |one: &FieldChange| {
        let label = me.words.t(&format!("programme-field-{}", one.field));
        tr!(
            me,
            "programme-changed",
            field = label,
            was = said(me, &one.field, &one.was),
            now = said(me, &one.field, &one.is)
        )
    };
    let body = html! {
        ul.oth.l { @for one in changes { li {
            @for field in &one.fields { div { (line(field)) } }
            (one.reason)
            span.sub2 { (parts::actor(&me.directory, &one.by.0)) ", " (me.words.moment_near(one.by.1, me.now)) }
        } } }
    };
    card("changes", &tr!(me, "programme-changes"), body)
}

/// What a field said, as people read it.
fn said(me: &SignedIn, field: &str, text: &str) -> String {
    let known = match field {
        "head" | "supporters" => {
            let named = |code: &str| {
                let code = code.trim().parse().ok()?;
                me.directory.agency_by_code(&code).map(|agency| agency.short_name.clone())
            };
            Some(text.split(';').filter_map(named).collect::<Vec<_>>().join(", "))
        }
        "term" => text.parse().ok().map(|day| me.words.date(day)),
        "budget" => text.parse().ok().map(|dong| me.words.money(dong)),
        _ => Some(text.to_owned()),
    };
    known.filter(|known| !known.is_empty()).unwrap_or_else(|| tr!(me, "programme-none"))
}
