//! What was seen of a programme month by month, and the form to write it down.

use axum::{
    extract::{Path, State},
    response::Response,
};
use desk::Desk;
use identity::access::Action;
use maud::{Markup, html};
use scorecards::Month;
use web::{
    PageContext, SignedIn,
    components::{
        fields::{self, Choice, Field},
        section::card,
    },
    http::Problem,
    page::csrf_field,
    tr,
};

use super::{
    super::{PROGRAMMES, common, parts, typed::Sent},
    Whole,
};
use crate::{commands, measures::running, model::month_words, queries};

/// Letters that make a note worth keeping.
const WORDS_MIN: usize = 10;

pub(super) fn reviews(
    me: &SignedIn,
    ctx: &PageContext,
    whole: &Whole,
    base: &str,
    directs: bool,
) -> Markup {
    let programme = &whole.programme;
    let label = (tr!(me, "programme-review-month"), tr!(me, "programme-review-words"));
    let last = running(me.now).min(programme.to);
    let months: Vec<Choice> = (0..3)
        .map(|back| last.plus(-back))
        .filter(|month| *month >= programme.from)
        .map(|month| Choice::new(month.to_string(), month_words(month)))
        .collect();
    let body = html! {
        @if whole.reviews.is_empty() { p.muted { (tr!(me, "programme-reviews-none")) } }
        @for review in &whole.reviews {
            div.note {
                b { (tr!(me, "programme-month", month = month_words(review.month))) }
                @for line in review.words.lines() { p { (line) } }
                p.small.muted { (parts::actor(&me.directory, &review.by.0)) ", " (me.words.moment_near(review.by.1, me.now)) }
            }
        }
        @if directs && programme.issued_at.is_some() && !months.is_empty() {
            form.stack method="post" action={ (base) "/ra-soat" } {
                (csrf_field(ctx))
                (fields::select(&me.words, &Field::new("thang", &label.0), &months, &months[0].value))
                (fields::textarea(&me.words, &Field::new("loi", &label.1).letters_max(4000), ""))
                p.acts { button.btn { (tr!(me, "programme-review-add")) } }
            }
        }
    };
    card("reviews", &tr!(me, "programme-reviews"), body)
}

/// What was seen of a month is written down.
pub(in crate::pages) async fn review(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(code): Path<String>,
    sent: Sent,
) -> Result<Response, Problem> {
    if !sent.typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let code = common::code(&code)?;
    let path = format!("{PROGRAMMES}/{code}");
    let programme =
        common::read(&desk, move |tx, desk| queries::known(tx, &desk.front.tenant, &code));
    let programme = programme.await?;
    common::on(&desk, &me, Action::Direct, programme.agency)?;
    let words = sent.typed.get("loi").to_owned();
    let month = sent.typed.get("thang").parse::<Month>().ok();
    let Some(month) = month.filter(|_| words.chars().count() >= WORDS_MIN) else {
        let text = tr!(me, "programme-review-fault");
        let flash = web::components::flash::Flash::failed(text);
        return Ok(web::http::flash::see_other_with(&path, flash));
    };
    let stamp = common::stamp(&me);
    let written = common::write(&desk, move |tx, desk| {
        commands::review(tx, desk, &programme, month, &words, &stamp)
    });
    match written.await {
        Ok(()) => Ok(common::done(&path, tr!(me, "programme-review-done"))),
        Err(error) => common::refused(&me, &path, error),
    }
}
