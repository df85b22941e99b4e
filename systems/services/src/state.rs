//! What the handlers share: the desk, the everyday words, and the index that is made of both.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use arc_swap::{ArcSwap, ArcSwapOption};
use axum::extract::FromRef;
use desk::{Desk, Shelf};
use kernel::{micros, today};
use procedure::{Matter, OnlineLevel, Procedure};
use web::Front;

use crate::{
    find::{Everyday, Index},
    words,
};

/// How often the store is asked whether there are newer words, at most: in microseconds.
const LOOK_EVERY: i64 = 2_000_000;

/// The desk with what finding needs; cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// The desk.
    pub desk: Desk,
    words: Arc<Kept>,
    index: Arc<ArcSwapOption<Made>>,
}

/// The words that were read last.
struct Kept {
    everyday: ArcSwap<Everyday>,
    /// When they were recorded, in microseconds; nothing was read yet where it is the least.
    recorded: AtomicI64,
    /// When the store was asked last.
    looked: AtomicI64,
}

/// An index, and what it was made of.
struct Made {
    shelf: Arc<Shelf>,
    everyday: Arc<Everyday>,
    index: Index,
}

impl Services {
    /// The services of a desk; until the store was asked, under the words of the program.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        let words = Kept {
            everyday: ArcSwap::from_pointee(Everyday::shipped()),
            recorded: AtomicI64::new(i64::MIN),
            looked: AtomicI64::new(i64::MIN),
        };
        Self { desk, words: Arc::new(words), index: Arc::default() }
    }

    /// Everyday names and life events, as the province last gave them. Where they cannot be read,
    /// those that were read before stay, and the log says so.
    pub async fn everyday(&self) -> Arc<Everyday> {
        let (kept, now) = (&self.words, micros(self.desk.now()));
        let looked = kept.looked.load(Ordering::Relaxed);
        if now.saturating_sub(looked) >= LOOK_EVERY || now < looked {
            kept.looked.store(now, Ordering::Relaxed);
            let (desk, known) = (self.desk.clone(), kept.recorded.load(Ordering::Relaxed));
            let read =
                self.desk.front.store.read(move |tx| words::newer(tx, &desk.front.tenant, known));
            match read.await {
                Ok(Some((everyday, recorded))) => {
                    kept.everyday.store(Arc::new(everyday));
                    kept.recorded.store(recorded, Ordering::Relaxed);
                }
                Ok(None) => {}
                Err(error) => {
                    tracing::error!(%error, "the everyday words of the province cannot be read");
                }
            }
        }
        kept.everyday.load_full()
    }

    /// Asks the index, which is made anew where the book or the words have changed since.
    pub async fn ask<T>(&self, ask: impl FnOnce(&Index) -> T + Send) -> T {
        let (shelf, everyday) = (self.desk.book.shelf(), self.everyday().await);
        let known = self.index.load_full().filter(|made| {
            Arc::ptr_eq(&made.shelf, &shelf) && Arc::ptr_eq(&made.everyday, &everyday)
        });
        if let Some(known) = known {
            return ask(&known.index);
        }
        let day = today(self.desk.now());
        let offered = shelf.all().map(Arc::as_ref).filter(|p| offered(p) && p.in_force(day));
        let index = Index::of(offered, &everyday);
        let made = Arc::new(Made { shelf: shelf.clone(), everyday, index });
        self.index.store(Some(made.clone()));
        ask(&made.index)
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
