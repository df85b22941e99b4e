//! From hand to hand, as form 06 tells it.

use casework::{Change, Opened};
use kernel::{Instant, today};
use procedure::AgencySelector;

use super::Paper;
use crate::forms::{Handover, Timeliness};

impl Paper<'_> {
    /// From hand to hand. Who takes on has until the filing must be taken on; every later holder
    /// has the time of the step.
    pub(super) fn handovers(&self) -> Vec<Handover> {
        let mut held: Vec<Opened> = Vec::new();
        let mut handovers = Vec::new();
        for told in &self.dossier.story {
            let (opened, closed) = match &told.change {
                Change::Accepted { opened, .. } => (&opened[..], None),
                Change::Completed { step, opened, .. } => (&opened[..], Some(step)),
                Change::SentBack { step, opened, .. } => (std::slice::from_ref(opened), Some(step)),
                Change::Assigned { opened } => (std::slice::from_ref(opened), Some(&opened.step)),
                _ => continue,
            };
            let before = closed.and_then(|step| held.iter().position(|o| o.step == *step));
            let before = before.map(|index| held.swap_remove(index));
            let due = before.as_ref().map_or(self.dossier.case.accept_by, |before| before.due);
            for next in opened {
                handovers.push(Handover {
                    from: self.who(&told.actor),
                    to: self.seat(next.post, told.happened_at),
                    at: told.happened_at,
                    timeliness: timeliness(told.happened_at, due),
                    note: told.note.clone().unwrap_or_default(),
                });
            }
            held.extend(opened.iter().cloned());
        }
        handovers
    }

    /// Agencies that take part by the workflow, besides the one that decides.
    pub(super) fn partners(&self) -> Vec<String> {
        let (directory, case) = (&self.office.moment.directory, &self.dossier.case);
        let mut partners: Vec<String> = Vec::new();
        for step in self.procedure.workflow.steps() {
            let agency = match &step.agency {
                AgencySelector::Deciding => None,
                AgencySelector::Receiving => Some(case.received_by),
                AgencySelector::Named(code) => directory.agency_by_code(code).map(|a| a.id),
            };
            let name = agency.filter(|agency| *agency != case.decided_by).map(|a| self.agency(a));
            partners.extend(name.filter(|name| !partners.contains(name)));
        }
        partners
    }

    /// Why it is late: what was said when a new date was promised.
    pub(super) fn late_reason(&self) -> Option<String> {
        let mut story = self.dossier.story.iter().rev();
        story.find(|told| matches!(told.change, Change::Extended { .. }))?.note.clone()
    }
}

fn timeliness(at: Instant, due: Instant) -> Timeliness {
    if at > due {
        Timeliness::Overdue
    } else if today(at) < today(due) {
        Timeliness::Early
    } else {
        Timeliness::OnTime
    }
}
