//! What it costs and what else could be done, as whoever directs says.

use axum::{
    Form,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::typed::{Typed, forged};
use identity::access::Action;
use maud::{Markup, html};
use scorecards::{Number, Scorecard};
use web::{
    PageContext, SignedIn,
    components::{
        fields::{self, Choice, Field},
        flash::Flash,
        section,
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{EFFORT_MAX, Found, Wanted, inputs_of, page};
use crate::{
    Error, Scoring, commands,
    model::{ActionId, OwnAction},
    offers::OfferKind,
    pages::{At, SCORES, only, owners, stamp, words},
};

/// Most letters of the name of an action.
const NAME_LETTERS_MAX: u16 = 160;

pub(super) fn forms(
    scoring: &Scoring,
    me: &SignedIn,
    ctx: &PageContext,
    found: &Found,
    (faults, typed): (&Faults, &Typed),
) -> Result<Markup, Problem> {
    let card = found.at.card(scoring)?;
    let derived = |offer: &crate::offers::Offer| matches!(offer.kind, OfferKind::Derived { .. });
    let rates = found.ground.offers.iter().any(derived);
    // The work that is asked about stands in a form above these.
    let wrong = faults.iter().any(|(field, _)| field != "cong");
    Ok(html! {
        details.after open[wrong || found.ground.offers.is_empty()] {
            summary.btn { (tr!(me, "scoring-change")) }
            div.two {
                @if rates { (rates_form(me, ctx, (found, card), (faults, typed))) }
                (own(scoring, me, ctx, found, (faults, typed))?)
            }
        }
    })
}

/// How many cases a day of work makes good, part by part.
fn rates_form(
    me: &SignedIn,
    ctx: &PageContext,
    (found, card): (&Found, &Scorecard),
    (faults, typed): (&Faults, &Typed),
) -> Markup {
    let derived = found.ground.offers.iter().filter_map(|offer| match &offer.kind {
        OfferKind::Derived { lever, a_day, cases } => Some((offer, lever, a_day, cases)),
        OfferKind::Own(_) => None,
    });
    section::card(
        "rates",
        &tr!(me, "scoring-rates"),
        html! {
            p.small.muted { (tr!(me, "scoring-rates-how")) }
            form.stack method="post" action={ (SCORES) "/" (found.at.name) "/dot-pha/nang-suat" } {
                (csrf_field(ctx)) (kept(found))
                @for (offer, lever, a_day, cases) in derived {
                    @let label = words::offer(&me.words, offer, cases.len());
                    @let name = format!("muc-{}", lever.id);
                    @let part = words::part_named(&me.words, card, &lever.id);
                    @let hint = tr!(me, "scoring-rates-hint", part = part);
                    @let kept = words::plain(&me.words, a_day);
                    @let value = typed.all(&name).next().unwrap_or(&kept);
                    (fields::text(&me.words, &Field::new(&name, &label).hint(&hint).letters_max(10)
                        .keyboard("decimal").fault(faults.of(&name)), value))
                }
                p.acts { button.btn { (tr!(me, "scoring-rates-do")) } }
            }
        },
    )
}

/// What the forms carry on of the question.
fn kept(found: &Found) -> Markup {
    html! {
        input type="hidden" name="cua" value=(found.at.code);
        input type="hidden" name="ky" value=(found.at.period);
        input type="hidden" name="cong" value=(found.budget);
        input type="hidden" name="muc-tieu" value=(found.aim);
    }
}

/// What somebody wrote down, and the form for more.
fn own(
    scoring: &Scoring,
    me: &SignedIn,
    ctx: &PageContext,
    found: &Found,
    (faults, typed): (&Faults, &Typed),
) -> Result<Markup, Problem> {
    let card = found.at.card(scoring)?;
    let own = found.ground.offers.iter().filter_map(|offer| match &offer.kind {
        OfferKind::Own(own) => Some((offer, own)),
        OfferKind::Derived { .. } => None,
    });
    let action = format!("{SCORES}/{}/dot-pha/viec", found.at.name);
    let inputs: Vec<Choice> = inputs_of(card)
        .map(|input| Choice::new(&input.name, words::name(&me.words, &input.label)))
        .collect();
    let seats = owners::seats(me, found.at.agency);
    let labels = ["name", "input", "by", "worst", "best", "effort", "post"]
        .map(|key| me.words.t(&format!("scoring-own-{key}")));
    let field = |n: usize, name: &'static str| Field::new(name, &labels[n]).fault(faults.of(name));
    let by_hint = tr!(me, "scoring-own-by-hint");
    Ok(section::card(
        "own",
        &tr!(me, "scoring-own"),
        html! {
            p.small.muted { (tr!(me, "scoring-own-how")) }
            ul.oth.l { @for (offer, one) in own { li {
                b { (one.name) } " " (words::part(&me.words, card, offer.part.as_deref()))
                span.sub2 { (tr!(me, "scoring-own-line", by = words::plain(&me.words, &one.by),
                    effort = me.words.number(one.effort),
                    owner = words::owner(&me.words, &me.directory, offer.post))) }
                form method="post" action={ (action) "/" (one.id) "/bo" } {
                    (csrf_field(ctx)) (kept(found))
                    button.btn.sm { (tr!(me, "scoring-own-drop")) }
                    span.vh { (one.name) }
                }
            } } }
            form.stack method="post" action=(action) {
                (csrf_field(ctx)) (kept(found))
                (fields::text(&me.words, &field(0, "viec").letters_max(NAME_LETTERS_MAX), typed.get("viec")))
                (fields::select(&me.words, &field(1, "dau-vao"), &inputs, typed.get("dau-vao")))
                div.grid.g3 {
                    (fields::text(&me.words, &field(2, "them").hint(&by_hint).letters_max(14), typed.get("them")))
                    (fields::text(&me.words, &field(3, "thap").optional().letters_max(14), typed.get("thap")))
                    (fields::text(&me.words, &field(4, "cao").optional().letters_max(14), typed.get("cao")))
                }
                (fields::text(&me.words, &field(5, "ngay-cong").letters_max(6).keyboard("numeric"), typed.get("ngay-cong")))
                (fields::select(&me.words, &field(6, "dau-moi").optional(), &seats, typed.get("dau-moi")))
                p.acts { button.btn { (tr!(me, "scoring-own-do")) } }
            }
        },
    ))
}

fn wanted(typed: &Typed) -> Wanted {
    Wanted {
        cua: typed.get("cua").to_owned(),
        ky: typed.get("ky").to_owned(),
        effort: typed.get("cong").to_owned(),
        aim: typed.get("muc-tieu").to_owned(),
    }
}

/// Back to the same question.
fn back(at: &At, wanted: &Wanted) -> String {
    let (effort, aim) = (web::http::encoded(&wanted.effort), web::http::encoded(&wanted.aim));
    format!("{}&cong={effort}&muc-tieu={aim}", at.address("/dot-pha"))
}

pub(super) async fn add(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let wanted = wanted(&typed);
    let at = At::of(&scoring, &me, &name, &wanted.asked())?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let mut faults = Faults::default();
    let action = parsed(&scoring, &me, &at, &typed, &mut faults)?;
    let Some(action) = action.filter(|_| faults.is_empty()) else {
        let page = page(&scoring, &me, &name, &wanted, (&faults, &typed)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::add_action(tx, scoring, card, of.agency, &action, &stamp)
    });
    match written.await {
        Ok(_) => {
            let done = Flash::done(tr!(me, "scoring-own-done"));
            Ok(see_other_with(&back(&at, &wanted), done))
        }
        Err(Error::Score(_)) => {
            faults.add("them", tr!(me, "scoring-fault-bounds"));
            let page = page(&scoring, &me, &name, &wanted, (&faults, &typed)).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

/// What was typed, as something that could be done.
fn parsed(
    scoring: &Scoring,
    me: &SignedIn,
    at: &At,
    typed: &Typed,
    faults: &mut Faults,
) -> Result<Option<OwnAction>, Problem> {
    let card = at.card(scoring)?;
    let name: String = kernel::nfc(typed.get("viec"));
    if name.is_empty() || name.chars().count() > NAME_LETTERS_MAX.into() {
        faults.add("viec", tr!(me, "scoring-fault-name"));
    }
    let input = typed.get("dau-vao").to_owned();
    if !inputs_of(card).any(|known| known.name == input) {
        faults.add("dau-vao", tr!(me, "scoring-fault-input"));
    }
    let mut number = |field: &'static str, needed: bool| -> Option<Number> {
        let text = typed.get(field);
        let read = words::read(text);
        if read.is_none() && (needed || !text.is_empty()) {
            faults.add(field, tr!(me, "scoring-fault-number"));
        }
        read
    };
    let (by, worst, best) = (number("them", true), number("thap", false), number("cao", false));
    let effort = number("ngay-cong", true).and_then(|days| days.to_u32());
    let effort = effort.filter(|days| (1..=EFFORT_MAX).contains(days));
    if effort.is_none() && faults.of("ngay-cong").is_none() {
        faults.add("ngay-cong", tr!(me, "scoring-fault-days"));
    }
    if let Some(by) = &by {
        let low = worst.as_ref().is_some_and(|worst| worst > by);
        let high = best.as_ref().is_some_and(|best| best < by);
        if by.is_zero() || low || high {
            faults.add("them", tr!(me, "scoring-fault-order"));
        }
    }
    let post = typed.get("dau-moi").parse().ok();
    let post = post.filter(|post| owners::is_seat(me, at.agency, *post));
    let (Some(by), Some(effort)) = (by, effort) else { return Ok(None) };
    // The store gives it its own number.
    let id = ActionId::from_uuid(at.agency.uuid());
    Ok(Some(OwnAction { id, name, input, by, worst, best, effort, post }))
}

pub(super) async fn drop(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, id)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let wanted = wanted(&typed);
    let at = At::of(&scoring, &me, &name, &wanted.asked())?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let id: ActionId = id.parse().map_err(|_| Problem::not_found())?;
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        commands::drop_action(tx, scoring, card, (of.agency, id), &stamp)
    });
    written.await?;
    Ok(see_other_with(&back(&at, &wanted), Flash::done(tr!(me, "scoring-own-dropped"))))
}

pub(super) async fn rates(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let wanted = wanted(&typed);
    let at = At::of(&scoring, &me, &name, &wanted.asked())?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let (mut faults, mut rates) = (Faults::default(), Vec::new());
    for (field, text) in &typed.0 {
        let Some(part) = field.strip_prefix("muc-").filter(|part| *part != "tieu") else {
            continue;
        };
        match words::read(text).filter(|rate| *rate > 0) {
            Some(rate) => rates.push((part.to_owned(), rate)),
            None => faults.add(field.clone(), tr!(me, "scoring-fault-rate")),
        }
    }
    if !faults.is_empty() {
        let page = page(&scoring, &me, &name, &wanted, (&faults, &typed)).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        let known = crate::queries::parts(tx, scoring, card.id())?;
        for (part, rate) in &rates {
            let before = known.get(part).cloned().unwrap_or_default();
            if before.a_day.as_ref() != Some(rate) {
                let settings = (before.post, Some(rate));
                commands::set_part(tx, scoring, card, part, settings, &stamp)?;
            }
        }
        Ok::<_, Error>(())
    });
    written.await?;
    Ok(see_other_with(&back(&at, &wanted), Flash::done(tr!(me, "scoring-rates-done"))))
}
