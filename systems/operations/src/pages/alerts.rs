//! Alerts: those whose incident is open, the newest of all, and what is silenced.

use axum::{
    extract::{Form, Query, State},
    response::{IntoResponse, Response},
};
use desk::typed::Typed;
use indicators::Scope;
use jiff::SignedDuration;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, SignedIn,
    components::{
        empty::empty,
        flash::{Flash, FlashKind},
        section::card,
        seg::{Segment, nav},
        table::{Column, Row, Table, table},
    },
    form::Faults,
    http::{Problem, flash::see_other_with},
    icon,
    page::{FeedLink, csrf_field},
    tr,
};

use super::{ALERTS, INCIDENTS, Room, WHERE_TOLD, directs, feed, incident, parts, say, scope_of};
use crate::{
    Error, commands,
    queries::{self, Alert, Silenced, Which},
};

#[derive(Debug, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    xem: String,
}

pub(super) async fn page(
    State(room): State<Room>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let scope = scope_of(&room, &me)?;
    let which = if asked.xem == "tat-ca" { Which::All } else { Which::Open };
    let (shared, of, now) = (room.clone(), scope.clone(), me.now);
    let read = room.front.store.read(move |tx| {
        let mut alerts = queries::list(tx, &shared, which)?;
        let directory = shared.front.directory.get();
        alerts.retain(|alert| queries::under(&directory, &of, alert.agency));
        queries::explain(tx, &shared, &mut alerts)?;
        let silences = queries::silences(tx, &shared.front.tenant, now)?;
        let waits = queries::fresh(tx, &shared)?;
        Ok::<_, Error>((alerts, silences, waits))
    });
    let (alerts, silences, fresh) = read.await?;
    let mut ctx = desk::context(&room, &me).await?;
    let key = feed::key(&room, &scope);
    ctx.feeds = vec![FeedLink {
        kind: "application/atom+xml",
        title: tr!(me, "operations-alerts"),
        href: format!("/canh-bao/tin.atom?cua={scope}&khoa={key}"),
    }];
    let main = html! {
        (views(&me, which))
        @if fresh.behind { p.note.soon { (parts::freshness(&me.words, &fresh)) ". " (tr!(me, "operations-behind-lead")) } }
        div.stack {
        @if alerts.is_empty() {
            (empty(&tr!(me, "operations-no-alerts"), Some((&tr!(me, "operations-see-rules"), "/canh-bao/quy-tac"))))
        } @else { (list(&me, &room, &alerts)) }
        @if !silences.is_empty() { (silenced(&me, &room, &ctx, &silences)) }
        (card("cap", &tr!(me, "operations-cap"), html! {
            p { (tr!(me, "operations-cap-lead")) }
            p { a href=(ctx.feeds[0].href) { (tr!(me, "operations-cap-feed")) } }
        }))
        }
    };
    let beside = html! { span.row.push {
        a.btn.sm href=(WHERE_TOLD) { (tr!(me, "operations-where-told")) }
        a.btn.sm href="/canh-bao/quy-tac" { (tr!(me, "operations-rules")) }
    } };
    Ok(desk::page(&ctx, &tr!(me, "operations-alerts"), beside, main).into_response())
}

fn views(me: &SignedIn, which: Which) -> Markup {
    let segment = |of: Which, key: &str, word: &str| Segment {
        icon: None,
        label: me.words.t(key),
        count: None,
        href: format!("{ALERTS}?xem={word}"),
        current: of == which,
    };
    let segments = [
        segment(Which::Open, "operations-open-alerts", "mo"),
        segment(Which::All, "operations-all-alerts", "tat-ca"),
    ];
    html! { div.gap { (nav(&me.words, &tr!(me, "operations-views"), &segments)) } }
}

fn list(me: &SignedIn, room: &Room, alerts: &[Alert]) -> Markup {
    let directory = room.front.directory.get();
    let row = |alert: &Alert| {
        let (drawing, class) = say::icon_of(alert.rule.as_ref());
        let said = alert.rule.as_ref().map(|rule| say::reading(&me.words, room, rule, alert));
        Row::Cells(vec![
            html! { span.row { span class=(class) { (icon(drawing)) } a.a href={ (INCIDENTS) "/" (alert.code) } { (say::alert(&me.words, &directory, alert)) } } },
            html! { (said.unwrap_or_default()) },
            html! { time { (me.words.moment_near(alert.raised_at, me.now)) } },
            html! { (parts::standing(&me.words, alert, me.now)) },
            html! { a href={ (ALERTS) "/" (alert.code) ".cap.xml" } { "CAP" } },
        ])
    };
    html! { div.al { (table(&Table {
        caption: tr!(me, "operations-alerts"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "operations-alert")),
            Column::text(tr!(me, "operations-reading")),
            Column::text(tr!(me, "operations-raised")),
            Column::text(tr!(me, "operations-standing")),
            Column::text("CAP").dispensable(),
        ],
        rows: alerts.iter().map(row).collect(),
    })) } }
}

fn silenced(me: &SignedIn, room: &Room, ctx: &web::PageContext, silences: &[Silenced]) -> Markup {
    let directory = room.front.directory.get();
    let may = directs(room, me).is_ok();
    let of = |silenced: &Silenced| {
        let scope = silenced.scope.parse::<Scope>().unwrap_or_else(|_| Scope::all());
        say::scope(&me.words, &directory, &scope)
    };
    card(
        "im",
        &tr!(me, "operations-silences"),
        html! {
            ul.todo.l { @for one in silences {
                li {
                    div { b { (one.rule) ", " (of(one)) } span.w { (tr!(me, "operations-silent-until", at = me.words.moment_near(one.until, me.now))) ". " (one.why) } }
                    @if may {
                        form.end method="post" action="/canh-bao/im" {
                            (csrf_field(ctx))
                            input type="hidden" name="quy-tac" value=(one.rule);
                            input type="hidden" name="cua" value=(one.scope);
                            input type="hidden" name="gio" value="0";
                            button.btn.sm { (icon(Icon::Bell)) (tr!(me, "operations-unsilence")) }
                        }
                    }
                }
            } }
        },
    )
}

/// Silences a rule for a scope for some hours, or takes that back.
pub(super) async fn silence(
    State(room): State<Room>,
    me: SignedIn,
    Form(pairs): Form<Vec<(String, String)>>,
) -> Result<Response, Problem> {
    let typed = Typed(pairs);
    if !typed.is_own(&me) {
        return Err(desk::typed::forged());
    }
    directs(&room, &me)?;
    let hours: i64 = typed.get("gio").parse().map_err(|_| Problem::bad_request())?;
    let scope: Scope = typed.get("cua").parse().map_err(|_| Problem::bad_request())?;
    let silence = commands::Silence {
        rule: typed.get("quy-tac").to_owned(),
        scope,
        until: me.now + SignedDuration::from_hours(hours.clamp(0, 24 * 365)),
        why: typed.get("ly-do").to_owned(),
    };
    let (shared, by, now) = (room.clone(), me.actor(), me.now);
    let set = room
        .front
        .store
        .write(move |tx| commands::silence(tx, &shared, &silence, (&by, now)))
        .await;
    let (kind, key) = match set {
        Ok(()) if hours > 0 => (FlashKind::Done, "operations-done-silenced"),
        Ok(()) => (FlashKind::Done, "operations-done-unsilenced"),
        // Whoever sent it from an incident stays there, with what was typed.
        Err(Error::NotNow) if !typed.get("su-co").is_empty() => {
            let open = incident::open(&room, &me, typed.get("su-co")).await?;
            let mut faults = Faults::default();
            faults.add("ly-do", tr!(me, "operations-silence-why"));
            return incident::shown(&room, &me, &open, &typed, &faults).await;
        }
        Err(Error::NotNow) => (FlashKind::Failed, "operations-silence-why"),
        Err(error) => return Err(error.into()),
    };
    Ok(see_other_with(ALERTS, Flash { kind, text: me.words.t(key), undo: None }))
}
