//! What is published: how satisfied people are with each agency, and always how many answered.

use axum::{
    Router,
    extract::{Query, State},
    http::header,
    response::{IntoResponse, Response},
    routing::get,
};
use desk::{ANSWERS_MIN, Desk, Error, Part, Tally};
use kernel::{Instant, today};
use maud::{Markup, html};
use procedure::Matter;
use serde::Deserialize;
use web::{
    MaybeCitizen, Speaks,
    components::{
        fields::Choice,
        filter::{self, FilterBar, FilterSelect},
        table::{Column, Row, Table, table},
    },
    http::{Problem, encoded},
    page, tr,
};

use super::RESULTS;
use crate::{
    model::Period,
    queries::{Line, Published, published},
};

pub(super) fn routes() -> Router<Desk> {
    Router::new().route(RESULTS, get(show)).route("/hai-long.csv", get(export))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Asked {
    ky: String,
    loai: String,
}

impl Asked {
    fn period(&self, now: Instant) -> Period {
        self.ky.parse().unwrap_or_else(|_| Period::year_of(today(now)))
    }

    fn matter(&self) -> Matter {
        if self.loai == "phan-anh" { Matter::Feedback } else { Matter::Dossier }
    }

    fn kind(&self) -> &'static str {
        if self.matter() == Matter::Feedback { "phan-anh" } else { "ho-so" }
    }
}

async fn read(desk: &Desk, asked: &Asked, now: Instant) -> Result<Published, Problem> {
    let (shared, matter, period) = (desk.clone(), asked.matter(), asked.period(now));
    let read: Result<Published, Error> =
        desk.front.store.read(move |tx| published(tx, &shared, matter, period)).await;
    Ok(read?)
}

async fn show(
    State(desk): State<Desk>,
    me: MaybeCitizen,
    Query(asked): Query<Asked>,
) -> Result<Markup, Problem> {
    let found = read(&desk, &asked, me.now).await?;
    let period = asked.period(me.now);
    let ctx = me.page();
    let title = tr!(me, "published-title");
    let csv = format!("{RESULTS}.csv?ky={}&loai={}", encoded(&period.to_string()), asked.kind());
    let main = html! {
        h1 { (title) }
        p.lead { (sentence(&me, &found.all, &period_name(&me, period))) }
        p.muted { (tr!(me, "published-lead", min = ANSWERS_MIN)) }
        (filter::bar(&ctx, &FilterBar {
            action: RESULTS.to_owned(),
            selects: vec![periods(&me, period), matters(&me, asked.kind())],
            ..FilterBar::default()
        }))
        @if found.all.count() > 0 {
            section.card.box aria-label=(title) { (table(&lines(&me, &found))) }
        }
        (silent(&me, &found))
        p.after { a href=(csv) download { (tr!(me, "published-csv")) } }
        p.small.muted { (tr!(me, "published-how")) }
    };
    Ok(page::citizen(&ctx, &title, main))
}

/// "Năm 2026: 96,8% hài lòng, 1.204 trên 1.244 phiếu trả lời."
fn sentence(me: &MaybeCitizen, tally: &Tally, period: &str) -> String {
    let words = me.words();
    match tally.count() {
        0 => tr!(me, "published-none", period = period),
        count => tr!(
            me,
            "published-all",
            period = period,
            percent = percent(me, tally),
            satisfied = words.number(tally.satisfied()),
            count = words.number(count)
        ),
    }
}

fn percent(me: &MaybeCitizen, tally: &Tally) -> String {
    let number = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    me.words().percent(number(tally.satisfied()), number(tally.count())).unwrap_or_default()
}

fn lines(me: &MaybeCitizen, found: &Published) -> Table {
    let answered = found.lines.iter().filter(|line| line.tally.count() > 0);
    let rows = answered.map(|line| {
        let count = line.tally.count();
        let share = if count < ANSWERS_MIN {
            html! { span.muted { (tr!(me, "published-few")) } }
        } else {
            html! { b { (percent(me, &line.tally)) } }
        };
        Row::Cells(vec![agency(me, line), share, html! { (me.words().number(count)) }])
    });
    Table {
        caption: tr!(me, "published-title"),
        caption_shown: false,
        columns: vec![
            Column::text(tr!(me, "published-agency")),
            Column::figures(tr!(me, "published-satisfied")),
            Column::figures(tr!(me, "published-count")),
        ],
        rows: rows.collect(),
    }
}

/// The agency, how its answers part, and what more was said about.
fn agency(me: &MaybeCitizen, line: &Line) -> Markup {
    let words = me.words();
    let [bad, good, best] = line.tally.by_score.map(|count| words.number(count));
    let split = tr!(me, "published-split", best = best, good = good, bad = bad);
    let parts: Vec<String> = Part::ALL
        .iter()
        .zip(line.parts)
        .filter(|(_, count)| *count > 0)
        .map(|(part, count)| {
            let name = words.t(&format!("satisfaction-part-{}", part.word())).to_lowercase();
            format!("{name} {}", words.number(count))
        })
        .collect();
    html! {
        (line.name) br;
        span.small.muted { (split) }
        @if !parts.is_empty() {
            br; span.small.muted { (tr!(me, "published-parts", parts = parts.join(", "))) }
        }
    }
}

/// Where nobody answered yet: named, so that nobody thinks all was well there.
fn silent(me: &MaybeCitizen, found: &Published) -> Markup {
    let names: Vec<&str> =
        found.lines.iter().filter(|l| l.tally.count() == 0).map(|l| l.name.as_str()).collect();
    html! {
        @if !names.is_empty() {
            details.card {
                summary { (tr!(me, "published-no-answers", n = names.len())) }
                ul.after { @for name in &names { li { (name) } } }
            }
        }
    }
}

fn periods(me: &MaybeCitizen, chosen: Period) -> FilterSelect {
    let day = today(me.now);
    let back = |count: usize, first: Period| {
        std::iter::successors(Some(first), |period| Some(period.before())).take(count)
    };
    let quarter = (day.month() - 1) / 3 + 1;
    let recent = back(3, Period::Year(day.year()))
        .chain(back(4, Period::Quarter(day.year(), quarter)))
        .chain(back(12, Period::Month(day.year(), day.month())));
    let mut all: Vec<Period> = recent.collect();
    if !all.contains(&chosen) {
        all.insert(0, chosen);
    }
    FilterSelect {
        name: "ky".to_owned(),
        label: tr!(me, "published-period"),
        choices: all.into_iter().map(|p| Choice::new(p.to_string(), period_name(me, p))).collect(),
        chosen: chosen.to_string(),
    }
}

fn matters(me: &MaybeCitizen, chosen: &str) -> FilterSelect {
    FilterSelect {
        name: "loai".to_owned(),
        label: tr!(me, "published-matter"),
        choices: vec![
            Choice::new("ho-so", tr!(me, "published-dossiers")),
            Choice::new("phan-anh", tr!(me, "published-reports")),
        ],
        chosen: chosen.to_owned(),
    }
}

fn period_name(me: &MaybeCitizen, period: Period) -> String {
    // As text, since a year is not grouped by thousands.
    match period {
        Period::Month(year, month) => {
            tr!(me, "published-month", month = i64::from(month), year = year.to_string())
        }
        Period::Quarter(year, quarter) => {
            tr!(me, "published-quarter", quarter = i64::from(quarter), year = year.to_string())
        }
        Period::Year(year) => tr!(me, "published-year", year = year.to_string()),
    }
}

/// The same as a file, with names of columns that a program can read.
async fn export(
    State(desk): State<Desk>,
    me: MaybeCitizen,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let found = read(&desk, &asked, me.now).await?;
    let period = asked.period(me.now);
    let written = || -> Result<Vec<u8>, csv::Error> {
        let mut to = csv::Writer::from_writer(Vec::new());
        to.write_record([
            "period",
            "matter",
            "agency_code",
            "agency",
            "answers",
            "very_satisfied",
            "satisfied",
            "dissatisfied",
            "percent_satisfied",
        ])?;
        for line in &found.lines {
            let [bad, good, best] = line.tally.by_score;
            let count = line.tally.count();
            // In tenths of a percent; empty where too few answered to say.
            let percent = if count < ANSWERS_MIN {
                String::new()
            } else {
                let tenths = (line.tally.satisfied() * 2000 + count) / (2 * count);
                format!("{}.{}", tenths / 10, tenths % 10)
            };
            to.write_record([
                period.to_string(),
                asked.matter().word().to_owned(),
                line.code.clone(),
                line.name.clone(),
                count.to_string(),
                best.to_string(),
                good.to_string(),
                bad.to_string(),
                percent,
            ])?;
        }
        to.into_inner().map_err(|error| error.into_error().into())
    };
    let body = written().map_err(|error| Problem::internal(&error))?;
    let name = format!("attachment; filename=\"hai-long-{}-{period}.csv\"", asked.kind());
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}
