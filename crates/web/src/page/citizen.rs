//! The frame of citizens: one column, large type, and a telephone number at the foot.

use maud::{Markup, html};

use super::{
    PageContext,
    frame::{Ui, brand, document, language_switch, tabs},
};
use crate::{Icon, components::flash, icon, tr, tr_rich};

/// A page for citizens. `title` is the page's name in the browser; `main` holds its `h1`.
#[must_use]
pub fn citizen(ctx: &PageContext, title: &str, main: Markup) -> Markup {
    let body = html! {
        header.bar {
            (brand(ctx))
            span.push.me {
                (language_switch(ctx))
                @if let Some(user) = &ctx.user {
                    a href=(user.session_path) { (icon(Icon::User)) span { (user.name) } }
                } @else if let Some(href) = &ctx.sign_in {
                    a href=(href) { (icon(Icon::User)) span { (tr!(ctx, "citizen-sign-in")) } }
                }
            }
        }
        main #main tabindex="-1" {
            @if let Some(flash) = &ctx.flash { (flash::flash(ctx, flash)) }
            (main)
        }
        footer.ft {
            @if let Some(number) = &ctx.help_line {
                p { (tr_rich!(ctx, "frame-help-line", number = number)) }
            }
        }
        (tabs(ctx))
    };
    document(ctx, Ui::Citizen, title, body)
}
