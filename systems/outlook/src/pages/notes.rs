//! What a reader must know of a forecast: what it rests on, what it takes to be so, what it leaves
//! out.

use std::collections::{BTreeMap, BTreeSet};

use kernel::AgencyId;
use maud::{Markup, html};
use web::{SignedIn, components::section, tr};

use super::{Sight, words};
use crate::model::{Foreseen, Noted};

/// Places that are named one by one.
const NAMED_MAX: usize = 5;

pub(super) fn evidence(
    me: &SignedIn,
    foreseen: &Foreseen,
    sight: &Sight,
    steps: &BTreeMap<String, String>,
) -> Markup {
    let province = &foreseen.province;
    section::card(
        "evidence",
        &tr!(me, "outlook-evidence"),
        html! {
            ul {
                li { (tr!(me, "outlook-rests-on", records = me.words.number(foreseen.records),
                    since = me.words.date(kernel::today(foreseen.since)), runs = me.words.number(foreseen.runs))) }
                li { (tr!(me, "outlook-few", share = me.words.share(province.few))) }
                @if province.unlike > 0.0 {
                    li { (tr!(me, "outlook-unlike", share = me.words.share(province.unlike))) }
                }
                @if foreseen.dropped > 0 {
                    li { (tr!(me, "outlook-dropped", n = foreseen.dropped)) }
                }
                @for line in noted(me, foreseen, sight, steps) { li { (line) } }
            }
        },
    )
}

/// The model's own notes. What is said of many places is said once, with some of them named.
fn noted(
    me: &SignedIn,
    foreseen: &Foreseen,
    sight: &Sight,
    steps: &BTreeMap<String, String>,
) -> Vec<String> {
    let place = |agency: &AgencyId, step: &str| {
        let step = steps.get(step).map_or(step, String::as_str);
        sight
            .sees(me, *agency)
            .then(|| format!("{step} ({})", words::agency(&me.directory, *agency)))
    };
    let (mut nobody, mut no_team) = (BTreeSet::new(), BTreeSet::new());
    let mut lines = Vec::new();
    for note in &foreseen.notes {
        match note {
            Noted::NoHistory => lines.push(tr!(me, "outlook-note-no-history")),
            Noted::NoOfficer { agency, step } => nobody.extend(place(agency, step)),
            Noted::NoTeam { agency, step } => no_team.extend(place(agency, step)),
            Noted::Resting { count } => lines.push(tr!(me, "outlook-note-resting", n = *count)),
            Noted::NoPromise { procedures } => {
                lines.push(tr!(me, "outlook-note-no-promise", n = procedures.len()));
            }
        }
    }
    for (key, places) in [("outlook-note-no-officer", nobody), ("outlook-note-no-team", no_team)] {
        if places.is_empty() {
            continue;
        }
        let named: Vec<&str> = places.iter().take(NAMED_MAX).map(String::as_str).collect();
        let values = [("n", places.len().into()), ("places", named.join("; ").into())];
        lines.push(me.words.t_with(key, &values));
    }
    lines
}

/// What every forecast takes to be so.
pub(super) fn assumptions(me: &SignedIn) -> Markup {
    html! {
        details.card.after {
            summary { (tr!(me, "outlook-assumptions")) }
            ul { @for n in 1..=6 { li { (me.words.t(&format!("outlook-assumption-{n}"))) } } }
        }
    }
}
