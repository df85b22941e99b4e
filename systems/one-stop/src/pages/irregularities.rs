//! Irregularities: what somebody should explain, with the evidence beside it.

use axum::{
    Router,
    extract::{Query, State},
    routing::get,
};
use identity::access::Action;
use kernel::today;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    SignedIn,
    components::{
        empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        note::{self, Tone},
        section,
    },
    http::Problem,
    page, tr,
};

use super::{DOSSIER, IRREGULARITIES, asked};
use crate::{
    Desk, Error,
    measures::{Finding, IrregularityKind, Period, Rules, find_irregularities},
    pages,
    queries::{self, STORIES_MAX},
};

/// Findings of one rule that are shown.
const SHOWN_MAX: usize = 100;
/// Dossiers of one finding that are named.
const NAMED_MAX: usize = 30;

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(IRREGULARITIES, get(show))
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
struct Asked {
    don_vi: String,
    ky: String,
    loai: String,
}

async fn show(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let scope = asked::scope(&desk, &me, Action::ViewFigures, &asked.don_vi).await?;
    let period = asked::period(&asked.ky).unwrap_or_else(|| Period::month_of(today(me.now)));
    let (shared, of, now) = (desk.clone(), scope.clone(), me.now);
    let read = desk.front.store.read(move |tx| {
        let (stories, more) = queries::stories(tx, &shared, &of, period)?;
        let calendars = shared.moment().calendars;
        let rules = Rules::default();
        let found = find_irregularities(&stories, |id| calendars.agency(id), &rules, now);
        Ok::<_, Error>((found, stories.len(), more))
    });
    let (found, looked_at, more) = read.await.map_err(Problem::from)?;
    let only = IrregularityKind::from_word(&asked.loai);
    let ctx = pages::context(&desk, &me).await?;
    let name = asked::name_of(&me.directory, &scope);
    let mut selects: Vec<_> = asked::agency_select(&me, &scope).into_iter().collect();
    selects.extend([asked::period_select(&me, Some(period), None), rules(&me, &found, only)]);
    let bar = FilterBar { action: IRREGULARITIES.to_owned(), selects, ..FilterBar::default() };
    let said = asked::period_name(&me, period);
    let main = html! {
        h1 { (tr!(me, "irregular-title")) }
        p.muted { (tr!(me, "figures-of", agency = name, period = said)) }
        p.lead { (tr!(me, "irregular-lead", found = me.words.number(found.len() as i64),
            looked = me.words.number(looked_at as i64))) }
        (filter::bar(&ctx, &bar))
        @if more {
            (note::note(Tone::Soon, html! {
                (tr!(me, "irregular-more", n = me.words.number(STORIES_MAX as i64)))
            }))
        }
        @if found.is_empty() { (empty::empty(&tr!(me, "irregular-none"), None)) }
        div.stack { @for kind in IrregularityKind::ALL {
            @let of: Vec<&Finding> = found.iter().filter(|f| f.kind == kind).collect();
            @if !of.is_empty() && only.is_none_or(|only| only == kind) { (rule(&me, kind, &of)) }
        } }
    };
    Ok(page::desk(&ctx, &tr!(me, "irregular-title"), main))
}

/// The rules to choose from, each with what it found.
fn rules(me: &SignedIn, found: &[Finding], only: Option<IrregularityKind>) -> FilterSelect {
    let all = Choice::new("", tr!(me, "irregular-all", n = found.len()));
    let kinds = IrregularityKind::ALL.into_iter().map(|kind| {
        let count = found.iter().filter(|finding| finding.kind == kind).count();
        let name = me.words.t(&format!("irregular-{}", kind.word()));
        Choice::new(kind.word(), tr!(me, "irregular-counted", rule = name, n = count))
    });
    FilterSelect {
        name: "loai".to_owned(),
        label: tr!(me, "irregular-rules"),
        choices: [all].into_iter().chain(kinds).collect(),
        chosen: only.map_or("", IrregularityKind::word).to_owned(),
    }
}

fn rule(me: &SignedIn, kind: IrregularityKind, found: &[&Finding]) -> Markup {
    let title = me.words.t(&format!("irregular-{}", kind.word()));
    let body = html! {
        p.muted { (me.words.t(&format!("irregular-rule-{}", kind.word()))) }
        ul.todo.l { @for finding in found.iter().take(SHOWN_MAX) { li { (finding_markup(me, finding)) } } }
        @if found.len() > SHOWN_MAX {
            p.muted { (tr!(me, "irregular-shown", n = me.words.number(SHOWN_MAX as i64),
                all = me.words.number(found.len() as i64))) }
        }
    };
    section::card(kind.word(), &title, body)
}

fn finding_markup(me: &SignedIn, finding: &Finding) -> Markup {
    let post = finding.post.and_then(|id| me.directory.post(id));
    let holder = finding.post.and_then(|id| me.directory.holder(id, finding.evidence[0].happened));
    let agency = me.directory.agency(finding.agency).map(|agency| agency.short_name.clone());
    html! {
        div {
            b { @for (n, code) in finding.cases.iter().take(NAMED_MAX).enumerate() {
                @if n > 0 { ", " }
                a href={ (DOSSIER) "/" (code) } { (code) }
            } }
            @if finding.cases.len() > NAMED_MAX {
                " " (tr!(me, "irregular-and-more", n = finding.cases.len() - NAMED_MAX))
            }
            span.w {
                @if let Some(agency) = agency { (agency) }
                @if let Some(holder) = holder { ", " (holder.name) }
                @if let Some(post) = post { ", " (post.title) }
                @if let Some(time) = finding.time {
                    ". " (tr!(me, "irregular-time", time = me.words.working_time(
                        i64::try_from(time.as_minutes()).unwrap_or(i64::MAX))))
                }
            }
            @for fact in &finding.evidence {
                span.w.num {
                    (me.words.t(&format!("irregular-fact-{}", fact.kind.word()))) ": "
                    (tr!(me, "irregular-happened", at = me.words.moment(fact.happened)))
                    @if fact.recorded != fact.happened {
                        "; " (tr!(me, "irregular-recorded", at = me.words.moment(fact.recorded)))
                    }
                }
            }
        }
    }
}
