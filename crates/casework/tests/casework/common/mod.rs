//! A small authority for the stories: one commune, four seats, two procedures.

use calendar::Calendar;
use casework::{
    Case, Channel, Command, Component, Done, Error, Office, ProcedureRef, Stamp, Submit, Vault,
    World,
};
use kernel::{
    Actor, AgencyCode, AgencyId, CaseId, Instant, Mint, PartyId, PersonId, PostId, Tenant,
};
use procedure::{Procedure, Role};
use store::{Store, Tx, args};

pub(crate) const BIRTH: &str = include_str!("birth.toml");
pub(crate) const BUILDING: &str = include_str!("building.toml");

/// Seats by role; the ids are made up but always the same.
pub(crate) struct Commune {
    pub(crate) tenant: Tenant,
    pub(crate) code: AgencyCode,
    pub(crate) agency: AgencyId,
    pub(crate) calendar: Calendar,
    pub(crate) procedures: Vec<Procedure>,
    pub(crate) seats: Vec<(&'static str, PostId)>,
    pub(crate) officer: PersonId,
    pub(crate) applicant: PartyId,
    pub(crate) mint: Mint,
}

impl Commune {
    pub(crate) fn new() -> Self {
        let (mint, at) = (Mint::seeded(7), at("2026-01-05T01:00:00Z"));
        let load = |text| procedure::load(text).unwrap();
        Self {
            tenant: "H55".parse().unwrap(),
            code: "H55.62".parse().unwrap(),
            agency: mint.id(at),
            calendar: Calendar::default(),
            procedures: vec![load(BIRTH), load(BUILDING)],
            seats: ["expert", "inspector", "head", "expert"]
                .map(|role| (role, mint.id(at)))
                .to_vec(),
            officer: mint.id(at),
            applicant: mint.id(at),
            mint,
        }
    }

    pub(crate) fn seat(&self, role: &str) -> PostId {
        self.seats.iter().find(|(name, _)| *name == role).unwrap().1
    }

    /// An officer does something at `happened`, and it is recorded at once.
    pub(crate) fn at(&self, happened: &str) -> Stamp {
        self.late(happened, happened)
    }

    /// As [`Self::at`], but recorded later.
    pub(crate) fn late(&self, happened: &str, recorded: &str) -> Stamp {
        let (person, post) = (self.officer, self.seat("expert"));
        let actor = Actor::Officer { person, post, acting_for: None };
        Stamp { actor, happened_at: at(happened), recorded_at: at(recorded) }
    }

    pub(crate) fn filing(&self, code: &str) -> Submit {
        let procedure = self.procedures.iter().find(|p| p.code.as_str() == code).unwrap();
        let paper = |c: &procedure::Component| Component {
            id: Some(c.id.as_str().to_owned()),
            copies: 1,
            file: None,
            source: "paper".into(),
        };
        Submit {
            procedure: ProcedureRef { code: procedure.code.clone(), version: procedure.version },
            applicant: self.applicant,
            channel: Channel::Counter,
            received_by: self.agency,
            decided_by: self.agency,
            facts: serde_json::Map::new(),
            components: procedure.components.iter().map(paper).collect(),
            form_hash: None,
            reopens: None,
            term: None,
        }
    }

    fn office(&self) -> Office<'_> {
        Office { tenant: &self.tenant, world: self, vault: &Plain, mint: &self.mint }
    }
}

/// Columns beside the state.
type Beside = (Instant, Option<Instant>, Option<Instant>, u64, Option<Instant>);

/// One commune on one store.
pub(crate) struct Desk {
    pub(crate) commune: std::sync::Arc<Commune>,
    pub(crate) store: Store,
}

impl Desk {
    pub(crate) fn open(store: Store) -> Self {
        store.migrate(&[journal::MIGRATIONS, casework::MIGRATIONS]).unwrap();
        Self { commune: std::sync::Arc::new(Commune::new()), store }
    }

    pub(crate) fn file(&self, filing: Submit, stamp: Stamp) -> Result<Done, Error> {
        let commune = self.commune.clone();
        let run = move |tx: &mut Tx<'_>| {
            casework::file(tx, commune.office(), &commune.code, filing.clone(), &stamp)
        };
        self.store.write(run).wait()
    }

    pub(crate) fn does(&self, id: CaseId, command: Command, stamp: Stamp) -> Result<Done, Error> {
        self.does_seeing(id, None, command, stamp)
    }

    pub(crate) fn does_seeing(
        &self,
        id: CaseId,
        version: Option<u32>,
        command: Command,
        stamp: Stamp,
    ) -> Result<Done, Error> {
        let commune = self.commune.clone();
        let run = move |tx: &mut Tx<'_>| {
            casework::handle(tx, commune.office(), id, version, &command, &stamp)
        };
        self.store.write(run).wait()
    }

    /// The case as its row has it, after checking that its events alone give the same.
    pub(crate) fn case(&self, id: CaseId) -> Case {
        let tenant = self.commune.tenant.clone();
        let both = self.store.read(move |tx: &mut Tx<'_>| {
            let row = casework::load(tx, &tenant, id)?.ok_or(Error::NoSuchCase)?;
            let beside = tx.one(
                "select accept_by, soon_at, paused_at, unpaid, missed_at from case_state
                 where tenant = $1 and id = $2",
                args!(&tenant, id),
                |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?)),
            )?;
            Ok::<_, Error>((row, beside, casework::rebuild(tx, &tenant, id)?))
        });
        let (row, beside, rebuilt) = both.wait().unwrap();
        assert_eq!(row, rebuilt, "the journal tells another story than the state");
        self.columns_fit(&row, beside);
        row
    }

    /// What lists read says what the state says. When little time is left is kept through a
    /// pause, when nobody asks.
    fn columns_fit(&self, row: &Case, beside: Beside) {
        let (accept_by, soon_at, paused_at, unpaid, missed_at) = beside;
        let running = casework::soon_at(row, &*self.commune);
        assert!(running.is_none() || running == soon_at, "{running:?} is not {soon_at:?}");
        assert_eq!(paused_at, casework::paused_at(row));
        assert_eq!((accept_by, unpaid, missed_at), (row.accept_by, row.unpaid(), row.missed()));
    }

    pub(crate) fn work(&self) -> Vec<(String, Option<PostId>, bool)> {
        let rows = self.store.read(|tx: &mut Tx<'_>| {
            tx.all("select step, post_id, waits > 0 from work_item order by step", &[], |row| {
                Ok((row.get(0)?, row.get(1)?, row.get(2)?))
            })
        });
        rows.wait().map_err(|error: store::Error| error).unwrap()
    }

    /// Files and takes on a birth registration at 08:00 on Monday 2 March 2026.
    pub(crate) fn accepted(&self, code: &str) -> CaseId {
        let id = self.file(self.commune.filing(code), self.commune.at(MONDAY_8)).unwrap().case.id;
        self.does(id, Command::Accept { note: "".into() }, self.commune.at(MONDAY_8)).unwrap();
        id
    }
}

pub(crate) const MONDAY_8: &str = "2026-03-02T01:00:00Z";

pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// Instants in Việt Nam, in short: `vn("2026-03-02T16:30")`.
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

impl World for Commune {
    fn procedure(&self, wanted: &ProcedureRef) -> Option<&Procedure> {
        let fits = |p: &&Procedure| p.code == wanted.code && p.version == wanted.version;
        self.procedures.iter().find(fits)
    }

    fn calendar(&self, _: AgencyId) -> &Calendar {
        &self.calendar
    }

    fn agency(&self, code: &AgencyCode, _: Instant) -> Option<AgencyId> {
        (*code == self.code).then_some(self.agency)
    }

    fn agency_of(&self, post: PostId, _: Instant) -> Option<AgencyId> {
        self.seats.iter().any(|(_, seat)| *seat == post).then_some(self.agency)
    }

    fn route(&self, _: AgencyId, role: &Role, _: &Procedure, _: u64, _: Instant) -> Option<PostId> {
        self.seats.iter().find(|(name, _)| *name == role.as_str()).map(|(_, post)| *post)
    }
}
