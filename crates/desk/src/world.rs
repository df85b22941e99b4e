//! The authority around a case, at one moment: what [`casework`] may look at.

use std::{collections::HashMap, sync::Arc};

use calendar::{Calendar, Holidays, Thresholds, WorkingWeek};
use casework::{ProcedureRef, World};
use directory::{Directory, RoleCode};
use kernel::{AgencyCode, AgencyId, Instant, PostId};
use procedure::{Matter, Procedure, Role};

use crate::book::Shelf;

/// One calendar for each set of working hours in use; a calendar is heavy, an agency is not.
#[derive(Debug, Default)]
pub struct Calendars {
    usual: Arc<Calendar>,
    others: HashMap<AgencyId, Arc<Calendar>>,
}

impl Calendars {
    /// The calendars of every agency of the directory. Hours that cannot be read count as the
    /// usual ones, and the log says so.
    #[must_use]
    pub fn of(directory: &Directory, holidays: &Holidays) -> Self {
        let mut made: HashMap<&str, Arc<Calendar>> = HashMap::new();
        let mut others = HashMap::new();
        for agency in directory.agencies() {
            let Some(hours) = agency.working_week.as_deref() else { continue };
            if let Some(calendar) = made.get(hours) {
                others.insert(agency.id, calendar.clone());
                continue;
            }
            match hours.parse::<WorkingWeek>() {
                Ok(week) => {
                    let calendar = Arc::new(Calendar::new(&week, holidays));
                    made.insert(hours, calendar.clone());
                    others.insert(agency.id, calendar);
                }
                Err(error) => {
                    let agency = agency.code.as_str();
                    tracing::warn!(agency, %error, "working hours cannot be read");
                }
            }
        }
        Self { usual: Arc::new(Calendar::new(&WorkingWeek::default(), holidays)), others }
    }

    /// The calendar of an agency that keeps the usual hours.
    #[must_use]
    pub fn usual(&self) -> &Calendar {
        &self.usual
    }

    /// The calendar of an agency, to be kept.
    #[must_use]
    pub fn shared(&self, agency: AgencyId) -> Arc<Calendar> {
        self.others.get(&agency).unwrap_or(&self.usual).clone()
    }

    /// The calendar of an agency.
    #[must_use]
    pub fn agency(&self, agency: AgencyId) -> &Calendar {
        self.others.get(&agency).unwrap_or(&self.usual)
    }
}

/// What was true when a command came.
#[derive(Debug, Clone)]
pub struct Moment {
    /// Agencies, seats, people.
    pub directory: Arc<Directory>,
    /// Procedures.
    pub shelf: Arc<Shelf>,
    /// Working time.
    pub calendars: Arc<Calendars>,
    /// When a clock turns amber.
    pub thresholds: Thresholds,
}

impl World for Moment {
    fn procedure(&self, procedure: &ProcedureRef) -> Option<&Procedure> {
        self.shelf.version(procedure).map(Arc::as_ref)
    }

    fn calendar(&self, agency: AgencyId) -> &Calendar {
        self.calendars.agency(agency)
    }

    fn thresholds(&self) -> Thresholds {
        self.thresholds
    }

    fn agency(&self, code: &AgencyCode, at: Instant) -> Option<AgencyId> {
        let agency = self.directory.agency_by_code(code)?;
        agency.validity.covers(at).then_some(agency.id)
    }

    fn agency_of(&self, post: PostId, at: Instant) -> Option<AgencyId> {
        let post = self.directory.post(post)?;
        post.validity.covers(at).then_some(post.agency)
    }

    /// For what one agency owes another the head answers in person, and a deputy only where nobody
    /// sits in that seat. A signature under what a citizen asked for goes to a deputy in whose
    /// fields it is, and to the head where there is none (Decree 30/2020/NĐ-CP, article 13).
    fn route(
        &self,
        agency: AgencyId,
        role: &Role,
        procedure: &Procedure,
        turn: u64,
        at: Instant,
    ) -> Option<PostId> {
        let owed = matches!(procedure.matter, Matter::Report | Matter::Task | Matter::Incident);
        if owed && role.as_str() == RoleCode::HEAD {
            return self.answering(agency, turn, at);
        }
        let all = self.directory.candidates(agency, role.as_str(), &procedure.sector, at);
        let is_head = |post: &PostId| self.directory.post(*post).is_some_and(|post| post.head);
        let mut seats: Vec<PostId> = all.iter().copied().filter(|post| !is_head(post)).collect();
        if seats.is_empty() {
            seats = all;
        }
        spread(&seats, turn)
    }
}

impl Moment {
    /// The head of an agency; while nobody sits in that seat, a deputy, whatever their fields.
    fn answering(&self, agency: AgencyId, turn: u64, at: Instant) -> Option<PostId> {
        let held = |post: &PostId| self.directory.holder(*post, at).is_some();
        let head = self.directory.head_of(agency, at).filter(held);
        head.or_else(|| {
            let all = self.directory.posts_in(agency, at);
            let deputies = all.filter(|post| post.role.as_str() == RoleCode::DEPUTY_HEAD);
            let deputies: Vec<PostId> = deputies.map(|post| post.id).filter(held).collect();
            spread(&deputies, turn)
        })
    }
}

/// One of some seats, by turns.
fn spread(seats: &[PostId], turn: u64) -> Option<PostId> {
    let index = usize::try_from(turn % u64::try_from(seats.len()).ok()?.max(1)).ok()?;
    seats.get(index).copied()
}
