//! Whose ways a page is about: a citizen's, or an officer's own.

use axum::{extract::FromRequestParts, response::IntoResponse};
use kernel::{Instant, PartyId};
use maud::{Markup, html};
use web::{Citizen, PageContext, SignedIn, Speaks, http::Problem};

use super::{MINE, OFFICERS};
use crate::Teller;

/// Somebody who chooses how they are told; both choose on the same pages.
pub(super) trait Whose:
    FromRequestParts<Teller, Rejection: IntoResponse> + Speaks + Send + Sync + 'static
{
    /// Where they choose.
    const AT: &'static str;
    /// What is said first on the page.
    const LEAD: &'static str;
    /// Whether a telephone number is known that was proved to be theirs.
    const PROVED_PHONE: bool;

    /// Under whom their addresses are kept.
    fn party(&self) -> PartyId;

    /// When the request came.
    fn now(&self) -> Instant;

    /// Whether a form carries their session's token.
    fn csrf_fits(&self, given: &str) -> bool;

    /// What their pages are given.
    fn frame(&self, teller: &Teller) -> impl Future<Output = Result<PageContext, Problem>> + Send;

    /// A page of theirs.
    fn page(ctx: &PageContext, title: &str, heading: &str, main: Markup) -> Markup;
}

impl Whose for Citizen {
    const AT: &'static str = MINE;
    const LEAD: &'static str = "tell-lead";
    const PROVED_PHONE: bool = true;

    fn party(&self) -> PartyId {
        self.party
    }

    fn now(&self) -> Instant {
        self.now
    }

    fn csrf_fits(&self, given: &str) -> bool {
        self.csrf_fits(given)
    }

    async fn frame(&self, _: &Teller) -> Result<PageContext, Problem> {
        Ok(self.page())
    }

    fn page(ctx: &PageContext, title: &str, heading: &str, main: Markup) -> Markup {
        web::page::citizen(ctx, title, html! { div.stack { h1 { (heading) } (main) } })
    }
}

impl Whose for SignedIn {
    const AT: &'static str = OFFICERS;
    const LEAD: &'static str = "tell-officer-lead";
    const PROVED_PHONE: bool = false;

    fn party(&self) -> PartyId {
        notices::officer(self.person)
    }

    fn now(&self) -> Instant {
        self.now
    }

    fn csrf_fits(&self, given: &str) -> bool {
        self.csrf_fits(given)
    }

    async fn frame(&self, teller: &Teller) -> Result<PageContext, Problem> {
        Ok(desk::context(&teller.desk, self).await?)
    }

    fn page(ctx: &PageContext, title: &str, heading: &str, main: Markup) -> Markup {
        let heading = html! { div.row.head { h1 { (heading) } } };
        web::page::desk_with(ctx, title, heading, html! { div.stack { (main) } })
    }
}
