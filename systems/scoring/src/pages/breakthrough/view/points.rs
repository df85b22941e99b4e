//! Where points are left: by group, by owner, and where nobody checked them.

use std::collections::BTreeSet;

use maud::{Markup, html};
use scorecards::{Index, Number, Plan, Scorecard};
use web::{
    SignedIn,
    components::{
        section,
        table::{self, Column, Row, Table},
    },
    tr,
};

use super::{super::Found, choice::gained};
use crate::pages::words;

/// A line of what is there, what the plan adds, and what is left.
struct Bar<'c> {
    name: &'c str,
    most: Number,
    is: Number,
    then: Number,
}

/// Groups of the scorecard with what is there, what the plan adds, and what is left; the parts
/// where groups share some of them.
pub(super) fn groups(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
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
    let Some(first) = found.ground.rivals.others.first() else { return String::new() };
    let shown = found.ground.rivals.others.iter().take(3);
    let shown: Vec<String> = shown
        .map(|one| {
            format!("{} {}", one.name, words::number(&me.words, &one.value, card.decimals()))
        })
        .collect();
    tr!(me, "scoring-ground", list = shown.join("; "), source = first.source.as_str())
}

/// What falls to whom.
pub(super) fn owners(me: &SignedIn, card: &Scorecard, found: &Found, plan: &Plan) -> Markup {
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
pub(super) fn unsure(me: &SignedIn, card: &Scorecard, found: &Found) -> Markup {
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

fn two(number: f64) -> String {
    format!("{:.2}", number.clamp(0.0, 100.0))
}
