//! The frame of officers: bar with search and role, side navigation, tabs on a phone.

use maud::{Markup, html};

use super::{
    NavItem, PageContext, UserBadge,
    frame::{Ui, brand, csrf_field, document, language_switch, tabs},
};
use crate::{Icon, components::flash, icon, tr};

/// A page for officers. `title` is the page's name in the browser; `main` begins with its `h1`.
#[must_use]
pub fn desk(ctx: &PageContext, title: &str, main: Markup) -> Markup {
    desk_with(ctx, title, html! {}, main)
}

/// A page for officers with its heading apart, so that the flash stands under the heading and
/// covers nothing.
#[must_use]
pub fn desk_with(ctx: &PageContext, title: &str, heading: Markup, main: Markup) -> Markup {
    let body = html! {
        header.bar {
            (brand(ctx))
            @if let Some(action) = &ctx.search { (search(ctx, action)) }
            @if let Some(user) = &ctx.user { (role(ctx, user)) }
            @else { span.push { (language_switch(ctx)) } }
        }
        @if ctx.nav.is_empty() { div.side {} } @else { (side(ctx)) }
        main #main tabindex="-1" {
            (heading)
            @if let Some(flash) = &ctx.flash { (flash::flash(ctx, flash)) }
            (main)
        }
        (tabs(ctx))
    };
    document(ctx, Ui::Desk, title, body)
}

fn search(ctx: &PageContext, action: &str) -> Markup {
    html! {
        form.find role="search" action=(action) method="get" {
            label.vh for="q" { (tr!(ctx, "frame-search")) }
            (icon(Icon::Search))
            input #q name="q" type="search" maxlength="200" data-key="/"
                placeholder=(tr!(ctx, "frame-search-hint"));
            kbd aria-hidden="true" { "/" }
        }
    }
}

fn role(ctx: &PageContext, user: &UserBadge) -> Markup {
    html! {
        details.role.push {
            summary {
                span.ava aria-hidden="true" { (user.initials) }
                span.who { b { (user.name) } br; (user.post) }
                (icon(Icon::Down))
                span.vh { (tr!(ctx, "frame-role")) }
            }
            form.roles method="post" action=(user.session_path) {
                (csrf_field(ctx))
                p { b { (user.post) } ", " (user.agency) " " span.muted { (tr!(ctx, "frame-role-now")) } }
                ul.l {
                    @for other in &user.other_roles {
                        li { button name="role" value=(other.value) { (other.label) } }
                    }
                    li { (language_switch(ctx)) }
                    li { a href=(crate::front::passkey::OFFICER_PASSKEYS) {
                        (icon(Icon::Lock)) (tr!(ctx, "passkey-title"))
                    } }
                    li { button name="sign-out" value="1" { (tr!(ctx, "frame-sign-out")) } }
                }
            }
        }
    }
}

fn side(ctx: &PageContext) -> Markup {
    let current = ctx.current();
    html! {
        nav.side aria-label=(tr!(ctx, "frame-nav")) {
            @for group in &ctx.nav {
                @if let Some(title) = &group.title { h2 { (title) } }
                ul.l { @for item in &group.items { li { (side_link(ctx, item, current)) } } }
            }
        }
    }
}

fn side_link(ctx: &PageContext, item: &NavItem, current: Option<&str>) -> Markup {
    let here = (current == Some(item.href.as_str())).then_some("page");
    html! {
        a href=(item.href) aria-current=[here] {
            (icon(item.icon)) (item.label)
            @if let Some(count) = item.count { span.n { (ctx.words.number(count)) } }
        }
    }
}
