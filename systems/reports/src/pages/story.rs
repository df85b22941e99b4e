//! What happened to a report, newest first, with who did it.

use casework::{Change, Told};
use kernel::Actor;
use maud::{Markup, html};
use web::{
    Icon, SignedIn,
    components::timeline::{Happening, HappeningKind, timeline},
    tr,
};

use crate::queries::Whole;

/// The story.
pub(super) fn story(me: &SignedIn, whole: &Whole) -> Markup {
    let happening = |told: &Told| Happening {
        icon: match told.change {
            Change::Completed { .. } => Icon::Done,
            Change::Moved { .. } => Icon::Next,
            _ => Icon::File,
        },
        kind: HappeningKind::Past,
        what: what(me, &told.change),
        who: who(me, &told.actor),
        when: me.words.moment_near(told.happened_at, me.now),
        consequence: html! {
            @if let Some(note) = &told.note { @if !note.is_empty() { p.small { (note) } } }
        },
    };
    timeline(&whole.story.iter().rev().map(happening).collect::<Vec<_>>())
}

fn what(me: &SignedIn, change: &Change) -> String {
    let key = match change {
        Change::Completed { step, outcome, .. } => format!("reports-done-{step}-{outcome}"),
        other => format!("reports-event-{}", other.kind().replace('_', "-")),
    };
    if me.words.has(&key) { me.words.t(&key) } else { tr!(me, "reports-event-other") }
}

fn who(me: &SignedIn, actor: &Actor) -> String {
    match actor {
        Actor::Officer { person, .. } => {
            me.directory.person(*person).map_or_else(String::new, |person| person.name.clone())
        }
        _ => tr!(me, "reports-by-itself"),
    }
}
