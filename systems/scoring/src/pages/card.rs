//! A score: total with its interval, groups and parts, and every input with where it comes from.

mod after;
mod tables;

use axum::{
    Router,
    extract::{Path, Query, State},
    response::Response,
    routing::get,
};
use desk::Furnished;
use directory::AgencyLevel;
use identity::access::Action;
use indicators::Period;
use journal::Event;
use maud::{Markup, html};
use scorecards::{Scorecard, Sureness};
use web::{
    Icon, PageContext, SignedIn,
    components::{
        crumbs::crumbs,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        note::{self, Tone},
        tag,
        tile::{self, Figure, TileView},
    },
    http::Problem,
    icon, tr,
};

use super::{Asked, At, SCORES, admit, list, may, words};
use crate::{
    Error, Scoring, commands, export,
    mapping::Usual,
    model::{Grade, Revision},
    queries::{self, Correction},
    standing::{self, Standing},
};

/// Periods to choose from.
const PERIODS: i16 = 6;

pub(super) fn routes() -> Router<Scoring> {
    Router::new()
        .route(&format!("{SCORES}/{{name}}"), get(show))
        .route(&format!("{SCORES}/{{name}}/tep/{{file}}"), get(file))
}

/// What was read.
struct Read {
    standing: Standing,
    /// What was corrected of its figures since it was closed.
    corrections: Vec<Correction>,
    revisions: Vec<Revision>,
    events: Vec<Event>,
}

async fn read(scoring: &Scoring, at: &At) -> Result<Read, Problem> {
    let of = at.clone();
    let read = scoring.read(move |tx, scoring| {
        let card = scoring.card(&of.name, of.period)?;
        let standing = standing::standing(tx, scoring, card, of.agency, of.period)?;
        let corrections = queries::corrections(tx, scoring, card, &standing)?;
        let (mut revisions, mut events) = (Vec::new(), Vec::new());
        if let Some(assessment) = &standing.assessment {
            revisions = queries::revisions(tx, scoring, assessment.id, 20)?;
            let tenant = &scoring.desk().front.tenant;
            let subject = journal::subject(&commands::subject(assessment.id));
            events = journal::read_case(tx, tenant, subject)?;
        }
        Ok::<_, Error>(Read { standing, corrections, revisions, events })
    });
    Ok(read.await?)
}

async fn show(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    admit(&scoring, &me)?;
    let at = At::of(&scoring, &me, &name, &asked)?;
    let read = read(&scoring, &at).await?;
    let card = at.card(&scoring)?;
    let ctx = desk::context(scoring.desk(), &me).await?;
    let title = words::name(&me.words, card.name());
    let closed = read.standing.assessment.as_ref().and_then(|of| of.closed);
    let beside = html! {
        span.row.push.noprint {
            a.btn.go href=(at.address("/dot-pha")) { (tr!(me, "scoring-find")) (icon(Icon::Next)) }
            a.btn href=(at.address("/xep-hang")) { (tr!(me, "scoring-ranking")) }
        }
    };
    let main = html! {
        (crumbs(&me.words, &[(&tr!(me, "scoring-title"), SCORES)], title))
        (choose(&scoring, &me, &ctx, &at)?)
        p.lead { (sentence(&me, card, &read.standing))
            @if list::is_over(card, at.period) { " " (tag::tag(&tr!(me, "scoring-over"))) } }
        (tiles(&me, card, &read.standing))
        @if let Some((when, who)) = closed {
            (note::note(Tone::Plain, html! { p {
                (tr!(me, "scoring-closed", at = me.words.moment(when), who = words::person(&me.directory, who),
                    pos = read.standing.revision.as_ref().map_or(0, |revision| revision.pos)))
            } }))
        }
        div.after { (tables::parts(&me, card, &read.standing)) }
        div.after { (tables::inputs(&scoring, &me, &at, card, &read.standing)) }
        (acts(&scoring, &me, &at, closed.is_some()))
        @if !read.corrections.is_empty() {
            (after::corrections(&ctx, &me, (&at, card), &read.corrections,
                may(&scoring, &me, Action::Direct, at.agency)))
        }
        @if !read.revisions.is_empty() { (after::revisions(&me, &read.revisions)) }
        @if !read.events.is_empty() { (after::story(&me, card, &read.events)) }
        p.small.muted.after { (list::validity(&me, card, kernel::today(me.now))) }
    };
    Ok(desk::page(&ctx, title, beside, main))
}

/// Whose score, and when.
fn choose(scoring: &Scoring, me: &SignedIn, ctx: &PageContext, at: &At) -> Result<Markup, Problem> {
    let mut periods = last_periods(scoring.mapping(&at.name)?.period, me);
    if !periods.contains(&at.period) {
        periods.push(at.period);
    }
    let periods = periods
        .into_iter()
        .map(|period| Choice::new(period.to_string(), desk::period_text(&me.words, period)));
    let directory = &me.directory;
    let mut agencies: Vec<_> = directory
        .agencies()
        .filter(|one| one.validity.covers(me.now))
        .filter(|one| {
            one.level != AgencyLevel::Commune || one.id == at.agency || one.id == me.agency
        })
        .collect();
    agencies.sort_by(|one, two| one.code.cmp(&two.code));
    let agencies =
        agencies.into_iter().map(|one| Choice::new(one.code.as_str(), one.short_name.as_str()));
    let select = |name: &str, label: String, choices: Vec<Choice>, chosen: &str| FilterSelect {
        name: name.to_owned(),
        label,
        choices,
        chosen: chosen.to_owned(),
    };
    let mut selects =
        vec![select("ky", tr!(me, "scoring-period"), periods.collect(), &at.period.to_string())];
    if at.name != "dti-922" {
        selects.push(select("cua", tr!(me, "scoring-agency"), agencies.collect(), &at.code));
    }
    let bar =
        FilterBar { action: format!("{SCORES}/{}", at.name), selects, ..FilterBar::default() };
    Ok(filter::bar(ctx, &bar))
}

fn last_periods(usual: Usual, me: &SignedIn) -> Vec<Period> {
    let today = kernel::today(me.now);
    let (year, quarter) = (today.year(), i16::from((today.month() + 2) / 3));
    let text = |back: i16| match usual {
        Usual::Year => format!("{:04}", year - back),
        Usual::Quarter => {
            let number = year * 4 + quarter - 1 - back;
            format!("{:04}-q{}", number.div_euclid(4), number.rem_euclid(4) + 1)
        }
    };
    (0..PERIODS).filter_map(|back| text(back).parse().ok()).collect()
}

/// The score in words, before any table.
fn sentence(me: &SignedIn, card: &Scorecard, standing: &Standing) -> String {
    let (total, places) = (standing.scored.total(), card.decimals());
    let missing = standing.lines.iter().filter(|line| line.grade == Grade::Missing).count();
    let range = words::total_range(&me.words, card, &standing.scored);
    let who = words::agency(&me.directory, standing.agency, me.now);
    match &total.published.value {
        None => tr!(me, "scoring-sentence-none", who = who),
        Some(value) => tr!(
            me,
            "scoring-sentence",
            who = who,
            score = words::number(&me.words, value, places),
            most = words::plain(&me.words, &total.maximum),
            range = range,
            missing = missing
        ),
    }
}

fn tiles(me: &SignedIn, card: &Scorecard, standing: &Standing) -> Markup {
    let (total, places) = (standing.scored.total(), card.decimals());
    let most = words::plain(&me.words, &total.maximum);
    let of = tr!(me, "scoring-of", most = most);
    let count = |grade: Grade| standing.lines.iter().filter(|line| line.grade == grade).count();
    let as_of = standing.as_of.and_then(|as_of| as_of.recorded);
    let fresh = as_of.map_or_else(String::new, |at| {
        tr!(me, "scoring-as-of", at = me.words.moment_near(at, me.now))
    });
    let mut views = vec![TileView {
        name: tr!(me, "scoring-score"),
        grade: letter(total.sure),
        figure: match &total.value {
            Some(_) => Figure::Value(words::score(&me.words, card, total), format!(" {of}")),
            None => Figure::Empty,
        },
        comparison: words::band(&me.words, &standing.scored).unwrap_or_default(),
        freshness: fresh,
        ..TileView::default()
    }];
    views.push(TileView {
        name: tr!(me, "scoring-verified"),
        grade: tile::Grade::B,
        figure: Figure::Value(
            words::number(&me.words, &total.published.verified, places),
            String::new(),
        ),
        freshness: tr!(me, "scoring-verified-how", a = count(Grade::A), b = count(Grade::B)),
        ..TileView::default()
    });
    views.push(TileView {
        name: tr!(me, "scoring-unverified"),
        grade: tile::Grade::C,
        figure: Figure::Value(me.words.number(count(Grade::C)), String::new()),
        freshness: tr!(me, "scoring-unverified-how", n = count(Grade::Missing)),
        ..TileView::default()
    });
    tile::tiles(&me.words, &tr!(me, "scoring-title"), &views)
}

fn letter(sure: Sureness) -> tile::Grade {
    if sure == Sureness::Verified { tile::Grade::B } else { tile::Grade::C }
}

fn acts(scoring: &Scoring, me: &SignedIn, at: &At, closed: bool) -> Markup {
    let file = |kind: &str| at.address(&format!("/tep/{}.{kind}", at.name));
    html! {
        p.row.after.noprint {
            a.btn.sm href=(file("xlsx")) download { (tr!(me, "scoring-xlsx")) }
            a.btn.sm href=(file("csv")) download { (tr!(me, "scoring-csv")) }
            a.btn.sm href=(file("json")) download { (tr!(me, "scoring-json")) }
            a.btn.sm href=(at.address("/dau-moi")) { (tr!(me, "scoring-owners-edit")) }
            @if !closed && may(scoring, me, Action::Direct, at.agency) {
                a.btn.sm href=(at.address("/chot")) { (tr!(me, "scoring-close")) }
            }
        }
        p.small.muted { (tr!(me, "scoring-json-how", name = at.name.as_str())) }
    }
}

async fn file(
    State(scoring): State<Scoring>,
    me: SignedIn,
    Path((name, file)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    admit(&scoring, &me)?;
    let at = At::of(&scoring, &me, &name, &asked)?;
    let read = read(&scoring, &at).await?;
    let card = at.card(&scoring)?;
    let kind = file.rsplit('.').next().unwrap_or_default();
    export::file(&me.words, card, &read.standing, kind, (&at.code, &at.period.to_string()))
}
