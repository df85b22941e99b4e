//! The cards of the figures.

use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        kv, section,
        tile::{self, Grade},
    },
    tr,
};

use super::Question;
use crate::{
    measures::{Reason, Standing, Verdict},
    queries::{Answers, Figures, Shelf},
};

/// So many answers say something; of fewer it is said that they do not.
const ANSWERS_FEW: u64 = 30;

/// Both counts beside each other, why they differ, and what applicants answered.
pub(super) fn cards(
    me: &SignedIn,
    question: &Question,
    figures: &Figures,
    answers: &Answers,
) -> Markup {
    html! {
        div.two {
            (section::card_with("index", &tr!(me, "figures-index"),
                tile::grade(&me.words, Grade::A), index(me, question, figures)))
            (section::card_with("own", &tr!(me, "figures-own"),
                tile::grade(&me.words, Grade::A), own(me, question, figures)))
        }
        (differences(me, question, figures))
        @if answers.count() > 0 {
            (section::card_with("answers", &tr!(me, "figures-answers"),
                tile::grade(&me.words, Grade::C), satisfaction(me, figures, answers)))
        }
    }
}

/// How the law counts, in words.
pub(super) fn rule(me: &SignedIn) -> Markup {
    section::card(
        "rule",
        &tr!(me, "figures-rule"),
        html! {
                ul.l.stack { @for n in 1..=6 { li { (me.words.t(&format!("figures-rule-{n}"))) } } }
        },
    )
}

/// A count with its name, and the way to its dossiers.
type Line = (String, Markup);

fn line(me: &SignedIn, question: &Question, label: String, count: u64, shelf: Shelf) -> Line {
    let count = me.words.number(count);
    (label, html! { a href=(question.shelf(me, shelf)) { (count) } })
}

fn index(me: &SignedIn, question: &Question, figures: &Figures) -> Markup {
    let count = &figures.index;
    let hundredths = |value: Option<u64>| {
        #[expect(clippy::cast_precision_loss, reason = "at most 10,000")]
        let value = value.map(|value| value as f64 / 100.0);
        value.map_or_else(String::new, |value| me.words.decimal(value, 2))
    };
    let mut rows: Vec<Line> = Verdict::ALL
        .into_iter()
        .map(|verdict| {
            let label = me.words.t(&format!("figures-index-{}", verdict.word()));
            line(me, question, label, count.of(verdict), Shelf::Index(verdict))
        })
        .collect();
    rows.push(line(me, question, tr!(me, "figures-index-all"), count.all(), Shelf::All));
    html! {
        p.lead { b.num { (hundredths(count.ratio())) "%" } " "
            (tr!(me, "figures-points", points = hundredths(count.points()))) }
        p.muted { (tr!(me, "figures-counts", part = me.words.number(count.good()),
            whole = me.words.number(count.all()))) }
        (kv::kv(&rows))
    }
}

fn own(me: &SignedIn, question: &Question, figures: &Figures) -> Markup {
    let count = &figures.own;
    let mut rows = vec![
        line(me, question, tr!(me, "figures-received"), count.received, Shelf::Received),
        line(me, question, tr!(me, "figures-carried"), count.carried_over, Shelf::CarriedOver),
    ];
    rows.extend(Standing::ALL.into_iter().map(|standing| {
        let label = me.words.t(&format!("figures-own-{}", standing.word()));
        line(me, question, label, count.of(standing), Shelf::Own(standing))
    }));
    let on_time = count.of(Standing::Early) + count.of(Standing::OnTime);
    let part = i64::try_from(on_time).unwrap_or(i64::MAX);
    let whole = i64::try_from(count.done()).unwrap_or(i64::MAX);
    html! {
        @match me.words.percent(part, whole) {
            Some(percent) => {
                p.lead { b.num { (percent) } " " (tr!(me, "figures-own-share")) }
                p.muted { (tr!(me, "figures-counts", part = me.words.number(on_time),
                    whole = me.words.number(count.done()))) }
            }
            None => { p.lead { (tr!(me, "figures-own-none")) } }
        }
        (kv::kv(&rows))
    }
}

fn differences(me: &SignedIn, question: &Question, figures: &Figures) -> Markup {
    let any = figures.differ.values().any(|count| *count > 0);
    let body = html! {
        @if any {
            ul.l.stack { @for reason in Reason::ALL {
                @let count = figures.differ.get(&reason).copied().unwrap_or(0);
                @if count > 0 {
                    li {
                        a href=(question.shelf(me, Shelf::Differs(reason))) {
                            (tr!(me, "figures-dossiers", n = count))
                        }
                        ": " (me.words.t(&format!("figures-differs-{}", reason.word())))
                    }
                }
            } }
        } @else { p { (tr!(me, "figures-same")) } }
    };
    section::card("differences", &tr!(me, "figures-differences"), body)
}

/// What applicants answered. Few answer, so the share never stands without how many did.
fn satisfaction(me: &SignedIn, figures: &Figures, answers: &Answers) -> Markup {
    let (satisfied, all) = (answers.satisfied(), answers.count());
    let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
    let percent = me.words.percent(number(satisfied), number(all)).unwrap_or_default();
    let rows: Vec<Line> = (1..=3)
        .rev()
        .map(|score| {
            let label = me.words.t(&format!("figures-answers-{score}"));
            (label, html! { (me.words.number(answers.of(score))) })
        })
        .collect();
    html! {
        p.lead { b.num { (percent) } " " (tr!(me, "figures-answers-share")) }
        p.muted { (tr!(me, "figures-answers-counts", part = me.words.number(satisfied),
            whole = me.words.number(all), done = me.words.number(figures.own.done()))) }
        (kv::kv(&rows))
        @if all < ANSWERS_FEW { p.muted { (tr!(me, "figures-answers-few")) } }
        p.muted { (tr!(me, "figures-answers-demo")) }
    }
}
