//! Pages: of the payer, and of the accountant.

mod access;
mod books;
mod export;
mod owed;
mod pay;
mod receipt;
mod run;

use axum::Router;
use desk::Rail;
use identity::access::{Action, Target};
use web::{
    Icon,
    page::{NavGroup, NavItem},
    tr,
};

use crate::Cashier;

/// What a dossier owes.
pub(crate) const PAY: &str = "/nop";
/// Statements held against what came.
pub(crate) const BOOKS: &str = "/doi-soat";

pub(crate) fn router() -> Router<Cashier> {
    pay::routes()
        .merge(receipt::routes())
        .merge(books::routes())
        .merge(run::routes())
        .merge(export::routes())
}

/// The accountant's place in the navigation, with how much is open; nobody else sees it.
pub const RAIL: Rail = Rail {
    groups: |tx, desk, me| {
        let line = desk::agency_line(&me.directory, me.agency);
        if !me.may(&desk.front, Action::Reconcile, Target::Agency(&line)).is_allowed() {
            return Ok(Vec::new());
        }
        let open = payments::open_count(tx, &desk.front.tenant);
        let open = open.map_err(|error| match error {
            payments::Error::Store(error) => desk::Error::Store(error),
            other => desk::Error::Store(store::Error::Damaged(other.to_string())),
        })?;
        let item = NavItem::new(Icon::Seal, tr!(me, "books-title"), BOOKS).count(open.into());
        Ok(vec![NavGroup { title: Some(tr!(me, "nav-figures-group")), items: vec![item] }])
    },
    tabs: |_| Vec::new(),
    search: None,
};
