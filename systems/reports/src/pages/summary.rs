//! How a round stands: how many are there, how many in time, who is late, who never was.

use axum::{
    extract::{Query, State},
    response::{IntoResponse, Response},
};
use desk::Desk;
use indicators::Period;
use maud::{Markup, html};
use serde::Deserialize;
use web::{
    PageContext, SignedIn,
    components::{
        crumbs::crumbs,
        empty::empty,
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        tile::{Figure, TileView, tiles},
    },
    http::{Problem, encoded},
    tr,
};

use super::{
    REGIMES, REPORTS, SUMMARY, level_name, may_see, period, sums,
    units::{self, Which},
};
use crate::{
    export::{Round, read_round},
    library::Library,
    model::Report,
    queries::{self, Kept, Moved, Punctual, RoundCount, counts},
};

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Asked {
    che_do: String,
    ky: String,
    /// Which units.
    xem: String,
    /// How many of them stand on the pages before.
    tu: usize,
}

/// What the page shows.
pub(super) struct Shown {
    regimes: Vec<(String, String)>,
    regime: String,
    pub(super) periods: Vec<Period>,
    round: Option<Round>,
    moved: Vec<Moved>,
    pub(super) punctual: Vec<Punctual>,
    pub(super) kept: Kept,
}

pub(super) async fn page(
    State(desk): State<Desk>,
    me: SignedIn,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let (shared, who) = (desk.clone(), me.clone());
    let (which, from) = (Which::of(&asked.xem), asked.tu);
    let read = desk.front.store.read(move |tx| {
        let library = Library::read(tx, &shared)?;
        let regimes: Vec<(String, String)> =
            library.regimes().map(|r| (r.code.clone(), r.name.clone())).collect();
        let chosen = regimes.iter().find(|(code, _)| *code == asked.che_do);
        let chosen = chosen.or_else(|| regimes.last());
        let regime = chosen.map(|(code, _)| code.clone()).unwrap_or_default();
        let (periods, chosen) = period(tx, &shared, &regime, &asked.ky)?;
        let mine = |report: &Report| may_see(&shared, &who, report);
        let round = match chosen.filter(|chosen| periods.contains(chosen)) {
            Some(chosen) => Some(read_round(tx, &shared, (&regime, chosen), mine)?),
            None => None,
        };
        let moved = match &round {
            Some(round) => queries::deadlines(tx, &shared, &regime, round.period)?,
            None => Vec::new(),
        };
        let (punctual, kept) = queries::punctual(tx, &shared, &regime, &periods, who.now, mine)?;
        Ok::<_, crate::Error>(Shown { regimes, regime, periods, round, moved, punctual, kept })
    });
    let shown = read.await?;
    let ctx = desk::context(&desk, &me).await?;
    let title = tr!(me, "reports-summary");
    let list = tr!(me, "reports-nav");
    let main = html! {
        (crumbs(&me.words, &[(list.as_str(), REPORTS)], &title))
        (choose(&me, &ctx, &shown))
        @match &shown.round {
            None => (empty(&tr!(me, "reports-no-round"), Some((tr!(me, "reports-regimes").as_str(), REGIMES)))),
            Some(round) => {
                div.stack {
                    (figures(&me, round))
                    (ways(&me, round))
                    (moves(&me, &shown.moved))
                    (units::units(&me, &shown, round, (which, from)))
                    (sums::sums(&me, round))
                }
            }
        }
    };
    Ok(desk::page(&ctx, &title, html! {}, main).into_response())
}

fn choose(me: &SignedIn, ctx: &PageContext, shown: &Shown) -> Markup {
    let regimes = shown.regimes.iter().map(|(code, name)| Choice::new(code.clone(), name.clone()));
    let periods = shown
        .periods
        .iter()
        .map(|period| Choice::new(period.to_string(), desk::period_text(&me.words, *period)));
    let select = |name: &str, label: String, choices: Vec<Choice>, chosen: String| FilterSelect {
        name: name.to_owned(),
        label,
        choices,
        chosen,
    };
    let period = shown.round.as_ref().map(|round| round.period.to_string()).unwrap_or_default();
    filter::bar(
        ctx,
        &FilterBar {
            action: SUMMARY.to_owned(),
            selects: vec![
                select(
                    "che_do",
                    tr!(me, "reports-regime"),
                    regimes.collect(),
                    shown.regime.clone(),
                ),
                select("ky", tr!(me, "reports-col-period"), periods.collect(), period),
            ],
            ..FilterBar::default()
        },
    )
}

fn figures(me: &SignedIn, round: &Round) -> Markup {
    let count = counts(round.reports.iter().map(|(report, _)| report), me.now);
    let share = |part: u32, whole: u32| match whole {
        0 => Figure::Empty,
        whole => {
            let share = 100.0 * f64::from(part) / f64::from(whole);
            Figure::Value(me.words.decimal(share, 1), "%".to_owned())
        }
    };
    let RoundCount { owed, sent, on_time, late, received } = count;
    let tile = |key: &str, figure: Figure, part: u32, whole: u32| TileView {
        name: me.words.t(&format!("reports-tile-{key}")),
        figure,
        freshness: tr!(me, "reports-of", part = part, whole = whole),
        ..TileView::default()
    };
    let number = |n: u32| Figure::Value(me.words.number(n), String::new());
    tiles(
        &me.words,
        &tr!(me, "reports-summary"),
        &[
            tile("complete", share(sent, owed), sent, owed),
            tile("on-time", share(on_time, owed), on_time, owed),
            tile("late", number(late), late, owed),
            tile("received", number(received), received, owed),
        ],
    )
}

fn ways(me: &SignedIn, round: &Round) -> Markup {
    let query =
        format!("che_do={}&ky={}", encoded(&round.regime.code), encoded(&round.period.to_string()));
    html! {
        p.row.noprint {
            a.btn.sm href={ "/bao-cao/tong-hop.xlsx?" (query) } download { (tr!(me, "reports-file-xlsx")) }
            a.btn.sm href={ "/bao-cao/tong-hop.csv?" (query) } download { (tr!(me, "reports-file-sdmx")) }
            a.btn.sm href={ (REGIMES) "/regime/" (round.regime.code) "/han?ky=" (round.period) } { (tr!(me, "reports-move-deadline")) }
        }
    }
}

fn moves(me: &SignedIn, moved: &[Moved]) -> Markup {
    html! {
        @for one in moved {
            p.note.soon { (me.words.t_with("reports-moved-line", &[
                ("level", level_name(&me.words, &one.level).into()),
                ("was", me.words.moment(one.was).into()),
                ("to", me.words.moment(one.to).into()),
                ("by", me.directory.post(one.by).map_or("", |post| post.title.as_str()).to_owned().into()),
                ("reason", one.reason.clone().into()),
            ])) }
        }
    }
}
