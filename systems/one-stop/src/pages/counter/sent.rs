//! A form that is sent twice, by a second click or by going back, files one dossier: each form
//! has a name of its own, and the dossier is filed under it. The name stands in the address of
//! the page, since a browser that goes back asks for the page anew and only the address is the
//! same.

use desk::{Key, kept_under};
use kernel::ProcedureCode;
use web::{SignedIn, http::Problem, tr};

use super::typed::Typed;
use crate::{Desk, Error, pages::COUNTER};

/// The hidden field with the name of the form.
pub(super) const ONCE: &str = "_once";
/// Letters of a name.
const NAME_LETTERS: usize = 32;

/// Where the form of a procedure stands, under a name that no form had before.
pub(super) fn address(desk: &Desk, code: &ProcedureCode) -> String {
    format!("{COUNTER}?thu-tuc={code}&phieu={}", fresh(desk))
}

/// Whether a text is a name.
pub(super) fn is_name(text: &str) -> bool {
    text.len() == NAME_LETTERS && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The name of the form on the next page: the one it came with, as long as nothing was filed.
pub(super) fn name_of(desk: &Desk, typed: &Typed) -> String {
    given(typed).map_or_else(|| fresh(desk), str::to_owned)
}

fn fresh(desk: &Desk) -> String {
    kernel::hex(&desk.front.mint.bytes::<16>())
}

/// Under which key what was typed is filed; none for a form without a name.
pub(super) fn key(desk: &Desk, me: &SignedIn, typed: &Typed) -> Option<Key> {
    let name = given(typed)?;
    Some(Key::of_form(desk, me.session.account, name, &typed.as_sent()))
}

/// What is said where another content came in the form of a dossier that was filed already:
/// nothing is filed, and the next press files a dossier of its own.
///
/// # Errors
/// Those of the store.
pub(super) async fn changed(
    desk: &Desk,
    me: &SignedIn,
    key: Option<Key>,
) -> Result<String, Problem> {
    let (shared, now) = (desk.clone(), me.now);
    let code = desk.front.store.read(move |tx| {
        let Some(key) = &key else { return Ok(None) };
        let Some(kept) = kept_under(tx, &shared.front.tenant, key, now)? else { return Ok(None) };
        Ok::<Option<String>, Error>(serde_json::from_str(&kept.body)?)
    });
    Ok(tr!(me, "counter-sent-changed", code = code.await?.unwrap_or_default()))
}

fn given(typed: &Typed) -> Option<&str> {
    Some(typed.text(ONCE)).filter(|name| is_name(name))
}
