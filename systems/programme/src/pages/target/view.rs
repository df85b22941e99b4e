//! The page of a target.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use maud::{Markup, html};
use scorecards::Number;
use web::{
    Icon, PageContext, SignedIn,
    components::{
        crumbs::crumbs,
        fields::{self, Choice, Field},
        kv::kv,
        section::card,
        table::{Column, Row, Table, table},
        tile,
    },
    http::Problem,
    icon,
    page::csrf_field,
    tr,
};

use super::{Open, may_declare, may_overrule, open};
use crate::{
    measures::{Standing, running},
    model::{Declared, LIKELIHOODS, Measure, likelihood_word, month_words},
    pages::{PROGRAMMES, TASKS, common, parts},
};

pub(in crate::pages) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((programme, target)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let open = open(&desk, &me, (&programme, &target)).await?;
    let ctx = desk::context(&desk, &me).await?;
    let target = &open.standing.target;
    let base = format!("{PROGRAMMES}/{}", open.programme.code);
    let directs = common::may(&desk, &me, Action::Direct, open.programme.agency);
    let list = tr!(me, "programme-nav");
    let above = [(list.as_str(), PROGRAMMES), (open.programme.number.as_str(), base.as_str())];
    let beside = html! {
        @if directs { span.row.push.noprint {
            a.btn.sm href={ (target.address()) "/sua" } { (icon(Icon::Pen)) (tr!(me, "programme-edit")) }
        } }
    };
    let main = html! {
        (crumbs(&me.words, &above, target.code.as_str()))
        div.cols {
            div.stack {
                (card("way", &tr!(me, "programme-way"), parts::way(&me.words, &desk, &open.standing, me.now)))
                @if matches!(target.measure, Measure::Declared { .. }) { (declared(&desk, &me, &ctx, &open)) }
            }
            aside.side2.stack {
                (judgement(&desk, &me, &ctx, &open))
                (facts(&desk, &me, &open))
                (tasks(&desk, &me, &open))
            }
        }
        div.after { (months(&desk, &me, &open.standing)) }
    };
    Ok(desk::page(&ctx, &target.name, beside, main).into_response())
}

/// Plan and figure of every month that has begun, the newest first.
fn months(desk: &Desk, me: &SignedIn, standing: &Standing) -> Markup {
    let (target, words) = (&standing.target, &me.words);
    let cell = |actual: &crate::measures::Actual| {
        let expected = target.way.trajectory().expected(actual.month);
        let (said, ahead) = match &actual.value {
            Ok(value) => {
                let ahead = target.way.trajectory().ahead(actual.month, value);
                let text = parts::figure(words, desk, target, value);
                let href = match (&target.measure, actual.period) {
                    (Measure::Indicator { code, scope, .. }, Some(period)) => {
                        Some(desk::figure_page(code, scope, period))
                    }
                    _ => None,
                };
                let said = html! { @if let Some(href) = href { a.num href=(href) { (text) } } @else { span.num { (text) } } };
                (said, difference(desk, me, standing, &ahead))
            }
            Err(why) => (html! { span.muted { (parts::why_none(words, *why)) } }, html! {}),
        };
        Row::Cells(vec![
            html! { (month_words(actual.month)) },
            html! { (parts::figure(words, desk, target, &expected)) },
            html! { (said) " " (tile::grade(words, actual.grade)) },
            ahead,
        ])
    };
    let rows: Vec<Row> = standing.actuals.iter().rev().map(cell).collect();
    let columns = vec![
        Column::text(tr!(me, "programme-review-month")),
        Column::figures(tr!(me, "programme-plan")),
        Column::figures(tr!(me, "programme-actual")),
        Column::figures(tr!(me, "programme-ahead")),
    ];
    let caption = tr!(me, "programme-months-table");
    html! {
        @if !rows.is_empty() { (table(&Table { caption, caption_shown: true, columns, rows })) }
    }
}

fn difference(desk: &Desk, me: &SignedIn, standing: &Standing, ahead: &Number) -> Markup {
    let text = parts::bare(&me.words, desk, &standing.target, &ahead.abs());
    let key = if ahead.is_negative() { "programme-behind-by" } else { "programme-ahead-by" };
    html! { (tr!(me, key, n = text)) }
}

/// What holds, what was computed and from what, and the form of a head who says otherwise.
fn judgement(desk: &Desk, me: &SignedIn, ctx: &PageContext, open: &Open) -> Markup {
    let (standing, words) = (&open.standing, &me.words);
    let target = &standing.target;
    let body = html! {
        p { (parts::of_likelihood(words, standing.likelihood())) }
        h3.after { (tr!(me, "programme-computed")) }
        @match &standing.judged {
            Some(judged) => {
                @let by = &judged.by_figures;
                @let figure = |value| parts::figure(words, desk, target, value);
                p.small {
                    (parts::of_likelihood(words, Some(judged.likelihood))) " "
                    (tr!(me, "programme-computed-from", month = month_words(by.as_of), actual = figure(&by.actual),
                        expected = figure(&by.expected), projected = figure(&by.projected),
                        pace = words.share(by.pace.to_f64())))
                    @if judged.held_back { " " (tr!(me, "programme-computed-held-back")) }
                    @if judged.late_tasks > 0 { " " (tr!(me, "programme-computed-late", n = judged.late_tasks)) }
                }
            }
            None => { p.small.muted { (tr!(me, "programme-computed-none")) " " @if let Some(why) = standing.why_none() { "(" (parts::why_none(words, why)) ")" } } }
        }
        @for said in &open.overrides {
            div.note {
                @if said.ended.is_none() { b { (tr!(me, "programme-said-holds")) } } @else { span.muted { (tr!(me, "programme-said-held")) } }
                " " (parts::of_likelihood(words, Some(said.likelihood)))
                p { (said.reason) }
                p.small.muted { (parts::actor(&me.directory, &said.by.0)) ", " (words.moment_near(said.by.1, me.now))
                    @if let Some(ended) = said.ended { "; " (tr!(me, "programme-said-ended", at = words.moment_near(ended, me.now))) } }
            }
        }
        @if may_overrule(desk, me, target.head) { (overrule(me, ctx, open)) }
    };
    card("judgement", &tr!(me, "programme-judgement"), body)
}

fn overrule(me: &SignedIn, ctx: &PageContext, open: &Open) -> Markup {
    let action = format!("{}/nhan-dinh", open.standing.target.address());
    let choices: Vec<Choice> = LIKELIHOODS
        .into_iter()
        .map(likelihood_word)
        .map(|word| Choice::new(word, me.words.t(&format!("programme-likelihood-{word}"))))
        .collect();
    let standing = open.overrides.iter().any(|said| said.ended.is_none());
    let labels = ["programme-say", "programme-reason", "programme-reason-hint", "programme-sign"]
        .map(|key| me.words.t(key));
    html! {
        details {
            summary { (tr!(me, "programme-overrule")) }
            form.stack method="post" action=(action) {
                (csrf_field(ctx))
                (fields::select(&me.words, &Field::new("nhan_dinh", &labels[0]), &choices, ""))
                (fields::textarea(&me.words, &Field::new("ly_do", &labels[1]).hint(&labels[2]).letters_max(2000), ""))
                (fields::checkbox(&Field::new("ky", &labels[3]), false))
                p.acts { button.btn.go name="do" value="noi" { (tr!(me, "programme-overrule-go")) } }
            }
        }
        @if standing {
            form method="post" action=(action) { (csrf_field(ctx))
                button.btn.sm name="do" value="thoi" { (tr!(me, "programme-overrule-end")) } }
        }
    }
}

fn facts(desk: &Desk, me: &SignedIn, open: &Open) -> Markup {
    let (target, words) = (&open.standing.target, &me.words);
    let figure = |value| parts::figure(words, desk, target, value);
    let mut pairs: Vec<(String, Markup)> = Vec::new();
    let mut say = |key: &str, value: Markup| pairs.push((words.t(key), value));
    say("programme-head", parts::head_link(&me.directory, target.head, me.now));
    say(
        "programme-from",
        html! { (figure(&target.way.start)) ", " (month_words(target.way.from)) },
    );
    say("programme-to", html! { (figure(&target.way.target)) ", " (month_words(target.way.to)) });
    say(
        "programme-shape",
        html! { (tr!(me, match (target.way.steps.is_empty(), target.way.is_by_hand()) {
            (true, _) => "programme-shape-linear",
            (_, true) => "programme-shape-hand",
            _ => "programme-shape-steps",
        })) },
    );
    match &target.measure {
        Measure::Indicator { code, scope, span } => {
            let known = desk.definitions().get(code);
            let name = known.map_or(code.as_str(), |one| one.name.as_str());
            let month = running(me.now).min(target.way.to);
            let href = target.period(month).map(|period| desk::figure_page(code, scope, period));
            say(
                "programme-measured-by",
                html! { @if let Some(href) = href { a href=(href) { (name) } } @else { (name) } },
            );
            say("programme-scope", html! { (scope_words(me, scope)) });
            say("programme-span", html! { (words.t(&format!("programme-span-{}", span.word()))) });
        }
        Measure::Declared { unit, .. } => {
            say("programme-measured-by", html! { (tr!(me, "programme-declared")) });
            say("programme-unit", html! { (unit) });
        }
    }
    card("facts", target.code.as_str(), kv(&pairs))
}

/// Of whom a figure is.
pub(in crate::pages) fn scope_words(me: &SignedIn, scope: &indicators::Scope) -> String {
    use indicators::Of;
    match &scope.of {
        Of::All => tr!(me, "programme-scope-all"),
        Of::Agency(id) | Of::Only(id) => parts::agency(&me.directory, *id),
        Of::Place(code) => {
            me.directory.places().get(code).map_or_else(String::new, |place| place.name.to_string())
        }
    }
}

fn tasks(desk: &Desk, me: &SignedIn, open: &Open) -> Markup {
    let body = html! {
        @if open.tasks.is_empty() { p.muted { (tr!(me, "programme-no-tasks")) } }
        @for task in &open.tasks { div.gap {
            p { b { @if let Some(case) = &task.case { a href={ (TASKS) "/" (case.code) } { (task.name) } } @else { (task.name) } }
                br; span.small { (parts::head_line(&me.directory, task.head, me.now)) } }
            (parts::task_chip(desk, me, task))
        } }
    };
    card("tasks", &tr!(me, "programme-tasks-behind"), body)
}

/// What was declared, with the paper, and the forms to declare and to check.
fn declared(desk: &Desk, me: &SignedIn, ctx: &PageContext, open: &Open) -> Markup {
    let may = may_declare(desk, me, open);
    let target = &open.standing.target;
    let last = running(me.now).min(target.way.to);
    let months: Vec<Choice> = (0..12)
        .map(|back| last.plus(-back))
        .filter(|month| *month >= target.way.from)
        .map(|month| Choice::new(month.to_string(), month_words(month)))
        .collect();
    let labels = ["programme-review-month", "programme-value", "programme-evidence"]
        .map(|key| me.words.t(key));
    let chosen = months.first().map(|choice| choice.value.clone()).unwrap_or_default();
    let body = html! {
        p.small.muted { (tr!(me, "programme-declared-note")) }
        @if open.declared.is_empty() { p.muted { (tr!(me, "programme-declared-none")) } }
        ul.todo { @for one in open.declared.iter().rev() { (declared_row(desk, me, ctx, open, one, may)) } }
        @if may && !months.is_empty() {
            form.stack method="post" action={ (target.address()) "/so-lieu" } enctype="multipart/form-data" {
                (csrf_field(ctx))
                div.grid.g4 {
                    (fields::select(&me.words, &Field::new("thang", &labels[0]).width(4), &months, &chosen))
                    (fields::text(&me.words, &Field::new("gia_tri", &labels[1]).width(4).keyboard("decimal"), ""))
                }
                div { p { b { (labels[2]) } } (parts::papers(&me.words, "minh_chung", None)) }
                p.acts { button.btn.go { (tr!(me, "programme-declare")) } }
            }
        }
    };
    card("declared", &tr!(me, "programme-declared"), body)
}

fn declared_row(
    desk: &Desk,
    me: &SignedIn,
    ctx: &PageContext,
    open: &Open,
    one: &Declared,
    may: bool,
) -> Markup {
    let target = &open.standing.target;
    let newest = open.declared.iter().rev().find(|other| other.month == one.month);
    let stands = newest.is_some_and(|newest| newest.number == one.number);
    let grade = if one.checked.is_some() { tile::Grade::B } else { tile::Grade::C };
    let own = one.by.0 == me.actor();
    html! {
        li {
            div {
                b { (month_words(one.month)) ": " (parts::figure(&me.words, desk, target, &one.value)) } " " (tile::grade(&me.words, grade))
                @if !stands { " " span.muted { (tr!(me, "programme-declared-before")) } }
                span.w {
                    (parts::actor(&me.directory, &one.by.0)) ", " (me.words.moment_near(one.by.1, me.now))
                    @if let Some((who, at)) = &one.checked { "; " (tr!(me, "programme-checked-by", who = parts::actor(&me.directory, who), at = me.words.moment_near(*at, me.now))) }
                    br; a href={ (target.address()) "/minh-chung/" (one.evidence.0) "." (one.evidence.2) } { (one.evidence.1) }
                }
            }
            @if may && stands && one.checked.is_none() && !own {
                span.end { form method="post" action={ (target.address()) "/kiem" } {
                    (csrf_field(ctx))
                    input type="hidden" name="thang" value=(one.month);
                    input type="hidden" name="so" value=(one.number);
                    button.btn.sm { (tr!(me, "programme-check")) }
                } }
            }
        }
    }
}
