//! What the head promised: each target with its bullet, its figure, and how likely it is.

use desk::Desk;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{empty, section},
    tr,
};

use super::super::{PROGRAMMES, parts};
use crate::{head::Sheet, measures::Standing};

/// The card of the head's page.
pub(super) fn card(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Markup {
    let body = html! {
        @if sheet.promises.is_empty() {
            (empty::empty(&tr!(me, "programme-promises-none"), Some((&tr!(me, "programme-nav"), PROGRAMMES))))
        } @else {
            (table(desk, me, &sheet.promises, false))
            p.small.muted { (tr!(me, "programme-promises-note")) }
        }
    };
    section::card("promises", &tr!(me, "programme-promises"), body)
}

/// The targets as a table; with who answers for each where that is not plain.
pub(in crate::pages) fn table(
    desk: &Desk,
    me: &SignedIn,
    standings: &[Standing],
    with_head: bool,
) -> Markup {
    html! {
        table.prom {
            caption.vh { (tr!(me, "programme-promises")) }
            thead { tr {
                th scope="col" { (tr!(me, "programme-target")) }
                th scope="col" { (tr!(me, "programme-progress")) }
                th.n scope="col" { (tr!(me, "programme-now")) }
                th scope="col" { (tr!(me, "programme-judgement")) }
            } }
            tbody { @for standing in standings { (row(desk, me, standing, with_head)) } }
        }
    }
}

fn row(desk: &Desk, me: &SignedIn, standing: &Standing, with_head: bool) -> Markup {
    let (target, words) = (&standing.target, &me.words);
    let month = crate::measures::month_shown(me.now).min(target.way.to);
    let plan = target.way.trajectory().expected(month);
    let said = |value| parts::bare(words, desk, target, value);
    let (plan_said, promise_said) = (said(&plan), said(&target.way.target));
    let line = tr!(me, "programme-plan-promise", plan = plan_said, promise = promise_said);
    let newest = standing.newest();
    let now = newest.map(|(_, value)| parts::figure(words, desk, target, value));
    let now = now.unwrap_or_else(|| tr!(me, "programme-no-figure"));
    let drawn = parts::Bullet {
        finding: format!("{}: {now}, {line}", target.name),
        actual: newest.map(|(_, value)| value.to_f64()),
        plan: plan.to_f64(),
        promise: target.way.target.to_f64(),
        start: target.way.start.to_f64(),
    };
    html! {
        tr id=(target.code) {
            td {
                b { a href=(target.address()) { (target.name) } }
                " " (parts::proof(words, standing))
                br; span.small.muted.num { (line) }
                @if with_head { br; span.small { (parts::head_line(&me.directory, target.head, me.now)) } }
            }
            td { (parts::bullet(&drawn)) }
            td.n { (parts::newest(words, desk, standing)) }
            td { (parts::judged(words, desk, standing)) }
        }
    }
}
