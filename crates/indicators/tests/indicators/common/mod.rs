//! A small authority for the stories: a province with two communes, one procedure.

use std::sync::Arc;

use calendar::Calendar;
use casework::{
    Change, Channel, Command, Component, Done, Error, Office, ProcedureRef, Stamp, Submit, Vault,
    World,
};
use directory::{Agency, AgencyLevel, Directory, Parts, Validity};
use indicators::{Catalogue, Cube, Definitions, Figure, Period, Scope, Slice, Tree};
use journal::{Data, Happened, LogKey, Origin, Sealer};
use kernel::{
    Actor, AgencyCode, AgencyId, CaseId, Instant, Mint, PartyId, PersonId, PostId, Tenant,
};
use procedure::{Procedure, Role};
use store::{Store, Tx};

const PERMIT: &str = include_str!("permit.toml");

/// The authority; its identifiers are made up and always the same.
pub(crate) struct Province {
    pub(crate) tenant: Tenant,
    pub(crate) root: AgencyId,
    pub(crate) east: AgencyId,
    pub(crate) west: AgencyId,
    seats: Vec<(AgencyId, PostId)>,
    calendar: Calendar,
    pub(crate) procedure: Procedure,
    officer: PersonId,
    applicant: PartyId,
    pub(crate) mint: Mint,
}

impl Province {
    pub(crate) fn new() -> Self {
        let (mint, at) = (Mint::seeded(7), vn("2026-01-05T08:00"));
        let [root, east, west] = [mint.id(at), mint.id(at), mint.id(at)];
        Self {
            tenant: "H55".parse().unwrap(),
            root,
            east,
            west,
            seats: vec![(east, mint.id(at)), (west, mint.id(at))],
            calendar: Calendar::default(),
            procedure: procedure::load(PERMIT).unwrap(),
            officer: mint.id(at),
            applicant: mint.id(at),
            mint,
        }
    }

    pub(crate) fn catalogue(&self) -> Catalogue {
        Catalogue::of([&self.procedure])
    }

    pub(crate) fn agency(&self, id: AgencyId, code: &str, parent: Option<AgencyId>) -> Agency {
        let level = if parent.is_none() { AgencyLevel::Province } else { AgencyLevel::Commune };
        Agency {
            id,
            code: code.parse().unwrap(),
            name: code.to_owned(),
            short_name: code.to_owned(),
            level,
            parent,
            place: None,
            working_week: None,
            validity: Validity::since(vn("2025-07-01T00:00")),
            successor: None,
            former_names: Vec::new(),
        }
    }

    pub(crate) fn agencies(&self) -> Vec<Agency> {
        vec![
            self.agency(self.root, "H55", None),
            self.agency(self.east, "H55.61", Some(self.root)),
            self.agency(self.west, "H55.62", Some(self.root)),
        ]
    }

    pub(crate) fn tree_of(&self, agencies: Vec<Agency>) -> Tree {
        Tree::new(&self.directory(agencies), Vec::new())
    }

    pub(crate) fn directory(&self, agencies: Vec<Agency>) -> Directory {
        Directory::new(self.tenant.clone(), 1, Parts { agencies, ..Parts::default() })
    }

    pub(crate) fn tree(&self) -> Tree {
        self.tree_of(self.agencies())
    }

    /// An officer does something at `happened`, and it is recorded at `recorded`.
    pub(crate) fn stamp(&self, happened: Instant, recorded: Instant) -> Stamp {
        let (person, post) = (self.officer, self.seats[0].1);
        let actor = Actor::Officer { person, post, acting_for: None };
        Stamp { actor, happened_at: happened, recorded_at: recorded }
    }

    pub(crate) fn filing(&self, agency: AgencyId, channel: Channel) -> Submit {
        let paper = |file: bool, source: &str| Component {
            id: None,
            copies: 1,
            file: file.then(|| "ab".repeat(32)),
            source: source.into(),
        };
        Submit {
            procedure: ProcedureRef { code: self.procedure.code.clone(), version: 1 },
            applicant: self.applicant,
            channel,
            received_by: agency,
            decided_by: agency,
            facts: serde_json::Map::new(),
            components: vec![paper(true, "known"), paper(false, "paper")],
            form_hash: None,
            reopens: None,
            term: None,
        }
    }

    fn office(&self) -> Office<'_> {
        Office { tenant: &self.tenant, world: self, vault: &Plain, mint: &self.mint }
    }
}

/// The authority on a store, with a cube that follows it.
#[derive(Clone)]
pub(crate) struct Desk {
    pub(crate) province: Arc<Province>,
    pub(crate) store: Store,
    pub(crate) cube: Cube,
    pub(crate) definitions: Arc<Definitions>,
}

impl Desk {
    pub(crate) fn open(store: Store) -> Self {
        store
            .migrate(&[journal::MIGRATIONS, casework::MIGRATIONS, indicators::MIGRATIONS])
            .unwrap();
        let province = Arc::new(Province::new());
        let cube = Cube::new(province.tenant.clone(), Arc::new(province.catalogue()));
        let definitions = Arc::new(Definitions::shipped().unwrap());
        Self { province, store, cube, definitions }
    }

    pub(crate) fn file(&self, filing: Submit, at: Instant) -> CaseId {
        self.file_late(filing, at, at)
    }

    pub(crate) fn file_late(&self, filing: Submit, happened: Instant, recorded: Instant) -> CaseId {
        let (province, stamp) = (self.province.clone(), self.province.stamp(happened, recorded));
        let code: AgencyCode =
            if filing.received_by == province.east { "H55.61" } else { "H55.62" }.parse().unwrap();
        let run = move |tx: &mut Tx<'_>| {
            casework::file(tx, province.office(), &code, filing.clone(), &stamp)
        };
        self.store.write(run).wait().unwrap().case.id
    }

    pub(crate) fn does(&self, id: CaseId, command: Command, at: Instant) -> Done {
        self.does_late(id, command, at, at)
    }

    pub(crate) fn does_late(
        &self,
        id: CaseId,
        command: Command,
        happened: Instant,
        recorded: Instant,
    ) -> Done {
        let (province, stamp) = (self.province.clone(), self.province.stamp(happened, recorded));
        let run = move |tx: &mut Tx<'_>| {
            casework::handle(tx, province.office(), id, None, &command, &stamp)
        };
        self.store.write(run).wait().unwrap()
    }

    /// Files and takes on a dossier.
    pub(crate) fn accepted(&self, agency: AgencyId, channel: Channel, at: Instant) -> CaseId {
        let id = self.file(self.province.filing(agency, channel), at);
        self.does(id, Command::Accept { note: "".into() }, at);
        id
    }

    pub(crate) fn finishes(&self, id: CaseId, at: Instant) -> Done {
        self.does(id, finish(), at)
    }

    /// Moves an open case to another agency, as a merger does.
    pub(crate) fn moves(&self, id: CaseId, to: AgencyId, at: Instant) {
        let province = self.province.clone();
        let run = move |tx: &mut Tx<'_>| -> Result<Done, Error> {
            let case = casework::load(tx, &province.tenant, id)?.ok_or(Error::NoSuchCase)?;
            let change = Change::Moved { decided_by: to, received_by: to, opened: Vec::new() };
            let stamp = province.stamp(at, at);
            casework::apply(tx, &province.tenant, &province.mint, case, &change, &stamp)
        };
        self.store.write(run).wait().unwrap();
    }

    /// What is told of no case: its kind and its data.
    pub(crate) fn tells(&self, of: &str, kind: &str, data: &serde_json::Value, at: Instant) {
        let (province, of) = (self.province.clone(), of.to_owned());
        let happened = Happened {
            kind: kind.parse().unwrap(),
            actor: Actor::System("test".to_owned()),
            happened_at: at,
            recorded_at: at,
            data: Data::of(data).unwrap(),
        };
        let run = move |tx: &mut Tx<'_>| {
            journal::record(tx, &province.tenant, &province.mint, &of, happened.clone())
        };
        self.store.write(run).wait().unwrap();
    }

    pub(crate) fn seal(&self, limit: u32) -> u64 {
        let tenant = self.province.tenant.clone();
        let key = LogKey::generate(&Mint::seeded(1), Origin::of(&tenant));
        let sealer = Sealer::new(tenant, key, "test");
        let now = vn("2030-01-01T00:00");
        let seal = move |tx: &mut Tx<'_>| sealer.seal(tx, now, limit);
        let sealed = self.store.write(seal).wait().unwrap().unwrap();
        sealed.to - sealed.from
    }

    /// Counts what was sealed, some events at a time.
    pub(crate) fn follow(&self, at_once: u32) {
        loop {
            let cube = self.cube.clone();
            let follow = move |tx: &mut Tx<'_>| cube.follow(tx, at_once);
            if !self.store.write(follow).wait().unwrap().more {
                return;
            }
        }
    }

    pub(crate) fn count_all(&self) {
        while self.seal(1000) > 0 {}
        self.follow(100);
    }

    pub(crate) fn digest(&self) -> [u8; 32] {
        let cube = self.cube.clone();
        self.store.read(move |tx: &mut Tx<'_>| cube.digest(tx)).wait().unwrap()
    }

    pub(crate) fn figure(&self, code: &str, scope: &Scope, period: &str, now: Instant) -> Figure {
        self.figure_in(&self.province.tree(), code, scope, period, now)
    }

    pub(crate) fn figure_in(
        &self,
        tree: &Tree,
        code: &str,
        scope: &Scope,
        period: &str,
        now: Instant,
    ) -> Figure {
        let (cube, definitions, tree) = (self.cube.clone(), self.definitions.clone(), tree.clone());
        let (code, scope) = (code.to_owned(), scope.clone());
        let period: Period = period.parse().unwrap();
        let read = move |tx: &mut Tx<'_>| {
            let indicator = definitions.get(&code).unwrap();
            cube.figure(tx, &tree, indicator, (&scope, period, &Slice::default()), now)
        };
        self.store.read(read).wait().unwrap()
    }

    /// The figure as it is published.
    pub(crate) fn text(&self, code: &str, scope: &Scope, period: &str, now: Instant) -> String {
        text(&self.definitions, &self.figure(code, scope, period, now))
    }
}

pub(crate) fn text(definitions: &Definitions, figure: &Figure) -> String {
    let places = definitions.get(&figure.indicator).unwrap().places;
    match figure.value {
        Ok(value) => value.text(places),
        Err(why) => why.word().to_owned(),
    }
}

pub(crate) fn finish() -> Command {
    Command::Complete {
        step: "ky".parse().unwrap(),
        outcome: "ky".parse().unwrap(),
        note: "".into(),
    }
}

/// Instants in Việt Nam: `vn("2026-03-02T16:30")`.
pub(crate) fn vn(text: &str) -> Instant {
    kernel::from_local(text.parse().unwrap())
}

/// A vault without a lock, for stories that are not about sealing.
struct Plain;

impl Vault for Plain {
    fn seal(&self, _: &mut Tx<'_>, _: PartyId, plain: &[u8]) -> store::Result<Vec<u8>> {
        Ok(plain.to_vec())
    }

    fn open(&self, _: &mut Tx<'_>, _: PartyId, sealed: &[u8]) -> store::Result<Option<Vec<u8>>> {
        Ok(Some(sealed.to_vec()))
    }
}

impl World for Province {
    fn procedure(&self, wanted: &ProcedureRef) -> Option<&Procedure> {
        (wanted.code == self.procedure.code).then_some(&self.procedure)
    }

    fn calendar(&self, _: AgencyId) -> &Calendar {
        &self.calendar
    }

    fn agency(&self, code: &AgencyCode, _: Instant) -> Option<AgencyId> {
        match code.as_str() {
            "H55.61" => Some(self.east),
            "H55.62" => Some(self.west),
            _ => None,
        }
    }

    fn agency_of(&self, post: PostId, _: Instant) -> Option<AgencyId> {
        self.seats.iter().find(|(_, seat)| *seat == post).map(|(agency, _)| *agency)
    }

    fn route(
        &self,
        agency: AgencyId,
        _: &Role,
        _: &Procedure,
        _: u64,
        _: Instant,
    ) -> Option<PostId> {
        self.seats.iter().find(|(of, _)| *of == agency).map(|(_, post)| *post)
    }
}
