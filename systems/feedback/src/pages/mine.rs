//! The reports of whoever is signed in; for anybody else the way to follow one by code and key.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, MaybeCitizen, PageContext,
    components::{
        empty::empty,
        fields::{self, Field},
    },
    http::{self, Problem, encoded},
    icon, page, tr,
};

use super::{MINE, PUBLIC, parts};
use crate::{Feedback, Result, queries};

/// A code and a key, typed.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Typed {
    ma: String,
    khoa: String,
}

pub(super) async fn page(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Query(typed): Query<Typed>,
) -> Result<Response, Problem> {
    let code = typed.ma.trim().to_uppercase();
    if !code.is_empty() {
        let (code, key) = (encoded(&code), encoded(typed.khoa.trim()));
        return Ok(http::see_other(&format!("{PUBLIC}/{code}?khoa={key}")));
    }
    let mut ctx = me.page();
    ctx.place.unit = tr!(ctx, "feedback-title");
    let reports = match &me.citizen {
        Some(citizen) => {
            let (shared, party) = (feedback.clone(), citizen.party);
            let read = feedback.front.store.read(move |tx| queries::mine(tx, &shared, party));
            Some(read.await?)
        }
        None => None,
    };
    let directory = feedback.front.directory.get();
    let main = html! {
        p { a.bk href=(PUBLIC) { (icon(Icon::Back)) (tr!(ctx, "feedback-title")) } }
        h1 { (tr!(ctx, "feedback-mine")) }
        @match &reports {
            None => {
                p { (tr!(ctx, "feedback-mine-sign-in")) }
                @if let Some(enter) = &ctx.sign_in {
                    p.acts { a.btn.go href=(enter) { (icon(Icon::User)) (tr!(ctx, "citizen-sign-in")) } }
                }
            }
            Some(reports) if reports.is_empty() => {
                (empty(&tr!(ctx, "feedback-mine-none"), Some((&tr!(ctx, "feedback-new"), "/phan-anh/moi"))))
            }
            Some(reports) => {
                ul.link.l.reports {
                    @for report in reports { (parts::own_line(&ctx.words, &directory, report, me.now)) }
                }
            }
        }
        (by_key(&ctx))
    };
    Ok(page::citizen(&ctx, &tr!(ctx, "feedback-mine"), main).into_response())
}

/// Who sent one without signing in has its code and its key.
fn by_key(ctx: &PageContext) -> Markup {
    let (code, key) = (tr!(ctx, "feedback-mine-code"), tr!(ctx, "feedback-secret"));
    let hint = tr!(ctx, "feedback-secret-hint");
    html! {
        section.card.after aria-labelledby="k" {
            h2 #k { (tr!(ctx, "feedback-mine-by-key")) }
            form.stack method="get" action=(MINE) {
                (fields::text(&ctx.words, &Field::new("ma", &code).letters_max(40), ""))
                (fields::text(&ctx.words, &Field::new("khoa", &key).hint(&hint).letters_max(20), ""))
                p.acts { button.btn { (tr!(ctx, "feedback-open")) } }
            }
        }
    }
}
