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
                    (said(ctx, Tone::Bad, "verify-added", "verify-added-what"))
                    (details(desk, ctx, genuine))
                    (proof(desk, ctx, genuine))
                }
                Found::Altered => (said(ctx, Tone::Bad, "verify-altered", "verify-altered-what")),
                Found::Foreign(names) => {
                    (said(ctx, Tone::Unknown, "verify-foreign", "verify-foreign-what"))
                    @if !names.is_empty() {
                        section.card { h2 { (tr!(ctx, "verify-foreign-by")) } ul { @for name in names { li { (name) } } } }
                    }
                }
                Found::Unsigned => (said(ctx, Tone::Unknown, "verify-unsigned", "verify-unsigned-what")),
                Found::NoPdf => (said(ctx, Tone::Unknown, "verify-no-pdf", "verify-no-pdf-what")),
            }
            p { a href=(CHECK) { (tr!(ctx, "verify-another")) } }
        }
    };
    page::citizen(ctx, &tr!(ctx, "verify-title"), main)
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
        let key = if by_file { "verify-real-file" } else { "verify-real-code" };
        return said(ctx, Tone::Good, "verify-real", key);
    };
    let why = ground.word().replace('_', "-");
    let why = ctx.words.t(&format!("results-ground-{why}"));
    let (heading, what) = match ended {
        Ended::Replaced => {
            ("verify-replaced", tr!(ctx, "verify-replaced-what", day = day(at), why = why))
        }
        Ended::Revoked => {
            ("verify-revoked", tr!(ctx, "verify-revoked-what", day = day(at), why = why))
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
        (None, true) => tr!(ctx, "verify-organization"),
        (None, false) => tr!(ctx, "verify-nobody"),
    };
    let mut pairs = vec![(tr!(ctx, "verify-kind"), html! { b { (result.name) } })];
    if !result.number.is_empty() {
        pairs.push((tr!(ctx, "verify-number"), html! { (result.number) }));
    }
    pairs.extend([
        (tr!(ctx, "verify-agency"), html! { (agency) }),
        (tr!(ctx, "verify-signed-at"), html! { (words.moment(result.signed_at)) }),
        (tr!(ctx, "verify-signed-by"), html! { (result.signed_by) }),
        (tr!(ctx, "verify-whose"), html! { (whose) }),
        (tr!(ctx, "verify-dossier"), html! { span.num { (genuine.code) } }),
    ]);
    html! {
        section.card aria-labelledby="what" {
            h2 #what { (tr!(ctx, "verify-what")) }
            (kv(&pairs))
            p.small.muted { (tr!(ctx, "verify-masked")) }
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
        &tr!(ctx, "verify-proof"),
        html! {
            p { (tr!(ctx, "verify-hash")) br; code.wrap { (result.hash) } }
            p { (tr!(ctx, "verify-certificate")) br; code.wrap { (result.certificate) } }
            @match sealing {
                Some(sealing) => p { (tr!(ctx, "verify-sealed",
                    line = ctx.words.number(sealing.pos + 1), size = ctx.words.number(sealing.size))) },
                None => p { (tr!(ctx, "verify-unsealed")) },
            }
            @if genuine.receipt.is_some() { p { a href=(href) download { (tr!(ctx, "verify-receipt")) } } }
            @if let Some(key) = desk.journal_key() {
                p { (tr!(ctx, "verify-key")) br; code.wrap { (key) } }
            }
        },
    )
}

/// A paper may carry a QR code that was copied from another: the file says more.
fn compare(ctx: &PageContext) -> Markup {
    html! {
        p { (tr!(ctx, "verify-compare")) }
        (by_file_form(ctx, None))
    }
}
