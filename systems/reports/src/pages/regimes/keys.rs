//! Keys of programs that read and write figures over the API: made by the head of an agency, shown
//! once, taken back at any time.

use axum::{
    Form,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{Desk, typed::Typed};
use identity::access::{Action, Target};
use maud::html;
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        empty::empty,
        fields::{self, Field},
        flash::Flash,
        note::{Tone, note},
        section::card,
        table::{Column, Row, Table, table},
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::super::{KEYS, REGIMES};
use crate::dhis2::keys as kept;

/// Whether this person answers for the agency of their seat.
fn directs(desk: &Desk, me: &SignedIn) -> Result<(), Problem> {
    let line = desk::agency_line(&me.directory, me.agency);
    let asked = me.may(&desk.front, Action::Direct, Target::Agency(&line)).check();
    asked.map_err(|denial| desk::forbidden(me, &denial))
}

/// The keys of an agency.
pub(in crate::pages) async fn keys(
    State(desk): State<Desk>,
    me: SignedIn,
) -> Result<Response, Problem> {
    shown(&desk, &me, None, &Faults::default()).await
}

async fn shown(
    desk: &Desk,
    me: &SignedIn,
    fresh: Option<&str>,
    faults: &Faults,
) -> Result<Response, Problem> {
    directs(desk, me)?;
    let (tenant, agency) = (desk.front.tenant.clone(), me.agency);
    let read = desk.front.store.read(move |tx| kept::of_agency(tx, &tenant, agency));
    let all = read.await?;
    let ctx = desk::context(desk, me).await?;
    let title = tr!(me, "reports-keys");
    let row = |(name, at): &(String, kernel::Instant)| {
        Row::Cells(vec![
            html! { (name) },
            html! { (me.words.moment(*at)) },
            html! {
                form method="post" action={ (KEYS) "/thu-hoi" } {
                    (csrf_field(&ctx)) input type="hidden" name="ten" value=(name);
                    button.btn.sm.bad { (tr!(me, "reports-key-revoke")) }
                }
            },
        ])
    };
    let label = tr!(me, "reports-key-name");
    let list = tr!(me, "reports-regimes");
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), REGIMES)], &title))
        p { (tr!(me, "reports-keys-what")) }
        @if let Some(key) = fresh {
            (note(Tone::Soon, html! { (tr!(me, "reports-key-once")) " " code.wrap { (key) } }))
        }
        @if all.is_empty() { (empty(&tr!(me, "reports-no-keys"), None)) }
        @else {
            (table(&Table {
                caption: title.clone(),
                columns: ["name", "since", "do"].map(|head| Column::text(me.words.t(&format!("reports-key-{head}")))).into(),
                rows: all.iter().map(row).collect(),
                ..Table::default()
            }))
        }
        (card("new", &tr!(me, "reports-key-new"), html! {
            form.stack method="post" action=(KEYS) {
                (csrf_field(&ctx))
                (fields::text(&me.words, &Field::new("ten", &label).fault(faults.of("ten")).letters_max(80), ""))
                div.row { button.btn.go { (tr!(me, "reports-key-make")) } }
            }
        }))
    };
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(&ctx, &title, html! {}, main)).into_response())
}

/// Makes a key; it is shown on this page and never again.
pub(in crate::pages) async fn make_key(
    State(desk): State<Desk>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    directs(&desk, &me)?;
    let name = typed.get("ten").to_owned();
    if name.is_empty() {
        let mut faults = Faults::default();
        faults.add("ten", tr!(me, "reports-key-name-missing"));
        return shown(&desk, &me, None, &faults).await;
    }
    let (shared, who) = (desk.clone(), me.clone());
    let made = desk.front.store.write(move |tx| kept::make(tx, &shared, &name, &who));
    let key = made.await?;
    shown(&desk, &me, Some(&key), &Faults::default()).await
}

/// Takes a key back.
pub(in crate::pages) async fn revoke_key(
    State(desk): State<Desk>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    directs(&desk, &me)?;
    let (shared, who, name) = (desk.clone(), me.clone(), typed.get("ten").to_owned());
    let done = desk.front.store.write(move |tx| kept::revoke(tx, &shared, &name, &who));
    done.await?;
    Ok(see_other_with(KEYS, Flash::done(tr!(me, "reports-key-revoked"))))
}
