//! The frame of a screen that hangs in a hall: nothing to press, and large.

use maud::{Markup, html};

use super::{
    PageContext,
    frame::{Ui, brand, document},
};

/// A page that nobody touches. `now` is the time, in the corner where people look for it.
#[must_use]
pub fn hall(ctx: &PageContext, title: &str, now: &str, main: Markup) -> Markup {
    let body = html! {
        header.bar { (brand(ctx)) b.push.num { (now) } }
        main #main tabindex="-1" { h1 { (title) } (main) }
    };
    document(ctx, Ui::Hall, title, body)
}

/// A page on a big screen that is read from five metres: dark, without navigation, as high as the
/// screen. `now` is the time.
#[must_use]
pub fn wall(ctx: &PageContext, title: &str, now: &str, main: Markup) -> Markup {
    let body = html! {
        header.bar { (brand(ctx)) b.push.num.wall-time { (now) } }
        main #main tabindex="-1" { (main) }
    };
    document(ctx, Ui::Wall, title, body)
}
