//! Who answers for which part.

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use desk::{
    Furnished,
    typed::{Typed, forged},
};
use directory::AgencyLevel;
use identity::access::Action;
use kernel::{AgencyId, PostId};
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        fields::{self, Choice, Field},
        flash::Flash,
    },
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{Asked, At, SCORES, admit, may, only, stamp, words};
use crate::{Error, Scoring, commands, queries};

pub(super) fn routes() -> Router<Scoring> {
    Router::new().route(&format!("{SCORES}/{{name}}/dau-moi"), get(show).post(keep))
}

/// Agencies whose heads may answer for something of `agency`: itself and what stands below it on
/// the same floor. A commune answers for its own score only.
fn agencies(me: &SignedIn, agency: AgencyId) -> Vec<AgencyId> {
    let (mut all, mut next) = (Vec::new(), vec![agency]);
    while let Some(one) = next.pop() {
        all.push(one);
        let below = me.directory.children(one).iter().copied();
        let is_commune = |id: &AgencyId| {
            me.directory.agency(*id).is_some_and(|a| a.level == AgencyLevel::Commune)
        };
        next.extend(below.filter(|id| !is_commune(id)));
    }
    all
}

/// The heads to choose from.
pub(super) fn seats(me: &SignedIn, agency: AgencyId) -> Vec<Choice> {
    let heads = agencies(me, agency).into_iter();
    let heads = heads.filter_map(|agency| me.directory.head_of(agency, me.now));
    let mut choices: Vec<Choice> = heads
        .map(|post| {
            Choice::new(post.to_string(), words::owner(&me.words, &me.directory, Some(post)))
        })
        .collect();
    choices.sort_by(|one, two| one.label.cmp(&two.label));
    choices
}

/// Whether a seat is among them.
pub(super) fn is_seat(me: &SignedIn, agency: AgencyId, post: PostId) -> bool {
    let mut heads = agencies(me, agency).into_iter();
    heads.any(|agency| me.directory.head_of(agency, me.now) == Some(post))
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    admit(&scoring, &me)?;
    let at = At::of(&scoring, &me, &name, &asked)?;
    let card = at.card(&scoring)?;
    let of = card.id().to_owned();
    let read = scoring.read(move |tx, scoring| queries::parts(tx, scoring, &of));
    let settings = read.await?;
    let ctx = desk::context(scoring.desk(), &me).await?;
    let choices = seats(&me, at.agency);
    let directs = may(&scoring, &me, Action::Direct, at.agency);
    let title = tr!(me, "scoring-owners-title");
    let parts = card.parts().iter().filter(|part| !part.maximum.is_zero());
    let card_name = words::name(&me.words, card.name());
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "scoring-title"), SCORES), (card_name, &at.address(""))], &title))
        p.muted { (tr!(me, "scoring-owners-lead")) }
        form.card.stack method="post" action=(at.address("/dau-moi")) {
            (csrf_field(&ctx))
            @for part in parts {
                @let post = settings.get(&part.id).and_then(|of| of.post);
                @let label = words::part_named(&me.words, card, &part.id);
                @let field = format!("muc-{}", part.id);
                @if directs {
                    (fields::select(&me.words, &Field::new(&field, &label).optional(), &choices,
                        &post.map_or_else(String::new, |post| post.to_string())))
                } @else {
                    p { b { (label) } ": " (words::owner(&me.words, &me.directory, post)) }
                }
            }
            @if directs { p.acts { button.btn.go { (tr!(me, "scoring-owners-do")) } } }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

async fn keep(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    let at = At::of(&scoring, &me, &name, &asked)?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let card = at.card(&scoring)?;
    let mut chosen: Vec<(String, Option<PostId>)> = Vec::new();
    for part in card.parts() {
        let text = typed.get(&format!("muc-{}", part.id));
        let post = text.parse().ok().filter(|post| is_seat(&me, at.agency, *post));
        chosen.push((part.id.clone(), post));
    }
    let (stamp, of) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        let known = queries::parts(tx, scoring, card.id())?;
        for (part, post) in &chosen {
            let before = known.get(part).cloned().unwrap_or_default();
            if before.post != *post {
                let settings = (*post, before.a_day.as_ref());
                commands::set_part(tx, scoring, card, part, settings, &stamp)?;
            }
        }
        Ok::<_, Error>(())
    });
    written.await?;
    let done = Flash::done(tr!(me, "scoring-owners-done"));
    Ok(see_other_with(&at.address("/dau-moi"), done))
}
