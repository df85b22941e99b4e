//! What the frames share: the head of the document, the bar, the tabs.

use maud::{DOCTYPE, Markup, html};

use super::{NavItem, PageContext};
use crate::{Icon, assets, icon, icon::mark, tr};

/// How dense the page is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Ui {
    Desk,
    Citizen,
    Hall,
    /// A big screen: dark, whatever the system says.
    Wall,
}

/// The document around a body. What the script has to say is written on `<body>`, so that the
/// script holds no text.
pub(super) fn document(ctx: &PageContext, ui: Ui, title: &str, body: Markup) -> Markup {
    let (name, class) = match ui {
        Ui::Desk => ("desk", "desk"),
        Ui::Citizen => ("citizen", "cit"),
        Ui::Hall => ("citizen", "hall"),
        Ui::Wall => ("desk", "wall"),
    };
    let product = tr!(ctx, "frame-product");
    let density = ctx.compact.then_some("compact");
    let theme = (ui == Ui::Wall).then_some("dark");
    html! {
        (DOCTYPE)
        html lang=(ctx.words.lang.code()) data-ui=(name) data-density=[density] data-theme=[theme] {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (title) ", " (product) }
                link rel="icon" href=(assets::mark()) type="image/svg+xml";
                @if ui == Ui::Citizen { link rel="manifest" href="/manifest.webmanifest"; }
                link rel="preload" href=(assets::font()) as="font" type="font/woff2" crossorigin;
                link rel="stylesheet" href=(assets::stylesheet());
                @for feed in &ctx.feeds {
                    link rel="alternate" type=(feed.kind) title=(feed.title) href=(feed.href);
                }
                script type="module" src=(assets::script()) {}
                @if let Some((seconds, path)) = &ctx.again {
                    noscript { meta http-equiv="refresh" content={ (seconds) "; url=" (path) }; }
                }
            }
            body class=(class) data-busy=(tr!(ctx, "script-busy")) data-leave=(tr!(ctx, "script-leave"))
                data-restored=(tr!(ctx, "script-restored")) data-forget=(tr!(ctx, "script-forget"))
                data-saved=(tr!(ctx, "script-saved")) {
                a.skip href="#main" { (tr!(ctx, "frame-skip")) }
                (body)
            }
        }
    }
}

/// Mark, place and unit.
pub(super) fn brand(ctx: &PageContext) -> Markup {
    html! {
        a.brand href=(ctx.place.home) {
            (mark())
            span { b { (ctx.place.name) } small { (ctx.place.unit) } }
        }
    }
}

/// Up to four tabs, at the foot of a phone.
pub(super) fn tabs(ctx: &PageContext) -> Markup {
    let current = ctx.current();
    html! {
        @if !ctx.tabs.is_empty() {
            nav.tabs aria-label=(tr!(ctx, "frame-tabs")) {
                @for tab in ctx.tabs.iter().take(4) { (tab_link(tab, current)) }
            }
        }
    }
}

fn tab_link(tab: &NavItem, current: Option<&str>) -> Markup {
    let here = (current == Some(tab.href.as_str())).then_some("page");
    html! { a href=(tab.href) aria-current=[here] { (icon(tab.icon)) (tab.label) } }
}

/// The hidden field that every form which changes something carries.
#[must_use]
pub fn csrf_field(ctx: &PageContext) -> Markup {
    html! { input type="hidden" name=(crate::http::csrf::FIELD) value=(ctx.csrf); }
}

/// A link to this page in the other language, written in that language.
#[must_use]
pub fn language_switch(ctx: &PageContext) -> Markup {
    let other = ctx.words.lang.other();
    let href = crate::http::lang::switch_href(other, &ctx.path);
    html! {
        a.lang href=(href) lang=(other.code()) hreflang=(other.code()) {
            (icon(Icon::Globe)) span { (tr!(ctx.words.in_lang(other), "frame-language")) }
        }
    }
}
