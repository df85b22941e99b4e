//! Find the breakthrough: with so much work, what to do first, how sure that is, and whose it is.

mod edit;
mod view;

use axum::{
    Form, Router,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use desk::{Furnished, typed::Typed};
use identity::access::Action;
use maud::Markup;
use scorecards::{Aim, Headroom, Number, Plan, Question, Scorecard, Scored, TOTAL, compute, find};
use serde::Deserialize;
use web::{
    SignedIn,
    components::flash::Flash,
    form::Faults,
    http::{Problem, flash::see_other_with},
    tr,
};

use super::{Asked, At, SCORES, admit, only, stamp};
use crate::{
    Result, Scoring, commands,
    model::KeptPlan,
    offers::{self, Offer},
    queries,
    rivals::Rivals,
    standing::{self, Standing},
};

/// More work than this is not asked about.
const EFFORT_MAX: u32 = 100_000;

pub(super) fn routes() -> Router<Scoring> {
    Router::new()
        .route(&format!("{SCORES}/{{name}}/dot-pha"), get(show))
        .route(&format!("{SCORES}/{{name}}/dot-pha/luu"), post(keep))
        .route(&format!("{SCORES}/{{name}}/dot-pha/viec"), post(edit::add))
        .route(&format!("{SCORES}/{{name}}/dot-pha/viec/{{id}}/bo"), post(edit::drop))
        .route(&format!("{SCORES}/{{name}}/dot-pha/nang-suat"), post(edit::rates))
}

/// What the form says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Wanted {
    cua: String,
    ky: String,
    /// Days of work.
    #[serde(rename = "cong")]
    effort: String,
    /// `diem`, `hang`, `chac`.
    #[serde(rename = "muc-tieu")]
    aim: String,
}

impl Wanted {
    fn asked(&self) -> Asked {
        Asked { cua: self.cua.clone(), ky: self.ky.clone() }
    }

    /// The work that was typed; none where nothing was, or nothing that can be meant.
    fn budget(&self) -> Option<u32> {
        whole(&self.effort).filter(|days| *days <= EFFORT_MAX)
    }

    /// What is wrong with what was typed; nobody is answered another question than the one asked.
    fn faults(&self, me: &SignedIn) -> Faults {
        let mut faults = Faults::default();
        if !self.effort.trim().is_empty() && self.budget().is_none() {
            faults.add("cong", tr!(me, "scoring-fault-effort"));
        }
        faults
    }
}

/// A whole number as somebody types it: 1200, 1.200 or 1 200; a mark stands before three digits.
fn whole(text: &str) -> Option<u32> {
    let mut groups = text.trim().split(['.', ',', ' ', '\u{a0}']);
    let mut digits = groups.next()?.to_owned();
    for group in groups {
        if group.len() != 3 || digits.is_empty() {
            return None;
        }
        digits += group;
    }
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    digits.parse().ok().filter(|_| is_number)
}

/// What was read for the question.
struct Ground {
    standing: Standing,
    offers: Vec<Offer>,
    plans: Vec<KeptPlan>,
    rivals: Rivals,
}

/// The answer.
struct Found {
    at: At,
    ground: Ground,
    aim: &'static str,
    budget: u32,
    /// Work of everything that could be done.
    most: u32,
    /// None where nothing could be done, or it could not be weighed exactly.
    plan: Option<Plan>,
    /// Effort and gain.
    curve: Vec<(u32, Number)>,
    /// The score after the plan.
    after: Option<Scored>,
    headroom: Vec<Headroom>,
    too_many: bool,
}

fn ground(tx: &mut store::Tx<'_>, scoring: &Scoring, at: &At) -> Result<Ground> {
    let card = scoring.card(&at.name, at.period)?;
    let standing = standing::standing(tx, scoring, card, at.agency, at.period)?;
    let settings = queries::parts(tx, scoring, card.id())?;
    let own = queries::actions(tx, scoring, card.id(), at.agency)?;
    let mapping = scoring.mapping(card.id())?;
    let offers = offers::offers(card, &standing.inputs, mapping, &settings, &own)?;
    let plans = queries::plans(tx, scoring, card.id(), at.agency)?;
    let published = queries::published(tx, scoring, card.id())?;
    let rivals = Rivals::of(&scoring.desk().front.directory.get(), at.agency, published);
    Ok(Ground { standing, offers, plans, rivals })
}

/// Reads and asks the solver, on a thread that may be busy for a while.
async fn answer(scoring: &Scoring, at: At, wanted: &Wanted) -> Result<Found, Problem> {
    let asked = at.clone();
    let ground = scoring.read(move |tx, scoring| ground(tx, scoring, &asked)).await?;
    let permit = scoring.finding.clone().acquire_owned().await;
    let _one = permit.map_err(|error| Problem::internal(&error))?;
    let (shared, wanted) = (scoring.clone(), wanted.clone());
    let found = tokio::task::spawn_blocking(move || found(&shared, at, ground, &wanted));
    Ok(found.await.map_err(|error| Problem::internal(&error))??)
}

fn found(scoring: &Scoring, at: At, ground: Ground, wanted: &Wanted) -> Result<Found> {
    let card = scoring.card(&at.name, at.period)?;
    let inputs = &ground.standing.inputs;
    let actions: Vec<_> = ground.offers.iter().map(|offer| offer.action.clone()).collect();
    let last = actions.iter().filter_map(|action| action.levels.last());
    let most = last.map(|level| level.effort).fold(0, u32::saturating_add);
    let budget = wanted.budget().unwrap_or_else(|| usual(most));
    let values = ground.rivals.values();
    let (aim, name) = match wanted.aim.as_str() {
        "hang" if !values.is_empty() => (Aim::Rank(values), "hang"),
        "chac" => (Aim::Surest, "chac"),
        _ => (Aim::Score, "diem"),
    };
    let ask = |budget: u32, aim: Aim| {
        let actions = &actions;
        find(&Question { scorecard: card, inputs, actions, index: TOTAL, budget, aim })
    };
    let (plan, too_many) = match ask(budget, aim.clone()) {
        Ok(plan) => (Some(plan), false),
        Err(scorecards::Error::TooMany { .. }) => (None, true),
        Err(error) => return Err(error.into()),
    };
    // The curve goes on behind what was asked, to show whether more would pay; what cannot be
    // weighed exactly so far is shown as far as it was.
    let further = most.min(budget.saturating_mul(5) / 2).max(budget);
    let aim = if matches!(aim, Aim::Rank(_)) { Aim::Score } else { aim };
    let points = ask(further, aim).ok().map(|wide| wide.curve);
    let points = points.or_else(|| plan.as_ref().map(|plan| plan.curve.clone()));
    let curve = points.into_iter().flatten().map(|point| (point.effort, point.gain)).collect();
    let after = match &plan {
        Some(plan) => {
            let after = offers::after(card, inputs, &ground.offers, &plan.chosen)?;
            Some(compute(card, &after))
        }
        None => None,
    };
    let headroom = scorecards::headroom(card, inputs);
    let aim = name;
    Ok(Found { at, ground, aim, budget, most, plan, curve, after, headroom, too_many })
}

/// What is asked about where nobody said: a third of everything, in round tens.
fn usual(most: u32) -> u32 {
    (most / 3).div_ceil(10) * 10
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Result<Response, Problem> {
    asked_again(&scoring, &me, &name, &wanted, wanted.faults(&me)).await
}

/// The page for a question, with what is wrong with it.
async fn asked_again(
    scoring: &Scoring,
    me: &SignedIn,
    name: &str,
    wanted: &Wanted,
    faults: Faults,
) -> Result<Response, Problem> {
    let page = page(scoring, me, name, wanted, (&faults, &Typed::default())).await?;
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, page).into_response())
}

async fn page(
    scoring: &Scoring,
    me: &SignedIn,
    name: &str,
    wanted: &Wanted,
    typed: (&Faults, &Typed),
) -> Result<Markup, Problem> {
    admit(scoring, me)?;
    let at = At::of(scoring, me, name, &wanted.asked())?;
    let found = answer(scoring, at, wanted).await?;
    let ctx = desk::context(scoring.desk(), me).await?;
    view::page(scoring, me, &ctx, (&found, &wanted.effort), typed)
}

/// Keeps the plan that is shown, computed once more from what stands now.
async fn keep(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let wanted = Wanted {
        cua: typed.get("cua").to_owned(),
        ky: typed.get("ky").to_owned(),
        effort: typed.get("cong").to_owned(),
        aim: typed.get("muc-tieu").to_owned(),
    };
    let at = At::of(&scoring, &me, &name, &wanted.asked())?;
    only(&scoring, &me, Action::Direct, at.agency)?;
    let faults = wanted.faults(&me);
    if !faults.is_empty() {
        return asked_again(&scoring, &me, &name, &wanted, faults).await;
    }
    let found = answer(&scoring, at.clone(), &wanted).await?;
    let card = at.card(&scoring)?;
    let plan = found.plan.as_ref().ok_or_else(Problem::conflict)?;
    let text = super::plans::text(&me, card, &found_of(&found, plan));
    let summary = tr!(
        me,
        "scoring-plan-summary",
        n = plan.chosen.len(),
        effort = me.words.number(plan.effort),
        before = super::words::number(&me.words, &plan.published.0, card.decimals()),
        after = super::words::number(&me.words, &plan.published.1, card.decimals())
    );
    let (stamp, kept) = (stamp(&me), at.clone());
    let written = scoring.write(move |tx, scoring| {
        let card = scoring.card(&kept.name, kept.period)?;
        commands::keep_plan(
            tx,
            scoring,
            (card, kept.agency, kept.period),
            (&text, &summary),
            &stamp,
        )
    });
    let id = written.await?;
    let to = at.address(&format!("/phuong-an/{id}"));
    Ok(see_other_with(&to, Flash::done(tr!(me, "scoring-plan-kept"))))
}

/// What of an answer a plan is written of.
fn found_of<'f>(found: &'f Found, plan: &'f Plan) -> super::plans::Of<'f> {
    super::plans::Of { at: &found.at, offers: &found.ground.offers, plan }
}

/// The index that an input of the scorecard is shown under, for choosing.
fn inputs_of(scorecard: &Scorecard) -> impl Iterator<Item = &scorecards::Input> {
    let scored = |place: &usize| {
        let parts = scorecard.parts().iter().filter(|part| !part.maximum.is_zero());
        parts.flat_map(|part| part.measure.inputs()).any(|input| input == *place)
    };
    scorecard.inputs().iter().enumerate().filter(move |(n, _)| scored(n)).map(|(_, input)| input)
}

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn work_is_a_whole_number_and_nothing_else() {
        for (text, days) in [("90", 90), (" 1.200 ", 1200), ("1,200", 1200), ("12 000", 12_000)] {
            assert_eq!(whole(text), Some(days), "{text}");
        }
        for text in ["nhiều", "-5", "0,5", "12.5", "", "1.", ".500", "+5", "99999999999"] {
            assert_eq!(whole(text), None, "{text}");
        }
    }
}
