//! What the handlers share: the desk, and the index that is made of its book.

use std::sync::Arc;

use arc_swap::ArcSwapOption;
use axum::extract::FromRef;
use desk::{Desk, Shelf};
use kernel::today;
use procedure::{Matter, OnlineLevel, Procedure};
use web::Front;

use crate::find::{Everyday, Index};

/// The desk with what finding needs; cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The desk.
    pub desk: Desk,
    /// Everyday names and life events.
    pub everyday: Arc<Everyday>,
    index: Arc<ArcSwapOption<(Arc<Shelf>, Index)>>,
}

impl Services {
    /// The services of a desk, under these words.
    #[must_use]
    pub fn new(desk: Desk, everyday: Everyday) -> Self {
        Self { desk, everyday: Arc::new(everyday), index: Arc::default() }
    }

    /// Asks the index, which is made anew where the book has changed since.
    #[must_use]
    pub fn ask<T>(&self, ask: impl FnOnce(&Index) -> T) -> T {
        let shelf = self.desk.book.shelf();
        let known = self.index.load_full();
        if let Some(known) = known.filter(|known| Arc::ptr_eq(&known.0, &shelf)) {
            return ask(&known.1);
        }
        let day = today(self.desk.now());
        let offered = shelf.all().map(Arc::as_ref).filter(|p| offered(p) && p.in_force(day));
        let made = Arc::new((shelf.clone(), Index::of(offered, &self.everyday)));
        self.index.store(Some(made.clone()));
        ask(&made.1)
    }
}

/// Whether the catalogue of citizens shows a procedure.
#[must_use]
pub fn offered(procedure: &Procedure) -> bool {
    procedure.matter == Matter::Dossier
}

/// Whether it can be filed online.
#[must_use]
pub fn is_online(procedure: &Procedure) -> bool {
    procedure.online_level != OnlineLevel::None
        && procedure.channel(procedure::ChannelKind::Online).is_some()
}

impl FromRef<Services> for Desk {
    fn from_ref(services: &Services) -> Self {
        services.desk.clone()
    }
}

impl FromRef<Services> for Arc<Front> {
    fn from_ref(services: &Services) -> Self {
        services.desk.front.clone()
    }
}
