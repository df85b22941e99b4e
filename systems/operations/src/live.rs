//! Figures as they move: one look at the cube for all who watch, and what changed is sent to each.
//!
//! A process has one watcher, however many screens there are. It asks for the position of the cube
//! a few times a second while somebody listens, reads a page anew when that has moved (or some
//! time went by, since silence too is news), and hands out the parts that differ from before. A
//! listener that is too slow loses what lies between and gets everything anew.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use desk::Desk;
use indicators::Scope;
use jiff::SignedDuration;
use kernel::Instant;
use tokio::{
    sync::{Notify, OwnedSemaphorePermit, Semaphore, broadcast},
    time::{MissedTickBehavior, interval},
};
use web::{Lang, Words};

use crate::{
    Error, Result, pages,
    queries::{self, Fresh},
};

/// Most screens that listen at once.
pub const LISTENERS_MAX: usize = 512;
/// Most scopes that are watched at once; a page of another one is not live, and says so.
pub const SCOPES_MAX: usize = 64;
/// How often the position of the cube is asked for.
pub const LOOK_EVERY: Duration = Duration::from_millis(150);
/// After how long a page is read anew although nothing was counted.
const STILL_MAX: SignedDuration = SignedDuration::from_secs(15);
/// News that a slow listener may be behind.
const NEWS_MAX: usize = 16;

/// What is sent: the parts of a page that differ from before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Beat {
    /// The position in the journal up to which was counted.
    pub pos: u64,
    /// When the last event before it was recorded.
    pub recorded: Option<Instant>,
    /// When the page was read.
    pub at: Instant,
    /// Every part, by language and name.
    pub all: ByLang<BTreeMap<String, String>>,
    /// Which of them are new.
    pub changed: Vec<String>,
    /// How fresh it is, in words, by language.
    pub said: ByLang<String>,
}

/// Something in each language.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ByLang<T> {
    vi: T,
    en: T,
}

impl<T> ByLang<T> {
    /// What is in a language.
    pub const fn of(&self, lang: Lang) -> &T {
        match lang {
            Lang::Vi => &self.vi,
            Lang::En => &self.en,
        }
    }

    pub(crate) fn make(make: impl Fn(Lang) -> T) -> Self {
        Self { vi: make(Lang::Vi), en: make(Lang::En) }
    }
}

/// A place at the line; it is given back when it is dropped.
#[derive(Debug)]
pub struct Line {
    /// What comes.
    pub news: broadcast::Receiver<Arc<Beat>>,
    /// What came last, for whoever has nothing yet.
    pub last: Option<Arc<Beat>>,
    _place: OwnedSemaphorePermit,
}

/// The watcher of a process; cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Inner>);

struct Inner {
    desk: Desk,
    places: Arc<Semaphore>,
    watched: Mutex<Watching>,
    wake: Notify,
}

#[derive(Default)]
struct Watching {
    started: bool,
    scopes: BTreeMap<Scope, Watched>,
}

struct Watched {
    news: broadcast::Sender<Arc<Beat>>,
    last: Option<Arc<Beat>>,
}

impl Live {
    /// The watcher of a desk; it begins with the first who listens.
    #[must_use]
    pub fn new(desk: Desk) -> Self {
        let places = Arc::new(Semaphore::new(LISTENERS_MAX));
        let (watched, wake) = (Mutex::default(), Notify::new());
        Self(Arc::new(Inner { desk, places, watched, wake }))
    }

    /// Listens to the page of a scope; none where too many do.
    #[must_use]
    pub fn listen(&self, scope: &Scope) -> Option<Line> {
        let place = self.0.places.clone().try_acquire_owned().ok()?;
        let mut watching = self.watching();
        let known = watching.scopes.contains_key(scope);
        if !known && watching.scopes.len() >= SCOPES_MAX {
            return None;
        }
        let fresh = || Watched { news: broadcast::channel(NEWS_MAX).0, last: None };
        let watched = watching.scopes.entry(scope.clone()).or_insert_with(fresh);
        let line =
            Line { news: watched.news.subscribe(), last: watched.last.clone(), _place: place };
        if !std::mem::replace(&mut watching.started, true) {
            tokio::spawn(self.clone().watch());
        }
        drop(watching);
        self.0.wake.notify_one();
        Some(line)
    }

    /// How many scopes are watched.
    #[must_use]
    pub fn scopes(&self) -> usize {
        self.watching().scopes.len()
    }

    /// Looks once, and sends what changed; answers how many pages had news. The watcher does
    /// this by itself; a benchmark may do it in its stead.
    ///
    /// # Errors
    /// Those of the store.
    pub async fn look(&self) -> Result<usize> {
        let mut sent = 0;
        for (scope, last) in self.asked() {
            let (desk, of, before) = (self.0.desk.clone(), scope.clone(), last.clone());
            let read = self.0.desk.front.store.read(move |tx| {
                let fresh = queries::fresh(tx, &desk)?;
                let still = before.as_ref().is_some_and(|before| {
                    let age = fresh.now.duration_since(before.at);
                    before.pos == fresh.as_of.pos && age.abs() < STILL_MAX
                });
                match still {
                    true => Ok(None),
                    false => Ok::<_, Error>(Some(queries::glance(tx, &desk, &of)?)),
                }
            });
            let Some(glance) = read.await? else { continue };
            let beat = Arc::new(beat(&self.0.desk, &glance, last.as_deref()));
            if let Some(watched) = self.watching().scopes.get_mut(&scope) {
                watched.last = Some(beat.clone());
                // Nobody listening any more is no failure.
                sent += usize::from(watched.news.send(beat).is_ok());
            }
        }
        Ok(sent)
    }

    async fn watch(self) {
        // From the beginning of one look to that of the next, however long it takes.
        let mut turns = interval(LOOK_EVERY);
        turns.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            if self.asked().is_empty() {
                self.0.wake.notified().await;
            }
            turns.tick().await;
            if let Err(error) = self.look().await {
                tracing::error!(%error, "the centre was not looked at");
            }
        }
    }

    /// The scopes that somebody listens to; the others are forgotten.
    fn asked(&self) -> Vec<(Scope, Option<Arc<Beat>>)> {
        let mut watching = self.watching();
        watching.scopes.retain(|_, watched| watched.news.receiver_count() > 0);
        let scopes = watching.scopes.iter();
        scopes.map(|(scope, watched)| (scope.clone(), watched.last.clone())).collect()
    }

    fn watching(&self) -> MutexGuard<'_, Watching> {
        self.0.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A page in both languages, held against the one before.
fn beat(desk: &Desk, glance: &queries::Glance, before: Option<&Beat>) -> Beat {
    let words = |lang| Words::new(lang, desk.front.texts.clone());
    let all = ByLang::make(|lang| {
        let parts = pages::parts(&words(lang), desk, glance).into_iter();
        parts.map(|(name, part)| (name, part.into_string())).collect::<BTreeMap<_, _>>()
    });
    let said = ByLang::make(|lang| pages::freshness(&words(lang), &glance.fresh));
    let vi = all.of(Lang::Vi);
    let known = before.map(|before| before.all.of(Lang::Vi));
    let is_new = |(name, part): &(&String, &String)| {
        known.and_then(|known| known.get(*name)).is_none_or(|known| known != *part)
    };
    let changed = vi.iter().filter(is_new).map(|(name, _)| name.clone()).collect();
    let Fresh { as_of, now, .. } = glance.fresh;
    Beat { pos: as_of.pos, recorded: as_of.recorded, at: now, all, changed, said }
}
