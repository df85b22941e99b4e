//! One input: said with evidence, judged by a second person.

mod acts;

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use desk::{Furnished, typed::Typed};
use identity::access::Action;
use maud::{Markup, html};
use scorecards::{Input, Number};
use web::{
    PageContext, SignedIn,
    components::{
        crumbs::crumbs,
        drop::{self, Drop},
        errors,
        fields::{self, Field},
        kv, section,
    },
    form::Faults,
    http::{self, Problem},
    page::csrf_field,
    tr,
};

use super::{Asked, At, SCORES, admit, may, words};
use crate::{
    Error, Scoring,
    model::NOTE_LETTERS_MAX,
    standing::{self, Line},
};

/// Most bytes of a file that is evidence.
const FILE_BYTES_MAX: usize = 10_000_000;

pub(super) fn routes() -> Router<Scoring> {
    let one = format!("{SCORES}/{{name}}/so/{{input}}");
    let say = post(acts::say).layer(http::uploads(FILE_BYTES_MAX + 64 * 1024));
    Router::new()
        .route(&one, get(show).merge(say))
        .route(&format!("{one}/tham-dinh"), post(acts::judge))
        .route(&format!("{one}/minh-chung"), get(acts::evidence))
}

/// The input, and how it stands.
struct Shown {
    at: At,
    input: Input,
    line: Line,
    closed: bool,
}

async fn found(
    scoring: &Scoring,
    me: &SignedIn,
    (name, input): (&str, &str),
    asked: &Asked,
) -> Result<Shown, Problem> {
    let at = At::of(scoring, me, name, asked)?;
    let card = at.card(scoring)?;
    let place = card.inputs().iter().position(|known| known.name == input);
    let place = place.ok_or_else(Problem::not_found)?;
    let input = card.inputs()[place].clone();
    let of = at.clone();
    let read = scoring.read(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        let mut standing = standing::standing(tx, scoring, card, of.agency, of.period)?;
        let closed = standing.revision.is_some();
        Ok::<_, Error>((standing.lines.swap_remove(place), closed))
    });
    let (line, closed) = read.await?;
    Ok(Shown { at, input, line, closed })
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, input)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    admit(&scoring, &me)?;
    let shown = found(&scoring, &me, (&name, &input), &asked).await?;
    page(&scoring, &me, &shown, (&Faults::default(), None)).await
}

async fn page(
    scoring: &Scoring,
    me: &SignedIn,
    shown: &Shown,
    (faults, typed): (&Faults, Option<&Typed>),
) -> Result<Markup, Problem> {
    let card = shown.at.card(scoring)?;
    let ctx = desk::context(scoring.desk(), me).await?;
    let title = words::name(&me.words, &shown.input.label).to_owned();
    let assesses = may(scoring, me, Action::ViewFigures, shown.at.agency);
    let judges = may(scoring, me, Action::Direct, shown.at.agency);
    let said = shown.line.said.as_ref();
    let (back, card_name) = (shown.at.address(""), words::name(&me.words, card.name()));
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "scoring-title"), SCORES), (card_name, &back)], &title))
        (errors::summary(&me.words, faults))
        p.muted { (words::agency(&me.directory, shown.at.agency, me.now)) ", "
            (desk::period_text(&me.words, shown.at.period)) }
        @if let Some((code, scope, period)) = &shown.line.counted {
            section.card { p { (tr!(me, "scoring-is-counted")) " "
                a href=(desk::figure_page(code, scope, *period)) { (tr!(me, "scoring-counted")) } } }
        } @else {
            div.two {
                div.stack {
                    @if said.is_some() { (stands(me, shown)) }
                    @if let Some(said) = said {
                        @if judges && said.by != me.person { (judging(me, &ctx, shown, faults)) }
                        @else if judges { p.small.muted { (tr!(me, "scoring-not-oneself")) } }
                    }
                }
                @if assesses { (saying(me, &ctx, shown, (faults, typed))) }
            }
        }
    };
    Ok(desk::page(&ctx, &errors::title(&me.words, faults, &title), html! {}, main))
}

/// What was said, and what was found of it.
fn stands(me: &SignedIn, shown: &Shown) -> Markup {
    let Some(said) = &shown.line.said else { return html! {} };
    let mut pairs =
        vec![(tr!(me, "scoring-value"), html! { (words::plain(&me.words, &said.value)) })];
    for (key, value) in [("scoring-own-worst", &said.worst), ("scoring-own-best", &said.best)] {
        if let Some(value) = value {
            pairs.push((me.words.t(key), html! { (words::plain(&me.words, value)) }));
        }
    }
    let who = words::person(&me.directory, said.by);
    pairs.push((
        tr!(me, "scoring-said"),
        html! { (who) ", " (me.words.moment_near(said.at, me.now)) },
    ));
    if let Some(review) = &said.review {
        let key = if review.accepted { "scoring-accepted" } else { "scoring-returned" };
        let who = words::person(&me.directory, review.by);
        pairs.push((
            me.words.t(key),
            html! { (who) ", " (me.words.moment_near(review.at, me.now)) },
        ));
    }
    let grade = words::graded(&me.words, shown.line.grade);
    section::card_with(
        "said",
        &tr!(me, "scoring-what-said"),
        grade,
        html! {
            (kv::kv(&pairs))
            p { (said.note) }
            @if let Some(file) = &said.file {
                p { a href=(shown.at.address(&format!("/so/{}/minh-chung", shown.input.name))) { (file.name) }
                    " " code.small { (web::i18n::hash_ends(&file.hash)) } }
            }
            @if let Some(review) = said.review.as_ref().filter(|review| !review.note.is_empty()) {
                p { b { (tr!(me, "scoring-review-note")) } ": " (review.note) }
            }
        },
    )
}

fn reason(me: &SignedIn, shown: &Shown, faults: &Faults, value: &str) -> Markup {
    let (label, hint) = (tr!(me, "scoring-reason"), tr!(me, "scoring-reason-hint"));
    html! { @if shown.closed {
        (fields::textarea(&me.words, &Field::new("ly-do", &label).hint(&hint)
            .letters_max(NOTE_LETTERS_MAX).fault(faults.of("ly-do")), value))
    } }
}

fn judging(me: &SignedIn, ctx: &PageContext, shown: &Shown, faults: &Faults) -> Markup {
    let (note, hint) = (tr!(me, "scoring-review-note"), tr!(me, "scoring-review-hint"));
    let field = Field::new("y-kien", &note).hint(&hint).optional().letters_max(NOTE_LETTERS_MAX);
    section::card(
        "judge",
        &tr!(me, "scoring-judge"),
        html! {
            form.stack method="post"
                action=(shown.at.address(&format!("/so/{}/tham-dinh", shown.input.name))) {
                (csrf_field(ctx))
                (fields::textarea(&me.words, &field.fault(faults.of("y-kien")), ""))
                (reason(me, shown, faults, ""))
                p.acts {
                    button.btn.go name="ket-qua" value="dat" { (tr!(me, "scoring-accept")) }
                    button.btn name="ket-qua" value="tra" { (tr!(me, "scoring-return")) }
                }
            }
        },
    )
}

fn saying(
    me: &SignedIn,
    ctx: &PageContext,
    shown: &Shown,
    (faults, typed): (&Faults, Option<&Typed>),
) -> Markup {
    let said = shown.line.said.as_ref();
    let was = |number: Option<&Number>| number.map(words::typed).unwrap_or_default();
    let value = |name: &str, known: String| typed.map_or(known, |typed| typed.get(name).to_owned());
    let labels = ["scoring-value", "scoring-own-worst", "scoring-own-best", "scoring-note"]
        .map(|key| me.words.t(key));
    let kind = words::kind_hint(&me.words, shown.input.kind, shown.input.most.as_ref());
    let note_hint = tr!(me, "scoring-note-hint");
    let field = |n: usize, name: &'static str| Field::new(name, &labels[n]).fault(faults.of(name));
    let place = Drop {
        name: "tep".to_owned(),
        kinds: "PDF, PNG, JPEG, XLSX, DOCX".to_owned(),
        accept: ".pdf,.png,.jpg,.jpeg,.xlsx,.docx".to_owned(),
        bytes_max: FILE_BYTES_MAX as u64,
        fault: faults.of("tep").map(str::to_owned),
        ..Drop::default()
    };
    section::card(
        "say",
        &tr!(me, "scoring-say-title"),
        html! {
            form.stack method="post" enctype="multipart/form-data"
                action=(shown.at.address(&format!("/so/{}", shown.input.name))) {
                (csrf_field(ctx))
                (fields::text(&me.words, &field(0, "gia-tri").hint(&kind).letters_max(16),
                    &value("gia-tri", was(said.map(|said| &said.value)))))
                div.grid {
                    (fields::text(&me.words, &field(1, "thap").optional().letters_max(16),
                        &value("thap", was(said.and_then(|said| said.worst.as_ref())))))
                    (fields::text(&me.words, &field(2, "cao").optional().letters_max(16),
                        &value("cao", was(said.and_then(|said| said.best.as_ref())))))
                }
                (fields::textarea(&me.words, &field(3, "ghi-chu").hint(&note_hint)
                    .letters_max(NOTE_LETTERS_MAX), &value("ghi-chu", said.map(|said| said.note.clone()).unwrap_or_default())))
                p { b { (tr!(me, "scoring-file")) } }
                (drop::drop(&me.words, &place))
                (reason(me, shown, faults, typed.map_or("", |typed| typed.get("ly-do"))))
                p.acts { button.btn.go { (tr!(me, "scoring-say-do")) } }
                p.small.muted { (tr!(me, "scoring-say-how")) }
            }
        },
    )
}
