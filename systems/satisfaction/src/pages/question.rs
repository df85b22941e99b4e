//! The question, by the link that was on the receipt, in a notice, or on the page of the dossier.
//! One press answers it; what comes after is up to whoever likes to say more.

use std::net::SocketAddr;

use axum::{
    Form, Router,
    extract::{ConnectInfo, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use casework::Case;
use desk::{Desk, Error, Part, Rated, Score, may_be_rated, rating_buttons, rating_of, rating_word};
use kernel::CaseCode;
use maud::{Markup, html};
use procedure::Matter;
use serde::Deserialize;
use web::{
    Icon, MaybeCitizen, PageContext,
    components::fields::{self, Choice, Field},
    http::{self, Problem, encoded},
    icon, page, tr,
};

use super::{QUESTION, RESULTS};
use crate::commands::{add, answer, case_of};

pub(super) fn routes() -> Router<Desk> {
    Router::new()
        .route("/danh-gia/{code}", get(show).post(send))
        .route("/danh-gia/{code}/them", post(more))
}

/// Most letters of what somebody adds in words.
const WORDS_LETTERS_MAX: usize = 2000;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ma: String,
    xong: String,
}

/// The case of a link, where its key is right; nothing tells which of the two is wrong.
struct Opened {
    case: Case,
    score: Option<Score>,
    what: String,
}

async fn open(
    desk: &Desk,
    from: SocketAddr,
    code: &str,
    key: &str,
) -> Result<Option<Opened>, Problem> {
    let now = desk.now();
    if desk.guesses.holds_back(from.ip(), now) {
        return Err(Problem::of_status(StatusCode::TOO_MANY_REQUESTS));
    }
    let Ok(code) = code.parse::<CaseCode>() else { return Ok(None) };
    let (shared, key) = (desk.clone(), key.to_owned());
    let found = desk.front.store.read(move |tx| {
        let Some((case, matter)) = case_of(tx, &shared, &code)? else { return Ok(None) };
        if !shared.rating_key_fits(case.id, &key) {
            return Ok(None);
        }
        let score = rating_of(tx, &shared, case.id)?;
        Ok::<_, Error>(Some((case, matter, score)))
    });
    let Some((case, matter, score)) = found.await? else {
        desk.guesses.failed(from.ip(), now);
        return Ok(None);
    };
    let moment = desk.moment();
    let name = moment.shelf.version(&case.procedure).map(|procedure| procedure.name.clone());
    let what = match matter {
        Matter::Dossier => name.unwrap_or_default(),
        _ => String::new(),
    };
    Ok(Some(Opened { case, score, what }))
}

async fn show(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let ctx = context(&me, &code);
    let Some(opened) = open(&desk, from, &code, &asked.ma).await? else {
        return Ok((StatusCode::NOT_FOUND, unknown(&ctx)).into_response());
    };
    if opened.score.is_some() {
        return Ok(thanks(&ctx, &opened, &asked).into_response());
    }
    if !may_be_rated(&opened.case) {
        return Ok(too_early(&ctx, &opened).into_response());
    }
    Ok(question(&ctx, &opened, &asked.ma).into_response())
}

/// The key is not carried on by a switch of language.
fn context(me: &MaybeCitizen, code: &str) -> PageContext {
    let mut ctx = me.page();
    ctx.path = format!("{QUESTION}/{code}");
    ctx
}

/// What was pressed.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Pressed {
    ma: String,
    diem: i64,
}

async fn send(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    Form(pressed): Form<Pressed>,
) -> Result<Response, Problem> {
    let ctx = context(&me, &code);
    let Some(opened) = open(&desk, from, &code, &pressed.ma).await? else {
        return Ok((StatusCode::NOT_FOUND, unknown(&ctx)).into_response());
    };
    let Some(score) = Score::of(pressed.diem) else {
        return Ok(question(&ctx, &opened, &pressed.ma).into_response());
    };
    match answer(&desk, opened.case.code.clone(), score).await? {
        Rated::Counted | Rated::Already => {}
        Rated::TooEarly => return Ok(too_early(&ctx, &opened).into_response()),
    }
    let key = encoded(&pressed.ma);
    Ok(http::see_other(&format!("{QUESTION}/{}?ma={key}", opened.case.code)))
}

async fn more(
    State(desk): State<Desk>,
    ConnectInfo(from): ConnectInfo<SocketAddr>,
    me: MaybeCitizen,
    Path(code): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = desk::typed::Typed(pairs);
    let ctx = context(&me, &code);
    let key = typed.get("ma").to_owned();
    let Some(opened) = open(&desk, from, &code, &key).await? else {
        return Ok((StatusCode::NOT_FOUND, unknown(&ctx)).into_response());
    };
    let parts: Vec<Part> = typed.all("phan").filter_map(Part::from_word).collect();
    let words: String = kernel::nfc(typed.get("loi")).chars().take(WORDS_LETTERS_MAX).collect();
    if !parts.is_empty() || !words.is_empty() {
        add(&desk, opened.case.code.clone(), parts, words).await?;
    }
    Ok(http::see_other(&format!("{QUESTION}/{}?ma={}&xong=1", opened.case.code, encoded(&key))))
}

fn question(ctx: &PageContext, opened: &Opened, key: &str) -> Markup {
    let main = html! {
        (about(ctx, opened))
        h1 { (tr!(ctx, "satisfaction-question")) }
        p.muted { (tr!(ctx, "satisfaction-one")) }
        (rating_buttons(ctx, &format!("{QUESTION}/{}", opened.case.code), &html! {
            input type="hidden" name="ma" value=(key);
        }))
        p.muted.small { (tr!(ctx, "satisfaction-secret")) }
    };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}

fn about(ctx: &PageContext, opened: &Opened) -> Markup {
    let code = opened.case.code.as_str();
    html! {
        p.muted.num {
            @if opened.what.is_empty() { (tr!(ctx, "satisfaction-about-report", code = code)) }
            @else { (tr!(ctx, "satisfaction-about", what = opened.what.as_str(), code = code)) }
        }
    }
}

fn thanks(ctx: &PageContext, opened: &Opened, asked: &Asked) -> Markup {
    let score = opened.score.map(|score| rating_word(&ctx.words, score));
    let labels = ["satisfaction-parts", "satisfaction-words", "satisfaction-words-hint"]
        .map(|key| ctx.words.t(key));
    let parts: Vec<Choice> = Part::ALL
        .iter()
        .map(|part| {
            Choice::new(part.word(), ctx.words.t(&format!("satisfaction-part-{}", part.word())))
        })
        .collect();
    let words =
        Field::new("loi", &labels[1]).hint(&labels[2]).optional().letters_max(2000).nodraft();
    let main = html! {
        (about(ctx, opened))
        section.card.ans.good aria-labelledby="t" {
            h1 #t { (icon(Icon::Done)) span { (tr!(ctx, "satisfaction-thanks")) } }
            p { (tr!(ctx, "satisfaction-counted", score = score.unwrap_or_default())) }
        }
        @if asked.xong.is_empty() {
            form.stack method="post" action={ (QUESTION) "/" (opened.case.code) "/them" } {
                input type="hidden" name="ma" value=(asked.ma);
                h2 { (tr!(ctx, "satisfaction-more")) }
                (fields::checkboxes(&ctx.words, &Field::new("phan", &labels[0]).optional(), &parts, &[]))
                (fields::textarea(&ctx.words, &words, ""))
                p.acts { button.btn { (tr!(ctx, "satisfaction-add")) } }
            }
        } @else {
            p { (tr!(ctx, "satisfaction-added")) }
        }
        p { a href=(RESULTS) { (tr!(ctx, "satisfaction-see")) } }
    };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}

fn too_early(ctx: &PageContext, opened: &Opened) -> Markup {
    let main = html! {
        (about(ctx, opened))
        h1 { (tr!(ctx, "satisfaction-early")) }
        p { (tr!(ctx, "satisfaction-early-why")) }
    };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}

fn unknown(ctx: &PageContext) -> Markup {
    let main = html! {
        h1 { (tr!(ctx, "satisfaction-unknown")) }
        p { (tr!(ctx, "satisfaction-unknown-why")) }
        p { a href="/" { (tr!(ctx, "satisfaction-home")) } }
    };
    page::citizen(ctx, &tr!(ctx, "satisfaction-title"), main)
}
