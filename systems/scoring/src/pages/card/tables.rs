//! The parts with their points, and the inputs with where they come from.

use identity::access::Action;
use maud::{Markup, html};
use scorecards::{PartScore, Scorecard, Sureness};
use web::{
    Lang, SignedIn,
    components::table::{self, Column, Row, Table},
    tr,
};

use super::super::{At, may, words};
use crate::{
    Scoring,
    standing::{Line, Standing},
};

/// The parts, under their groups.
pub(super) fn parts(me: &SignedIn, card: &Scorecard, standing: &Standing) -> Markup {
    let mut rows = Vec::new();
    for (index, score) in card.indices().iter().zip(&standing.scored.indices).skip(1) {
        let value = words::score(&me.words, card, score);
        let most = words::plain(&me.words, &score.maximum);
        let line = tr!(me, "scoring-group-line", value = value, most = most);
        rows.push(Row::Group(words::name(&me.words, &index.name).to_owned(), line));
        let is_again = index.parts.iter().all(|part| shown_before(card, index, *part));
        if is_again {
            continue;
        }
        for place in index.parts.iter().filter(|part| !shown_before(card, index, **part)) {
            rows.push(part(me, card, *place, &standing.scored.parts[*place]));
        }
    }
    if card.indices().len() == 1 {
        let all = standing.scored.parts.iter().enumerate();
        rows.extend(all.map(|(place, score)| part(me, card, place, score)));
    }
    let mut columns = vec![
        Column::text(tr!(me, "scoring-part")),
        Column::figures(tr!(me, "scoring-points")),
        Column::figures(tr!(me, "scoring-after-review")),
    ];
    // The scorecards say in English how it is counted, for whoever counts.
    if me.words.lang == Lang::En {
        columns.push(Column::text(tr!(me, "scoring-counting")).dispensable());
    }
    let caption = tr!(me, "scoring-parts");
    table::table(&Table { caption, caption_shown: false, columns, rows })
}

/// Whether a part stands under an index above this one already.
fn shown_before(card: &Scorecard, index: &scorecards::Index, part: usize) -> bool {
    let above = card.indices().iter().skip(1).take_while(|other| other.id != index.id);
    above.into_iter().any(|other| other.parts.contains(&part))
}

fn part(me: &SignedIn, card: &Scorecard, place: usize, score: &PartScore) -> Row {
    let part = &card.parts()[place];
    let places = card.part_decimals();
    let points = match &score.points {
        _ if part.maximum.is_zero() => tr!(me, "scoring-not-scored"),
        Some(points) => words::number(&me.words, points, places),
        None if score.sure == Sureness::Missing => tr!(me, "scoring-missing"),
        None => tr!(me, "scoring-nothing-to-judge"),
    };
    Row::Cells(vec![
        html! { (words::part_named(&me.words, card, &part.id))
        @if !part.confirmed { span.sub { (tr!(me, "scoring-unconfirmed")) } } },
        html! { b { (points) } @if !part.maximum.is_zero() { " " small {
        (tr!(me, "scoring-of", most = words::plain(&me.words, &part.maximum))) } } },
        html! { @if !part.maximum.is_zero() {
        (words::range(&me.words, (&score.range.0, &score.range.1), places)) } },
        html! { span.small.muted { (part.counting.as_deref().unwrap_or_default()) } },
    ])
}

/// The inputs: what they are, how well proved, from where.
pub(super) fn inputs(
    scoring: &Scoring,
    me: &SignedIn,
    at: &At,
    card: &Scorecard,
    standing: &Standing,
) -> Markup {
    let assesses = may(scoring, me, Action::ViewFigures, at.agency);
    let row = |(input, line): (&scorecards::Input, &Line)| {
        let value = line.given.as_ref().map(|given| words::plain(&me.words, &given.value));
        Row::Cells(vec![
            html! { span id={ "so-" (input.name) } { (words::name(&me.words, &input.label)) } },
            html! { b { (value.unwrap_or_else(|| tr!(me, "scoring-none"))) } },
            html! { (words::graded(&me.words, line.grade)) },
            source(me, line),
            html! { @if line.counted.is_none() && assesses {
                a.btn.sm href=(at.address(&format!("/so/{}", input.name))) {
                    (tr!(me, if line.said.is_some() { "scoring-look" } else { "scoring-say" }))
                    span.vh { " " (words::name(&me.words, &input.label)) }
                }
            } },
        ])
    };
    let columns = vec![
        Column::text(tr!(me, "scoring-input")),
        Column::figures(tr!(me, "scoring-value")),
        Column::text(tr!(me, "scoring-grade")),
        Column::text(tr!(me, "scoring-source")),
        Column::text(""),
    ];
    let caption = tr!(me, "scoring-inputs");
    let rows = card.inputs().iter().zip(&standing.lines).map(row).collect();
    table::table(&Table { caption, caption_shown: true, columns, rows })
}

/// Where a figure comes from.
fn source(me: &SignedIn, line: &Line) -> Markup {
    if let Some((code, scope, period)) = &line.counted {
        return html! {
            a href=(desk::figure_page(code, scope, *period)) { (tr!(me, "scoring-counted")) }
            @if let Some(why) = line.why {
                span.sub { (me.words.t(&format!("figure-none-{}", why.word().replace('_', "-")))) }
            }
            @if let Some(now) = &line.moved_to {
                span.sub { (tr!(me, "scoring-moved-to", n = words::plain(&me.words, now))) }
            }
        };
    }
    let Some(said) = &line.said else {
        return html! { span.muted { (tr!(me, "scoring-nobody")) } };
    };
    html! {
        (said.note)
        @if let Some(file) = &said.file { span.sub { (file.name) } }
        span.sub {
            (tr!(me, "scoring-said-by", who = words::person(&me.directory, said.by),
                at = me.words.moment_near(said.at, me.now)))
            @if let Some(review) = &said.review {
                " " (tr!(me, if review.accepted { "scoring-accepted-by" } else { "scoring-returned-by" },
                    who = words::person(&me.directory, review.by),
                    at = me.words.moment_near(review.at, me.now)))
            }
        }
    }
}
