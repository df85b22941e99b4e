//! Tiles and rules as text: read by whoever sees the centre, changed by whoever directs.

use axum::{
    extract::{Form, Path, Query, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::typed::Typed;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn,
    components::{
        crumbs::crumbs,
        errors,
        fields::{self, Field},
        flash::Flash,
        section::card,
        table::{Column, Row, Table, table},
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    page::csrf_field,
    tr,
};

use super::{ALERTS, CENTRE, Room, directs, say, scope_of};
use crate::{
    Error, commands,
    model::{Layout, Rules, SHIPPED_RULES, SHIPPED_TILES, TEXT_MAX, TextError, What},
    queries::{self, Kept, Kind},
};

const RULES: &str = "/canh-bao/quy-tac";
const TILES: &str = "/dieu-hanh/o";

/// What is asked of a page of a text.
#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    /// Whether the field is to hold the text that shipped; nothing is stored by that.
    #[serde(default)]
    goc: String,
}

impl Asked {
    fn text(&self, kind: Kind) -> Option<&'static str> {
        (!self.goc.is_empty()).then(|| kind.shipped())
    }
}

pub(super) async fn rules(
    State(room): State<Room>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    scope_of(&room, &me)?;
    rules_page(&room, &me, asked.text(Kind::Rules), &Faults::default()).await
}

pub(super) async fn tiles(
    State(room): State<Room>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    scope_of(&room, &me)?;
    tiles_page(&room, &me, asked.text(Kind::Tiles), &Faults::default()).await
}

pub(super) async fn change_rules(
    State(room): State<Room>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    changed(&room, &me, Kind::Rules, Typed(pairs)).await
}

pub(super) async fn change_tiles(
    State(room): State<Room>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    changed(&room, &me, Kind::Tiles, Typed(pairs)).await
}

async fn changed(
    room: &Room,
    me: &SignedIn,
    kind: Kind,
    typed: Typed,
) -> Result<Response, Problem> {
    if !typed.is_own(me) {
        return Err(desk::typed::forged());
    }
    directs(room, me)?;
    let of = typed.get("ban").parse().map_err(|_| Problem::bad_request())?;
    let text = typed.get("van-ban").replace("\r\n", "\n");
    let mut faults = Faults::default();
    match store(room, me, kind, of, text.clone()).await {
        Ok(version) => {
            let flash = Flash::done(tr!(me, "operations-done-changed", n = version));
            return Ok(see_other_with(if kind == Kind::Rules { RULES } else { TILES }, flash));
        }
        Err(Error::Text(error)) => faults.add("van-ban", said(me, &error)),
        Err(Error::Changed) => faults.add("van-ban", tr!(me, "operations-changed-meanwhile")),
        Err(error) => return Err(error.into()),
    }
    match kind {
        Kind::Rules => rules_page(room, me, Some(&text), &faults).await,
        Kind::Tiles => tiles_page(room, me, Some(&text), &faults).await,
    }
}

async fn store(
    room: &Room,
    me: &SignedIn,
    kind: Kind,
    of: u32,
    text: String,
) -> Result<u32, Error> {
    let (shared, by, now) = (room.clone(), me.actor(), me.now);
    let change = room
        .front
        .store
        .write(move |tx| commands::change(tx, &shared, kind, of, &text, (&by, now)));
    change.await
}

/// Moves a tile by one place.
pub(super) async fn move_tile(
    State(room): State<Room>,
    me: SignedIn,
    Path(id): Path<String>,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    directs(&room, &me)?;
    let kept = kept(&room, Kind::Tiles).await?;
    let layout = Layout::read(&kept.text, room.definitions()).map_err(Error::from)?;
    let moved = layout.moved(&id, typed.get("len") == "1").ok_or(Error::NoSuchName)?;
    match store(&room, &me, Kind::Tiles, kept.version, moved.to_text()).await {
        Ok(_) | Err(Error::Changed) => Ok(web::http::see_other(TILES)),
        Err(error) => Err(error.into()),
    }
}

async fn kept(room: &Room, kind: Kind) -> Result<Kept, Problem> {
    let tenant = room.front.tenant.clone();
    let read = room.front.store.read(move |tx| queries::stored(tx, &tenant, kind));
    Ok(read.await.map_err(Error::from)?)
}

/// What is wrong with a text, and what to do.
fn said(me: &SignedIn, error: &TextError) -> String {
    let (key, what) = match error {
        TextError::Form(why) => ("operations-text-form", why.clone()),
        TextError::Twice(id) => ("operations-text-twice", id.clone()),
        TextError::Indicator(code) => ("operations-text-indicator", code.clone()),
        TextError::Band(id) => ("operations-text-band", id.clone()),
        TextError::Agency(code) => ("operations-text-agency", code.clone()),
        TextError::Count(most) => ("operations-text-count", most.to_string()),
        TextError::NoRule => ("operations-text-no-rule", String::new()),
        TextError::NoTile => ("operations-text-no-tile", String::new()),
        TextError::TooLong => ("operations-text-long", String::new()),
    };
    tr!(me, key, what = what)
}

async fn rules_page(
    room: &Room,
    me: &SignedIn,
    typed: Option<&str>,
    faults: &Faults,
) -> Result<Response, Problem> {
    let kept = kept(room, Kind::Rules).await?;
    // A text that can no longer be read is shown, to be mended, beside the rules that hold.
    let rules = Rules::read(&kept.text, room.definitions())
        .or_else(|_| Rules::read(SHIPPED_RULES, room.definitions()))
        .map_err(Error::from)?;
    let ctx = desk::context(room, me).await?;
    let row = |rule: &crate::model::Rule| {
        let kind = match rule.watch {
            What::Threshold { .. } => "threshold",
            What::Trend { .. } => "trend",
            What::Weekday { .. } => "weekday",
            What::Silence { .. } => "silence",
            What::Clock { .. } => "clock",
        };
        let band = rule.band();
        let key = if band.high { "operations-band-above" } else { "operations-band-below" };
        let level = |value: f64| me.words.decimal(value, usize::from(value.fract() != 0.0));
        let indicator = rule.indicator().and_then(|code| room.indicator(code).ok());
        Row::Cells(vec![
            html! { b { (say::rule(&me.words, rule)) } span.sub { (me.words.t(&format!("operations-kind-{kind}"))) } },
            html! { (indicator.map_or("", |of| say::name(&me.words, &of.name, &of.name_en))) },
            html! { (me.words.t(&format!("operations-scope-{}", scope_word(rule)))) },
            html! { (tr!(me, key, raise = level(band.raise), clear = level(band.clear))) },
            html! { (me.words.t(&format!("operations-severity-{}", rule.severity.word()))) },
        ])
    };
    let main = html! {
        (crumbs(&me.words, &[(tr!(me, "operations-alerts").as_str(), ALERTS)], &tr!(me, "operations-rules")))
        (errors::summary(&me.words, faults))
        p.prose.after { (tr!(me, "operations-rules-lead")) }
        (table(&Table {
            caption: tr!(me, "operations-rules"),
            caption_shown: false,
            columns: vec![
                Column::text(tr!(me, "operations-rule")),
                Column::text(tr!(me, "operations-figure")).dispensable(),
                Column::text(tr!(me, "operations-of-whom")),
                Column::text(tr!(me, "operations-band")),
                Column::text(tr!(me, "operations-severity")),
            ],
            rows: rules.iter().map(row).collect(),
        }))
        (by_hand(room, me, &ctx, (Kind::Rules, "operations-rules-text"), &kept, typed, faults))
    };
    answer(me, &ctx, "operations-rules", faults, main)
}

fn scope_word(rule: &crate::model::Rule) -> &'static str {
    match rule.scope {
        crate::model::RuleScope::All => "all",
        crate::model::RuleScope::Communes => "communes",
        crate::model::RuleScope::Departments => "departments",
        crate::model::RuleScope::Agency(_) => "agency",
    }
}

async fn tiles_page(
    room: &Room,
    me: &SignedIn,
    typed: Option<&str>,
    faults: &Faults,
) -> Result<Response, Problem> {
    let kept = kept(room, Kind::Tiles).await?;
    let layout = Layout::read(&kept.text, room.definitions())
        .or_else(|_| Layout::read(SHIPPED_TILES, room.definitions()))
        .map_err(Error::from)?;
    let ctx = desk::context(room, me).await?;
    let may = directs(room, me).is_ok();
    let last = layout.tile.len().saturating_sub(1);
    let rows = layout.tile.iter().enumerate().map(|(at, tile)| {
        let way = |up: bool, key: &str| {
            html! {
                form method="post" action={ (TILES) "/" (tile.id) } {
                    (csrf_field(&ctx))
                    input type="hidden" name="len" value=(if up { "1" } else { "0" });
                    button.btn.sm { (tr!(me, key)) span.vh { ": " (tile.name) } }
                }
            }
        };
        let indicator = room.indicator(&tile.indicator).ok();
        Row::Cells(vec![
            html! { b { (say::name(&me.words, &tile.name, &tile.name_en)) } },
            html! { (indicator.map_or("", |of| say::name(&me.words, &of.name, &of.name_en))) },
            html! { @if may { span.moves {
                @if at > 0 { (way(true, "operations-up")) }
                @if at < last { (way(false, "operations-down")) }
            } } },
        ])
    });
    let main = html! {
        (crumbs(&me.words, &[(tr!(me, "operations-centre").as_str(), CENTRE)], &tr!(me, "operations-arrange")))
        (errors::summary(&me.words, faults))
        p.prose.after { (tr!(me, "operations-tiles-lead")) }
        (table(&Table {
            caption: tr!(me, "operations-tiles"),
            caption_shown: false,
            columns: vec![
                Column::text(tr!(me, "operations-tile")),
                Column::text(tr!(me, "operations-figure")),
                Column::text(tr!(me, "operations-place")),
            ],
            rows: rows.collect(),
        }))
        (by_hand(room, me, &ctx, (Kind::Tiles, "operations-tiles-text"), &kept, typed, faults))
    };
    answer(me, &ctx, "operations-arrange", faults, main)
}

/// The text itself, for whoever may change it.
fn by_hand(
    room: &Room,
    me: &SignedIn,
    ctx: &PageContext,
    (kind, title): (Kind, &str),
    kept: &Kept,
    typed: Option<&str>,
    faults: &Faults,
) -> Markup {
    if directs(room, me).is_err() {
        return html! { p.note { (tr!(me, "operations-only-heads")) } };
    }
    let path = if kind == Kind::Rules { RULES } else { TILES };
    let label = tr!(me, "operations-text");
    let since = kept.since.map(|at| me.words.moment(at));
    let hint = match since {
        Some(since) => tr!(me, "operations-version", n = kept.version, at = since),
        None => tr!(me, "operations-shipped"),
    };
    let most = u16::try_from(TEXT_MAX).unwrap_or(u16::MAX);
    let field = Field::new("van-ban", &label).hint(&hint).letters_max(most);
    let field = field.fault(faults.of("van-ban"));
    let shown = typed.unwrap_or(&kept.text);
    let body = html! {
        form.stack.by-hand method="post" action=(path) {
            (csrf_field(ctx))
            input type="hidden" name="ban" value=(kept.version);
            (fields::textarea(&me.words, &field, shown))
            p.acts {
                button.btn.go { (tr!(me, "operations-do-change")) }
                @if shown.trim() != kind.shipped().trim() {
                    a.btn href={ (path) "?goc=1#" (fields::field_id(field.name)) } { (tr!(me, "operations-take-shipped")) }
                }
            }
        }
    };
    html! { div.after { (card("van", &me.words.t(title), body)) } }
}

fn answer(
    me: &SignedIn,
    ctx: &PageContext,
    title: &str,
    faults: &Faults,
    main: Markup,
) -> Result<Response, Problem> {
    let status = if faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, desk::page(ctx, &me.words.t(title), html! {}, main)).into_response())
}
