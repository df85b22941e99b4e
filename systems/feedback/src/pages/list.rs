//! The public list: what was reported, where, and what became of it.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use kernel::Instant;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    Icon, MaybeCitizen, PageContext,
    components::{
        empty::empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        pager::pager,
    },
    http::{Problem, encoded},
    icon, page, tr,
};

use super::{MINE, PUBLIC, feed, parts};
use crate::{
    Feedback, Result,
    category::Category,
    model::{Report, State as Stands},
    queries::{self, Asked, Cursor},
};

const PAGE_ROWS: u32 = 20;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(super) struct Address {
    pub(super) q: String,
    pub(super) xa: String,
    pub(super) linh_vuc: String,
    pub(super) tinh_trang: String,
    /// Where the page before ended: `micros.case`.
    pub(super) sau: String,
}

impl Address {
    pub(super) fn asked(&self) -> Asked {
        Asked {
            words: self.q.trim().chars().take(200).collect(),
            place: self.xa.parse().ok(),
            category: Category::from_word(&self.linh_vuc),
            state: Stands::from_word(&self.tinh_trang),
        }
    }

    fn before(&self) -> Option<Cursor> {
        let (at, case) = self.sau.split_once('.')?;
        let at = Instant::from_microsecond(at.parse().ok()?).ok()?;
        Some(Cursor { at, case: case.parse().ok()? })
    }

    /// The same view at another address.
    pub(super) fn at(&self, path: &str, more: &[(&str, &str)]) -> String {
        let own = [
            ("q", self.q.as_str()),
            ("xa", &self.xa),
            ("linh_vuc", &self.linh_vuc),
            ("tinh_trang", &self.tinh_trang),
        ];
        let all = own.iter().chain(more).filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = all.map(|(k, v)| format!("{k}={}", encoded(v))).collect();
        if query.is_empty() { path.to_owned() } else { format!("{path}?{}", query.join("&")) }
    }

    fn is_narrowed(&self) -> bool {
        !self.at("", &[]).is_empty()
    }
}

pub(super) async fn list(
    State(feedback): State<Feedback>,
    me: MaybeCitizen,
    Query(address): Query<Address>,
) -> Result<Response, Problem> {
    let (shared, asked, before) = (feedback.clone(), address.asked(), address.before());
    let read = feedback
        .front
        .store
        .read(move |tx| queries::newest(tx, &shared, &asked, before, PAGE_ROWS + 1));
    let mut reports = read.await?;
    let more = reports.len() > PAGE_ROWS as usize;
    reports.truncate(PAGE_ROWS as usize);
    let last = reports.last().filter(|_| more);
    let next = last.map(|last| {
        let cursor = format!("{}.{}", last.submitted_at.as_microsecond(), last.case);
        address.at(PUBLIC, &[("sau", &cursor)])
    });
    let mut ctx = me.page();
    ctx.place.unit = tr!(ctx, "feedback-title");
    ctx.feeds = feed::links(&me, &feedback, &address);
    let main = body(&feedback, &ctx, &address, &reports, next.as_deref(), me.now);
    Ok(page::citizen(&ctx, &tr!(ctx, "feedback-title"), main).into_response())
}

fn body(
    feedback: &Feedback,
    ctx: &PageContext,
    address: &Address,
    reports: &[Report],
    next: Option<&str>,
    now: Instant,
) -> Markup {
    let directory = feedback.front.directory.get();
    html! {
        h1 { (tr!(ctx, "feedback-title")) }
        p.lead { (tr!(ctx, "feedback-lead")) }
        p.acts {
            a.btn.go href={ (PUBLIC) "/moi" } { (icon(Icon::Plus)) (tr!(ctx, "feedback-new")) }
        }
        (filters(feedback, ctx, address))
        @if reports.is_empty() {
            @if address.is_narrowed() {
                (empty(&tr!(ctx, "feedback-none-here"), Some((&tr!(ctx, "feedback-show-all"), PUBLIC))))
            } @else {
                (empty(&tr!(ctx, "feedback-none"), None))
            }
        } @else {
            ul.link.l.reports {
                @for report in reports { (parts::line(&ctx.words, &directory, report, now)) }
            }
            (pager(&ctx.words, None, next))
        }
        (ways(ctx, address))
    }
}

fn filters(feedback: &Feedback, ctx: &PageContext, address: &Address) -> Markup {
    let states = [Stands::Handling, Stands::Asked, Stands::Answered, Stands::Closed];
    let mut stands = vec![Choice::new("", tr!(ctx, "feedback-any-state"))];
    stands.extend(states.map(|s| Choice::new(s.word(), parts::state(&ctx.words, s))));
    let select = |name: &str, label, choices, chosen: &str| FilterSelect {
        name: name.to_owned(),
        label,
        choices,
        chosen: chosen.to_owned(),
    };
    let communes = parts::communes(feedback, tr!(ctx, "feedback-any-place"));
    let categories = parts::categories(&ctx.words, tr!(ctx, "feedback-any-category"));
    let bar = FilterBar {
        action: PUBLIC.to_owned(),
        search: Some((
            tr!(ctx, "feedback-find"),
            tr!(ctx, "feedback-find-hint"),
            address.q.clone(),
        )),
        selects: vec![
            select("xa", tr!(ctx, "feedback-place"), communes, &address.xa),
            select("linh_vuc", tr!(ctx, "feedback-category"), categories, &address.linh_vuc),
            select("tinh_trang", tr!(ctx, "feedback-state"), stands, &address.tinh_trang),
        ],
        clear: address.is_narrowed().then(|| PUBLIC.to_owned()),
        ..FilterBar::default()
    };
    html! {
        details.card.narrow open[address.is_narrowed()] {
            summary { (icon(Icon::Search)) (tr!(ctx, "feedback-narrow")) (icon(Icon::Down)) }
            (filter::bar(ctx, &bar))
        }
    }
}

/// What else there is to see.
fn ways(ctx: &PageContext, address: &Address) -> Markup {
    html! {
        nav.stack aria-label=(tr!(ctx, "feedback-ways")) {
            p { a.row href=(address.at("/phan-anh/ban-do", &[])) { (icon(Icon::Map)) (tr!(ctx, "feedback-map")) } }
            p { a.row href="/phan-anh/so-lieu" { (icon(Icon::Chart)) (tr!(ctx, "feedback-figures")) } }
            p { a.row href=(MINE) { (icon(Icon::User)) (tr!(ctx, "feedback-mine")) } }
            p.row {
                (icon(Icon::Bell)) (tr!(ctx, "feedback-follow"))
                @for (n, feed) in ctx.feeds.iter().enumerate() {
                    a href=(feed.href) type=(feed.kind) { @if n == 0 { "Atom" } @else { "RSS" } }
                }
            }
        }
    }
}
