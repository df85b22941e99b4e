//! A small authority for the stories: one commune, its seats, one procedure, and a counter.

use std::sync::Arc;

use calendar::Calendar;
use casework::{
    Case, Channel, Command, Component, Office, ProcedureRef, Stamp, Submit, Vault, World,
};
use kernel::{
    Actor, AgencyCode, AgencyId, CaseId, Instant, Mint, PartyId, PersonId, PostId, Tenant,
};
use payments::{Arrival, Error, Kept, Order, Received};
use procedure::{Procedure, Role};
use store::{Store, Tx};

const BIRTH: &str = include_str!("../../../casework/tests/casework/common/birth.toml");

pub(crate) const MONDAY: &str = "2026-03-02T01:00:00Z";

pub(crate) struct Commune {
    pub(crate) tenant: Tenant,
    code: AgencyCode,
    agency: AgencyId,
    calendar: Calendar,
    procedure: Procedure,
    seats: Vec<(&'static str, PostId)>,
    officer: PersonId,
    applicant: PartyId,
    pub(crate) mint: Mint,
}

impl Commune {
    fn new() -> Self {
        let (mint, at) = (Mint::seeded(7), at(MONDAY));
        Self {
            tenant: "H55".parse().unwrap(),
            code: "H55.62".parse().unwrap(),
            agency: mint.id(at),
            calendar: Calendar::default(),
            procedure: procedure::load(BIRTH).unwrap(),
            seats: ["expert", "inspector", "head"].map(|role| (role, mint.id(at))).to_vec(),
            officer: mint.id(at),
            applicant: mint.id(at),
            mint,
        }
    }

    pub(crate) fn office(&self) -> Office<'_> {
        Office { tenant: &self.tenant, world: self, vault: &Turned, mint: &self.mint }
    }

    pub(crate) fn clerk(&self) -> Actor {
        Actor::Officer { person: self.officer, post: self.seats[0].1, acting_for: None }
    }

    fn filing(&self) -> Submit {
        let paper = |c: &procedure::Component| Component {
            id: Some(c.id.as_str().to_owned()),
            copies: 1,
            file: None,
            source: "paper".into(),
        };
        let (code, version) = (self.procedure.code.clone(), self.procedure.version);
        Submit {
            procedure: ProcedureRef { code, version },
            applicant: self.applicant,
            channel: Channel::Counter,
            received_by: self.agency,
            decided_by: self.agency,
            facts: serde_json::Map::new(),
            components: self.procedure.components.iter().map(paper).collect(),
            form_hash: None,
            reopens: None,
            term: None,
        }
    }
}

/// One commune on one store.
pub(crate) struct Desk {
    pub(crate) commune: Arc<Commune>,
    pub(crate) store: Store,
}

impl Desk {
    pub(crate) fn open(store: Store) -> Self {
        let all = [journal::MIGRATIONS, casework::MIGRATIONS, payments::MIGRATIONS];
        store.migrate(&all).unwrap();
        Self { commune: Arc::new(Commune::new()), store }
    }

    /// Runs `work` in a transaction, again where somebody was faster.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        work: impl Fn(&mut Tx<'_>, &Commune) -> Result<T, Error> + Send + Clone + 'static,
    ) -> Result<T, Error> {
        loop {
            let (commune, work) = (self.commune.clone(), work.clone());
            match self.store.write(move |tx| work(tx, &commune)).wait() {
                Err(error) if error.was_overtaken() => {}
                other => return other,
            }
        }
    }

    /// Files and takes on a dossier that owes these fees.
    pub(crate) fn owing(&self, fees: &[u64]) -> CaseId {
        let fees = fees.to_vec();
        let filed = self.write(move |tx, commune| {
            let stamp = stamp(commune, MONDAY);
            let office = commune.office();
            let filed = casework::file(tx, office, &commune.code, commune.filing(), &stamp)?;
            let id = filed.case.id;
            let accept = Command::Accept { note: "".into() };
            casework::handle(tx, office, id, None, &accept, &stamp)?;
            for amount in &fees {
                let (name, pauses) = ("Lệ phí".to_owned(), true);
                let pauses = pauses && fees.len() == 1;
                let command = Command::SetObligation { name, amount: *amount, pauses };
                casework::handle(tx, office, id, None, &command, &stamp)?;
            }
            Ok(id)
        });
        filed.unwrap()
    }

    pub(crate) fn does(&self, id: CaseId, command: Command, when: &'static str) {
        let done = self.write(move |tx, commune| {
            let stamp = stamp(commune, when);
            Ok(casework::handle(tx, commune.office(), id, None, &command, &stamp)?)
        });
        done.unwrap();
    }

    pub(crate) fn order(&self, id: CaseId, now: &'static str) -> Option<Order> {
        let opened = self.write(move |tx, commune| {
            let case = casework::load(tx, &commune.tenant, id)?.unwrap();
            let life = jiff::SignedDuration::from_hours(72);
            payments::open(tx, &commune.tenant, &commune.mint, &case, life, at(now))
        });
        opened.unwrap()
    }

    pub(crate) fn comes(&self, arrival: &Arrival, now: &'static str) -> Received {
        let arrival = arrival.clone();
        let work = move |tx: &mut Tx<'_>, commune: &Commune| {
            payments::receive(tx, commune.office(), &arrival, at(now))
        };
        self.write(work).unwrap()
    }

    /// The case, after checking that its events alone give the same.
    pub(crate) fn case(&self, id: CaseId) -> Case {
        let read = self.write(move |tx, commune| {
            let row = casework::load(tx, &commune.tenant, id)?.unwrap();
            assert_eq!(row, casework::rebuild(tx, &commune.tenant, id)?);
            Ok(row)
        });
        read.unwrap()
    }

    pub(crate) fn open_problems(&self) -> Vec<Kept> {
        self.write(|tx, commune| payments::open_problems(tx, &commune.tenant, None, 100)).unwrap()
    }

    /// How many events of a kind the journal has.
    pub(crate) fn events(&self, kind: &'static str) -> u32 {
        let counted = self.write(move |tx, commune| {
            let sql = "select count(*) from event where tenant = $1 and kind = $2";
            Ok(tx.one(sql, store::args!(&commune.tenant, kind), |row| row.get(0))?)
        });
        counted.unwrap()
    }
}

fn stamp(commune: &Commune, when: &str) -> Stamp {
    Stamp { actor: commune.clerk(), happened_at: at(when), recorded_at: at(when) }
}

pub(crate) fn at(text: &str) -> Instant {
    text.parse().unwrap()
}

/// Somebody paid `amount` for what the words say.
pub(crate) fn paid(number: &str, words: &str, amount: u64) -> Arrival {
    Arrival {
        source: "cong".into(),
        number: number.into(),
        words: words.into(),
        amount,
        paid_at: at("2026-03-02T02:00:00Z"),
    }
}

/// A vault that turns bytes over, so that a test sees whether something was sealed.
struct Turned;

impl Vault for Turned {
    fn seal(&self, _: &mut Tx<'_>, _: PartyId, plain: &[u8]) -> store::Result<Vec<u8>> {
        Ok(plain.iter().map(|byte| !byte).collect())
    }

    fn open(&self, _: &mut Tx<'_>, _: PartyId, sealed: &[u8]) -> store::Result<Option<Vec<u8>>> {
        Ok(Some(sealed.iter().map(|byte| !byte).collect()))
    }
}

impl World for Commune {
    fn procedure(&self, wanted: &ProcedureRef) -> Option<&Procedure> {
        (self.procedure.code == wanted.code).then_some(&self.procedure)
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
