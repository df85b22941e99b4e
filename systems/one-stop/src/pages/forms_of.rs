//! The legal forms of a dossier, filled in from its story.

use casework::{Change, Obligation, Opened, Told};
use identity::party::{Party, PartyNumber};
use kernel::{Actor, AgencyId, Instant, PostId, today};
use procedure::{ComponentKind, Procedure};
use web::{Lang, SignedIn, Words, tr};

use super::{counter, receipt};
use crate::{
    Desk, Moment,
    forms::{
        Apology, Applicant, Component, ComponentForm, Contact, ControlSlip, Discontinuation,
        DossierFacts, Fee, Form, Handover, Holder, Identity, Letterhead, Reason, Receipt, Refusal,
        Signature, SupplementItem, SupplementRequest, Timeliness, Tracking,
    },
    queries::Dossier,
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
        SupplementRequest {
            head: self.head(self.dossier.case.received_by, self.told.happened_at),
            dossier: self.facts(),
            items: vec![SupplementItem {
                what: self.note(),
                why: self.office.words().t(&format!("supplement-{reason}")),
            }],
            second_approved_by: approved,
            respond_by: None,
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
            reasons: vec![self.reason(&text)],
            guidance: None,
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
            reason: self.note(),
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
        Discontinuation {
            head: self.head(case.decided_by, self.told.happened_at),
            dossier: self.facts(),
            received_at: case.submitted_at,
            stopped_at: self.told.happened_at,
            reasons: vec![self.reason(&text)],
            returned: Vec::new(),
            fee: None,
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
            partners: Vec::new(),
            received_at: case.submitted_at,
            due_at: case.due().unwrap_or(case.accept_by),
            handovers: self.handovers(),
            late_reason: None,
        }
    }

    /// From hand to hand. Who takes on has until the filing must be taken on; every later holder
    /// has the time of the step.
    fn handovers(&self) -> Vec<Handover> {
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

fn fee(owed: &[Obligation]) -> Fee {
    let total = owed.iter().map(|owed| owed.amount).sum();
    match (total, owed.iter().all(|owed| owed.payment.is_some())) {
        (0, _) => Fee::None,
        (total, true) => Fee::Paid(total),
        (total, false) => Fee::Due(total),
    }
}

/// What several forms say alike.
impl Paper<'_> {
    fn head(&self, agency: AgencyId, issued_at: Instant) -> Letterhead {
        let directory = &self.office.moment.directory;
        let agency = directory.agency(agency);
        let above = agency.and_then(|a| a.parent).and_then(|above| directory.agency(above));
        let places = directory.places();
        let place = agency.and_then(|agency| places.get(agency.place.as_ref()?));
        Letterhead {
            superior: above.map(|above| above.name_at(issued_at).to_owned()),
            agency: agency.map_or_else(String::new, |a| a.name_at(issued_at).to_owned()),
            number: None,
            place: place.map_or_else(String::new, |place| place.bare_name().to_owned()),
            issued_at,
        }
    }

    fn facts(&self) -> DossierFacts {
        DossierFacts {
            code: self.dossier.case.code.clone(),
            procedure: self.procedure.name.clone(),
            procedure_code: self.procedure.code.clone(),
            request: self.procedure.name.clone(),
            applicant: self.applicant(),
        }
    }

    fn applicant(&self) -> Applicant {
        let party = self.dossier.applicant.as_ref();
        let identity = party.and_then(|party| party.number.clone()).map(|number| match number {
            PartyNumber::Citizen(id) => Identity::Citizen(id),
            PartyNumber::Tax(code) => Identity::Organization(code),
        });
        Applicant {
            name: self.applicant_name(),
            identity,
            address: party.and_then(|party| party.address.clone()).unwrap_or_default(),
            phone: party.and_then(|party| party.phone.clone()),
            email: party.and_then(|party| party.email.clone()),
        }
    }

    /// The name, or what is said where the data was destroyed.
    fn applicant_name(&self) -> String {
        let party: Option<&Party> = self.dossier.applicant.as_ref();
        let gone = || tr!(self.office.words(), "form-applicant-gone");
        party.map_or_else(gone, |party| party.name.clone())
    }

    fn component(&self, given: &casework::Component) -> Component {
        let asked = given.id.as_deref();
        let asked = asked.and_then(|id| {
            self.procedure.components.iter().find(|component| component.id.as_str() == id)
        });
        let file = given.file.as_deref();
        let sent = file.and_then(|hash| self.dossier.files.iter().find(|f| f.hash == hash));
        let name = asked.map(|component| component.name.clone());
        let form = match (asked.map(|component| component.kind), file) {
            (Some(ComponentKind::Presented), _) => ComponentForm::Shown,
            (Some(ComponentKind::CertifiedCopy | ComponentKind::Copy), None) => ComponentForm::Copy,
            (_, Some(_)) => ComponentForm::Electronic,
            _ => ComponentForm::Original,
        };
        Component {
            name: name.or_else(|| sent.map(|sent| sent.name.clone())).unwrap_or_default(),
            form,
            copies: given.copies,
            hash: file.and_then(|hash| hash.parse().ok()),
        }
    }

    fn desk_name(&self) -> String {
        tr!(self.office.words(), "form-desk", agency = self.agency(self.dossier.case.received_by))
    }

    fn agency(&self, agency: AgencyId) -> String {
        let agency = self.office.moment.directory.agency(agency);
        agency.map_or_else(String::new, |agency| agency.name.clone())
    }

    fn result_at(&self) -> String {
        let answer = self.dossier.answers.get(counter::RETURN_ANSWER);
        let way = answer.and_then(serde_json::Value::as_str);
        let way = way.filter(|way| counter::RETURNS.contains(way)).unwrap_or(counter::RETURNS[0]);
        self.office.words().t(&format!("counter-return-{way}"))
    }

    fn reason(&self, text: &str) -> Reason {
        Reason { text: format!("{text}: {}", self.note().trim_end_matches('.')), basis: None }
    }

    /// What was written in words with the event.
    fn note(&self) -> String {
        self.told.note.clone().unwrap_or_default()
    }

    fn actor(&self) -> Holder {
        self.who(&self.told.actor)
    }

    fn contact(&self) -> Contact {
        let Holder { name, post } = self.actor();
        Contact { name: format!("{name}, {post}"), phone: None }
    }

    fn recipients(&self) -> Vec<String> {
        let words = self.office.words();
        vec![tr!(words, "form-recipient"), self.desk_name(), tr!(words, "form-kept")]
    }

    /// The head of the agency that decides signs.
    fn signature(&self) -> Signature {
        let directory = &self.office.moment.directory;
        let (agency, at) = (self.dossier.case.decided_by, self.told.happened_at);
        let head = directory.head_of(agency, at).map(|post| self.seat(post, at));
        let Holder { name, post } =
            head.unwrap_or_else(|| Holder { name: String::new(), post: String::new() });
        Signature { titles: vec![post.to_uppercase()], name }
    }

    fn who(&self, actor: &Actor) -> Holder {
        let directory = &self.office.moment.directory;
        match actor {
            Actor::Officer { person, post, acting_for } => Holder {
                name: directory.person(*person).map_or_else(String::new, |p| p.name.clone()),
                post: self.title(acting_for.unwrap_or(*post)),
            },
            Actor::Party(_) => Holder { name: self.applicant_name(), post: String::new() },
            Actor::System(name) => Holder { name: name.clone(), post: String::new() },
        }
    }

    fn seat(&self, post: PostId, at: Instant) -> Holder {
        let holder = self.office.moment.directory.holder(post, at);
        let name = holder.map_or_else(String::new, |person| person.name.clone());
        Holder { name, post: self.title(post) }
    }

    fn title(&self, post: PostId) -> String {
        let post = self.office.moment.directory.post(post);
        post.map_or_else(String::new, |post| post.title.clone())
    }
}
