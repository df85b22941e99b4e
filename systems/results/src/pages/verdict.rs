//! What is said of a document: first whether it is real, then who signed it when, then the proof.

use desk::{Desk, Ended};
use kernel::today;
use maud::{Markup, html};
use web::{
    Icon, PageContext,
    components::{known, kv::kv},
    http::encoded,
    icon, page, tr,
};

use super::{CHECK, check::by_file_form};
use crate::queries::{Found, Genuine};

/// The page; `by_file` where the file itself was sent.
pub(super) fn page(desk: &Desk, ctx: &PageContext, found: &Found, by_file: bool) -> Markup {
    let main = html! {
        div.stack {
            @match found {
                Found::Ours(genuine) => {
                    (judged(ctx, genuine, by_file))
                    (details(desk, ctx, genuine))
                    (proof(desk, ctx, genuine))
                    @if !by_file { (compare(ctx)) }
                }
                Found::AddedTo(genuine) => {
                    (said(ctx, Tone::Bad, "check-added", "check-added-what"))
                    (details(desk, ctx, genuine))
                    (proof(desk, ctx, genuine))
                }
                Found::Altered => (said(ctx, Tone::Bad, "check-altered", "check-altered-what")),
                Found::Foreign(names) => {
                    (said(ctx, Tone::Unknown, "check-foreign", "check-foreign-what"))
                    @if !names.is_empty() {
                        section.card { h2 { (tr!(ctx, "check-foreign-by")) } ul { @for name in names { li { (name) } } } }
                    }
                }
                Found::Unsigned => (said(ctx, Tone::Unknown, "check-unsigned", "check-unsigned-what")),
                Found::NoPdf => (said(ctx, Tone::Unknown, "check-no-pdf", "check-no-pdf-what")),
            }
            p { a href=(CHECK) { (tr!(ctx, "check-another")) } }
        }
    };
    page::citizen(ctx, &tr!(ctx, "check-title"), main)
}

/// How a verdict is meant.
#[derive(Clone, Copy, PartialEq)]
enum Tone {
    Good,
    Bad,
    Unknown,
}

fn said(ctx: &PageContext, tone: Tone, heading: &str, what: &str) -> Markup {
    verdict(tone, &ctx.words.t(heading), html! { p { (ctx.words.t(what)) } })
}

fn verdict(tone: Tone, heading: &str, body: Markup) -> Markup {
    let drawing = match tone {
        Tone::Good => Icon::Seal,
        Tone::Bad => Icon::Late,
        Tone::Unknown => Icon::Warn,
    };
    html! {
        section.card.ans.good[tone == Tone::Good].bad[tone == Tone::Bad] aria-labelledby="verdict" {
            h1 #verdict { (icon(drawing)) span { (heading) } }
            (body)
        }
    }
}

/// Real; and whether still in force.
fn judged(ctx: &PageContext, genuine: &Genuine, by_file: bool) -> Markup {
    let day = |at| ctx.words.date(today(at));
    let Some((ended, ground, at)) = genuine.result.ended else {
        let key = if by_file { "check-real-file" } else { "check-real-code" };
        return said(ctx, Tone::Good, "check-real", key);
    };
    let why = ground.word().replace('_', "-");
    let why = ctx.words.t(&format!("results-ground-{why}"));
    let (heading, what) = match ended {
        Ended::Replaced => {
            ("check-replaced", tr!(ctx, "check-replaced-what", day = day(at), why = why))
        }
        Ended::Revoked => {
            ("check-revoked", tr!(ctx, "check-revoked-what", day = day(at), why = why))
        }
    };
    verdict(Tone::Bad, &ctx.words.t(heading), html! { p { (what) } })
}

/// No more than whoever holds the document has in hand.
fn details(desk: &Desk, ctx: &PageContext, genuine: &Genuine) -> Markup {
    let (result, words) = (&genuine.result, &ctx.words);
    let directory = desk.front.directory.get();
    let agency = directory.agency(result.agency).map_or("", |agency| agency.name.as_str());
    let whose = match (&genuine.initials, genuine.organization) {
        (Some(initials), _) => initials.clone(),
        (None, true) => tr!(ctx, "check-organization"),
        (None, false) => tr!(ctx, "check-nobody"),
    };
    let mut pairs = vec![(tr!(ctx, "check-kind"), html! { b { (result.name) } })];
    if !result.number.is_empty() {
        pairs.push((tr!(ctx, "check-number"), html! { (result.number) }));
    }
    pairs.extend([
        (tr!(ctx, "check-agency"), html! { (agency) }),
        (tr!(ctx, "check-signed-at"), html! { (words.moment(result.signed_at)) }),
        (tr!(ctx, "check-signed-by"), html! { (result.signed_by) }),
        (tr!(ctx, "check-whose"), html! { (whose) }),
        (tr!(ctx, "check-dossier"), html! { span.num { (genuine.code) } }),
    ]);
    html! {
        section.card aria-labelledby="what" {
            h2 #what { (tr!(ctx, "check-what")) }
            (kv(&pairs))
            p.small.muted { (tr!(ctx, "check-masked")) }
        }
    }
}

/// How to prove it without us.
fn proof(desk: &Desk, ctx: &PageContext, genuine: &Genuine) -> Markup {
    let result = &genuine.result;
    let sealing = genuine.receipt.as_ref().and_then(|receipt| receipt.sealing.as_ref());
    let check = desk.check_code(result.case, result.serial);
    let href = format!("{CHECK}/{}/bien-nhan?ma={}", encoded(genuine.code.as_str()), check);
    known::proof(
        &tr!(ctx, "check-proof"),
        html! {
            p { (tr!(ctx, "check-hash")) br; code.wrap { (result.hash) } }
            p { (tr!(ctx, "check-certificate")) br; code.wrap { (result.certificate) } }
            @match sealing {
                Some(sealing) => p { (tr!(ctx, "check-sealed",
                    line = ctx.words.number(sealing.pos + 1), size = ctx.words.number(sealing.size))) },
                None => p { (tr!(ctx, "check-unsealed")) },
            }
            @if genuine.receipt.is_some() { p { a href=(href) download { (tr!(ctx, "check-receipt")) } } }
            @if let Some(key) = desk.journal_key() {
                p { (tr!(ctx, "check-key")) br; code.wrap { (key) } }
            }
        },
    )
}

/// A paper may carry a QR code that was copied from another: the file says more.
fn compare(ctx: &PageContext) -> Markup {
    html! {
        p { (tr!(ctx, "check-compare")) }
        (by_file_form(ctx, None))
    }
}
