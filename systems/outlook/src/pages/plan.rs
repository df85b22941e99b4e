//! A plan: how far it leads, what it is made of, and what it cannot help.

use std::collections::BTreeMap;

use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        note::{self, Tone},
        table::{self, Column, Row, Table},
    },
    tr, tr_rich,
};

use super::{Sight, words};
use crate::model::{Drawn, LEAST_SAVED, Move, Moved, Proved};

/// Steps that are too long by themselves, of those that are named.
const NAMED_MAX: usize = 5;

/// A plan as it is read.
pub(super) fn plan(
    me: &SignedIn,
    drawn: &Drawn,
    sight: &Sight,
    steps: &BTreeMap<String, String>,
) -> Markup {
    // What is done several times stands once, with how often.
    let mut together: Vec<(&Moved, usize)> = Vec::new();
    for moved in drawn.useful().filter(|moved| sight.sees(me, moved.agency)) {
        let same = |(known, _): &&mut (&Moved, usize)| {
            (&known.what, known.agency, &known.step) == (&moved.what, moved.agency, &moved.step)
        };
        match together.iter_mut().find(same) {
            Some((_, times)) => *times += 1,
            None => together.push((moved, 1)),
        }
    }
    let row = |(moved, times): &(&Moved, usize)| {
        Row::Cells(vec![
            html! { (what(me, moved, *times, steps)) },
            html! { b { (me.words.decimal(moved.fewer, 1)) } },
            html! { (me.words.share(moved.used_without)) },
            html! { (me.words.share(moved.used_with)) },
        ])
    };
    let rows: Vec<Row> = together.iter().map(row).collect();
    let columns = vec![
        Column::text(tr!(me, "outlook-move")),
        Column::figures(tr!(me, "outlook-fewer-late")),
        Column::figures(tr!(me, "outlook-used-without")),
        Column::figures(tr!(me, "outlook-used-with")),
    ];
    let caption = tr!(me, "outlook-moves", n = rows.len());
    html! {
        p.lead { (lead(me, drawn, rows.len())) }
        (note::note(Tone::Plain, html! { p { (proof(me, drawn)) } (too_long(me, drawn, sight, steps)) }))
        @if !rows.is_empty() {
            div.after { (table::table(&Table { caption, caption_shown: true, columns, rows })) }
        }
        p.small.muted { (tr!(me, "outlook-plan-how", runs = drawn.runs, days = drawn.days, trials = me.words.number(drawn.trials))) }
    }
}

/// How far it leads. Where the aim is out of reach, that comes first.
fn lead(me: &SignedIn, drawn: &Drawn, moves: usize) -> Markup {
    if words::is_little(Some(drawn.without.due)) {
        return html! { (tr!(me, "outlook-plan-little", days = drawn.days)) };
    }
    let without = me.words.share(drawn.without.share);
    let with = me.words.share(drawn.with.share);
    let reaches = matches!(drawn.proof, Proved::Fewest | Proved::AtLeast { .. });
    match (reaches, moves) {
        (true, 0) => tr_rich!(me, "outlook-plan-nothing", without = without),
        (true, n) => tr_rich!(me, "outlook-plan-reaches", n = n, without = without, with = with),
        (false, 0) => tr_rich!(me, "outlook-plan-helpless", without = without),
        (false, n) => tr_rich!(me, "outlook-plan-short", n = n, without = without, with = with),
    }
}

fn what(me: &SignedIn, moved: &Moved, times: usize, steps: &BTreeMap<String, String>) -> String {
    let step = |id: &str| steps.get(id).cloned().unwrap_or_else(|| id.to_owned());
    let (agency, at) = (words::agency(&me.directory, moved.agency), step(&moved.step));
    match &moved.what {
        Move::AddOfficer => {
            tr!(me, "outlook-move-officer", n = times, step = at, agency = agency)
        }
        Move::Lend { from } => {
            let from = step(from);
            tr!(me, "outlook-move-lend", n = times, from = from, step = at, agency = agency)
        }
        Move::Overtime { minutes } => {
            tr!(me, "outlook-move-overtime", n = *minutes, step = at, agency = agency)
        }
        Move::ByDue => tr!(me, "outlook-move-by-due", step = at, agency = agency),
    }
}

/// How sure it is that no fewer moves do.
fn proof(me: &SignedIn, drawn: &Drawn) -> String {
    match drawn.proof {
        Proved::Fewest => tr!(me, "outlook-proof-fewest"),
        Proved::AtLeast { moves } => tr!(me, "outlook-proof-at-least", n = moves),
        Proved::Impossible { best } => {
            tr!(me, "outlook-proof-impossible", best = me.words.share(best))
        }
        Proved::NotFound { moves } => tr!(me, "outlook-proof-not-found", n = moves),
    }
}

/// Where the aim is out of reach: the steps that are too long whatever is done.
fn too_long(
    me: &SignedIn,
    drawn: &Drawn,
    sight: &Sight,
    steps: &BTreeMap<String, String>,
) -> Markup {
    if matches!(drawn.proof, Proved::Fewest | Proved::AtLeast { .. }) {
        return html! {};
    }
    let seen = drawn.too_long.iter();
    let seen = seen.filter(|(id, _, late)| sight.sees(me, *id) && *late >= LEAST_SAVED);
    let named: Vec<String> = seen
        .take(NAMED_MAX)
        .map(|(id, step, late)| {
            let (step, late) = (steps.get(step).unwrap_or(step), me.words.decimal(*late, 1));
            let agency = words::agency(&me.directory, *id);
            tr!(me, "outlook-too-long-at", step = step.as_str(), agency = agency, late = late)
        })
        .collect();
    html! {
        @if !named.is_empty() {
            p { (tr!(me, "outlook-too-long")) }
            ul { @for one in &named { li { (one) } } }
        }
    }
}
