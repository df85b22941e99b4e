//! The smallest authority that can carry a birth registration to its end.

use calendar::Calendar;
use casework::{Channel, Component, Office, ProcedureRef, Stamp, Submit, Vault, World};
use kernel::{Actor, AgencyCode, AgencyId, Instant, Mint, PartyId, PersonId, PostId, Tenant};
use procedure::{Procedure, Role};
use store::Tx;

const BIRTH: &str = include_str!("../../../crates/casework/tests/casework/common/birth.toml");
/// Monday morning.
const NOW: i64 = 1_772_413_200_000_000;

/// One commune with two seats.
pub(super) struct Commune {
    pub(super) tenant: Tenant,
    pub(super) code: AgencyCode,
    agency: AgencyId,
    calendar: Calendar,
    procedure: Procedure,
    expert: PostId,
    head: PostId,
    officer: PersonId,
    applicant: PartyId,
    mint: Mint,
}

impl Commune {
    pub(super) fn new() -> Self {
        let (mint, now) = (Mint::system(), kernel::from_micros(NOW));
        Self {
            tenant: "H55".parse().expect("a tenant"),
            code: "H55.62".parse().expect("a code"),
            agency: mint.id(now),
            calendar: Calendar::default(),
            procedure: procedure::load(BIRTH).expect("the procedure of the tests can be read"),
            expert: mint.id(now),
            head: mint.id(now),
            officer: mint.id(now),
            applicant: mint.id(now),
            mint,
        }
    }

    pub(super) fn office(&self) -> Office<'_> {
        Office { tenant: &self.tenant, world: self, vault: &NoWords, mint: &self.mint }
    }

    pub(super) fn stamp(&self) -> Stamp {
        let actor = Actor::Officer { person: self.officer, post: self.expert, acting_for: None };
        let now = kernel::from_micros(NOW);
        Stamp { actor, happened_at: now, recorded_at: now }
    }

    pub(super) fn filing(&self) -> Submit {
        let paper = |component: &procedure::Component| Component {
            id: Some(component.id.as_str().to_owned()),
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
            form_hash: Some("c0ffee".repeat(10) + "c0ff"),
            reopens: None,
            term: None,
        }
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

    fn agency_of(&self, _: PostId, _: Instant) -> Option<AgencyId> {
        Some(self.agency)
    }

    fn route(&self, _: AgencyId, role: &Role, _: &Procedure, _: u64, _: Instant) -> Option<PostId> {
        Some(if role.as_str() == "head" { self.head } else { self.expert })
    }
}

/// These commands carry no words, so that nothing is sealed.
struct NoWords;

impl Vault for NoWords {
    fn seal(&self, _: &mut Tx<'_>, _: PartyId, plain: &[u8]) -> store::Result<Vec<u8>> {
        Ok(plain.to_vec())
    }

    fn open(&self, _: &mut Tx<'_>, _: PartyId, sealed: &[u8]) -> store::Result<Option<Vec<u8>>> {
        Ok(Some(sealed.to_vec()))
    }
}
