//! Regimes and forms: what is asked of whom, their texts, new ones; deadlines that are moved; keys of
//! programs.

mod keys;
mod texts;

pub(super) use keys::{keys, make_key, revoke_key};
pub(super) use texts::{keep, new, text};

use axum::{
    Form,
    extract::{Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        errors,
        fields::{self, Choice, Field},
        flash::Flash,
        section::card,
        table::{Column, Row, Table, table},
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{KEYS, REGIMES, REPORTS, SUMMARY, level_name, period};
use crate::{
    Error,
    commands::{Acting, NewDeadline, move_deadline},
    library::Library,
    regime::{Recipient, Regime, Who},
};

/// Every regime and form.
pub(super) async fn page(State(desk): State<Desk>, me: SignedIn) -> Result<Response, Problem> {
    let shared = desk.clone();
    let library = desk.front.store.read(move |tx| Library::read(tx, &shared)).await?;
    let ctx = desk::context(&desk, &me).await?;
    let title = tr!(me, "reports-regimes");
    let list = tr!(me, "reports-nav");
    let heads = ["name", "kind", "levels", "text"];
    let regimes = library.regimes().map(|regime| {
        Row::Cells(vec![
            html! {
                b { (regime.name) } br;
                span.small.muted { (regime.content) " " (regime.legal_basis.join("; ")) }
            },
            html! { (kind(&me, regime)) },
            html! { (levels(&me, regime)) },
            html! { a href={ (REGIMES) "/regime/" (regime.code) } { (regime.code) } },
        ])
    });
    let forms = library.forms().map(|form| {
        Row::Cells(vec![
            html! { (form.name) },
            html! { (tr!(me, "reports-form-size", cells = form.cells.len(), rules = form.rules.len())) },
            html! { a href={ (REGIMES) "/form/" (form.code) } { (form.code) } },
        ])
    });
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), REPORTS)], &title))
        p.row {
            a.btn.sm href={ (REGIMES) "/nhap" } { (tr!(me, "reports-add-text")) }
            a.btn.sm href=(KEYS) { (tr!(me, "reports-keys")) }
        }
        (table(&Table {
            caption: title.clone(),
            columns: heads.map(|head| Column::text(me.words.t(&format!("reports-regime-{head}")))).into(),
            rows: regimes.collect(),
            ..Table::default()
        }))
        h2.after { (tr!(me, "reports-forms")) }
        (table(&Table {
            caption: tr!(me, "reports-forms"),
            columns: ["name", "size", "text"].map(|head| Column::text(me.words.t(&format!("reports-regime-{head}")))).into(),
            rows: forms.collect(),
            ..Table::default()
        }))
    };
    Ok(desk::page(&ctx, &title, html! {}, main).into_response())
}

fn kind(me: &SignedIn, regime: &Regime) -> String {
    match regime.frequency {
        Some(frequency) => {
            me.words.t(&format!("reports-every-{}", frequency.word().replace('_', "-")))
        }
        None => me.words.t(&format!("reports-kind-{}", regime.kind.word().replace('_', "-"))),
    }
}

fn levels(me: &SignedIn, regime: &Regime) -> Markup {
    let who = |who: &Who| match who {
        Who::Communes => tr!(me, "reports-level-xa"),
        Who::Departments => tr!(me, "reports-level-so"),
        Who::Agencies(codes) => {
            let name = |code| me.directory.agency_by_code(code).map(|a| a.short_name.clone());
            codes.iter().filter_map(name).collect::<Vec<_>>().join(", ")
        }
    };
    let to = |to: &Recipient| match to {
        Recipient::Agency(code) => {
            let agency = me.directory.agency_by_code(code);
            agency.map_or_else(|| code.to_string(), |agency| agency.short_name.clone())
        }
        Recipient::Elsewhere(name) => name.clone(),
    };
    html! {
        @for level in &regime.levels {
            p.small {
                (me.words.t_with("reports-level-line", &[
                    ("who", who(&level.who).into()), ("to", to(&level.to).into()),
                ]))
                @if let Some((day, months)) = level.due {
                    " " (tr!(me, "reports-due-day", day = day, months = months))
                }
            }
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    ky: String,
}

/// The form that moves a deadline.
pub(super) async fn deadline(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((_, code)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let typed = Typed(vec![("ky".to_owned(), asked.ky)]);
    deadline_page(&desk, &me, &code, &typed, &Faults::default()).await
}

async fn deadline_page(
    desk: &Desk,
    me: &SignedIn,
    code: &str,
    typed: &Typed,
    faults: &Faults,
) -> Result<Response, Problem> {
    let (shared, of, asked) = (desk.clone(), code.to_owned(), typed.get("ky").to_owned());
    let read = desk.front.store.read(move |tx| {
        let library = Library::read(tx, &shared)?;
        let regime = library.regime(&of)?.clone();
        let known = period(tx, &shared, &of, &asked)?;
        Ok::<_, Error>((regime, known))
    });
    let (regime, (periods, chosen)) = read.await?;
    let ctx = desk::context(desk, me).await?;
    let title = tr!(me, "reports-move-deadline");
    let periods: Vec<Choice> = periods
        .iter()
        .map(|period| Choice::new(period.to_string(), desk::period_text(&me.words, *period)))
        .collect();
    let levels: Vec<Choice> = regime
        .levels
        .iter()
        .map(|level| Choice::new(level.id.clone(), level_name(&me.words, &level.id)))
        .collect();
    let labels = ["col-period", "level", "new-day", "words"]
        .map(|key| me.words.t(&format!("reports-{key}")));
    let words = &me.words;
    let chosen = chosen.map(|period| period.to_string()).unwrap_or_default();
    let body = html! {
        p { (tr!(me, "reports-move-why")) }
        form.stack method="post" action={ (REGIMES) "/regime/" (code) "/han" } {
            (csrf_field(&ctx))
            (fields::select(words, &Field::new("ky", &labels[0]), &periods, &chosen))
            (fields::select(words, &Field::new("cap", &labels[1]).fault(faults.of("cap")), &levels, typed.get("cap")))
            (fields::date(words, &Field::new("ngay", &labels[2]).fault(faults.of("ngay")), typed.get("ngay")))
            (fields::textarea(words, &Field::new("loi", &labels[3]).fault(faults.of("loi")), typed.get("loi")))
            div.row { button.btn.go { (title) } a.btn href=(SUMMARY) { (tr!(me, "confirm-back")) } }
        }
    };
    let main = html! { (errors::summary(words, faults)) (card("move", &regime.name, body)) };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
}

/// Moves a deadline.
pub(super) async fn moved(
    State(desk): State<Desk>,
    me: SignedIn,
    Path((_, code)): Path<(String, String)>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    let mut faults = Faults::default();
    let day = faults.take("ngay", web::form::date(typed.get("ngay")), |fault| fault.say(&me.words));
    let period = typed.get("ky").parse().ok();
    let Some((day, period)) = day.zip(period) else {
        return deadline_page(&desk, &me, &code, &typed, &faults).await;
    };
    let new = NewDeadline {
        regime: code.clone(),
        period,
        level: typed.get("cap").to_owned(),
        day,
        reason: typed.get("loi").to_owned(),
    };
    let (shared, who, asked) = (desk.clone(), me.clone(), new.clone());
    let run =
        desk.front.store.write(move |tx| move_deadline(tx, &Acting::of(&shared, &who), &asked));
    match run.await {
        Ok(passed) => {
            let key = if passed { "reports-moved-after" } else { "reports-moved-before" };
            let to = format!("{SUMMARY}?che_do={code}&ky={period}");
            Ok(see_other_with(&to, Flash::done(me.words.t(key))))
        }
        Err(Error::Earlier) => {
            faults.add("ngay", tr!(me, "reports-earlier"));
            deadline_page(&desk, &me, &code, &typed, &faults).await
        }
        Err(Error::Reason) => {
            faults.add("loi", tr!(me, "reports-reason-missing"));
            deadline_page(&desk, &me, &code, &typed, &faults).await
        }
        Err(Error::NoText(_) | Error::NoReport) => {
            faults.add("cap", tr!(me, "reports-no-round"));
            deadline_page(&desk, &me, &code, &typed, &faults).await
        }
        Err(Error::Desk(desk::Error::Denied(denial))) => {
            desk::log_denial(&desk, &me, None, denial.clone()).await;
            Err(desk::forbidden(&me, &denial))
        }
        Err(error) => Err(error.into()),
    }
}
