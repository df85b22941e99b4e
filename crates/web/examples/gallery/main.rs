//! Serves a page for every part in every state, to be looked at:
//! `cargo run -p web --example gallery`, then <http://127.0.0.1:8090/>.

mod samples;

use std::sync::Arc;

use axum::{Router, extract::Path, http::Uri, response::IntoResponse, routing::get};
use kernel::{Mint, SystemClock};
use maud::html;
use web::{
    Lang, PageContext, Texts, Words,
    http::{Hall, Problem, hall},
};

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let texts = Arc::new(Texts::new(&web::TEXTS).expect("our own texts are Fluent"));
    let of = Arc::clone(&texts);
    let rooms = Router::new()
        .route("/", get(|| async { html! { ul { @for name in samples::PAGES { li { a href={ "/" (name) } { (name) } } } } } }))
        .route(
            "/{page}",
            get(move |Path(page): Path<String>, lang: Lang, uri: Uri| async move {
                let words = Words::new(lang, of);
                let ctx = samples::context(PageContext::new(words, uri.to_string()));
                match samples::page(ctx, &page) {
                    Some(markup) => markup.into_response(),
                    None => Problem::not_found().into_response(),
                }
            }),
        );
    let settings =
        Hall::new(texts, samples::place(), Arc::new(Mint::system()), Arc::new(SystemClock));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:8090").await?;
    axum::serve(listener, hall(rooms, settings)).await
}
