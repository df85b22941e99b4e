//! The legal forms of a dossier, filled in from its story.

mod alike;
mod hands;

use casework::{Change, Obligation, Told};
use desk::Dossier;
use procedure::Procedure;
use web::{Lang, SignedIn, Words, tr};

use super::{counter, receipt};
use crate::{
    Desk, Moment,
    forms::{
        Apology, ControlSlip, Discontinuation, Fee, Form, Receipt, Refusal, SupplementItem,
        SupplementRequest, Tracking,
    },
};

/// From where a form is filled in.
pub(super) struct Office<'a> {
    pub(super) desk: &'a Desk,
    pub(super) me: &'a SignedIn,
    pub(super) moment: &'a Moment,
}

impl Office<'_> {
    /// A legal form speaks Vietnamese, whoever prints it.
    fn words(&self) -> Words {
        self.me.words.in_lang(Lang::Vi)
    }
}

/// The numbers of the forms that the story of a dossier gives rise to.
pub(super) fn available(dossier: &Dossier) -> Vec<u8> {
    (1..=6).filter(|number| ground(dossier, *number).is_some()).collect()
}

/// The form of that number, or none where nothing happened that it is for.
///
/// # Errors
/// Where the QR code cannot be drawn.
pub(super) fn form(
    office: &Office<'_>,
    dossier: &Dossier,
    number: u8,
) -> files::Result<Option<Form>> {
    let Some(told) = ground(dossier, number) else { return Ok(None) };
    let Some(procedure) = office.moment.shelf.version(&dossier.case.procedure) else {
        return Ok(None);
    };
    let paper = Paper { office, dossier, procedure, told };
    Ok(Some(match number {
        1 => Form::Receipt(Box::new(paper.receipt()?)),
        2 => Form::SupplementRequest(Box::new(paper.supplement())),
        3 => Form::Refusal(Box::new(paper.refusal())),
        4 => Form::Apology(Box::new(paper.apology())),
        5 => Form::Discontinuation(Box::new(paper.discontinuation())),
        _ => Form::ControlSlip(Box::new(paper.control_slip())),
    }))
}

/// The control slip of a dossier, or none where it was not taken on.
pub(super) fn control_slip(office: &Office<'_>, dossier: &Dossier) -> Option<ControlSlip> {
    let told = ground(dossier, 6)?;
    let procedure = office.moment.shelf.version(&dossier.case.procedure)?;
    Some(Paper { office, dossier, procedure, told }.control_slip())
}

/// The newest event that a form is for.
fn ground(dossier: &Dossier, number: u8) -> Option<&Told> {
    dossier.story.iter().rev().find(|told| {
        matches!(
            (number, &told.change),
            (1 | 6, Change::Accepted { .. })
                | (2, Change::SupplementRequested { .. })
                | (3, Change::Declined { .. })
                | (4, Change::Extended { .. })
                | (5, Change::Discontinued { .. })
        )
    })
}

struct Paper<'a> {
    office: &'a Office<'a>,
    dossier: &'a Dossier,
    procedure: &'a Procedure,
    told: &'a Told,
}

impl Paper<'_> {
    fn receipt(&self) -> files::Result<Receipt> {
        let Self { office, dossier, procedure, told } = self;
        let (case, words) = (&dossier.case, office.words());
        let address = receipt::tracking_address(office.desk, dossier);
        let tracking = Tracking::new(&address, &office.desk.tracking_secret(case.id))?;
        let same_day = procedure.same_day_cutoff.map(|_| tr!(words, "counter-limit-today"));
        let limit = same_day.or_else(|| counter::limit_in_words(&words, procedure));
        Ok(Receipt {
            head: self.head(case.received_by, told.happened_at),
            dossier: self.facts(),
            tracking,
            desk: self.agency(case.received_by),
            components: case.components.iter().map(|c| self.component(c)).collect(),
            sets: 1,
            received_at: case.submitted_at,
            time_limit: limit.unwrap_or_default(),
            due_at: match &told.change {
                Change::Accepted { clock, .. } => clock.due(),
                _ => case.accept_by,
            },
            fee: fee(&case.obligations),
            result_at: self.result_at(),
            book: None,
            submitted_by: self.applicant_name(),
            received_by: self.actor().name,
        })
    }

    fn supplement(&self) -> SupplementRequest {
        let (reason, second) = match &self.told.change {
            Change::SupplementRequested { reason, number, .. } => (reason.word(), *number > 1),
            _ => ("", false),
        };
        let approved = self.dossier.story.iter().rev();
        let mut approved =
            approved.filter(|told| matches!(told.change, Change::SecondSupplementApproved));
        let approved = approved.next().filter(|_| second).map(|told| self.who(&told.actor).name);
        let said = self.said();
        let why = self.office.words().t(&format!("supplement-{reason}"));
        let why = said.basis.as_ref().map_or(why.clone(), |basis| format!("{why} ({basis})"));
        let item = |what: &String| SupplementItem { what: what.clone(), why: why.clone() };
        let items = said.items.iter().map(item);
        SupplementRequest {
            head: self.head(self.dossier.case.received_by, self.told.happened_at),
            dossier: self.facts(),
            items: items.collect(),
            second_approved_by: approved,
            respond_by: said.respond_by,
            contact: self.contact(),
            submitted_by: self.applicant_name(),
            guided_by: self.actor().name,
        }
    }

    fn refusal(&self) -> Refusal {
        let reason = match &self.told.change {
            Change::Declined { reason } => reason.word(),
            _ => "",
        };
        let text = self.office.words().t(&format!("decline-{reason}"));
        Refusal {
            head: self.head(self.dossier.case.received_by, self.told.happened_at),
            dossier: self.facts(),
            desk: self.agency(self.dossier.case.received_by),
            reasons: self.reasons(&text),
            guidance: self.said().guidance,
            contact: self.contact(),
            submitted_by: self.applicant_name(),
            received_by: self.actor().name,
        }
    }

    fn apology(&self) -> Apology {
        let case = &self.dossier.case;
        let (due_at, new_due_at) = match &self.told.change {
            Change::Extended { from, clock } => (*from, clock.due()),
            _ => (case.accept_by, case.accept_by),
        };
        Apology {
            head: self.head(case.decided_by, self.told.happened_at),
            dossier: self.facts(),
            received_at: case.submitted_at,
            due_at,
            overdue: self.told.happened_at > due_at,
            reason: self.said().items.join(" "),
            new_due_at,
            contact: self.contact(),
            signed: self.signature(),
            recipients: self.recipients(),
        }
    }

    fn discontinuation(&self) -> Discontinuation {
        let case = &self.dossier.case;
        let ground = match &self.told.change {
            Change::Discontinued { ground, .. } => ground.word(),
            _ => "",
        };
        let text = self.office.words().t(&format!("discontinue-{ground}"));
        let said = self.said();
        Discontinuation {
            head: self.head(case.decided_by, self.told.happened_at),
            dossier: self.facts(),
            received_at: case.submitted_at,
            stopped_at: self.told.happened_at,
            reasons: self.reasons(&text),
            returned: said.returned,
            fee: said.refund,
            contact: self.contact(),
            signed: self.signature(),
            recipients: self.recipients(),
        }
    }

    fn control_slip(&self) -> ControlSlip {
        let (case, me) = (&self.dossier.case, self.office.me);
        ControlSlip {
            head: self.head(case.received_by, me.now),
            dossier: self.facts(),
            agency: self.agency(case.decided_by),
            partners: self.partners(),
            received_at: case.submitted_at,
            due_at: case.due().unwrap_or(case.accept_by),
            handovers: self.handovers(),
            late_reason: self.late_reason(),
        }
    }
}

fn fee(owed: &[Obligation]) -> Fee {
    let total = owed.iter().map(|owed| owed.amount).sum();
    match (total, owed.iter().all(|owed| owed.payment.is_some())) {
        (0, _) => Fee::None,
        (total, true) => Fee::Paid(total),
        (total, false) => Fee::Due(total),
    }
}
