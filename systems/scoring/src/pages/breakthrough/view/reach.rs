//! The score that can be reached with so much work, and the curve of it.

use std::collections::BTreeSet;

use maud::{Markup, html};
use scorecards::{Plan, Scorecard};
use web::{
    Icon, SignedIn,
    chart::{self, Band, LineChart, Mark, Series},
    components::{
        fields::{self, Choice, Field},
        note::{self, Tone},
        section,
    },
    form::Faults,
    icon, tr, tr_rich,
};

use super::super::Found;
use crate::pages::{SCORES, words};

/// Points of the drawn curve.
const POINTS: u32 = 40;

/// What can be reached, and the question.
pub(super) fn answer(
    me: &SignedIn,
    card: &Scorecard,
    found: &Found,
    (faults, typed): (&Faults, &str),
) -> Markup {
    let places = card.decimals();
    let budget = me.words.number(found.budget);
    let (effort, aim) = (tr!(me, "scoring-effort"), tr!(me, "scoring-aim"));
    let most = tr!(me, "scoring-effort-most", most = me.words.number(found.most));
    let fault = faults.of("cong");
    let field = Field::new("cong", &effort).hint(&most).keyboard("numeric").fault(fault);
    // What cannot be meant comes back as it was typed; else the work that was asked about.
    let effort = if fault.is_some() { typed.to_owned() } else { found.budget.to_string() };
    let ranks = !found.ground.rivals.others.is_empty();
    let aims: Vec<Choice> =
        [("diem", "scoring-aim-score"), ("hang", "scoring-aim-rank"), ("chac", "scoring-aim-sure")]
            .into_iter()
            .filter(|(value, _)| *value != "hang" || ranks)
            .map(|(value, key)| Choice::new(value, me.words.t(key)))
            .collect();
    section::card(
        "answer",
        &tr!(me, "scoring-if", effort = budget),
        html! {
            @if let Some(plan) = &found.plan {
                p.score {
                    span.num { (words::number(&me.words, &plan.published.0, places)) " " (icon(Icon::Next)) }
                    b.num { (words::number(&me.words, &plan.published.1, places)) }
                }
                p { (surely(me, card, plan)) }
                @if let Some((before, after)) = plan.rank {
                    p { (tr_rich!(me, "scoring-rank-moves", before = before, after = after,
                        of = found.ground.rivals.known())) }
                }
                @if let Some(after) = &found.after {
                    p.small.muted { (tr!(me, "scoring-after-all", range = words::total_range(&me.words, card, after))) }
                }
            } @else if found.too_many {
                (note::note(Tone::Soon, html! { p { (tr!(me, "scoring-too-many")) } }))
            }
            form.set method="get" action={ (SCORES) "/" (found.at.name) "/dot-pha" } {
                input type="hidden" name="cua" value=(found.at.code);
                input type="hidden" name="ky" value=(found.at.period);
                (fields::text(&me.words, &field, &effort))
                (fields::select(&me.words, &Field::new("muc-tieu", &aim), &aims, found.aim))
                button.btn.go { (tr!(me, "scoring-again")) }
            }
        },
    )
}

/// "Dải tin cậy 92,2 đến 93,6. Dùng 300 ngày công, 6 việc, 4 người đứng đầu."
fn surely(me: &SignedIn, card: &Scorecard, plan: &Plan) -> Markup {
    let places = card.decimals();
    let before = &plan.published.0;
    let (low, high) = (before + &plan.gain.low, before + &plan.gain.high);
    let heads = plan.owners.keys().filter(|owner| !owner.is_empty()).count();
    tr_rich!(
        me,
        "scoring-surely",
        low = words::number(&me.words, &low, places),
        high = words::number(&me.words, &high, places),
        effort = me.words.number(plan.effort),
        n = plan.chosen.len(),
        heads = heads
    )
}

pub(super) fn curve(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
    let before = found.plan.as_ref().map(|plan| plan.published.0.clone()).unwrap_or_default();
    let furthest = found.most.min(found.budget.saturating_mul(5) / 2).max(found.budget).max(1);
    // Even steps, one of which is what was asked.
    let step = (furthest / POINTS).max(1);
    let mut efforts: BTreeSet<u32> = (0..=furthest / step).map(|n| n * step).collect();
    efforts.insert(found.budget);
    let efforts: Vec<u32> = efforts.into_iter().collect();
    let best = |effort: &u32| {
        let reached = found.curve.iter().rev().find(|(of, _)| of <= effort);
        let gain = reached.map(|(_, gain)| gain.clone()).unwrap_or_default();
        (&before + &gain).to_f64()
    };
    let at = efforts.iter().position(|effort| *effort == found.budget).unwrap_or_default();
    let values: Vec<f64> = efforts.iter().map(best).collect();
    let between = found.plan.as_ref().map(|plan| {
        let ends = ((&before + &plan.gain.low).to_f64(), (&before + &plan.gain.high).to_f64());
        let near = |n: usize| n + 1 == at || n == at || n == at + 1;
        (0..efforts.len()).map(|n| near(n).then_some(ends)).collect()
    });
    let places = card.decimals();
    let reached = values.get(at).copied().unwrap_or_default();
    let finding = tr!(
        me,
        "scoring-curve-finding",
        effort = me.words.number(found.budget),
        score = me.words.decimal(reached, places.into()),
        last = me.words.decimal(values.last().copied().unwrap_or_default(), places.into()),
        most = me.words.number(furthest)
    );
    let chart = LineChart {
        title: tr!(me, "scoring-curve"),
        finding,
        unit: String::new(),
        decimals: places.into(),
        along: efforts.iter().map(|effort| me.words.number(*effort)).collect(),
        series: vec![Series {
            name: tr!(me, "scoring-best"),
            values: values.iter().copied().map(Some).collect(),
            ..Series::default()
        }],
        band: between.map(|between| Band { name: tr!(me, "scoring-band"), between }),
        marks: vec![Mark { place: at, name: me.words.decimal(reached, places.into()) }],
        ..LineChart::default()
    };
    section::card(
        "curve",
        &tr!(me, "scoring-curve"),
        html! {
            (chart::line(&me.words, &chart))
            p.small.muted { (tr!(me, "scoring-curve-how")) " " (flat(me, found, &values, &efforts)) }
        },
    )
}

/// From where on more work gains next to nothing.
fn flat(me: &SignedIn, found: &Found, values: &[f64], efforts: &[u32]) -> String {
    let (Some(first), Some(last)) = (values.first(), values.last()) else { return String::new() };
    let enough = first + (last - first) * 0.97;
    let place = values.iter().position(|value| *value >= enough);
    match place.and_then(|place| efforts.get(place)) {
        Some(effort) if *effort < found.most && last > first => {
            tr!(me, "scoring-flat", effort = me.words.number(*effort))
        }
        _ => String::new(),
    }
}
