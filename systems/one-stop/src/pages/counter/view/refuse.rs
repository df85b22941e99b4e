//! What else can be done with who stands at the counter: ask for papers, or not take it on.

use casework::{DeclineReason, SupplementReason};
use maud::{Markup, html};
use web::{
    components::{
        fields,
        fields::{Choice, Field},
    },
    tr,
};

use super::Page;

pub(super) fn supplement(page: &Page<'_>) -> Markup {
    let me = page.me;
    let choice = |r: &SupplementReason| {
        Choice::new(r.word(), me.words.t(&format!("supplement-{}", r.word())))
    };
    let choices: Vec<_> = SupplementReason::ALL.iter().map(choice).collect();
    reason(page, "bo-sung", &tr!(me, "counter-supplement"), "btn", &choices)
}

pub(super) fn decline(page: &Page<'_>) -> Markup {
    let me = page.me;
    let choice =
        |r: &DeclineReason| Choice::new(r.word(), me.words.t(&format!("decline-{}", r.word())));
    let choices: Vec<_> = DeclineReason::ALL.iter().map(choice).collect();
    reason(page, "tu-choi", &tr!(me, "counter-decline"), "btn bad", &choices)
}

/// A reason from the list and in words, and what the form asks for besides, behind the name of
/// what it is for.
fn reason(page: &Page<'_>, what: &str, title: &str, class: &str, choices: &[Choice]) -> Markup {
    let (me, words, typed) = (page.me, &page.ctx.words, page.typed);
    let part = |part: &str| format!("{what}-{part}");
    let (why, said) = (part("ly-do"), part("loi"));
    let labels = [tr!(me, "counter-reason"), tr!(me, "counter-reason-words")];
    let hint = tr!(me, "counter-reason-lines");
    let of_list = Field::new(&why, &labels[0]).fault(page.faults.of(&why));
    let in_words = Field::new(&said, &labels[1]).hint(&hint).fault(page.faults.of(&said));
    let names = ["ly-do", "loi", "truoc", "lien-he"];
    let open = names.iter().any(|name| page.faults.of(&part(name)).is_some());
    let text = match what {
        "bo-sung" => tr!(me, "counter-supplement-note"),
        _ => tr!(me, "counter-decline-note"),
    };
    html! {
        details open[open] {
            summary class={ (class) " wide" } { (title) }
            div.stack.gap {
                p.small { (text) }
                (fields::select(words, &of_list, choices, typed.text(&why)))
                (fields::textarea(words, &in_words, typed.text(&said)))
                (further(page, &part("can-cu"), &tr!(me, "counter-basis"), "text"))
                @if what == "bo-sung" {
                    (further(page, &part("truoc"), &tr!(me, "counter-respond-by"), "date"))
                } @else {
                    (further(page, &part("huong-dan"), &tr!(me, "counter-guidance"), "text"))
                }
                (further(page, &part("lien-he"), &tr!(me, "counter-contact"), "tel"))
                button class={ (class) " wide" } name="do" value=(what) formnovalidate { (title) }
            }
        }
    }
}

/// A line that the form has and that may be left empty.
fn further(page: &Page<'_>, name: &str, label: &str, kind: &str) -> Markup {
    let words = &page.ctx.words;
    let field = Field::new(name, label).fault(page.faults.of(name)).optional().letters_max(300);
    match kind {
        "date" => fields::date(words, &field, page.typed.text(name)),
        kind => fields::input(words, &field, kind, page.typed.text(name)),
    }
}
