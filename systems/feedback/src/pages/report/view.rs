//! The page of one report.

use desk::Score;
use kernel::{CaseCode, Instant, today};
use maud::{Markup, html};
use web::{
    Icon, MaybeCitizen, PageContext, Words,
    components::{
        fields::{self, Field},
        timeline::{Happening, HappeningKind, timeline},
    },
    icon,
    page::{self, csrf_field},
    tr,
};

use super::{Seen, questions, refused};
use crate::{
    Feedback,
    model::State,
    pages::{PUBLIC, parts},
    queries::{Photo, PublicUpdate},
};

fn context(me: &MaybeCitizen, path: String) -> PageContext {
    let mut ctx = me.page();
    ctx.place.unit = tr!(ctx, "feedback-title");
    // The secret is not carried on by the switch of language.
    ctx.path = path;
    ctx
}

/// Asks for the secret of a report that not everybody sees.
pub(super) fn ask(me: &MaybeCitizen, code: &CaseCode, fault: Option<&str>) -> Markup {
    let ctx = context(me, format!("{PUBLIC}/{code}"));
    let (label, hint) = (tr!(ctx, "feedback-secret"), tr!(ctx, "feedback-secret-hint"));
    let fault = fault.map(|key| ctx.words.t(key));
    let field = Field::new("khoa", &label).hint(&hint).letters_max(20).fault(fault.as_deref());
    let main = html! {
        p { a.bk href=(PUBLIC) { (icon(Icon::Back)) (tr!(ctx, "feedback-title")) } }
        h1 { (tr!(ctx, "feedback-not-public")) }
        p.muted { (super::unknown(me)) }
        form.stack method="get" action={ (PUBLIC) "/" (code) } {
            (fields::text(&ctx.words, &field, ""))
            p.acts { button.btn.go { (tr!(ctx, "feedback-open")) } }
        }
    };
    page::citizen(&ctx, &tr!(ctx, "feedback-not-public"), main)
}

pub(super) fn page(
    feedback: &Feedback,
    me: &MaybeCitizen,
    seen: &Seen,
    secret: &str,
    fresh: bool,
) -> Markup {
    let report = &seen.whole.report;
    let ctx = context(me, format!("{PUBLIC}/{}", report.code));
    let words = &ctx.words;
    let directory = feedback.front.directory.get();
    let place = parts::place(&directory, report.place.as_ref());
    let where_said = if seen.mine {
        seen.whole.said("dia_chi").to_owned()
    } else {
        report.public_place.clone().unwrap_or_default()
    };
    let main = html! {
        p { a.bk href=(PUBLIC) { (icon(Icon::Back)) (tr!(ctx, "feedback-title")) } }
        @if fresh { (receipt(feedback, &ctx, seen, secret)) }
        p.muted.num.after { (tr!(ctx, "feedback-code", code = report.code.as_str())) }
        section.card.ans aria-labelledby="t" {
            p.muted {
                (parts::category(words, report.category))
                @if !place.is_empty() { ", " (place) }
                @if !where_said.is_empty() { ", " (where_said) }
            }
            h1 #t { (words.t(&format!("feedback-is-{}", report.state.word()))) }
            p { (standing(feedback, words, seen, me.now)) }
            (links(&ctx, seen))
        }
        (told(&ctx, seen, secret))
        (answer(feedback, &ctx, seen, secret))
        @if seen.mine { (own(feedback, &ctx, seen, secret)) }
        @if report.shown && report.is_open { (mine_too(&ctx, seen)) }
        section.card aria-labelledby="s" {
            h2 #s { (tr!(ctx, "feedback-story")) }
            (story(feedback, words, seen, me.now))
        }
    };
    page::citizen(&ctx, &tr!(ctx, "feedback-page-title", code = report.code.as_str()), main)
}

/// After sending: the code, the secret, and what happens next.
fn receipt(feedback: &Feedback, ctx: &PageContext, seen: &Seen, secret: &str) -> Markup {
    let directory = feedback.front.directory.get();
    let report = &seen.whole.report;
    let at = parts::agency(&directory, seen.whole.case.received_by);
    html! {
        section.note role="status" {
            h2.row { (icon(Icon::Done)) (tr!(ctx, "feedback-sent")) }
            p { (tr!(ctx, "feedback-sent-to", agency = at)) }
            p { (tr!(ctx, "feedback-keep-secret")) " " b.num { (report.code) } ", " (tr!(ctx, "feedback-secret-is")) " " b.num { (secret) } }
        }
    }
}

/// Who has it and until when; or how it ended.
fn standing(feedback: &Feedback, words: &Words, seen: &Seen, now: Instant) -> String {
    let report = &seen.whole.report;
    let directory = feedback.front.directory.get();
    let agency = directory.agency(report.agency).map_or_else(String::new, |a| a.name.clone());
    let day = |at: Instant| words.date_long(today(at));
    match report.state {
        State::Received => {
            let hub = parts::agency(&directory, seen.whole.case.received_by);
            let at = words.moment_near(seen.whole.case.accept_by, now);
            tr!(words, "feedback-says-received", agency = hub, at = at)
        }
        State::Handling => match report.due_at {
            Some(due) if now > due => {
                tr!(words, "feedback-says-late", agency = agency, day = day(due))
            }
            Some(due) => tr!(words, "feedback-says-handling", agency = agency, day = day(due)),
            None => agency,
        },
        State::Asked => tr!(words, "feedback-says-asked"),
        State::Answered | State::Closed => {
            let ended = report.ended_at.unwrap_or(report.updated_at);
            let hours = ended.duration_since(report.submitted_at).as_secs_f64() / 3600.0;
            let took = crate::pages::took(words, hours);
            tr!(words, "feedback-says-answered", agency = agency, day = day(ended), took = took)
        }
        State::Refused => {
            let why =
                report.refusal.map(|why| words.t(&format!("feedback-refusal-{}", why.word())));
            tr!(words, "feedback-says-refused", why = why.unwrap_or_default())
        }
        State::Merged if seen.joint.is_some() => tr!(words, "feedback-says-merged-answered"),
        State::Merged => tr!(words, "feedback-says-merged"),
        State::Stopped => tr!(words, "feedback-says-stopped"),
    }
}

fn links(ctx: &PageContext, seen: &Seen) -> Markup {
    html! {
        @for (kind, other, secret) in &seen.linked {
            @let query = secret.as_ref().map(|secret| format!("?khoa={secret}")).unwrap_or_default();
            p { a href={ (PUBLIC) "/" (other.code) (query) } {
                (ctx.words.t(&format!("feedback-link-{kind}"))) " " (other.code)
            } }
        }
    }
}

/// What was reported: to the public what it may read, to who sent it all of it.
fn told(ctx: &PageContext, seen: &Seen, secret: &str) -> Markup {
    let whole = &seen.whole;
    let report = &whole.report;
    let text = if seen.mine {
        whole.said("noi_dung")
    } else {
        report.public_text.as_deref().unwrap_or_default()
    };
    let name = report.name_shown.clone().unwrap_or_else(|| tr!(ctx, "feedback-anonymous"));
    let photos = photos_of(seen, &["report", "more"]);
    let (base, query) = photo_address(seen, secret);
    html! {
        section.card aria-labelledby="w" {
            h2 #w { (tr!(ctx, "feedback-what-said")) }
            @for line in text.lines() { p { (line) } }
            @if seen.mine { @for added in whole.added() { p { (tr!(ctx, "feedback-added")) " " (added) } } }
            (parts::photos(&ctx.words, &photos, &base, &query))
            p.small.muted {
                (name) ", " (ctx.words.moment(report.submitted_at))
                @if report.supporters > 0 { ". " (tr!(ctx, "feedback-supporters", n = report.supporters)) }
            }
            @if seen.mine && !report.shown {
                p.row.small.muted { (icon(Icon::Lock)) (ctx.words.t(privacy(seen))) }
            }
        }
    }
}

fn privacy(seen: &Seen) -> &'static str {
    let report = &seen.whole.report;
    match (report.confidential, report.wanted_shown, report.state) {
        (true, _, _) => "feedback-is-confidential",
        (false, false, _) => "feedback-is-private",
        (false, true, State::Received) => "feedback-not-yet-shown",
        (false, true, _) => "feedback-not-shown",
    }
}

fn photos_of<'s>(seen: &'s Seen, kinds: &[&str]) -> Vec<&'s Photo> {
    let of_kind = |photo: &&Photo| kinds.contains(&photo.kind.as_str());
    let photos = seen.whole.photos.iter().filter(of_kind);
    photos.filter(|photo| seen.mine || photo.shown).collect()
}

fn photo_address(seen: &Seen, secret: &str) -> (String, String) {
    if !seen.mine {
        return ("/phan-anh/anh/".to_owned(), String::new());
    }
    let query = if secret.is_empty() { String::new() } else { format!("?khoa={secret}") };
    (format!("{PUBLIC}/{}/anh/", seen.whole.report.code), query)
}

/// The answer: to who sent it as soon as it is approved, to the public what was published.
fn answer(feedback: &Feedback, ctx: &PageContext, seen: &Seen, secret: &str) -> Markup {
    let (whole, report) = (&seen.whole, &seen.whole.report);
    let approved = matches!(report.state, State::Answered | State::Closed);
    let text = match (seen.mine, approved) {
        (_, false) => None,
        (true, true) => whole.answer().or(report.answer.as_deref()),
        (false, true) => report.answer.as_deref(),
    };
    let directory = feedback.front.directory.get();
    let photos = photos_of(seen, &["answer"]);
    let (base, query) = photo_address(seen, secret);
    html! {
        @if let Some(text) = text {
            section.card.ans aria-labelledby="a" {
                h2 #a { (tr!(ctx, "feedback-answer-of", agency = parts::agency(&directory, report.agency))) }
                @for line in text.lines() { p { (line) } }
                (parts::photos(&ctx.words, &photos, &base, &query))
                @if let Some(ended) = report.ended_at { p.small.muted { (ctx.words.moment(ended)) } }
            }
        } @else if approved && !seen.mine {
            section.card { p.muted { (tr!(ctx, "feedback-answer-soon")) } }
        }
        @if let Some(joint) = &seen.joint {
            section.card.ans aria-labelledby="a" {
                h2 #a { (tr!(ctx, "feedback-answer-of", agency = parts::agency(&directory, joint.agency))) }
                @for line in joint.answer.lines() { p { (line) } }
                (parts::photos(&ctx.words, &joint.photos.iter().collect::<Vec<_>>(), "/phan-anh/anh/", ""))
                @if let Some(ended) = joint.ended_at { p.small.muted { (ctx.words.moment(ended)) } }
            }
        }
        @if report.state == State::Refused && seen.mine {
            @if let Some(words) = refused(whole) {
                section.card { h2 { (tr!(ctx, "feedback-why-refused")) } p { (words) } }
            }
        }
    }
}

/// What only the reporter does: answer what was asked, say whether the answer is good, reopen.
fn own(feedback: &Feedback, ctx: &PageContext, seen: &Seen, secret: &str) -> Markup {
    let report = &seen.whole.report;
    let at = |deed: &str| format!("{PUBLIC}/{}/{deed}", report.code);
    let hidden = html! { (csrf_field(ctx)) input type="hidden" name="khoa" value=(secret); };
    let over = matches!(report.state, State::Answered | State::Closed);
    html! {
        @if report.state == State::Asked {
            section.card aria-labelledby="q" {
                h2 #q { (tr!(ctx, "feedback-asked-you")) }
                @if let Some(question) = questions(&seen.whole) { p { b { (question) } } }
                form.stack method="post" action=(at("bo-sung")) enctype="multipart/form-data" {
                    (hidden)
                    @let label = tr!(ctx, "feedback-your-answer");
                    (fields::textarea(&ctx.words, &Field::new("tra_loi", &label).letters_max(2000), ""))
                    div.field {
                        label for="f-anh" { (tr!(ctx, "feedback-photos")) " " small { (tr!(ctx, "feedback-optional")) } }
                        input id="f-anh" type="file" name="anh" accept="image/jpeg,image/png,image/webp" multiple;
                    }
                    p.acts { button.btn.go { (tr!(ctx, "feedback-send-answer")) } }
                }
            }
        }
        @if over { (judged(feedback, ctx, seen, &at, &hidden)) }
    }
}

/// The one question, or how it was answered; and opening it again, once.
fn judged(
    feedback: &Feedback,
    ctx: &PageContext,
    seen: &Seen,
    at: &impl Fn(&str) -> String,
    hidden: &Markup,
) -> Markup {
    let report = &seen.whole.report;
    let unhappy = seen.score == Some(Score::Dissatisfied);
    html! {
        section.card aria-labelledby="r" {
            h2 #r { (tr!(ctx, "feedback-satisfied-question")) }
            @match seen.score {
                None => {
                    (desk::rating_buttons(ctx, &at("hai-long"), hidden))
                    p.small.muted { (tr!(ctx, "feedback-counted-how")) }
                }
                Some(score) => {
                    p { (tr!(ctx, "feedback-you-said", score = desk::rating_word(&ctx.words, score))) }
                    p { a href=(feedback.rating_path(&seen.whole.case)) { (tr!(ctx, "feedback-say-more")) } }
                }
            }
            @if report.reopened_as.is_none() && report.reopens.is_none() {
                (reopen(ctx, &at("mo-lai"), hidden, unhappy))
            } @else if report.reopens.is_some() {
                p.small.muted { (tr!(ctx, "feedback-no-second")) }
            }
        }
    }
}

fn reopen(ctx: &PageContext, address: &str, hidden: &Markup, open: bool) -> Markup {
    let (label, hint) = (tr!(ctx, "feedback-reopen-why"), tr!(ctx, "feedback-reopen-hint"));
    let field = Field::new("ly_do", &label).hint(&hint).letters_max(2000);
    html! {
        details.card open[open] {
            summary { (icon(Icon::Undo)) (tr!(ctx, "feedback-reopen")) (icon(Icon::Down)) }
            form.stack method="post" action=(address) {
                (hidden)
                (fields::textarea(&ctx.words, &field, ""))
                p.acts { button.btn.go { (tr!(ctx, "feedback-reopen-send")) } }
            }
        }
    }
}

fn mine_too(ctx: &PageContext, seen: &Seen) -> Markup {
    html! {
        @if !seen.mine {
            form method="post" action={ (PUBLIC) "/" (seen.whole.report.code) "/cung" } {
                (csrf_field(ctx))
                p.acts { button.btn { (icon(Icon::Users)) (tr!(ctx, "feedback-mine-too")) } }
            }
        }
    }
}

/// What happened, newest first, without any name of a person.
fn story(feedback: &Feedback, words: &Words, seen: &Seen, now: Instant) -> Markup {
    let directory = feedback.front.directory.get();
    let agency = parts::agency(&directory, seen.whole.report.agency);
    let one = |update: &PublicUpdate| {
        let (drawing, kind) = match update.kind.as_str() {
            "received" | "supplied" => (Icon::Inbox, HappeningKind::Past),
            "asked" => (Icon::Hold, HappeningKind::Pause),
            "answered" | "published" => (Icon::Done, HappeningKind::Past),
            "refused" | "merged" | "refiled" => (Icon::Close, HappeningKind::Past),
            "late" => (Icon::Late, HappeningKind::Past),
            "reopened" => (Icon::Undo, HappeningKind::Past),
            "comment" => (Icon::Talk, HappeningKind::Past),
            _ => (Icon::Next, HappeningKind::Past),
        };
        // What programs of others add is shown as it is; the rest has a sentence of its own.
        let said = update.words.as_deref().filter(|_| update.kind == "comment");
        Happening {
            icon: drawing,
            kind,
            what: tr!(words, &format!("feedback-told-{}", update.kind), agency = agency.as_str()),
            who: String::new(),
            when: words.moment_near(update.at, now),
            consequence: html! { @if let Some(said) = said { p { (said) } } },
        }
    };
    let happenings: Vec<Happening> = seen.updates.iter().rev().map(one).collect();
    timeline(&happenings)
}
