//! The frame of every page of officers: the navigation of all systems with what waits in each,
//! search, and who is signed in.

use identity::access::Denial;
use maud::{Markup, html};
use store::Tx;
use web::{
    Icon, PageContext, SignedIn,
    http::Problem,
    page::{NavGroup, NavItem},
    tr,
};

use crate::{Desk, Result, refusal};

/// My work: what waits for a seat, of every system.
pub const WORK: &str = "/viec";

/// What one system adds to the navigation of officers.
#[derive(Debug, Clone, Copy)]
pub struct Rail {
    /// Its places, with how many things wait there. Groups of one title become one group.
    pub groups: fn(&mut Tx<'_>, &Desk, &SignedIn) -> Result<Vec<NavGroup>>,
    /// Its tabs on a phone; the first system that has some gives them.
    pub tabs: fn(&SignedIn) -> Vec<NavItem>,
    /// Where the search in the bar leads; the first system that has one gives it.
    pub search: Option<&'static str>,
}

/// The frame of a page of officers.
///
/// # Errors
/// Those of the store.
pub async fn context(desk: &Desk, me: &SignedIn) -> Result<PageContext> {
    let (shared, me_too) = (desk.clone(), me.clone());
    let groups = desk.front.store.read(move |tx| groups(tx, &shared, &me_too)).await?;
    let mut ctx = me.page();
    ctx.search = desk.rails.iter().find_map(|rail| rail.search).map(str::to_owned);
    ctx.nav = groups;
    let tabs = desk.rails.iter().map(|rail| (rail.tabs)(me)).find(|tabs| !tabs.is_empty());
    ctx.tabs = tabs.unwrap_or_else(|| vec![NavItem::new(Icon::Work, tr!(me, "nav-work"), WORK)]);
    Ok(ctx)
}

fn groups(tx: &mut Tx<'_>, desk: &Desk, me: &SignedIn) -> Result<Vec<NavGroup>> {
    let mut all: Vec<NavGroup> = Vec::new();
    for rail in &desk.rails {
        for group in (rail.groups)(tx, desk, me)? {
            match all.iter_mut().find(|known| known.title == group.title) {
                Some(known) => known.items.extend(group.items),
                None => all.push(group),
            }
        }
    }
    Ok(all)
}

/// A page of officers: its name with what stands beside it, then what was just done, then the
/// matter.
#[must_use]
pub fn page(ctx: &PageContext, title: &str, beside: Markup, main: Markup) -> Markup {
    let heading = html! { div.row.head { h1 { (title) } (beside) } };
    web::page::desk_with(ctx, title, heading, main)
}

/// A refusal of the policies as a page that says why, and who could.
#[must_use]
pub fn forbidden(me: &SignedIn, denial: &Denial) -> Problem {
    let why = refusal::denied(&me.words, denial, &me.directory, me.now);
    Problem::forbidden().detail(why).way_out(tr!(me, "nav-work"), WORK)
}
