//! What to do, what to leave, and how much each of it gains.

use maud::{Markup, html};
use scorecards::{Gain, Number, Plan, Scorecard};
use web::{
    PageContext, SignedIn,
    components::{
        note::{self, Tone},
        section,
    },
    page::csrf_field,
    tr,
};

use super::super::Found;
use crate::pages::{SCORES, words};

/// What is not chosen and shown.
const LEFT_SHOWN: usize = 6;

pub(super) fn chosen(
    me: &SignedIn,
    ctx: &PageContext,
    card: &Scorecard,
    found: &Found,
    plan: &Plan,
    directs: bool,
) -> Markup {
    let row = |one: &scorecards::Chosen| {
        let offer = found.ground.offers.iter().find(|offer| offer.action.id == one.action);
        let text = offer.map_or_else(String::new, |o| words::offer(&me.words, o, one.level));
        let who = words::owner(&me.words, &me.directory, offer.and_then(|offer| offer.post));
        html! {
            tr {
                td { b { (text) } span.sub2 { (who) } }
                td.n { b { (gained(me, card, &one.within.stated)) } span.sub2 { (sure(me, card, &one.within)) } }
                td.n { (me.words.number(one.effort)) }
                td.n { (a_hundred(me, card, &one.within.stated, one.effort)) }
                td { (words::part(&me.words, card, offer.and_then(|offer| offer.part.as_deref()))) }
            }
        }
    };
    let title = tr!(me, "scoring-chosen", n = plan.chosen.len());
    section::card(
        "chosen",
        &title,
        html! {
            @if plan.chosen.is_empty() && plan.rank.is_some() { p { (tr!(me, "scoring-chosen-no-rank")) } }
            @else if plan.chosen.is_empty() { p { (tr!(me, "scoring-chosen-none")) } }
            @else {
                table.pick {
                    caption.vh { (title) }
                    thead { tr {
                        th scope="col" { (tr!(me, "scoring-what")) }
                        th.n scope="col" { (tr!(me, "scoring-gain")) }
                        th.n scope="col" { (tr!(me, "scoring-days")) }
                        th.n scope="col" { (tr!(me, "scoring-per-hundred")) }
                        th scope="col" { (tr!(me, "scoring-part")) }
                    } }
                    tbody { @for one in &plan.chosen { (row(one)) } }
                }
                @if directs {
                    form.after method="post" action={ (SCORES) "/" (found.at.name) "/dot-pha/luu" } {
                        (csrf_field(ctx))
                        input type="hidden" name="cua" value=(found.at.code);
                        input type="hidden" name="ky" value=(found.at.period);
                        input type="hidden" name="cong" value=(found.budget);
                        input type="hidden" name="muc-tieu" value=(found.aim);
                        button.btn.go { (tr!(me, "scoring-keep", n = plan.chosen.len())) }
                        span.small.muted { " " (tr!(me, "scoring-keep-why")) }
                    }
                }
            }
        },
    )
}

pub(super) fn left(me: &SignedIn, card: &Scorecard, found: &Found, plan: &Plan) -> Markup {
    let mut left: Vec<&scorecards::Left> = plan.left.iter().collect();
    left.sort_by(|one, two| two.alone.stated.cmp(&one.alone.stated));
    let item = |one: &scorecards::Left| {
        let offer = found.ground.offers.iter().find(|offer| offer.action.id == one.action);
        let text = offer.map_or_else(String::new, |o| words::offer(&me.words, o, one.level));
        html! { li {
            b { (text) }
            span.sub2.num { (tr!(me, "scoring-left-why", gain = gained(me, card, &one.alone.stated),
                effort = me.words.number(one.effort), ratio = a_hundred(me, card, &one.alone.stated, one.effort))) }
        } }
    };
    let readings = card.parts().iter().any(|part| !part.readings.is_empty() && !part.confirmed);
    section::card(
        "left",
        &tr!(me, "scoring-left"),
        html! {
            @if left.is_empty() { p { (tr!(me, "scoring-left-none")) } }
            ul.oth.l { @for one in left.iter().take(LEFT_SHOWN) { (item(one)) } }
            @if readings { (note::note(Tone::Soon, html! { p.small { (tr!(me, "scoring-readings")) } })) }
        },
    )
}

/// "+1,20".
pub(super) fn gained(me: &SignedIn, card: &Scorecard, gain: &Number) -> String {
    let sign = if gain.is_negative() { "" } else { "+" };
    format!("{sign}{}", words::number(&me.words, gain, card.decimals()))
}

/// "chắc chắn", or between what.
fn sure(me: &SignedIn, card: &Scorecard, gain: &Gain) -> String {
    match gain.is_certain() {
        true => tr!(me, "scoring-certain"),
        false => words::range(&me.words, (&gain.low, &gain.high), card.decimals()),
    }
}

/// Points for a hundred days of work.
fn a_hundred(me: &SignedIn, card: &Scorecard, gain: &Number, effort: u32) -> String {
    let ratio = (gain * &Number::from(100)).over(&effort.into());
    let written = |ratio: Number| words::number(&me.words, &ratio, card.decimals());
    ratio.map_or_else(|| tr!(me, "scoring-free"), written)
}
