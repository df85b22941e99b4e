//! The cases behind a number of the head's page.

use axum::{
    extract::{Path, Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use identity::access::Action;
use kernel::PostId;
use maud::html;
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        crumbs::crumbs,
        empty,
        todo::{Todo, todos},
    },
    http::Problem,
    tr,
};

use super::{
    super::{HEAD, common, parts},
    cards, head,
};
use crate::{
    head::{friday, subtree},
    queries::{self, Heap},
};

/// Cases on one page.
const SHOWN: u32 = 100;

/// What may be asked.
#[derive(Debug, Clone, Default, Deserialize)]
pub(in crate::pages) struct Which {
    /// `cho`, `tre` or `nguy-co`.
    loai: Option<String>,
    /// Of one seat alone.
    nguoi: Option<String>,
}

/// The list; to whoever may see the page and list the cases of the agency.
pub(in crate::pages) async fn work(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(post): Path<String>,
    Query(which): Query<Which>,
) -> Result<Response, Problem> {
    let post = head(&me, &post)?;
    let agency = me.directory.post(post).ok_or_else(Problem::not_found)?.agency;
    common::on(&desk, &me, Action::ViewFigures, agency)?;
    common::on(&desk, &me, Action::List, agency)?;
    let below = subtree(&me.directory, agency, me.now);
    let until = friday(me.now);
    let (heap, key) = match which.loai.as_deref() {
        Some("tre") => (Heap::Late(below), "programme-late"),
        Some("nguy-co") => {
            let one = which.nguoi.as_deref().and_then(|text| text.parse::<PostId>().ok());
            // A seat of this agency or of one below, and no other.
            let inside = one.filter(|one| {
                me.directory.post(*one).is_some_and(|post| below.contains(&post.agency))
            });
            let heap = match (one, inside) {
                (Some(_), None) => return Err(Problem::not_found()),
                (_, Some(one)) => Heap::AtRiskWith(one, until),
                (None, None) => Heap::AtRisk(below, until),
            };
            (heap, "programme-risks")
        }
        _ => (Heap::Decides(post), "programme-waiting"),
    };
    let now = me.now;
    let read = common::read(&desk, move |tx, desk| {
        let tenant = &desk.front.tenant;
        let found = queries::work(tx, tenant, &heap, now, SHOWN)?;
        Ok((found, queries::count(tx, tenant, &heap, now)?))
    });
    let (found, all) = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let all = i64::try_from(all).unwrap_or(i64::MAX);
    let title = tr!(me, key, n = all);
    let rows: Vec<Todo> = found
        .iter()
        .map(|one| Todo {
            act: Some((tr!(me, "programme-open"), one.line.address())),
            ..cards::matter(&desk, &me, one, true)
        })
        .collect();
    let page = format!("{HEAD}/{post}");
    let whose = parts::door(&me.directory, post);
    let main = html! {
        (crumbs(&me.words, &[(whose.as_str(), page.as_str())], &title))
        @if rows.is_empty() {
            (empty::empty(&tr!(me, "programme-list-none"), Some((&tr!(me, "programme-back-to-head"), page.as_str()))))
        } @else {
            section.card { (todos(&me.words, &rows)) }
            @if all > i64::from(SHOWN) { p.small.muted { (tr!(me, "programme-list-first", n = i64::from(SHOWN))) } }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main).into_response())
}
