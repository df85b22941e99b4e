//! The whole navigation as a page, for phones, whose tabs hold only a part of it.

use axum::{Router, extract::State, routing::get};
use maud::{Markup, html};
use web::{SignedIn, http::Problem, icon, page::desk, tr};

use super::{MORE, context};
use crate::Desk;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(MORE, get(more))
}

async fn more(State(shared): State<Desk>, me: SignedIn) -> Result<Markup, Problem> {
    let ctx = context(&shared, &me).await?;
    let title = tr!(me, "nav-more");
    let page = html! {
        h1 { (title) }
        @for group in &ctx.nav {
            section.card {
                @if let Some(title) = &group.title { h2 { (title) } }
                ul.link.l {
                    @for item in &group.items {
                        li { a href=(item.href) {
                            (icon(item.icon)) span { b { (item.label) } }
                            @if let Some(count) = item.count { span.num { (me.words.number(count)) } }
                        } }
                    }
                }
            }
        }
    };
    Ok(desk(&ctx, &title, page))
}
