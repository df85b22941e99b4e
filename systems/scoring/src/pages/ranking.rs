//! Who stands where: agencies by their scores, ties as they are published; and other provinces by
//! what was published of them.

mod agencies;
mod provinces;

use axum::{
    Router,
    extract::{Path, Query, State},
    routing::{get, post},
};
use desk::{Furnished, typed::Typed};
use identity::access::Action;
use kernel::AgencyId;
use maud::{Markup, html};
use scorecards::Scored;
use web::{
    SignedIn,
    components::{crumbs::crumbs, errors},
    form::Faults,
    http::Problem,
    tr,
};

use super::{Asked, At, SCORES, admit, may, words};
use crate::{Error, Scoring, queries, rivals::Rivals, shared::Parts, standing};

/// Agencies that are ranked on one page.
const RANKED_MAX: usize = 400;

pub(super) fn routes() -> Router<Scoring> {
    Router::new()
        .route(&format!("{SCORES}/{{name}}/xep-hang"), get(show))
        .route(&format!("{SCORES}/{{name}}/xep-hang/cong-bo"), post(provinces::record))
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    page(&scoring, &me, &name, &asked, (&Faults::default(), &Typed::default())).await
}

async fn page(
    scoring: &Scoring,
    me: &SignedIn,
    name: &str,
    asked: &Asked,
    (faults, typed): (&Faults, &Typed),
) -> Result<Markup, Problem> {
    admit(scoring, me)?;
    let at = At::of(scoring, me, name, asked)?;
    let card = at.card(scoring)?;
    let of_agencies = at.name != "dti-922";
    let agencies = if of_agencies { ranked(me) } else { Vec::new() };
    let (wanted, of) = (agencies.clone(), at.clone());
    let province = Parts::province(me);
    let read = scoring.read(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        let published = queries::published(tx, scoring, card.id())?;
        let ours = standing::standing(tx, scoring, card, province, of.period)?.scored;
        if wanted.is_empty() {
            return Ok((Vec::new(), published, ours));
        }
        let all = standing::standings(tx, scoring, card, &wanted, of.period)?;
        let scored: Vec<Scored> = all.into_iter().map(|standing| standing.scored).collect();
        Ok::<_, Error>((scored, published, ours))
    });
    let (scored, published, ours) = read.await?;
    let rivals = Rivals::of(&me.directory, province, published);
    let ctx = desk::context(scoring.desk(), me).await?;
    let title = tr!(me, "scoring-ranking-title", name = words::name(&me.words, card.name()));
    let card_name = words::name(&me.words, card.name());
    let directs = may(scoring, me, Action::Direct, province);
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "scoring-title"), SCORES), (card_name, &at.address(""))],
            &tr!(me, "scoring-ranking")))
        (errors::summary(&me.words, faults))
        p.muted { (desk::period_text(&me.words, at.period)) ". " (tr!(me, "scoring-ranking-lead")) }
        @if of_agencies { (agencies::table(me, &at, card, &agencies, &scored)) }
        div.after { (provinces::table(me, card, &rivals, &ours)) }
        @if directs { div.after { (provinces::form(me, &ctx, &at, (faults, typed))) } }
    };
    Ok(desk::page(&ctx, &errors::title(&me.words, faults, &title), html! {}, main))
}

/// The agencies that are ranked against each other: all open ones but the topmost.
fn ranked(me: &SignedIn) -> Vec<AgencyId> {
    let open = me.directory.agencies().filter(|one| one.validity.covers(me.now));
    let mut all: Vec<_> = open.filter(|one| one.parent.is_some()).collect();
    all.sort_by(|one, two| one.code.cmp(&two.code));
    all.into_iter().map(|one| one.id).take(RANKED_MAX).collect()
}
