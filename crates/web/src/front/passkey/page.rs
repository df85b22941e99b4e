//! The list of one's passkeys, and the button that makes or uses one. The button needs the script
//! and says so where there is none.

use identity::passkey::Passkey;
use maud::{Markup, html};

use super::{ENTER_BY_KEY, REGISTER};
use crate::{Icon, PageContext, assets, icon, page, page::csrf_field, tr};

/// The button to sign in with a passkey and go on to `next`.
#[must_use]
pub fn button(ctx: &PageContext, next: &str) -> Markup {
    pressed(ctx, "get", ENTER_BY_KEY, next, &tr!(ctx, "passkey-enter"), "btn wide")
}

fn pressed(
    ctx: &PageContext,
    what: &str,
    [ask, done]: [&str; 2],
    next: &str,
    label: &str,
    class: &str,
) -> Markup {
    html! {
        div.passkey data-passkey=(what) data-ask=(ask) data-done=(done) data-csrf=(ctx.csrf)
            data-next=(next) data-cannot=(tr!(ctx, "passkey-cannot"))
            data-stopped=(tr!(ctx, "passkey-stopped")) data-failed=(tr!(ctx, "passkey-failed"))
            data-name=(tr!(ctx, "passkey-name-only")) {
            button class=(class) type="button" hidden { (icon(Icon::Lock)) (label) }
            p.err role="alert" hidden {}
            noscript { p.muted { (tr!(ctx, "passkey-script")) } }
        }
        script type="module" src=(assets::passkey_script()) {}
    }
}

/// One's own passkeys.
pub(super) fn list(ctx: &PageContext, here: &str, back: &str, keys: &[Passkey]) -> Markup {
    let title = tr!(ctx, "passkey-title");
    let main = html! {
        a.bk href=(back) { (icon(Icon::Back)) (tr!(ctx, "passkey-back")) }
        h1 { (title) }
        p.lead { (tr!(ctx, "passkey-lead")) }
        (pressed(ctx, "create", REGISTER, here, &tr!(ctx, "passkey-make"), "btn go wide"))
        @if keys.is_empty() { p.muted.after { (tr!(ctx, "passkey-none")) } }
        ul.looks.l.after { @for key in keys { li.card { (one(ctx, here, key)) } } }
    };
    page::citizen(ctx, &title, main)
}

fn one(ctx: &PageContext, here: &str, key: &Passkey) -> Markup {
    let hash = kernel::hex(&key.credential);
    let id = format!("ten-{}", &hash[..8]);
    html! {
        p { b { (key.name) } }
        p.muted.small {
            (tr!(ctx, "passkey-since", at = ctx.words.moment(key.created_at)))
            @if let Some(used) = key.used_at {
                ", " (tr!(ctx, "passkey-used", at = ctx.words.moment(used)))
            }
        }
        form.field.after method="post" action=(here) {
            (csrf_field(ctx))
            input type="hidden" name="khoa" value=(hash);
            label for=(id) { (tr!(ctx, "passkey-name")) }
            input id=(id) name="ten" value=(key.name) maxlength="60" autocomplete="off" data-nodraft;
            div.row.gap {
                button.btn type="submit" { (tr!(ctx, "passkey-rename")) }
                button.btn.bad type="submit" name="bo" value="1" { (tr!(ctx, "passkey-remove")) }
            }
        }
    }
}
