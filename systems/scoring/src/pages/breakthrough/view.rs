//! The answer as a page: the score that can be reached, the curve, what to do, what to leave, and
//! where points are left.

use std::collections::BTreeSet;

use desk::typed::Typed;
use identity::access::Action;
use maud::{Markup, html};
use scorecards::{Gain, Index, Number, Plan, Scorecard};
use web::{
    Icon, PageContext, SignedIn,
    chart::{self, Band, LineChart, Mark, Series},
    components::{
        crumbs::crumbs,
        empty, errors,
        fields::{self, Choice, Field},
        note::{self, Tone},
        section,
        table::{self, Column, Row, Table},
    },
    form::Faults,
    http::Problem,
    icon,
    page::csrf_field,
    tr, tr_rich,
};

use super::{Found, edit};
use crate::{
    Scoring,
    pages::{SCORES, may, words},
};

/// Points of the drawn curve.
const POINTS: u32 = 40;
/// What is not chosen and shown.
const LEFT_SHOWN: usize = 6;

pub(super) fn page(
    scoring: &Scoring,
    me: &SignedIn,
    ctx: &PageContext,
    found: &Found,
    (faults, typed): (&Faults, &Typed),
) -> Result<Markup, Problem> {
    let card = found.at.card(scoring)?;
    let directs = may(scoring, me, Action::Direct, found.at.agency);
    let name = words::name(&me.words, card.name());
    let title = tr!(me, "scoring-find-title", name = name);
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "scoring-title"), SCORES), (name, &found.at.address(""))],
            &tr!(me, "scoring-find")))
        (errors::summary(&me.words, faults))
        p.muted { (tr!(me, "scoring-find-lead")) " "
            (words::agency(&me.directory, found.at.agency, me.now)) ", "
            (desk::period_text(&me.words, found.at.period)) "." }
        @if found.ground.offers.is_empty() {
            (nothing(me, card, found))
        } @else {
            div.hero {
                (answer(me, card, found))
                (curve(me, card, found))
            }
            @if let Some(plan) = &found.plan {
                div.cols {
                    (chosen(me, ctx, card, found, plan, directs))
                    aside { (left(me, card, found, plan)) }
                }
                div.after { (groups(me, card, found)) }
                div.after { (owners(me, card, found, plan)) }
            }
        }
        (unsure(me, card, found))
        @if directs { (edit::forms(scoring, me, ctx, found, (faults, typed))?) }
        @if !found.ground.plans.is_empty() { (kept(me, found)) }
    };
    Ok(desk::page(ctx, &errors::title(&me.words, faults, &title), html! {}, main))
}

fn nothing(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
    let missing = found.headroom.iter().filter(|room| room.sure == scorecards::Sureness::Missing);
    let (missing, all) =
        (missing.count(), card.parts().iter().filter(|p| !p.maximum.is_zero()).count());
    let action = tr!(me, "scoring-open-card");
    empty::empty(
        &tr!(me, "scoring-find-nothing", missing = missing, all = all),
        Some((&action, &found.at.address(""))),
    )
}

/// What can be reached, and the question.
fn answer(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
    let places = card.decimals();
    let budget = me.words.number(found.budget);
    let (effort, aim) = (tr!(me, "scoring-effort"), tr!(me, "scoring-aim"));
    let most = tr!(me, "scoring-effort-most", most = me.words.number(found.most));
    let field = Field::new("cong", &effort).hint(&most).keyboard("numeric");
    let ranks = !found.ground.others.is_empty();
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
                        of = found.ground.others.len() + 1)) }
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
                (fields::input(&me.words, &field, "number", &found.budget.to_string()))
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

fn curve(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
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

fn chosen(
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

fn left(me: &SignedIn, card: &Scorecard, found: &Found, plan: &Plan) -> Markup {
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

/// A line of what is there, what the plan adds, and what is left.
struct Bar<'c> {
    name: &'c str,
    most: Number,
    is: Number,
    then: Number,
}

/// Groups of the scorecard with what is there, what the plan adds, and what is left; the parts
/// where groups share some of them.
fn groups(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
    let bars = bars(me, card, found);
    let largest = bars.iter().map(|bar| &bar.most).max().map_or(1.0, Number::to_f64);
    let share = |number: &Number| (100.0 * number.to_f64() / largest).max(0.0);
    let line = |bar: &Bar<'_>| {
        let gain = &bar.then - &bar.is;
        html! { li {
            span { (bar.name) }
            svg.gb viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true" {
                rect.rest x="0" y="0" width=(two(share(&bar.most))) height="6" {}
                rect.fill x="0" y="0" width=(two(share(&bar.is))) height="6" {}
                rect.plan x=(two(share(&bar.is))) y="0" width=(two(share(&gain))) height="6" {}
            }
            span.num {
                (words::number(&me.words, &bar.is, card.part_decimals()))
                small { " " (tr!(me, "scoring-of", most = words::plain(&me.words, &bar.most))) }
                @if gain > 0 { " " b { "+" (words::number(&me.words, &gain, card.part_decimals())) } }
            }
        } }
    };
    section::card(
        "groups",
        &tr!(me, "scoring-groups"),
        html! {
            ul.gs.l { @for bar in &bars { (line(bar)) } }
            p.small.muted.after { (tr!(me, "scoring-groups-how")) " " (ground_of(me, card, found)) }
        },
    )
}

fn bars<'c>(me: &SignedIn, card: &'c Scorecard, found: &Found) -> Vec<Bar<'c>> {
    let scored = &found.ground.standing.scored;
    let after = found.after.as_ref().unwrap_or(scored);
    let groups: Vec<&Index> = apart(card).collect();
    let covered: usize = groups.iter().map(|index| index.parts.len()).sum();
    if covered == card.parts().len() {
        let value = |of: &scorecards::Scored, id: &str| {
            of.index(id).and_then(|index| index.value.clone()).unwrap_or_default()
        };
        let bar = |index: &&'c Index| Bar {
            name: words::name(&me.words, &index.name),
            most: index.maximum.clone(),
            is: value(scored, &index.id),
            then: value(after, &index.id),
        };
        return groups.iter().map(bar).collect();
    }
    let points = |of: &scorecards::Scored, id: &str| {
        of.part(id).and_then(|part| part.points.clone()).unwrap_or_default()
    };
    let parts = card.parts().iter().filter(|part| !part.maximum.is_zero());
    parts
        .map(|part| Bar {
            name: words::name(&me.words, &part.name),
            most: part.maximum.clone(),
            is: points(scored, &part.id),
            then: points(after, &part.id),
        })
        .collect()
}

/// The indices below the total that share no part.
fn apart(card: &Scorecard) -> impl Iterator<Item = &Index> {
    let mut taken = BTreeSet::new();
    card.indices().iter().skip(1).filter(move |index| {
        let free = index.parts.iter().all(|part| !taken.contains(part));
        taken.extend(free.then(|| index.parts.iter().copied()).into_iter().flatten());
        free
    })
}

/// "Nền: Thái Nguyên 86,97; Quảng Trị 86,56 (công bố 29/08/2025)".
fn ground_of(me: &SignedIn, card: &Scorecard, found: &Found) -> String {
    let Some(first) = found.ground.others.first() else { return String::new() };
    let shown = found.ground.others.iter().take(3);
    let shown: Vec<String> = shown
        .map(|one| {
            format!("{} {}", one.name, words::number(&me.words, &one.value, card.decimals()))
        })
        .collect();
    tr!(me, "scoring-ground", list = shown.join("; "), source = first.source.as_str())
}

/// What falls to whom.
fn owners(me: &SignedIn, card: &Scorecard, found: &Found, plan: &Plan) -> Markup {
    let row = |(owner, share): (&String, &scorecards::Share)| {
        let post = owner.parse().ok();
        Row::Cells(vec![
            html! { (words::owner(&me.words, &me.directory, post)) },
            html! { (me.words.number(share.actions.len())) },
            html! { (me.words.number(share.effort)) },
            html! { (gained(me, card, &share.gain.stated)) },
        ])
    };
    let title = tr!(me, "scoring-owners");
    let columns = vec![
        Column::text(tr!(me, "scoring-owner")),
        Column::figures(tr!(me, "scoring-actions")),
        Column::figures(tr!(me, "scoring-days")),
        Column::figures(tr!(me, "scoring-gain")),
    ];
    let rows = plan.owners.iter().map(row).collect();
    section::card(
        "owners",
        &title,
        html! {
            (table::table(&Table { caption: title.clone(), caption_shown: false, columns, rows }))
            p.small.after { a href=(found.at.address("/dau-moi")) { (tr!(me, "scoring-owners-edit")) } }
        },
    )
}

/// Points that nobody checked, and parts without figures.
fn unsure(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
    use scorecards::Sureness::{Missing, SelfAssessed};
    let name = |id: &str| {
        let part = card.parts().iter().find(|part| part.id == id);
        part.map_or("", |part| words::name(&me.words, &part.name)).to_owned()
    };
    let of = |sure| found.headroom.iter().filter(move |room| room.sure == sure);
    let (missing, said): (Vec<_>, Vec<_>) = (of(Missing).collect(), of(SelfAssessed).collect());
    html! {
        @if !missing.is_empty() || !said.is_empty() {
            div.after { (section::card("unsure", &tr!(me, "scoring-unsure"), html! {
                @if !missing.is_empty() {
                    p { (tr!(me, "scoring-unsure-missing", n = missing.len())) }
                    ul { @for room in &missing { li {
                        (name(&room.part)) ", "
                        (tr!(me, "scoring-points-left", n = words::plain(&me.words, &room.points_left)))
                    } } }
                }
                @if !said.is_empty() {
                    p { (tr!(me, "scoring-unsure-said", n = said.len())) }
                }
                p { a href=(found.at.address("")) { (tr!(me, "scoring-open-card")) } }
            })) }
        }
    }
}

fn kept(me: &SignedIn, found: &Found) -> Markup {
    html! { div.after { (section::card("kept", &tr!(me, "scoring-kept"), html! {
        ul.oth.l { @for plan in &found.ground.plans { li {
            a href=(found.at.address(&format!("/phuong-an/{}", plan.id))) { (plan.summary) }
            span.sub2 { (me.words.moment_near(plan.at, me.now)) ", " (words::person(&me.directory, plan.by)) }
        } } }
    })) } }
}

/// "+1,20".
fn gained(me: &SignedIn, card: &Scorecard, gain: &Number) -> String {
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

fn two(number: f64) -> String {
    format!("{:.2}", number.clamp(0.0, 100.0))
}
