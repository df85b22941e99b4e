//! The letter of the month as PDF: what the page says, on paper, in the layout of official
//! documents.

use std::sync::LazyLock;

use axum::{
    extract::{Path, Query, State},
    http::header,
    response::{IntoResponse, Response},
};
use desk::Desk;
use files::Template;
use kernel::{PostId, today, vn_date};
use serde_json::{Value, json};
use web::{Lang, SignedIn, Words, http::Problem, tr};

use super::{super::parts, Asked, cards, figures, head, open};
use crate::{
    head::{Sheet, Tile},
    measures::{Standing, month_shown},
    model::{Task, likelihood_word, month_words},
};

static LETTER: LazyLock<Template> =
    LazyLock::new(|| Template::new("letter.typ", include_str!("../../../forms/letter.typ")));

/// The letter, to whoever may see the page.
pub(in crate::pages) async fn letter(
    State(desk): State<Desk>,
    me: SignedIn,
    Path(post): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let post = head(&me, &post)?;
    let sheet = open(&desk, &me, post, &asked).await?;
    // An official document is written in Vietnamese, whatever language its reader has.
    let mut me = me;
    me.words = me.words.in_lang(Lang::Vi);
    let data = said(&desk, &me, &sheet, post);
    let (month, dated) = (sheet.month, me.now);
    let made = tokio::task::spawn_blocking(move || LETTER.render(&data, dated));
    let pdf = made.await.map_err(|error| Problem::internal(&error))?.map_err(desk::Error::from)?;
    let name = format!("inline; filename=\"thu-thang-{month}.pdf\"");
    let headers =
        [(header::CONTENT_TYPE, "application/pdf".to_owned()), (header::CONTENT_DISPOSITION, name)];
    Ok((headers, pdf.into_bytes()).into_response())
}

fn said(desk: &Desk, me: &SignedIn, sheet: &Sheet, post: PostId) -> Value {
    let (directory, words) = (&me.directory, &me.words);
    let agency = directory.agency(sheet.agency);
    let superior = agency.and_then(|agency| agency.parent).map(|id| parts::agency(directory, id));
    let title = directory.post(post).map_or("", |post| post.title.as_str());
    let name = directory.holder(post, me.now).map_or("", |person| person.name.as_str());
    let door = parts::short(directory, sheet.agency);
    let lead = figures::sentences(desk, words, &door, sheet);
    let lead: Vec<String> = lead.iter().map(|sentence| sentence.replace("**", "")).collect();
    let month = month_words(sheet.month);
    let mut recipients: Vec<String> = superior.iter().cloned().collect();
    recipients.push("Lưu: VT".to_owned());
    json!({
        "title": tr!(words, "programme-letter-title", month = month.as_str(), who = name),
        "subject": tr!(words, "programme-letter-subject", agency = door),
        "month": month,
        "past": sheet.is_past(),
        "head": {
            "superior": superior,
            "agency": agency.map_or("", |agency| agency.name.as_str()),
            "number": null,
            "place": place(desk),
            "day": long_day(me),
        },
        "to": superior,
        "lead": lead,
        "note": sheet.as_of.map(|at| tr!(words, "programme-letter-as-of", at = words.moment(at))),
        "figures": sheet.tiles.iter().map(|tile| figure(desk, me, tile)).collect::<Vec<_>>(),
        "promises": sheet.promises.iter().map(|one| promise(desk, words, one, me)).collect::<Vec<_>>(),
        "tasks": sheet.tasks.iter().chain(&sheet.tasks_below).take(30).map(|one| task(me, one)).collect::<Vec<_>>(),
        "late": sheet.late.0.iter().map(|one| line(cards::matter(desk, me, one, true))).collect::<Vec<_>>(),
        "foreseen": figures::foreseen(words, sheet).map(|said| said.replace("**", "")),
        "risks": sheet.risks.shown.iter().map(|heap| line(cards::at_risk(desk, me, sheet, heap))).collect::<Vec<_>>(),
        "waiting": sheet.waiting.0.iter().map(|one| line(cards::matter(desk, me, one, false))).collect::<Vec<_>>(),
        "compared": compared(desk, me, sheet),
        "titles": [title],
        "name": name,
        "recipients": recipients,
    })
}

/// Where the letter is from: the province, without its kind.
fn place(desk: &Desk) -> String {
    let name = &desk.front.place.name;
    let kinds = ["Tỉnh ", "Thành phố "];
    kinds.iter().find_map(|kind| name.strip_prefix(kind)).unwrap_or(name).to_owned()
}

fn long_day(me: &SignedIn) -> String {
    let day = today(me.now);
    format!("ngày {:02} tháng {:02} năm {}", day.day(), day.month(), day.year())
}

fn figure(desk: &Desk, me: &SignedIn, tile: &Tile) -> [String; 4] {
    let words = &me.words;
    let said = |value: indicators::Value| match value {
        Ok(exact) => figures::percent(words, exact),
        Err(why) => parts::why_none(words, why),
    };
    let compared = figures::difference(words, tile).map_or_else(String::new, |(text, _)| text);
    [figures::name(desk, me, tile.code), said(tile.now), said(tile.before), compared]
}

fn promise(desk: &Desk, words: &Words, standing: &Standing, me: &SignedIn) -> [String; 5] {
    let target = &standing.target;
    let month = month_shown(me.now).min(target.way.to);
    let plan = target.way.trajectory().expected(month);
    let none = || match standing.why_none() {
        Some(why) => parts::why_none(words, why),
        None => words.t("programme-no-figure"),
    };
    let now = standing.newest();
    let now = now.map_or_else(none, |(_, value)| parts::figure(words, desk, target, value));
    let likely = |one: Option<scorecards::Likelihood>| match one {
        Some(one) => words.t(&format!("programme-likelihood-{}", likelihood_word(one))),
        None => words.t("programme-likelihood-none"),
    };
    let computed = standing.judged.as_ref().map(|judged| judged.likelihood);
    let mut judged = likely(standing.likelihood());
    if standing.said.is_some() {
        let was = words.t_with("programme-computed-was", &[("what", likely(computed).into())]);
        judged = format!("{judged} {was}");
    }
    if let Some(by) = parts::judged_by(words, desk, standing) {
        judged = format!("{judged}; {by}");
    }
    let figure = |value| parts::figure(words, desk, target, value);
    [target.name.clone(), now, figure(&plan), figure(&target.way.target), judged]
}

fn task(me: &SignedIn, task: &Task) -> [String; 4] {
    let due = task.case.as_ref().and_then(|case| case.due).unwrap_or(task.term);
    let state = if task.is_late(me.now) { "programme-task-late" } else { "programme-task-running" };
    [task.code.to_string(), task.name.clone(), vn_date(today(due)), me.words.t(state)]
}

fn line(todo: web::components::todo::Todo) -> String {
    format!("{} ({})", todo.what, todo.why)
}

fn compared(desk: &Desk, me: &SignedIn, sheet: &Sheet) -> Vec<String> {
    sheet.compared.iter().filter_map(|one| figures::finding(desk, me, one)).collect()
}
