//! The first of the invented citizens: signed in, with an application begun.

use anyhow::{Context, Result};

use super::Page;
use crate::caller::Caller;

/// What is behind the citizens' door.
pub(super) async fn pages(caller: &mut Caller) -> Result<Vec<Page>> {
    let door = caller.text("/vao/trinh-dien", "").await?;
    let person = between(&door, "name=\"nguoi\" value=\"", "\"")?;
    let (_, set) = caller.form("/vao/trinh-dien", "", format!("nguoi={person}&dat=2")).await?;
    let cookies = set.join("; ");
    let before = caller.text("/dich-vu/1.001193", &cookies).await?;
    let token = between(&before, "name=\"_csrf\" value=\"", "\"")?;
    let start = format!("_csrf={token}&thu-tuc=1.001193");
    let (draft, _) = caller.form("/lam", &cookies, start).await?;
    let mine = caller.text("/toi", &cookies).await?;
    let dossier = format!("/toi/ho-so/{}", between(&mine, "href=\"/toi/ho-so/", "\"")?);
    let page = |name, path: &str| Page { name, path: path.to_owned(), cookies: cookies.clone() };
    Ok(vec![
        page("step", &format!("{draft}/1")),
        page("mine", "/toi"),
        page("dossier", &dossier),
        page("who_looked", "/toi/du-lieu/ai-xem"),
    ])
}

fn between<'t>(text: &'t str, before: &str, after: &str) -> Result<&'t str> {
    let rest = text.split_once(before).map(|(_, rest)| rest);
    let found = rest.and_then(|rest| rest.split_once(after)).map(|(found, _)| found);
    found.with_context(|| format!("no {before} on the page"))
}
