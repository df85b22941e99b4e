//! What a decision may look at besides the case itself. It is given, never fetched, so that a
//! decision is a pure function.

use calendar::{Calendar, Thresholds};
use kernel::{Actor, AgencyCode, AgencyId, CaseId, Instant, PostId};
use procedure::{Procedure, Role};

use crate::ProcedureRef;

/// The authority around a case at one moment: its procedures, calendars and seats.
pub trait World {
    /// The text of that procedure in that version.
    fn procedure(&self, procedure: &ProcedureRef) -> Option<&Procedure>;

    /// The working time of an agency.
    fn calendar(&self, agency: AgencyId) -> &Calendar;

    /// From when on little time is left, by the setting of the province.
    fn thresholds(&self) -> Thresholds {
        Thresholds::default()
    }

    /// The agency of an official code, if it exists at `at`.
    fn agency(&self, code: &AgencyCode, at: Instant) -> Option<AgencyId>;

    /// The agency that a seat belongs to, if the seat exists at `at`.
    fn agency_of(&self, post: PostId, at: Instant) -> Option<AgencyId>;

    /// The seat of `agency` that takes a step of that role of a case on `procedure`; where there
    /// are several, `turn` spreads the cases over them.
    fn route(
        &self,
        agency: AgencyId,
        role: &Role,
        procedure: &Procedure,
        turn: u64,
        at: Instant,
    ) -> Option<PostId>;
}

/// Who asks, and when: when it is said to have happened, and when it is recorded.
#[derive(Debug, Clone)]
pub struct Stamp {
    /// Who stands behind it.
    pub actor: Actor,
    /// When it is said to have happened.
    pub happened_at: Instant,
    /// When the system learns it.
    pub recorded_at: Instant,
}

/// A number that spreads cases evenly over seats, the same for a case each time.
pub(crate) fn turn(case: CaseId) -> u64 {
    case.uuid().as_u64_pair().1
}
