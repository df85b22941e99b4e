//! A plan that was kept: what it says, and the file that is handed on.

use axum::{
    Router,
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::Furnished;
use maud::{Markup, html};
use scorecards::{Plan, Scorecard};
use serde::Serialize;
use web::{Icon, SignedIn, components::crumbs::crumbs, http::Problem, icon, tr};

use super::{Asked, At, SCORES, admit, handing, words};
use crate::{
    Scoring,
    model::{KeptPlan, PlanId},
    offers::Offer,
    queries,
};

pub(super) fn routes() -> Router<Scoring> {
    let one = format!("{SCORES}/{{name}}/phuong-an/{{id}}");
    Router::new()
        .route(&one, get(show))
        .route(&format!("{one}/tep.toml"), get(file))
        .route(&format!("{one}/chuong-trinh.toml"), get(programme))
}

/// What a plan is written of.
pub(super) struct Of<'f> {
    pub(super) at: &'f At,
    pub(super) offers: &'f [Offer],
    pub(super) plan: &'f Plan,
}

/// The file, in TOML: what a programme can take tasks from.
#[derive(Serialize)]
struct File {
    scorecard: String,
    version: u32,
    agency: String,
    period: String,
    made: String,
    score_before: String,
    score_after: String,
    effort_days: u32,
    task: Vec<Task>,
}

#[derive(Serialize)]
struct Task {
    name: String,
    part: String,
    owner: String,
    owner_agency: String,
    effort_days: u32,
    gain: String,
    gain_worst: String,
    gain_best: String,
    change: Vec<Changed>,
}

#[derive(Serialize)]
struct Changed {
    input: String,
    by: String,
}

/// The text of a plan.
pub(super) fn text(me: &SignedIn, card: &Scorecard, of: &Of<'_>) -> String {
    let task = |one: &scorecards::Chosen| {
        let offer = of.offers.iter().find(|offer| offer.action.id == one.action)?;
        let level = offer.action.levels.get(one.level.checked_sub(1)?)?;
        let post = offer.post.and_then(|post| me.directory.post(post));
        let agency = post.and_then(|post| me.directory.agency(post.agency));
        Some(Task {
            name: words::offer(&me.words, offer, one.level),
            part: offer.part.clone().unwrap_or_default(),
            owner: post.map_or_else(String::new, |post| post.title.clone()),
            owner_agency: agency.map_or_else(String::new, |agency| agency.code.to_string()),
            effort_days: one.effort,
            gain: one.within.stated.shown(4),
            gain_worst: one.within.low.shown(4),
            gain_best: one.within.high.shown(4),
            change: level
                .changes
                .iter()
                .map(|change| Changed { input: change.input.clone(), by: change.by.to_string() })
                .collect(),
        })
    };
    let file = File {
        scorecard: card.id().to_owned(),
        version: card.version(),
        agency: of.at.code.clone(),
        period: of.at.period.to_string(),
        made: kernel::vn_datetime(me.now),
        score_before: of.plan.published.0.shown(card.decimals()),
        score_after: of.plan.published.1.shown(card.decimals()),
        effort_days: of.plan.effort,
        task: of.plan.chosen.iter().filter_map(task).collect(),
    };
    toml::to_string(&file).unwrap_or_default()
}

async fn found(scoring: &Scoring, id: &str) -> Result<KeptPlan, Problem> {
    let id: PlanId = id.parse().map_err(|_| Problem::not_found())?;
    let plan = scoring.read(move |tx, scoring| queries::plan(tx, scoring, id)).await?;
    plan.ok_or_else(Problem::not_found)
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, id)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    admit(&scoring, &me)?;
    let at = At::of(&scoring, &me, &name, &asked)?;
    let plan = found(&scoring, &id).await?;
    let card = at.card(&scoring)?;
    let ctx = desk::context(scoring.desk(), &me).await?;
    let title = tr!(me, "scoring-plan-title");
    let card_name = words::name(&me.words, card.name());
    let (find, here, there) = (tr!(me, "scoring-find"), at.address(""), at.address("/dot-pha"));
    let above = [(card_name, here.as_str()), (find.as_str(), there.as_str())];
    let main = html! {
            (crumbs(&me.words, &above, &title))
            section.card {
                p { b { (plan.summary) } }
                p.muted { (words::agency(&me.directory, plan.agency, me.now)) ", "
                    (me.words.moment(plan.at)) ", " (words::person(&me.directory, plan.by)) }
                p.row {
                    a.btn.go href={ (SCORES) "/" (plan.scorecard) "/phuong-an/" (plan.id) "/tep.toml" } download {
                        (icon(Icon::File)) (tr!(me, "scoring-plan-file"))
                    }
    a.btn href={ (SCORES) "/" (plan.scorecard) "/phuong-an/" (plan.id) "/chuong-trinh.toml" } download {
                        (tr!(me, "scoring-plan-programme"))
                    }
                }
                p.small.muted { (tr!(me, "scoring-plan-how")) }
            }
            section.card.after { pre.small tabindex="0" { (plan.text) } }
        };
    Ok(desk::page(&ctx, &title, html! {}, main))
}

async fn file(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((_, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    admit(&scoring, &me)?;
    let plan = found(&scoring, &id).await?;
    let name = format!("attachment; filename=\"phuong-an-{}.toml\"", plan.scorecard);
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, plan.text).into_response())
}

/// The same as a programme to be entered.
async fn programme(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, id)): Path<(String, String)>,
) -> Result<Response, Problem> {
    admit(&scoring, &me)?;
    let plan = found(&scoring, &id).await?;
    let at = At::of(&scoring, &me, &name, &Asked::default())?;
    let card_name = &at.card(&scoring)?.name().vi;
    let today = kernel::today(me.now);
    let text = handing::text(&plan, card_name, today).ok_or_else(Problem::not_found)?;
    let name = format!("attachment; filename=\"chuong-trinh-{}.toml\"", plan.scorecard);
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, text).into_response())
}
