//! The desk: everything that its handlers share.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use arc_swap::ArcSwap;
use axum::extract::FromRef;
use calendar::{Holidays, Thresholds};
use casework::{Case, Office};
use directory::{AgencyLevel, Directory};
use files::{Blobs, sign::Certificates};
use identity::{
    access::{AgencyLine, CaseFacts},
    seal::{Keyring, Label},
};
use indicators::Definitions;
use kernel::{AgencyId, CaseId, Instant, Mint};
use web::{Front, SignedIn};

use crate::{
    Rail, Result,
    book::Book,
    figures,
    kept::Keeping,
    refresh,
    throttle::Throttle,
    vault::Words,
    world::{Calendars, Moment},
};

/// What a desk is made of.
pub struct Parts {
    /// Sessions, permissions, directory, store, texts.
    pub front: Arc<Front>,
    /// Keys of personal data.
    pub keyring: Keyring,
    /// Files.
    pub blobs: Blobs,
    /// Keys that results are signed with.
    pub certificates: Certificates,
    /// Days off.
    pub holidays: Holidays,
    /// When a clock turns amber.
    pub thresholds: Thresholds,
    /// Address of the house as citizens reach it, for QR codes: `https://example.gov.vn`.
    pub address: String,
    /// What is measured.
    pub definitions: Definitions,
    /// What each system adds to the navigation of officers, in this order.
    pub rails: Vec<Rail>,
}

/// The one-stop desk; cheap to clone.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

/// The parts, and what is computed from them.
pub struct Inner {
    parts: Parts,
    /// What is measured, and what is kept in memory of it.
    pub(crate) figures: figures::Known,
    /// What systems keep in memory.
    pub(crate) keeping: Keeping,
    /// Procedures.
    pub book: Book,
    /// Calendars, with the version of the directory that they were made of.
    calendars: ArcSwap<(i64, Arc<Calendars>)>,
    /// Public key of the journal, for those who check it.
    journal_key: OnceLock<String>,
    /// Holds back all but one that make calendars anew.
    making: Mutex<()>,
    /// Wrong guesses at the secrets of receipts.
    pub guesses: Throttle,
}

impl std::ops::Deref for Desk {
    type Target = Inner;

    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl std::ops::Deref for Inner {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.parts
    }
}

impl FromRef<Desk> for Arc<Front> {
    fn from_ref(desk: &Desk) -> Self {
        desk.front.clone()
    }
}

impl Desk {
    /// Opens the desk: reads the book of procedures, and writes anew what lists read where the
    /// rules changed since.
    ///
    /// # Errors
    /// Where the store cannot be read, or a procedure in it no longer loads.
    pub fn open(mut parts: Parts) -> Result<Self> {
        let figures = figures::Known::of(std::mem::take(&mut parts.definitions));
        let directory = parts.front.directory.get();
        let calendars = Arc::new(Calendars::of(&directory, &parts.holidays));
        let calendars = ArcSwap::from_pointee((directory.version(), calendars));
        let (book, making, journal_key) = (Book::default(), Mutex::new(()), OnceLock::new());
        let (guesses, keeping) = (Throttle::default(), Keeping::default());
        let desk = Self(Arc::new(Inner {
            parts,
            figures,
            keeping,
            book,
            calendars,
            journal_key,
            making,
            guesses,
        }));
        desk.reload_book()?;
        refresh::refresh(&desk)?;
        Ok(desk)
    }

    /// Reads the book of procedures again.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub fn reload_book(&self) -> Result<()> {
        let desk = self.clone();
        self.front.store.read(move |tx| desk.book.reload(tx, &desk.front.tenant)).wait()
    }

    /// Reads the book again where the store has more than was read; answers whether it had.
    ///
    /// # Errors
    /// As [`Desk::open`].
    pub async fn refresh_book(&self) -> Result<bool> {
        let desk = self.clone();
        self.front.store.read(move |tx| desk.book.refresh(tx, &desk.front.tenant)).await
    }

    /// Publishes the key that the journal's checkpoints are signed with; the first one stays.
    pub fn publish_journal_key(&self, key: &journal::VerifierKey) {
        self.journal_key.get_or_init(|| key.to_string());
    }

    /// The published key of the journal.
    #[must_use]
    pub fn journal_key(&self) -> Option<&str> {
        self.journal_key.get().map(String::as_str)
    }

    /// What is true now.
    #[must_use]
    pub fn moment(&self) -> Moment {
        let directory = self.front.directory.get();
        let calendars = self.calendars_of(&directory);
        Moment { directory, shelf: self.book.shelf(), calendars, thresholds: self.thresholds }
    }

    fn calendars_of(&self, directory: &Directory) -> Arc<Calendars> {
        let known = self.calendars.load();
        if known.0 == directory.version() {
            return known.1.clone();
        }
        let _one = self.making.lock().unwrap_or_else(PoisonError::into_inner);
        let calendars = Arc::new(Calendars::of(directory, &self.holidays));
        self.calendars.store(Arc::new((directory.version(), calendars.clone())));
        calendars
    }

    /// The time.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.front.clock.now()
    }

    /// Runs `work` with the office that commands of casework need.
    pub fn in_office<T>(&self, moment: &Moment, work: impl FnOnce(Office<'_>) -> T) -> T {
        let front = &self.front;
        let (tenant, mint): (_, &Mint) = (&front.tenant, &front.mint);
        let vault = Words { tenant, keyring: &self.keyring, mint };
        work(Office { tenant, world: moment, vault: &vault, mint })
    }

    /// What the policies need to know of a case.
    #[must_use]
    pub fn facts(&self, case: &Case, moment: &Moment) -> CaseFacts {
        let procedure = moment.shelf.version(&case.procedure);
        let received_by = match &case.accepted_by {
            Some(kernel::Actor::Officer { person, .. }) => Some(*person),
            _ => None,
        };
        CaseFacts {
            id: case.id,
            receiving: agency_line(&moment.directory, case.received_by),
            deciding: agency_line(&moment.directory, case.decided_by),
            field: procedure.map_or_else(String::new, |procedure| procedure.sector.clone()),
            holders: case.holdings.values().map(|holding| holding.post).collect(),
            received_by,
            separate: false,
            confidential: procedure.is_some_and(|procedure| procedure.confidential),
        }
    }

    /// The secret that opens the tracking of a case: eight letters and digits, printed on the
    /// receipt. It is computed from the master key, so nothing has to be kept.
    #[must_use]
    pub fn tracking_secret(&self, case: CaseId) -> String {
        self.letters(Label("tracking"), &case.uuid().to_string())
    }

    /// Eight letters and digits that nobody can guess, computed from the master key.
    pub(crate) fn letters(&self, label: Label, text: &str) -> String {
        /// Without letters and digits that look alike.
        const LETTERS: &[u8; 32] = b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        let bytes = self.keyring.blind(&self.front.tenant, label, text);
        bytes[..8].iter().map(|byte| char::from(LETTERS[usize::from(byte % 32)])).collect()
    }
}

/// An agency and those above it.
#[must_use]
pub fn agency_line(directory: &Directory, agency: AgencyId) -> AgencyLine {
    AgencyLine { agency, above: directory.ancestors(agency) }
}

/// The agency that answers for all of the province, as far as this person's own reaches: what is
/// kept once for everybody is not decided by a commune, or below one.
#[must_use]
pub fn answering(me: &SignedIn) -> AgencyLine {
    let own = agency_line(&me.directory, me.agency);
    let is_commune = |id| me.directory.agency(id).is_some_and(|a| a.level == AgencyLevel::Commune);
    let agencies: Vec<_> = [own.agency].into_iter().chain(own.above.iter().copied()).collect();
    match agencies.iter().rposition(|id| is_commune(*id)) {
        Some(at) if at + 1 < agencies.len() => agency_line(&me.directory, agencies[at + 1]),
        _ => own,
    }
}
