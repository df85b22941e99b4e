//! What if: something changes, or the machine looks for the fewest moves.

use axum::{
    Form, Router,
    extract::{Query, State as Extract},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use desk::typed::{Typed, forged};
use kernel::AgencyId;
use maud::{Markup, html};
use web::{
    PageContext, SignedIn,
    components::{crumbs::crumbs, errors, fields::Choice, section},
    form::Faults,
    http::{self, Problem},
    page::csrf_field,
    tr,
};

use super::{
    OUTLOOK, Sight, State, admit, ask,
    changes::{ADDED, Added, agency, is_begun},
    step_names, words,
};
use crate::{
    Error, commands,
    model::{Foreseen, Kind, Question, Run},
    queries,
};

/// Runs that were asked for and are shown.
const RUNS_SHOWN: u32 = 8;

pub(super) fn routes() -> Router<State> {
    Router::new()
        .route(&format!("{OUTLOOK}/thu"), get(show).post(run))
        .route(&format!("{OUTLOOK}/phuong-an"), post(plan))
}

async fn show(
    Extract(state): Extract<State>,
    me: SignedIn,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Markup, Problem> {
    page(&state, &me, &Faults::default(), &Typed(pairs)).await
}

async fn page(
    state: &State,
    me: &SignedIn,
    faults: &Faults,
    typed: &Typed,
) -> Result<Markup, Problem> {
    admit(state, me)?;
    let sight = Sight::of(state, me);
    let (agency, added) = (agency(me, &sight, typed), Added::of(me, &sight, typed));
    let desk = state.0.clone();
    let read = state.front.store.read(move |tx| {
        let foreseen = queries::newest_forecast(tx, &desk)?.map(|(_, foreseen)| foreseen);
        let mut runs = queries::newest(tx, &desk, Kind::WhatIf, RUNS_SHOWN)?;
        runs.extend(queries::newest(tx, &desk, Kind::Plan, RUNS_SHOWN)?);
        Ok::<_, Error>((foreseen, runs))
    });
    let (foreseen, mut runs) = read.await?;
    runs.sort_by_key(|run| std::cmp::Reverse(run.asked_at));
    runs.retain(|run| sight.all || run.asked_by == Some(me.person));
    let ctx = desk::context(state, me).await?;
    let title = tr!(me, "outlook-suppose-title");
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "outlook-title"), OUTLOOK)], &title))
        (errors::summary(&me.words, faults))
        p.muted { (tr!(me, "outlook-suppose-lead")) }
        (choose(me, &sight, (agency, &added), foreseen.as_ref()))
        div.two {
            div.stack {
                @if !added.is_empty() { (together(state, me, &ctx, (agency, &added))) }
                (ask::change(state, me, &ctx, (agency, &added), foreseen.as_ref(), (faults, typed)))
            }
            div.stack { (draw(me, &ctx, &sight, agency)) (asked_before(state, me, &runs)) }
        }
    };
    Ok(desk::page(&ctx, &errors::title(&me.words, faults, &title), html! {}, main))
}

/// Agencies that work passes.
fn choose(
    me: &SignedIn,
    sight: &Sight,
    (agency, added): (AgencyId, &Added),
    foreseen: Option<&Foreseen>,
) -> Markup {
    let mut ids: Vec<AgencyId> =
        foreseen.into_iter().flat_map(|f| f.agencies.iter().map(|(id, _)| *id)).collect();
    if !ids.contains(&agency) {
        ids.push(agency);
    }
    ids.retain(|id| sight.sees(me, *id));
    let mut choices: Vec<Choice> = ids
        .iter()
        .filter_map(|id| me.directory.agency(*id))
        .map(|agency| Choice::new(agency.code.as_str(), agency.short_name.as_str()))
        .collect();
    choices.sort_by(|one, two| one.label.cmp(&two.label));
    let chosen = me.directory.agency(agency).map_or("", |agency| agency.code.as_str());
    html! {
        form.filters method="get" action={ (OUTLOOK) "/thu" } {
            @for text in added.texts() { input type="hidden" name=(ADDED) value=(text); }
            div.field {
                label for="filter-cua" { (tr!(me, "outlook-agency")) }
                select #filter-cua name="cua" {
                    @for choice in &choices {
                        option value=(choice.value) selected[choice.value == chosen] { (choice.label) }
                    }
                }
            }
            button.btn { (tr!(me, "outlook-choose-agency")) }
        }
    }
}

/// What was added so far, each with a button that takes it away.
fn together(
    state: &State,
    me: &SignedIn,
    ctx: &PageContext,
    (agency, added): (AgencyId, &Added),
) -> Markup {
    let names = step_names(state);
    let said: Vec<String> =
        added.all().iter().map(|one| words::one_supposed(me, one, &names)).collect();
    section::card(
        "together",
        &tr!(me, "outlook-together", n = said.len()),
        html! {
            form.stack method="post" action={ (OUTLOOK) "/thu" } {
                (carried(me, ctx, agency, added))
                ul.oth.l { @for (place, one) in said.iter().enumerate() { li.row {
                    span { (one) }
                    button.btn.sm.push name="bo" value=(place)
                        aria-label=(tr!(me, "outlook-remove-of", what = one.as_str())) { (tr!(me, "outlook-remove")) }
                } } }
            }
        },
    )
}

/// What every form of the page carries without showing.
pub(super) fn carried(me: &SignedIn, ctx: &PageContext, agency: AgencyId, added: &Added) -> Markup {
    let code = me.directory.agency(agency).map_or("", |agency| agency.code.as_str());
    html! {
        (csrf_field(ctx))
        input type="hidden" name="cua" value=(code);
        @for text in added.texts() { input type="hidden" name=(ADDED) value=(text); }
    }
}

/// The button that looks for the fewest moves.
fn draw(me: &SignedIn, ctx: &PageContext, sight: &Sight, agency: AgencyId) -> Markup {
    let code = me.directory.agency(agency).map_or("", |agency| agency.code.as_str());
    section::card(
        "draw",
        &tr!(me, "outlook-draw"),
        html! {
            p { (tr!(me, "outlook-draw-how")) }
            form.row method="post" action={ (OUTLOOK) "/phuong-an" } {
                (csrf_field(ctx))
                input type="hidden" name="cua" value=(code);
                button.btn.go { (tr!(me, "outlook-draw-here", agency = words::agency(&me.directory, agency))) }
                @if sight.all { button.btn name="tat-ca" value="1" { (tr!(me, "outlook-draw-all")) } }
            }
        },
    )
}

fn asked_before(state: &State, me: &SignedIn, runs: &[Run]) -> Markup {
    if runs.is_empty() {
        return html! {};
    }
    let names = step_names(state);
    let what = |run: &Run| match &run.question {
        Question::WhatIf { supposed } => words::supposed(me, supposed, &names),
        Question::Plan { agency: Some(agency) } => {
            tr!(me, "outlook-plan-of", agency = words::agency(&me.directory, *agency))
        }
        Question::Plan { agency: None } => tr!(me, "outlook-plan-all"),
        Question::Forecast | Question::BackTest { .. } => String::new(),
    };
    section::card(
        "before",
        &tr!(me, "outlook-asked-before"),
        html! { ul.oth.l { @for run in runs { li {
            a href={ (OUTLOOK) "/lan/" (run.id) } { (what(run)) }
            span.sub2 { (me.words.moment_near(run.asked_at, me.now)) ", "
                (me.words.t(&format!("outlook-state-{}", run.state.word()))) }
        } } } },
    )
}

async fn run(
    Extract(state): Extract<State>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    admit(&state, &me)?;
    let sight = Sight::of(&state, &me);
    let mut added = Added::of(&me, &sight, &typed);
    if let Ok(place) = typed.get("bo").parse() {
        added.remove(place);
        return Ok(page(&state, &me, &Faults::default(), &added.form(&typed))
            .await?
            .into_response());
    }
    let (mut faults, more) = (Faults::default(), !typed.get("them").is_empty());
    if more || added.is_empty() || is_begun(&typed) {
        added.add(&me, &sight, &typed, &mut faults);
    }
    if !faults.is_empty() {
        let page = page(&state, &me, &faults, &typed).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    }
    if more {
        return Ok(page(&state, &me, &faults, &added.form(&typed)).await?.into_response());
    }
    queue(&state, &me, Question::WhatIf { supposed: added.all() }).await
}

async fn plan(
    Extract(state): Extract<State>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(forged());
    }
    admit(&state, &me)?;
    let sight = Sight::of(&state, &me);
    let all = sight.all && typed.get("tat-ca") == "1";
    let agency = (!all).then(|| agency(&me, &sight, &typed));
    queue(&state, &me, Question::Plan { agency }).await
}

/// Asks for a run, and leads to it.
pub(super) async fn queue(
    state: &State,
    me: &SignedIn,
    question: Question,
) -> Result<Response, Problem> {
    let (desk, by, now) = (state.0.clone(), me.person, me.now);
    let asked =
        state.front.store.write(move |tx| commands::ask(tx, &desk, &question, Some(by), now));
    match asked.await {
        Ok(id) => Ok(http::see_other(&format!("{OUTLOOK}/lan/{id}"))),
        Err(Error::TooMuch) => {
            let minutes = commands::WINDOW.as_mins();
            let why = tr!(me, "outlook-too-much", n = commands::RUNS_A_PERSON, minutes = minutes);
            let back = format!("{OUTLOOK}/thu");
            Err(Problem::from(Error::TooMuch)
                .detail(why)
                .way_out(tr!(me, "outlook-suppose-title"), back))
        }
        Err(error) => Err(error.into()),
    }
}
