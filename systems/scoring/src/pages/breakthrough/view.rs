//! The answer as a page: the score that can be reached, the curve, what to do, what to leave, and
//! where points are left.

mod choice;
mod points;
mod reach;

use desk::typed::Typed;
use identity::access::Action;
use maud::{Markup, html};
use scorecards::Scorecard;
use web::{
    PageContext, SignedIn,
    components::{crumbs::crumbs, empty, errors, section},
    form::Faults,
    http::Problem,
    tr,
};

use super::{Found, edit};
use crate::{
    Scoring,
    pages::{SCORES, may, words},
};

pub(super) fn page(
    scoring: &Scoring,
    me: &SignedIn,
    ctx: &PageContext,
    (found, effort): (&Found, &str),
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
                (reach::answer(me, card, found, (faults, effort)))
                (reach::curve(me, card, found))
            }
            @if let Some(plan) = &found.plan {
                div.cols {
                    (choice::chosen(me, ctx, card, found, plan, directs))
                    aside { (choice::left(me, card, found, plan)) }
                }
                div.after { (points::groups(me, card, found)) }
                div.after { (points::owners(me, card, found, plan)) }
            }
        }
        (points::unsure(me, card, found))
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

fn kept(me: &SignedIn, found: &Found) -> Markup {
    html! { div.after { (section::card("kept", &tr!(me, "scoring-kept"), html! {
        ul.oth.l { @for plan in &found.ground.plans { li {
            a href=(found.at.address(&format!("/phuong-an/{}", plan.id))) { (plan.summary) }
            span.sub2 { (me.words.moment_near(plan.at, me.now)) ", " (words::person(&me.directory, plan.by)) }
        } } }
    })) } }
}
