//! What waits for an officer, by the clock; for a head also what is late.

use axum::extract::State;
use maud::{Markup, html};
use web::{
    SignedIn,
    components::{
        cases::{self, CaseGroup, CaseList, CaseRow},
        empty::empty,
        keys::keys,
    },
    http::Problem,
    tr,
};

use super::{OFFICE, parts};
use crate::{
    Error, Feedback, Result,
    queries::{self, Waiting},
    rules::Rules,
};

pub(super) async fn list(
    State(feedback): State<Feedback>,
    me: SignedIn,
) -> Result<Markup, Problem> {
    let ctx = desk::context(feedback.desk(), &me).await?;
    let (shared, who) = (feedback.clone(), me.clone());
    let head = me.directory.head_of(me.agency, me.now) == Some(me.seat());
    let read = feedback.front.store.read(move |tx| {
        let waiting = queries::waiting(tx, &shared, who.seat(), who.agency)?;
        let late = if head { queries::late(tx, &shared, who.agency, who.now)? } else { Vec::new() };
        Ok::<_, Error>((waiting, late, shared.rules(tx)?))
    });
    let (mut waiting, late, rules) = read.await?;
    for one in waiting.iter_mut().filter(|one| one.step == casework::RETURN) {
        one.due = publish_by(&feedback, &rules, one);
    }
    let beside = html! { span.muted { (tr!(me, "feedback-office-order", n = waiting.len())) } };
    let late: Vec<_> =
        late.into_iter().filter(|r| !waiting.iter().any(|w| w.report.case == r.case)).collect();
    let main = html! {
        p.row {
            a href="/phan-anh" { (tr!(me, "feedback-public-list")) }
            a href="/phan-anh/so-lieu" { (tr!(me, "feedback-figures")) }
        }
        @if waiting.is_empty() && late.is_empty() {
            (empty(&tr!(me, "feedback-office-none"), None))
        } @else {
            (cases::list(&ctx, &case_list(&feedback, &me, &waiting, &late)))
            (keys(&me.words))
        }
    };
    Ok(desk::page(&ctx, &tr!(me, "feedback-nav"), beside, main))
}

/// Until when an approved answer is published, by the rules.
fn publish_by(feedback: &Feedback, rules: &Rules, waiting: &Waiting) -> kernel::Instant {
    let report = &waiting.report;
    let (Some(from), Some(profile)) = (report.ended_at, rules.profile(&report.profile)) else {
        return waiting.due;
    };
    let moment = feedback.moment();
    let calendar = moment.calendars.usual();
    calendar::CaseClock::start(from, profile.publish_within.into(), calendar).due()
}

fn case_list(
    feedback: &Feedback,
    me: &SignedIn,
    waiting: &[Waiting],
    late: &[crate::model::Report],
) -> CaseList {
    let rows = |fits: fn(&Waiting) -> bool| -> Vec<CaseRow> {
        waiting.iter().filter(|w| fits(w)).map(|w| row(feedback, me, w)).collect()
    };
    let group = |key: &str, rows: Vec<CaseRow>| CaseGroup {
        title: tr!(me, key),
        note: tr!(me, "feedback-office-count", n = rows.len()),
        rows,
    };
    let over = late.iter().map(|report| {
        let step = queries::Waiting {
            report: report.clone(),
            step: "late".to_owned(),
            due: report.due_at.unwrap_or(report.submitted_at),
            paused: false,
        };
        row(feedback, me, &step)
    });
    let groups = vec![
        group("feedback-office-late", over.collect()),
        group("feedback-office-new", rows(|w| w.step == casework::ACCEPT && !w.paused)),
        group(
            "feedback-office-hand",
            rows(|w| w.step != casework::ACCEPT && w.step != casework::RETURN && !w.paused),
        ),
        group("feedback-office-publish", rows(|w| w.step == casework::RETURN)),
        group("feedback-office-asked", rows(|w| w.paused)),
    ];
    CaseList { caption: tr!(me, "feedback-nav"), groups, ..CaseList::default() }
}

fn row(feedback: &Feedback, me: &SignedIn, waiting: &Waiting) -> CaseRow {
    let report = &waiting.report;
    let directory = feedback.front.directory.get();
    let words = &me.words;
    let mut facts = vec![parts::place(&directory, report.place.as_ref())];
    facts.push(words.moment_near(report.submitted_at, me.now));
    if report.supporters > 0 {
        facts.push(tr!(words, "feedback-supporters", n = report.supporters));
    }
    let text = report.public_text.as_deref().map(parts::beginning);
    facts.extend(text);
    facts.retain(|fact| !fact.is_empty());
    let mut tags = Vec::new();
    if report.confidential {
        tags.push(tr!(words, "feedback-tag-confidential"));
    }
    if report.reopens.is_some() {
        tags.push(tr!(words, "feedback-tag-reopened"));
    }
    if report.escalated_at.is_some() {
        tags.push(tr!(words, "feedback-tag-escalated"));
    }
    let href = format!("{OFFICE}/{}", report.code);
    CaseRow {
        id: report.case.to_string(),
        code: report.code.to_string(),
        href: href.clone(),
        title: parts::category(words, report.category),
        facts,
        tags,
        clock: parts::clock(words, waiting.due, waiting.paused, me.now),
        promised: words.moment_near(waiting.due, me.now),
        step: words.t(&format!("feedback-step-{}", waiting.step)),
        since: parts::agency(&directory, report.agency),
        act: Some((words.t(&format!("feedback-act-{}", waiting.step)), href)),
        ..CaseRow::default()
    }
}
